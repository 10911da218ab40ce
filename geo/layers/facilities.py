"""The facilities layer: listed supply points and the stated assumptions."""

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.layers.inputs import Inputs
from geo.layers.references import Places
from geo.layers.schema import TABLES
from geo.sources.country import Assumption, Country
from geo.types import Status, Tristate


def supply(
    inputs: Inputs, settlements: gpd.GeoDataFrame, places: Places, country: Country
) -> tuple[gpd.GeoDataFrame, pd.DataFrame]:
    """Return the release table ``facilities`` and the refused rows.

    A facility without a point takes that of its settlement; one whose settlement is
    not known or not unique is refused with the candidates.
    """
    table = inputs.table("facilities").copy()
    table["settlement_id"], rejected = places.resolve(table, layer="facilities")
    lost = table["lon"].isna() & table["settlement_id"].isna()
    table = table[~lost]
    here = settlements.reindex(table["settlement_id"].fillna(""))
    table["lon"] = table["lon"].fillna(pd.Series(here["lon"].to_numpy(), table.index))
    table["lat"] = table["lat"].fillna(pd.Series(here["lat"].to_numpy(), table.index))
    assumed = [
        _assumed(assumption, settlements, table)
        for assumption in country.assumptions
        if assumption.enabled
    ]
    if assumed:
        table = pd.concat([table, *assumed], ignore_index=True)
    table = table.drop_duplicates("facility_id", keep="last").reset_index(drop=True)
    return _columns(table, settlements), rejected


def _assumed(
    assumption: Assumption, settlements: gpd.GeoDataFrame, listed: pd.DataFrame
) -> pd.DataFrame:
    """Put the assumed facilities at the raion centres that have none listed."""
    centres = settlements[settlements["raion_centre"] == Tristate.YES.value]
    parts = []
    for kind in assumption.kinds:
        have = set(listed.loc[listed["kind"] == kind, "settlement_id"].dropna())
        missing = centres[~centres["id"].isin(have)]
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
                    "settlement_id": missing["id"],
                    "remark": f"assumption {assumption.id}",
                    "_source": f"assumption:{assumption.id}",
                    "_date": None,
                    "_supplier": assumption.stated_by,
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def _columns(table: pd.DataFrame, settlements: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    raion = settlements["raion_id"]
    out = pd.DataFrame(
        {
            "id": table["facility_id"],
            "kind": table["kind"],
            "name": table["name"],
            "status": table["status"],
            "source": table["_source"],
            "supplier": table["_supplier"].replace("", None),
            "date": pd.to_datetime(table["_date"]).dt.date,
            "located": table["located"].astype(bool),
            "settlement_id": table["settlement_id"],
            "raion_id": table["settlement_id"].map(raion),
            "hours": table["hours"],
            "staff_days": table["staff_days"],
            "services": table["services"],
            "remark": table["remark"],
            "lon": table["lon"].astype(np.float64),
            "lat": table["lat"].astype(np.float64),
        }
    )
    frame = gpd.GeoDataFrame(
        out, geometry=gpd.points_from_xy(out["lon"], out["lat"]), crs="EPSG:4326"
    )
    wanted = [*TABLES["facilities"].schema.names, "lon", "lat"]
    return frame[wanted].sort_values("id").reset_index(drop=True)
