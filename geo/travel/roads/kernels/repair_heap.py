"""A four-way heap of nodes, ordered by seconds and then by label."""

import numpy as np

from geo.layers.geodesy import Floats
from geo.travel.roads.graph import Ints
from geo.travel.roads.kernels.jit import kernel


@kernel
def sooner(one: int, other: int, seconds: Floats, label: Ints) -> bool:
    """Tell whether one node comes before another."""
    if seconds[one] == seconds[other]:
        return bool(label[one] < label[other])
    return bool(seconds[one] < seconds[other])


@kernel
def lift(
    node: int, heap: tuple[Ints, Ints], size: int, seconds: Floats, label: Ints
) -> int:
    """Put a node into the heap, or move it up after its key fell.

    Parameters
    ----------
    node
        Its seconds and label are set already.
    heap
        Nodes by place, and the place of each node, -1 where it is not in the heap.
    size
        How many nodes are in the heap.

    Returns
    -------
    int
        How many are in it now.
    """
    nodes, place = heap
    at = place[node]
    if at < 0:
        at = np.int32(size)
        size += 1
    while at > 0:
        above = (at - 1) >> 2
        if not sooner(node, nodes[above], seconds, label):
            break
        nodes[at] = nodes[above]
        place[nodes[at]] = at
        at = above
    nodes[at] = node
    place[node] = at
    return size


@kernel
def take_first(
    heap: tuple[Ints, Ints], size: int, seconds: Floats, label: Ints
) -> int:
    """Remove and return the first node of a heap of ``size`` nodes."""
    nodes, place = heap
    first = nodes[0]
    place[first] = -1
    size -= 1
    if size == 0:
        return int(first)
    node = nodes[size]
    at = 0
    while True:
        child = 4 * at + 1
        if child >= size:
            break
        least = child
        for other in range(child + 1, min(child + 4, size)):
            if sooner(nodes[other], nodes[least], seconds, label):
                least = other
        if not sooner(nodes[least], node, seconds, label):
            break
        nodes[at] = nodes[least]
        place[nodes[at]] = at
        at = least
    nodes[at] = node
    place[node] = at
    return int(first)
