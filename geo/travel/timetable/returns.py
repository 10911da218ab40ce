"""Same-day return: go in the morning, do what is to be done, be home in the evening.

From every settlement one scan forwards tells when each facility can be reached at
the earliest, one scan backwards when one must leave it at the latest to be home in
time. The difference is the longest possible stay; there and back may take any trips.
"""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd

from geo.layers.geodesy import Floats
from geo.travel.timetable.day import DayTimetable, Ints
from geo.travel.timetable.search import backwards, earliest_arrivals

_CORES = 2


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

    first: Ints
    stop: Ints
    seconds: Ints

    def of(self, place: int) -> tuple[Ints, Ints]:
        """Return stops and seconds on foot of one place."""
        own = slice(self.first[place], self.first[place + 1])
        return self.stop[own], self.seconds[own]


@dataclass(frozen=True)
class Visit:
    """What a visit asks for, in seconds after midnight.

    Attributes
    ----------
    leave, home
        Nobody leaves home before, or comes home after.
    opens, closes
        Opening hours of each facility on that day, shape (facilities,); NaN where it
        is closed all day.
    stay
        How long a visit takes at least.
    """

    leave: int
    home: int
    opens: Floats
    closes: Floats
    stay: int


def longest_stays(
    day: DayTimetable, homes: Ways, facilities: Ways, visit: Visit
) -> pd.DataFrame:
    """Return the facility of each settlement where one can stay longest that day.

    Parameters
    ----------
    day
        Timetable of one day.
    homes, facilities
        Ways on foot between settlements, facilities and stops. At the facility's end a
        footpath of the timetable may come in between.
    visit
        Times.

    Returns
    -------
    DataFrame
        One row per settlement. ``facility`` (position, -1: none can be reached and
        left that day within its hours), ``stay`` (seconds within the opening hours,
        0 or more), ``arrival`` (earliest, at the facility), ``back`` (latest departure
        from it that still ends at home), NaN where there is no facility;
        ``feasible``: ``stay`` is long enough. Of equal stays the first facility.
    """
    back = backwards(day)
    one = partial(_of_one, day, back, homes, facilities, visit)
    with ThreadPoolExecutor(_CORES) as threads:
        rows = list(threads.map(one, range(len(homes.first) - 1)))
    table = pd.DataFrame(rows, columns=["facility", "stay", "arrival", "back"])
    table["facility"] = table["facility"].astype("int64")
    table["feasible"] = table["stay"] >= visit.stay
    return table


def days_of_return(stays: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Return what a week of :func:`longest_stays` says of each settlement.

    Parameters
    ----------
    stays
        Tables of the days of a week, Monday first.

    Returns
    -------
    DataFrame
        ``weekdays`` (7-bit mask, Monday = 1), ``days`` a week with a feasible visit,
        ``stay`` (the longest of the week) and ``back`` (the latest way back of the
        feasible days), in seconds, NaN where there is none.
    """
    tables = list(stays)
    feasible = np.stack([table["feasible"].to_numpy(bool) for table in tables])
    mask = (feasible * (1 << np.arange(len(tables)))[:, None]).sum(axis=0)
    stay = np.stack([table["stay"].to_numpy(float) for table in tables])
    back = np.stack([table["back"].to_numpy(float) for table in tables])
    return pd.DataFrame(
        {
            "weekdays": mask,
            "days": feasible.sum(axis=0),
            "stay": _most(stay),
            "back": _most(np.where(feasible, back, np.nan)),
        }
    )


def _most(rows: Floats) -> Floats:
    """Return the largest number of each column, NaN where there is none."""
    most = np.where(np.isnan(rows), -np.inf, rows).max(axis=0)
    return np.where(np.isfinite(most), most, np.nan)


def _of_one(
    day: DayTimetable,
    back: DayTimetable,
    homes: Ways,
    facilities: Ways,
    visit: Visit,
    home: int,
) -> tuple[int, float, float, float]:
    """Return facility, stay, arrival and way back of one settlement."""
    nothing = (-1, np.nan, np.nan, np.nan)
    stops, walk = homes.of(home)
    if not len(stops) or not len(facilities.stop):
        return nothing
    there = earliest_arrivals(day, stops, visit.leave + walk).seconds
    # backwards, a time t is -t, and the latest way home is the earliest arrival
    away = -earliest_arrivals(back, stops, walk - visit.home).seconds
    arrival = _least(facilities, there[facilities.stop] + facilities.seconds)
    leaving = -_least(facilities, facilities.seconds - away[facilities.stop])
    stay = np.minimum(leaving, visit.closes) - np.maximum(arrival, visit.opens)
    stay = np.where(stay >= 0, stay, -1.0)
    best = int(stay.argmax())
    if stay[best] < 0:
        return nothing
    return best, float(stay[best]), float(arrival[best]), float(leaving[best])


def _least(ways: Ways, seconds: Floats) -> Floats:
    """Return the least of the ways of each place, infinite where there is none."""
    padded = np.append(np.where(np.isnan(seconds), np.inf, seconds), np.inf)
    least = np.minimum.reduceat(padded, ways.first[:-1])
    return np.where(np.diff(ways.first) > 0, least, np.inf)
