"""Points found for places of a census list that have none (CSV): candidates.

A row names a row of the census by its code, type and name, and where a map or another
list has a place of that name. Nothing of it is believed here: the layer proves each
point or refuses it (:mod:`geo.layers.census_points`).
"""

import pandas as pd

from geo.sources.readers.base import Reading
from geo.sources.readers.fields import plain_codes
from geo.sources.readers.rules import filled, point, refuse_where
from geo.sources.readers.table import ColumnOptions, Table

_AS_WRITTEN = r"^(?P<place_type>[а-я]+)\s+(?P<name>\S.*)$"


def _parted(table: pd.DataFrame, _: Reading[ColumnOptions]) -> pd.DataFrame:
    """Take the type of the place from before its name."""
    parts = table["place"].str.extract(_AS_WRITTEN)
    return table.assign(
        code=plain_codes(table["code"]),
        place_type=parts["place_type"],
        name=parts["name"],
    )


read = Table(
    "census_points",
    {"code": "soato", "place": "place", "lon": "lon", "lat": "lat", "remark": "how"},
    optional=("remark",),
    must=("code", "place", "lon", "lat"),
    options=ColumnOptions,
    steps=(
        *filled("code", "place"),
        point(),
        _parted,
        refuse_where(
            "place",
            "not the type of a place, a blank, and its name",
            lambda table, _: table["name"].isna(),
        ),
    ),
)
