"""Footpaths between stops: made from pairs, and closed over chains of them."""

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from geo.travel.timetable.day import Footpaths, Ints


def footpaths_of(stops: int, start: Ints, end: Ints, seconds: Ints) -> Footpaths:
    """Return footpaths from pairs; of several between two stops the shortest.

    Parameters
    ----------
    stops
        Number of stops.
    start, end, seconds
        Shape (f,); ways from a stop to itself are left out, none is below 1 second.
    """
    apart = start != end
    key = start[apart].astype(np.int64) * stops + end[apart]
    cost = np.maximum(seconds[apart], 1).astype(np.int32)
    order = np.lexsort((cost, key))
    key, cost = key[order], cost[order]
    best = np.flatnonzero(np.diff(key, prepend=-1))
    first = np.zeros(stops + 1, np.int64)
    np.cumsum(np.bincount(key[best] // stops, minlength=stops), out=first[1:])
    return Footpaths(first, (key[best] % stops).astype(np.int32), cost[best])


def closed(footpaths: Footpaths, longest: int) -> Footpaths:
    """Return the footpaths and all chains of them that take at most ``longest``.

    Parameters
    ----------
    footpaths
        Ways of one piece.
    longest
        Seconds that nobody exceeds in one go, inclusive.
    """
    stops = len(footpaths.first) - 1
    graph = csr_array(
        (footpaths.seconds.astype(np.float64), footpaths.stop, footpaths.first),
        shape=(stops, stops),
    )
    starts, ends, costs = [], [], []
    for s in range(stops):
        reach = dijkstra(graph, indices=np.array([s]), limit=float(longest))[0]
        there = np.flatnonzero(np.isfinite(reach)).astype(np.int32)
        starts.append(np.full(len(there), s, np.int32))
        ends.append(there)
        costs.append(reach[there].astype(np.int32))
    none = [np.empty(0, np.int32)]
    return footpaths_of(
        stops,
        np.concatenate(none + starts),
        np.concatenate(none + ends),
        np.concatenate(none + costs),
    )
