"""A four-way heap of (seconds, label, node) that may hold a node many times.

Nobody looks for a node in it: an entry that was overtaken is met at the top and thrown
away. On roads that is rare, and a heap that must know the place of each node writes
all over the memory. Label and node share a number of 64 bits, so equal seconds are
ordered by label, then by node.
"""

from geo.layers.geodesy import Floats
from geo.travel.roads.graph import Longs
from geo.travel.roads.kernels.jit import kernel

#: seconds and items by place; room for all entries that are ever in it at once
Queue = tuple[Floats, Longs]
_NODE_BITS = 32
_NODE = (1 << _NODE_BITS) - 1


@kernel
def item_of(label: int, node: int) -> int:
    """Return label and node as one number."""
    return (label << _NODE_BITS) | node


@kernel
def node_of(item: int) -> int:
    """Return the node of an item."""
    return item & _NODE


@kernel
def label_of(item: int) -> int:
    """Return the label of an item."""
    return item >> _NODE_BITS


@kernel
def push(queue: Queue, size: int, key: float, item: int) -> int:
    """Put an entry in; return the size."""
    keys, items = queue
    at = size
    while at > 0:
        above = (at - 1) >> 2
        if keys[above] < key or (keys[above] == key and items[above] <= item):
            break
        keys[at], items[at] = keys[above], items[above]
        at = above
    keys[at], items[at] = key, item
    return size + 1


@kernel
def replace_first(queue: Queue, size: int, key: float, item: int) -> None:
    """Put an entry in the place of the first one of a heap of ``size``."""
    keys, items = queue
    at, child = 0, 1
    while child < size:
        least, least_key = child, keys[child]
        for other in range(child + 1, min(child + 4, size)):
            if keys[other] < least_key or (
                keys[other] == least_key and items[other] < items[least]
            ):
                least, least_key = other, keys[other]
        if key < least_key or (key == least_key and item <= items[least]):
            break
        keys[at], items[at] = least_key, items[least]
        at = least
        child = 4 * at + 1
    keys[at], items[at] = key, item


@kernel
def drop_first(queue: Queue, size: int) -> int:
    """Remove the first entry; return the size."""
    size -= 1
    if size > 0:
        replace_first(queue, size, queue[0][size], queue[1][size])
    return size
