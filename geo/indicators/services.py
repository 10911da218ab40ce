"""Which trips of the timetables serve which settlement, in the week that counts."""

from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd

from geo.indicators.least_weeks import SPREAD, least_week
from geo.indicators.regular_weeks import FeedWeeks, feed_weeks
from geo.layers.model import Layers
from geo.sources.transit import CountedWeeks, Season
from geo.travel.timetable.edits import ON_DEMAND

#: how many stops an origin names, and how much of each id
_STOPS_SHOWN, _STOP_LETTERS = 3, 40
_TRIP = ["source", "trip_id"]
_FACTS = ("carrier", "route", "direction")
COLUMNS = (
    "settlement_id", "trip_id", "pattern", "weekdays", "date", "source", "stops",
    "in_force", "departure_s", "clock_s", *_FACTS,
)  # fmt: skip


def weeks_of_feeds(
    calls: pd.DataFrame, exceptions: pd.DataFrame, on: date, rules: CountedWeeks
) -> dict[str, FeedWeeks]:
    """Return the weeks of each timetable, by source.

    Parameters
    ----------
    calls, exceptions
        Canonical ``timetable_calls`` and ``timetable_exceptions`` with ``_source`` and
        ``_date``.
    on
        Day of the release.
    rules
        Which weeks count.
    """
    columns = ["_source", "_date", "trip_id", "weekdays", "first_day", "last_day"]
    trips = calls[[*columns, "service", "carrier"]].drop_duplicates(
        ["_source", "trip_id"]
    )
    trips = trips.astype({"weekdays": "int64"})
    return {
        str(source): feed_weeks(
            feed, exceptions[exceptions["_source"] == source], on, rules
        )
        for source, feed in trips.groupby("_source", sort=False)
    }


def trips_in_one_week(feeds: Mapping[str, FeedWeeks]) -> pd.DataFrame:
    """Return the trips of all timetables, each in its regular week of least service.

    Returns
    -------
    DataFrame
        One row per trip: ``source``, ``trip_id``, ``weekdays`` (7-bit mask, 0 where it
        does not run in that week), ``in_force``, ``monday`` of the week, and ``date``
        for which it holds.
    """
    parts = [_one_week(source, weeks) for source, weeks in feeds.items()]
    return pd.concat(parts or [_none()], ignore_index=True)


def _one_week(source: str, weeks: FeedWeeks) -> pd.DataFrame:
    kinds = weeks.kinds()
    if kinds is None:  # only a season may have no week
        return _none()
    masks = kinds.running.masks[kinds.running.pattern, kinds.least]
    return weeks.trips.assign(
        source=source,
        weekdays=masks.astype(np.int64),
        in_force=weeks.in_force,
        monday=kinds.running.starts[kinds.least].astype("datetime64[s]"),
        date=weeks.day.astype("datetime64[s]"),
    )


def _none() -> pd.DataFrame:
    day = pd.Series([], dtype="datetime64[s]")
    return pd.DataFrame({"source": [], "trip_id": []}, dtype="str").assign(
        weekdays=pd.Series([], dtype="int64"),
        in_force=pd.Series([], dtype="bool"),
        monday=day,
        date=day,
    )


def calls_in_reach(layers: Layers, near: pd.DataFrame) -> pd.DataFrame:
    """Return the calls within reach of each settlement, those that leave first above.

    Parameters
    ----------
    layers
        For the calls.
    near
        ``settlement_id``, ``source`` and ``stop_id`` of the stops in reach.
    """
    joined = near.merge(_calls_at(layers.calls, near), on=["source", "stop_id"])
    return joined.sort_values("departure_s", kind="stable", na_position="last")


def settlement_rides(
    called: pd.DataFrame, feeds: Mapping[str, FeedWeeks], season: Season | None = None
) -> pd.DataFrame:
    """Return the trips that stop within reach of each settlement in regular weeks.

    Where timetables that are in force on the day serve a settlement, only they count;
    else only the one that was in force last. A trip that stands in several timetables
    (same route, same minute, same day, at the same settlement) counts once.

    Parameters
    ----------
    called
        Of :func:`calls_in_reach`.
    feeds
        Of :func:`weeks_of_feeds`.
    season
        Only weeks of a part of the year; timetables that do not tell of it have none.

    Returns
    -------
    DataFrame
        One row per settlement and trip, with the columns of :data:`COLUMNS`:
        ``pattern`` is that of the trip in its timetable, ``weekdays`` are all days on
        which it runs in any regular week (7-bit mask, never 0); ``stops`` are the ids
        of the stops of the settlement in that timetable, the first few; ``departure_s``
        is when the trip leaves, NaN where it ends here; ``clock_s`` is when it is here.
    """
    joined = called.merge(_any_week(feeds, season), on=_TRIP)
    joined["stops"] = _stops_named(joined)
    joined = joined.drop_duplicates(["settlement_id", *_TRIP])
    joined = joined.sort_values(["settlement_id", *_TRIP], kind="stable")
    chosen = joined["in_force"] | ~joined["settlement_id"].isin(
        joined.loc[joined["in_force"], "settlement_id"]
    )
    joined = joined[chosen]
    newest = joined.groupby("settlement_id")["date"].transform("max")
    latest = joined["in_force"] | joined["date"].eq(newest)
    return _once(joined.loc[latest, list(COLUMNS)].reset_index(drop=True))


def _any_week(feeds: Mapping[str, FeedWeeks], season: Season | None) -> pd.DataFrame:
    """Return the trips that run in regular weeks, with all days on which they do."""
    parts = []
    for source, weeks in feeds.items():
        kinds = weeks.kinds(season)
        if kinds is None:
            continue
        masks = np.bitwise_or.reduce(kinds.running.masks, axis=1)
        part = weeks.trips.assign(
            source=source,
            pattern=kinds.running.pattern,
            weekdays=masks[kinds.running.pattern].astype(np.int64),
            in_force=weeks.in_force,
            date=kinds.day.astype("datetime64[s]"),
        )
        parts.append(part[part["weekdays"] > 0])
    none = _none().assign(pattern=pd.Series([], dtype="int64"))
    return pd.concat(parts, ignore_index=True) if parts else none


def in_least_weeks(
    rides: pd.DataFrame, feeds: Mapping[str, FeedWeeks], season: Season | None = None
) -> pd.DataFrame:
    """Return the rides of each settlement in its own week of fewest trips.

    Parameters
    ----------
    rides
        Of :func:`settlement_rides`.
    feeds
        Of :func:`weeks_of_feeds`.
    season
        That of the rides.

    Returns
    -------
    DataFrame
        The rides with ``weekdays`` (7-bit mask) and ``monday`` of that week, one per
        settlement and timetable. Trips that do not run in it stay, with mask 0, so that
        a settlement without any is told from one that no timetable serves. The columns
        of :func:`geo.indicators.least_weeks.least_week` tell how other weeks differ.
    """
    parts = []
    for source, own in rides.groupby("source", sort=False):
        weeks = feeds[str(source)]
        kinds = weeks.kinds(season)
        if kinds is not None:
            parts.append(least_week(own, kinds.running, whole=weeks.whole))
    if not parts:
        day = pd.Series([], dtype="datetime64[s]")
        return rides.iloc[:0].assign(monday=day, **dict.fromkeys(SPREAD, 0))
    return pd.concat(parts).sort_index()


def lost_runs(lost: pd.DataFrame, near: pd.DataFrame, ids: pd.Series) -> pd.Series:
    """Return how many runs a week refused rows may have cost each settlement at most.

    A lost trip counts once at a settlement; what nobody can place counts at all.

    Parameters
    ----------
    lost
        Canonical ``timetable_lost`` with ``_source``.
    near
        Of :attr:`~geo.indicators.context.Measuring.stops_in_reach`.
    ids
        Of the settlements.

    Returns
    -------
    Series
        By settlement id; +inf where nobody knows how many.
    """
    table = lost.rename(columns={"_source": "source"}).assign(
        runs=lost["runs"].astype("Float64").fillna(np.inf).astype("float64")
    )
    anywhere = table[table["stop_id"].isna()].drop_duplicates(_TRIP)
    placed = pd.MultiIndex.from_frame(table[_TRIP])
    rest = table[~placed.isin(pd.MultiIndex.from_frame(anywhere[_TRIP]))]
    here = near.merge(rest, on=["source", "stop_id"])
    here = here.drop_duplicates(["settlement_id", *_TRIP])
    runs = here.groupby("settlement_id")["runs"].sum()
    out: pd.Series = runs.reindex(ids, fill_value=0.0) + anywhere["runs"].sum()
    return out


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
