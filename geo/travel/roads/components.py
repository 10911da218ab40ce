"""Parts of a road graph within which one can drive both there and back."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from geo.layers.geodesy import Floats
from geo.layers.roads import Roads
from geo.travel.roads.graph import Bools, Ints, RoadGraph


@dataclass(frozen=True)
class Components:
    """Strongly connected components of a graph.

    Attributes
    ----------
    node
        Component of each node, shape (n,).
    edge
        Component of each edge: the one that holds an open direction of it with both
        ends (the longer one, if its directions lie in two); -1 where the edge only
        leads from one component into another, or is a one-way stub. Shape (e,).
    km
        Kilometres of road per component, each edge counted once.
    """

    node: Ints
    edge: Ints
    km: Floats


def components(graph: RoadGraph, roads: Roads) -> Components:
    """Return the strongly connected components of a graph.

    Parameters
    ----------
    graph
        Built from ``roads``.
    """
    arcs = graph.leaving
    matrix = csr_array(
        (np.ones(len(arcs.node), np.int8), arcs.node, arcs.first),
        shape=(graph.nodes, graph.nodes),
    )
    count, node = connected_components(matrix, directed=True, connection="strong")
    inside = np.isfinite(graph.seconds) & (node[graph.tail] == node[graph.head])
    own = np.where(inside, node[graph.tail], -1).astype(np.int32)
    metres = _edge_metres(graph, roads)
    second = inside[1] & (own[1] != own[0])
    # of nothing at all, bincount returns whole numbers
    total = np.zeros(count)
    for row, which in enumerate((inside[0], second)):
        total += np.bincount(own[row][which], metres[which], minlength=count)
    # the last of this list answers for -1
    size = np.append(total, -1.0)
    edge = np.where(size[own[1]] > size[own[0]], own[1], own[0])
    return Components(node.astype(np.int32), edge.astype(np.int32), total / 1000.0)


def islands(graph: RoadGraph, roads: Roads, island_km: float) -> Bools:
    """Tell which segments are open but cut off from any real network.

    They lie in a component with less than ``island_km`` of road, or nobody who drives
    in can come back (a one-way stub). Nothing is snapped to them.

    Returns
    -------
    array
        Shape (m,); False too for segments closed to this profile.
    """
    parts = components(graph, roads)
    small = np.append(parts.km < island_km, [True])
    cut_off = small[parts.edge]
    found = np.zeros(len(graph.segment_edge), bool)
    usable = graph.segment_edge >= 0
    found[usable] = cut_off[graph.segment_edge[usable]]
    return found


def _edge_metres(graph: RoadGraph, roads: Roads) -> Floats:
    """Return the length of each edge, 0 for a turn."""
    usable = np.flatnonzero(graph.segment_edge >= 0)
    metres = np.bincount(
        graph.segment_edge[usable], roads.segment_m[usable], minlength=graph.edges
    )
    return metres.astype(np.float64)
