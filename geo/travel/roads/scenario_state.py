"""What a scenario keeps between its edits, and the arrays its loops work on."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from geo.layers.geodesy import Floats
from geo.travel.roads.graph import Ints, RoadGraph
from geo.travel.roads.kernels.repair_tree import Anchors, Links, Log, Work
from geo.travel.roads.kernels.search import Fan, Forest
from geo.travel.roads.nearest import fan_of
from geo.travel.roads.places import Attached, Places

Rows = NDArray[np.signedinteger]


@dataclass(frozen=True)
class Sides:
    """A graph as a search from the targets sees it."""

    graph: RoadGraph
    towards: bool

    @cached_property
    def grow(self) -> Fan:
        """Arcs by the node that is nearer to the targets."""
        return fan_of(self.graph, towards=self.towards)

    @cached_property
    def back(self) -> Fan:
        """Arcs by the other end."""
        return fan_of(self.graph, towards=not self.towards)

    @property
    def nearer(self) -> Ints:
        """The end of each edge and direction that is nearer to the targets."""
        return self.graph.head if self.towards else self.graph.tail

    @property
    def farther(self) -> Ints:
        """The other end of each edge and direction."""
        return self.graph.tail if self.towards else self.graph.head


@dataclass(frozen=True)
class State:
    """Everything that an edit replaces; nothing in it is changed in place."""

    sides: Sides
    targets: Places
    there: Attached
    here: Attached
    by_edge: tuple[Ints, Ints]
    anchors: Anchors
    seconds: Floats
    target: Ints


@dataclass(frozen=True)
class Undo:
    """What was before an edit: the state, and the nodes of the forest it changed."""

    state: State
    forest: Forest
    node: Ints
    seconds: Floats
    label: Ints
    parent: Ints

    def restored(self) -> Forest:
        """Put the old values back into the forest."""
        seconds, label, parent = self.forest
        seconds[self.node], label[self.node] = self.seconds, self.label
        parent[self.node] = self.parent
        return self.forest


def anchors_of(there: Attached, *, towards: bool) -> Anchors:
    """Return the targets by edge, with their seconds from either end."""
    rows = np.flatnonzero(there.edge >= 0)
    rows = rows[np.argsort(there.edge[rows], kind="stable")]
    cost = there.since if towards else there.until
    return there.edge[rows], rows.astype(np.int32), cost[:, rows] + there.leg[rows]


def put(old: Attached, rows: Rows, new: Attached, size: int) -> Attached:
    """Return places in which some rows are replaced, or one is added at the end."""
    more = size - len(old.edge)
    edge = np.append(old.edge, np.full(more, -1, np.int32))
    wide = np.full((2, more), np.inf)
    since = np.append(old.since, wide, axis=1)
    until = np.append(old.until, wide, axis=1)
    leg = np.append(old.leg, np.full(more, np.nan))
    edge[rows], leg[rows] = new.edge, new.leg
    since[:, rows], until[:, rows] = new.since, new.until
    return Attached(edge, since, until, leg)


def links_of(sides: Sides, edges: Ints) -> Links:
    """Return the open arcs of edges: far end, near end, seconds, name."""
    parts = []
    for d in (0, 1):
        seconds = sides.graph.seconds[d, edges]
        good = np.isfinite(seconds)
        own = edges[good]
        parts.append(
            (
                sides.farther[d, own],
                sides.nearer[d, own],
                seconds[good],
                (2 * own + d).astype(np.int32),
            )
        )
    far, near, cost, name = (np.concatenate(side) for side in zip(*parts, strict=True))
    return far, near, cost, name


def no_links() -> Links:
    """Return no arcs."""
    none = np.empty(0, np.int32)
    return none, none, np.empty(0), none


def longer(forest: Forest, nodes: int) -> Forest:
    """Return a forest with room for new nodes, which nothing leads to yet."""
    more = nodes - len(forest[0])
    none = np.full(more, -1, np.int32)
    return (
        np.append(forest[0], np.full(more, np.inf)),
        np.append(forest[1], none),
        np.append(forest[2], none),
    )


def copied(log: Log, count: int) -> Log:
    """Return the entries of a log, to keep."""
    node, seconds, label, parent = log
    return (
        node[:count].copy(),
        seconds[:count].copy(),
        label[:count].copy(),
        parent[:count].copy(),
    )


def log_of(nodes: int) -> Log:
    """Return an empty log with room for each node once."""
    return (
        np.empty(nodes, np.int32),
        np.empty(nodes),
        np.empty(nodes, np.int32),
        np.empty(nodes, np.int32),
    )


def work_of(nodes: int) -> Work:
    """Return what the mending works on, at rest."""
    heap = (
        np.empty(nodes),
        np.empty(nodes, np.int32),
        np.full(nodes, -1, np.int32),
    )
    return (
        heap,
        np.zeros(nodes, np.uint8),
        np.empty(nodes, np.int32),
        np.empty(nodes, np.int32),
    )
