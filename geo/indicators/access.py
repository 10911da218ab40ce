"""Minutes and km to the nearest facility: hospital, primary care, pharmacy, post.

A list of facilities that nobody has stated to be complete gives an upper bound of
the way (it can prove a norm kept, never breached).
"""

import numpy as np
import pandas as pd

from geo.indicators.context import Measuring
from geo.indicators.table import fill, observed, unknown
from geo.layers.completeness import complete_areas, known_radius_km
from geo.layers.facilities import SETTLEMENT
from geo.layers.geodesy import Floats
from geo.travel.engine import extent_km
from geo.types import FacilityKind, Status

_PROVENANCE = ("id", "status", "source", "supplier", "date", "origin")


def minutes_to(
    measuring: Measuring, kind: FacilityKind, indicator: str
) -> pd.DataFrame:
    """Return minutes to the nearest facility of a kind.

    Parameters
    ----------
    measuring
        Layers, country, day and travel engine.
    kind
        Kind of facility.
    indicator
        Code, for values observed at the settlement itself (they win).

    Returns
    -------
    DataFrame
        Values in minutes; ``low`` is null where the list is not known to be whole,
        ``unreachable`` where a whole list holds no facility of the kind.
    """
    found, radius = _nearest(measuring, kind), _radius(measuring, kind)
    if found.empty:
        table = _none_found(measuring, radius)
    else:
        legal = measuring.country.parameters.travel.speed_legal_kmh
        table = _access(
            found,
            value=found["minutes"],
            low=_low_minutes(measuring, found, radius, legal),
            high=found["minutes_high"],
            method=measuring.engine.method,
        )
    return fill(table, observed(measuring.layers.observations, indicator))


def ambulance_minutes(measuring: Measuring) -> pd.DataFrame:
    """Return modelled minutes from call to arrival: handling plus drive.

    t = t_call + distance / speed (methods.md, section 4); a measured register of
    arrivals wins over the model.
    """
    p = measuring.country.parameters
    kind = FacilityKind.AMBULANCE_STATION
    found, radius = _nearest(measuring, kind), _radius(measuring, kind)
    if found.empty:
        table = _none_found(measuring, radius)
    else:
        drive = _low_minutes(measuring, found, radius, p.ambulance_speed_legal_kmh)
        table = _access(
            found,
            value=p.ambulance_call_minutes + found["minutes"],
            low=p.ambulance_call_minutes_low + drive,
            high=p.ambulance_call_minutes_high + found["minutes_high"],
            method=f"call handling + {measuring.engine.method}",
        )
    measured = observed(measuring.layers.observations, "health.ambulance_minutes")
    return fill(table, measured)


def rail_stop_km(measuring: Measuring) -> pd.DataFrame:
    """Return geodesic km to the nearest rail stop or station."""
    kind = FacilityKind.RAIL_STOP
    found, radius = _nearest(measuring, kind), _radius(measuring, kind)
    if found.empty:
        return _none_found(measuring, radius)
    near = found["km_low"].to_numpy(float)
    low = np.where(radius > 0, np.minimum(near, radius), np.nan)
    table = _access(
        found,
        value=found["km"],
        low=pd.Series(low, index=found.index),
        high=found["km"],
        method="geodesic distance",
    )
    # no model stands between the listed point and the distance
    table["status"] = found["status"]
    return table


def _nearest(measuring: Measuring, kind: FacilityKind) -> pd.DataFrame:
    """Return travel to, and provenance of, the nearest located facility of a kind."""
    facilities = measuring.layers.facilities
    listed = facilities[(facilities["kind"] == kind) & facilities["located"]]
    if listed.empty:
        return pd.DataFrame()
    listed = listed.assign(spread_km=_spread_km(measuring, listed))
    found = measuring.engine.nearest(measuring.layers.settlements, listed)
    listed = listed.assign(
        date=pd.to_datetime(listed["date"]).astype("datetime64[s]"),
        **{
            name: listed[name].astype("object")
            for name in ("source", "supplier", "origin")
        },
    )
    target = found["target"].to_numpy()
    for column in _PROVENANCE:
        found[column] = listed[column].to_numpy()[target]
    return found


def _spread_km(measuring: Measuring, listed: pd.DataFrame) -> pd.Series:
    """Return how far from its point each facility may stand, NaN where not known.

    0 at a point of its own; one that only its settlement places may stand anywhere
    within it.
    """
    settlements = measuring.layers.settlements
    reach = extent_km(settlements, measuring.country.parameters.travel)
    within = listed["settlement_id"].map(reach)
    return within.where(listed["placed"].eq(SETTLEMENT), 0.0).astype("float64")


def _none_found(measuring: Measuring, radius: Floats) -> pd.DataFrame:
    """Return unreachable where the whole country has none, else unknown."""
    table = unknown(measuring.layers.settlements.index)
    nowhere = np.isinf(radius)
    table.loc[nowhere, "status"] = Status.UNREACHABLE.value
    table.loc[nowhere, "low"] = np.inf
    return table


def _low_minutes(
    measuring: Measuring, found: pd.DataFrame, radius: Floats, legal_kmh: float
) -> pd.Series:
    """Return minutes that nobody can undercut, NaN where the list is not whole.

    Beyond the border of the whole list a nearer facility may stand.
    """
    km = np.minimum(found["km_low"].to_numpy(float), radius)
    fastest = measuring.engine.fastest_minutes(km, legal_kmh)
    return pd.Series(np.where(radius > 0, fastest, np.nan), index=found.index)


def _access(
    found: pd.DataFrame,
    *,
    value: pd.Series,
    low: pd.Series,
    high: pd.Series,
    method: str,
) -> pd.DataFrame:
    """Return a table of values with the provenance of the nearest facility."""
    out = unknown(found.index)
    assumed = found["status"].eq(Status.ASSUMED.value)
    out["value"], out["low"], out["high"] = value, low, high
    out["status"] = assumed.map(
        {True: Status.ASSUMED.value, False: Status.MODELLED.value}
    )
    out["method"] = method
    for column in ("source", "supplier", "date", "origin"):
        out[column] = found[column]
    out["facility_id"] = found["id"]
    return out


def _radius(measuring: Measuring, kind: FacilityKind) -> Floats:
    whole = complete_areas(
        measuring.country.completeness,
        measuring.layers.areas,
        layer="facilities",
        kind=kind.value,
        on=measuring.on,
    )
    return known_radius_km(
        measuring.layers.settlements, measuring.layers.areas, measuring.country, whole
    )
