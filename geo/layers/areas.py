"""Areas: country, oblasts, raions and cities of their own, analytic grid.

Polygons of raions come from one source, their names in other languages and their
codes from others; they are joined by name. Oblasts and the country are dissolved
from the raions, so that the levels cannot contradict each other.
"""

from dataclasses import dataclass

import geopandas as gpd
import pandas as pd

from geo.errors import LayerError
from geo.layers.inputs import Inputs
from geo.layers.names import area_key
from geo.layers.schema import LANGUAGES
from geo.layers.towns import match_towns, split_cities
from geo.sources.country import Country
from geo.types import Level

NAME_COLUMNS = [f"name_{language}" for language in LANGUAGES]


@dataclass
class Territory:
    """Areas of a country and the town polygons inside the raions.

    Attributes
    ----------
    areas
        The release table ``areas`` (GeoDataFrame, EPSG:4326), geometry may be null.
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
        If an official name matches two polygons.
    """
    polygons = inputs.table("areas")
    if "geometry" not in polygons:
        return Territory(_only_country(country), _no_towns())
    polygons = _with_names(gpd.GeoDataFrame(polygons), inputs.table("area_names"))
    raions = polygons[polygons["area_kind"] == "raion"].reset_index(drop=True)
    towns = polygons[polygons["area_kind"] == "town"].reset_index(drop=True)
    towns = match_towns(towns, raions, inputs.table("area_population"))
    cities, towns = split_cities(towns)
    units = pd.concat([raions.assign(city=False), cities], ignore_index=True)
    units = gpd.GeoDataFrame(units, geometry="geometry", crs="EPSG:4326")
    units = _with_codes(units, inputs, country)
    units = _identified(_with_oblast_keys(units, raions, polygons), country)
    by_polygon = units.set_index("area_id")["id"]
    towns["raion_id"] = towns["unit_id"].map(by_polygon)
    oblasts = _oblasts(units, towns, polygons)
    units = units.assign(parent=units["oblast_id"], level=Level.RAION.value)
    areas = pd.concat(
        [_country_row(oblasts if len(oblasts) else units, country), oblasts, units],
        ignore_index=True,
    )
    areas = _with_official(areas, inputs.table("area_population"), country)
    return Territory(_columns(gpd.GeoDataFrame(areas, crs="EPSG:4326")), towns)


def _no_towns() -> gpd.GeoDataFrame:
    columns = [*NAME_COLUMNS, "raion_id", "geometry"]
    return gpd.GeoDataFrame(columns=columns, geometry="geometry", crs="EPSG:4326")


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
    frame = gpd.GeoDataFrame([row], geometry="geometry", crs="EPSG:4326")
    return _columns(frame)


def _columns(areas: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    out = areas.copy()
    for column in (
        *NAME_COLUMNS,
        "parent",
        "source",
        "population_official",
        "population_official_urban",
        "population_official_rural",
        "population_official_year",
        "oblast_id",
    ):
        if column not in out:
            out[column] = pd.NA
    out["analytic"] = out["analytic"].fillna(value=False).astype(bool)
    out["name"] = first_name(out)
    return out.reset_index(drop=True)


def first_name(table: pd.DataFrame) -> pd.Series:
    """Return the first known name per row, in the order of the languages."""
    present = [column for column in NAME_COLUMNS if column in table]
    names = table[present].astype("object")
    return names.bfill(axis=1).iloc[:, 0].astype("str")


def _with_names(polygons: gpd.GeoDataFrame, names: pd.DataFrame) -> gpd.GeoDataFrame:
    """Complete the names of polygons from a list of names, by any shared name."""
    out = polygons.copy()
    for column in ("name_ru", "name_be", "name_en"):
        if column not in out:
            out[column] = pd.Series(pd.NA, index=out.index, dtype="str")
    for kind, rows in names.groupby("area_kind"):
        for known, other in (("name_be", "name_ru"), ("name_ru", "name_be")):
            key = rows[known].map(area_key)
            unique = ~key.duplicated(keep=False) & key.ne("")
            lookup = pd.Series(rows.loc[unique, other].to_numpy(), index=key[unique])
            parents = pd.Series(
                rows.loc[unique, "parent_name"].to_numpy(), index=key[unique]
            )
            chosen = (out["area_kind"] == kind) & out[known].notna()
            found = out.loc[chosen, known].map(area_key)
            out.loc[chosen, other] = out.loc[chosen, other].fillna(found.map(lookup))
            out.loc[chosen, "parent_name"] = out.loc[chosen, "parent_name"].fillna(
                found.map(parents)
            )
    return out


def _with_codes(
    units: gpd.GeoDataFrame, inputs: Inputs, country: Country
) -> gpd.GeoDataFrame:
    """Fill the official code of a unit from the codes of its census places.

    The first four digits of a census code name the raion or the city.
    """
    census = inputs.table("census")
    out = units.copy()
    out["code"] = out["code"].fillna(out["official_name"].map(country.area_codes))
    for column in ("raion_name", "selsovet_name"):
        rows = census.loc[census["code"].notna()]
        prefix = rows["code"].str[:4].groupby(rows[column].map(area_key))
        one = prefix.agg(lambda codes: codes.value_counts().index[0])
        chosen = out["city"] if column == "selsovet_name" else out.index == out.index
        found = out["name_ru"].map(area_key).map(one)
        out["code"] = out["code"].fillna(found.where(chosen))
    return out


def _with_oblast_keys(
    units: gpd.GeoDataFrame, raions: gpd.GeoDataFrame, polygons: gpd.GeoDataFrame
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
        joined = gpd.sjoin(
            points, oblasts.assign(_name=first_name(oblasts))[["_name", "geometry"]]
        )
        joined = joined[~joined.index.duplicated()]
        out["parent_name"] = out["parent_name"].fillna(joined["_name"])
    return out


def _identified(units: gpd.GeoDataFrame, country: Country) -> gpd.GeoDataFrame:
    """Give ids: the official code where known, else the polygon source's id."""
    out = units.copy()
    coded = out["code"].notna()
    scheme = country.code_scheme
    out["id"] = (scheme + ":" + out["code"].astype("str")).where(
        coded, out["area_id"].astype("str")
    )
    twice = out["id"].duplicated(keep=False) & coded
    out.loc[twice, "id"] = out.loc[twice, "area_id"].astype("str")
    key = out["parent_name"].map(area_key)
    # most units of an oblast share its digit; of equally frequent ones none is sure
    modes = out["code"].str[:1].groupby(key).agg(lambda c: "".join(c.dropna().mode()))
    code = key.map(modes.where(modes.str.len() == 1))
    oblast = (scheme + ":" + code.astype("str")).where(code.notna())
    named = country.code + ":oblast:" + key
    out["oblast_id"] = oblast.fillna(named).where(key.ne(""))
    if out["id"].duplicated().any():
        bad = out.loc[out["id"].duplicated(), "id"].iloc[0]
        raise LayerError(
            f"two areas have the id {bad!r}",
            where="layer areas",
            remedy="Give the polygons an id or a code of their own (reader options).",
        )
    return out


def _oblasts(
    units: gpd.GeoDataFrame, towns: gpd.GeoDataFrame, polygons: gpd.GeoDataFrame
) -> gpd.GeoDataFrame:
    """Dissolve oblasts from their raions, cities and towns."""
    known = units[units["oblast_id"].notna()]
    if known.empty:
        return known.iloc[:0]
    oblast_of = units.set_index("id")["oblast_id"]
    pieces = pd.concat(
        [
            known[["oblast_id", "geometry"]],
            towns.assign(oblast_id=towns["raion_id"].map(oblast_of))[
                ["oblast_id", "geometry"]
            ].dropna(subset=["oblast_id"]),
        ]
    )
    merged = gpd.GeoDataFrame(pieces, crs="EPSG:4326").dissolve("oblast_id")
    names = known.groupby("oblast_id")["parent_name"].first()
    out = merged.assign(
        id=merged.index, level=Level.OBLAST.value, parent_name=names
    ).reset_index(drop=True)
    known_names = polygons[polygons["area_kind"] == "oblast"]
    key = out["parent_name"].map(area_key)
    for column in ("name_ru", "name_be", "name_en"):
        table = pd.Series(dtype="str")
        for other in ("name_ru", "name_be", "name_en"):
            pair = known_names.assign(_key=known_names[other].map(area_key))
            pair = pair[pair["_key"].ne("")].drop_duplicates("_key")
            table = table.combine_first(pair.set_index("_key")[column])
        out[column] = key.map(table)
    out["name_ru"] = out["name_ru"].fillna(out["parent_name"])
    out["source"] = known["_source"].iloc[0]
    return gpd.GeoDataFrame(out, geometry="geometry", crs="EPSG:4326")


def _country_row(pieces: gpd.GeoDataFrame, country: Country) -> gpd.GeoDataFrame:
    row = _only_country(country)
    row["geometry"] = gpd.GeoSeries([pieces.geometry.union_all()], crs="EPSG:4326")
    return row


def _with_official(
    areas: pd.DataFrame, official: pd.DataFrame, country: Country
) -> pd.DataFrame:
    """Attach the official residents of areas, by level and name."""
    out = areas.copy()
    out["source"] = out.get("_source", out.get("source"))
    out.loc[out["parent"].isna() & out["level"].ne("country"), "parent"] = country.code
    rows = official[official["level"].isin(["country", "oblast", "raion", "city"])]
    rows = rows.assign(
        _level=rows["level"].replace({"city": "raion"}), _key=rows["name"].map(area_key)
    ).drop_duplicates(["_level", "_key"])
    lookup = rows.set_index(["_level", "_key"])
    keys = pd.MultiIndex.from_arrays(
        [out["level"], out["official_name"].fillna(out["name_ru"]).map(area_key)]
    )
    found = lookup.reindex(keys)
    # a capital is a unit of both levels: its oblast row has the city's residents
    for column, source in (
        ("population_official", "total"),
        ("population_official_urban", "urban"),
        ("population_official_rural", "rural"),
        ("population_official_year", "year"),
    ):
        out[column] = found[source].to_numpy()
    single = out[out["level"] == "raion"].groupby("parent")["id"].transform("size")
    alone = out.loc[single[single == 1].index]
    for unit in alone.itertuples():
        same = (out["id"] == unit.parent) & out["population_official"].isna()
        for column in (
            "population_official",
            "population_official_urban",
            "population_official_rural",
            "population_official_year",
        ):
            out.loc[same, column] = out.loc[unit.Index, column]
    return out
