"""The places that one place reaches within a limit."""

import numpy as np

from geo.layers.geodesy import Floats
from geo.travel.roads.graph import Ints, Longs
from geo.travel.roads.kernels.ends import Spots, along, first_on
from geo.travel.roads.kernels.jit import kernel
from geo.travel.roads.kernels.search import Fan, Forest, Rings, grow

#: places by the node through which one reaches them: first (nodes + 1,), place, seconds
Doors = tuple[Longs, Ints, Floats]
#: the places, and their edges in order with the places
Grouped = tuple[Spots, tuple[Ints, Ints]]
#: forest and buckets at rest, room for nodes; best seconds of each place (inf at rest),
#: room for places
Work = tuple[Forest, Rings, Ints, Floats, Ints]


@kernel
def _offer(place: int, at: float, best: Floats, found: Ints, count: int) -> int:
    if best[place] == np.inf:
        found[count] = place
        count += 1
    best[place] = min(best[place], at)
    return count


@kernel
def _beside(start: int, starts: Spots, ends: Grouped, work: Work) -> int:
    """Offer the places ahead on the same edge; return how many there are."""
    places, (order, place) = ends
    edge = starts[0][start]
    count = 0
    for k in range(first_on(edge, order), len(order)):
        if order[k] != edge:
            break
        for d in range(2):
            at = along(start, place[k], starts, places, d)
            if at != np.inf:
                count = _offer(place[k], at, work[3], work[4], count)
    return count


@kernel
def reach(
    start: int,
    starts: Spots,
    ends: Grouped,
    ground: tuple[Fan, Ints, Doors],
    limits: Floats,
    work: Work,
) -> tuple[Ints, Floats]:
    """Return the places within the limit and their seconds, in no order.

    Parameters
    ----------
    ground
        Arcs, the node where one leaves an edge per direction, shape (2, e), and the
        doors of the ends.
    limits
        Seconds from door to door, legs included, and the width of a bucket.
    """
    fan, leave, doors = ground
    forest, rings, nodes_seen, best, found = work
    edges, _, until, leg = starts
    if edges[start] < 0:
        return found[:0].copy(), best[:0].copy()
    nodes = leave[:, edges[start]].copy()
    seeds = (nodes, until[:, start].copy(), np.zeros(2, np.int32))
    near = np.array([limits[0] - leg[start], limits[1]])
    touched = grow(fan, seeds, near, forest, rings, nodes_seen)
    count = _beside(start, starts, ends, work)
    for k in range(touched):
        node = nodes_seen[k]
        for a in range(doors[0][node], doors[0][node + 1]):
            at = forest[0][node] + doors[2][a]
            count = _offer(doors[1][a], at, best, found, count)
        forest[0][node], forest[1][node], forest[2][node] = np.inf, -1, -1
    places, seconds = found[:count].copy(), np.empty(count)
    for k in range(count):
        seconds[k] = best[places[k]] + leg[start] + ends[0][3][places[k]]
        best[places[k]] = np.inf
    kept = seconds <= limits[0]
    return places[kept], seconds[kept]
