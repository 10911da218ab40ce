"""Minutes and km to the nearest facility: hospital, primary care, pharmacy, post.

A list of facilities that nobody has stated to be complete gives an upper bound of
the way (it can prove a norm kept, never breached).
"""

import numpy as np
import pandas as pd

from geo.indicators.context import Measuring
from geo.indicators.table import fill, observed, unknown
from geo.layers.completeness import complete_areas, known_radius_km
from geo.types import FacilityKind, Status


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
    p = measuring.country.parameters.travel
    found = _nearest(measuring, kind)
    settlements = measuring.layers.settlements
    table = unknown(settlements.index)
    if not found.empty:
        radius = _radius(measuring, kind)
        low_km = np.minimum(found["km"].to_numpy(), radius)
        low = measuring.engine.fastest_minutes(low_km, p.speed_legal_kmh)
        table = _access(
            table, found, found["minutes"], np.where(radius > 0, low, np.nan)
        )
        table["high"] = found["minutes_high"]
        table["method"] = measuring.engine.method
    elif _radius(measuring, kind).min(initial=np.inf) == np.inf and len(settlements):
        table["status"] = Status.UNREACHABLE.value
        table["low"] = np.inf
    return fill(table, observed(measuring.layers.observations, indicator))


def ambulance_minutes(measuring: Measuring) -> pd.DataFrame:
    """Return modelled minutes from call to arrival: handling plus drive.

    t = t_call + distance / speed (methods.md, section 4); a measured register of
    arrivals wins over the model.
    """
    p = measuring.country.parameters
    kind = FacilityKind.AMBULANCE_STATION
    found = _nearest(measuring, kind)
    table = unknown(measuring.layers.settlements.index)
    if not found.empty:
        radius = _radius(measuring, kind)
        low_km = np.minimum(found["km"].to_numpy(), radius)
        fastest = measuring.engine.fastest_minutes(low_km, p.ambulance_speed_legal_kmh)
        low = p.ambulance_call_minutes_low + fastest
        minutes = p.ambulance_call_minutes + found["minutes"]
        table = _access(table, found, minutes, np.where(radius > 0, low, np.nan))
        table["high"] = p.ambulance_call_minutes_high + found["minutes_high"]
        table["method"] = f"call handling + {measuring.engine.method}"
    measured = observed(measuring.layers.observations, "health.ambulance_minutes")
    return fill(table, measured)


def rail_stop_km(measuring: Measuring) -> pd.DataFrame:
    """Return geodesic km to the nearest rail stop or station."""
    found = _nearest(measuring, FacilityKind.RAIL_STOP)
    table = unknown(measuring.layers.settlements.index)
    if found.empty:
        return table
    radius = _radius(measuring, FacilityKind.RAIL_STOP)
    low = np.where(radius > 0, np.minimum(found["km"], radius), np.nan)
    table = _access(table, found, found["km"], low)
    table["high"] = found["km"]
    table["method"] = "geodesic distance"
    table["status"] = found["status"].to_numpy()
    return table


def _nearest(measuring: Measuring, kind: FacilityKind) -> pd.DataFrame:
    """Return travel to, and provenance of, the nearest located facility of a kind."""
    facilities = measuring.layers.facilities
    listed = facilities[(facilities["kind"] == kind) & facilities["located"]]
    listed = listed.reset_index(drop=True)
    if listed.empty:
        return pd.DataFrame()
    found = measuring.engine.nearest(measuring.layers.settlements, listed)
    chosen = listed.iloc[found["target"].to_numpy()]
    for column in ("id", "status", "source", "supplier", "date"):
        found[column] = chosen[column].to_numpy()
    return found


def _access(
    table: pd.DataFrame, found: pd.DataFrame, value: pd.Series, low: np.ndarray
) -> pd.DataFrame:
    """Fill value, low bound and provenance of the nearest facility."""
    out = table.copy()
    out["value"] = value.to_numpy()
    out["low"] = low
    assumed = found["status"] == Status.ASSUMED
    out["status"] = np.where(assumed, Status.ASSUMED, Status.MODELLED)
    out["status"] = out["status"].astype("str")
    for column in ("source", "supplier"):
        out[column] = found[column].to_numpy()
    out["date"] = pd.to_datetime(found["date"]).astype("datetime64[s]").to_numpy()
    out["facility_id"] = found["id"].to_numpy()
    return out


def _radius(measuring: Measuring, kind: FacilityKind) -> np.ndarray:
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
