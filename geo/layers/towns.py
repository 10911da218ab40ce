"""Town polygons: which raion they were cut out of, which official town they are."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.layers.names import area_key, best_likeness

#: below this likeness two spellings are not taken for one name
ALIKE = 0.7


def match_towns(
    towns: gpd.GeoDataFrame, raions: gpd.GeoDataFrame, official: pd.DataFrame
) -> gpd.GeoDataFrame:
    """Join town polygons with the raion around them and with their official row.

    Parameters
    ----------
    towns, raions
        Polygons with ``area_id`` and ``name_*``.
    official
        Canonical table ``area_population``.

    Returns
    -------
    GeoDataFrame
        ``towns`` with ``inside_id`` (polygon id of the raion), ``official_name``,
        ``official_level`` (city, town), ``council`` (raion-level unit of a city
        council), ``official_oblast``, ``official_total``, ``official_year``.
    """
    out = towns.copy()
    position = surrounding(towns, raions)
    ids = raions["area_id"].reindex(position.replace(-1, np.nan)).to_numpy()
    out["inside_id"] = pd.Series(ids, index=out.index, dtype="str")
    inside = raions.assign(_key=raions["name_ru"].map(area_key)).set_index("area_id")
    raion_key = out["inside_id"].map(inside["_key"]).fillna("")
    rows = official[official["level"].isin(["city", "town"])].copy()
    rows["_key"] = rows["raion_name"].map(area_key)
    rows.loc[_council(rows["raion_name"]) | (rows["level"] == "city"), "_key"] = ""
    matched = _pairs(out, raion_key, rows)
    picked = rows.reindex(matched)
    out["official_name"] = picked["name"].to_numpy()
    out["official_level"] = picked["level"].to_numpy()
    council = picked["raion_name"].where(_council(picked["raion_name"]))
    out["council"] = council.to_numpy()
    out["official_oblast"] = picked["oblast_name"].to_numpy()
    out["official_total"] = picked["total"].to_numpy()
    out["official_year"] = picked["year"].to_numpy()
    return out


def _council(names: pd.Series) -> pd.Series:
    """Tell which units are city councils: towns without a raion around them."""
    return names.str.contains("горсовет", na=False)


def _pairs(
    towns: gpd.GeoDataFrame, raion_key: pd.Series, rows: pd.DataFrame
) -> pd.Series:
    """Pair polygons with official rows, the most alike first, each once."""
    candidates = []
    listed = list(zip(rows.index, rows["_key"], rows["name"], strict=True))
    for index, ru, be in zip(
        towns.index, towns["name_ru"], towns["name_be"], strict=True
    ):
        for row, key, name in listed:
            local = key != ""
            if local and key != raion_key[index]:
                continue
            alike = best_likeness((ru, be), name)
            if alike >= (ALIKE / 2 if local else ALIKE):
                candidates.append((-alike, not local, index, row))
    taken: dict[object, object] = {}
    used: set[object] = set()
    for _, _, index, row in sorted(candidates):
        if index not in taken and row not in used:
            taken[index] = row
            used.add(row)
    return pd.Series(taken, dtype="object").reindex(towns.index)


def surrounding(towns: gpd.GeoDataFrame, raions: gpd.GeoDataFrame) -> pd.Series:
    """Return the position of the raion that each town was cut out of, -1 for none.

    A town is a hole in its raion; one at the raion's edge shares most of its border
    with it; where raions hold their towns, it lies inside.
    """
    if towns.empty or raions.empty:
        return pd.Series(-1, index=towns.index, dtype="int64")
    pairs = raions.sindex.query(towns.geometry.to_numpy(), predicate="intersects")
    edge = shapely.boundary(towns.geometry.to_numpy()[pairs[0]])
    shared = shapely.length(
        shapely.intersection(edge, raions.geometry.to_numpy()[pairs[1]])
    )
    best = (
        pd.DataFrame({"town": pairs[0], "raion": pairs[1], "shared": shared})
        .sort_values(["shared", "raion"])
        .groupby("town")["raion"]
        .last()
    )
    found = best.reindex(range(len(towns)), fill_value=-1)
    return pd.Series(found.to_numpy(), index=towns.index, dtype="int64")


def split_cities(
    towns: gpd.GeoDataFrame,
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Split off the cities that statistics count beside the raions, not in them.

    Returns
    -------
    tuple
        Cities (one row per unit, its towns dissolved), and all towns with
        ``unit_id``: the polygon id of the raion or city that each belongs to.
    """
    out = towns.copy()
    city = out["official_name"].where(out["official_level"] == "city")
    unit = out["council"].fillna(city)
    cities = out[unit.notna()].assign(_unit=unit[unit.notna()])
    out["unit_id"] = out["inside_id"]
    if cities.empty:
        return cities.assign(city=True), out.reset_index(drop=True)
    cities["_area"] = shapely.area(cities.geometry.to_numpy())
    largest = cities.sort_values("_area", ascending=False).drop_duplicates("_unit")
    merged = cities.dissolve("_unit").loc[largest["_unit"].to_list()].geometry
    largest = largest.set_geometry(merged.set_axis(largest.index))
    largest["official_name"] = largest["_unit"]
    largest["name_ru"] = largest["_unit"]
    largest["area_kind"] = "raion"
    largest["city"] = True
    # the town polygons stay too: they tell which places lie in the town itself
    own = dict(zip(largest["_unit"], largest["area_id"], strict=True))
    out["unit_id"] = unit.map(own).fillna(out["inside_id"])
    return (
        largest.drop(columns=["_unit", "_area"]).sort_index(),
        out.reset_index(drop=True),
    )
