"""One week that stands for the whole timetable of a feed.

A feed holds services of several periods (summer and winter, before and after a
change). To add them all up would count one bus twice, so each feed is counted in one
week: of the whole weeks of its validity the one with most service, the last of equals.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.sources.transit import Season

_WEEK = 7
_DAY = np.timedelta64(1, "D")
#: 1970-01-01, day 0 of numpy, was a Thursday; days since then of its Monday
_EPOCH_MONDAY = -3
_NO_DAY = np.datetime64("NaT", "D")
_PAST, _FUTURE = np.datetime64("0001-01-01", "D"), np.datetime64("9999-12-31", "D")

Days = NDArray[np.datetime64]


@dataclass(frozen=True)
class ReferenceWeek:
    """The reference week of one feed.

    Attributes
    ----------
    monday
        First day of the week; NaT where the feed states no period or none that holds a
        whole week: then every service counts with its typical week.
    in_force
        The feed is valid on the day of the release.
    day
        Day for which the counts hold: the Sunday of the week (the last day of a feed
        without a whole week), but not after the day of the release; the feed's own
        date where no period is stated.
    """

    monday: np.datetime64
    in_force: bool
    day: np.datetime64


def reference_week(
    feed: pd.DataFrame, on: date, season: Season | None = None
) -> ReferenceWeek | None:
    """Return the whole week with most trip-days of a feed, the last of equals.

    Parameters
    ----------
    feed
        Columns ``trip_id``, ``weekdays`` (int), ``first_day``, ``last_day`` (NaT: not
        stated), ``_date`` (ISO, of the feed).
    on
        Day of the release.
    season
        Only weeks that lie in it as a whole; None is returned where the feed has none.
    """
    today = np.datetime64(on, "D")
    first, last = _period(feed)
    ends = np.unique(np.concatenate((first, last)))
    ends = ends[(ends > _PAST) & (ends < _FUTURE)]
    if not len(ends):
        if season:
            return None
        return ReferenceWeek(_NO_DAY, in_force=True, day=_stated(feed["_date"].iloc[0]))
    in_force = bool((first.min() <= today) & (today <= last.max()))
    mondays = _mondays(ends[0], ends[-1])
    if season:
        mondays = mondays[_inside(mondays, season)]
        if not len(mondays):
            return None
    if not len(mondays):
        return ReferenceWeek(_NO_DAY, in_force=in_force, day=min(ends[-1], today))
    load = _load(feed, mondays)
    monday = mondays[len(load) - 1 - int(load[::-1].argmax())]
    return ReferenceWeek(monday, in_force, min(monday + (_WEEK - 1) * _DAY, today))


def _load(feed: pd.DataFrame, mondays: Days) -> NDArray[np.int64]:
    """Return the trip-days of a feed in each week."""
    trips = feed.drop_duplicates("trip_id")
    first, last = _period(trips)
    services = pd.DataFrame(
        {
            "mask": trips["weekdays"].to_numpy(np.int64),
            "first": first.astype(np.int64),
            "last": last.astype(np.int64),
        }
    )
    counts = services.groupby(["mask", "first", "last"]).size().reset_index()
    load = np.zeros(len(mondays), dtype=np.int64)
    for mask, starts, stops, number in counts.to_numpy(np.int64):
        begin, end = np.datetime64(int(starts), "D"), np.datetime64(int(stops), "D")
        load += number * _running(int(mask), begin, end, mondays).sum(axis=1)
    return load


def _stated(day: object) -> np.datetime64:
    return np.datetime64(day, "D") if isinstance(day, str) and day else _NO_DAY


def _period(feed: pd.DataFrame) -> tuple[Days, Days]:
    first = feed["first_day"].to_numpy().astype("datetime64[D]")
    last = feed["last_day"].to_numpy().astype("datetime64[D]")
    return (
        np.where(np.isnat(first), _PAST, first),
        np.where(np.isnat(last), _FUTURE, last),
    )


def _mondays(begin: np.datetime64, end: np.datetime64) -> Days:
    """Return the Mondays of the whole weeks in a period, both days included."""
    weekday = int(begin.astype(np.int64) - _EPOCH_MONDAY) % _WEEK
    first = begin + (-weekday % _WEEK) * _DAY
    return np.arange(first, end - (_WEEK - 2) * _DAY, _WEEK * _DAY)


def _running(
    mask: int, first: np.datetime64, last: np.datetime64, mondays: Days
) -> NDArray[np.bool_]:
    """Tell on which days of which weeks a service runs, shape (weeks, 7)."""
    days = mondays[:, None] + np.arange(_WEEK) * _DAY
    runs = ((mask >> np.arange(_WEEK)) & 1).astype(bool)
    return np.asarray(runs & (days >= first) & (days <= last))


def days_of(feed: pd.DataFrame, monday: np.datetime64) -> NDArray[np.int64]:
    """Return the mask of the days on which each trip runs in the week of ``monday``."""
    masks = feed["weekdays"].to_numpy(np.int64)
    if np.isnat(monday):
        return masks
    first, last = _period(feed)
    days = monday + np.arange(_WEEK) * _DAY
    valid = (days >= first[:, None]) & (days <= last[:, None])
    return np.asarray(masks & (valid << np.arange(_WEEK)).sum(axis=1))


def _inside(mondays: Days, season: Season) -> NDArray[np.bool_]:
    """Tell which weeks lie in a part of the year from their first day to their last."""
    begins, ends = (month * 100 + day for month, day in (season.begins, season.ends))
    inside = np.ones(len(mondays), bool)
    for days in (mondays, mondays + (_WEEK - 1) * _DAY):
        month = days.astype("datetime64[M]")
        number = (month.astype(int) % 12 + 1) * 100 + (days - month).astype(int) + 1
        after, before = number >= begins, number <= ends
        inside &= after & before if begins <= ends else after | before
    return inside
