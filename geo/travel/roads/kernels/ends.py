"""From times at nodes to times of the places on edges beside them."""

import numpy as np

from geo.layers.geodesy import Floats
from geo.travel.roads.graph import Ints, Longs
from geo.travel.roads.kernels.jit import kernel

#: edge, since, until and leg of an ``Attached``
Spots = tuple[Ints, Floats, Floats, Floats]
#: the places, those of each edge (first (edges + 1,), place), and seconds that each
#: costs more, its leg among them
Targets = tuple[Spots, tuple[Longs, Ints], Floats]


@kernel
def insert(at: float, label: int, seconds: Floats, labels: Ints, count: int) -> int:
    """Put a label into a short sorted list that holds each label once.

    Returns
    -------
    int
        How many entries are in it now.
    """
    place = count
    for k in range(count):
        if labels[k] == label:
            if seconds[k] <= at:
                return count
            place = k
            break
    if place == count:
        if count == len(seconds):
            place -= 1
            if seconds[place] < at or (seconds[place] == at and labels[place] < label):
                return count
        else:
            count += 1
    while place > 0 and (
        seconds[place - 1] > at
        or (seconds[place - 1] == at and labels[place - 1] > label)
    ):
        seconds[place], labels[place] = seconds[place - 1], labels[place - 1]
        place -= 1
    seconds[place], labels[place] = at, label
    return count


@kernel
def along(origin: int, target: int, origins: Spots, targets: Spots, d: int) -> float:
    """Return seconds from one place to another one ahead on the same edge, or inf."""
    one, other = origins[1][d, origin], targets[1][d, target]
    if one == np.inf or other < one:
        return np.inf
    return float(other - one)


@kernel
def read_origins(
    nodes: tuple[Floats, Ints],
    far: Ints,
    origins: Spots,
    targets: Targets,
    towards: bool,  # noqa: FBT001 - the loops know no keywords
    out: tuple[Floats, Ints],
) -> None:
    """Write the nearest labels of origins.

    Parameters
    ----------
    nodes
        Seconds and labels per node, shape (nodes, k).
    far
        The node between an origin's edge and the targets per direction, shape (2, e).
    origins, targets
        The places.
    out
        Seconds and targets, shape (p, k); all inf and -1 before.
    """
    edges, since, until, leg = origins
    spots, (first, target), extra = targets
    cost = until if towards else since
    many = out[0].shape[1]
    for o in range(len(edges)):
        edge = edges[o]
        if edge < 0:
            continue
        count = 0
        for d in range(2):
            if cost[d, o] == np.inf:
                continue
            node = far[d, edge]
            for k in range(many):
                if nodes[1][node, k] < 0:
                    break
                at = cost[d, o] + nodes[0][node, k]
                count = insert(at, nodes[1][node, k], out[0][o], out[1][o], count)
            for a in range(first[edge], first[edge + 1]):
                t = target[a]
                at = (
                    along(o, t, origins, spots, d)
                    if towards
                    else along(t, o, spots, origins, d)
                )
                if at != np.inf:
                    count = insert(at + extra[t], t, out[0][o], out[1][o], count)
        for k in range(count):
            out[0][o, k] += leg[o]
