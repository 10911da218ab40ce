"""A timetable that a clerk writes as a table: one row per stop of a route.

Each row is one stop of a route in one direction on some days; ``times`` holds one
departure per trip, in the same order in all rows of the route, ``-`` where a trip does
not stop. docs/sources.md describes every column. Of a route whose numbers of times
differ or whose times fall all rows are refused, for nobody knows which trip is which.
"""

from typing import Any

import pandas as pd

from geo.sources.readers.base import Options, Reading
from geo.sources.readers.day_words import MAY_SAY, days_of_week
from geo.sources.readers.fields import refuse
from geo.sources.readers.rules import filled, parsed, point, refuse_where, refuses
from geo.sources.readers.table import Table
from geo.sources.readers.timetables import timetable
from geo.sources.result import ReadResult, Rejections
from geo.sources.workbook.checks import EARLY_S, LATE_S
from geo.sources.workbook.faults import CellError
from geo.sources.workbook.times import departure_seconds, parse_day

#: our column -> that, or the word of a clerk
COLUMNS = {
    "route": ("route", "маршрут"),
    "settlement": ("settlement", "пункт"),
    "days": ("days", "дни"),
    "times": ("times", "время"),
    "carrier": ("carrier", "перевозчик"),
    "direction": ("direction", "направление"),
    "sequence": ("sequence", "номер"),
    "stop": ("stop", "остановка"),
    "lon": ("lon", "долгота"),
    "lat": ("lat", "широта"),
    "valid_from": ("valid_from", "действует с"),
    "valid_to": ("valid_to", "действует по"),
}
_NEEDED = ("route", "settlement", "days", "times")
_DAY_S = 86_400
#: no route has as many stops
_SEQUENCE_FIGURES = 6
_DIRECTIONS = dict.fromkeys(("", "туда", "туды", "прямо", "0", "there"), "0") | (
    dict.fromkeys(("обратно", "назад", "зваротна", "1", "back"), "1")
)
_NO_DATE = ("«…»: не дата. …", "«…»: нет такого дня. …", "год … невозможен. …")
_VARIANT = ["carrier", "route", "direction", "days", "valid_from", "valid_to"]


class TableOptions(Options):
    """What the file leaves out.

    ``areas``: raions in which its settlements lie; ``carrier``: of rows without one.
    """

    areas: tuple[str, ...] = ()
    carrier: str | None = None


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= _SEQUENCE_FIGURES):
        raise CellError("no_sequence", text=text)
    return int(text)


def _direction(text: str) -> str:
    if text.casefold() not in _DIRECTIONS:
        raise CellError("no_direction", text=text)
    return _DIRECTIONS[text.casefold()]


def _stopping(table: pd.DataFrame, at: Reading[TableOptions]) -> pd.DataFrame:
    """Return the rows with the id and the name of their stop."""
    place = table["settlement"].fillna("") + "|" + table["stop"].fillna("")
    spot = table["lon"].astype("str") + "," + table["lat"].astype("str")
    return table.assign(
        carrier=table["carrier"].fillna(at.options.carrier),
        direction=table["direction"].fillna("0"),
        stop_id=("table:" + place).where(table["settlement"].notna(), "table:" + spot),
        name=table["stop"].fillna(table["settlement"]).fillna(""),
        place_ref=table["settlement"],
        areas=";".join(at.options.areas),
    )


def _ends_early(table: pd.DataFrame, _: Reading[TableOptions]) -> pd.Series:
    told = table["valid_to"].notna() & table["valid_from"].notna()
    return told & (table["valid_to"].where(told) < table["valid_from"].where(told))


@refuses(
    {
        "times": (
            (
                "the rows of this route have … times: each needs one per trip, «-» "
                "where the trip does not stop"
            ),
            "trip … goes back in time here: mend the times",
        )
    }
)
def _timetable(table: pd.DataFrame, at: Reading[TableOptions]) -> ReadResult:
    calls: list[dict[str, Any]] = []
    for number, (_, rows) in enumerate(table.groupby(_VARIANT, dropna=False)):
        calls += _trips(rows, number, at.refused)
    found = pd.DataFrame(calls)
    trips = found["trip_id"].nunique() if len(found) else 0
    at.notes.append(f"{trips} trips from {len(table)} rows")
    return timetable(at, table.drop_duplicates("stop_id"), found)


def _trips(
    rows: pd.DataFrame, number: int, refused: Rejections
) -> list[dict[str, Any]]:
    """Return the calls of all trips of one route, direction and set of days."""
    ordered = rows.sort_values("sequence", kind="stable", na_position="last")
    counts = sorted({len(clock) for clock in ordered["times"]})
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
            clock = row["times"][trip]
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
                    "weekdays": row["days"],
                    "first_day": row["valid_from"],
                    "last_day": row["valid_to"],
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


read = Table(
    "timetable_calls",
    COLUMNS,
    optional=[name for name in COLUMNS if name not in _NEEDED],
    separator=None,
    options=TableOptions,
    steps=(
        point(needed=False),
        *filled("route", "days", "times"),
        refuse_where(
            "settlement",
            "neither a settlement nor a point: name the settlement of the stop",
            lambda table, _: table["settlement"].isna() & table["lon"].isna(),
        ),
        parsed("days", days_of_week, MAY_SAY),
        parsed("times", departure_seconds, ["«…»: нет такого времени. …"]),
        parsed("valid_from", parse_day, _NO_DATE),
        parsed("valid_to", parse_day, _NO_DATE),
        parsed("sequence", _whole, ["«…»: не номер остановки. …"]),
        parsed("direction", _direction, ["«…»: не направление. …"]),
        refuse_where(
            "valid_to",
            "it ends before it begins: mend one of the two days",
            _ends_early,
        ),
        _stopping,
    ),
    ends=_timetable,
)
