"""The days of GTFS services reduced to a weekday mask of a typical week."""

from typing import Any

import numpy as np
import pandas as pd

from geo.sources.readers.fields import refuse
from geo.sources.readers.gtfs_archive import Archive

WEEKDAYS = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)
_ADDED, _REMOVED = "1", "2"
_WEEK = 7
NO_DAY = (
    "no such day (it must be a YYYYMMDD of the calendar); the service has no period"
)
#: Weekday mask, first and last day.
Period = tuple[int, np.datetime64, np.datetime64]
_NO_PERIOD = (0, np.datetime64("NaT", "D"), np.datetime64("NaT", "D"))


def services(archive: Archive) -> pd.DataFrame:
    """Return one row per service: ``weekdays``, ``first_day``, ``last_day``.

    A service runs on a weekday of its typical week if it runs on at least half of
    that weekday's dates in its period (Monday = 1, Sunday = 64). The period is the one
    of calendar.txt; where that is absent or names no weekday, it goes from the first to
    the last added date of calendar_dates.txt.

    Raises
    ------
    SourceFormatError
        If a table lacks a column.
    """
    calendar = _calendar(archive)
    dates = _dates(archive)
    exceptions = {str(key): part for key, part in dates.groupby("service_id")}
    rows: list[dict[str, Any]] = []
    for service in dict.fromkeys([*calendar, *exceptions]):
        added = _of_type(exceptions.get(service), _ADDED)
        removed = _of_type(exceptions.get(service), _REMOVED)
        mask, first, last = calendar.get(service, _NO_PERIOD)
        if not mask and len(added):
            first, last = added.min(), added.max()
        elif not mask:
            continue
        rows.append(
            {
                "service_id": service,
                "weekdays": typical_week(mask, first, last, added, removed),
                "first_day": first,
                "last_day": last,
            }
        )
    table = pd.DataFrame(
        rows, columns=["service_id", "weekdays", "first_day", "last_day"]
    )
    return table.astype(
        {
            "service_id": "str",
            "weekdays": "Int64",
            "first_day": "datetime64[s]",
            "last_day": "datetime64[s]",
        }
    )


def typical_week(
    mask: int,
    first: np.datetime64,
    last: np.datetime64,
    added: np.ndarray,
    removed: np.ndarray,
) -> int:
    """Return the weekdays on which at least half of the dates are served.

    Parameters
    ----------
    mask
        Weekdays of the calendar, Monday = 1, Sunday = 64.
    first, last
        Period, both days included.
    added, removed
        Exceptional days.

    Examples
    --------
    Two Mondays, one of them a holiday, and one extra Sunday out of one:

    >>> day = lambda text: np.array([text], dtype="datetime64[D]")
    >>> first, last = np.datetime64("2024-01-01"), np.datetime64("2024-01-08")
    >>> typical_week(1, first, last, day("2024-01-07"), day("2024-01-01"))
    65
    """
    dates = np.arange(first, last + np.timedelta64(1, "D"))
    # 1970-01-01, day 0 of numpy, was a Thursday.
    weekday = (dates.astype("int64") + 3) % _WEEK
    runs = ((mask >> weekday) & 1).astype(bool)
    runs = (runs | np.isin(dates, added)) & ~np.isin(dates, removed)
    total = np.bincount(weekday, minlength=_WEEK)
    served = np.bincount(weekday[runs], minlength=_WEEK)
    typical = (served * 2 >= total) & (served > 0)
    return int((typical << np.arange(_WEEK)).sum())


def _of_type(exceptions: pd.DataFrame | None, kind: str) -> np.ndarray:
    if exceptions is None:
        return np.array([], dtype="datetime64[D]")
    chosen = exceptions.loc[exceptions["exception_type"] == kind, "day"]
    return chosen.to_numpy().astype("datetime64[D]")


def _day(column: pd.Series) -> pd.Series:
    return pd.to_datetime(column, format="%Y%m%d", errors="coerce")


def _calendar(archive: Archive) -> dict[str, Period]:
    if not archive.has("calendar"):
        return {}
    needed = ("service_id", *WEEKDAYS, "start_date", "end_date")
    table = archive.table("calendar", needed)
    table["_row"] = "calendar.txt:" + table["_row"].astype("str")
    first, last = _day(table["start_date"]), _day(table["end_date"])
    turned = last < first
    for name, wrong, reason in (
        ("start_date", first.isna(), NO_DAY),
        ("end_date", first.notna() & last.isna(), NO_DAY),
        ("end_date", turned, "the service ends before it begins; it has no day"),
    ):
        refuse(archive.refused, table[wrong], field=name, reason=reason)
    bad = first.isna() | last.isna() | turned
    again = table.duplicated("service_id") & ~bad
    refuse(
        archive.refused,
        table[again],
        field="service_id",
        reason="the service appears again",
    )
    runs = (table[list(WEEKDAYS)] == "1").to_numpy()
    masks = (runs << np.arange(_WEEK)).sum(axis=1)
    rows = table.assign(mask=masks, first=first, last=last)[~bad & ~again]
    return {
        service: (int(mask), np.datetime64(begin, "D"), np.datetime64(end, "D"))
        for service, mask, begin, end in zip(
            rows["service_id"], rows["mask"], rows["first"], rows["last"], strict=True
        )
    }


def _dates(archive: Archive) -> pd.DataFrame:
    if not archive.has("calendar_dates"):
        return pd.DataFrame(columns=["service_id", "exception_type", "day"])
    table = archive.table("calendar_dates", ("service_id", "date", "exception_type"))
    table["_row"] = "calendar_dates.txt:" + table["_row"].astype("str")
    day = _day(table["date"])
    bad = day.isna() | ~table["exception_type"].isin([_ADDED, _REMOVED])
    refuse(
        archive.refused,
        table[bad],
        field="date",
        reason="not a day YYYYMMDD with exception_type 1 or 2",
    )
    return table.assign(day=day)[~bad]
