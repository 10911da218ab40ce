"""Minutes and km to the nearest facility: hospital, primary care, pharmacy, post.

A list of facilities that nobody has stated to be complete gives an upper bound of
the way (it can prove a norm kept, never breached).
"""

import numpy as np
import pandas as pd

from geo.indicators.context import Measuring
from geo.indicators.table import fill, observed, unknown
from geo.indicators.ways import known_radius, located, way_to, with_facts
from geo.layers.completeness import complete_areas
from geo.layers.geodesy import Floats
from geo.travel.engine import StraightLine, Way
from geo.types import FacilityKind, Status

_NO_WAY = {Way.UNSNAPPED: Status.UNSNAPPED, Way.UNREACHABLE: Status.UNREACHABLE}


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
    found, radius = way_to(measuring, kind), known_radius(measuring, kind)
    if found.empty:
        table = _none_found(measuring, radius)
    else:
        legal = measuring.country.parameters.travel.speed_legal_kmh
        table = _access(
            found,
            value=found["minutes"],
            low=low_minutes(measuring, found, radius, legal),
            high=found["minutes_high"],
            method=found["method"],
            proven=_no_road(measuring, radius),
        )
    return fill(table, observed(measuring.layers.observations, indicator))


def ambulance_minutes(measuring: Measuring) -> pd.DataFrame:
    """Return modelled minutes from call to arrival: handling plus drive.

    t = t_call + distance / speed (methods.md, section 4); a measured register of
    arrivals wins over the model.
    """
    p = measuring.country.parameters
    kind = FacilityKind.AMBULANCE_STATION
    found, radius = way_to(measuring, kind), known_radius(measuring, kind)
    if found.empty:
        table = _none_found(measuring, radius)
    else:
        drive = low_minutes(measuring, found, radius, p.ambulance_speed_legal_kmh)
        table = _access(
            found,
            value=p.ambulance_call_minutes + found["minutes"],
            low=p.ambulance_call_minutes_low + drive,
            high=p.ambulance_call_minutes_high + found["minutes_high"],
            method="call handling + " + found["method"],
            proven=_no_road(measuring, radius),
        )
    measured = observed(measuring.layers.observations, "health.ambulance_minutes")
    return fill(table, measured)


def rail_stop_km(measuring: Measuring) -> pd.DataFrame:
    """Return geodesic km to the nearest rail stop or station."""
    kind, p = FacilityKind.RAIL_STOP, measuring.country.parameters
    settlements = measuring.layers.settlements
    listed, radius = located(measuring, kind), known_radius(measuring, kind)
    if listed.empty:
        return _none_found(measuring, radius)
    # the distance to a halt is the crow's, whatever the roads
    straight = StraightLine(p.travel)
    found = with_facts(straight.nearest(settlements, listed), listed)
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


def _none_found(measuring: Measuring, radius: Floats) -> pd.DataFrame:
    """Return unreachable where the whole country has none, else unknown."""
    table = unknown(measuring.layers.settlements.index)
    nowhere = np.isinf(radius)
    table.loc[nowhere, "status"] = Status.UNREACHABLE.value
    table.loc[nowhere, "low"] = np.inf
    return table


def low_minutes(
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
    method: pd.Series | str,
    proven: bool = False,
) -> pd.DataFrame:
    """Return a table of values with the provenance of the nearest facility.

    Where no way was found there is no value. The low bound stands all the same; it is
    infinite where roads and facilities are ``proven`` to be all there are.
    """
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
    for way, status in _NO_WAY.items():
        out.loc[found["way"].eq(way), "status"] = status.value
    lost = ~found["way"].eq(Way.FOUND)
    out.loc[lost, ["value", "high"]] = np.nan
    if proven:
        out.loc[found["way"].eq(Way.UNREACHABLE), "low"] = np.inf
    return out


def _no_road(measuring: Measuring, radius: Floats) -> bool:
    """Tell whether no road and no facility can be missing anywhere in the country."""
    roads = complete_areas(
        measuring.country.completeness,
        measuring.layers.areas,
        layer="roads",
        kind="*",
        on=measuring.on,
    )
    return roads is None and bool(np.isinf(radius).all())
