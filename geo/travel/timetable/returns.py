"""Same-day return: go in the morning, do what is to be done, be home in the evening.

From every settlement one scan forwards tells when each facility can be reached at
the earliest, one scan backwards when one must leave it at the latest to be home in
time. The difference is the longest possible stay; there and back may take any trips.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd

from geo.layers.geodesy import Floats
from geo.travel.timetable.day import DayTimetable, Ints, Longs
from geo.travel.timetable.search import backwards, earliest_arrivals

_CORES = 2
#: settlements at a time, and times of theirs at stops or facilities: what is in memory
_AT_ONCE, _CELLS = 128, 1 << 20
_NOWHERE = (-1.0, np.nan, np.nan, np.nan)


@dataclass(frozen=True)
class Ways:
    """Ways on foot between places and stops, those of place p come together.

    Attributes
    ----------
    first
        Shape (places + 1,): those of p are ``first[p]:first[p + 1]``.
    stop, seconds
        The stop and the way on foot, shape (w,).
    """

    first: Ints | Longs
    stop: Ints
    seconds: Ints

    @classmethod
    def of_pairs(
        cls, places: int, place: Longs, stop: Longs, seconds: Floats
    ) -> "Ways":
        """Return ways from pairs in any order; seconds are rounded up."""
        order = np.lexsort((stop, place))
        first = np.zeros(places + 1, np.int64)
        np.cumsum(np.bincount(place, minlength=places), out=first[1:])
        whole = np.ceil(seconds[order]).astype(np.int32)
        return cls(first, stop[order].astype(np.int32), whole)

    def taken(self, places: Longs) -> "Ways":
        """Return the ways of some places, in their order."""
        sizes = np.diff(self.first)[places]
        first = np.zeros(len(places) + 1, np.int64)
        np.cumsum(sizes, out=first[1:])
        rows = np.arange(first[-1]) + np.repeat(
            self.first[:-1][places] - first[:-1], sizes
        )
        return Ways(first, self.stop[rows], self.seconds[rows])

    def of(self, place: int) -> tuple[Ints, Ints]:
        """Return stops and seconds on foot of one place."""
        own = slice(self.first[place], self.first[place + 1])
        return self.stop[own], self.seconds[own]


@dataclass(frozen=True)
class Visit:
    """What a visit to one kind of destination asks for on one day.

    Attributes
    ----------
    facilities
        Ways on foot between facilities and stops. A footpath of the timetable may come
        in between.
    opens, closes
        Opening hours of each facility, seconds after midnight, shape (facilities,);
        NaN where it is closed all day.
    stay
        Seconds that a visit takes at least.
    walks
        Ways on foot between homes and facilities, the whole way; ``stop`` is the
        position of the facility.
    own
        The one facility that counts for each home, shape (homes,), -1 for none; by
        default any.
    """

    facilities: Ways
    opens: Floats
    closes: Floats
    stay: int
    walks: Ways | None = None
    own: Ints | None = None


def longest_stays(
    day: DayTimetable,
    homes: Ways,
    visits: Sequence[Visit],
    *,
    leave: int,
    home: int,
) -> list[pd.DataFrame]:
    """Return, for each visit, where each settlement can stay longest that day.

    Parameters
    ----------
    day
        Timetable of one day.
    homes
        Ways on foot between settlements and stops.
    visits
        What is asked; all share the searches of a settlement.
    leave, home
        Nobody leaves home before, or comes home after, in seconds after midnight.

    Returns
    -------
    list of DataFrame
        One row per settlement. ``facility`` (position, -1: none can be reached and
        left that day within its hours), ``stay`` (seconds within the opening hours,
        0 or more), ``arrival`` (earliest, at the facility), ``back`` (latest departure
        from it that still ends at home), NaN where there is no facility;
        ``feasible``: ``stay`` is long enough. Of equal stays the first facility.
    """
    if not visits:
        return []
    opens, closes = (
        np.concatenate([getattr(visit, name) for visit in visits])
        for name in ("opens", "closes")
    )
    hours = np.fmin.reduce(opens, initial=home), np.fmax.reduce(closes, initial=leave)
    search = _Search(day, backwards(day), homes, leave, home, *map(int, hours))
    widest = max(day.stops, *(len(visit.facilities.stop) for visit in visits), 1)
    step = min(_AT_ONCE, max(1, _CELLS // widest))
    # who has neither a stop nor a facility within a walk stays at home
    ways = [homes, *(visit.walks for visit in visits if visit.walks is not None)]
    some = np.flatnonzero(np.any([np.diff(one.first) > 0 for one in ways], axis=0))
    batches = [some[first : first + step] for first in range(0, len(some), step)]
    rows = np.tile(_NOWHERE, (len(visits), len(homes.first) - 1, 1))
    with ThreadPoolExecutor(_CORES) as threads:
        found = threads.map(partial(_of_some, search, visits), batches)
        for batch, parts in zip(batches, found, strict=True):
            rows[:, batch] = parts
    return [_stays(own, one.stay) for own, one in zip(rows, visits, strict=True)]


def _stays(rows: Floats, wanted: int) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["facility", "stay", "arrival", "back"])
    table = table.astype({"facility": "int64"})
    return table.assign(feasible=table["stay"] >= wanted)


def days_of_return(stays: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return what a week of :func:`longest_stays` says of each settlement.

    Parameters
    ----------
    stays
        Tables of the days of a week, Monday first.

    Returns
    -------
    DataFrame
        ``weekdays`` (7-bit mask, Monday = 1) and ``days`` a week with a feasible visit;
        ``weekday`` (0 is Monday, -1 for none) of the longest stay, feasible or not, the
        first of equals, and ``facility``, ``stay``, ``arrival``, ``back`` of that day.
    """
    feasible = np.stack([table["feasible"].to_numpy(bool) for table in stays])
    stay = np.stack([table["stay"].fillna(-1.0).to_numpy() for table in stays])
    best = stay.argmax(axis=0)
    row = np.arange(stay.shape[1])
    out = {
        "weekdays": (feasible * (1 << np.arange(len(stays)))[:, None]).sum(axis=0),
        "days": feasible.sum(axis=0),
        "weekday": np.where(stay[best, row] >= 0, best, -1),
    }
    for name in ("facility", "stay", "arrival", "back"):
        every = np.stack([table[name].to_numpy() for table in stays])
        out[name] = every[best, row]
    return pd.DataFrame(out)


@dataclass(frozen=True)
class _Search:
    """A day both ways round, and where one may be between ``leave`` and ``home``.

    Who comes after all have closed, or must go before any opens, has no stay: nothing
    is searched after ``closes``, and backwards nothing before ``opens``.
    """

    day: DayTimetable
    back: DayTimetable
    homes: Ways
    leave: int
    home: int
    opens: int
    closes: int

    def reached(self, rows: Longs) -> tuple[Floats, Floats]:
        """Return when each stop is reached, and when one must leave it; inf, -inf.

        Settlements by stops.
        """
        there = np.full((len(rows), self.day.stops), np.inf)
        away = np.full_like(there, -np.inf)
        for place, row in enumerate(rows.tolist()):
            stops, walk = self.homes.of(row)
            if not len(stops):
                continue
            start, end = self.leave + walk, walk - self.home
            comes = earliest_arrivals(self.day, stops, start, self.closes).seconds
            # backwards, a time t is -t, and the latest way home is the earliest arrival
            goes = -earliest_arrivals(self.back, stops, end, -self.opens).seconds
            there[place] = np.nan_to_num(comes, nan=np.inf)
            away[place] = np.nan_to_num(goes, nan=-np.inf)
        return there, away


def _of_some(search: _Search, visits: Sequence[Visit], rows: Longs) -> list[Floats]:
    """Return facility, stay, arrival and way back of some settlements per visit."""
    there, away = search.reached(rows)
    return [_longest(search, visit, rows, there, away) for visit in visits]


def _longest(
    search: _Search, visit: Visit, rows: Longs, there: Floats, away: Floats
) -> Floats:
    out = np.tile(_NOWHERE, (len(rows), 1))
    ways = visit.facilities
    if not len(visit.opens):
        return out
    arrival = _least(ways, there[:, ways.stop] + ways.seconds)
    leaving = -_least(ways, ways.seconds - away[:, ways.stop])
    own = np.arange(len(rows))
    if visit.walks is not None:
        near = visit.walks.taken(rows)
        at = np.repeat(own, np.diff(near.first)), near.stop
        arrival[at] = np.minimum(arrival[at], search.leave + near.seconds)
        leaving[at] = np.maximum(leaving[at], search.home - near.seconds)
    # NaN, closed all day, is no stay
    stay = np.minimum(leaving, visit.closes) - np.maximum(arrival, visit.opens)
    stay = np.where(stay >= 0, stay, -1.0)
    if visit.own is not None:
        stay[visit.own[rows][:, None] != np.arange(stay.shape[1])] = -1.0
    best = stay.argmax(axis=1)
    found = np.column_stack(
        [best, stay[own, best], arrival[own, best], leaving[own, best]]
    )
    went = stay[own, best] >= 0
    out[went] = found[went]
    return out


def _least(ways: Ways, seconds: Floats) -> Floats:
    """Return the least of the ways of each place, infinite where there is none."""
    padded = np.column_stack([seconds, np.full(len(seconds), np.inf)])
    least = np.minimum.reduceat(padded, ways.first[:-1], axis=1)
    return np.where(np.diff(ways.first) > 0, least, np.inf)
