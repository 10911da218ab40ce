"""From times at nodes to times of the places on edges beside them."""

import numpy as np

from geo.layers.geodesy import Floats
from geo.travel.roads.graph import Ints
from geo.travel.roads.kernels.jit import kernel

#: edge, since, until and leg of an ``Attached``
Spots = tuple[Ints, Floats, Floats, Floats]
#: the places, their edges in order with the places, and seconds that each costs more,
#: its leg among them
Targets = tuple[Spots, tuple[Ints, Ints], Floats]


@kernel
def first_on(edge: int, order: Ints) -> int:
    """Return where the entries of an edge start in a sorted list."""
    low, high = 0, len(order)
    while low < high:
        middle = (low + high) >> 1
        if order[middle] < edge:
            low = middle + 1
        else:
            high = middle
    return low


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
def _offer_beside(
    origin: int,
    origins: Spots,
    targets: Targets,
    towards: bool,  # noqa: FBT001 - the loops know no keywords
    out: tuple[Floats, Ints],
    count: int,
) -> int:
    """Offer the targets on the origin's own edge; return the length of the list."""
    spots, (order, target), extra = targets
    edge = origins[0][origin]
    for a in range(first_on(edge, order), len(order)):
        if order[a] != edge:
            break
        t = target[a]
        for d in range(2):
            at = (
                along(origin, t, origins, spots, d)
                if towards
                else along(t, origin, spots, origins, d)
            )
            if at + extra[t] < np.inf:
                count = insert(at + extra[t], t, out[0], out[1], count)
    return count


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
        count = _offer_beside(
            o, origins, targets, towards, (out[0][o], out[1][o]), count
        )
        for k in range(count):
            out[0][o, k] += leg[o]


@kernel
def times_of(  # noqa: PLR0913, PLR0917 - a loop has no object to hide them in
    rows: Ints,
    origins: Spots,
    targets: Spots,
    by_edge: tuple[Ints, Ints],
    nodes: tuple[Floats, Ints],
    far: Ints,
    towards: bool,  # noqa: FBT001 - the loops know no keywords
    out: tuple[Floats, Ints],
) -> None:
    """Write seconds (inf: no way) and target (-1: none) of some origins.

    Parameters
    ----------
    rows
        Origins to do, shape (r,).
    targets
        Their last entry, the leg, may hold what they cost besides.
    by_edge
        The edges of the targets in order, and the targets.
    nodes
        Seconds and label per node, shape (n,).
    far
        Node between an origin's edge and the targets, per direction, shape (2, e).
    towards
        Whether one travels from the origins to the targets.
    out
        Seconds and targets, shape (r,).
    """
    edge, since, until, leg = origins
    order, target = by_edge
    seconds, label_at = nodes
    cost = until if towards else since
    for r in range(len(rows)):
        o = rows[r]
        best, name = np.inf, np.int32(-1)
        for d in range(2):
            if edge[o] >= 0 and cost[d, o] != np.inf:
                node = far[d, edge[o]]
                through = cost[d, o] + seconds[node]
                if through < best or (through == best and label_at[node] < name):
                    best, name = through, label_at[node]
        t = first_on(edge[o], order)
        while edge[o] >= 0 and t < len(order) and order[t] == edge[o]:
            label = target[t]
            for d in range(2):
                one = since[d, o] if towards else targets[1][d, label]
                other = targets[1][d, label] if towards else since[d, o]
                if one <= other and other != np.inf:
                    through = other - one + targets[3][label]
                    if through < best or (through == best and label < name):
                        best, name = through, label
            t += 1
        out[0][r] = best + leg[o]
        out[1][r] = name
