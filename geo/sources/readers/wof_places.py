"""Populated places from Who's On First / GeoNames, one CSV row per place.

Needs a usable point and an id of its own. A bad population leaves the place and goes to
``rejected`` as a field.
"""

import pandas as pd

from geo.sources.readers.base import Reading
from geo.sources.readers.fields import INHABITANTS, plain_codes
from geo.sources.readers.names import tidy_names
from geo.sources.readers.rules import count, key, point, word, yes_no_unknown
from geo.sources.readers.table import ColumnOptions, Table
from geo.sources.result import CANONICAL
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


class PlacesOptions(ColumnOptions):
    """Options of this reader.

    Attributes
    ----------
    columns
        Our column -> the file's column; each named one must be there. Without it the
        columns of :data:`CENSUS_MATCHED` and the census year 2009.
    population_year
        Year of the populations; None where the provider does not say.
    """

    population_year: int | None = None

    @property
    def year(self) -> int | None:
        """Year of the populations."""
        if self.columns is None and self.population_year is None:
            return _CENSUS_YEAR
        return self.population_year


def _plain_codes(table: pd.DataFrame, _: Reading[PlacesOptions]) -> pd.DataFrame:
    codes = [
        name
        for name in table
        if name in ("place_id", "duplicate_of", "selsovet_code")
        or str(name).startswith("code_")
    ]
    return table.assign(**{str(name): plain_codes(table[name]) for name in codes})


def _places(table: pd.DataFrame, at: Reading[PlacesOptions]) -> pd.DataFrame:
    out, notes = tidy_names(table)
    at.notes += notes
    for column in {"place_id", "duplicate_of"}.intersection(out):
        out[column] = f"{at.country.id_scheme}:" + out[column]
    if "population" in out:
        year = pd.Series(at.options.year or pd.NA, index=out.index, dtype="Int64")
        out["population_year"] = year.where(out["population"].notna())
    return out


read = Table(
    "places",
    CENSUS_MATCHED,
    must=("place_id", "lon", "lat"),
    may=CANONICAL["places"],
    options=PlacesOptions,
    steps=(
        _plain_codes,
        point(),
        *key("place_id", "the place id"),
        count("population", most=INHABITANTS, keep=True),
        word("kind", Kind, "kind", keep=True),
        yes_no_unknown("selsovet_centre"),
        _places,
    ),
)
