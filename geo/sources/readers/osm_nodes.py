"""A table of OpenStreetMap nodes (CSV): one row per node with one key and value."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from geo.sources.country import Country
from geo.sources.readers.base import (
    Options,
    SourceInfo,
    parse_options,
    read_rows,
    refusals,
)
from geo.sources.readers.fields import points, unique
from geo.sources.readers.osm_tags import (
    FACILITY_TAGS,
    SETTLEMENTS,
    TOWER_REMARK,
    populations,
)
from geo.sources.result import ReadResult, Rejections, canonical, origins
from geo.types import Status

NEEDED = ("osm_node", "lat", "lon", "name", "key", "value", "population")


class NodesOptions(Options):
    """``places``: values of place=* that are settlements.

    ``population_year``: year of the populations, None where nobody says.
    """

    places: tuple[str, ...] = SETTLEMENTS
    population_year: int | None = None


def read(
    path: Path, source: SourceInfo, country: Country, options: Mapping[str, Any]
) -> ReadResult:
    """Read a table of OSM nodes into ``places`` and ``facilities`` (measured).

    A population of 0 means unknown here: mappers write it for want of a number. Other
    keys and other values of place=* are counted in the notes. Refused are settlements
    and facilities without usable point and second rows of a node.

    Raises
    ------
    SourceFormatError
        If the file as a whole is unusable.
    """
    chosen = parse_options(NodesOptions, options)
    refused = refusals(path, source)
    table = read_rows(path, refused, needed=NEEDED)
    first = country.languages[0]
    table = table.rename(columns={"name": f"name_{first}"})
    is_place = (table["key"] == "place") & table["value"].isin(chosen.places)
    kinds = _kinds(table)
    table["_kind"] = kinds
    wanted = unique(
        table[is_place | kinds.notna()],
        "osm_node",
        refused,
        what="the node",
    )
    wanted = points(wanted, country, refused)
    places = wanted[wanted["key"] == "place"]
    places, notes = _places(places, refused, chosen.population_year)
    facilities = _facilities(wanted[wanted["_kind"].notna()], f"name_{first}")
    facilities = facilities.assign(origin=origins(path.name, facilities["_row"]))
    return ReadResult(
        {
            "places": canonical("places", places),
            "facilities": canonical("facilities", facilities),
        },
        refused.frame(),
        notes=(*notes, *_others(table[~is_place & kinds.isna()])),
    )


def _kinds(table: pd.DataFrame) -> pd.Series:
    pairs = zip(table["key"], table["value"], strict=True)
    kinds = [FACILITY_TAGS.get(pair) for pair in pairs]
    values = [None if kind is None else kind.value for kind in kinds]
    return pd.Series(values, index=table.index, dtype="str")


def _places(
    table: pd.DataFrame, refused: Rejections, year: int | None
) -> tuple[pd.DataFrame, list[str]]:
    out, notes = populations(table, refused, year)
    return out.assign(
        place_id="osm:n" + out["osm_node"], place_type=out["value"]
    ), notes


def _facilities(table: pd.DataFrame, name_column: str) -> pd.DataFrame:
    tower = (table["key"] == "man_made") & (table["value"] == "tower")
    remark = pd.Series(pd.NA, index=table.index, dtype="str")
    return table.assign(
        facility_id="osm:n" + table["osm_node"],
        kind=table["_kind"],
        name=table[name_column],
        status=Status.MEASURED.value,
        located=True,
        remark=remark.mask(tower, TOWER_REMARK),
    )


def _others(table: pd.DataFrame) -> list[str]:
    """Count what is neither a settlement nor a facility of ours."""
    places = table.loc[table["key"] == "place", "value"].value_counts()
    rest = int((table["key"] != "place").sum())
    notes = [f"{rest} nodes are no facilities of a kind that is judged"] if rest else []
    if len(places):
        listed = ", ".join(
            f"{count} {value}" for value, count in sorted(places.to_dict().items())
        )
        notes.append(f"not taken for settlements: {listed}")
    return notes
