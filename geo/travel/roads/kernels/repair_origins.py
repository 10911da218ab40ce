"""The times of origins that hang on the nodes of a forest."""

from geo.travel.roads.graph import Ints
from geo.travel.roads.kernels.ends import first_on
from geo.travel.roads.kernels.jit import kernel
from geo.travel.roads.kernels.repair_tree import (
    Log,
    Marks,
)
from geo.travel.roads.kernels.search import Fan, Forest


@kernel
def hanging(  # noqa: PLR0913, PLR0917 - a loop has no object to hide them in
    log: Log,
    count: int,
    forest: Forest,
    grow: Fan,
    by_edge: tuple[Ints, Ints],
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
        Edges of the origins in order, and the origins.
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
    edge: int, by_edge: tuple[Ints, Ints], mark: Marks, found: Ints, total: int
) -> int:
    order, origin = by_edge
    for k in range(first_on(edge, order), len(order)):
        if order[k] != edge:
            break
        if mark[origin[k]] == 0:
            mark[origin[k]] = 1
            found[total] = origin[k]
            total += 1
    return total
