"""Areas: country, oblasts, raions and cities of their own.

Oblasts and the country are dissolved from the raions, so that the levels cannot
contradict each other.
"""

from dataclasses import dataclass

import geopandas as gpd
import pandas as pd

from geo.layers.area_units import with_codes, with_ids, with_names, with_oblast_names
from geo.layers.inputs import Inputs
from geo.layers.names import NAME_COLUMNS, area_key, first_name
from geo.layers.schema import LANGUAGES
from geo.layers.towns import match_towns, split_cities
from geo.sources.country import Country
from geo.types import Level

_CRS = "EPSG:4326"
#: column of the release table <- column of the official list
_OFFICIAL = {
    "population_official": "total",
    "population_official_urban": "urban",
    "population_official_rural": "rural",
    "population_official_year": "year",
    "population_young_urban": "young_urban",
    "population_young_rural": "young_rural",
    "population_old_urban": "old_urban",
    "population_old_rural": "old_rural",
}


@dataclass
class Territory:
    """Areas of a country and the town polygons inside the raions.

    Attributes
    ----------
    areas
        The release table ``areas`` (GeoDataFrame, EPSG:4326; geometry may be null) and,
        of raion-level units, ``city``, ``area_id`` and ``inside_id`` (polygon ids of
        the unit and of the raion around it), ``oblast_id``.
    towns
        Town polygons: ``name_*``, ``raion_id``, ``geometry``.
    """

    areas: gpd.GeoDataFrame
    towns: gpd.GeoDataFrame

    def level(self, level: Level) -> gpd.GeoDataFrame:
        """Return the areas of one level."""
        return self.areas[self.areas["level"] == level]


def build_territory(inputs: Inputs, country: Country) -> Territory:
    """Join polygons, names, codes and official residents into areas.

    Raises
    ------
    LayerError
        If two polygons have the same id.
    """
    polygons = inputs.table("areas")
    if not isinstance(polygons, gpd.GeoDataFrame):
        return Territory(_columns(_only_country(country), country), _no_towns())
    polygons = with_names(polygons, inputs.table("area_names"))
    raions = polygons[polygons["area_kind"] == "raion"].reset_index(drop=True)
    towns = polygons[polygons["area_kind"] == "town"].reset_index(drop=True)
    towns = match_towns(towns, raions, inputs.table("area_population"))
    cities, towns = split_cities(towns)
    units = _stacked([raions.assign(city=False), cities])
    units = with_codes(units, inputs, country)
    units = with_oblast_names(units, raions, polygons, country)
    units = with_ids(units, country)
    towns["raion_id"] = towns["unit_id"].map(units.set_index("area_id")["id"])
    units = _with_their_towns(units, towns)
    oblasts = _oblasts(units, polygons)
    units = units.assign(parent=units["oblast_id"], level=Level.RAION.value)
    whole = _only_country(country)
    pieces = oblasts if len(oblasts) else units
    whole["geometry"] = gpd.GeoSeries([pieces.geometry.union_all()], crs=_CRS)
    areas = _stacked([whole, oblasts, units.rename(columns={"_source": "source"})])
    areas = _with_official(areas, inputs.table("area_population"), country)
    return Territory(_columns(areas, country), towns)


def _with_their_towns(
    units: gpd.GeoDataFrame, towns: gpd.GeoDataFrame
) -> gpd.GeoDataFrame:
    """Put the towns back into the raions that their polygons were cut out of.

    A raion runs its towns, and its official residents count them; the cities beside
    the raions are units of their own and stay out.
    """
    own = towns[["raion_id", "geometry"]].rename(columns={"raion_id": "id"})
    pieces = _stacked([units[["id", "geometry"]], own[own["id"].notna()]])
    whole = pieces.dissolve("id").loc[units["id"].to_list()].geometry
    return units.set_geometry(whole.set_axis(units.index))


def _stacked(parts: list[gpd.GeoDataFrame]) -> gpd.GeoDataFrame:
    table = pd.concat([part for part in parts if len(part)], ignore_index=True)
    for column in {name: None for part in parts for name in part}:
        if column not in table:  # it was known to an empty part only
            table[column] = pd.Series(None, index=table.index, dtype="str")
    return gpd.GeoDataFrame(table, geometry="geometry", crs=_CRS)


def _no_towns() -> gpd.GeoDataFrame:
    columns = [*NAME_COLUMNS, "raion_id", "geometry"]
    return gpd.GeoDataFrame(columns=columns, geometry="geometry", crs=_CRS)


def _only_country(country: Country) -> gpd.GeoDataFrame:
    row: dict[str, object] = {
        "id": country.code,
        "level": Level.COUNTRY.value,
        "analytic": False,
        "geometry": None,
    }
    row |= {
        f"name_{code}": text
        for code, text in country.names.items()
        if code in LANGUAGES
    }
    return gpd.GeoDataFrame([row], geometry="geometry", crs=_CRS)


def _columns(areas: gpd.GeoDataFrame, country: Country) -> gpd.GeoDataFrame:
    out = areas.copy()
    texts = [*NAME_COLUMNS, "parent", "source", "area_id", "inside_id", "oblast_id"]
    for column in texts:
        if column not in out:
            out[column] = pd.Series(None, index=out.index, dtype="str")
    for column in _OFFICIAL:
        if column not in out:
            out[column] = pd.Series(pd.NA, index=out.index, dtype="Int64")
    for column in ("analytic", "city"):
        known = out[column] if column in out else pd.Series(None, index=out.index)
        out[column] = known.eq(other=True)
    out["name"] = first_name(out, country.languages)
    return out.reset_index(drop=True)


def _oblasts(units: gpd.GeoDataFrame, polygons: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Dissolve oblasts from their raions and cities."""
    known = units[units["oblast_id"].notna()]
    if known.empty:
        return known
    merged = known[["oblast_id", "geometry"]].dissolve("oblast_id")
    out = merged.assign(
        id=merged.index,
        level=Level.OBLAST.value,
        parent_name=known.groupby("oblast_id")["parent_name"].first(),
        source=known["_source"].iloc[0],
    ).reset_index(drop=True)
    key = out["parent_name"].map(area_key)
    listed = polygons[polygons["area_kind"] == "oblast"]
    for column in NAME_COLUMNS:
        table: dict[str, str] = {}
        for other in NAME_COLUMNS:
            pair = listed[listed[column].notna()]
            keys = pair[other].map(area_key)
            table = dict(zip(keys[::-1], pair[column][::-1], strict=True)) | table
        table.pop("", None)
        out[column] = key.map(table).astype("str")
    missing = out[NAME_COLUMNS].isna().all(axis=1)
    out.loc[missing, "name_ru"] = out.loc[missing, "parent_name"]
    return out


def _with_official(
    areas: gpd.GeoDataFrame, official: pd.DataFrame, country: Country
) -> gpd.GeoDataFrame:
    """Attach the official residents of areas, by level and name."""
    out = areas.copy()
    if "parent" not in out:
        out["parent"] = pd.Series(None, index=out.index, dtype="str")
    orphan = out["parent"].isna() & out["level"].ne(Level.COUNTRY.value)
    out.loc[orphan, "parent"] = country.code
    rows = official[official["level"].isin(["country", "oblast", "raion", "city"])]
    rows = rows.assign(
        _level=rows["level"].replace({"city": "raion"}), _key=rows["name"].map(area_key)
    ).drop_duplicates(["_level", "_key"])
    named = out["name_ru"]
    if "official_name" in out:
        named = out["official_name"].fillna(named)
    keys = pd.MultiIndex.from_arrays([out["level"], named.map(area_key)])
    found = rows.set_index(["_level", "_key"]).reindex(keys).set_axis(out.index)
    for column, source in _OFFICIAL.items():
        out[column] = found[source].astype("Int64")
    # a capital is a unit of both levels: its oblast row has the city's residents
    units = out[out["level"] == Level.RAION.value]
    alone = units[~units["parent"].duplicated(keep=False)].set_index("parent")
    same = out["population_official"].isna() & out["id"].isin(alone.index)
    for column in _OFFICIAL:
        out.loc[same, column] = out.loc[same, "id"].map(alone[column])
    return out
