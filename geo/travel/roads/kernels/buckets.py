"""Nodes in buckets of seconds, for searches that may look at a node twice.

Dial (1969), "Algorithm 360: shortest-path forest with topological ordering", with
buckets wider than the shortest arc: inside a bucket the order does not matter, for a
node whose time falls comes back (Meyer and Sanders 2003, "Delta-stepping"). Where every
way is a sum of the same numbers in the same order, the result is that of Dijkstra. The
buckets stand in a ring that is longer than any arc; the last that came in leaves
first, which keeps to a road as long as it can.
"""

import numpy as np

from geo.layers.geodesy import Floats
from geo.travel.roads.graph import Ints
from geo.travel.roads.kernels.jit import kernel

#: number of buckets, a power of 2
RING = 1 << 16
#: buckets per mean arc, where arcs are not so unequal that the ring would be too short
_PER_ARC = 64

#: entries: the next one in the bucket, the node, its seconds
Pool = tuple[Ints, Ints, Floats]


def heads_at_rest() -> Ints:
    """Return empty buckets."""
    return np.full(RING, -1, np.int32)


def pool_of(size: int) -> Pool:
    """Return room for some entries; what is never used costs no memory."""
    room = max(size, 16)
    return np.empty(room, np.int32), np.empty(room, np.int32), np.empty(room)


def width_of(cost: Floats, starts: Floats) -> float:
    """Return the seconds of one bucket.

    Parameters
    ----------
    cost
        Seconds of all arcs.
    starts
        Seconds at the starts of the search.
    """
    span = max(_range(cost), _range(starts))
    mean = float(cost.mean()) if len(cost) else 0.0
    return max(mean / _PER_ARC, span / (RING - 4)) or 1.0


def _range(values: Floats) -> float:
    return float(values.max() - min(values.min(), 0.0)) if len(values) else 0.0


@kernel
def wider(after: Ints, node: Ints, key: Floats) -> Pool:
    """Return the entries in arrays of twice the size."""
    size = len(after)
    more = (
        np.empty(2 * size, np.int32),
        np.empty(2 * size, np.int32),
        np.empty(2 * size),
    )
    more[0][:size], more[1][:size], more[2][:size] = after, node, key
    return more
