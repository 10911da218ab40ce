"""Rail stations and halts from a community table with OpenStreetMap coordinates.

The type of the stop (station, halt, passing point) stands in ``services``, the comment
in ``remark``. A stop whose comment says that it is closed stays listed and is not
``located``: no distance leads to it.
"""

import re
from functools import partial

import pandas as pd

from geo.sources.readers.base import Reading
from geo.sources.readers.facilities_lost import facilities_lost
from geo.sources.readers.rules import point, unique
from geo.sources.readers.table import ColumnOptions, Table
from geo.types import FacilityKind, Status

COLUMNS = {
    "code": "Код",
    "osm": "OSM:NodeID",
    "type": "Тып",
    "old_name": "Па-расейску старое",
    "name_ru": "Па-расейску правільнае",
    "name_be": "Па-беларуску правільнае",
    "lat": "lat",
    "lon": "lon",
    "remark": "comment",
}
#: A comment that says no train stops here any more.
_CLOSED = re.compile(
    r"^(?:закрыт|зачынен)[аоы]?\b|\b(?:ликвидирован|ліквідаван)[аоы]?$", re.IGNORECASE
)


class RailOptions(ColumnOptions):
    """``columns``: our column -> the file's column."""


def _keyed(table: pd.DataFrame, _: Reading[RailOptions]) -> pd.DataFrame:
    # A few stops have no code: the OSM node, then the line of the list, stands in.
    node = ("osm-n" + table["osm"]).mask(table["osm"] == "0")
    line = "line-" + table["_row"].astype("str")
    return table.assign(key=table["code"].fillna(node).fillna(line))


def _stops(table: pd.DataFrame, _: Reading[RailOptions]) -> pd.DataFrame:
    name_ru = table["name_ru"].fillna(table["old_name"])
    return table.assign(
        facility_id="rail:" + table["key"],
        kind=FacilityKind.RAIL_STOP.value,
        name=name_ru.fillna(table["name_be"]),
        name_ru=name_ru,
        status=Status.MEASURED.value,
        located=~table["remark"].str.contains(_CLOSED, na=False),
        services=table["type"],
    )


read = Table(
    "facilities",
    COLUMNS,
    must=COLUMNS,
    separator="\t",
    options=RailOptions,
    steps=(point(), _keyed, unique("key", "the station code"), _stops),
    losing=partial(facilities_lost, kind=FacilityKind.RAIL_STOP),
)
