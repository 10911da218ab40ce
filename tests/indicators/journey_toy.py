"""A bus between three places and a hospital, for the tests of journeys."""

import pandas as pd

from geo.indicators.journey_values import journeys
from geo.indicators.measure import measured
from geo.sources.indicators import indicators
from tests.layers import toy

WORKDAYS, SATURDAY, DAILY = 31, 32, 127
PERIOD = ("2025-11-03", "2026-06-28")
#: a stop at the very point of each of these settlements
AT = {"sosny": (27.60, 53.10), "krinica": (27.80, 53.20), "dalniy": (27.90, 53.40)}
DAYS, MINUTES = "transport.return_days.hospital", "transport.journey_minutes.hospital"
HOURS = "пн–пт 08:00–16:00"
THERE, BACK = ("sosny", 7, "krinica", 7.5), ("krinica", 14, "sosny", 14.5)


def bus(*trips, source="bus", at=AT, period=PERIOD, **columns):
    """Make a timetable of trips (stop, hours, stop, hours) or (mask, stop, …)."""
    rows = []
    for number, given in enumerate(trips):
        mask, *trip = given if isinstance(given[0], int) else (WORKDAYS, *given)
        for place, (stop, hours) in enumerate(zip(trip[::2], trip[1::2], strict=True)):
            rows.append(
                {
                    "trip_id": f"t{number}", "stop_id": stop, "sequence": place,
                    "arrival_s": round(hours * 3600),
                    "departure_s": round(hours * 3600),
                    "weekdays": mask, "route": f"r{number}", "carrier": "АП",
                    "first_day": pd.Timestamp(period[0]),
                    "last_day": pd.Timestamp(period[1]),
                } | columns
            )  # fmt: skip
    stops = pd.DataFrame(
        [{"stop_id": name, "lon": lon, "lat": lat} for name, (lon, lat) in at.items()]
    )
    tables = {"timetable_stops": stops, "timetable_calls": pd.DataFrame(rows)}
    return toy.feeding(source, tables)


def hospital(lon=27.80, lat=53.20, hours=HOURS, status="declared"):
    row = {
        "facility_id": "h1", "kind": "hospital", "name": "ЦРБ", "lon": lon, "lat": lat,
        "status": status, "located": True, "hours": hours,
    }  # fmt: skip
    return toy.feeding("register", {"facilities": pd.DataFrame([row])})


def said(layer, area="*", kind="*"):
    return {"layer": layer, "area": area, "kind": kind, "stated_by": "test"}


WHOLE = (said("timetable"), said("facilities"))


def measuring(*feeds, complete=(), **changes):
    return toy.measuring(*feeds, declared=toy.country(completeness=complete, **changes))


def to_hospital(context, place="sosny"):
    table = journeys(context)
    own = table[table["destination"] == "hospital"].set_index("settlement_id")
    own = own.astype("object").where(own.notna(), None)
    return own.loc[f"ty:{place}"] if f"ty:{place}" in own.index else None


def value(context, code, place="sosny"):
    """Return value, low, high and status of an indicator."""
    (one,) = [i for i in indicators(context.country) if i.code == code]
    row = measured(one, context).loc[f"ty:{place}"]
    return [
        None if pd.isna(row[name]) else row[name] for name in ("value", "low", "high")
    ] + [row["status"]]
