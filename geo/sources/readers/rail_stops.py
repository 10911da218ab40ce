"""Rail stations and halts from a community table with OpenStreetMap coordinates."""

import re
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
from geo.sources.readers.fields import points, unique
from geo.sources.result import ReadResult
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


class RailOptions(Options):
    """``columns``: our column -> the file's column."""

    columns: dict[str, str] = COLUMNS

    @field_validator("columns")
    @classmethod
    def _known(cls, columns: dict[str, str]) -> dict[str, str]:
        return known_columns(columns, COLUMNS, COLUMNS)


def read(
    path: Path, source: SourceInfo, country: Country, options: Mapping[str, Any]
) -> ReadResult:
    """Read rail stops into ``facilities`` of kind rail_stop (status measured).

    The type of the stop (station, halt, passing point) stands in ``services``, the
    comment in ``remark``. A stop whose comment says that it is closed stays listed and
    is not ``located``: no distance leads to it.
    Refused are rows at 0,0, outside the country, or with a code that appears again.

    Raises
    ------
    SourceFormatError
        If the file as a whole is unusable.
    """
    chosen = parse_options(RailOptions, options)
    refused = refusals(path, source)
    raw = read_rows(path, refused, needed=list(chosen.columns.values()), separator="\t")
    table = renamed(raw, chosen.columns)
    table = points(table, country, refused)
    # A few stops have no code: the OSM node, then the line of the list, stands in.
    node = ("osm-n" + table["osm"]).mask(table["osm"] == "0")
    line = "line-" + table["_row"].astype("str")
    table["key"] = table["code"].fillna(node).fillna(line)
    table = unique(table, "key", refused, what="the station code")
    name_ru = table["name_ru"].fillna(table["old_name"])
    out = pd.DataFrame(
        {
            "facility_id": "rail:" + table["key"],
            "kind": FacilityKind.RAIL_STOP.value,
            "name": name_ru.fillna(table["name_be"]),
            "name_ru": name_ru,
            "name_be": table["name_be"],
            "lon": table["lon"],
            "lat": table["lat"],
            "status": Status.MEASURED.value,
            "located": ~table["remark"].str.contains(_CLOSED, na=False),
            "services": table["type"],
            "remark": table["remark"],
            "_row": table["_row"],
        }
    )
    return finished("facilities", out, refused, columns=chosen.columns)
