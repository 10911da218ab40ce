"""The facilities layer: listed supply points and the stated assumptions."""

from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.layers.areas import Territory
from geo.layers.census import may_be_of
from geo.layers.completeness import complete_areas
from geo.layers.geodesy import nearest
from geo.layers.inputs import Inputs
from geo.layers.opening_hours import not_understood, weekly_hours
from geo.layers.placing import located
from geo.layers.references import Places, written
from geo.layers.schema import TABLES
from geo.sources.country import Assumption, Country
from geo.sources.result import REJECTED_COLUMNS
from geo.types import Status, Tristate

#: where a facility stands: at its own point, or somewhere within its settlement
POINT, SETTLEMENT = "point", "settlement"
#: so many texts are shown
_SHOWN = 5
_UNREAD = "different texts of hours and days of reception were not understood"
_NOT_WHOLE = "each may be the nearest one, so no list is whole where it may stand"
_CLOSED_BY_HOURS = "are closed by their opening hours: listed, and no way leads to them"
#: a listed facility so near a centre's point is taken to be the centre's own
_OWN_KM = 5.0


def supply(
    inputs: Inputs,
    settlements: gpd.GeoDataFrame,
    places: Places,
    territory: Territory,
    country: Country,
    on: date,
) -> tuple[gpd.GeoDataFrame, pd.DataFrame, pd.DataFrame]:
    """Return the release table ``facilities`` (with ``lon``, ``lat``) and refused rows.

    Third comes what refused rows may stand for (:func:`lost_supply`).

    A facility without a point takes that of its settlement and is ``placed`` there,
    as an assumed one is: it may stand anywhere within the settlement. One whose
    settlement is not known or not unique is refused with the candidates, and so is one
    that does not stand in the raion that its row names. A later
    feed's row of the same id stands for the earlier one. One whose hours say that it is
    closed stays listed and is not ``located``: it serves nobody. Where a list is stated
    to be whole on the day nothing is assumed.
    """
    table = inputs.table("facilities").copy()
    table["settlement_id"], rejected = places.resolve(table, layer="facilities")
    here = settlements.reindex(table["settlement_id"].fillna(""))
    pointless = table["lon"].isna() | table["lat"].isna()
    for column in ("lon", "lat"):
        own = pd.Series(here[column].to_numpy(float), index=table.index)
        table[column] = table[column].where(~pointless, own)
    table["placed"] = pointless.map({True: SETTLEMENT, False: POINT})
    nowhere = table["lon"].isna()
    rejected = pd.concat(
        [rejected, _nowhere(table[nowhere & table["place_ref"].isna()])]
    )
    placeless = table[nowhere]
    table = table[~nowhere].drop_duplicates("facility_id", keep="last")
    astray = _astray(table, territory, country)
    rejected = pd.concat([rejected, _elsewhere(table[astray])], ignore_index=True)
    # the point or the raion is wrong, nobody knows which
    strays = table[astray].assign(lon=np.nan, lat=np.nan, place_ref=None)
    unplaced = pd.concat([placeless, strays.astype(placeless.dtypes)])
    lost = lost_supply(inputs, unplaced, settlements, places)
    table = table[~astray]
    assumed = [
        _assumed(assumption, settlements, table, territory.areas, country, on)
        for assumption in country.assumptions
        if assumption.enabled
    ]
    if assumed:
        table = pd.concat([table, *assumed], ignore_index=True)
    return _columns(table.reset_index(drop=True), settlements), rejected, lost


def lost_supply(
    inputs: Inputs,
    nowhere: pd.DataFrame,
    settlements: gpd.GeoDataFrame,
    places: Places,
) -> pd.DataFrame:
    """Return the facilities that may exist although their rows were refused.

    Parameters
    ----------
    inputs
        With ``facilities_lost``, what readers refused.
    nowhere
        Facilities that have no place.
    settlements, places
        Layer and look-up: a row may name its settlement.

    Returns
    -------
    DataFrame
        ``kind`` (NA: any), ``lon``, ``lat`` (NaN: anywhere), ``settlement_id`` (where
        only it says the place) and ``_source``.
    """
    wanted = ["kind", "lon", "lat", "place_ref", "_source"]
    table = pd.concat(
        [inputs.table("facilities_lost")[wanted], nowhere[wanted]], ignore_index=True
    )
    found, _ = places.resolve(table, layer="facilities")
    table["settlement_id"] = found.where(table["lon"].isna())
    here = settlements.reindex(table["settlement_id"].fillna(""))
    for column in ("lon", "lat"):
        own = pd.Series(here[column].to_numpy(float), index=table.index)
        table[column] = table[column].fillna(own)
    return table.drop(columns="place_ref")


def lost_note(lost: pd.DataFrame, country: Country) -> tuple[str, ...]:
    """Return what the build report says of refused facilities, if a list is whole."""
    if lost.empty or all(one.layer != "facilities" for one in country.completeness):
        return ()
    anywhere = int(lost["lon"].isna().sum())
    said = (
        f"facilities: {len(lost):,} were refused, {anywhere:,} of them without a place"
    )
    return (f"{said}: {_NOT_WHOLE}",)


def closed_note(facilities: pd.DataFrame) -> tuple[str, ...]:
    """Return what the build report says of facilities that are closed."""
    count = int(facilities["weekly_hours"].eq(0).sum())
    return (f"facilities: {count:,} {_CLOSED_BY_HOURS}",) if count else ()


def unread_note(facilities: pd.DataFrame) -> tuple[str, ...]:
    """Return what the build report says of hours that were not understood."""
    table = facilities[["hours", "staff_days"]]
    pairs = table.astype("object").where(table.notna(), None).drop_duplicates()
    strange = [said for said in map(tuple, pairs.to_numpy()) if not_understood(*said)]
    shown = "; ".join(" / ".join(filter(None, said)) for said in strange[:_SHOWN])
    return (f"facilities: {len(strange)} {_UNREAD}: {shown}",) if strange else ()


def _weekly(table: pd.DataFrame) -> pd.Series:
    """Return hours a week within the days of reception, 0 closed, NaN not known."""
    said = table[["hours", "staff_days"]].astype("object")
    pairs = list(map(tuple, said.where(said.notna(), None).to_numpy()))
    read = {pair: weekly_hours(*pair) for pair in set(pairs)}
    return pd.Series([read[pair] for pair in pairs], table.index, dtype="float64")


def _astray(table: pd.DataFrame, territory: Territory, country: Country) -> pd.Series:
    """Tell which facilities stand outside the raion that their row names."""
    named = table[table["raion_name"].notna()]
    if named.empty:
        return pd.Series(data=False, index=table.index)
    keys = located(named[["lon", "lat", "raion_name"]], territory, country)["raion_key"]
    known: set[str] = set().union(*(k for k in keys if isinstance(k, frozenset)))
    other = [
        isinstance(own, frozenset) and not may_be_of(name, own, known)
        for name, own in zip(named["raion_name"], keys, strict=True)
    ]
    return pd.Series(table.index.isin(named.index[other]), index=table.index)


def _elsewhere(rows: pd.DataFrame) -> pd.DataFrame:
    value = rows["lon"].astype("str") + ", " + rows["lat"].astype("str")
    return _refused(rows, value, "the point does not lie in " + rows["raion_name"])


def _nowhere(rows: pd.DataFrame) -> pd.DataFrame:
    return _refused(rows, "", "neither a point nor a settlement is given")


def _refused(
    rows: pd.DataFrame, value: pd.Series | str, reason: pd.Series | str
) -> pd.DataFrame:
    file, row = written(rows, "facilities")
    return pd.DataFrame(
        {
            "source": rows["_source"],
            "file": file,
            "row": row,
            "field": "lon, lat",
            "value": value,
            "reason": reason,
        },
        columns=list(REJECTED_COLUMNS),
    ).astype("str")


def _assumed(
    assumption: Assumption,
    settlements: gpd.GeoDataFrame,
    listed: pd.DataFrame,
    areas: pd.DataFrame,
    country: Country,
    on: date,
) -> pd.DataFrame:
    """Put the assumed facilities at the raion centres that have none listed.

    A whole list that names none says that there is none.
    """
    centres = settlements[settlements["raion_centre"] == Tristate.YES.value]
    points = (centres["lon"].to_numpy(float), centres["lat"].to_numpy(float))
    parts = []
    for kind in assumption.kinds:
        own = listed[listed["kind"] == kind]
        there = (own["lon"].to_numpy(float), own["lat"].to_numpy(float))
        _, km = nearest(points, there)
        whole = complete_areas(
            country.completeness, areas, layer="facilities", kind=kind, on=on
        )
        have = centres["id"].isin(own["settlement_id"].dropna()) | (km <= _OWN_KM)
        have |= True if whole is None else centres["raion_id"].isin(whole)
        missing = centres[~have]
        parts.append(
            pd.DataFrame(
                {
                    "facility_id": "assumed:" + kind + ":" + missing["id"],
                    "kind": kind,
                    "name": missing["name"],
                    "lon": missing["lon"],
                    "lat": missing["lat"],
                    "status": Status.ASSUMED.value,
                    "located": True,
                    "placed": SETTLEMENT,
                    "settlement_id": missing["id"],
                    "remark": f"assumption {assumption.id}",
                    "origin": f"assumptions.yaml:{assumption.id}",
                    "_source": f"assumption:{assumption.id}",
                    "_supplier": assumption.stated_by,
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def _columns(table: pd.DataFrame, settlements: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    raion = settlements["raion_id"]
    weekly = _weekly(table)
    out = pd.DataFrame(
        {
            "id": table["facility_id"],
            "kind": table["kind"],
            "name": table["name"],
            "status": table["status"],
            "source": table["_source"],
            "supplier": table["_supplier"].replace("", None),
            "date": pd.to_datetime(table["_date"].replace("", None)).dt.date,
            # what is closed serves nobody
            "located": table["located"].astype(bool) & ~weekly.eq(0),
            "placed": table["placed"].astype("str"),
            "settlement_id": table["settlement_id"],
            "raion_id": table["settlement_id"].map(raion),
            "hours": table["hours"],
            "weekly_hours": weekly,
            "staff_days": table["staff_days"],
            "services": table["services"],
            "remark": table["remark"],
            "origin": table["origin"].where(
                table["origin"].notna(), table["facility_id"]
            ),
            "lon": table["lon"].astype(np.float64),
            "lat": table["lat"].astype(np.float64),
        }
    )
    frame = gpd.GeoDataFrame(
        out, geometry=gpd.points_from_xy(out["lon"], out["lat"]), crs="EPSG:4326"
    )
    wanted = [*TABLES["facilities"].schema.names, "lon", "lat"]
    return frame[wanted].sort_values("id").reset_index(drop=True)
