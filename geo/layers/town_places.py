"""Towns and the places inside their polygons: none missing, none counted twice."""

import geopandas as gpd
import pandas as pd

from geo.layers.names import likeness, slavic_key, town_key
from geo.sources.country import Country

#: likeness of spellings from which a place counts as the town of the polygon
ALIKE = 0.8
#: how far outside a town's polygon the point of the town may lie
NEAR_KM = 5.0
_TYPES = {"г.п.": "гп", "р.п.": "рп", "к.п.": "кп", "г.": "г"}


def adopt_nearby(
    places: gpd.GeoDataFrame, towns: gpd.GeoDataFrame, country: Country
) -> gpd.GeoDataFrame:
    """Put a place of a town's name just outside the town's polygon into the town.

    Outlines and points come from different sources; without this the town would be
    on the map twice. Only where no place inside bears the name.
    """
    out = places.copy()
    if "official_name" not in towns:
        return out
    wanted = towns[~_named(out, towns)]
    keys = [out[name].map(slavic_key) for name in ("name_ru", "name_be")]
    metric = out.geometry.to_crs(country.crs_metric)
    for town in wanted.to_crs(country.crs_metric).itertuples():
        key = slavic_key(town.official_name)
        same = (keys[0] == key) | (keys[1] == key)
        same &= (out["raion_id"] == town.raion_id) & out["town"].isna()
        near = metric[same].distance(town.geometry)
        near = near[near <= NEAR_KM * 1000]
        if len(near):
            out.loc[near.idxmin(), ["town", "official_total", "official_year"]] = [
                town.official_name,
                town.official_total,
                town.official_year,
            ]
    return out


def _named(places: gpd.GeoDataFrame, towns: gpd.GeoDataFrame) -> pd.Series:
    """Tell which towns have a place of their name inside their polygon."""
    here = places[places["town"].notna()]
    named = {
        (raion, town)
        for raion, town, ru, be in zip(
            here["raion_id"],
            here["town"],
            here["name_ru"],
            here["name_be"],
            strict=True,
        )
        if max(likeness(ru, town), likeness(be, town)) >= ALIKE
    }
    return pd.Series(
        [
            (raion, town) in named
            for raion, town in zip(
                towns["raion_id"], towns["official_name"], strict=True
            )
        ],
        index=towns.index,
        dtype="bool",
    )


def unlisted_towns(
    places: gpd.GeoDataFrame,
    towns: gpd.GeoDataFrame,
    census: pd.DataFrame,
    country: Country,
) -> gpd.GeoDataFrame:
    """Return a settlement for each town polygon that no listed place stands for.

    A list of places may lack a town; its polygon with an official name and official
    residents proves that it is there. The point is one inside the polygon.

    Parameters
    ----------
    places
        Settlements with ``town`` (official name of the polygon around them).
    towns
        Polygons with ``official_name``, ``raion_id``, ``name_*``, ``_source``.
    census, country
        The code of the town's census row is its id, else the polygon's.
    """
    if "official_name" not in towns:
        return places.iloc[:0]
    missing = towns[~_named(places, towns) & towns["official_name"].notna()]
    points = missing.geometry.representative_point()
    prefix = missing["official_name"].str.split(" ", n=1).str[0]
    return gpd.GeoDataFrame(
        {
            "id": _town_ids(missing, census, country),
            "name_ru": missing["official_name"].str.split(" ", n=1).str[-1],
            "name_be": missing["name_be"],
            "place_type": prefix.map(_TYPES).astype("str"),
            "lon": points.x.round(5),
            "lat": points.y.round(5),
            "raion_id": missing["raion_id"],
            "_source": missing["_source"],
            "_date": missing["_date"],
            "_override": False,
            "_from_polygon": True,
        },
        geometry=gpd.points_from_xy(points.x.round(5), points.y.round(5)),
        crs="EPSG:4326",
    )


def _town_ids(
    towns: gpd.GeoDataFrame, census: pd.DataFrame, country: Country
) -> list[str]:
    rows = census[census["place_type"].isin(list(_TYPES.values()))]
    keys = rows["name"].map(town_key)
    codes = dict(zip(keys, rows["code"], strict=True))
    twice = set(keys[keys.duplicated()])
    ids = []
    for town, polygon in zip(towns["official_name"], towns["area_id"], strict=True):
        key = town_key(town)
        known = key in codes and key not in twice
        ids.append(
            f"{country.code_scheme}:{codes[key]}" if known else f"town:{polygon}"
        )
    return ids


def flag_town_twins(places: gpd.GeoDataFrame, census: pd.DataFrame) -> gpd.GeoDataFrame:
    """Flag a second place that bears a town's name inside the town's polygon.

    The place of the census row, else the first id, stands for the town.
    """
    out = places.copy()
    with_row = set(census["settlement_id"].dropna())
    inside = out[out["town"].notna() & out["duplicate_of"].isna()]
    for (_, town), group in inside.groupby(["raion_id", "town"]):
        key = slavic_key(town)
        same = group[
            (group["name_ru"].map(slavic_key) == key)
            | (group["name_be"].map(slavic_key) == key)
        ]
        if len(same) < 2:  # noqa: PLR2004 - a twin takes two
            continue
        ranked = same.assign(
            _row=same["id"].isin(with_row),
            _people=same["population"].astype("float64").fillna(0.0),
        ).sort_values(["_row", "_people", "id"], ascending=[False, False, True])
        twins = ranked.index[1:][~ranked["_row"].iloc[1:].to_numpy()]
        out.loc[twins, "duplicate_of"] = ranked["id"].iloc[0]
    return out
