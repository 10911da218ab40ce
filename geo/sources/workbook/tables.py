"""What a workbook declares, as canonical tables and statements of completeness."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any

import pandas as pd

from geo.sources.country import Completeness
from geo.sources.indicators import workbook_columns
from geo.sources.quantities import HOUSEHOLDS
from geo.sources.result import ReadResult, Rejections, canonical
from geo.sources.workbook.cells import departure_seconds
from geo.sources.workbook.checks import DAY_S, variant
from geo.sources.workbook.content import Row, WorkbookContent
from geo.sources.workbook.form import GENERATION_PREFIX
from geo.sources.workbook.model import Unit
from geo.sources.workbook.places import place_key
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
    if unit is Unit.SHEET:
        return row.sheet
    if row.sheet == "facilities":
        return facility_id(row)
    return row.place_id or row.cells.get("key")


def _left(unit: Unit, row: Row, stated: dict[object, set[str]]) -> frozenset[str]:
    again = stated.get(_subject(unit, row))
    if again is None:
        return row.declared
    return row.declared - again if unit is Unit.CELL else frozenset()


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
    stops, calls = _timetable(content, refused, on)
    records: dict[str, list[Record]] = {
        "places": [_place(row) for row in content.declared("settlements")],
        "facilities": [
            _facility(row) | {"origin": _origin(file, row)}
            for row in content.declared("facilities")
            if row.cells.get("kind") is not None
        ],
        "observations": _observations(content, supplier, stated, on, refused),
        "fixed": [
            _fixed(row, content.stated_on(row, stated)) | {"origin": _origin(file, row)}
            for row in content.declared("fixed")
            if row.cells.get("available") is not None
        ],
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
            found.append(
                Completeness.model_validate(
                    {
                        "layer": layer,
                        "kind": kind or "*",
                        "area": content.raion_id,
                        "source": source,
                        "valid_from": content.stated_on(row, stated),
                        "stated_by": str(row.cells["stated_by"]),
                        "note": str(row.cells.get("remark") or ""),
                    }
                )
            )
    return tuple(found)


def _origin(file: str, row: Row) -> str:
    return f"{file}:{row.sheet}!{row.number}"


def _stated(row: Row, key: str) -> Any:
    return row.cells.get(key) if key in row.declared else None


def _place(row: Row) -> Record:
    day = row.cells.get("population_date")
    population = _stated(row, "population")
    if "population_date" in row.declared:
        population = row.cells.get("population")
    year = day.year if isinstance(day, date) else day
    return {
        "place_id": row.place_id,
        "lon": float("nan"),  # nothing is said of the point
        "lat": float("nan"),
        "kind": _stated(row, "kind"),
        "selsovet_centre": _stated(row, "selsovet_centre"),
        "population": population,
        "population_year": None if population is None else year,
        "selsovet_name": _stated(row, "selsovet"),
        "name_ru": _stated(row, "name_ru"),
        "name_be": _stated(row, "name_be"),
    }


def _facility(row: Row) -> Record:
    cells = row.cells
    closed = cells.get("state") == "closed"
    return {
        "facility_id": facility_id(row),
        "kind": cells.get("kind"),
        "name": cells.get("name"),
        "lon": cells.get("lon"),
        "lat": cells.get("lat"),
        "status": _DECLARED,
        # A closed one stays listed, so that no other source or assumption brings it
        # back, but no way is measured to it.
        "located": not closed,
        "place_ref": row.place_id,
        "hours": CLOSED if closed else cells.get("hours"),
        "staff_days": cells.get("staff_days"),
        "services": cells.get("services"),
        "remark": cells.get("remark"),
    }


def _fixed(row: Row, day: date) -> Record:
    cells = row.cells
    return {
        "place_ref": row.place_id,
        "available": cells.get("available"),
        "technology": cells.get("technology"),
        "max_mbps": cells.get("max_mbps"),
        "date": datetime(day.year, day.month, day.day),  # noqa: DTZ001 (a civil date)
        "operator": cells.get("operator"),
    }


def _observations(
    content: WorkbookContent,
    supplier: str,
    stated: date,
    on: date | None,
    refused: Rejections,
) -> list[Record]:
    found: list[Record] = []

    def add(row: Row, indicator: str, value: float, *, bound: bool = False) -> None:
        day = content.stated_on(row, stated)
        found.append(
            {
                "place_ref": row.place_id,
                "indicator": indicator,
                "value": None if bound else value,
                "low": value,
                "high": None if bound else value,
                "status": _DECLARED,
                "date": datetime(day.year, day.month, day.day),  # noqa: DTZ001
                "supplier": supplier,
                "remark": row.cells.get("remark"),
                "origin": _origin(refused.file, row),
            }
        )

    for row in content.declared("settlements"):
        if _stated(row, "households") is not None:
            add(row, HOUSEHOLDS, row.cells["households"])  # type: ignore[arg-type]
    for row in content.declared("trips"):
        if _in_force(row, on, refused):
            _trips(row, content, add)
    for row in content.declared("mobile"):
        _mobile(row, len(content.operators), add)
    return found


Add = Callable[..., None]


def _trips(row: Row, content: WorkbookContent, add: Add) -> None:
    # Without the word of all carriers the number is the least there can be.
    whole = row.cells.get("all_carriers") == "yes" or (
        row.cells.get("all_carriers") is None
        and any(
            said.cells.get("key") == "timetable" and said.cells.get("complete") == "yes"
            for said in content.declared("completeness")
        )
    )
    for key, indicator in workbook_columns("trips").items():
        value = row.cells.get(key)
        if value is not None:
            add(row, indicator, float(str(value)), bound=not whole)


def _mobile(row: Row, operators: int, add: Add) -> None:
    answers = []
    for key in sorted(row.declared):
        answer = row.cells.get(key)
        if key.startswith(GENERATION_PREFIX) and answer is not None:
            generation = float(str(answer))
            answers.append(generation)
            operator = key.removeprefix(GENERATION_PREFIX)
            add(row, f"digital.generation.{operator}", generation)
    whole = len(answers) == operators
    if answers and (whole or max(answers) > 0):
        add(row, "digital.best_generation", max(answers), bound=not whole)
        add(row, "digital.cellular_service", float(max(answers) > 0))


def _in_force(row: Row, on: date | None, refused: Rejections) -> bool:
    first, last = row.cells.get("valid_from"), row.cells.get("valid_to")
    where = f"{row.sheet}!{row.number}"
    if on is None:
        return True
    if isinstance(last, date) and last < on:
        reason = "the statement ended before the day of the release"
        refused.add(row=where, field="valid_to", value=last, reason=reason)
        return False
    if isinstance(first, date) and first > on:
        reason = "the statement begins after the day of the release"
        refused.add(row=where, field="valid_from", value=first, reason=reason)
        return False
    return True


def _timetable(
    content: WorkbookContent, refused: Rejections, on: date | None
) -> tuple[list[Record], list[Record]]:
    variants: dict[tuple[object, ...], list[Row]] = {}
    for row in content.declared("timetable"):
        if _in_force(row, on, refused):
            variants.setdefault(variant(row), []).append(row)
    used = sorted({str(row.place_id) for rows in variants.values() for row in rows})
    stops = [
        {
            "stop_id": f"workbook:{place}",
            "name": content.places[place].name,
            "lon": content.places[place].lon,
            "lat": content.places[place].lat,
        }
        for place in used
    ]
    calls = [call for key in variants for call in _calls(content, variants[key])]
    return stops, calls


def _calls(content: WorkbookContent, rows: Iterable[Row]) -> Iterable[Record]:
    ordered = sorted(rows, key=lambda row: int(str(row.cells["sequence"])))
    before: dict[int, int] = {}
    for row in ordered:
        route, direction, mask, first, last = variant(row)
        for trip, clock in enumerate(departure_seconds(str(row.cells["times"]))):
            if clock is None:
                continue
            # the checks let a time fall only across midnight
            earlier = before.get(trip, 0)
            moment = clock + DAY_S * (earlier // DAY_S)
            moment += DAY_S if moment < earlier else 0
            before[trip] = moment
            yield {
                "stop_id": f"workbook:{row.place_id}",
                "trip_id": f"{content.raion_id}|{route}|{direction}|{mask}"
                f"|{first or ''}|{trip + 1}",
                "route": route,
                "direction": direction,
                "sequence": row.cells["sequence"],
                "arrival_s": moment,
                "departure_s": moment,
                "weekdays": mask,
                "first_day": first,
                "last_day": last,
            }
