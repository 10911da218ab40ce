"""Populated places from Who's On First / GeoNames, one CSV row per place."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
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
from geo.sources.readers.fields import INHABITANTS, counts, plain_codes, points, unique
from geo.sources.readers.names import tidy_names
from geo.sources.readers.words import tristates, worded
from geo.sources.result import CANONICAL, ReadResult
from geo.types import Kind

#: Our column -> column of a file whose places are matched with the census of 2009.
CENSUS_MATCHED = {
    "place_id": "wof_id",
    "name_en": "name_en",
    "name_ru": "name_ru",
    "name_be": "name_be",
    "lat": "lat",
    "lon": "lon",
    "raion_name": "raion",
    "oblast_name": "oblast",
    "place_type": "type",
    "selsovet_name": "selsovet",
    "selsovet_code": "soato_selsovet",
    "population": "pop2009",
    "duplicate_of": "possible_dup_of",
    "code_geonames": "gn_id",
    "code_wikidata": "wd_id",
}
_CENSUS_YEAR = 2009


class PlacesOptions(Options):
    """Options of this reader.

    Attributes
    ----------
    columns
        Our column -> the file's column; each named one must be there. Without it the
        columns of :data:`CENSUS_MATCHED` and the census year 2009.
    population_year
        Year of the populations; None where the provider does not say.
    """

    columns: dict[str, str] | None = None
    population_year: int | None = None

    @field_validator("columns")
    @classmethod
    def _known(cls, columns: dict[str, str] | None) -> dict[str, str] | None:
        needed = ("place_id", "lon", "lat")
        return columns and known_columns(columns, CANONICAL["places"], needed)

    @property
    def mapping(self) -> dict[str, str]:
        """Our column -> the file's column."""
        return CENSUS_MATCHED if self.columns is None else self.columns

    @property
    def year(self) -> int | None:
        """Year of the populations."""
        if self.columns is None and self.population_year is None:
            return _CENSUS_YEAR
        return self.population_year


def read(
    path: Path, source: SourceInfo, country: Country, options: Mapping[str, Any]
) -> ReadResult:
    """Read populated places into ``places``.

    Parameters
    ----------
    path, source, country
        The file, where it is from, and the country (bounds and id scheme).
    options
        See :class:`PlacesOptions`.

    Returns
    -------
    ReadResult
        ``places``; refused are rows without usable point or id and second rows of an
        id. A bad population leaves the place and goes to ``rejected`` as a field.

    Raises
    ------
    SourceFormatError
        If the file as a whole is unusable.
    """
    chosen = parse_options(PlacesOptions, options)
    columns = chosen.mapping
    refused = refusals(path, source)
    raw = read_rows(path, refused, needed=list(columns.values()))
    table = renamed(raw, columns)
    table["place_id"] = plain_codes(table["place_id"])
    table = points(table, country, refused)
    table = unique(table, "place_id", refused, what="the place id")
    if "population" in table:
        table = counts(table, "population", refused, most=INHABITANTS)
        year = pd.Series(chosen.year or pd.NA, index=table.index, dtype="Int64")
        table["population_year"] = year.where(table["population"].notna())
    if "kind" in table:
        table = worded(table, "kind", Kind, refused, what="kind", drop=False)
    if "selsovet_centre" in table:
        table = tristates(table, "selsovet_centre", refused)
    table, notes = tidy_names(table)
    table = _with_ids(table, country.id_scheme)
    return finished("places", table, refused, notes=notes, columns=columns)


def _with_ids(table: pd.DataFrame, scheme: str) -> pd.DataFrame:
    out = table.copy()
    for column in ("place_id", "duplicate_of"):
        if column in out:
            out[column] = f"{scheme}:" + plain_codes(out[column])
    for column in out.columns:
        if column == "selsovet_code" or column.startswith("code_"):
            out[column] = plain_codes(out[column])
    return out
