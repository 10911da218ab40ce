"""Mending a forest of shortest ways after a change, instead of growing it anew.

The forest gives each node the least seconds to a target and the lowest label among the
targets that are that near. After a change, (1) every node whose way used something
that is gone or dearer is cut off with all that hang on it, (2) the cut ones start from
their neighbours outside the cut, and (3) a Dijkstra from these and from everything
that became cheaper goes only where a time falls. The first two steps follow Ramalingam
and Reps (1996), "An incremental algorithm for a generalization of the shortest-path
problem", J. Algorithms 21.

A sum of floats may swallow a difference: a node gets a smaller time and another label,
and the nodes behind it keep the same time to the last bit. The old label then has no
ground, so such nodes are cut off in another round. With that the result is the same,
bit by bit, as that of a search from nothing.

Tuples of arrays, as the loops take them:

``fan``
    Arcs by node: ``first``, the other end, seconds, name (see
    :class:`geo.travel.roads.graph.Arcs`).
``forest``
    Seconds (inf: no way), label (-1: none) and parent (name of the arc that the way
    starts with, -1 where it starts on the last edge) per node.
``anchors``
    Targets sorted by edge: edge, label, seconds between the node and the target
    through each direction of its edge, shape (2, t), inf where closed.
``log``
    Nodes that were touched and what the forest said of them before.
``work``
    Heap, marks per node (0 at rest), two lists of nodes.
"""

import numpy as np
from numpy.typing import NDArray

from geo.layers.geodesy import Floats
from geo.travel.roads.graph import Ints
from geo.travel.roads.kernels.ends import first_on
from geo.travel.roads.kernels.heap import Heap, lift, take_first
from geo.travel.roads.kernels.jit import kernel
from geo.travel.roads.kernels.search import Fan, Forest

Marks = NDArray[np.uint8]
Anchors = tuple[Ints, Ints, Floats]
Log = tuple[Ints, Floats, Ints, Ints]
Work = tuple[Heap, Marks, Ints, Ints]
Offers = tuple[Ints, Floats, Ints]
Links = tuple[Ints, Ints, Floats, Ints]

_LOGGED, _CUT = 1, 2


@kernel
def _note(node: int, count: int, forest: Forest, log: Log, mark: Marks) -> int:
    """Write down what a node was, once; return the length of the log."""
    if mark[node] & _LOGGED:
        return count
    mark[node] |= _LOGGED
    log[0][count] = node
    log[1][count] = forest[0][node]
    log[2][count] = forest[1][node]
    log[3][count] = forest[2][node]
    return count + 1


@kernel
def _cut(
    roots: int, count: int, grow: Fan, forest: Forest, log: Log, work: Work
) -> tuple[int, int]:
    """Cut off the roots in ``work[2]`` and all that hang on them, into ``work[3]``."""
    first, other, _, name = grow
    seconds, label, parent = forest
    _, mark, root, gone = work
    found = 0
    for k in range(roots):
        if not mark[root[k]] & _CUT:
            mark[root[k]] |= _CUT
            gone[found] = root[k]
            found += 1
    done = 0
    while done < found:
        node = gone[done]
        done += 1
        for a in range(first[node], first[node + 1]):
            child = other[a]
            if parent[child] == name[a] and not mark[child] & _CUT:
                mark[child] |= _CUT
                gone[found] = child
                found += 1
    for k in range(found):
        count = _note(gone[k], count, forest, log, mark)
        seconds[gone[k]] = np.inf
        label[gone[k]] = -1
        parent[gone[k]] = -1
    return found, count


@kernel
def _offer(  # noqa: PLR0913, PLR0917 - a loop has no object to hide them in
    node: int,
    cost: float,
    name: int,
    way: int,
    state: tuple[int, int],
    forest: Forest,
    log: Log,
    work: Work,
) -> tuple[int, int]:
    """Take a way for a node if it is better; return (size of heap, length of log)."""
    seconds, label, parent = forest
    size, count = state
    if cost < seconds[node] or (
        cost == seconds[node] and name < label[node] and cost != np.inf
    ):
        count = _note(node, count, forest, log, work[1])
        seconds[node] = cost
        label[node] = name
        parent[node] = way
        size = lift(node, cost, work[0], size, label)
    return size, count


@kernel
def _regrow(  # noqa: PLR0913, PLR0917 - a loop has no object to hide them in
    found: int,
    count: int,
    back: Fan,
    anchors: Anchors,
    forest: Forest,
    log: Log,
    work: Work,
) -> tuple[int, int]:
    """Give each cut node its best way through a node outside the cut, or a target."""
    first, other, cost, name = back
    edges, target, reach = anchors
    mark, gone = work[1], work[3]
    state = (0, count)
    for k in range(found):
        node = gone[k]
        for a in range(first[node], first[node + 1]):
            far = other[a]
            if not mark[far] & _CUT and forest[1][far] >= 0:
                through = cost[a] + forest[0][far]
                state = _offer(
                    node, through, forest[1][far], name[a], state, forest, log, work
                )
            edge = name[a] >> 1
            t = first_on(edge, edges)
            while t < len(edges) and edges[t] == edge:
                state = _offer(
                    node, reach[name[a] & 1, t], target[t], -1, state, forest, log, work
                )
                t += 1
    for k in range(found):
        mark[gone[k]] &= ~np.uint8(_CUT)
    return state


@kernel
def _settle(
    state: tuple[int, int], grow: Fan, forest: Forest, log: Log, work: Work
) -> tuple[int, int]:
    """Run Dijkstra from the heap; return (nodes without ground, length of log)."""
    first, other, cost, name = grow
    seconds, label, parent = forest
    stale = 0
    size, count = state
    while size > 0:
        node, _ = take_first(work[0], size, label)
        size -= 1
        for a in range(first[node], first[node + 1]):
            near = other[a]
            through = cost[a] + seconds[node]
            if parent[near] == name[a] and (
                through > seconds[near]
                or (through == seconds[near] and label[node] > label[near])
            ):
                work[2][stale] = near
                stale += 1
            size, count = _offer(
                near, through, label[node], name[a], (size, count), forest, log, work
            )
    return stale, count


@kernel
def repair(  # noqa: PLR0913, PLR0917 - a loop has no object to hide them in
    fans: tuple[Fan, Fan],
    anchors: Anchors,
    forest: Forest,
    roots: Ints,
    news: tuple[Offers, Links],
    log: Log,
    work: Work,
) -> int:
    """Mend a forest in place; return how many nodes are in the log.

    Parameters
    ----------
    fans
        Arcs after the change: by the node nearer to the targets, and by the other end.
    anchors, forest, log, work
        As above; the log holds each touched node once.
    roots
        Nodes whose way used something that is gone or dearer; may repeat.
    news
        Nodes that may start at a target (node, seconds, label), and arcs that are new
        or cheaper (far end, near end, seconds, name), where near is nearer to the
        targets.
    """
    grow, back = fans
    offers, links = news
    count = 0
    stale = len(roots)
    work[2][:stale] = roots
    fresh = True
    while fresh or stale > 0:
        found, count = _cut(stale, count, grow, forest, log, work)
        state = _regrow(found, count, back, anchors, forest, log, work)
        if fresh:
            for k in range(len(offers[0])):
                state = _offer(
                    offers[0][k],
                    offers[1][k],
                    offers[2][k],
                    -1,
                    state,
                    forest,
                    log,
                    work,
                )
            for k in range(len(links[0])):
                near = links[1][k]
                if forest[1][near] >= 0:
                    state = _offer(
                        links[0][k],
                        links[2][k] + forest[0][near],
                        forest[1][near],
                        links[3][k],
                        state,
                        forest,
                        log,
                        work,
                    )
            fresh = False
        stale, count = _settle(state, grow, forest, log, work)
    for k in range(count):
        work[1][log[0][k]] = 0
    return count
