"""Which trips of the timetables serve which settlement, in one reference week."""

from datetime import date

import numpy as np
import pandas as pd

from geo.indicators.reference_week import days_of, reference_week
from geo.layers.model import Layers
from geo.sources.transit import Season
from geo.travel.timetable.edits import ON_DEMAND

#: how many stops an origin names, and how much of each id
_STOPS_SHOWN, _STOP_LETTERS = 3, 40
_TRIP = ["source", "trip_id"]
_FACTS = ("carrier", "route", "direction")
COLUMNS = (
    "settlement_id", "trip_id", "weekdays", "date", "source", "stops", "in_force",
    "monday", "departure_s", "clock_s", *_FACTS,
)  # fmt: skip


def reference_trips(
    calls: pd.DataFrame, on: date, season: Season | None = None
) -> pd.DataFrame:
    """Return the trips that run in the reference weeks of their feeds.

    Parameters
    ----------
    calls
        Canonical ``timetable_calls`` with ``_source`` and ``_date``.
    on
        Day of the release.
    season
        Only weeks of a part of the year; feeds that do not tell of it have no trip.

    Returns
    -------
    DataFrame
        One row per trip: ``source``, ``trip_id``, ``weekdays`` (7-bit mask, never 0),
        ``in_force``, ``monday`` and ``date`` of the reference week.
    """
    trips = calls[["_source", "_date", "trip_id", "weekdays", "first_day", "last_day"]]
    trips = trips.drop_duplicates(["_source", "trip_id"])
    trips = trips.rename(columns={"_source": "source"}).astype({"weekdays": "int64"})
    parts = []
    for _, feed in trips.groupby("source", sort=False):
        week = reference_week(feed, on, season)
        if week is None:
            continue
        parts.append(
            feed[_TRIP].assign(
                weekdays=days_of(feed, week.monday),
                in_force=week.in_force,
                monday=week.monday.astype("datetime64[s]"),
                date=week.day.astype("datetime64[s]"),
            )
        )
    if not parts:
        none = trips[[*_TRIP, "weekdays"]].iloc[:0]
        no_day = pd.Series([], dtype="datetime64[s]")
        return none.assign(
            in_force=pd.Series([], dtype="bool"), monday=no_day, date=no_day
        )
    found = pd.concat(parts)
    return found[found["weekdays"] > 0].reset_index(drop=True)


def settlement_trips(
    layers: Layers, near: pd.DataFrame, trips: pd.DataFrame
) -> pd.DataFrame:
    """Return the trips that stop within reach of each settlement.

    Where timetables that are in force on the day serve a settlement, only they count;
    else only the one that was in force last. A trip that stands in several timetables
    (same route, same minute, same day, at the same settlement) counts once.

    Parameters
    ----------
    layers
        For the calls.
    near
        ``settlement_id``, ``source`` and ``stop_id`` of the stops in reach.
    trips
        Of :func:`reference_trips`.

    Returns
    -------
    DataFrame
        One row per settlement and trip, with the columns of :data:`COLUMNS`:
        ``weekdays`` is never 0; ``stops`` are the ids of the stops of the settlement in
        that timetable, the first few; ``departure_s`` is when the trip leaves, NaN
        where it ends here; ``clock_s`` is when it is here.
    """
    joined = near.merge(_calls_at(layers.calls, near), on=["source", "stop_id"])
    joined = joined.merge(trips, on=_TRIP)
    joined["stops"] = _stops_named(joined)
    joined = joined.sort_values("departure_s", kind="stable", na_position="last")
    joined = joined.drop_duplicates(["settlement_id", *_TRIP])
    joined = joined.sort_values(["settlement_id", *_TRIP], kind="stable")
    chosen = joined["in_force"] | ~joined["settlement_id"].isin(
        joined.loc[joined["in_force"], "settlement_id"]
    )
    joined = joined[chosen]
    newest = joined.groupby("settlement_id")["date"].transform("max")
    latest = joined["in_force"] | joined["date"].eq(newest)
    return _once(joined.loc[latest, list(COLUMNS)].reset_index(drop=True))


def scheduled(rides: pd.DataFrame) -> pd.DataFrame:
    """Leave out what only comes when called: it is no trip of a timetable."""
    called = rides["carrier"].eq(ON_DEMAND).fillna(value=False).to_numpy(bool)
    return rides[~called].reset_index(drop=True)


def flags(masks: pd.Series) -> pd.DataFrame:
    """Return seven columns: does the trip run on Monday … Sunday."""
    bits = masks.to_numpy(np.int64)[:, None] >> np.arange(7)
    return pd.DataFrame((bits & 1).astype(bool), index=masks.index)


def _calls_at(calls: pd.DataFrame, near: pd.DataFrame) -> pd.DataFrame:
    """Return one row per trip and stop in reach, with its times there."""
    table = calls.rename(columns={"_source": "source"})
    served = pd.MultiIndex.from_frame(near[["source", "stop_id"]].drop_duplicates())
    here = pd.MultiIndex.from_frame(table[["source", "stop_id"]]).isin(served)
    trip = table.groupby(_TRIP, sort=False).ngroup().to_numpy()
    place = table["sequence"].astype("Float64").to_numpy(np.float64, na_value=np.nan)
    last = pd.Series(place).groupby(trip).transform("max").to_numpy()
    departure = table["departure_s"].astype("Float64")
    clock = departure.fillna(table["arrival_s"].astype("Float64"))
    out = table[[*_TRIP, "stop_id", *_FACTS]].assign(
        clock_s=clock.to_numpy(np.float64, na_value=np.nan)
    )
    out["departure_s"] = out["clock_s"].mask(place == last)
    # a loop calls twice: its first departure counts
    ordered = out[here].sort_values("departure_s", kind="stable", na_position="last")
    return ordered.drop_duplicates([*_TRIP, "stop_id"])


def _once(trips: pd.DataFrame) -> pd.DataFrame:
    """Take from each trip the days on which another timetable has it already."""
    route = trips["route"].fillna("").str.casefold().str.strip()
    keys = ["settlement_id", "_route", "clock_s"]
    table = trips.assign(_route=route)
    told = table["clock_s"].notna() & route.ne("")
    several = told & (table.groupby(keys)["source"].transform("nunique") > 1)
    masks = table["weekdays"].to_numpy(np.int64).copy()
    for _, same in table[several].groupby(keys, sort=True):
        counted = 0
        for _, rows in same.groupby("source", sort=True):
            place = table.index.get_indexer(rows.index)
            own = int(np.bitwise_or.reduce(masks[place]))
            masks[place] &= ~counted
            counted |= own
    kept = masks > 0
    return trips.assign(weekdays=masks)[kept].reset_index(drop=True)


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
