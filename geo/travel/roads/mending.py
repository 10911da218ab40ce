"""The forest of shortest ways under a scenario, mended after each edit.

It is not grown anew; the result is that of a full search of the edited network, bit by
bit.
"""

from dataclasses import dataclass, replace

import numpy as np

from geo.errors import RoadError
from geo.layers.geodesy import Floats
from geo.travel.roads.attach import attach
from geo.travel.roads.edits import Edited
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


class Mending:
    """Origins, facilities and the forest between them, whole after each replacement.

    Parameters
    ----------
    graph
        The network.
    origins, targets
        Snapped to it. A facility keeps its position whatever is replaced.
    towards
        From the origins to the facilities; else the other way.

    Attributes
    ----------
    state
        What holds now.
    """

    def __init__(
        self, graph: RoadGraph, origins: Places, targets: Places, *, towards: bool
    ) -> None:
        self._origins = origins
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
        self.state = State(
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
        self.state = last.state

    def _take(self, forest: Forest) -> None:
        """Take a forest as the present one, with room to mend it in place."""
        nodes = len(forest[0])
        if len(self._forest[0]) != nodes:
            self._log, self._work = log_of(nodes), work_of(nodes)
        self._forest = forest

    def with_targets(self, targets: Places, rows: Rows) -> Change:
        """Replace some facilities; ``rows`` are the ones that changed."""
        old = self.state
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

    def with_roads(self, edited: Edited) -> Change:
        """Replace the network by an edited one."""
        old = self.state
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
            Undo(self.state, kept, none, np.empty(0), none, none)
            if kept
            else Undo(self.state, forest, *copied(log, count))
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
        self.state = replace(state, seconds=seconds, target=target)
        differs = (times[0] != before_s) | (times[1] != before_t)
        return Change(
            rows[differs],
            before_t[differs],
            times[1][differs],
            before_s[differs],
            times[0][differs],
        )
