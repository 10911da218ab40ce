"""Trips and days per week at the stops of a settlement.

A timetable that is not declared complete for the settlement by all carriers is a
lower bound of the service: it may prove the norm kept, never breached; with no
timetable at all the value is unknown.
"""

import numpy as np
import pandas as pd

from geo.indicators.context import Measuring
from geo.indicators.table import fill, observed, unknown
from geo.layers.completeness import complete_areas
from geo.layers.geodesy import within
from geo.types import Status


def trips_per_week(measuring: Measuring) -> pd.DataFrame:
    """Return scheduled trips per week, each direction counted (or round trips).

    A trip that calls at several stops of a settlement counts once. The counting
    rule is the country's ``trip_counting``: methods.md, section 2.
    """
    calls = _calls(measuring)
    masks = calls["weekdays"].to_numpy(np.int64)
    days = sum((masks >> day) & 1 for day in range(7))
    trips = calls.assign(trips=days).groupby("settlement_id")["trips"].sum()
    if measuring.country.parameters.trip_counting == "round_trips":
        trips = trips / 2
    table = _service(measuring, trips.astype(float), calls)
    known = observed(measuring.layers.observations, "transport.trips_per_week")
    return fill(table, known)


def days_per_week(measuring: Measuring) -> pd.DataFrame:
    """Return the number of weekdays with at least one trip, 0 … 7."""
    calls = _calls(measuring)
    masks = calls["weekdays"].to_numpy(np.int64)
    flags = pd.DataFrame(
        {day: ((masks >> day) & 1).astype(bool) for day in range(7)}, index=calls.index
    )
    served = flags.groupby(calls["settlement_id"]).any().sum(axis=1)
    table = _service(measuring, served.astype(float), calls)
    known = observed(measuring.layers.observations, "transport.days_per_week")
    return fill(table, known)


def _calls(measuring: Measuring) -> pd.DataFrame:
    """Return one row per settlement x trip that stops within the stop radius."""
    layers, radius = measuring.layers, measuring.country.parameters.stop_radius_km
    stops, settlements = layers.stops, layers.settlements
    columns = ["settlement_id", "trip_id", "weekdays", "last_day", "_source"]
    if stops.empty or layers.calls.empty:
        empty = pd.DataFrame(columns=columns)
        return empty.astype({"weekdays": "int64", "last_day": "datetime64[s]"})
    pairs = within(
        (settlements["lon"].to_numpy(float), settlements["lat"].to_numpy(float)),
        (stops["lon"].to_numpy(float), stops["lat"].to_numpy(float)),
        radius,
    )
    near = pd.DataFrame(
        {
            "settlement_id": settlements["id"].to_numpy()[pairs["origin"]],
            "stop_id": stops["stop_id"].to_numpy()[pairs["target"]],
            "_source": stops["_source"].to_numpy()[pairs["target"]],
        }
    )
    # one row per stop and trip first: a stop of a town has thousands of calls
    calls = layers.calls[["_source", "stop_id", "trip_id", "weekdays", "last_day"]]
    calls = calls[calls["stop_id"].isin(near["stop_id"])]
    calls = calls.drop_duplicates(["_source", "stop_id", "trip_id"])
    joined = near.merge(calls, on=["_source", "stop_id"])
    joined = joined.drop_duplicates(["settlement_id", "_source", "trip_id"])
    return joined[columns].astype({"weekdays": "int64"})


def _service(
    measuring: Measuring, counts: pd.Series, calls: pd.DataFrame
) -> pd.DataFrame:
    settlements = measuring.layers.settlements
    table = unknown(settlements.index)
    if "timetable_calls" not in measuring.layers.fed:
        return table
    whole = complete_areas(
        measuring.country.completeness,
        measuring.layers.areas,
        layer="timetable",
        kind="*",
        on=measuring.on,
    )
    complete = (
        np.ones(len(settlements), dtype=bool)
        if whole is None
        else settlements["raion_id"].isin(whole).to_numpy()
    )
    value = counts.reindex(settlements.index)
    served = value.notna().to_numpy()
    value = value.where(served | ~complete, 0.0)
    known = served | complete
    table["value"] = value
    table["low"] = value
    table["high"] = value.where(complete)
    table["status"] = np.where(known, Status.DECLARED, Status.UNKNOWN)
    table["status"] = table["status"].astype("str")
    table["method"] = np.where(known, "timetable, stops within walking distance", None)
    latest = calls.groupby("settlement_id")["last_day"].max()
    source = calls.groupby("settlement_id")["_source"].first()
    newest = measuring.layers.calls["last_day"].max()
    feed = measuring.layers.calls["_source"].iloc[0] if len(calls) else None
    last = latest.reindex(settlements.index).fillna(newest)
    table["date"] = last.where(known).astype("datetime64[s]")
    named = source.reindex(settlements.index).astype("object")
    table["source"] = named.where(named.notna() | ~known, feed).where(known, None)
    return table
