"""A four-way heap of nodes, each in it at most once, by seconds and then by label."""

from geo.layers.geodesy import Floats
from geo.travel.roads.graph import Ints
from geo.travel.roads.kernels.jit import kernel

#: keys and nodes by place, and the place of each node (-1: not in the heap)
Heap = tuple[Floats, Ints, Ints]


@kernel
def lift(node: int, key: float, heap: Heap, size: int, label: Ints) -> int:
    """Put a node in, or move it up after its key or label fell; return the size."""
    keys, nodes, place = heap
    mine = label[node]
    at = place[node]
    if at < 0:
        at = size
        size += 1
    while at > 0:
        above = (at - 1) >> 2
        if key > keys[above] or (key == keys[above] and mine >= label[nodes[above]]):
            break
        keys[at], nodes[at] = keys[above], nodes[above]
        place[nodes[at]] = at
        at = above
    keys[at], nodes[at] = key, node
    place[node] = at
    return size


@kernel
def take_first(heap: Heap, size: int, label: Ints) -> tuple[int, float]:
    """Remove and return the first node of a heap of ``size`` nodes, and its key."""
    keys, nodes, place = heap
    first, found = nodes[0], keys[0]
    place[first] = -1
    size -= 1
    key, node = keys[size], nodes[size]
    mine = label[node]
    at, child = 0, 1
    while child < size:
        least = child
        for next_ in range(child + 1, min(child + 4, size)):
            if keys[next_] < keys[least] or (
                keys[next_] == keys[least] and label[nodes[next_]] < label[nodes[least]]
            ):
                least = next_
        if keys[least] > key or (keys[least] == key and label[nodes[least]] >= mine):
            break
        keys[at], nodes[at] = keys[least], nodes[least]
        place[nodes[at]] = at
        at = least
        child = 4 * at + 1
    if size > 0:
        keys[at], nodes[at] = key, node
        place[node] = at
    return first, found
