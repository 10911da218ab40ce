"""Which trips of the timetables serve which settlement, in one reference week.

A feed holds services of several periods (summer and winter, before and after a
change). To add them all up would count one bus twice, so each feed is counted in one
week: of the whole weeks of its validity the one with most service, the last of equals.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.layers.geodesy import within
from geo.layers.model import Layers

_WEEK = 7
_DAY = np.timedelta64(1, "D")
#: 1970-01-01, day 0 of numpy, was a Thursday; days since then of its Monday
_EPOCH_MONDAY = -3
_NO_DAY = np.datetime64("NaT", "D")
_PAST, _FUTURE = np.datetime64("0001-01-01", "D"), np.datetime64("9999-12-31", "D")

#: how many stops an origin names, and how much of each id
_STOPS_SHOWN, _STOP_LETTERS = 3, 40

Days = NDArray[np.datetime64]


@dataclass(frozen=True)
class Season:
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


def settlement_trips(layers: Layers, radius_km: float, on: date) -> pd.DataFrame:
    """Return the trips that stop within the radius of each settlement.

    Where timetables that are in force on the day serve a settlement, only they count;
    else only the one that was in force last.

    Parameters
    ----------
    layers
        Settlements, stops and calls.
    radius_km
        Geodesic distance from settlement to stop.
    on
        Day of the release.

    Returns
    -------
    DataFrame
        One row per settlement and trip: ``settlement_id``, ``trip_id``, ``weekdays``
        (7-bit mask of the reference week, never 0), ``date``, ``source``, and ``stops``
        (ids of the stops of the settlement in that timetable, the first few).
    """
    trips = _trips(layers.calls, on)
    near = _stops_near(layers, radius_km, trips)
    joined = near.merge(trips, on=["source", "stop_id"])
    joined["stops"] = _stops_named(joined)
    joined = joined.drop_duplicates(["settlement_id", "source", "trip_id"])
    chosen = joined["in_force"] | ~joined["settlement_id"].isin(
        joined.loc[joined["in_force"], "settlement_id"]
    )
    joined = joined[chosen]
    newest = joined.groupby("settlement_id")["date"].transform("max")
    latest = joined["in_force"] | joined["date"].eq(newest)
    columns = ["settlement_id", "trip_id", "weekdays", "date", "source", "stops"]
    return joined.loc[latest, columns].reset_index(drop=True)


def _stops_named(pairs: pd.DataFrame) -> pd.Series:
    """Return the served stops of each settlement and timetable as short text."""
    keys = ["settlement_id", "source"]
    distinct = (
        pairs[[*keys, "stop_id"]].drop_duplicates().sort_values([*keys, "stop_id"])
    )
    named = distinct.groupby(keys)["stop_id"].agg(_short)
    index = pd.MultiIndex.from_frame(pairs[keys])
    return pd.Series(named.reindex(index).to_numpy(object), index=pairs.index)


def _short(stops: pd.Series) -> str:
    """Return a few ids as text of bounded length, and how many more there are.

    Examples
    --------
    >>> _short(pd.Series(["12", "15"]))
    '12,15'
    >>> _short(pd.Series(["1", "2", "3", "4", "5"]))
    '1,2,3 +2'
    """
    shown = ",".join(str(stop)[:_STOP_LETTERS] for stop in stops[:_STOPS_SHOWN])
    more = len(stops) - _STOPS_SHOWN
    return f"{shown} +{more}" if more > 0 else shown


def _trips(calls: pd.DataFrame, on: date) -> pd.DataFrame:
    """Return stop, trip and the mask of days in the reference week of its feed."""
    columns = ["_source", "_date", "stop_id", "trip_id", "weekdays"]
    # a stop of a town has thousands of calls
    table = calls[[*columns, "first_day", "last_day"]].drop_duplicates(
        ["_source", "stop_id", "trip_id"]
    )
    table = table.rename(columns={"_source": "source"}).astype({"weekdays": "int64"})
    table["in_force"] = False
    table["date"] = pd.Series(pd.NaT, index=table.index, dtype="datetime64[s]")
    for _, feed in table.groupby("source"):
        season = reference_week(feed, on)
        table.loc[feed.index, "weekdays"] = days_of(feed, season.monday)
        table.loc[feed.index, "in_force"] = season.in_force
        table.loc[feed.index, "date"] = season.day.astype("datetime64[s]")
    return table[table["weekdays"] > 0]


def reference_week(feed: pd.DataFrame, on: date) -> Season:
    """Return the whole week with most trip-days of a feed, the last of equals.

    Parameters
    ----------
    feed
        Columns ``trip_id``, ``weekdays`` (int), ``first_day``, ``last_day`` (NaT: not
        stated), ``_date`` (ISO, of the feed).
    """
    today = np.datetime64(on, "D")
    first, last = _period(feed)
    ends = np.unique(np.concatenate((first, last)))
    ends = ends[(ends > _PAST) & (ends < _FUTURE)]
    if not len(ends):
        return Season(_NO_DAY, in_force=True, day=_stated(feed["_date"].iloc[0]))
    in_force = bool((first.min() <= today) & (today <= last.max()))
    mondays = _mondays(ends[0], ends[-1])
    if not len(mondays):
        return Season(_NO_DAY, in_force=in_force, day=min(ends[-1], today))
    load = _load(feed, mondays)
    monday = mondays[len(load) - 1 - int(load[::-1].argmax())]
    return Season(monday, in_force, min(monday + (_WEEK - 1) * _DAY, today))


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


def _stops_near(layers: Layers, radius_km: float, trips: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs of settlement and stop within the radius."""
    settlements = layers.settlements
    served = pd.MultiIndex.from_frame(trips[["source", "stop_id"]])
    every = pd.MultiIndex.from_frame(layers.stops[["_source", "stop_id"]])
    stops = layers.stops[every.isin(served)]
    origin, target = within(
        (settlements["lon"].to_numpy(float), settlements["lat"].to_numpy(float)),
        (stops["lon"].to_numpy(float), stops["lat"].to_numpy(float)),
        radius_km,
    )
    return pd.DataFrame(
        {
            "settlement_id": settlements["id"].to_numpy()[origin],
            "stop_id": stops["stop_id"].to_numpy()[target],
            "source": stops["_source"].to_numpy()[target],
        }
    )
