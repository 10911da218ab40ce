"""Trips and days per week at the stops of a settlement.

A timetable that is not declared complete for the settlement by all carriers is a
lower bound of the service: it may prove the norm kept, never breached; with no
timetable at all the value is unknown.
"""

import pandas as pd

from geo.indicators.context import Measuring
from geo.indicators.services import flags
from geo.indicators.table import fill, observed, unknown
from geo.types import Status

_METHOD = "timetable, stops within walking distance"
#: origin of a 0: the whole timetable has no stop there
NO_STOP = "no stop; 0 trips"


def trips_per_week(measuring: Measuring) -> pd.DataFrame:
    """Return scheduled trips per week, each direction counted (or round trips).

    A trip that calls at several stops of a settlement counts once. The counting
    rule is the country's ``trip_counting``: methods.md, section 2.
    """
    trips = measuring.trips_in_reach
    days = flags(trips["weekdays"]).sum(axis=1).astype(float)
    count = days.groupby(trips["settlement_id"]).sum()
    if measuring.country.parameters.trip_counting == "round_trips":
        count = count / 2
    table = _service(measuring, count)
    known = observed(measuring.layers.observations, "transport.trips_per_week")
    return fill(table, known)


def days_per_week(measuring: Measuring) -> pd.DataFrame:
    """Return the number of weekdays with at least one trip, 0 … 7."""
    trips = measuring.trips_in_reach
    served = flags(trips["weekdays"]).groupby(trips["settlement_id"]).any().sum(axis=1)
    table = _service(measuring, served.astype(float))
    known = observed(measuring.layers.observations, "transport.days_per_week")
    return fill(table, known)


def _service(measuring: Measuring, counts: pd.Series) -> pd.DataFrame:
    """Return counts as lower bounds; exact, and 0 without a trip, where complete."""
    settlements = measuring.layers.settlements
    table = unknown(settlements.index)
    if "timetable_calls" not in measuring.layers.fed:
        return table
    complete = pd.Series(measuring.timetable_whole, index=settlements.index)
    value = counts.reindex(settlements.index)
    value = value.where(value.notna() | ~complete, 0.0)
    known = value.notna()
    table["value"] = value
    table["low"] = value
    table["high"] = value.where(complete)
    table.loc[known, "status"] = Status.DECLARED.value
    table.loc[known, "method"] = _METHOD
    trips = measuring.trips_in_reach.groupby("settlement_id")
    # a sum over several timetables is as old as the oldest of them
    dates, sources = trips["date"].min(), trips["source"].agg("first")
    day, source = silent_timetable(measuring)
    table.loc[known, "date"] = dates.reindex(settlements.index).fillna(day)[known]
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
    counted = trips.groupby(["settlement_id", "source"], sort=True).agg(
        stops=("stops", "first"), trips=("trip_id", "size")
    )
    counted["text"] = (
        "stops " + counted["stops"] + "; " + counted["trips"].astype("str") + " trips"
    )
    # several timetables may serve one place: the first two are named
    return counted.groupby("settlement_id")["text"].agg(lambda x: " | ".join(x[:2]))


def silent_timetable(measuring: Measuring) -> tuple[pd.Timestamp, str | None]:
    """Return date and source of a 0: the timetable that says no bus comes."""
    trips, calls = measuring.trips_in_reach, measuring.layers.calls
    if len(trips):
        newest = trips.loc[trips["date"].eq(trips["date"].max())]
        if len(newest):
            return newest["date"].iloc[0], str(newest["source"].iloc[0])
    source = str(calls["_source"].iloc[0]) if len(calls) else None
    return pd.Timestamp(calls["last_day"].max()), source
