"""The times of origins that hang on the nodes of a forest."""

import numpy as np

from geo.layers.geodesy import Floats
from geo.travel.roads.graph import Ints, Longs
from geo.travel.roads.kernels.ends import Spots
from geo.travel.roads.kernels.jit import kernel
from geo.travel.roads.kernels.repair_tree import (
    Anchors,
    Log,
    Marks,
    first_on,
)
from geo.travel.roads.kernels.search import Fan, Forest


@kernel
def hanging(  # noqa: PLR0913, PLR0917 - a loop has no object to hide them in
    log: Log,
    count: int,
    forest: Forest,
    grow: Fan,
    by_edge: tuple[Longs, Ints],
    edges: Ints,
    mark: Marks,
    found: Ints,
) -> int:
    """List the origins whose time may have changed; return how many.

    Parameters
    ----------
    log, count, forest, grow
        What :func:`.repair_tree.repair` left.
    by_edge
        Origins by edge: first (edges + 1,), origin.
    edges
        More edges whose origins are listed; -1 is no edge.
    mark, found
        Room for one entry per origin; the marks are 0 before and after.
    """
    first, _, _, name = grow
    total = 0
    for k in range(count):
        node = log[0][k]
        if forest[0][node] == log[1][k] and forest[1][node] == log[2][k]:
            continue
        for a in range(first[node], first[node + 1]):
            total = _listed(name[a] >> 1, by_edge, mark, found, total)
    for k in range(len(edges)):
        if edges[k] >= 0:
            total = _listed(edges[k], by_edge, mark, found, total)
    for k in range(total):
        mark[found[k]] = 0
    return total


@kernel
def _listed(
    edge: int, by_edge: tuple[Longs, Ints], mark: Marks, found: Ints, total: int
) -> int:
    first, origin = by_edge
    for k in range(first[edge], first[edge + 1]):
        if mark[origin[k]] == 0:
            mark[origin[k]] = 1
            found[total] = origin[k]
            total += 1
    return total


@kernel
def times_of(  # noqa: PLR0913, PLR0917 - a loop has no object to hide them in
    rows: Ints,
    origins: Spots,
    anchors: Anchors,
    targets: Spots,
    forest: Forest,
    far: Ints,
    towards: bool,  # noqa: FBT001 - the loops know no keywords
    out: tuple[Floats, Ints],
) -> None:
    """Write seconds (inf: no way) and target (-1: none) of some origins.

    Parameters
    ----------
    rows
        Origins to do, shape (r,).
    far
        Node between an origin's edge and the targets, per direction, shape (2, e).
    towards
        Whether one travels from the origins to the targets.
    out
        Seconds and targets, shape (r,).
    """
    edge, since, until, leg = origins
    cost = until if towards else since
    for r in range(len(rows)):
        o = rows[r]
        best, name = np.inf, np.int32(-1)
        for d in range(2):
            if edge[o] >= 0 and cost[d, o] != np.inf:
                node = far[d, edge[o]]
                through = cost[d, o] + forest[0][node]
                if through < best or (through == best and forest[1][node] < name):
                    best, name = through, forest[1][node]
        t = first_on(edge[o], anchors[0])
        while edge[o] >= 0 and t < len(anchors[0]) and anchors[0][t] == edge[o]:
            label = anchors[1][t]
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
