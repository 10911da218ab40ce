"""Towns and the places inside their polygons: none missing, none counted twice."""

import geopandas as gpd
import pandas as pd

from geo.layers.counted import counted
from geo.layers.names import best_likeness, slavic_key, town_key
from geo.sources.country import Country

#: likeness of spellings from which a place counts as the town of the polygon
ALIKE = 0.8
#: how far outside a town's polygon the point of the town may lie
NEAR_KM = 5.0
_TYPES = {"г.п.": "гп", "р.п.": "рп", "к.п.": "кп", "г.": "г"}
_SPELLINGS = ["name_ru", "name_be"]


def adopt_nearby(
    places: pd.DataFrame, towns: gpd.GeoDataFrame, country: Country
) -> pd.DataFrame:
    """Put a place of a town's name just outside the town's polygon into the town.

    Outlines and points come from different sources; without this the town would be
    on the map twice. Only where no place inside bears the name.
    """
    out = places.copy()
    if "official_name" not in towns:
        return out
    wanted = towns[~_named(out, towns) & towns["official_name"].notna()]
    outlines = wanted.geometry.to_crs(country.crs_metric)
    columns = ["official_name", "official_total", "official_year"]
    for raion, outline, row in zip(
        wanted["raion_id"], outlines, wanted[columns].to_numpy(object), strict=True
    ):
        here = out[out["raion_id"].eq(str(raion)) & out["town"].isna()]
        same = here[_bears(here, slavic_key(row[0]))]
        points = gpd.GeoSeries.from_xy(same["lon"], same["lat"], crs="EPSG:4326")
        away = points.to_crs(country.crs_metric).distance(outline)
        near = away[away <= NEAR_KM * 1000]
        if len(near):
            taken = ["town", "official_total", "official_year"]
            out.loc[near.idxmin(), taken] = row
    return out


def _bears(places: pd.DataFrame, key: str) -> pd.Series:
    """Tell which places bear a name of this key in Russian or Belarusian."""
    found = pd.Series(data=False, index=places.index)
    for column in _SPELLINGS:
        found |= pd.Series(
            [slavic_key(name) == key for name in places[column]],
            index=places.index,
            dtype="bool",
        )
    return found


def _named(places: pd.DataFrame, towns: gpd.GeoDataFrame) -> pd.Series:
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
        if best_likeness((ru, be), town) >= ALIKE
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
    places: pd.DataFrame,
    towns: gpd.GeoDataFrame,
    census: pd.DataFrame,
    country: Country,
) -> pd.DataFrame:
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
    words = missing["official_name"].str.split(" ", n=1)
    return pd.DataFrame(
        {
            "id": _town_ids(missing, census, country),
            "name_ru": words.str[-1],
            "name_be": missing["name_be"],
            "place_type": words.str[0].map(_TYPES),
            "lon": points.x.round(5),
            "lat": points.y.round(5),
            "raion_id": missing["raion_id"],
            "_source": missing["_source"],
            "_date": missing["_date"],
            "_selsovet_declared": False,
            "_from_polygon": True,
        }
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


def flag_town_twins(places: pd.DataFrame, census: pd.DataFrame) -> pd.DataFrame:
    """Flag a second place that bears a town's name inside the town's polygon.

    The place of the census row, else the one with most people, else the lower id
    stands for the town. A place with a census row of its own is no twin.
    """
    out = places.copy()
    with_row = set(census["settlement_id"].dropna())
    inside = out[out["town"].notna() & counted(out)]
    inside = inside[["id", "raion_id", "town", "population", *_SPELLINGS]]
    for (_, town), group in inside.groupby(["raion_id", "town"]):
        same = group[_bears(group, slavic_key(town))]
        if len(same) < 2:  # noqa: PLR2004 - a twin takes two
            continue
        ranked = same.assign(
            _row=same["id"].isin(with_row),
            _people=same["population"].astype("Float64").fillna(0.0),
        ).sort_values(["_row", "_people", "id"], ascending=[False, False, True])
        twins = ranked.index[1:][~ranked["_row"].iloc[1:].to_numpy()]
        out.loc[twins, "duplicate_of"] = ranked["id"].iloc[0]
    return out
