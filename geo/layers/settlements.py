"""The settlements layer: places located, named, classified and populated."""

from dataclasses import dataclass
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.errors import LayerError
from geo.layers.areas import Territory
from geo.layers.census import account
from geo.layers.census_points import proved
from geo.layers.centres import mark_centres
from geo.layers.class_statements import stated, statements_table
from geo.layers.inputs import Inputs
from geo.layers.joint_people import JointPeople
from geo.layers.kinds import classify
from geo.layers.names import area_key, first_name, name_key
from geo.layers.placing import placed
from geo.layers.population import populate
from geo.layers.schema import LANGUAGES, TABLES
from geo.layers.selsovets import selsovet_areas, with_selsovets
from geo.layers.town_places import flag_town_twins
from geo.sources.country import Country
from geo.types import Status, Tristate


@dataclass
class Settled:
    """The settlements layer and what was learnt on the way.

    ``centres``: id of a raion or oblast -> id of the settlement that it is run from.
    ``class_statements``: release table.
    """

    settlements: gpd.GeoDataFrame
    census: pd.DataFrame
    identifiers: pd.DataFrame
    selsovets: gpd.GeoDataFrame
    rejected: pd.DataFrame
    people: JointPeople | None
    centres: dict[str, str]
    class_statements: pd.DataFrame


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
    places, refused = placed(inputs, territory, country)
    if places.empty:
        raise LayerError(
            "no settlement is left after reading the sources",
            where=f"country {country.code}",
            remedy="Look at the rejected rows; check the feeds in country.yaml.",
        )
    census, uncorrected = account(inputs.table("census"), places, country)
    census, places, unproved = proved(census, places, inputs, territory, country)
    places = flag_town_twins(_from_census(places, census), census)
    statements = stated(places, inputs, country)
    kinds = classify(places, statements, country)
    places = pd.concat([places.drop(columns="kind"), kinds], axis=1)
    places, centres, unmarked = mark_centres(places, territory, country)
    # what lies abroad has no share in the people of any area
    own = places[places["foreign"].isna()]
    peopled = populate(own, census, territory.areas, inputs, country, on)
    numbers = peopled.columns
    places = places.drop(columns=["population", "population_year"]).join(numbers)
    places = places.fillna({"population_status": Status.UNKNOWN.value})
    places["name"] = first_name(places, country.languages).fillna(places["id"])
    places, astray = with_selsovets(places, census, territory.areas, country)
    rejected = [refused, uncorrected, unproved, unmarked, peopled.rejected, astray]
    return Settled(
        _columns(places, country),
        census,
        _identifiers(places),
        selsovet_areas(places),
        pd.concat(rejected, ignore_index=True),
        peopled.joint,
        centres,
        statements_table(statements),
    )


def _from_census(places: pd.DataFrame, census: pd.DataFrame) -> pd.DataFrame:
    """Take type, selsovet and a missing Russian name from the matched census row.

    Where census and register agree on another name than the list's, it is theirs. What
    the provider copied from a row that belongs to another place goes; what a raion
    declares of its selsovets stays.
    """
    if census.empty:
        return places.assign(census_row=None)
    out = places.copy()
    matched = census[census["settlement_id"].notna()].set_index("settlement_id")
    rows = matched.reindex(out["id"]).set_axis(out.index)
    polygon = out["place_type"].where(out["_from_polygon"].astype(bool))
    typed = rows["place_type"].fillna(polygon)
    out["place_type"] = typed
    out["census_row"] = rows["row"]
    out["selsovet_code"] = rows["code"]
    declared = out["_selsovet_declared"].astype(bool)
    other = declared & out["selsovet_name"].map(area_key).ne(
        rows["selsovet_name"].map(area_key)
    )
    out.loc[other, "selsovet_code"] = None
    out["selsovet_name"] = out["selsovet_name"].where(declared, rows["selsovet_name"])
    agreed = out["_name_said"].map(name_key).eq(rows["name"].map(name_key))
    out["name_ru"] = out["name_ru"].mask(agreed, out["_name_said"])
    out["name_ru"] = out["name_ru"].fillna(rows["name"])
    untyped = out[out["city"] & typed.isna()]
    out.loc[untyped.index[_is_city_itself(untyped)], "place_type"] = "г"
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
        dtype="bool",
    )


def _identifiers(places: pd.DataFrame) -> pd.DataFrame:
    """Return the crosswalk of codes: own id and every ``code_<scheme>`` column."""
    own = places["id"].str.split(":", n=1)
    parts = [_codes(places, own.str[-1]).assign(scheme=own.str[0])]
    for column in sorted(str(name) for name in places):
        if column.startswith("code_"):
            known = places[places[column].notna()]
            scheme = column.removeprefix("code_")
            parts.append(_codes(known, known[column]).assign(scheme=scheme))
    table = pd.concat(parts, ignore_index=True)
    table["valid_from"] = pd.to_datetime(table["valid_from"]).dt.date
    table["valid_to"] = None
    return table.drop_duplicates(["id", "scheme", "value"])


def _codes(places: pd.DataFrame, value: pd.Series) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "id": places["id"],
            "value": value.astype("str"),
            "valid_from": places["_date"].replace("", None),
            "source": places["_source"],
        }
    )


def _columns(places: pd.DataFrame, country: Country) -> gpd.GeoDataFrame:
    """Return exactly the columns of the release table, indexed by id."""
    out = places.copy()
    out["selsovet_centre"] = out["selsovet_centre"].fillna(Tristate.UNKNOWN.value)
    known = out["selsovet_centre"].ne(Tristate.UNKNOWN.value)
    out["selsovet_centre_status"] = known.map({True: "declared", False: "unknown"})
    out["households_low"], out["households_high"] = 0.0, np.nan
    # settled where the thresholds of the norms are known
    for end in ("low", "high"):
        out[f"population_settled_{end}"] = np.nan
    out["country_id"] = country.code
    out["kind_date"] = pd.to_datetime(out["kind_date"]).dt.date
    out["source"] = out["_source"]
    for column in ("grid_id", *(f"name_{language}" for language in LANGUAGES)):
        if column not in out:
            out[column] = pd.Series(None, index=out.index, dtype="str")
    wanted = [name for name in TABLES["settlements"].schema.names if name != "geometry"]
    table = out[wanted].sort_values("id").set_index("id", drop=False).rename_axis(None)
    return gpd.GeoDataFrame(
        table,
        geometry=gpd.points_from_xy(table["lon"], table["lat"]),
        crs="EPSG:4326",
    )
