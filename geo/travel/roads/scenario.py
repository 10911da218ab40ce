"""Scenarios: facilities and roads edited, and the new times of all origins.

What an edit may be is checked here; :mod:`geo.travel.roads.mending` works it out. An
edited network keeps its junctions and its rules of turns: where a side road is closed
one may still turn back at its mouth, and an ``only_*`` whose target is closed still
binds. A graph that is built anew knows neither.
"""

from dataclasses import replace

import numpy as np

from geo.errors import RoadError
from geo.layers.geodesy import Floats
from geo.layers.roads import Roads
from geo.travel.roads.edits import (
    Edited,
    checked_seconds,
    checked_segments,
    with_edges,
    with_seconds,
)
from geo.travel.roads.edits_open import with_opened
from geo.travel.roads.graph import Ints, RoadGraph
from geo.travel.roads.mending import Change, Mending
from geo.travel.roads.places import Places


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
        self._roads = roads
        self._mending = Mending(graph, origins, targets, towards=towards)

    @property
    def graph(self) -> RoadGraph:
        """The network as it is edited."""
        return self._mending.state.sides.graph

    @property
    def targets(self) -> Places:
        """The facilities as they are edited; closed ones are unsnapped."""
        return self._mending.state.targets

    @property
    def seconds(self) -> Floats:
        """Seconds of each origin to its nearest facility, inf for none."""
        return self._mending.state.seconds.copy()

    @property
    def target(self) -> Ints:
        """Nearest facility of each origin, -1 for none."""
        return self._mending.state.target.copy()

    def add_facility(self, place: Places) -> Change:
        """Add a facility; it takes the next position."""
        self._one(place)
        joined = {
            name: np.append(values, getattr(place, name))
            for name, values in vars(self.targets).items()
        }
        return self._mending.with_targets(
            Places(**joined), np.array([len(self.targets)])
        )

    def close_facility(self, position: int) -> Change:
        """Close a facility."""
        segment = self.targets.segment.copy()
        segment[self._known(position)] = -1
        moved = replace(self.targets, segment=segment)
        return self._mending.with_targets(moved, np.array([position]))

    def move_facility(self, position: int, place: Places) -> Change:
        """Put a facility elsewhere; a closed one opens there."""
        self._one(place)
        moved = {name: values.copy() for name, values in vars(self.targets).items()}
        for name, values in moved.items():
            values[self._known(position)] = getattr(place, name)[0]
        return self._mending.with_targets(Places(**moved), np.array([position]))

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
        edited = with_seconds(self.graph, segments, given, self._roads)
        return self._mending.with_roads(edited)

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
        edited = with_opened(self.graph, self._roads, segments, given)
        return self._mending.with_roads(edited)

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
        edited = Edited(with_edges(self.graph, ends, cost), none)
        return self._mending.with_roads(edited)

    def undo(self) -> None:
        """Take the last edit back.

        Raises
        ------
        RoadError
            If there is none.
        """
        self._mending.undo()

    def _known(self, position: int) -> int:
        if position not in range(len(self.targets)):
            raise RoadError(
                f"there is no facility {position} among {len(self.targets)}",
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
