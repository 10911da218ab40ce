"""A census list: one row per place with the type, the name and the residents."""

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
from geo.sources.readers.fields import INHABITANTS, counts, plain_codes, refuse
from geo.sources.result import ReadResult

COLUMNS = {
    "code": "soato",
    "raion_name": "raion",
    "selsovet_name": "selsovet",
    "place_type": "type",
    "name": "name",
    "population": "pop2009",
    "place_id": "wof_id",
}


class CensusOptions(Options):
    """``year`` of the census; ``columns`` as our column -> the file's column."""

    year: int = 2009
    columns: dict[str, str] = COLUMNS

    @field_validator("columns")
    @classmethod
    def _known(cls, columns: dict[str, str]) -> dict[str, str]:
        return known_columns(columns, COLUMNS, ("name", "population", "code"))


def read(
    path: Path, source: SourceInfo, country: Country, options: Mapping[str, Any]
) -> ReadResult:
    """Read a census list into ``census``; ``row`` is the line in the file.

    Refused are rows without a name or without a usable number of residents: a row of
    a census without its count says nothing.

    Raises
    ------
    SourceFormatError
        If the file as a whole is unusable.
    """
    chosen = parse_options(CensusOptions, options)
    refused = refusals(path, source)
    raw = read_rows(path, refused, needed=list(chosen.columns.values()))
    table = renamed(raw, chosen.columns)
    for column, what in (("name", "the name"), ("population", "the population")):
        missing = table[column].isna()
        refuse(
            refused,
            table[missing],
            field=column,
            reason=f"{what} is missing",
        )
        table = table[~missing]
    table = counts(table, "population", refused, drop=True, most=INHABITANTS)
    table["row"] = table["_row"]
    table["code"] = plain_codes(table["code"])
    table["year"] = chosen.year
    if "place_id" in table:
        table["place_id"] = f"{country.id_scheme}:" + plain_codes(table["place_id"])
    return finished("census", table, refused, columns=chosen.columns)
