"""Times between many places within a limit: a sparse travel matrix."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from geo.layers.geodesy import Floats
from geo.travel.roads.graph import Ints, Longs, RoadGraph
from geo.travel.roads.kernels.buckets import heads_at_rest, pool_of, width_of
from geo.travel.roads.kernels.ends import Spots
from geo.travel.roads.kernels.rows import Doors, Grouped, Work, reach
from geo.travel.roads.kernels.search import Fan
from geo.travel.roads.nearest import (
    by_edge,
    check_limit,
    check_places,
    fan_of,
    spots_of,
)
from geo.travel.roads.parallel import Client, in_parallel
from geo.travel.roads.places import Attached

#: entries in buckets that a search within an hour seldom exceeds
_ENTRIES = 4096
#: what a block of searches finds: how many ends each start has, the ends, the seconds
Found = tuple[Longs, Ints, Floats]


@dataclass(frozen=True)
class Matrix:
    """The pairs of p origins and t targets that are within the limit.

    The pairs of origin o are ``first[o]:first[o + 1]``, by rising target. What is
    not there is farther, unreachable or unsnapped: never zero.

    Attributes
    ----------
    first
        Shape (p + 1,).
    target, seconds
        Shape (pairs,).
    targets
        t.
    """

    first: Longs
    target: Ints
    seconds: Floats
    targets: int

    @property
    def origin(self) -> Longs:
        """The origin of each pair, shape (pairs,)."""
        return np.repeat(np.arange(len(self.first) - 1), np.diff(self.first))

    def dense(self) -> Floats:
        """Return all times, shape (p, t), inf where beyond the limit."""
        full = np.full((len(self.first) - 1, self.targets), np.inf)
        full[self.origin, self.target] = self.seconds
        return full


@dataclass(frozen=True)
class _Block:
    """Searches from some places; travels over a network connection as it is."""

    graph: RoadGraph
    starts: Attached
    ends: Attached
    towards_start: bool
    limit: float

    @cached_property
    def ready(self) -> tuple[Spots, Grouped, tuple[Fan, Ints, Doors], Floats]:
        """What all searches share; made once on each machine."""
        graph, backwards = self.graph, self.towards_start
        starts, ends = (
            (_mirrored(self.starts), _mirrored(self.ends))
            if backwards
            else (self.starts, self.ends)
        )
        leave, enter = (
            (graph.tail, graph.head) if backwards else (graph.head, graph.tail)
        )
        fan = fan_of(graph, towards=backwards)
        begins = starts.until[np.isfinite(starts.until)]
        return (
            spots_of(starts),
            (spots_of(ends), by_edge(ends)),
            (fan, leave, _doors(ends, enter, graph.nodes)),
            np.array([self.limit, width_of(fan[2], begins)]),
        )

    def run(self, rows: Ints) -> Found:
        """Search from each of these starts."""
        starts, grouped, ground, limits = self.ready
        work = _at_rest(self.graph.nodes, len(self.ends.edge))
        parts = [
            reach(row, starts, grouped, ground, limits, work) for row in rows.tolist()
        ]
        return (
            np.array([len(part[0]) for part in parts], np.int64),
            np.concatenate([np.empty(0, np.int32), *(part[0] for part in parts)]),
            np.concatenate([np.empty(0), *(part[1] for part in parts)]),
        )


def matrix(
    graph: RoadGraph,
    origins: Attached,
    targets: Attached,
    *,
    cutoff: float,
    towards: bool = True,
    client: Client | None = None,
) -> Matrix:
    """Return the times of all pairs within a limit, from door to door.

    One search per place of the smaller side, on all cores.

    Parameters
    ----------
    graph
        The graph.
    origins, targets
        Attached to this graph; unsnapped ones are in no pair.
    cutoff
        Seconds, inclusive; ``inf`` for all pairs.
    towards
        The traveller goes from the origin to the target; else the other way.
    client
        Of ``distributed``: the same searches on the workers of a cluster.

    Raises
    ------
    RoadError
        If the cutoff is no limit of time, or a place lies on an edge that the graph
        does not have.
    """
    check_limit(cutoff)
    check_places(graph, origins, targets)
    from_targets = len(targets.edge) <= len(origins.edge)
    starts, ends = (targets, origins) if from_targets else (origins, targets)
    block = _Block(graph, starts, ends, from_targets == towards, cutoff)
    if client is None:
        # before the threads start, or each of the first ones makes its own
        _ = block.ready
    parts = in_parallel(block.run, len(starts.edge), client)
    counts, found, seconds = (
        np.concatenate(list(column)) for column in zip(*parts, strict=True)
    )
    rows = np.repeat(np.arange(len(counts), dtype=np.int32), counts)
    pair = (found, rows) if from_targets else (rows, found)
    order = np.lexsort(pair[::-1])
    first = np.zeros(len(origins.edge) + 1, np.int64)
    np.cumsum(np.bincount(pair[0], minlength=len(origins.edge)), out=first[1:])
    return Matrix(first, pair[1][order], seconds[order], len(targets.edge))


def _mirrored(places: Attached) -> Attached:
    """Return places as who travels backwards sees them."""
    return replace(places, since=places.until, until=places.since)


def _doors(ends: Attached, enter: Ints, nodes: int) -> Doors:
    """Group the ends by the nodes through which one reaches them."""
    rows, spots, cost = [], [], []
    for d in (0, 1):
        good = np.flatnonzero((ends.edge >= 0) & np.isfinite(ends.since[d]))
        rows.append(good)
        spots.append(enter[d, ends.edge[good]])
        cost.append(ends.since[d, good])
    node = np.concatenate(spots)
    order = np.argsort(node, kind="stable")
    first = np.zeros(nodes + 1, np.int64)
    np.cumsum(np.bincount(node, minlength=nodes), out=first[1:])
    return (
        first,
        np.concatenate(rows)[order].astype(np.int32),
        np.concatenate(cost)[order],
    )


def _at_rest(nodes: int, places: int) -> Work:
    forest = (
        np.full(nodes, np.inf),
        np.full(nodes, -1, np.int32),
        np.full(nodes, -1, np.int32),
    )
    return (
        forest,
        (heads_at_rest(), pool_of(_ENTRIES)),
        np.empty(nodes, np.int32),
        np.full(places, np.inf),
        np.empty(places, np.int32),
    )
