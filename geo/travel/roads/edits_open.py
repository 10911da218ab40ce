"""Opening roads that a graph does not have, because its profile may not use them."""

from dataclasses import replace

import numpy as np

from geo.errors import RoadError
from geo.layers.geodesy import Floats
from geo.layers.roads import Roads
from geo.travel.roads.edits import Edited, cut_at, with_edges
from geo.travel.roads.graph import Ints, Longs, RoadGraph


def with_opened(
    graph: RoadGraph, roads: Roads, segments: Ints, seconds: Floats
) -> Edited:
    """Return a graph with an edge more for each of some closed segments.

    Where such a road meets another one inside an edge, that edge is cut.

    Parameters
    ----------
    roads
        The graph was built from these.
    segments
        Segments without an edge, each once, shape (k,).
    seconds
        In and against the direction of drawing, shape (2, k).

    Raises
    ------
    RoadError
        If a segment ends where turns are forbidden or a barrier stands: what the new
        road may join there is no question of one node.
    """
    ends = np.stack([roads.segment_from[segments], roads.segment_to[segments]])
    spots, which = np.unique(ends, return_inverse=True)
    joints = np.unique(
        np.concatenate([_inside(graph, roads, spot) for spot in spots])
    ).astype(np.int64)
    touched = np.unique(graph.segment_edge[graph.chain_segment[joints]])
    new = cut_at(graph, joints, roads)
    node = np.array([_node(new, roads, spot) for spot in spots], np.int32)
    missing = np.flatnonzero(node < 0)
    node[missing] = new.nodes + np.arange(len(missing))
    new = replace(
        new,
        lon=np.append(new.lon, roads.lon[spots[missing]]),
        lat=np.append(new.lat, roads.lat[spots[missing]]),
    )
    tail, head = node[which.reshape(ends.shape)]
    return Edited(with_edges(new, (tail, head), seconds, segments), touched)


def _touching(graph: RoadGraph, roads: Roads, spot: int) -> tuple[Ints, Longs]:
    """Return the edges that touch a node of the roads, and where in their chains."""
    start = np.flatnonzero((roads.segment_from == spot) & (graph.segment_edge >= 0))
    stop = np.flatnonzero((roads.segment_to == spot) & (graph.segment_edge >= 0))
    segment = np.append(start, stop)
    edge = graph.segment_edge[segment]
    at = graph.chain_first[edge] + graph.segment_place[segment]
    forward = ~graph.chain_reversed[at]
    is_start = np.arange(len(segment)) < len(start)
    return edge, at + (forward != is_start)


def _inside(graph: RoadGraph, roads: Roads, spot: int) -> Longs:
    """Return the joint of an edge at a node of the roads, if it lies inside one."""
    edge, at = _touching(graph, roads, spot)
    inner = (at > graph.chain_first[edge]) & (at < graph.chain_first[edge + 1])
    return np.unique(at[inner])


def _node(graph: RoadGraph, roads: Roads, spot: int) -> int:
    """Return the node of the graph at a node of the roads, -1 if there is none."""
    edge, at = _touching(graph, roads, spot)
    begins = at == graph.chain_first[edge]
    one = np.where(begins, graph.tail[0, edge], graph.head[0, edge])
    other = np.where(begins, graph.head[1, edge], graph.tail[1, edge])
    found = np.unique(np.append(one, other))
    if len(found) > 1:
        raise RoadError(
            "a road cannot be opened where turns are forbidden or a barrier stands",
            where=f"OSM node {roads.node_id[spot]}",
            remedy="Build a graph with this road open",
        )
    return int(found[0]) if len(found) else -1
