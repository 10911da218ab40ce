"""From the readers' tables to the layers of a country, in order."""

from datetime import date

import geopandas as gpd
import pandas as pd

from geo.layers.areas import Territory, build_territory
from geo.layers.as_of import known_by
from geo.layers.facilities import supply
from geo.layers.grid import grid_areas
from geo.layers.inputs import Inputs
from geo.layers.model import Layers
from geo.layers.references import Places, place_index
from geo.layers.roads_build import build_roads
from geo.layers.schema import TABLES
from geo.layers.settlements import settle
from geo.layers.statements import void_statements
from geo.layers.stops import lost_calls, placed_stops
from geo.layers.units import assessed_units, resolve_units
from geo.sources.country import Country
from geo.sources.quantities import HOUSEHOLDS

#: layer -> the table that feeds it
_FED = {
    "cells": "cells",
    "timetable_calls": "timetable_calls",
    "fixed": "fixed",
    "facilities": "facilities",
    "roads": "road_ways",
}


def harmonise(inputs: Inputs, country: Country, on: date) -> Layers:
    """Join all sources of a country into its layers.

    Raises
    ------
    LayerError
        If the sources give no settlement, areas whose ids collide, or roads of
        another country.
    """
    inputs = known_by(inputs, on)
    territory = build_territory(inputs, country)
    settled = settle(inputs, territory, country, on)
    settlements = settled.settlements
    areas = pd.concat([territory.areas, settled.selsovets], ignore_index=True)
    areas["centre"] = areas["id"].map(settled.centres).astype("str")
    if country.grid_km:
        cells, ids = grid_areas(settlements, country)
        settlements["grid_id"] = ids
        areas = pd.concat([areas, cells], ignore_index=True)
    places = place_index(settlements, settled.identifiers)
    facilities, lost, lost_facilities = supply(
        inputs, settlements, places, Territory(areas, territory.towns), country, on
    )
    fixed, lost_fixed = _referenced(inputs, "fixed", places)
    observations, lost_observations = _referenced(inputs, "observations", places)
    stops, lost_stops = placed_stops(
        inputs.table("timetable_stops"), settlements, areas, places
    )
    _households(settlements, observations)
    units = assessed_units(areas, country, on)
    stated, lost_stated = resolve_units(inputs.table("unit_observations"), units)
    rejected = [
        inputs.rejected,
        settled.rejected,
        lost,
        lost_fixed,
        lost_observations,
        lost_stated,
        lost_stops,
        void_statements(country, areas),
    ]
    return Layers(
        settlements=settlements,
        areas=_area_columns(areas),
        facilities=facilities,
        lost_facilities=lost_facilities,
        identifiers=settled.identifiers,
        census=settled.census,
        cells=inputs.table("cells"),
        stops=stops,
        calls=inputs.table("timetable_calls"),
        exceptions=inputs.table("timetable_exceptions"),
        lost_calls=lost_calls(inputs, stops),
        fixed=fixed,
        observations=observations,
        fed=frozenset(layer for layer, table in _FED.items() if inputs.fed(table)),
        rejected=pd.concat(
            [part for part in rejected if len(part)] or rejected[:1],
            ignore_index=True,
        ),
        people=settled.people,
        roads=build_roads(inputs, country),
        units=units,
        unit_observations=stated,
        class_statements=settled.class_statements,
    )


def _referenced(
    inputs: Inputs, layer: str, places: Places
) -> tuple[pd.DataFrame, pd.DataFrame]:
    table = inputs.table(layer).copy()
    table["settlement_id"], rejected = places.resolve(table, layer=layer)
    return table[table["settlement_id"].notna()].reset_index(drop=True), rejected


def _households(settlements: pd.DataFrame, observations: pd.DataFrame) -> None:
    """Take the number of households that a raion has stated, the newest word of it."""
    said = observations[observations["indicator"] == HOUSEHOLDS]
    said = said.sort_values("date", kind="stable", na_position="first")
    newest = said.drop_duplicates("settlement_id", keep="last").set_index(
        "settlement_id"
    )
    for column in ("low", "high"):
        known = newest[column].fillna(newest["value"]).dropna()
        settlements.loc[known.index, f"households_{column}"] = known


def _area_columns(areas: pd.DataFrame) -> gpd.GeoDataFrame:
    out = areas.copy()
    for column in TABLES["areas"].schema.names:
        if column not in out:
            out[column] = None
    table = out[TABLES["areas"].schema.names].sort_values("id").reset_index(drop=True)
    return gpd.GeoDataFrame(table, geometry="geometry", crs="EPSG:4326")
