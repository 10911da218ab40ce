"""Scenarios: facilities and roads edited, and the new times of all origins.

The forest of shortest ways is mended, not grown anew; the result is that of a full
search of the edited network, bit by bit. An edited network keeps its junctions and its
rules of turns: where a side road is closed one may still turn back at its mouth, and an
``only_*`` whose target is closed still binds. A graph that is built anew knows neither.
"""

from dataclasses import dataclass, replace

import numpy as np

from geo.errors import RoadError
from geo.layers.geodesy import Floats
from geo.layers.roads import Roads
from geo.travel.roads.attach import attach
from geo.travel.roads.edits import (
    Edited,
    checked_seconds,
    checked_segments,
    with_edges,
    with_seconds,
)
from geo.travel.roads.edits_open import with_opened
from geo.travel.roads.graph import Bools, Ints, RoadGraph
from geo.travel.roads.kernels.ends import times_of
from geo.travel.roads.kernels.repair_origins import hanging
from geo.travel.roads.kernels.repair_tree import Links, Offers, repair
from geo.travel.roads.kernels.search import Forest
from geo.travel.roads.nearest import (
    by_edge,
    forest_of,
    read_nearest,
    seeds_of,
    spots_of,
)
from geo.travel.roads.places import Attached, Places
from geo.travel.roads.route import one_place
from geo.travel.roads.scenario_state import (
    Rows,
    Sides,
    State,
    Undo,
    anchors_of,
    copied,
    links_of,
    log_of,
    longer,
    no_links,
    put,
    work_of,
)


@dataclass(frozen=True)
class Change:
    """What an edit did to the origins; those that are not named kept their times.

    Attributes
    ----------
    origin
        Positions, shape (c,).
    target_before, target, seconds_before, seconds
        Nearest facility (-1: none) and seconds (inf), before and after, shape (c,).
    """

    origin: Ints
    target_before: Ints
    target: Ints
    seconds_before: Floats
    seconds: Floats


class Scenario:
    """Origins, facilities of one kind and a network, and edits of these.

    Parameters
    ----------
    graph, roads
        The network; ``roads`` may be None where no road is opened.
    origins, targets
        Snapped to it. A facility keeps its position whatever is added or closed.
    towards
        From the origins to the facilities; else the other way.
    """

    def __init__(
        self,
        graph: RoadGraph,
        roads: Roads | None,
        origins: Places,
        targets: Places,
        *,
        towards: bool = True,
    ) -> None:
        self._roads, self._origins = roads, origins
        sides = Sides(graph, towards)
        here, there = attach(graph, origins), attach(graph, targets)
        seeds = seeds_of(graph, there, there.leg, towards=towards)
        forest = forest_of(graph, sides.grow, seeds)
        found = read_nearest(
            graph,
            (forest[0][:, None], forest[1][:, None]),
            (here, there),
            there.leg,
            towards=towards,
        )
        self._state = State(
            sides,
            targets,
            there,
            here,
            by_edge(here),
            anchors_of(there, towards=towards),
            found.seconds[:, 0],
            found.target[:, 0],
        )
        self._forest, self._log = forest, log_of(graph.nodes)
        self._work = work_of(graph.nodes)
        self._before: list[Undo] = []

    @property
    def graph(self) -> RoadGraph:
        """The network as it is edited."""
        return self._state.sides.graph

    @property
    def targets(self) -> Places:
        """The facilities as they are edited; closed ones are unsnapped."""
        return self._state.targets

    @property
    def seconds(self) -> Floats:
        """Seconds of each origin to its nearest facility, inf for none."""
        return self._state.seconds.copy()

    @property
    def target(self) -> Ints:
        """Nearest facility of each origin, -1 for none."""
        return self._state.target.copy()

    def add_facility(self, place: Places) -> Change:
        """Add a facility; it takes the next position."""
        self._one(place)
        joined = {
            name: np.append(values, getattr(place, name))
            for name, values in vars(self._state.targets).items()
        }
        return self._with_targets(
            Places(**joined), np.array([len(self._state.targets)])
        )

    def close_facility(self, position: int) -> Change:
        """Close a facility."""
        segment = self._state.targets.segment.copy()
        segment[self._known(position)] = -1
        moved = replace(self._state.targets, segment=segment)
        return self._with_targets(moved, np.array([position]))

    def move_facility(self, position: int, place: Places) -> Change:
        """Put a facility elsewhere; a closed one opens there."""
        self._one(place)
        moved = {name: values.copy() for name, values in vars(self.targets).items()}
        for name, values in moved.items():
            values[self._known(position)] = getattr(place, name)[0]
        return self._with_targets(Places(**moved), np.array([position]))

    def set_road(self, segments: Ints, seconds: Floats | float) -> Change:
        """Give segments other times, inf to close them.

        Parameters
        ----------
        segments
            Positions of segments that the graph has, each once.
        seconds
            In and against the direction of drawing, shape (2, k) or one number.

        Raises
        ------
        RoadError
            If a segment does not exist, is not in the graph or comes twice, or a time
            is bad.
        """
        segments = checked_segments(self.graph, segments)
        given = checked_seconds(seconds, (2, len(segments)))
        return self._with_roads(with_seconds(self.graph, segments, given, self._roads))

    def close_road(self, segments: Ints) -> Change:
        """Close segments both ways."""
        return self.set_road(segments, np.inf)

    def speed_road(self, segments: Ints, factor: float) -> Change:
        """Divide the times of segments by a factor: 2 is twice as fast.

        Raises
        ------
        RoadError
            If the factor is not a number above 0, or a segment does not exist, is not
            in the graph or comes twice.
        """
        if not 0 < factor < np.inf:
            raise RoadError(
                f"a road cannot be {factor} times as fast",
                where="edit of a road",
                remedy="Give a number above 0; close a road to stop its traffic",
            )
        segments = checked_segments(self.graph, segments)
        return self.set_road(segments, self.graph.segment_seconds[:, segments] / factor)

    def open_road(self, segments: Ints, seconds: Floats | float) -> Change:
        """Open segments that this profile may not use.

        Parameters
        ----------
        segments
            Positions of segments that the graph does not have, each once.
        seconds
            In and against the direction of drawing, shape (2, k) or one number.

        Raises
        ------
        RoadError
            If the scenario has no roads, a segment does not exist, is in the graph
            already or comes twice, a time is bad, or turns are forbidden where a
            segment ends.
        """
        if self._roads is None:
            raise RoadError(
                "a road can be opened only where the roads are known",
                where="edit of a road",
                remedy="Give the roads of the graph to the scenario",
            )
        segments = checked_segments(self.graph, segments, edge=False)
        known = self.graph.segment_edge[segments] >= 0
        if known.any():
            raise RoadError(
                f"segment {segments[known][0]} is in the graph already",
                where="edit of a road",
                remedy="Give it other times with set_road",
            )
        given = checked_seconds(seconds, (2, len(segments)))
        return self._with_roads(with_opened(self.graph, self._roads, segments, given))

    def add_road(self, start: int, end: int, seconds: tuple[float, float]) -> Change:
        """Join two nodes of the graph by a new road.

        Parameters
        ----------
        start, end
            Nodes.
        seconds
            There and back, inf where closed.

        Raises
        ------
        RoadError
            If the graph has no such node, or a time is bad.
        """
        nodes = self.graph.nodes
        for node in (start, end):
            if node not in range(nodes):
                raise RoadError(
                    f"there is no node {node} among {nodes}",
                    where="new road",
                    remedy="Give positions of nodes of the scenario's graph",
                )
        cost = checked_seconds(np.asarray(seconds), (2,))[:, None]
        ends = np.array([start], np.int32), np.array([end], np.int32)
        none = np.empty(0, np.int32)
        return self._with_roads(Edited(with_edges(self.graph, ends, cost), none))

    def undo(self) -> None:
        """Take the last edit back.

        Raises
        ------
        RoadError
            If there is none.
        """
        if not self._before:
            raise RoadError(
                "there is no edit to undo", where="scenario", remedy="Edit first"
            )
        last = self._before.pop()
        self._take(last.restored())
        self._state = last.state

    def _take(self, forest: Forest) -> None:
        """Take a forest as the present one, with room to mend it in place."""
        nodes = len(forest[0])
        if len(self._forest[0]) != nodes:
            self._log, self._work = log_of(nodes), work_of(nodes)
        self._forest = forest

    def _with_targets(self, targets: Places, rows: Rows) -> Change:
        """Replace some facilities; ``rows`` are the ones that changed."""
        old = self._state
        graph = old.sides.graph
        moved = attach(graph, one_place(targets, int(rows[0])))
        there = put(old.there, rows, moved, len(targets))
        anchors = anchors_of(there, towards=old.sides.towards)
        _, label, parent = self._forest
        # a facility that is new has no tree yet
        roots: Rows = np.empty(0, np.int32)
        if rows[0] < len(old.targets):
            roots = np.flatnonzero((parent < 0) & (label == rows[0]))
        seeds = seeds_of(graph, moved, moved.leg, towards=old.sides.towards)
        offers = seeds[0], seeds[1], np.full(len(seeds[0]), rows[0], np.int32)
        edges = np.append(moved.edge, old.there.edge[rows[rows < len(old.targets)]])
        state = replace(old, targets=targets, there=there, anchors=anchors)
        return self._mended(state, roots, (offers, no_links()), edges)

    def _with_roads(self, edited: Edited) -> Change:
        old = self._state
        graph, towards = edited.graph, old.sides.towards
        sides = Sides(graph, towards)
        touched = np.zeros(graph.edges, bool)
        touched[edited.touched] = True
        touched[old.sides.graph.edges :] = True
        edges = np.flatnonzero(touched).astype(np.int32)
        there, moved = self._attached_anew(old.there, old.targets, graph, touched)
        here, _ = self._attached_anew(old.here, self._origins, graph, touched)
        # longer by the new nodes; the old one is kept for an undo
        forest = longer(self._forest, graph.nodes)
        _, label, parent = forest
        arc = np.where(parent >= 0, parent >> 1, 0)
        on_edge = (parent >= 0) & touched[arc]
        own = np.zeros(len(there.edge) + 1, bool)
        own[moved] = True
        roots = np.flatnonzero(on_edge | ((parent < 0) & own[label]))
        one = Attached(
            there.edge[moved],
            there.since[:, moved],
            there.until[:, moved],
            there.leg[moved],
        )
        seeds = seeds_of(graph, one, one.leg, towards=towards)
        offers = seeds[0], seeds[1], moved[seeds[2]].astype(np.int32)
        state = replace(
            old,
            sides=sides,
            there=there,
            here=here,
            by_edge=by_edge(here),
            anchors=anchors_of(there, towards=towards),
        )
        kept = self._forest
        self._take(forest)
        return self._mended(state, roots, (offers, links_of(sides, edges)), edges, kept)

    def _attached_anew(
        self,
        old: Attached,
        places: Places,
        graph: RoadGraph,
        touched: Bools,
    ) -> tuple[Attached, Rows]:
        """Attach those again whose edge was touched; return all, and which."""
        rows = np.flatnonzero((old.edge >= 0) & touched[old.edge])
        if not len(rows):
            return old, rows
        parts = {name: values[rows] for name, values in vars(places).items()}
        closed = graph.segment_edge[parts["segment"]] < 0
        parts["segment"] = np.where(closed, -1, parts["segment"]).astype(np.int32)
        return put(old, rows, attach(graph, Places(**parts)), len(old.edge)), rows

    def _mended(
        self,
        state: State,
        roots: Rows,
        news: tuple[Offers, Links],
        edges: Ints,
        kept: Forest | None = None,
    ) -> Change:
        """Mend the forest, and read the origins that hang on what changed.

        ``kept`` is the forest before, where the one to mend is a copy of it.
        """
        forest, log, sides = self._forest, self._log, state.sides
        count = repair(
            (sides.grow, sides.back),
            state.anchors,
            forest,
            roots.astype(np.int32),
            news,
            log,
            self._work,
        )
        none = np.empty(0, np.int32)
        undo = (
            Undo(self._state, kept, none, np.empty(0), none, none)
            if kept
            else Undo(self._state, forest, *copied(log, count))
        )
        size = len(state.here.edge)
        found = np.empty(size, np.int32)
        total = hanging(
            log,
            count,
            forest,
            sides.grow,
            state.by_edge,
            np.asarray(edges, np.int32),
            np.zeros(size, np.uint8),
            found,
        )
        rows = np.sort(found[:total])
        times = np.empty(total), np.empty(total, np.int32)
        times_of(
            rows,
            spots_of(state.here),
            spots_of(state.there),
            state.anchors[:2],
            forest[:2],
            sides.nearer,
            sides.towards,
            times,
        )
        self._before.append(undo)
        return self._kept(state, rows, times)

    def _kept(self, state: State, rows: Ints, times: tuple[Floats, Ints]) -> Change:
        """Make a state the present one; return what is different."""
        before_s, before_t = state.seconds[rows], state.target[rows]
        seconds, target = state.seconds.copy(), state.target.copy()
        seconds[rows], target[rows] = times
        self._state = replace(state, seconds=seconds, target=target)
        differs = (times[0] != before_s) | (times[1] != before_t)
        return Change(
            rows[differs],
            before_t[differs],
            times[1][differs],
            before_s[differs],
            times[0][differs],
        )

    def _known(self, position: int) -> int:
        if position not in range(len(self._state.targets)):
            raise RoadError(
                f"there is no facility {position} among {len(self._state.targets)}",
                where="edit of a facility",
                remedy="Give its position",
            )
        return position

    def _one(self, place: Places) -> None:
        if len(place) != 1:
            raise RoadError(
                f"{len(place)} places were given",
                where="edit of a facility",
                remedy="Give one place",
            )
