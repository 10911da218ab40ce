"""An independent answer: a search over the events of the day, one node per event."""

from dataclasses import dataclass

import numpy as np

from geo.travel.timetable.day import DayTimetable
from geo.travel.timetable.footpaths import footpaths_of

Hop = tuple[int, int, int, int]  # from, to, departure, arrival


@dataclass(frozen=True)
class Day:
    """Trips as lists of hops, change seconds, walks (from, to) -> seconds."""

    trips: list[list[Hop]]
    change: list[int]
    walks: dict[tuple[int, int], int]

    @property
    def stops(self):
        return len(self.change)

    def timetable(self):
        rows = [
            (departure, number, place, start, end, arrival)
            for number, trip in enumerate(self.trips)
            for place, (start, end, departure, arrival) in enumerate(trip)
        ]
        rows.sort()
        table = np.array(rows, np.int32).reshape(-1, 6)
        pairs = np.array([*self.walks], np.int32).reshape(-1, 2)
        return DayTimetable(
            from_stop=table[:, 3],
            to_stop=table[:, 4],
            departure=table[:, 0],
            arrival=table[:, 5],
            trip=table[:, 1],
            stops=self.stops,
            trips=len(self.trips),
            change=np.array(self.change, np.int32),
            footpaths=footpaths_of(
                self.stops,
                pairs[:, 0],
                pairs[:, 1],
                np.array([*self.walks.values()], np.int32),
            ),
        )

    def arrivals(self, seeds):
        """Return stop -> earliest arrival from (stop, second) seeds."""
        reached = [*seeds]
        for stop, at in self.ridden(seeds):
            reached.append((stop, at))
            reached += [
                (to, at + walk)
                for (start, to), walk in self.walks.items()
                if start == stop
            ]
        return _earliest(reached)

    def rides(self, seeds):
        """Return stop -> earliest arrival by a vehicle at this very stop."""
        return _earliest(self.ridden(seeds))

    def ridden(self, seeds):
        """Return stop and time of every arrival of a vehicle that can be in use."""
        hops = [(n, k) for n, trip in enumerate(self.trips) for k in range(len(trip))]
        open_, seen = [], set()
        for n, k in hops:
            start, _, departure, _ = self.trips[n][k]
            if any(stop == start and at <= departure for stop, at in seeds):
                open_.append((n, k))
        while open_:
            n, k = open_.pop()
            if (n, k) in seen:
                continue
            seen.add((n, k))
            if k + 1 < len(self.trips[n]):
                open_.append((n, k + 1))
            _, end, _, arrival = self.trips[n][k]
            for m, j in hops:
                start, _, departure, _ = self.trips[m][j]
                if start == end:
                    wait = self.change[end]
                elif (end, start) in self.walks:
                    wait = self.walks[end, start]
                else:
                    continue
                if arrival + wait <= departure:
                    open_.append((m, j))
        return [self.trips[n][k][1::2] for n, k in seen]


def _earliest(reached):
    best: dict[int, int] = {}
    for stop, at in reached:
        best[stop] = min(at, best.get(stop, at))
    return best
