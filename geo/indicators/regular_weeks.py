"""The weeks by which a timetable is counted.

A norm of trips a week is kept by the least week of a timetable: a bus that comes every
other week comes not every week. Weeks are told by the exact days of the calendar. Those
count that are regular: not the ends at which only some stray service is left, and not
the few weeks that are unlike the others, such as New Year or a holiday.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.indicators.unusual_weeks import holidays, weak
from geo.sources.transit import CountedWeeks, Season
from geo.travel.timetable.edits import ON_DEMAND
from geo.travel.timetable.running import DAY, WEEK, Days, Running, running

#: days since 1970 of a Monday
_EPOCH_MONDAY = -3
_NO_DAY = np.datetime64("NaT", "D")
_LAST = (WEEK - 1) * DAY
#: behind an open end of a period nothing changes; so far it is looked at
_YEAR = 52 * WEEK * DAY
#: what lies farther from the day of the release is not looked at
_HORIZON = 5 * _YEAR
#: why weeks do not count
STRAY = "weeks at an end of the timetable with only stray service: not counted"
WEAK = "weeks unlike the others, with little service: not counted"
HOLIDAY = "weeks with a holiday of the whole timetable: not counted"

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Kinds:
    """The regular weeks of a timetable, those that are alike as one.

    Attributes
    ----------
    running
        The last week of each kind, in order.
    day
        Day for which counts in them hold: the last day of the last of them, but not
        after the day of the release.
    """

    running: Running
    day: np.datetime64

    @property
    def least(self) -> int:
        """Place of the week with least service, the last of equals."""
        return len(self.running.starts) - 1 - int(self.running.load[::-1].argmin())


@dataclass(frozen=True)
class FeedWeeks:
    """The weeks of one timetable, without its stray ends.

    Attributes
    ----------
    trips
        ``trip_id``, in the order of ``running.pattern``.
    running
        On which days of which weeks they run.
    regular
        Which of these weeks count, shape (w,).
    in_force
        The timetable is valid on the day of the release.
    day
        See :class:`Kinds`; here of the whole timetable.
    whole
        False where it lasts less than a week, so that nobody knows a whole one.
    left_out
        Why weeks do not count -> their first days.
    """

    trips: pd.DataFrame
    running: Running
    regular: Flags
    in_force: bool
    day: np.datetime64
    whole: bool
    left_out: dict[str, Days]

    @property
    def steady(self) -> bool:
        """All regular weeks are alike."""
        masks = self.running.masks[:, self.regular]
        return bool((masks == masks[:, :1]).all())

    def kinds(self, season: Season | None = None) -> Kinds | None:
        """Return the regular weeks, of a part of the year or of all of it.

        None where no regular week lies in the season from its first day to its last.
        """
        chosen, day = self.regular, self.day
        if season:
            starts = self.running.starts
            chosen = chosen & ~np.isnat(starts) & _inside(starts, season)
            if not chosen.any():
                return None
            day = min(starts[chosen][-1] + _LAST, day)
        weeks = self.running.of(chosen)
        last = {weeks.masks[:, at].tobytes(): at for at in range(len(weeks.starts))}
        return Kinds(weeks.of(np.sort([*last.values()])), day)


@dataclass(frozen=True)
class _Period:
    """First and last printed day of a timetable; an open end goes on beyond it."""

    begin: np.datetime64
    end: np.datetime64
    open_begin: bool
    open_end: bool

    def holds(self, day: np.datetime64) -> bool:
        """Tell whether a day lies in the period."""
        begun = self.open_begin or self.begin <= day
        return bool(begun and (self.open_end or day <= self.end))


def feed_weeks(
    feed: pd.DataFrame, exceptions: pd.DataFrame, on: date, rules: CountedWeeks
) -> FeedWeeks:
    """Return the weeks of one timetable.

    Parameters
    ----------
    feed
        One row per trip: ``trip_id``, ``weekdays`` (int), ``first_day``, ``last_day``
        (NaT: open), ``service``, ``carrier``, ``_date`` (ISO, of the timetable).
    exceptions
        ``service``, ``day``, ``runs`` of the timetable.
    on
        Day of the release.
    rules
        Which weeks count.
    """
    used = pd.Index(feed["service"].dropna().unique())
    exceptions = exceptions[used.get_indexer(exceptions["service"]) >= 0]
    period, today = _period(feed, exceptions), np.datetime64(on, "D")
    if period is None:
        return _always(feed, exceptions)
    wide = _widened(period, _ever(feed, exceptions))
    weeks = running(feed, exceptions, _starts(wide, today), _counted(feed))
    inside = _without_ends(weeks.load >= rules.stray_load * weeks.load.max())
    own = weeks.of(inside)
    low, lost = weak(own, rules), holidays(own, rules)
    if (low | lost).all():
        low, lost = low & False, lost & False
    reach = _reach(period, own.starts, inside)
    day = min(own.starts[~low & ~lost][-1] + _LAST, period.end)
    if reach.open_end:  # nobody has printed an end: it held when it was stated
        day = np.nanmax(np.array([period.end, _stated(feed)]))
    left = {STRAY: weeks.starts[~inside], WEAK: own.starts[low]}
    left[HOLIDAY] = own.starts[lost]
    return FeedWeeks(
        trips=feed[["trip_id"]].reset_index(drop=True),
        running=own,
        regular=~low & ~lost,
        in_force=reach.holds(today),
        day=min(day, today),
        whole=bool(wide.end - wide.begin >= _LAST),
        left_out={why: days for why, days in left.items() if len(days)},
    )


def _always(feed: pd.DataFrame, exceptions: pd.DataFrame) -> FeedWeeks:
    """Return the one week of a timetable that prints no day."""
    never = np.array([_NO_DAY])
    return FeedWeeks(
        trips=feed[["trip_id"]].reset_index(drop=True),
        running=running(feed, exceptions, never, _counted(feed)),
        regular=np.ones(1, bool),
        in_force=True,
        day=_stated(feed),
        whole=True,
        left_out={},
    )


def _counted(feed: pd.DataFrame) -> Flags:
    """Tell which trips make a week full: not what only comes when called."""
    called = feed["carrier"].eq(ON_DEMAND).fillna(value=False)
    return np.asarray(~called.to_numpy(bool))


def _period(feed: pd.DataFrame, exceptions: pd.DataFrame) -> _Period | None:
    """Return what a timetable prints of its period, None for nothing."""
    first, last = (
        feed[name].to_numpy().astype("datetime64[D]")
        for name in ("first_day", "last_day")
    )
    printed = np.concatenate([first, last, _added(exceptions)])
    printed = printed[~np.isnat(printed)]
    if not len(printed):
        return None
    return _Period(
        printed.min(),
        printed.max(),
        bool(np.isnat(first).any()),
        bool(np.isnat(last).any()),
    )


def _added(exceptions: pd.DataFrame) -> Days:
    added = exceptions.loc[exceptions["runs"], "day"].to_numpy()
    return np.unique(added.astype("datetime64[D]"))


def _ever(feed: pd.DataFrame, exceptions: pd.DataFrame) -> int:
    """Return the weekdays on which a timetable runs at any time, as a mask."""
    mask = int(np.bitwise_or.reduce(feed["weekdays"].to_numpy(np.int64)))
    for day in _added(exceptions):
        mask |= 1 << _weekday(day)
    return mask


def _weekday(day: np.datetime64) -> int:
    return int(day.astype(np.int64) - _EPOCH_MONDAY) % WEEK


def _widened(period: _Period, ever: int) -> _Period:
    """Return the period with its end weeks filled up, if nothing ever runs there.

    A timetable of working days ends on a Friday, and its last week is whole.
    """
    before, after = _weekday(period.begin), _weekday(period.end)
    begin, end = period.begin, period.end
    if not ever & ((1 << before) - 1):
        begin = begin - before * DAY
    if not ever >> (after + 1):
        end = end + (WEEK - 1 - after) * DAY
    return _Period(begin, end, period.open_begin, period.open_end)


def _stated(feed: pd.DataFrame) -> np.datetime64:
    """Return the day of a timetable as a whole, NaT for none."""
    day = feed["_date"].iloc[0]
    return np.datetime64(day, "D") if isinstance(day, str) and day else _NO_DAY


def _starts(period: _Period, today: np.datetime64) -> Days:
    """Return the Mondays of the whole weeks; without one, the first day alone."""
    begin = period.begin - (_YEAR if period.open_begin else 0 * DAY)
    end = period.end + (_YEAR if period.open_end else 0 * DAY)
    near = min(max(today, begin), end)
    begin, end = max(begin, near - _HORIZON), min(end, near + _HORIZON)
    monday = begin + (-_weekday(begin) % WEEK) * DAY
    mondays = np.arange(monday, end - (WEEK - 2) * DAY, WEEK * DAY)
    return mondays if len(mondays) else np.array([begin])


def _without_ends(strong: Flags) -> Flags:
    """Tell what lies between the first and the last strong week."""
    inside = np.zeros(len(strong), bool)
    places = np.flatnonzero(strong)
    inside[places[0] : places[-1] + 1] = True
    return inside


def _reach(period: _Period, starts: Days, inside: Flags) -> _Period:
    """Return the period without the ends that were left out."""
    return _Period(
        period.begin if inside[0] else starts[0],
        period.end if inside[-1] else starts[-1] + _LAST,
        period.open_begin and bool(inside[0]),
        period.open_end and bool(inside[-1]),
    )


def _inside(starts: Days, season: Season) -> Flags:
    """Tell which weeks lie in a part of the year from their first day to their last."""
    begins, ends = (month * 100 + day for month, day in (season.begins, season.ends))
    inside = np.ones(len(starts), bool)
    for days in (starts, starts + _LAST):
        month = days.astype("datetime64[M]")
        number = (month.astype(int) % 12 + 1) * 100 + (days - month).astype(int) + 1
        after, before = number >= begins, number <= ends
        inside &= after & before if begins <= ends else after | before
    return inside
