"""Ways to the nearest facility of each kind: worked out once, and published.

A list of facilities that nobody has stated to be complete gives an upper bound of
the way (it can prove a norm kept, never breached).
"""

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.indicators.context import Measuring
from geo.layers.completeness import complete_areas, known_radius_km
from geo.layers.facilities import SETTLEMENT
from geo.layers.geodesy import Floats
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

    See :func:`geo.layers.completeness.known_radius_km`.
    """
    if kind not in measuring.known:
        layers = measuring.layers
        whole = _complete(measuring, "facilities", kind)
        measuring.known[kind] = known_radius_km(
            layers.settlements, layers.areas, measuring.country, whole
        )
    return measuring.known[kind]


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
    # no road and no facility can be missing anywhere in the country
    whole = _complete(measuring, "roads", "*") is None and bool(np.isinf(radius).all())
    return _with_facts(found, listed).assign(
        km_least=np.where(radius > 0, least, np.nan),
        nowhere=found["way"].eq(Way.UNREACHABLE) & whole,
    )


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
