"""Dijkstra over arcs in CSR arrays: the nearest label of each node, or the k nearest.

Dijkstra (1959), "A note on two problems in connexion with graphs"; with many starts
at once each node takes the label of the start that it hangs on (Erwig 2000, "The graph
Voronoi diagram with applications"). Of equal ways the lowest label counts, in
whatever order nodes are looked at.

``fan`` are arcs by node (first, other end, seconds, name) and ``seeds`` the starts
(node, seconds, label); see :class:`geo.travel.roads.graph.Arcs`.
"""

import numpy as np

from geo.layers.geodesy import Floats
from geo.travel.roads.graph import Ints, Longs
from geo.travel.roads.kernels.buckets import Pool, wider
from geo.travel.roads.kernels.jit import kernel
from geo.travel.roads.kernels.queue import (
    Queue,
    drop_first,
    item_of,
    label_of,
    node_of,
    push,
)

Fan = tuple[Longs, Ints, Floats, Ints]
Seeds = tuple[Ints, Floats, Ints]
#: seconds (inf: no way), label (-1: none), name of the arc that one came by (-1: none)
Forest = tuple[Floats, Ints, Ints]
#: first entry of each bucket (-1: empty), and the entries
Rings = tuple[Ints, Pool]
#: beyond any bucket
_FAR = 2**62


@kernel
def grow(  # noqa: C901, PLR0912, PLR0915 - calls would cost more than what they do
    fan: Fan, seeds: Seeds, limits: Floats, forest: Forest, rings: Rings, touched: Ints
) -> int:
    """Settle every node within the limit; return how many nodes were touched.

    Parameters
    ----------
    limits
        Seconds, inclusive, and the width of a bucket, shape (2,).
    forest
        Filled in place; all inf, -1, -1 before. Without room for parents they are not
        written.
    rings
        Buckets, all empty before and after, and room for entries.
    touched
        The nodes that were touched, in the order of the first touch; without room
        for any they are not listed.
    """
    first, other, cost, name = fan
    starts, start_s, start_label = seeds
    seconds, label, parent = forest
    head, (after, node_of_entry, key) = rings
    limit, inverse = limits[0], 1.0 / limits[1]
    ring, listed, named = len(head) - 1, len(touched) > 0, len(parent) > 0
    # entries that are not in a bucket hang on ``free``; above ``used`` none ever was
    free, used, held, count = -1, 0, 0, 0
    bucket = _FAR
    for k in range(len(starts)):
        node, at, mine = starts[k], start_s[k], start_label[k]
        if not (
            at <= limit
            and at < np.inf
            and (at < seconds[node] or (at == seconds[node] and mine < label[node]))
        ):
            continue
        if listed and label[node] < 0:
            touched[count] = node
            count += 1
        seconds[node], label[node] = at, mine
        if used == len(after):
            after, node_of_entry, key = wider(after, node_of_entry, key)
        own = int(at * inverse)
        bucket = min(bucket, own)
        node_of_entry[used], key[used], after[used] = node, at, head[own & ring]
        head[own & ring] = used
        used += 1
        held += 1
    while held > 0:
        entry = head[bucket & ring]
        if entry < 0:
            bucket += 1
            continue
        node, at = node_of_entry[entry], key[entry]
        head[bucket & ring] = after[entry]
        after[entry] = free
        free = entry
        held -= 1
        # an entry that was overtaken is done with
        if at != seconds[node]:
            continue
        mine = label[node]
        for a in range(first[node], first[node + 1]):
            near, through = other[a], at + cost[a]
            known = seconds[near]
            if through > known or through > limit:
                continue
            if through == known and mine >= label[near]:
                continue
            if listed and label[near] < 0:
                touched[count] = near
                count += 1
            seconds[near], label[near] = through, mine
            if named:
                parent[near] = name[a]
            if free >= 0:
                entry = free
                free = after[entry]
            else:
                if used == len(after):
                    after, node_of_entry, key = wider(after, node_of_entry, key)
                entry = used
                used += 1
            own = int(through * inverse) & ring
            node_of_entry[entry], key[entry] = near, through
            after[entry] = head[own]
            head[own] = entry
            held += 1
    return count


@kernel
def _known(labels: Ints, count: int, label: int) -> bool:
    return bool((labels[:count] == label).any())


@kernel
def grow_many(
    fan: Fan, seeds: Seeds, nearest: tuple[Floats, Ints], queue: Queue
) -> None:
    """Find the nearest labels of each node, each label once.

    Parameters
    ----------
    nearest
        Seconds and labels, shape (nodes, k), nearest first; filled in place, all inf
        and -1 before.
    queue
        Room for k times all arcs and for the seeds.
    """
    first, other, cost, _ = fan
    seconds, labels = nearest
    many = seconds.shape[1]
    count = np.zeros(len(seconds), np.int32)
    size = 0
    for k in range(len(seeds[0])):
        if seeds[1][k] == np.inf:
            continue
        size = push(queue, size, seeds[1][k], item_of(seeds[2][k], seeds[0][k]))
    while size > 0:
        at, item = queue[0][0], queue[1][0]
        node, label = node_of(item), label_of(item)
        size = drop_first(queue, size)
        if count[node] == many or _known(labels[node], count[node], label):
            continue
        seconds[node, count[node]], labels[node, count[node]] = at, label
        count[node] += 1
        for a in range(first[node], first[node + 1]):
            near = other[a]
            if count[near] < many and not _known(labels[near], count[near], label):
                size = push(queue, size, at + cost[a], item_of(label, near))
