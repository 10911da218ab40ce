"""Minutes and km to the nearest facility: the ways of :mod:`geo.indicators.ways`."""

import numpy as np
import pandas as pd

from geo.indicators.context import Measuring
from geo.indicators.table import fill, unknown
from geo.indicators.ways import known_radius, nearest, way_to
from geo.travel.engine import StraightLine, Way
from geo.types import FacilityKind, Status

_FACTS = ("source", "supplier", "date", "origin")


def minutes_to(measuring: Measuring, kind: FacilityKind) -> pd.DataFrame:
    """Return minutes to the nearest facility of a kind.

    Parameters
    ----------
    measuring
        Layers, country, day and travel engine.
    kind
        Kind of facility.

    Returns
    -------
    DataFrame
        Values in minutes; ``low`` is null where the list is not known to be whole,
        ``unreachable`` where a whole list holds no facility of the kind.
    """
    found = way_to(measuring, kind)
    legal = measuring.country.parameters.travel.speed_legal_kmh
    return _access(
        found,
        value=found["minutes"],
        low=fastest(measuring, found, legal),
        high=found["minutes_high"],
        method=found["method"],
    )


def ambulance_minutes(measuring: Measuring) -> pd.DataFrame:
    """Return modelled minutes from call to arrival: handling plus drive.

    t = t_call + distance / speed (methods.md, section 4). There is no upper bound: the
    crew may be busy and the call may wait. The low one may prove a breach where the
    list of stations is whole; a register of arrivals, which takes the place of the
    model, may prove either.
    """
    p = measuring.country.parameters
    found = way_to(measuring, FacilityKind.AMBULANCE_STATION)
    drive = fastest(measuring, found, p.ambulance_speed_legal_kmh)
    return _access(
        found,
        value=p.ambulance_call_minutes + found["minutes"],
        low=p.ambulance_call_minutes_low + drive,
        high=found["minutes"] * np.nan,
        method="call handling + " + found["method"],
    )


def rail_stop_km(measuring: Measuring) -> pd.DataFrame:
    """Return geodesic km to the nearest rail stop or station."""
    # the distance to a halt is the crow's, whatever the roads
    straight = StraightLine(measuring.country.parameters.travel)
    found = nearest(measuring, FacilityKind.RAIL_STOP, straight)
    method = found["method"].mask(found["method"].notna(), "geodesic distance")
    km = found["km"]
    table = _access(found, value=km, low=found["km_least"], high=km, method=method)
    # no model stands between the listed point and the distance
    table["status"] = table["status"].where(km.isna(), found["status"])
    return table


def weekly_hours(measuring: Measuring, kind: FacilityKind) -> pd.DataFrame:
    """Return how many hours a week the nearest facility of a kind is open.

    Where its hours are not known nothing is: the next one is another way. The value is
    exact where no nearer one can be missing anywhere.
    """
    found = way_to(measuring, kind)
    listed = measuring.layers.facilities.set_index("id")
    hours = found["id"].map(listed["weekly_hours"]).astype("float64")
    whole = np.isinf(known_radius(measuring, kind))
    method = "opening hours of the nearest, " + found["method"]
    bound = hours.where(whole)
    table = _access(found, value=hours, low=bound, high=bound, method=method)
    return fill(unknown(found.index), table[table["value"].notna()])


def fastest(measuring: Measuring, found: pd.DataFrame, legal_kmh: float) -> pd.Series:
    """Return minutes that nobody can undercut, NaN where the list is not whole."""
    km = found["km_least"].to_numpy(float)
    return pd.Series(measuring.engine.fastest_minutes(km, legal_kmh), found.index)


def _access(
    found: pd.DataFrame,
    *,
    value: pd.Series,
    low: pd.Series,
    high: pd.Series,
    method: pd.Series,
) -> pd.DataFrame:
    """Return a table of values with the provenance of the nearest facility.

    Where no way was found there is no value. The low bound stands all the same; it is
    infinite where it is proven that there is no way.
    """
    out, way = unknown(found.index), found["way"]
    there = way.eq(Way.FOUND)
    assumed = found["status"].eq(Status.ASSUMED.value)
    out["value"], out["high"] = value.where(there), high.where(there)
    out["low"] = low.mask(found["nowhere"], np.inf)
    out["status"] = np.select(
        [there & assumed, there, way.eq(Way.UNSNAPPED), way.eq(Way.UNREACHABLE)],
        [Status.ASSUMED, Status.MODELLED, Status.UNSNAPPED, Status.UNREACHABLE],
        Status.UNKNOWN,
    )
    out["method"] = method
    for column in _FACTS:
        out[column] = found[column]
    out["facility_id"] = found["id"]
    return out
