"""The graph that is searched: nodes, two-way edges, and arcs in CSR arrays.

An edge is a chain of one or more road segments between two nodes. Both directions of
an edge share its segments and have their own seconds; a closed direction takes
infinitely long. Direction 0 runs along the edge, direction 1 against it. Every
segment of an edge is open in the same directions as the edge.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from geo.layers.geodesy import Floats

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Arcs:
    """Arcs by node: those of node v are ``first[v]:first[v + 1]``.

    Attributes
    ----------
    first
        Shape (nodes + 1,), int64.
    node
        The other end of each arc, shape (arcs,), int32.
    seconds
        Cost, shape (arcs,), never infinite, never negative.
    arc
        2 x edge + direction, shape (arcs,), int32.
    """

    first: Longs
    node: Ints
    seconds: Floats
    arc: Ints


@dataclass(frozen=True)
class RoadGraph:
    """A directed road graph of n nodes and e edges over m road segments.

    Attributes
    ----------
    lon, lat
        Degrees of the nodes, shape (n,).
    tail, head
        Start and end node per direction and edge, shape (2, e), int32. Where a turn
        is forbidden, the two directions of an edge end in different nodes at the same
        spot.
    seconds
        Cost per direction and edge, shape (2, e); inf where closed.
    chain_first, chain_segment, chain_reversed
        The segments of edge k in the order of direction 0 are
        ``chain_segment[chain_first[k]:chain_first[k + 1]]``; ``chain_reversed`` tells
        which of them were drawn against the edge. An edge without segments joins
        nodes at one spot (a turn).
    segment_edge, segment_place
        Edge of each segment and its place in the chain, shape (m,), -1 where nobody
        of this profile may use the segment.
    segment_seconds
        Cost of each segment in and against its direction of drawing, shape (2, m);
        inf where closed.
    """

    lon: Floats
    lat: Floats
    tail: Ints
    head: Ints
    seconds: Floats
    chain_first: Longs
    chain_segment: Ints
    chain_reversed: Bools
    segment_edge: Ints
    segment_place: Ints
    segment_seconds: Floats

    @property
    def nodes(self) -> int:
        """Number of nodes."""
        return len(self.lon)

    @property
    def edges(self) -> int:
        """Number of edges."""
        return len(self.tail[0])

    @cached_property
    def leaving(self) -> Arcs:
        """Arcs by the node they start from."""
        return arcs_by(self.tail, self.head, self.seconds, self.nodes)

    @cached_property
    def arriving(self) -> Arcs:
        """Arcs by the node they end in; ``node`` is where they start."""
        return arcs_by(self.head, self.tail, self.seconds, self.nodes)


def arcs_by(near: Ints, far: Ints, seconds: Floats, nodes: int) -> Arcs:
    """Group the open directions of all edges by the node at their near end.

    Parameters
    ----------
    near, far, seconds
        Shape (2, edges).
    nodes
        Number of nodes.
    """
    edges = near.shape[1]
    arc = np.arange(2 * edges, dtype=np.int32).reshape(edges, 2).T
    is_open = np.isfinite(seconds)
    start, name = near[is_open], arc[is_open]
    order = np.lexsort((name, start))
    first = np.zeros(nodes + 1, np.int64)
    np.cumsum(np.bincount(start, minlength=nodes), out=first[1:])
    return Arcs(first, far[is_open][order], seconds[is_open][order], name[order])


def graph_of_edges(
    nodes: int, tail: Ints, head: Ints, there: Floats, back: Floats
) -> RoadGraph:
    """Return a graph of edges with one segment each, at no real spot.

    Parameters
    ----------
    nodes
        Number of nodes.
    tail, head
        End nodes per edge, shape (e,).
    there, back
        Seconds along and against each edge, inf where closed, shape (e,).
    """
    count = len(tail)
    own = np.arange(count, dtype=np.int32)
    seconds = np.stack([there, back]).astype(np.float64)
    return RoadGraph(
        lon=np.zeros(nodes),
        lat=np.zeros(nodes),
        tail=np.stack([tail, head]).astype(np.int32),
        head=np.stack([head, tail]).astype(np.int32),
        seconds=seconds,
        chain_first=np.arange(count + 1, dtype=np.int64),
        chain_segment=own,
        chain_reversed=np.zeros(count, bool),
        segment_edge=own.copy(),
        segment_place=np.zeros(count, np.int32),
        segment_seconds=seconds.copy(),
    )
