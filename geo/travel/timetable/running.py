"""On which days the trips of a timetable run, exactly, week by week.

Trips with the same weekdays, period and exceptions share a pattern, so a country of
60,000 trips is a table of some hundred patterns and fifty weeks.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

WEEK = 7
DAY = np.timedelta64(1, "D")
#: 1970-01-01, day 0 of numpy, was a Thursday
_EPOCH_WEEKDAY = 3
#: open ends of a period, as days since 1970; GTFS itself ends with the year 9999
PAST, FUTURE = -(10**7), 10**7
#: patterns looked at in one go: a few MB at ten years of weeks
_BLOCK = 4096
_PERIOD = ["weekdays", "first_day", "last_day"]

Days = NDArray[np.datetime64]
Masks = NDArray[np.uint8]


@dataclass(frozen=True)
class Running:
    """When the trips of one timetable run.

    Attributes
    ----------
    starts
        First days of the weeks, shape (w,); mostly Mondays. One NaT where no trip has
        a period: then that week stands for all.
    masks
        Days of each week on which each pattern runs, Monday = 1, shape (p, w).
    pattern
        Of each trip, shape (t,).
    trips
        How many trips that count have each pattern, shape (p,).
    """

    starts: Days
    masks: Masks
    pattern: NDArray[np.int64]
    trips: NDArray[np.int64]

    @property
    def load(self) -> NDArray[np.int64]:
        """Trip-days of each week, shape (w,)."""
        total = np.zeros(len(self.starts), np.int64)
        for rows in self.blocks():
            days = np.bitwise_count(self.masks[rows]).astype(np.int64)
            total += self.trips[rows] @ days
        return total

    def blocks(self) -> Iterator[slice]:
        """Yield the patterns in parts that are small enough to be widened."""
        for begin in range(0, len(self.masks), _BLOCK):
            yield slice(begin, begin + _BLOCK)

    def of(self, weeks: NDArray[np.bool_] | NDArray[np.int64]) -> "Running":
        """Return some of the weeks."""
        starts, masks = self.starts[weeks], self.masks[:, weeks]
        return Running(starts, masks, self.pattern, self.trips)


def running(
    trips: pd.DataFrame,
    exceptions: pd.DataFrame,
    starts: Days,
    counted: NDArray[np.bool_] | None = None,
) -> Running:
    """Return when trips run in some weeks.

    Parameters
    ----------
    trips
        One row per trip: ``weekdays``, ``first_day``, ``last_day`` (NaT: open) and
        ``service``.
    exceptions
        ``service``, ``day`` and ``runs``, of the same timetable.
    starts
        First days of weeks of seven days that do not overlap, in order.
    counted
        Which trips make the load of a week; all by default.
    """
    bounds = _bounds(trips)
    services = pd.Index(trips["service"].dropna().unique())
    service, named = (
        services.get_indexer(table["service"]) for table in (trips, exceptions)
    )
    # only those with exceptions need a pattern of their own
    own = np.isin(service, named[named >= 0])
    keys = np.column_stack([*bounds, np.where(own, service, -1)])
    _, some, pattern = np.unique(keys, axis=0, return_index=True, return_inverse=True)
    pattern = pattern.reshape(-1)
    told = pattern if counted is None else pattern[counted]
    times = np.bincount(told, minlength=len(some))
    weekdays, first, last = (one[some] for one in bounds)
    masks = np.zeros((len(some), len(starts)), np.uint8)
    if np.isnat(starts).any():
        masks |= weekdays.astype(np.uint8)[:, None]
        return Running(starts, masks, pattern, times)
    for offset in range(WEEK):
        days = (starts + offset * DAY).astype(np.int64)
        bits = (days + _EPOCH_WEEKDAY) % WEEK
        runs = (weekdays[:, None] >> bits) & 1 == 1
        runs &= (first[:, None] <= days) & (days <= last[:, None])
        masks |= runs.astype(np.uint8) << bits.astype(np.uint8)
    of_service = pd.DataFrame({"service": service[some], "at": np.arange(len(some))})
    given = exceptions[["day", "runs"]].assign(service=named)
    _except(masks, given.merge(of_service[own[some]], on="service"), starts)
    return Running(starts, masks, pattern, times)


def _bounds(trips: pd.DataFrame) -> tuple[NDArray[np.int64], ...]:
    """Return mask, first and last day of each trip as numbers."""
    first, last = (
        trips[name].to_numpy().astype("datetime64[D]") for name in _PERIOD[1:]
    )
    return (
        trips["weekdays"].to_numpy(np.int64),
        np.where(np.isnat(first), PAST, first.astype(np.int64)),
        np.where(np.isnat(last), FUTURE, last.astype(np.int64)),
    )


def _except(masks: Masks, rows: pd.DataFrame, starts: Days) -> None:
    """Add and take away single days, in place; ``at`` is the pattern of each row."""
    day = rows["day"].to_numpy().astype("datetime64[D]")
    week = np.searchsorted(starts, day, side="right") - 1
    within = (week >= 0) & (day < starts[np.maximum(week, 0)] + WEEK * DAY)
    bit = np.uint8(1) << ((day.astype(np.int64) + _EPOCH_WEEKDAY) % WEEK).astype("u1")
    at, runs = rows["at"].to_numpy(np.int64), rows["runs"].to_numpy(bool)
    added, removed = within & runs, within & ~runs
    np.bitwise_or.at(masks, (at[added], week[added]), bit[added])
    np.bitwise_and.at(masks, (at[removed], week[removed]), ~bit[removed])
