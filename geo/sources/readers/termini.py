"""A bus station's table of suburban routes: termini, days in words, and times.

Each time of a row is one trip: out from the station to the terminus, and back. Of a
second stop in the town of the station nothing is kept. Parts of a terminus joined by
" - " are passed on the way, at times that the table does not tell; places named only by
"ч/з" (via) are not served for certain, so they are left out. Stops have no point: they
are matched to settlements by name later, within ``areas``.
"""

import re
from typing import Any

import pandas as pd
from pydantic import Field

from geo.sources.readers.base import Reading
from geo.sources.readers.day_words import MAY_SAY, days_of_week
from geo.sources.readers.rules import refuses
from geo.sources.readers.table import ColumnOptions, Table
from geo.sources.readers.timetables import timetable
from geo.sources.result import ReadResult
from geo.sources.workbook.faults import CellError

COLUMNS = {
    "route": "route",
    "days": "regularity",
    "leaves": "departmentAS",
    "leaves_second": "departmentTU",
    "arrives": "arrival",
    "leaves_back": "departmentBack",
    "arrives_back": "arrivalBack",
    "terminus": "dest",
}
_TIME = re.compile(r"(\d{1,2})[-:.](\d{2})")
_LISTED = re.compile(r"^\s*(?:\d{1,2}[-:.]\d{2}\s*)*$")
#: between the places of a terminus, also where one of them is left out
_JOINED = re.compile(" -(?= )")
_DAY_S, _HOUR_S, _HOURS, _MINUTES = 86_400, 3600, 24, 60
_THERE, _BACK = "0", "1"

_CALL = (
    "stop_id", "trip_id", "route", "direction", "sequence", "arrival_s", "departure_s",
    "weekdays",
)  # fmt: skip

Call = dict[str, Any]


class TerminiOptions(ColumnOptions):
    """Where the table is from.

    ``station``: settlement of the station; ``areas``: raions in which its termini lie;
    ``names``: spelling of a terminus -> name of the settlement; ``columns``: our column
    -> the file's.
    """

    station: str
    areas: tuple[str, ...] = ()
    names: dict[str, str] = Field(default_factory=dict)


@refuses(
    {
        "days": (
            *MAY_SAY,
            "нет ни одного времени. …",
            "конечная не названа. …",
            "«…»: не время. …",
            "«…»: нет такого времени. …",
        )
    }
)
def _timetable(table: pd.DataFrame, at: Reading[TerminiOptions]) -> ReadResult:
    calls: list[Call] = []
    for line, row in zip(table["_row"], table.itertuples(), strict=True):
        try:
            mask = days_of_week(_text(row.days))
            trips = _both_ways(row, at.options.station)
        except CellError as error:
            at.refused.add(row=line, field="days", value="", reason=str(error))
            continue
        for name, called in trips:
            of = {
                "trip_id": f"{row.Index}{name}",
                "route": row.route,
                "direction": name[0],
                "weekdays": mask,
            }
            calls += [stop | of for stop in _named(called, at.options)]
    found = pd.DataFrame(calls, columns=[*_CALL, "name"])
    stops = found[["stop_id", "name"]].drop_duplicates("stop_id")
    stops = stops.assign(place_ref=stops["name"], areas=";".join(at.options.areas))
    at.notes.append(
        f"{found['trip_id'].nunique()} trips between termini without points"
    )
    return timetable(at, stops, found)


def _both_ways(row: Any, station: str) -> list[tuple[str, list[Call]]]:
    trips = [*_trips(row, station, _THERE), *_trips(row, "", _BACK)]
    if not trips:
        raise CellError("no_departure")
    return trips


def _trips(row: Any, station: str, direction: str) -> list[tuple[str, list[Call]]]:
    """Return name and stops of the trips of one row in one direction."""
    places = [part.strip() for part in _JOINED.split(_text(row.terminus))]
    if not all(places):
        raise CellError("no_terminus")
    if direction == _THERE:
        leaves = _times(row.leaves) or _times(row.leaves_second)
        arrives: list[int | None] = [*_times(row.arrives)]
        stops = [station, *places]
    else:
        leaves, arrives = _times(row.leaves_back), [*_times(row.arrives_back)]
        stops = [*reversed(places), ""]
    if len(arrives) != len(leaves):
        arrives = [None] * len(leaves)
    return [
        (f"{direction}{number}", _calls(stops, leave, arrive))
        for number, (leave, arrive) in enumerate(zip(leaves, arrives, strict=True))
    ]


def _calls(stops: list[str], leave: int, arrive: int | None) -> list[Call]:
    if arrive is not None and arrive < leave:
        arrive += _DAY_S
    last = len(stops) - 1
    times: dict[int, int | None] = {0: leave, last: arrive}
    return [
        {
            "name": name,
            "sequence": place,
            "arrival_s": times.get(place),
            "departure_s": times.get(place),
        }
        for place, name in enumerate(stops)
    ]


def _named(stops: list[Call], chosen: TerminiOptions) -> list[Call]:
    """Return stops with the names of settlements and numbers of their own."""
    out = []
    for stop in stops:
        name = stop["name"] or chosen.station
        named = chosen.names.get(name, name)
        out.append(stop | {"name": named, "stop_id": f"terminus:{named}"})
    return out


def _text(cell: object) -> str:
    return "" if pd.isna(cell) else str(cell)  # type: ignore[call-overload]


def _times(cell: object) -> list[int]:
    """Return the times of a cell in seconds after midnight.

    Raises
    ------
    CellError
        If something in it is no time.
    """
    text = _text(cell)
    if not _LISTED.match(text):
        raise CellError("no_listed_times", text=text)
    out = []
    for hours, minutes in _TIME.findall(text):
        if int(hours) >= _HOURS or int(minutes) >= _MINUTES:
            raise CellError("no_such_hour", hours=hours, minutes=minutes)
        out.append(int(hours) * _HOUR_S + int(minutes) * 60)
    return out


read = Table(
    "timetable_calls",
    COLUMNS,
    must=COLUMNS,
    options=TerminiOptions,
    steps=(),
    ends=_timetable,
)
