"""The settlements layer: places located, named, classified and populated."""

from dataclasses import dataclass
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.errors import LayerError
from geo.layers.areas import NAME_COLUMNS, Territory, first_name
from geo.layers.census import account
from geo.layers.centres import mark_centres
from geo.layers.inputs import Inputs
from geo.layers.kinds import classify
from geo.layers.names import area_key
from geo.layers.population import Fit, populate
from geo.layers.schema import LANGUAGES, TABLES
from geo.layers.town_places import (
    adopt_nearby,
    flag_town_twins,
    unlisted_towns,
)
from geo.sources.country import Country
from geo.types import Tristate


@dataclass
class Settled:
    """The settlements layer and what was learnt on the way."""

    settlements: gpd.GeoDataFrame
    census: pd.DataFrame
    identifiers: pd.DataFrame
    selsovets: gpd.GeoDataFrame
    rejected: pd.DataFrame
    fit: Fit | None


def settle(inputs: Inputs, territory: Territory, country: Country, on: date) -> Settled:
    """Build the settlements of a country.

    Parameters
    ----------
    inputs
        Canonical tables; ``places`` must not be empty.
    territory
        Areas and town polygons.
    country, on
        Declarations, and the day of the release.

    Raises
    ------
    LayerError
        If no source gives a single settlement.
    """
    places, rejected = _located(inputs, territory, country)
    if places.empty:
        raise LayerError(
            "no settlement is left after reading the sources",
            where=f"country {country.code}",
            remedy="Look at the rejected rows; check the feeds in country.yaml.",
        )
    census = account(inputs.table("census"), places, country)
    places = flag_town_twins(_from_census(places, census), census)
    kinds = classify(places, country)
    places = places.assign(**{name: kinds[name] for name in kinds})
    places = mark_centres(places, territory, country)
    numbers, fit = populate(places, census, territory.areas, inputs, country, on)
    places = places.drop(columns=["population", "population_year"]).join(
        numbers[[name for name in numbers if not name.startswith("_")]]
    )
    places["name"] = first_name(places).fillna(places["id"])
    selsovets = _selsovets(places, census)
    table = _columns(places, country)
    return Settled(
        table, census, _identifiers(places, country), selsovets, rejected, fit
    )


def _located(
    inputs: Inputs, territory: Territory, country: Country
) -> tuple[gpd.GeoDataFrame, pd.DataFrame]:
    """Put each place into its raion; refuse what lies in none."""
    table = _overridden(inputs.table("places")).rename(columns={"place_id": "id"})
    for column in NAME_COLUMNS:
        if column not in table:
            table[column] = pd.Series(pd.NA, index=table.index, dtype="str")
    table["_from_polygon"] = False
    places = gpd.GeoDataFrame(
        table,
        geometry=gpd.points_from_xy(table["lon"], table["lat"]),
        crs="EPSG:4326",
    )
    units = territory.areas[territory.areas["level"] == "raion"]
    units = units[units.geometry.notna()]
    if units.empty:
        places = places.assign(raion_id=None, oblast_id=None, city=False, town=None)
        places["raion_key"] = places["unit_key"] = None
        places["official_total"] = places["official_year"] = pd.NA
        return places, _no_rejected(inputs)
    places["raion_id"] = _unit(places, units, territory.towns, country)
    refused = places[places["raion_id"].isna()]
    places = places[places["raion_id"].notna()].reset_index(drop=True)
    towns = territory.towns
    placed = adopt_nearby(_in_towns(places, towns), towns, country)
    missing = unlisted_towns(placed, towns, inputs.table("census"), country)
    placed = pd.concat([placed, _in_towns(missing, towns)], ignore_index=True)
    placed = gpd.GeoDataFrame(placed, geometry="geometry", crs="EPSG:4326")
    return _in_units(placed, units), _outside(refused)


def _no_rejected(inputs: Inputs) -> pd.DataFrame:
    return inputs.rejected.iloc[:0]


def _outside(refused: pd.DataFrame) -> pd.DataFrame:
    files = refused["_source"].astype("str")
    return pd.DataFrame(
        {
            "source": files,
            "file": "",
            "row": refused["id"].astype("str"),
            "field": "lon, lat",
            "value": refused["lon"].astype("str") + ", " + refused["lat"].astype("str"),
            "reason": "the point lies outside the country's areas",
        }
    )


def _overridden(places: pd.DataFrame) -> pd.DataFrame:
    """Let a later feed's known fields win over an earlier one of the same place.

    A declared register (a raion workbook) names a place by its id and fills only
    what it knows.
    """
    table = places.copy()
    table["_override"] = table["lon"].isna() & table["lat"].isna()
    base = table[~table["_override"]]
    base = base[~base["place_id"].duplicated()].reset_index(drop=True)
    extra = table[table["_override"]]
    if extra.empty:
        return base
    keyed = base.set_index("place_id")
    latest = extra.groupby("place_id").last()
    latest = latest.loc[latest.index.intersection(keyed.index)]
    for column in (
        "kind",
        "selsovet_centre",
        "selsovet_name",
        "population",
        "population_year",
    ):
        known = latest[column].dropna()
        keyed.loc[known.index, column] = known
        if column == "population":
            keyed.loc[known.index, "_override"] = True
            keyed.loc[known.index, "_source"] = latest.loc[known.index, "_source"]
    return keyed.reset_index()


def _unit(
    places: gpd.GeoDataFrame,
    units: gpd.GeoDataFrame,
    towns: gpd.GeoDataFrame,
    country: Country,
) -> pd.Series:
    """Return the raion-level unit of each point, NA outside all of them.

    A town polygon counts for the raion it was cut out of. A point just outside (the
    outlines are generalised) takes the nearest unit within the border tolerance.
    """
    shapes = pd.concat(
        [
            units[["id", "geometry"]],
            towns.rename(columns={"raion_id": "id"})[["id", "geometry"]].dropna(
                subset=["id"]
            ),
        ],
        ignore_index=True,
    )
    shapes = gpd.GeoDataFrame(shapes, geometry="geometry", crs="EPSG:4326")
    pairs = shapes.sindex.query(places.geometry.to_numpy(), predicate="intersects")
    first = pd.Series(pairs[1], index=pairs[0]).groupby(level=0).min()
    ids = shapes["id"].to_numpy()
    found = pd.Series(None, index=places.index, dtype="object")
    found.iloc[first.index] = ids[first.to_numpy()]
    open_ = found.isna()
    if open_.any() and country.border_tolerance_km > 0:
        metric = shapes.to_crs(country.crs_metric)
        points = places.loc[open_].to_crs(country.crs_metric)
        near = metric.sindex.nearest(
            points.geometry.to_numpy(),
            return_all=False,
            max_distance=country.border_tolerance_km * 1000,
        )
        found.loc[points.index[near[0]]] = ids[near[1]]
    return found.astype("str")


def _in_units(places: gpd.GeoDataFrame, units: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    by_id = units.set_index("id")
    out = places.copy()
    out["oblast_id"] = out["raion_id"].map(by_id["oblast_id"])
    out["city"] = out["raion_id"].map(by_id["city"]).fillna(value=False).astype(bool)
    keyed = {
        unit: frozenset(
            filter(None, (area_key(row[name]) for name in ("name_ru", "name_be")))
        )
        for unit, row in by_id.iterrows()
    }
    out["unit_key"] = out["raion_id"].map(keyed)
    # a city grows over villages of the raion around it
    around = by_id["inside_id"].map(
        dict(zip(by_id["area_id"], by_id.index, strict=True))
    )
    wide = {
        unit: own | keyed.get(around[unit], frozenset()) for unit, own in keyed.items()
    }
    out["raion_key"] = out["raion_id"].map(wide)
    return out


def _in_towns(places: gpd.GeoDataFrame, towns: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Name the town polygon around each place, with its official residents."""
    out = places.copy()
    out["town"] = pd.Series(None, index=out.index, dtype="object")
    out["official_total"] = out["official_year"] = pd.NA
    if towns.empty or "official_name" not in towns:
        return out
    pairs = towns.sindex.query(out.geometry.to_numpy(), predicate="intersects")
    if len(pairs[0]):
        spot = out.index[pairs[0]]
        for column, source in (
            ("town", "official_name"),
            ("official_total", "official_total"),
            ("official_year", "official_year"),
        ):
            out.loc[spot, column] = towns[source].to_numpy()[pairs[1]]
    return out


def _from_census(places: gpd.GeoDataFrame, census: pd.DataFrame) -> gpd.GeoDataFrame:
    """Take type, selsovet and a missing Russian name from the matched census row."""
    if census.empty:
        return places
    out = places.copy()
    matched = census[census["settlement_id"].notna()].drop_duplicates("settlement_id")
    by_id = matched.set_index("settlement_id")
    typed = (
        out["id"]
        .map(by_id["place_type"])
        .fillna(out["place_type"].where(out["_from_polygon"]))
    )
    # what the provider copied from a row that belongs to another place goes
    out["place_type"] = typed.astype("str")
    out["selsovet_code"] = out["id"].map(by_id["code"]).astype("str")
    out["selsovet_name"] = out["id"].map(by_id["selsovet_name"]).astype("str")
    name = out["id"].map(by_id["name"])
    out["name_ru"] = out["name_ru"].fillna(name)
    cities = out["city"] & typed.isna() & _is_city_itself(out)
    out.loc[cities, "place_type"] = "г"
    return out


def _is_city_itself(places: pd.DataFrame) -> pd.Series:
    """Tell which places bear the name of the city unit that they lie in."""
    return pd.Series(
        [
            isinstance(keys, frozenset)
            and bool(
                keys & {area_key(name) for name in (ru, be) if isinstance(name, str)}
            )
            for keys, ru, be in zip(
                places["unit_key"], places["name_ru"], places["name_be"], strict=True
            )
        ],
        index=places.index,
    )


def _selsovets(places: gpd.GeoDataFrame, census: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return the selsovets that are known by code; no source has their outlines."""
    known = places[places["selsovet_id"].notna()]
    first = known.sort_values("selsovet_id").drop_duplicates("selsovet_id")
    return gpd.GeoDataFrame(
        {
            "id": first["selsovet_id"].to_numpy(),
            "level": "selsovet",
            "name": first["selsovet_name"].to_numpy(),
            "name_ru": first["selsovet_name"].to_numpy(),
            "parent": first["raion_id"].to_numpy(),
            "analytic": False,
            "source": first["_source"].to_numpy(),
            "geometry": np.full(len(first), None),
        },
        geometry="geometry",
        crs="EPSG:4326",
    )


def _identifiers(places: gpd.GeoDataFrame, country: Country) -> pd.DataFrame:
    """Return the crosswalk of codes: own id and every ``code_<scheme>`` column."""
    parts = [
        pd.DataFrame(
            {
                "id": places["id"],
                "scheme": places["id"].str.split(":", n=1).str[0],
                "value": places["id"].str.split(":", n=1).str[1],
                "valid_from": places["_date"],
                "source": places["_source"],
            }
        )
    ]
    for column in sorted(name for name in places if str(name).startswith("code_")):
        known = places[places[column].notna()]
        parts.append(
            pd.DataFrame(
                {
                    "id": known["id"],
                    "scheme": str(column).removeprefix("code_"),
                    "value": known[column].astype("str"),
                    "valid_from": known["_date"],
                    "source": known["_source"],
                }
            )
        )
    table = pd.concat(parts, ignore_index=True)
    table["valid_from"] = pd.to_datetime(table["valid_from"]).dt.date
    table["valid_to"] = None
    return table.drop_duplicates(["id", "scheme", "value"])


def _columns(places: gpd.GeoDataFrame, country: Country) -> gpd.GeoDataFrame:
    out = places.copy()
    out["selsovet_centre"] = out["selsovet_centre"].fillna(Tristate.UNKNOWN.value)
    known = out["selsovet_centre"].ne(Tristate.UNKNOWN.value)
    out["selsovet_centre_status"] = np.where(known, "declared", "unknown")
    out["households_low"] = 0.0
    out["households_high"] = np.nan
    out["country_id"] = country.code
    out["source"] = out["_source"]
    out["grid_id"] = None
    for column in (f"name_{language}" for language in LANGUAGES):
        if column not in out:
            out[column] = None
    wanted = [*TABLES["settlements"].schema.names]
    out["geometry"] = shapely.points(out["lon"].to_numpy(), out["lat"].to_numpy())
    return gpd.GeoDataFrame(
        out[wanted].sort_values("id").set_index("id", drop=False),
        geometry="geometry",
        crs="EPSG:4326",
    ).rename_axis(None)
