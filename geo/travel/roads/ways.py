"""The ways from many origins to the nearest of many targets: times, lengths, lines."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from geo.layers.geodesy import Floats
from geo.layers.roads import Roads
from geo.travel.roads.attach import attach
from geo.travel.roads.graph import Bools, Ints, RoadGraph
from geo.travel.roads.kernels.lengths import lengths
from geo.travel.roads.kernels.search import Forest
from geo.travel.roads.lines import Lines, Rows, Steps, lines_of_steps
from geo.travel.roads.nearest import Nearest, fan_of, forest_of, read_nearest, seeds_of
from geo.travel.roads.places import Attached, Places
from geo.travel.roads.route import Route, Step, line_of_steps, one_place

#: ways that are drawn at a time: what is in memory at once
_AT_ONCE = 2048


@dataclass(frozen=True)
class Ground:
    """A network that is travelled on, and the same one in metres.

    Attributes
    ----------
    roads, graph
        The roads, and their graph in seconds.
    metric
        The graph in metres: the same edges, open in the same directions.
    """

    roads: Roads
    graph: RoadGraph
    metric: RoadGraph


@dataclass(frozen=True)
class Ways:
    """The quickest ways between p origins and the nearest of t targets.

    Attributes
    ----------
    ground
        The network.
    origins, targets
        Snapped to it.
    towards
        From the origins to the targets; else the other way.
    """

    ground: Ground
    origins: Places
    targets: Places
    towards: bool = True

    @cached_property
    def nearest(self) -> Nearest:
        """Targets and seconds, shape (p, 1)."""
        seconds, label, _ = self._forest
        return read_nearest(
            self.ground.graph,
            (seconds[:, None], label[:, None]),
            (self._here, self._there),
            self._there.leg,
            towards=self.towards,
        )

    @cached_property
    def km(self) -> Floats:
        """Length by road and on foot, shape (p,); NaN where there is no way."""
        target = self.nearest.target[:, 0]
        rows = np.flatnonzero(target >= 0)
        out = np.full(len(target), np.nan)
        by_node, node, way = self._through(rows)
        first = self._first_m[way, rows]
        road = first + np.append(self._node_m, np.nan)[node]
        beside = np.flatnonzero(~by_node)
        road[beside] = self._beside_m(rows[beside], target[rows[beside]])
        legs = self.origins.leg_m[rows] + self.targets.leg_m[target[rows]]
        out[rows] = (road + legs) / 1000.0
        return out

    def route(self, origin: int) -> Route | None:
        """Return the way of one origin, in the direction of travel.

        None where there is none.
        """
        target = int(self.nearest.target[origin, 0])
        if target < 0:
            return None
        rows = np.array([origin])
        by_node, node, way = self._through(rows)
        edge = int(self._here.edge[origin])
        if by_node[0]:
            steps = self._traced((edge, int(way[0])), int(node[0]), target)
        else:
            steps = [(edge, int(self._beside_way(rows, np.array([target]))[0]))]
        pair = one_place(self.origins, origin), one_place(self.targets, target)
        if not self.towards:
            steps, pair = steps[::-1], pair[::-1]
        seconds = float(self.nearest.seconds[origin, 0])
        return line_of_steps(
            (self.ground.graph, self.ground.roads), steps, *pair, seconds
        )

    def lines(self, ferry: Bools) -> tuple[Lines, Bools]:
        """Return the lines of all ways, and which of them take a ferry.

        As :meth:`route` gives them one by one: None where there is no way.

        Parameters
        ----------
        ferry
            Which segments are ferries, shape (m,).
        """
        target = self.nearest.target[:, 0]
        lines, by_ferry = (
            np.full(len(target), None, object),
            np.zeros(len(target), bool),
        )
        found = np.flatnonzero(target >= 0)
        graph, roads = self.ground.graph, self.ground.roads
        for first in range(0, len(found), _AT_ONCE):
            rows = found[first : first + _AT_ONCE]
            steps = self._steps(rows, target[rows])
            pair = self.origins.take(rows), self.targets.take(target[rows])
            start, end = pair if self.towards else pair[::-1]
            lines[rows] = lines_of_steps((graph, roads), steps, start, end)
            by_ferry[rows] = steps.crossing(graph, ferry, len(rows))
        return lines, by_ferry

    @cached_property
    def _here(self) -> Attached:
        return attach(self.ground.graph, self.origins)

    @cached_property
    def _there(self) -> Attached:
        return attach(self.ground.graph, self.targets)

    @cached_property
    def _forest(self) -> Forest:
        graph = self.ground.graph
        seeds = seeds_of(graph, self._there, self._there.leg, towards=self.towards)
        return forest_of(graph, fan_of(graph, towards=self.towards), seeds)

    @property
    def _nearer(self) -> Ints:
        """The ends of edges nearer to the targets, shape (2, e)."""
        return self.ground.graph.head if self.towards else self.ground.graph.tail

    @property
    def _farther(self) -> Ints:
        return self.ground.graph.tail if self.towards else self.ground.graph.head

    def _through(self, rows: Rows) -> tuple[Bools, Rows, Rows]:
        """Return whether the way leaves the origin's edge, at which node, and how."""
        here = self._here
        cost = (here.until if self.towards else here.since)[:, rows]
        node = self._nearer[:, here.edge[rows]]
        total = cost + self._forest[0][node]
        way = np.argmin(total, axis=0)
        own = np.arange(len(rows))
        best = total[way, own] + here.leg[rows]
        # the search added the same numbers in the same order
        by_node = best <= self.nearest.seconds[rows, 0]
        return by_node, np.where(by_node, node[way, own], -1), way

    @cached_property
    def _first_m(self) -> Floats:
        at = attach(self.ground.metric, self.origins)
        return at.until if self.towards else at.since

    @cached_property
    def _last_m(self) -> Floats:
        at = attach(self.ground.metric, self.targets)
        return at.since if self.towards else at.until

    @cached_property
    def _node_m(self) -> Floats:
        """Metres by road from each node to its target, NaN without one."""
        seconds, label, parent = self._forest
        start = np.full(len(seconds), np.nan)
        root: Rows = np.flatnonzero((label >= 0) & (parent < 0))
        start[root] = self._last_m[self._last_way(root, label[root]), label[root]]
        edge_m = self.ground.metric.seconds.copy()
        edge_m[np.isinf(edge_m)] = -1.0
        return lengths(parent, self._nearer, edge_m.max(axis=0), start)

    def _last_way(self, node: Rows, target: Rows) -> Rows:
        """Return in which direction the last edge is travelled from its node."""
        cost = self._there.since if self.towards else self._there.until
        ends = self._farther[:, self._there.edge[target]]
        at = np.where(ends == node, cost[:, target], np.inf)
        return np.asarray(np.argmin(at, axis=0))

    def _beside_way(self, rows: Rows, target: Rows) -> Rows:
        """Return in which direction one edge leads from the one to the other."""
        one, other = (
            (self._here.since[:, rows], self._there.since[:, target])
            if self.towards
            else (self._there.since[:, target], self._here.since[:, rows])
        )
        is_open = np.isfinite(one) & (other >= one)
        gap = np.where(is_open, other, np.inf) - np.where(is_open, one, 0.0)
        return np.asarray(np.argmin(gap, axis=0))

    def _beside_m(self, rows: Rows, target: Rows) -> Floats:
        """Return metres between the two along one edge, for those who share it."""
        way = self._beside_way(rows, target)
        metric = self.ground.metric
        whole = metric.seconds[way, self._here.edge[rows]]
        # from the origin to the end of the edge, and from its start to the target
        return np.asarray(self._first_m[way, rows] + self._last_m[way, target] - whole)

    def _steps(self, rows: Rows, target: Rows) -> Steps:
        """Return the steps of the ways of some origins, in the order of travel."""
        by_node, node, way = self._through(rows)
        through, beside = np.flatnonzero(by_node), np.flatnonzero(~by_node)
        way[beside] = self._beside_way(rows[beside], target[beside])
        # numbered from the origin, which is where the travel ends if not towards
        sign = 1 if self.towards else -1
        own = np.arange(len(rows))
        first = (own, self._here.edge[rows], way, np.zeros_like(own))
        onward = self._onward(through, node[through], target[through])
        return Steps.of(
            [first, *((*step, np.full(len(step[0]), sign * n)) for n, step in onward)]
        )

    def _onward(
        self, owner: Rows, node: Rows, target: Rows
    ) -> Iterator[tuple[int, tuple[Rows, Rows, Rows]]]:
        """Yield owner, edge and direction of all ways, a step from their nodes each."""
        parent = self._forest[2]
        number = 0
        while len(owner):
            number += 1
            arc = parent[node]
            there, on = np.flatnonzero(arc < 0), np.flatnonzero(arc >= 0)
            if len(there):
                goal = target[there]
                way = self._last_way(node[there], goal)
                yield number, (owner[there], self._there.edge[goal], way)
            owner, target = owner[on], target[on]
            edge, way = np.divmod(arc[on].astype(np.int64), 2)
            yield number, (owner, edge, way)
            node = self._nearer[way, edge]

    def _traced(self, first: Step, node: int, target: int) -> list[Step]:
        """Return the steps from an origin's edge to the target's."""
        parent = self._forest[2]
        steps = [first]
        while parent[node] >= 0:
            edge, way = divmod(int(parent[node]), 2)
            steps.append((edge, way))
            node = int(self._nearer[way, edge])
        way = int(self._last_way(np.array([node]), np.array([target]))[0])
        return [*steps, (int(self._there.edge[target]), way)]
