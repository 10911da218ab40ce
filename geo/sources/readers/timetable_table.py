"""A timetable that a clerk writes as a table: one row per stop of a route."""

from collections.abc import Callable, Hashable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from geo.errors import SourceFormatError
from geo.sources.country import Country
from geo.sources.readers.base import (
    Options,
    SourceInfo,
    parse_options,
    read_rows,
    refusals,
    require_columns,
)
from geo.sources.readers.day_words import days_of_week
from geo.sources.readers.fields import points, refuse
from geo.sources.readers.timetables import timetable
from geo.sources.result import ReadResult, Rejections
from geo.sources.table_header import repeated_names
from geo.sources.workbook.checks import EARLY_S, LATE_S
from geo.sources.workbook.faults import CellError
from geo.sources.workbook.times import departure_seconds, parse_day

NEEDED = ("route", "settlement", "days", "times")
OPTIONAL = (
    "carrier", "direction", "sequence", "stop", "lon", "lat", "valid_from", "valid_to",
)  # fmt: skip
#: the header in the words of a clerk
RUSSIAN = {
    "перевозчик": "carrier",
    "маршрут": "route",
    "направление": "direction",
    "номер": "sequence",
    "пункт": "settlement",
    "остановка": "stop",
    "долгота": "lon",
    "широта": "lat",
    "дни": "days",
    "время": "times",
    "действует с": "valid_from",
    "действует по": "valid_to",
}
_DAY_S = 86_400
#: no route has as many stops
_SEQUENCE_FIGURES = 6
_DIRECTIONS = dict.fromkeys(("", "туда", "туды", "прямо", "0", "there"), "0") | (
    dict.fromkeys(("обратно", "назад", "зваротна", "1", "back"), "1")
)
_VARIANT = ["carrier", "route", "direction", "mask", "first_day", "last_day"]


class TableOptions(Options):
    """What the file leaves out.

    ``areas``: raions in which its settlements lie; ``carrier``: of rows without one.
    """

    areas: tuple[str, ...] = ()
    carrier: str | None = None


def read(
    path: Path, source: SourceInfo, country: Country, options: Mapping[str, Any]
) -> ReadResult:
    """Read a table of stops into ``timetable_stops`` and ``timetable_calls``.

    Each row is one stop of a route in one direction on some days; ``times`` holds one
    departure per trip, in the same order in all rows of the route, ``-`` where a trip
    does not stop. docs/sources.md describes every column. Refused are rows that cannot
    be read, and all rows of a route whose numbers of times differ or whose times fall,
    for then nobody knows which trip is which.

    Raises
    ------
    SourceFormatError
        If the file is no table with these columns.
    """
    chosen = parse_options(TableOptions, options)
    refused = refusals(path, source)
    table = _named(read_rows(path, refused, needed=(), separator=None), path)
    table = points(table, country, refused, missing="keep")
    table = _complete(table, refused)
    table["carrier"] = table["carrier"].fillna(chosen.carrier)
    table = _parsed(table, refused)
    calls: list[dict[str, Any]] = []
    for number, (_, rows) in enumerate(table.groupby(_VARIANT, dropna=False)):
        calls += _trips(rows, number, refused)
    stops = table.drop_duplicates("stop_id").assign(areas=";".join(chosen.areas))
    found = pd.DataFrame(calls)
    trips = found["trip_id"].nunique() if len(found) else 0
    note = f"{trips} trips from {len(table)} rows"
    return timetable(stops, found, refused, notes=(note,))


def _named(table: pd.DataFrame, path: Path) -> pd.DataFrame:
    """Return the table with our names of columns, all of them."""
    folded = {name: str(name).casefold() for name in table}
    out = table.rename(columns={n: RUSSIAN.get(f, f) for n, f in folded.items()})
    remedy = f"The header must hold: {', '.join(NEEDED)} (docs/sources.md)."
    header = [str(name) for name in out if name != "_row"]
    if again := repeated_names(header):
        raise SourceFormatError(
            f"column {again[0]!r} stands twice, in two languages",
            where=f"{path}, line 1",
            remedy="Leave one of the two.",
        )
    require_columns(header, NEEDED, str(path), remedy)
    for name in OPTIONAL:
        if name not in out:
            out[name] = pd.Series(pd.NA, index=out.index, dtype="str")
    return out


def _complete(table: pd.DataFrame, refused: Rejections) -> pd.DataFrame:
    """Refuse rows that lack what every row must have."""
    for name in ("route", "days", "times"):
        bare = table[name].isna()
        refuse(
            refused, table[bare], field=name, reason=f"{name} is missing: fill it in"
        )
        table = table[~bare]
    lost = table["settlement"].isna() & table["lon"].isna()
    reason = "neither a settlement nor a point: name the settlement of the stop"
    refuse(refused, table[lost], field="settlement", reason=reason)
    return table[~lost].copy()


def _read(
    table: pd.DataFrame, name: str, parse: Callable[[str], Any], refused: Rejections
) -> pd.Series:
    """Return what the cells of a column say, empty ones None, unreadable ones refused.

    The index holds the rows that are left.
    """
    found: dict[Hashable, Any] = {}
    bad: dict[str, list[Hashable]] = {}
    for index, text in table[name].items():
        try:
            found[index] = None if pd.isna(text) else parse(str(text))
        except CellError as error:
            bad.setdefault(str(error), []).append(index)
    for reason, rows in bad.items():
        refuse(refused, table.loc[rows], field=name, reason=reason)
    return pd.Series(found, dtype="object")


def _parsed(table: pd.DataFrame, refused: Rejections) -> pd.DataFrame:
    """Return the rows with days, times and periods read, and an id for each stop."""
    out = table
    for name, made, parse in (
        ("days", "mask", days_of_week),
        ("times", "clock", departure_seconds),
        ("valid_from", "first_day", parse_day),
        ("valid_to", "last_day", parse_day),
        ("sequence", "place", _whole),
        ("direction", "way", _direction),
    ):
        cells = _read(out, name, parse, refused)
        out = out.loc[cells.index].assign(**{made: cells})
    ended = out["valid_to"].notna() & out["valid_from"].notna()
    ended &= out["last_day"].where(ended) < out["first_day"].where(ended)
    reason = "it ends before it begins: mend one of the two days"
    refuse(refused, out[ended], field="valid_to", reason=reason)
    out = out[~ended]
    shown = out["stop"].fillna(out["settlement"]).fillna("")
    place = out["settlement"].fillna("") + "|" + out["stop"].fillna("")
    at = out["lon"].astype("str") + "," + out["lat"].astype("str")
    return out.assign(
        direction=out["way"].fillna("0"),
        stop_id=("table:" + place).where(out["settlement"].notna(), "table:" + at),
        name=shown,
        place_ref=out["settlement"],
    )


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= _SEQUENCE_FIGURES):
        raise CellError("no_sequence", text=text)
    return int(text)


def _direction(text: str) -> str:
    if text.casefold() not in _DIRECTIONS:
        raise CellError("no_direction", text=text)
    return _DIRECTIONS[text.casefold()]


def _trips(
    rows: pd.DataFrame, number: int, refused: Rejections
) -> list[dict[str, Any]]:
    """Return the calls of all trips of one route, direction and set of days."""
    ordered = rows.sort_values("place", kind="stable", na_position="last")
    counts = sorted({len(clock) for clock in ordered["clock"]})
    if len(counts) > 1:
        reason = (
            f"the rows of this route have {' and '.join(map(str, counts))} times: each "
            "needs one per trip, «-» where the trip does not stop"
        )
        refuse(refused, ordered, field="times", reason=reason)
        return []
    calls = []
    for trip in range(counts[0]):
        before = 0
        for place, row in enumerate(ordered.to_dict("records")):
            clock = row["clock"][trip]
            if clock is None:
                continue
            moment = _after(before, clock)
            if moment is None:
                reason = f"trip {trip + 1} goes back in time here: mend the times"
                refuse(refused, ordered, field="times", reason=reason)
                return []
            before = moment
            calls.append(
                {
                    "stop_id": row["stop_id"],
                    "trip_id": f"{row['route']}|{row['direction']}|{number}|{trip + 1}",
                    "carrier": row["carrier"],
                    "route": row["route"],
                    "direction": row["direction"],
                    "sequence": place,
                    "arrival_s": moment,
                    "departure_s": moment,
                    "weekdays": row["mask"],
                    "first_day": row["first_day"],
                    "last_day": row["last_day"],
                }
            )
    return calls


def _after(before: int, clock: int) -> int | None:
    """Return the time after ``before``, at night over midnight; None: it falls."""
    moment = clock + _DAY_S * (before // _DAY_S)
    if moment >= before:
        return moment
    night = before % _DAY_S >= LATE_S and clock < EARLY_S
    return moment + _DAY_S if night else None
