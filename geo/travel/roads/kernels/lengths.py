"""How long the ways of a forest are, in other units than those it was grown by."""

import numpy as np

from geo.layers.geodesy import Floats
from geo.travel.roads.graph import Ints
from geo.travel.roads.kernels.jit import kernel


@kernel
def lengths(parent: Ints, nearer: Ints, metres: Floats, start: Floats) -> Floats:
    """Return the length of the way of each node.

    Parameters
    ----------
    parent
        Name of the arc of each node (2 x edge + direction), -1 where its way begins
        on the last edge, shape (n,).
    nearer
        The end of each edge and direction that is nearer to the target, shape (2, e).
    metres
        Length of the edges, shape (e,).
    start
        Length where the way begins on the last edge, shape (n,); NaN without a way.
    """
    done = start.copy()
    known = parent < 0
    trail = np.empty(len(parent), np.int32)
    for node in range(len(parent)):
        count, at = 0, node
        while not known[at]:
            trail[count] = at
            count += 1
            at = nearer[parent[at] & 1, parent[at] >> 1]
        while count > 0:
            count -= 1
            near, at = at, trail[count]
            done[at] = done[near] + metres[parent[at] >> 1]
            known[at] = True
    return done
