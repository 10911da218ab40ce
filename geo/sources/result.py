"""What every reader returns: one canonical table, and the rows it refused.

Readers differ, results do not. A reader ends in the table of its layer with the
columns of :data:`CANONICAL`, whatever the provider's format was; a row that cannot
be used is never dropped, it goes to ``rejected`` with file, row, field, value and
reason.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import geopandas as gpd
import pandas as pd

from geo.errors import SourceFormatError
from geo.sources.text import clean_column, clean_text

REJECTED_COLUMNS = ("source", "file", "row", "field", "value", "reason")


def _columns(declared: str) -> dict[str, str]:
    """Return column -> pandas dtype of words such as ``lon:float64``; else it is text.

    >>> _columns("name lon:float64")
    {'name': 'str', 'lon': 'float64'}
    """
    parted = (word.partition(":") for word in declared.split())
    return {name: dtype or "str" for name, _, dtype in parted}


#: layer -> column -> pandas dtype. A column that a provider does not know is all NA.
#: ``name_<lang>`` and ``code_<scheme>`` columns may be added to places and areas.
#: ``origin`` is the row of the file that says it, as :func:`origins` writes it.
CANONICAL: dict[str, dict[str, str]] = {
    # one populated place; `kind`/`selsovet_centre` only where the source says so;
    # population_year is the year of that population; duplicate_of a place_id. A row of
    # a register has no point: it speaks of a place that another source lists; doubt
    # says why it may be of another one
    "places": _columns("""
        place_id lon:float64 lat:float64 place_type kind selsovet_centre
        population:Int64 population_year:Int64 raion_name oblast_name selsovet_name
        selsovet_code duplicate_of doubt origin
        """),
    # one row of a census list; place_id is the provider's own match, or NA
    "census": _columns("""
        row:Int64 code raion_name selsovet_name place_type name population:Int64
        year:Int64 place_id
        """),
    # a point that may be that of a census row without one; remark says how it was found
    "census_points": _columns("""
        code place_type name lon:float64 lat:float64 remark origin
        """),
    # residents of an area or town; young and old: below and above working age
    "area_population": _columns("""
        level oblast_name raion_name name total:Int64 urban:Int64 rural:Int64 year:Int64
        young_urban:Int64 young_rural:Int64 old_urban:Int64 old_rural:Int64
        """),
    # polygons (GeoDataFrame, EPSG:4326); area_kind: country, oblast, raion, selsovet,
    # town (a town cut out of its raion); code may be NA
    "areas": _columns("area_id area_kind parent_name code"),
    # names of areas by language, no geometry
    "area_names": _columns("area_kind parent_name osm_id name_ru name_be"),
    # supply points. status: measured, declared, assumed; located: False where the
    # point is too coarse for a distance; raion_name: that it must lie in
    "facilities": _columns("""
        facility_id kind name lon:float64 lat:float64 status located:bool place_ref
        raion_name hours staff_days services remark origin
        """),
    # supply points whose rows were refused: NA kind, any; NA point and place, anywhere
    "facilities_lost": _columns("kind lon:float64 lat:float64 place_ref"),
    # radio cells; generation 2, 3, 4, 5; created, updated: days of the first and the
    # last observation
    "cells": _columns("""
        cell_id net generation:Int64 lon:float64 lat:float64 range_m:Int64
        samples:Int64 created:datetime64[s] updated:datetime64[s]
        """),
    # stops and the calls at them; a trip runs on its weekdays (a 7-bit mask, Monday =
    # 1) from first_day to last_day (NA: open), but for the exceptions of its service.
    # A stop without a point stands at the settlement place_ref in the raions areas;
    # between stops of one station one changes as at one stop
    "timetable_stops": _columns("""
        stop_id name lon:float64 lat:float64 place_ref areas station
        """),
    "timetable_calls": _columns("""
        stop_id trip_id carrier route direction sequence:Int64 arrival_s:Int64
        departure_s:Int64 weekdays:Int64 first_day:datetime64[s]
        last_day:datetime64[s] service
        """),
    # days on which a service runs, or does not, against weekdays and period
    "timetable_exceptions": _columns("service day:datetime64[s] runs:bool"),
    # calls that may be missing because rows were refused; NA: at any stop, of any trip;
    # runs: how often a week at most, NA: nobody knows
    "timetable_lost": _columns("stop_id trip_id runs:Int64"),
    # fixed access by settlement, from an operator
    "fixed": _columns("""
        place_ref available technology max_mbps:float64 date:datetime64[s] operator
        origin
        """),
    # a value that was measured or declared for a settlement itself
    "observations": _columns("""
        place_ref indicator value:float64 low:float64 high:float64 status
        date:datetime64[s] supplier remark origin
        """),
    # the same of a raion, an oblast, the country or an operator; file and row say
    # where it is written, for what is refused only when the units are known
    "unit_observations": _columns("""
        unit_of_assessment unit_ref indicator value:float64 low:float64 high:float64
        status date:datetime64[s] supplier remark file row
        """),
    # roads as OpenStreetMap draws them: nodes that the file places, by number
    "road_nodes": _columns("node_id:int64 lon:float64 lat:float64"),
    # tags of nodes on roads, a JSON object with sorted keys
    "road_node_tags": _columns("node_id:int64 tags"),
    # one road; nodes: how many of the following rows of road_refs are its own
    "road_ways": _columns("way_id:int64 nodes:int64 tags"),
    # the nodes of the roads in the order of road_ways and of drawing
    "road_refs": _columns("way_id:int64 node_id:int64"),
    # turn restrictions through one node; exempt: words of `except`, joined by ;
    "road_restrictions": _columns("""
        kind from_way:int64 via_node:int64 to_way:int64 exempt
        """),
    # what was left out while reading roads, and how often
    "road_faults": _columns("fault count:int64"),
    # files with heights of the ground, any raster that GDAL reads; the path is that
    # of this machine and never enters a release
    "elevation_tiles": _columns("path"),
}
#: its only text is a path, which must stay what it is
_NO_TEXT = frozenset({"elevation_tiles"})
#: a refused value is shown so far; a whole swallowed file may stand in one cell
_SHOWN_CHARACTERS = 200
#: layers too long to carry source, date and supplier with every row
BULK = frozenset({"road_nodes", "road_refs"})


@dataclass
class ReadResult:
    """What one reader made of one file.

    Attributes
    ----------
    tables
        Layer name -> canonical table (columns as in :data:`CANONICAL`).
    rejected
        Refused rows, columns :data:`REJECTED_COLUMNS`.
    date
        Date of the data where the file itself tells (ISO), else empty: then the
        version in ``sources.csv`` holds.
    notes
        Sentences for the build report.
    """

    tables: dict[str, pd.DataFrame | gpd.GeoDataFrame]
    rejected: pd.DataFrame
    date: str = ""
    notes: tuple[str, ...] = ()


@dataclass
class Rejections:
    """Collects refused rows of one file.

    Examples
    --------
    >>> refused = Rejections(source="kz-places", file="settlements.csv")
    >>> refused.add(row=7, field="lat", value="97.0", reason="latitude above 90")
    >>> refused.frame().iloc[0].to_dict()["reason"]
    'latitude above 90'
    """

    source: str
    file: str
    rows: list[dict[str, Any]] = field(default_factory=list)
    #: our column -> the file's, where they differ
    names: Mapping[str, str] = field(default_factory=dict)

    def add(self, *, row: int | str, field: str, value: object, reason: str) -> None:
        """Refuse one row; ``row`` is the line number in the file, header = 1."""
        shown = "" if _is_missing(value) else str(value)[:_SHOWN_CHARACTERS]
        theirs = ",".join(self.names.get(name, name) for name in field.split(","))
        self.rows.append(
            {
                "source": self.source,
                "file": clean_text(self.file),
                "row": str(row),
                "field": clean_text(theirs),
                "value": clean_text(shown),
                "reason": clean_text(reason),
            }
        )

    def frame(self) -> pd.DataFrame:
        """Return the refused rows as a table."""
        return pd.DataFrame(self.rows, columns=list(REJECTED_COLUMNS), dtype="str")


def _is_missing(value: object) -> bool:
    """Tell whether a value of a table is None, NA, NaT or NaN."""
    return value is None or value is pd.NA or value != value  # noqa: PLR0124


def origins(file: str, rows: pd.Series) -> pd.Series:
    """Return where each row stands: the name of its file, and the row in it.

    Examples
    --------
    >>> origins("register.csv", pd.Series([2, 17])).tolist()
    ['register.csv:2', 'register.csv:17']
    """
    return f"{file}:" + rows.astype("str")


#: What stands in a column that a provider does not know; NA where not named here.
_ABSENT: dict[str, object] = {"float64": float("nan"), "bool": True}


def canonical(layer: str, table: pd.DataFrame) -> pd.DataFrame:
    """Return ``table`` with exactly the columns and types of its layer.

    Missing columns become all NA (a missing ``located`` is true: a point is as good
    as it looks); ``name_*``, ``code_*`` and ``geometry`` are kept. Every text is made
    clean (:mod:`geo.sources.text`): no reader can bring a control character past here.

    Raises
    ------
    SourceFormatError
        If a value does not fit the column's type.
    """
    wanted = CANONICAL[layer]
    extra = [
        name
        for name in table.columns
        if name == "geometry" or name.startswith(("name_", "code_"))
    ]
    out = table[[name for name in extra if name not in wanted]].copy()
    for name in out.columns:
        if name != "geometry":
            out[name] = clean_column(out[name].astype("str"))
    for position, (name, dtype) in enumerate(wanted.items()):
        column = (
            table[name]
            if name in table
            else pd.Series(_ABSENT.get(dtype, pd.NA), index=table.index)
        )
        try:
            typed = column.astype(pd.api.types.pandas_dtype(dtype))
        except (TypeError, ValueError) as error:
            raise SourceFormatError(
                f"column {name!r} holds a value that is no {dtype} ({error})",
                where=f"layer {layer}",
                remedy="The reader must reject such rows; report this as a bug.",
            ) from error
        stored = dtype == "str" and layer not in _NO_TEXT
        out.insert(position, name, clean_column(typed) if stored else typed)
    return out.reset_index(drop=True)
