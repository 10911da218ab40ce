"""What a workbook declares, as canonical tables and statements of completeness."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any

import pandas as pd

from geo.sources.country import Completeness
from geo.sources.result import ReadResult, Rejections, canonical
from geo.sources.workbook.cells import Value
from geo.sources.workbook.content import Row, WorkbookContent
from geo.sources.workbook.form import Sheet, Unit
from geo.sources.workbook.places import place_key
from geo.sources.workbook.timetable import in_force, timetable
from geo.types import Status

#: what stands in the hours of a facility that the raion has declared closed
CLOSED = "закрыт"
_DECLARED = Status.DECLARED.value
Record = dict[str, Any]


def without_superseded(
    content: WorkbookContent, newer: Sequence[WorkbookContent]
) -> WorkbookContent:
    """Return ``content`` without the statements that a newer workbook makes again.

    Parameters
    ----------
    newer
        Later workbooks of the same raion. A newer cell, row, settlement or sheet
        (the sheet's unit) takes the place of the older one, also when it is now
        empty: then the statement is withdrawn.
    """
    rows = {}
    for key, sheet in content.sheets.items():
        stated: dict[object, set[str]] = {}
        for later in newer:
            for row in later.declared(key):
                stated.setdefault(_subject(sheet.unit, row), set()).update(row.declared)
            if key in later.emptied:
                stated[key] = set()
        rows[key] = tuple(
            replace(row, declared=_left(sheet.unit, row, stated))
            for row in content.rows.get(key, ())
        )
    return replace(content, rows=rows)


def _subject(unit: Unit, row: Row) -> object:
    return row.sheet if unit is Unit.SHEET else subject(row)


def _left(unit: Unit, row: Row, stated: dict[object, set[str]]) -> frozenset[str]:
    again = stated.get(_subject(unit, row))
    if again is None:
        return row.declared
    return row.declared - again if unit is Unit.CELL else frozenset()


def subject(row: Row) -> Value:
    """Return what a row speaks of: its facility, settlement or list."""
    if row.sheet == "facilities":
        return facility_id(row)
    return row.place_id or row.cells.get("key")


def facility_id(row: Row) -> str:
    """Return the id of a facility; a new one gets one from what it is and where."""
    code = row.cells.get("facility_id")
    if code is not None:
        return str(code)
    name = place_key(str(row.cells.get("name") or ""))
    point = f"{row.cells.get('lon')}|{row.cells.get('lat')}"
    where = row.place_id or point
    text = f"{row.cells.get('kind')}|{name}|{where}"
    return f"supplied:{sha256(text.encode()).hexdigest()[:12]}"


def to_read_result(
    content: WorkbookContent,
    *,
    source: str,
    file: str,
    supplier: str,
    stated: date,
    on: date | None = None,
) -> ReadResult:
    """Return what a workbook declares, status ``declared``.

    Parameters
    ----------
    content
        A workbook as :func:`geo.sources.workbook.read.read_workbook` returns it.
    source, file
        Names for the table of refused rows.
    supplier, stated
        Who states it and on which day, where a row gives no day of its own.
    on
        Day of the release; what is not in force on it is refused with the reason.

    Returns
    -------
    ReadResult
        Layers ``places`` (only the declared columns, no point), ``facilities``,
        ``observations``, ``fixed``, ``timetable_stops`` and ``timetable_calls``.
    """
    refused = Rejections(source, file)
    stops, calls = timetable(content, refused, on)
    records: dict[str, list[Record]] = {
        sheet.table: [
            _fed(sheet, row)
            | _FURTHER[sheet.table](row, content.stated_on(row, stated))
            | {"origin": _origin(file, row)}
            for row in content.declared(key)
        ]
        for key, sheet in content.sheets.items()
        if sheet.table
    }
    # a cell that was emptied says no more whether there is access
    told = [one for one in records["fixed"] if one["available"] is not None]
    records |= {
        "fixed": told,
        "observations": _observations(content, supplier, stated, on, refused),
        "timetable_stops": stops,
        "timetable_calls": calls,
    }
    tables = {
        layer: canonical(layer, pd.DataFrame(found))
        for layer, found in records.items()
        if found
    }
    return ReadResult(tables, refused.frame(), date=stated.isoformat())


def completeness(
    content: WorkbookContent, *, source: str, stated: date
) -> tuple[Completeness, ...]:
    """Return the lists that the raion declares to be whole, each for the raion."""
    found = []
    for row in content.declared("completeness"):
        if row.cells.get("complete") == "yes":
            layer, _, kind = str(row.cells["key"]).partition(":")
            said = {
                "layer": layer,
                "kind": kind or "*",
                "area": content.raion_id,
                "source": source,
                "valid_from": content.stated_on(row, stated),
                "stated_by": str(row.cells["stated_by"]),
                "note": str(row.cells.get("remark") or ""),
            }
            found.append(Completeness.model_validate(said))
    return tuple(found)


def _origin(file: str, row: Row) -> str:
    return f"{file}:{row.sheet}!{row.number}"


def _fed(sheet: Sheet, row: Row) -> Record:
    """Return what the row says in the columns of its sheet's table."""
    every = sheet.unit is not Unit.CELL
    return {
        column.feeds: row.cells.get(column.key)
        if every or column.key in row.declared
        else None
        for column in sheet.columns
        if column.feeds
    }


def _of_place(row: Row, _day: date) -> Record:
    population = None
    if row.declared & {"population", "population_date"}:
        population = row.cells.get("population")
    day = row.cells.get("population_date")
    year = day.year if isinstance(day, date) else day
    return {
        "place_id": row.place_id,
        "lon": float("nan"),  # nothing is said of the point
        "lat": float("nan"),
        "population": population,
        "population_year": None if population is None else year,
    }


def _of_facility(row: Row, _day: date) -> Record:
    closed = row.cells.get("state") == "closed"
    return {
        "facility_id": facility_id(row),
        "status": _DECLARED,
        # A closed one stays listed, so that no other source or assumption brings it
        # back, but no way is measured to it.
        "located": not closed,
        "place_ref": row.place_id,
        "hours": CLOSED if closed else row.cells.get("hours"),
        "remark": row.cells.get("remark"),
    }


def _of_fixed(row: Row, day: date) -> Record:
    return {"place_ref": row.place_id, "date": _moment(day)}


_FURTHER = {"places": _of_place, "facilities": _of_facility, "fixed": _of_fixed}


def _moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 (a civil date)


def _observations(
    content: WorkbookContent,
    supplier: str,
    stated: date,
    on: date | None,
    refused: Rejections,
) -> list[Record]:
    found: list[Record] = []
    for key, sheet in content.sheets.items():
        stating = [c for c in sheet.columns if c.indicator and not c.feeds]
        for row in content.declared(key) if stating else ():
            if not in_force(row, on, refused):
                continue
            values = {
                column.indicator: _number(row.cells[column.key])
                for column in stating
                if column.key in row.declared and row.cells.get(column.key) is not None
            }
            bound = key == "trips" and not _all_carriers(row, content)
            known = [(indicator, value, bound) for indicator, value in values.items()]
            if key == "mobile" and values:
                known += _best(list(values.values()), len(content.operators))
            common = {
                "place_ref": row.place_id,
                "status": _DECLARED,
                "date": _moment(content.stated_on(row, stated)),
                "supplier": supplier,
                "remark": row.cells.get("remark"),
                "origin": _origin(refused.file, row),
            }
            found += [
                common
                | {
                    "indicator": indicator,
                    "value": None if low else value,
                    "low": value,
                    "high": None if low else value,
                }
                for indicator, value, low in known
            ]
    return found


def _number(value: Value) -> float:
    """Return a number; yes is 1, no is 0, another entry of a list its code."""
    return float({"yes": 1, "no": 0}.get(str(value), str(value)))


def _all_carriers(row: Row, content: WorkbookContent) -> bool:
    """Tell whether a number of trips is all there is: else it is the least."""
    said = row.cells.get("all_carriers")
    return said == "yes" or (
        said is None
        and any(
            listed.cells.get("key") == "timetable"
            and listed.cells.get("complete") == "yes"
            for listed in content.declared("completeness")
        )
    )


def _best(generations: list[float], operators: int) -> list[tuple[str, float, bool]]:
    """Return the best generation of all operators, and whether there is any service.

    "None" of one operator says nothing of the others.
    """
    best, whole = max(generations), len(generations) == operators
    if not (whole or best > 0):
        return []
    return [
        ("digital.best_generation", best, not whole),
        ("digital.cellular_service", float(best > 0), False),
    ]
