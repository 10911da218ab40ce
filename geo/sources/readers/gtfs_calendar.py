"""The days of GTFS services, exactly as the calendar tells them."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.errors import SourceFormatError
from geo.sources.readers.fields import refuse
from geo.sources.readers.gtfs_archive import Archive
from geo.sources.readers.gtfs_values import codes, days

WEEKDAYS = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)
_ADDED, _REMOVED = 1, 2
_WEEK = 7
#: 1970-01-01, day 0 of numpy, was a Thursday
_EPOCH_WEEKDAY = 3
_DAY = np.timedelta64(1, "D")
#: four times as many as a country of 60,000 trips has if each has its own
_MOST_SERVICES = 250_000
NO_DAY = (
    "no such day (it must be a YYYYMMDD of the calendar); the service has no period"
)
_COLUMNS = ["service_id", "weekdays", "first_day", "last_day"]


@dataclass(frozen=True)
class Services:
    """When the services of a feed run.

    Attributes
    ----------
    periods
        One row per service that runs at all: ``service_id``, ``weekdays`` (7-bit mask
        as printed, Monday = 1), ``first_day``, ``last_day``. A service that only
        calendar_dates.txt knows has mask 0 and goes from its first to its last day.
    exceptions
        ``service``, ``day``, ``runs``: the days on which a service runs although its
        weekdays and period do not say so, or does not run although they do.
    doubtful
        Services of which a row was refused: they may run on more days.
    idle
        Services of the calendar that never run, and nothing of them was refused.
    """

    periods: pd.DataFrame
    exceptions: pd.DataFrame
    doubtful: frozenset[str]
    idle: frozenset[str]


def services(archive: Archive) -> Services:
    """Read calendar.txt and calendar_dates.txt.

    Raises
    ------
    SourceFormatError
        If a table lacks a column, or there are more services than any country has.
    """
    printed, lost = _calendar(archive)
    dates, lost_dates = _dates(archive)
    dates = dates.merge(printed, on="service_id", how="left")
    dates = dates[dates["runs"] != _promised(dates)]
    added = dates[dates["runs"]].groupby("service_id")["day"].agg(["min", "max"])
    periods = printed.set_index("service_id")
    # without a weekday, or a row of the calendar, the dates are all there is
    bare = added.index.difference(periods.index[periods["weekdays"] > 0])
    periods = periods.reindex(periods.index.union(added.index, sort=False))
    periods.loc[bare, "first_day"] = added.loc[bare, "min"]
    periods.loc[bare, "last_day"] = added.loc[bare, "max"]
    periods["weekdays"] = periods["weekdays"].fillna(0)
    if len(periods) > _MOST_SERVICES:
        raise SourceFormatError(
            f"the calendars have {len(periods)} services, more than {_MOST_SERVICES}",
            where=str(archive.path),
            remedy="No country has so many: cut the feed to the area in question.",
        )
    change = dates["runs"].map({True: 1, False: -1}).groupby(dates["service_id"]).sum()
    runs = _regular_days(periods) + change.reindex(periods.index).fillna(0)
    ever = (runs > 0).to_numpy(bool)
    doubtful, idle = lost | lost_dates, frozenset(periods.index[~ever])
    periods = periods[ever].reset_index(names="service_id")
    return Services(
        periods[_COLUMNS].astype({"service_id": "str", "weekdays": "Int64"}),
        dates.rename(columns={"service_id": "service"})[["service", "day", "runs"]],
        doubtful,
        idle - doubtful,
    )


def _weekday(day: pd.Series) -> NDArray[np.int64]:
    number = day.to_numpy().astype("datetime64[D]").astype(np.int64)
    return np.asarray((number + _EPOCH_WEEKDAY) % _WEEK)


def _promised(dates: pd.DataFrame) -> NDArray[np.bool_]:
    """Tell whether weekdays and period alone have the service run on each day."""
    mask = dates["weekdays"].fillna(0).to_numpy(np.int64)
    inside = dates["day"].between(dates["first_day"], dates["last_day"])
    runs = (mask >> _weekday(dates["day"])) & 1 == 1
    return np.asarray(runs & inside.to_numpy(bool))


def _regular_days(periods: pd.DataFrame) -> pd.Series:
    """Return on how many days of its period each service runs by its weekdays."""
    first = periods["first_day"].to_numpy().astype("datetime64[D]").astype(np.int64)
    length = (periods["last_day"] - periods["first_day"]).dt.days.to_numpy(np.int64) + 1
    masks = periods["weekdays"].to_numpy(np.int64)
    count = np.zeros(len(periods), np.int64)
    for weekday in range(_WEEK):
        # the first such weekday, counted from the first day
        begin = (weekday - first - _EPOCH_WEEKDAY) % _WEEK
        times = np.maximum((length - begin + _WEEK - 1) // _WEEK, 0)
        count += np.where((masks >> weekday) & 1 == 1, times, 0)
    return pd.Series(count, index=periods.index)


def _calendar(archive: Archive) -> tuple[pd.DataFrame, frozenset[str]]:
    """Return the rows of calendar.txt that can be used, and services of others."""
    if not archive.has("calendar"):
        none = {"service_id": "str", "weekdays": "int64"} | dict.fromkeys(
            _COLUMNS[2:], "datetime64[s]"
        )
        return pd.DataFrame(columns=_COLUMNS).astype(none), frozenset()
    needed = ("service_id", *WEEKDAYS, "start_date", "end_date")
    table = read = archive.table("calendar", needed)
    table["_row"] = "calendar.txt:" + table["_row"].astype("str")
    for name in WEEKDAYS:
        rest = "the service has no week"
        table[name] = codes(table, name, (0, 1), archive.refused, rest=rest)
        table = table[table[name].notna()]
    first, last = days(table["start_date"]), days(table["end_date"])
    turned = last < first
    bad = table["service_id"].isna() | first.isna() | last.isna() | turned
    again = table["service_id"].where(~bad).duplicated() & ~bad
    for name, wrong, reason in (
        ("service_id", table["service_id"].isna(), "the service has no name"),
        ("start_date", first.isna(), NO_DAY),
        ("end_date", first.notna() & last.isna(), NO_DAY),
        ("end_date", turned, "the service ends before it begins; it has no day"),
        ("service_id", again, "the service appears again"),
    ):
        refuse(archive.refused, table[wrong], field=name, reason=reason)
    flags = table[list(WEEKDAYS)].to_numpy(np.int64)
    table = table.assign(
        weekdays=(flags << np.arange(_WEEK)).sum(axis=1), first_day=first, last_day=last
    )
    kept = table.loc[~bad & ~again, _COLUMNS]
    lost = archive.left_out("calendar", "service_id", read, kept)
    return kept.reset_index(drop=True), lost


def _dates(archive: Archive) -> tuple[pd.DataFrame, frozenset[str]]:
    """Return ``service_id``, ``day``, ``runs`` of calendar_dates.txt.

    With them come the services of refused rows.
    """
    if not archive.has("calendar_dates"):
        none = {"service_id": "str", "day": "datetime64[s]", "runs": "bool"}
        return pd.DataFrame(columns=[*none]).astype(none), frozenset()
    table = archive.table("calendar_dates", ("service_id", "date", "exception_type"))
    table["_row"] = "calendar_dates.txt:" + table["_row"].astype("str")
    read = table
    kind = codes(table, "exception_type", (_ADDED, _REMOVED), archive.refused)
    table = table.assign(exception_type=kind, day=days(table["date"]))[kind.notna()]
    for name, wrong, reason in (
        ("service_id", table["service_id"].isna(), "the service has no name"),
        ("date", table["day"].isna(), "not a day YYYYMMDD of the calendar"),
    ):
        refuse(archive.refused, table[wrong], field=name, reason=reason)
    table = table[table["service_id"].notna() & table["day"].notna()]
    again = table.duplicated(["service_id", "day", "exception_type"])
    read, table = read.drop(index=table.index[again]), table[~again]
    runs = table["exception_type"] == _ADDED
    both = table.duplicated(["service_id", "day"], keep=False) & runs
    refuse(
        archive.refused,
        table[both],
        field="exception_type",
        reason="the service is both added and removed on this day; it does not run",
    )
    kept = table.assign(runs=runs).loc[~both, ["service_id", "day", "runs"]]
    lost = archive.left_out("calendar_dates", "service_id", read, kept)
    return kept, lost
