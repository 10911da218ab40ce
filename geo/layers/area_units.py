"""Raion-level units: names in all languages, codes, oblasts, ids.

Polygons of raions come from one source, their names in other languages and their
codes from others; they are joined by name.
"""

import geopandas as gpd
import pandas as pd

from geo.errors import LayerError
from geo.layers.inputs import Inputs
from geo.layers.names import NAME_COLUMNS, area_key, first_name
from geo.sources.country import Country

#: digits of a census code that name the raion or the city
_RAION_DIGITS = 4


def with_names(polygons: gpd.GeoDataFrame, names: pd.DataFrame) -> gpd.GeoDataFrame:
    """Complete the names of polygons from a list of names, by any shared name.

    Parameters
    ----------
    polygons
        Canonical table ``areas``.
    names
        Canonical table ``area_names``; a name that two of its areas bear joins none.
    """
    out = polygons.copy()
    for column in NAME_COLUMNS:
        if column not in out:
            out[column] = pd.Series(None, index=out.index, dtype="str")
    for kind, rows in names.groupby("area_kind"):
        for known, other in (("name_be", "name_ru"), ("name_ru", "name_be")):
            key = rows[known].map(area_key)
            unique = ~key.duplicated(keep=False) & key.ne("")
            lookup = rows[unique].set_index(key[unique])
            chosen = (out["area_kind"] == kind) & out[known].notna()
            found = out.loc[chosen, known].map(area_key)
            for column, source in ((other, other), ("parent_name", "parent_name")):
                told = found.map(lookup[source])
                out.loc[chosen, column] = out.loc[chosen, column].fillna(told)
    return out


def with_codes(
    units: gpd.GeoDataFrame, inputs: Inputs, country: Country
) -> gpd.GeoDataFrame:
    """Fill the official code of a unit from the codes of its census places.

    The first four digits of a census code name the raion or the city.
    """
    census = inputs.table("census")
    rows = census[census["code"].notna()]
    out = units.copy()
    declared = out["official_name"].map(country.area_codes).astype("str")
    out["code"] = out["code"].fillna(declared)
    for column in ("raion_name", "selsovet_name"):
        codes = _most_frequent(
            rows[column].map(area_key), rows["code"].str[:_RAION_DIGITS]
        )
        found = out["name_ru"].map(area_key).map(codes).astype("str")
        # only a city stands in the list as if it were a selsovet
        chosen = out["city"] | (column == "raion_name")
        out["code"] = out["code"].fillna(found.where(chosen))
    return out


def _most_frequent(keys: pd.Series, values: pd.Series) -> dict[str, str]:
    """Return the most frequent value of each key, of equals the first in order."""
    pairs = pd.DataFrame({"key": keys, "value": values}).dropna()
    counts = pairs.value_counts().rename("rows").reset_index()
    counts = counts.sort_values(["key", "rows", "value"], ascending=[True, False, True])
    first = counts.drop_duplicates("key")
    return dict(zip(first["key"], first["value"], strict=True))


def with_oblast_names(
    units: gpd.GeoDataFrame,
    raions: gpd.GeoDataFrame,
    polygons: gpd.GeoDataFrame,
    country: Country,
) -> gpd.GeoDataFrame:
    """Say in which oblast each unit lies: by name, else by an oblast polygon.

    A capital that statistics count as an oblast of its own is one.
    """
    out = units.copy()
    out["parent_name"] = out["official_oblast"].fillna(out["parent_name"])
    around = raions.set_index("area_id")["parent_name"]
    out["parent_name"] = out["parent_name"].fillna(out["inside_id"].map(around))
    oblasts = polygons[polygons["area_kind"] == "oblast"]
    missing = out["parent_name"].isna()
    if missing.any() and len(oblasts):
        points = gpd.GeoDataFrame(
            geometry=out.loc[missing].representative_point(), crs="EPSG:4326"
        )
        named = oblasts.assign(_name=first_name(oblasts, country.languages))
        joined = gpd.sjoin(points, named[["_name", "geometry"]])
        joined = joined[~joined.index.duplicated()]
        out["parent_name"] = out["parent_name"].fillna(joined["_name"])
    return out


def with_ids(units: gpd.GeoDataFrame, country: Country) -> gpd.GeoDataFrame:
    """Give ids: the official code where known, else the polygon source's id.

    Raises
    ------
    LayerError
        If two areas have the same id.
    """
    out = units.copy()
    coded = out["code"].notna() & ~out["code"].duplicated(keep=False)
    scheme = country.code_scheme
    own = out["area_id"].astype("str")
    out["id"] = (scheme + ":" + out["code"].astype("str")).where(coded, own)
    key = out["parent_name"].map(area_key)
    digits = _most_frequent(key, out["code"].str[:1])
    oblast = scheme + ":" + key.map(digits).astype("str")
    named = country.code + ":oblast:" + key
    out["oblast_id"] = oblast.fillna(named).where(key.ne("")).astype("str")
    if out["id"].duplicated().any():
        bad = out.loc[out["id"].duplicated(), "id"].iloc[0]
        raise LayerError(
            f"two areas have the id {bad!r}",
            where="layer areas",
            remedy="Give the polygons an id or a code of their own (reader options).",
        )
    return out
