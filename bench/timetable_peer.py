"""The peer of bench/timetable.py: the time-expanded graph of a day, searched by scipy.

Every departure and every arrival of a connection is a node; waiting, riding on,
changing and walking to another stop are arcs. An event can be reached or not, so a
breadth-first search of scipy (compiled) is a full query. Nothing here is shared with
the scans of geo.travel.timetable but the arrays of the timetable.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order

from geo.travel.timetable.day import DayTimetable

Longs = NDArray[np.int64]


class TimeExpanded:
    """Nodes: waiting for connection c (c), riding it (n + c)."""

    def __init__(self, day: DayTimetable) -> None:
        self.day = day
        count = len(day.trip)
        self._order = np.lexsort((day.departure, day.from_stop))
        stop = day.from_stop[self._order].astype(np.int64)
        self._span = int(max(day.departure.max(), day.arrival.max())) + 86_400
        self._keys = stop * self._span + day.departure[self._order]
        arcs = [self._waits(stop), self._rides(count), *self._changes(count)]
        start, end = (np.concatenate(side) for side in zip(*arcs, strict=True))
        self.graph = csr_array(
            (np.ones(len(start), np.int8), (start, end)), shape=(2 * count, 2 * count)
        )

    def arrivals(self, stop: int, at: int) -> NDArray[np.float64]:
        """Return the earliest arrival at each stop, NaN for none."""
        day, count = self.day, len(self.day.trip)
        found = np.full(day.stops, np.inf)
        found[stop] = at
        first = self._first(np.array([stop]), np.array([at]))[0]
        if first >= 0:
            reached = breadth_first_order(self.graph, first, return_predecessors=False)
            ridden = reached[reached >= count] - count
            np.minimum.at(found, day.to_stop[ridden], day.arrival[ridden])
            _walk(day, found, ridden)
        return np.where(np.isinf(found), np.nan, found)

    def _first(self, stop: Longs, at: Longs) -> Longs:
        """Return the connection that one waits for first, -1 for none."""
        place = np.searchsorted(self._keys, stop.astype(np.int64) * self._span + at)
        inside = place < len(self._keys)
        clipped = np.minimum(place, len(self._keys) - 1)
        own = inside & (self._keys[clipped] // self._span == stop)
        return np.where(own, self._order[clipped], -1)

    def _waits(self, stop: Longs) -> tuple[Longs, Longs]:
        same = stop[1:] == stop[:-1]
        return self._order[:-1][same], self._order[1:][same]

    def _rides(self, count: int) -> tuple[Longs, Longs]:
        boards = np.arange(count)
        trip = np.argsort(self.day.trip, kind="stable")
        same = self.day.trip[trip][1:] == self.day.trip[trip][:-1]
        return (
            np.concatenate([boards, count + trip[:-1][same]]),
            np.concatenate([count + boards, count + trip[1:][same]]),
        )

    def _changes(self, count: int) -> list[tuple[Longs, Longs]]:
        day = self.day
        here = day.arrival + day.change[day.to_stop].astype(np.int64)
        own = self._first(day.to_stop, here)
        rows = np.flatnonzero(own >= 0)
        foot = day.footpaths
        many = np.diff(foot.first)[day.to_stop]
        source = np.repeat(np.arange(count), many)
        place = (
            np.arange(len(source))
            - np.repeat(np.cumsum(many) - many, many)
            + np.repeat(foot.first[day.to_stop], many)
        )
        at = day.arrival[source].astype(np.int64) + foot.seconds[place]
        away = self._first(foot.stop[place], at)
        walks = np.flatnonzero(away >= 0)
        return [
            (count + rows, own[rows]),
            (count + source[walks], away[walks]),
        ]


def _walk(day: DayTimetable, found: NDArray[np.float64], ridden: Longs) -> None:
    """Walk on once from where vehicles arrive."""
    rode = np.full(day.stops, np.inf)
    np.minimum.at(rode, day.to_stop[ridden], day.arrival[ridden])
    start = np.repeat(np.arange(day.stops), np.diff(day.footpaths.first))
    np.minimum.at(found, day.footpaths.stop, rode[start] + day.footpaths.seconds)
