"""A census list: one row per place with the type, the name and the residents."""

import pandas as pd

from geo.sources.readers.base import Reading
from geo.sources.readers.fields import INHABITANTS, plain_codes
from geo.sources.readers.rules import count, filled
from geo.sources.readers.table import ColumnOptions, Table


class CensusOptions(ColumnOptions):
    """``year`` of the census; ``columns`` as our column -> the file's column."""

    year: int = 2009


def _coded(table: pd.DataFrame, at: Reading[CensusOptions]) -> pd.DataFrame:
    out = table.assign(
        row=table["_row"], code=plain_codes(table["code"]), year=at.options.year
    )
    if "place_id" in out:
        out["place_id"] = f"{at.country.id_scheme}:" + plain_codes(out["place_id"])
    return out


read = Table(
    "census",
    {
        "code": "soato",
        "raion_name": "raion",
        "selsovet_name": "selsovet",
        "place_type": "type",
        "name": "name",
        "population": "pop2009",
        "place_id": "wof_id",
    },
    must=("name", "population", "code"),
    options=CensusOptions,
    # a row of a census without its count says nothing
    steps=(
        *filled("name", "population"),
        count("population", most=INHABITANTS),
        _coded,
    ),
)
