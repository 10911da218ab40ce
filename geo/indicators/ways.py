"""Ways to the nearest facility of each kind: worked out once, and published.

A list of facilities that nobody has stated to be complete gives an upper bound of
the way (it can prove a norm kept, never breached).
"""

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.indicators.context import Measuring
from geo.layers.completeness import complete_areas, known_radius_km
from geo.layers.facilities import SETTLEMENT
from geo.layers.geodesy import Floats, least_shifted
from geo.layers.schema import TABLES
from geo.travel.engine import TravelEngine, Way, extent_km
from geo.types import FacilityKind, Status

_FACTS = ("id", "status", "source", "supplier", "date", "origin")
_OF_THE_LIST = ("source", "supplier", "date")
_TEXTS = ("source", "supplier", "origin")
_NUMBERS = ("minutes", "minutes_high", "km", "km_least")
#: a detour above this is explained; below these km as the crow flies legs weigh most
_LONG, _NEAR_KM = 3.0, 1.0
_DECIMALS = 3


def located(measuring: Measuring, kind: FacilityKind) -> gpd.GeoDataFrame:
    """Return the facilities of a kind that have a place, with ``spread_km``."""
    facilities = measuring.layers.facilities
    listed = facilities[(facilities["kind"] == kind) & facilities["located"]]
    return listed.assign(spread_km=_spread_km(measuring, listed))


def known_radius(measuring: Measuring, kind: FacilityKind) -> Floats:
    """Return how many km around each settlement the list of a kind is whole.

    That is as far as it is declared to be
    (:func:`geo.layers.completeness.known_radius_km`), and no farther than to where a
    facility may stand whose row was refused; 0 where that may be anywhere.
    """
    if kind not in measuring.known:
        layers = measuring.layers
        declared = known_radius_km(
            layers.settlements,
            layers.areas,
            measuring.country,
            _complete(measuring, "facilities", kind),
        )
        measuring.known[kind] = np.minimum(declared, _lost_km(measuring, kind))
    return measuring.known[kind]


def _lost(measuring: Measuring, kind: FacilityKind) -> pd.DataFrame:
    """Return the refused facilities that may be of a kind, with ``spread_km``.

    Only those of sources that a statement of completeness speaks of.
    """
    lost, said = measuring.layers.lost_facilities, measuring.country.completeness
    sources = {one.source for one in said if one.layer == "facilities"}
    told = lost["_source"].isin(sources) | ("*" in sources)
    own = lost[told & (lost["kind"].isna() | lost["kind"].eq(kind))]
    reach = extent_km(measuring.layers.settlements, measuring.country.parameters.travel)
    within = own["settlement_id"].map(reach)
    return own.assign(spread_km=within.where(own["settlement_id"].notna(), 0.0))


def _lost_km(measuring: Measuring, kind: FacilityKind) -> Floats:
    """Return km to the nearest place where a refused facility may stand."""
    settlements, lost = measuring.layers.settlements, _lost(measuring, kind)
    if lost.empty:
        return np.full(len(settlements), np.inf)
    if lost[["lon", "spread_km"]].isna().to_numpy().any():
        return np.zeros(len(settlements))
    here, there = (
        (table["lon"].to_numpy(float), table["lat"].to_numpy(float))
        for table in (settlements, lost)
    )
    return np.maximum(least_shifted(here, there, -lost["spread_km"].to_numpy()), 0.0)


def way_to(measuring: Measuring, kind: FacilityKind) -> pd.DataFrame:
    """Return the ways to the nearest facility of a kind, by the country's engine.

    Worked out once; :func:`access_table` publishes them.

    Returns
    -------
    DataFrame
        As :func:`nearest`.
    """
    if kind not in measuring.ways:
        measuring.ways[kind] = nearest(measuring, kind, measuring.engine)
    return measuring.ways[kind]


def nearest(
    measuring: Measuring, kind: FacilityKind, engine: TravelEngine
) -> pd.DataFrame:
    """Return the ways to the nearest facility of a kind, and what is certain of them.

    Returns
    -------
    DataFrame
        Indexed by settlement id: what :class:`~geo.travel.engine.TravelEngine` returns;
        ``id``, ``status``, ``source``, ``supplier``, ``date`` and ``origin`` of the
        facility; ``km_least``, nearer than which none can stand, NaN where a missing
        one may be at the door; ``nowhere``, where it is proven that no way leads to
        any. Where no facility of the kind is listed there is no ``method``, and the
        numbers are NaN.
    """
    listed, radius = located(measuring, kind), known_radius(measuring, kind)
    settlements = measuring.layers.settlements
    if listed.empty:
        nowhere = np.isinf(radius)
        return pd.DataFrame(
            dict.fromkeys(_NUMBERS, np.nan)
            | dict.fromkeys(("method", *_FACTS), pd.Series(dtype="str"))
            | {"way": np.where(nowhere, Way.UNREACHABLE, ""), "nowhere": nowhere}
            | {"date": pd.NaT},
            index=settlements.index,
        )
    found = engine.nearest(settlements, listed, kind, lines=True)
    # beyond the border of the whole list a nearer facility may stand
    least = np.minimum(found["km_low"].to_numpy(float), radius)
    return _with_facts(found, listed).assign(
        km_least=np.where(radius > 0, least, np.nan),
        nowhere=found["way"].eq(Way.UNREACHABLE) & _nowhere_else(measuring, kind),
    )


def _nowhere_else(measuring: Measuring, kind: FacilityKind) -> NDArray[np.bool_]:
    """Tell where no road and no facility can be missing that leads to one."""
    settlements, lost = measuring.layers.settlements, _lost(measuring, kind)
    whole = all(
        _complete(measuring, layer, of) is None
        for layer, of in (("roads", "*"), ("facilities", kind))
    )
    if not whole or lost["lon"].isna().any():
        return np.zeros(len(settlements), bool)
    if lost.empty:
        return np.ones(len(settlements), bool)
    found = measuring.engine.nearest(settlements, gpd.GeoDataFrame(lost), kind)
    return found["way"].eq(Way.UNREACHABLE).to_numpy(bool)


def _complete(measuring: Measuring, layer: str, kind: str) -> set[str] | None:
    """Return the raions for which a list is stated to be whole, None for all."""
    return complete_areas(
        measuring.country.completeness,
        measuring.layers.areas,
        layer=layer,
        kind=kind,
        on=measuring.on,
    )


def _with_facts(found: pd.DataFrame, listed: pd.DataFrame) -> pd.DataFrame:
    """Return ways with id, status, source, supplier, date and origin of the target.

    Where there is no way, source, supplier and date are those of the facility that is
    nearest in the straight line: of the list that was looked at.
    """
    listed = listed.assign(
        date=pd.to_datetime(listed["date"]).astype("datetime64[s]"),
        **{name: listed[name].astype("object") for name in _TEXTS},
    )
    # -1, no target, finds nothing
    every = listed[list(_FACTS)].reset_index(drop=True)
    facts = every.reindex(found["target"])
    lost = (found["target"] < 0).to_numpy()
    stand_in = every.reindex(found["straight_target"][lost])
    for name in _OF_THE_LIST:
        facts.loc[lost, name] = stand_in[name].to_numpy()
    return found.assign(**{name: facts[name].to_numpy() for name in _FACTS})


def access_table(measuring: Measuring) -> pd.DataFrame:
    """Return the release table ``access``: settlement x kind of facility.

    Holds what :func:`way_to` was asked for, of kinds of which any is listed; see
    :mod:`geo.layers.tables_known`.
    """
    parts = [
        _of_kind(kind, found)
        for kind, found in sorted(measuring.ways.items())
        if found["method"].notna().any()
    ]
    if not parts:
        return pd.DataFrame(columns=TABLES["access"].schema.names)
    return pd.concat(parts, ignore_index=True)


def _of_kind(kind: str, found: pd.DataFrame) -> pd.DataFrame:
    way = found["way"]
    assumed = found["status"].eq(Status.ASSUMED.value)
    status = assumed.map({True: Status.ASSUMED.value, False: Status.MODELLED.value})
    numbers = found[
        ["minutes", "km", "geodesic_km", "straight_minutes", "leg_m"]
    ].round(_DECIMALS)
    detour = (found["km"] / found["geodesic_km"]).where(found["geodesic_km"] > 0)
    return pd.DataFrame(
        {
            "settlement_id": found.index,
            "kind": str(kind),
            "status": status.where(way.eq(Way.FOUND), way.astype("str")),
            "method": found["method"],
            "facility_id": found["id"],
            **{name: numbers[name] for name in numbers},
            "detour": detour.round(_DECIMALS),
            "reason": _reasons(found, detour),
            "geometry": found["line"],
        }
    ).reset_index(drop=True)


def _reasons(found: pd.DataFrame, detour: pd.Series) -> pd.Series:
    """Return why a way is long, null where it is not."""
    long = detour > _LONG
    reason = np.select(
        [~long, found["geodesic_km"] < _NEAR_KM, found["ferry"].astype(bool)],
        ["", "near", "ferry"],
        "around",
    )
    return pd.Series(reason, index=found.index).where(long, None).astype("object")


def _spread_km(measuring: Measuring, listed: pd.DataFrame) -> pd.Series:
    """Return how far from its point each facility may stand, NaN where not known.

    0 at a point of its own; one that only its settlement places may stand anywhere
    within it.
    """
    settlements = measuring.layers.settlements
    reach = extent_km(settlements, measuring.country.parameters.travel)
    within = listed["settlement_id"].map(reach)
    return within.where(listed["placed"].eq(SETTLEMENT), 0.0).astype("float64")
