"""Dijkstra over arcs in CSR arrays: the nearest label of each node, or the k nearest.

Dijkstra (1959), "A note on two problems in connexion with graphs"; with many starts
at once each node takes the label of the start that it hangs on (Erwig 2000, "The graph
Voronoi diagram with applications"). Nodes are settled in the order of seconds and then
of labels, so equal ways always give the lowest label.

``fan`` are arcs by node (first, other end, seconds, name) and ``seeds`` the starts
(node, seconds, label); see :class:`geo.travel.roads.graph.Arcs`.
"""

import numpy as np

from geo.layers.geodesy import Floats
from geo.travel.roads.graph import Ints, Longs
from geo.travel.roads.kernels.heap import Heap, lift, take_first
from geo.travel.roads.kernels.jit import kernel
from geo.travel.roads.kernels.stack import Stack, pop_first, pushed, room

Fan = tuple[Longs, Ints, Floats, Ints]
Seeds = tuple[Ints, Floats, Ints]
#: seconds (inf: no way), label (-1: none), name of the arc that one came by (-1: none)
Forest = tuple[Floats, Ints, Ints]


@kernel
def grow(fan: Fan, seeds: Seeds, limit: float, forest: Forest, heap: Heap) -> int:
    """Settle every node within the limit; return how many nodes were touched.

    Parameters
    ----------
    limit
        Seconds, inclusive.
    forest
        Filled in place; all inf, -1, -1 before.
    heap
        Room for all nodes; every place is -1 before. The touched nodes are left in
        the fourth array, in the order of the first touch.
    """
    first, other, cost, name = fan
    seconds, label, parent = forest
    touched = heap[3]
    size, count = 0, 0
    for k in range(len(seeds[0])):
        node, at, mine = seeds[0][k], seeds[1][k], seeds[2][k]
        if at > limit:
            continue
        if at < seconds[node] or (at == seconds[node] and mine < label[node]):
            if label[node] < 0:
                touched[count] = node
                count += 1
            seconds[node], label[node] = at, mine
            size = lift(node, at, heap, size, label)
    while size > 0:
        node, at = take_first(heap, size, label)
        size -= 1
        mine = label[node]
        for a in range(first[node], first[node + 1]):
            near, through = other[a], at + cost[a]
            if through > seconds[near] or through > limit:
                continue
            if through < seconds[near] or mine < label[near]:
                if label[near] < 0:
                    touched[count] = near
                    count += 1
                seconds[near], label[near], parent[near] = through, mine, name[a]
                size = lift(near, through, heap, size, label)
    return count


@kernel
def _known(labels: Ints, count: int, label: int) -> bool:
    return bool((labels[:count] == label).any())


@kernel
def grow_many(fan: Fan, seeds: Seeds, nodes: int, many: int) -> tuple[Floats, Ints]:
    """Return the ``many`` nearest labels of each node, each label once.

    Returns
    -------
    tuple
        Seconds (inf: no more) and labels (-1), shape (nodes, many), nearest first.
    """
    first, other, cost, _ = fan
    seconds = np.full((nodes, many), np.inf)
    labels = np.full((nodes, many), np.int32(-1), np.int32)
    count = np.zeros(nodes, np.int32)
    stack: Stack = room(2 * len(seeds[0]) + 16)
    size = 0
    for k in range(len(seeds[0])):
        stack, size = pushed(stack, size, seeds[1][k], seeds[2][k], seeds[0][k])
    while size > 0:
        at, label, node = pop_first(stack, size)
        size -= 1
        if count[node] == many or _known(labels[node], count[node], label):
            continue
        seconds[node, count[node]], labels[node, count[node]] = at, label
        count[node] += 1
        for a in range(first[node], first[node + 1]):
            near = other[a]
            if count[near] < many and not _known(labels[near], count[near], label):
                stack, size = pushed(stack, size, at + cost[a], label, near)
    return seconds, labels
