"""A binary heap of (seconds, label, node) that may hold a node many times and grows."""

import numpy as np

from geo.layers.geodesy import Floats
from geo.travel.roads.graph import Ints
from geo.travel.roads.kernels.jit import kernel

Stack = tuple[Floats, Ints, Ints]


@kernel
def room(size: int) -> Stack:
    """Return an empty heap with room for so many entries."""
    return np.empty(size), np.empty(size, np.int32), np.empty(size, np.int32)


@kernel
def _wider(column: Ints, size: int) -> Ints:
    out = np.empty(2 * size, np.int32)
    out[:size] = column[:size]
    return out


@kernel
def _wider_times(column: Floats, size: int) -> Floats:
    out = np.empty(2 * size)
    out[:size] = column[:size]
    return out


@kernel
def pushed(
    stack: Stack, size: int, at: float, label: int, node: int
) -> tuple[Stack, int]:
    """Put an entry in; return the heap, larger where it was full, and the size."""
    seconds, labels, nodes = stack
    if size == len(seconds):
        seconds = _wider_times(seconds, size)
        labels, nodes = _wider(labels, size), _wider(nodes, size)
    place = size
    while place > 0:
        above = (place - 1) >> 1
        if at > seconds[above] or (at == seconds[above] and label >= labels[above]):
            break
        seconds[place], labels[place] = seconds[above], labels[above]
        nodes[place] = nodes[above]
        place = above
    seconds[place], labels[place], nodes[place] = at, label, node
    return (seconds, labels, nodes), size + 1


@kernel
def pop_first(stack: Stack, size: int) -> tuple[float, int, int]:
    """Remove and return the first entry of a heap of ``size`` entries."""
    seconds, labels, nodes = stack
    first = (seconds[0], labels[0], nodes[0])
    size -= 1
    at, label, node = seconds[size], labels[size], nodes[size]
    place, child = 0, 1
    while child < size:
        other = child + 1
        if other < size and (
            seconds[other] < seconds[child]
            or (seconds[other] == seconds[child] and labels[other] < labels[child])
        ):
            child = other
        if seconds[child] > at or (seconds[child] == at and labels[child] >= label):
            break
        seconds[place], labels[place] = seconds[child], labels[child]
        nodes[place] = nodes[child]
        place, child = child, 2 * child + 1
    seconds[place], labels[place], nodes[place] = at, label, node
    return first
