"""Residents of areas and towns, total and by urban and rural."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import field_validator

from geo.sources.country import Country
from geo.sources.readers.base import (
    Options,
    SourceInfo,
    finished,
    known_columns,
    parse_options,
    read_rows,
    refusals,
    renamed,
)
from geo.sources.readers.fields import RESIDENTS, counts, refuse
from geo.sources.readers.words import worded
from geo.sources.result import ReadResult

LEVELS = ("country", "oblast", "raion", "city", "town")
COLUMNS = {
    "level": "level",
    "oblast_name": "oblast",
    "raion_name": "raion",
    "name": "name",
    "total": "all_total",
    "urban": "all_urban",
    "rural": "all_rural",
}


class AreaPopulationOptions(Options):
    """``year`` of the residents; ``columns`` as our column -> the file's column."""

    year: int
    columns: dict[str, str] = COLUMNS

    @field_validator("columns")
    @classmethod
    def _known(cls, columns: dict[str, str]) -> dict[str, str]:
        return known_columns(columns, COLUMNS, COLUMNS)


def read(
    path: Path,
    source: SourceInfo,
    country: Country,  # noqa: ARG001 - the signature of all readers
    options: Mapping[str, Any],
) -> ReadResult:
    """Read residents of areas and towns into ``area_population``.

    Refused are rows of an unknown level, without a name, or with a total that is no
    count; a bad urban or rural number is left empty. Rows whose urban and rural do
    not add up are named in the notes and kept as published.

    Raises
    ------
    SourceFormatError
        If the file as a whole is unusable.
    """
    chosen = parse_options(AreaPopulationOptions, options)
    refused = refusals(path, source)
    raw = read_rows(path, refused, needed=list(chosen.columns.values()))
    table = renamed(raw, chosen.columns)
    for column in ("level", "name", "total"):
        missing = table[column].isna()
        refuse(refused, table[missing], field=column, reason=f"the {column} is missing")
        table = table[~missing]
    table = worded(table, "level", LEVELS, refused, what="level")
    table = counts(table, "total", refused, drop=True, most=RESIDENTS)
    for column in ("urban", "rural"):
        table = counts(table, column, refused, most=RESIDENTS)
    table["year"] = chosen.year
    apart = (table["urban"] + table["rural"] != table["total"]).fillna(value=False)
    notes = tuple(
        f"{path.name}, line {row}: urban and rural of {name} do not add up to the total"
        for row, name in zip(
            table.loc[apart, "_row"], table.loc[apart, "name"], strict=True
        )
    )
    return finished(
        "area_population", table, refused, notes=notes, columns=chosen.columns
    )
