"""Trips and days per week at the stops of a settlement, in its least regular week.

A timetable that is not declared complete for the settlement by all carriers is a
lower bound of the service: it may prove the norm kept, never breached; with no
timetable at all the value is unknown.
"""

import numpy as np
import pandas as pd

from geo.indicators.context import Measuring
from geo.indicators.services import flags
from geo.indicators.table import unknown
from geo.types import Status

_METHOD = "timetable, stops within walking distance"
#: origin of a 0: the whole timetable has no stop there
NO_STOP = "no stop; 0 trips"
_WEEK = 7.0
_TIMETABLE = ["settlement_id", "source"]


def trips_per_week(measuring: Measuring) -> pd.DataFrame:
    """Return scheduled trips per week, each direction counted (or round trips).

    The value is that of the regular week with the fewest trips, of each timetable that
    serves the settlement; where all carriers are in, the upper bound is that of the
    week with the most. A trip that calls at several stops of a settlement counts once.
    The counting rule is the country's ``trip_counting``: methods.md, section 2.
    """
    trips = measuring.trips_in_reach
    runs = flags(trips["weekdays"]).sum(axis=1).astype(float)
    most = trips.drop_duplicates(_TIMETABLE).groupby("settlement_id")["most_trips"]
    least = runs.groupby(trips["settlement_id"]).sum()
    counts = pd.DataFrame({"value": least, "low": least, "high": most.sum(min_count=1)})
    # where the fullest week of one timetable is not known, neither is that of all
    counts["high"] = counts["high"].mask(most.count() < most.size())
    beyond = measuring.lost_runs
    if measuring.country.parameters.trip_counting == "round_trips":
        counts, beyond = counts / 2, beyond / 2
    return _service(measuring, counts, beyond)


def days_per_week(measuring: Measuring) -> pd.DataFrame:
    """Return the number of weekdays with at least one trip, 0 … 7.

    The value is that of the week with the fewest trips; the low bound holds in every
    regular week, the high one (where all carriers are in) too.
    """
    trips = measuring.trips_in_reach
    own = trips.drop_duplicates(_TIMETABLE).groupby("settlement_id")
    value = flags(trips["weekdays"]).groupby(trips["settlement_id"]).any().sum(axis=1)
    # days of several timetables in weeks of their own: what one has, or all always have
    every = own["every_day"].agg(_days_of_all)
    most = own["any_day"].agg(_days_of_all)
    most = most.where(own.size() > 1, own["most_days"].max())
    counts = pd.DataFrame(
        {
            "value": value,
            "low": np.maximum(own["least_days"].max(), every),
            "high": most.where(own["most_trips"].count() == own.size()),
        },
        dtype="float64",
    )
    beyond = measuring.lost_runs.clip(upper=_WEEK)
    table = _service(measuring, counts, beyond)
    return table.assign(high=table["high"].clip(upper=_WEEK))


def _days_of_all(masks: pd.Series) -> int:
    """Return how many days the timetables of one settlement have together."""
    return int(np.bitwise_or.reduce(masks.to_numpy(np.int64))).bit_count()


def _service(
    measuring: Measuring, counts: pd.DataFrame, beyond: pd.Series
) -> pd.DataFrame:
    """Return counts with bounds; an upper one, and 0 without a trip, where complete.

    ``counts`` has ``value``, ``low`` and ``high`` per settlement that is served;
    ``beyond`` is what refused rows may add to each settlement.
    """
    settlements = measuring.layers.settlements
    table = unknown(settlements.index)
    if "timetable_calls" not in measuring.layers.fed:
        return table
    complete = pd.Series(measuring.timetable_whole, index=settlements.index)
    found = counts.reindex(settlements.index)
    found[found["value"].isna() & complete] = 0.0
    known = found["value"].notna()
    table["value"], table["low"] = found["value"], found["low"]
    high = found["high"].where(complete) + beyond.to_numpy(float)
    table["high"] = high.where(np.isfinite(high))
    table.loc[known, "status"] = Status.DECLARED.value
    table.loc[known, "method"] = _METHOD
    trips = measuring.trips_in_reach.groupby("settlement_id")
    # a sum over several timetables is as old as the oldest of them
    dates = trips["date"].min()
    sources = trips["source"].agg(lambda own: str(joined(*own.unique())))
    day, source = silent_timetable(measuring)
    table.loc[known, "date"] = dates.reindex(settlements.index).fillna(day)[known]
    # a sum over several timetables is nobody's word
    supplied = sources.map(_suppliers(measuring.layers.calls))
    table.loc[known, "supplier"] = supplied.reindex(settlements.index)[known]
    named = sources.reindex(settlements.index).astype("object")
    table.loc[known, "source"] = named.where(named.notna(), source)[known]
    origin = _origins(measuring.trips_in_reach).reindex(settlements.index)
    table.loc[known, "origin"] = origin.fillna(NO_STOP)[known]
    return table


def _suppliers(calls: pd.DataFrame) -> dict[str, str | None]:
    """Return who sent each timetable, None where its publisher did."""
    one = calls[["_source", "_supplier"]].drop_duplicates("_source")
    sent = zip(one["_source"], one["_supplier"].fillna(""), strict=True)
    return {str(source): str(supplier) or None for source, supplier in sent}


def _origins(trips: pd.DataFrame) -> pd.Series:
    """Return per settlement the stops and how many trips were counted at them."""
    runs = trips.assign(runs=trips["weekdays"] > 0)
    counted = runs.groupby(_TIMETABLE, sort=True).agg(
        stops=("stops", "first"), trips=("runs", "sum")
    )
    counted["text"] = (
        "stops " + counted["stops"] + "; " + counted["trips"].astype("str") + " trips"
    )
    # several timetables may serve one place: the first two are named
    return counted.groupby("settlement_id")["text"].agg(lambda x: " | ".join(x[:2]))


def silent_timetable(measuring: Measuring) -> tuple[pd.Timestamp, str | None]:
    """Return date and sources of a 0: of all timetables that say no bus comes.

    Those are the ones in force, and the date that of the oldest; else the newest one.
    """
    feeds = measuring.feeds
    valid = [one for one, weeks in feeds.items() if weeks.in_force]
    days = pd.Series({one: feeds[one].day for one in valid or feeds})
    dated = days.astype("datetime64[s]").sort_values(kind="stable")
    told = dated if valid else dated.iloc[-1:]
    return pd.Timestamp(str(told.min())), joined(*map(str, told.index))


def joined(*sources: str | None) -> str | None:
    """Return the ids of all sources of a value, by commas; None without any.

    Examples
    --------
    >>> joined("bus, taxi", None, "bus", "list"), joined(None)
    ('bus, list, taxi', None)
    """
    every = {one for several in sources if several for one in several.split(", ")}
    return ", ".join(sorted(every)) or None
