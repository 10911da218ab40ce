"""The nearest facilities of many places, and the times of one place to all nodes."""

from dataclasses import dataclass, replace

import numpy as np

from geo.errors import RoadError
from geo.layers.geodesy import Floats
from geo.travel.roads.graph import Ints, RoadGraph
from geo.travel.roads.kernels.buckets import heads_at_rest, pool_of, width_of
from geo.travel.roads.kernels.ends import Spots, read_origins, times_of
from geo.travel.roads.kernels.queue import Queue
from geo.travel.roads.kernels.search import Fan, Forest, Seeds, grow, grow_many
from geo.travel.roads.places import Attached


@dataclass(frozen=True)
class Nearest:
    """The k nearest targets of each of p origins.

    Attributes
    ----------
    target
        Positions of targets, nearest first, shape (p, k), -1 where there are no more.
    seconds
        Shape (p, k), inf likewise.
    """

    target: Ints
    seconds: Floats


@dataclass(frozen=True)
class Tree:
    """The ways between one place and all nodes, in one direction.

    Attributes
    ----------
    seconds
        Per node, without the walk of the place; inf where there is no way.
    parent
        The arc (2 x edge + direction) at the node's end of the way, -1 where the way
        begins on the place's own edge or there is none.
    """

    seconds: Floats
    parent: Ints


def nearest(
    graph: RoadGraph,
    origins: Attached,
    targets: Attached,
    *,
    k: int = 1,
    towards: bool = True,
    extra: Floats | None = None,
) -> Nearest:
    """Return the k nearest targets of each origin; of equal ones the first.

    One search from all targets at once, whatever the number of origins.

    Parameters
    ----------
    graph
        The graph.
    origins, targets
        Attached to this graph; unsnapped ones reach nothing.
    k
        How many targets.
    towards
        The traveller goes from the origin to the target; else the other way.
    extra
        Seconds that each target costs more, shape (t,).

    Raises
    ------
    RoadError
        If ``k`` is below 1, ``extra`` does not fit or is negative, or a place lies on
        an edge that the graph does not have.
    """
    if k < 1:
        raise RoadError(
            f"{k} nearest were asked for",
            where="search of the nearest",
            remedy="Ask for 1 or more",
        )
    check_places(graph, origins, targets)
    cost = _extra(targets, extra)
    seeds = seeds_of(graph, targets, cost, towards=towards)
    fan = fan_of(graph, towards=towards)
    if k == 1:
        seconds, label, _ = forest_of(graph, fan, seeds, parents=False)
        at_nodes = seconds[:, None], label[:, None]
    else:
        at_nodes = (
            np.full((graph.nodes, k), np.inf),
            np.full((graph.nodes, k), -1, np.int32),
        )
        grow_many(fan, seeds, at_nodes, queue_for(fan, seeds, k))
    return read_nearest(graph, at_nodes, (origins, targets), cost, towards=towards)


def read_nearest(
    graph: RoadGraph,
    at_nodes: tuple[Floats, Ints],
    places: tuple[Attached, Attached],
    cost: Floats,
    *,
    towards: bool,
) -> Nearest:
    """Return the nearest targets of origins out of those of the nodes.

    Parameters
    ----------
    at_nodes
        Seconds and targets of each node, shape (nodes, k).
    places
        Origins and targets.
    cost
        What each target costs besides the road, its leg among it, shape (t,).
    """
    origins, targets = places
    shape = (len(origins.edge), at_nodes[0].shape[1])
    found = Nearest(np.full(shape, -1, np.int32), np.full(shape, np.inf))
    far = graph.head if towards else graph.tail
    if shape[1] == 1:
        times_of(
            np.arange(shape[0], dtype=np.int32),
            spots_of(origins),
            spots_of(replace(targets, leg=cost)),
            by_edge(targets),
            (at_nodes[0][:, 0], at_nodes[1][:, 0]),
            far,
            towards,
            (found.seconds[:, 0], found.target[:, 0]),
        )
        # an unsnapped origin has no leg
        found.seconds[origins.edge < 0] = np.inf
        return found
    read_origins(
        at_nodes,
        far,
        spots_of(origins),
        (spots_of(targets), by_edge(targets), cost),
        towards,
        (found.seconds, found.target),
    )
    return found


def one_to_all(
    graph: RoadGraph, place: Attached, *, towards: bool, limit: float = np.inf
) -> Tree:
    """Return the times between one place and all nodes.

    Parameters
    ----------
    place
        One place.
    towards
        Travel from the nodes to the place; else from the place to the nodes, as
        :func:`geo.travel.roads.route.route_line` takes it.
    limit
        Seconds, inclusive; farther nodes count as not reached.

    Raises
    ------
    RoadError
        If there is not exactly one place, it lies on an edge that the graph does not
        have, or the limit is no time.
    """
    if len(place.edge) != 1:
        raise RoadError(
            f"{len(place.edge)} places were given",
            where="search from one place",
            remedy="Give one",
        )
    check_limit(limit)
    check_places(graph, place)
    seeds = seeds_of(graph, place, np.zeros(1), towards=towards)
    seconds, _, parent = forest_of(graph, fan_of(graph, towards=towards), seeds, limit)
    return Tree(seconds, parent)


def forest_of(
    graph: RoadGraph,
    fan: Fan,
    seeds: Seeds,
    limit: float = np.inf,
    *,
    parents: bool = True,
) -> Forest:
    """Return seconds, label and, if wanted, parent of every node."""
    n = graph.nodes
    parent = np.full(n if parents else 0, -1, np.int32)
    forest = np.full(n, np.inf), np.full(n, -1, np.int32), parent
    limits = np.array([limit, width_of(fan[2], seeds[1])])
    rings = heads_at_rest(), pool_of(n // 8)
    grow(fan, seeds, limits, forest, rings, np.empty(0, np.int32))
    return forest


def queue_for(fan: Fan, seeds: Seeds, times: int) -> Queue:
    """Return room for all entries that a search may hold; what is unused costs none."""
    size = times * len(fan[1]) + len(seeds[0])
    return np.empty(size), np.empty(size, np.int64)


def fan_of(graph: RoadGraph, *, towards: bool) -> Fan:
    """Return the arcs by the node nearer to the targets."""
    arcs = graph.arriving if towards else graph.leaving
    return arcs.first, arcs.node, arcs.seconds, arcs.arc


def seeds_of(
    graph: RoadGraph, targets: Attached, extra: Floats, *, towards: bool
) -> Seeds:
    """Return where the search from the targets starts: node, seconds, target."""
    near = graph.tail if towards else graph.head
    cost = targets.since if towards else targets.until
    nodes, seconds, labels = [], [], []
    on_road = targets.edge >= 0
    for d in (0, 1):
        rows = np.flatnonzero(on_road & np.isfinite(cost[d]))
        nodes.append(near[d, targets.edge[rows]])
        seconds.append(cost[d, rows] + extra[rows])
        labels.append(rows.astype(np.int32))
    return np.concatenate(nodes), np.concatenate(seconds), np.concatenate(labels)


def spots_of(places: Attached) -> Spots:
    """Return places as the loops take them."""
    return places.edge, places.since, places.until, places.leg


def by_edge(places: Attached) -> tuple[Ints, Ints]:
    """Return the edges of the places in order, and the places."""
    rows = np.flatnonzero(places.edge >= 0)
    order = rows[np.argsort(places.edge[rows], kind="stable")].astype(np.int32)
    return places.edge[order], order


def check_limit(limit: float) -> None:
    """Refuse what is no limit of time.

    Raises
    ------
    RoadError
        If it is negative or no number.
    """
    if not limit >= 0:
        raise RoadError(
            f"{limit} is no limit of time",
            where="search on roads",
            remedy="Give seconds of 0 or more",
        )


def check_places(graph: RoadGraph, *places: Attached) -> None:
    """Refuse places that are attached to another, larger graph.

    Raises
    ------
    RoadError
        If the graph does not have an edge of a place.
    """
    for group in places:
        last = int(group.edge.max(initial=-1))
        if last >= graph.edges:
            raise RoadError(
                f"a place lies on edge {last} of a graph with {graph.edges} edges",
                where="search on roads",
                remedy="Attach the places to this very graph",
            )


def _extra(targets: Attached, extra: Floats | None) -> Floats:
    """Return what each target costs besides the road, its leg among it."""
    # an unsnapped place has no leg; it is no seed either
    if extra is None:
        return targets.leg
    if extra.shape != targets.leg.shape or not (extra >= 0).all():
        raise RoadError(
            "the extra seconds do not fit the targets",
            where="search of the nearest",
            remedy=f"Give {len(targets.leg)} numbers of 0 or more",
        )
    return np.asarray(targets.leg + extra)
