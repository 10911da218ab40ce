"""From road segments with seconds to a graph that can be searched."""

from dataclasses import replace

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray
from shapely import points

from geo.errors import RoadError
from geo.layers.geodesy import Floats
from geo.layers.roads import Roads
from geo.travel.roads.contract import Chains, chain_seconds, chains_of
from geo.travel.roads.graph import Bools, Ints, RoadGraph
from geo.travel.roads.split import Split, split_nodes, without_turning_back
from geo.travel.roads.turns import ports_of


def build_graph(
    roads: Roads,
    seconds: Floats,
    impassable: Bools,
    *,
    turns: Bools | None = None,
    contracted: bool = True,
) -> RoadGraph:
    """Return the graph of one profile.

    Segments closed both ways are left out. A node that cannot be passed is split into
    one node per segment; a node with a forbidden turn into ports (:mod:`.turns`),
    joined by edges of zero seconds without segments, which come after all other
    edges. Nodes stand in the order of a Hilbert curve, edges in that of their first
    node.

    Parameters
    ----------
    roads
        n nodes, m segments.
    seconds
        In and against the direction of drawing, inf where closed, shape (2, m).
    impassable
        Nodes that nobody of the profile passes, shape (n,).
    turns
        Which rows of ``roads.restrictions`` hold (:func:`.turns.holding`; none of them
        on foot); by default all.
    contracted
        Whether chains of segments become one edge. Times are the same either way: one
        may turn back where a chain ends, not inside.

    Raises
    ------
    RoadError
        If an array has a wrong shape, a time is negative or no number, or a
        restriction is of no known kind.
    """
    rows = np.ones(len(roads.restrictions), bool) if turns is None else turns
    _check_shape("seconds", seconds, (2, len(roads.segment_way)))
    _check_shape("impassable", impassable, (len(roads.lon),))
    _check_shape("turns", rows, (len(roads.restrictions),))
    _check_seconds(seconds)
    is_open = np.isfinite(seconds)
    ports = ports_of(roads, is_open, ~impassable, rows)
    split = split_nodes(roads, is_open, impassable, ports)
    chains = chains_of(roads, is_open, split.kept)
    if not contracted:
        split = without_turning_back(split, is_open, chains)
        chains = chains.apart()
    return _assembled(roads, seconds, split, chains)


def reweighted(graph: RoadGraph, segment_seconds: Floats) -> RoadGraph:
    """Return the same graph with other seconds, open in the same directions.

    Parameters
    ----------
    segment_seconds
        Shape (2, m), as in :func:`build_graph`.

    Raises
    ------
    RoadError
        If a direction is open in one and closed in the other, or a time is bad.
    """
    _check_shape("seconds", segment_seconds, graph.segment_seconds.shape)
    _check_seconds(segment_seconds)
    other = np.isfinite(segment_seconds) != np.isfinite(graph.segment_seconds)
    if other.any():
        direction, segment = np.argwhere(other)[0]
        raise RoadError(
            f"{np.count_nonzero(other)} directions are open in one set of times and"
            " closed in the other",
            where=f"segment {segment}, direction {direction}",
            remedy="Build a new graph for times that open or close a road",
        )
    real = np.flatnonzero(np.diff(graph.chain_first))
    first = np.append(graph.chain_first[:-1][real], graph.chain_first[-1])
    chains = Chains(first, graph.chain_segment, graph.chain_reversed)
    seconds = graph.seconds.copy()
    seconds[:, real] = chain_seconds(segment_seconds, chains)
    return replace(graph, seconds=seconds, segment_seconds=segment_seconds)


def _assembled(
    roads: Roads, seconds: Floats, split: Split, chains: Chains
) -> RoadGraph:
    """Return the graph with nodes and edges numbered."""
    tail, head = chains.ends(split.tail, split.head)
    number, spot = _numbered(roads, split, tail, head)
    chains = chains.ordered(np.argsort(number[tail[0]], kind="stable"))
    tail, head = chains.ends(split.tail, split.head)
    turns = len(split.turn_tail)
    zero = np.stack([np.zeros(turns), np.full(turns, np.inf)])
    edge, place = _places(chains, seconds.shape[1])
    return RoadGraph(
        lon=roads.lon[spot],
        lat=roads.lat[spot],
        tail=number[np.append(tail, [split.turn_tail, split.turn_head], axis=1)],
        head=number[np.append(head, [split.turn_head, split.turn_tail], axis=1)],
        seconds=np.append(chain_seconds(seconds, chains), zero, axis=1),
        chain_first=np.append(chains.first, np.full(turns, chains.first[-1])),
        chain_segment=chains.segment,
        chain_reversed=chains.against,
        segment_edge=edge,
        segment_place=place,
        segment_seconds=np.asarray(seconds, np.float64),
    )


def _numbered(roads: Roads, split: Split, tail: Ints, head: Ints) -> tuple[Ints, Ints]:
    """Return the new number of each node (-1: unused) and the spot of each number."""
    used = np.zeros(len(split.spot), bool)
    for nodes in (tail, head, split.turn_tail, split.turn_head):
        used[nodes] = True
    old = np.flatnonzero(used)
    at = split.spot[old]
    order = np.lexsort((old, at, _curve(roads.lon[at], roads.lat[at])))
    number = np.full(len(used), -1, np.int32)
    number[old[order]] = np.arange(len(old), dtype=np.int32)
    return number, at[order]


def _curve(lon: Floats, lat: Floats) -> NDArray[np.uint32]:
    """Return how far along a Hilbert curve each point lies."""
    if not len(lon):
        return np.empty(0, np.uint32)
    along = gpd.GeoSeries(points(lon, lat)).hilbert_distance()
    return np.asarray(along.to_numpy(), np.uint32)


def _places(chains: Chains, segments: int) -> tuple[Ints, Ints]:
    """Return the edge of each segment and its place in it, -1 where in none."""
    edge = np.full(segments, -1, np.int32)
    place = np.full(segments, -1, np.int32)
    size = np.diff(chains.first)
    edge[chains.segment] = np.repeat(np.arange(len(chains)), size)
    place[chains.segment] = np.arange(len(chains.segment)) - np.repeat(
        chains.first[:-1], size
    )
    return edge, place


def _check_shape(name: str, array: NDArray[np.generic], shape: tuple[int, ...]) -> None:
    if array.shape != shape:
        raise RoadError(
            f"{name} has the shape {array.shape} where the roads need {shape}",
            where="road graph",
            remedy="Give one value per row of the same roads",
        )


def _check_seconds(seconds: Floats) -> None:
    bad = ~(seconds >= 0)
    if bad.any():
        direction, segment = (int(k) for k in np.argwhere(bad)[0])
        raise RoadError(
            f"{seconds[direction, segment]} is no time ({np.count_nonzero(bad)} such)",
            where=f"segment {segment}, direction {direction}",
            remedy="Give seconds of 0 or more, and inf where the direction is closed",
        )
