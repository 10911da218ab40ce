"""Read and check a raion workbook: everything is right, or nothing is taken."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pandas as pd

from geo.sources.workbook.book import (
    open_book,
    read_meta,
    read_originals,
    read_pairs,
    read_rows,
)
from geo.sources.workbook.cells import Value
from geo.sources.workbook.checks import check_sheet
from geo.sources.workbook.completeness import check_agreement, check_completeness
from geo.sources.workbook.content import Original, Row, WorkbookContent, declare
from geo.sources.workbook.faults import (
    CellError,
    Faults,
    WorkbookFault,
    WorkbookFaultsError,
    refusal,
)
from geo.sources.workbook.form import Sheet, form, part, sender_label
from geo.sources.workbook.places import Place, Places, places_of
from geo.sources.workbook.times import parse_day

Bounds = tuple[float, float, float, float]

_MARGIN_DEGREES = 0.3


def read_workbook(
    path: Path,
    settlements: pd.DataFrame,
    *,
    bounds: Bounds | None = None,
    today: date | None = None,
) -> WorkbookContent:
    """Read a filled-in workbook and check all of it.

    Parameters
    ----------
    path
        The XLSX file as the raion sent it.
    settlements
        Table ``settlements`` of the release (the whole country).
    bounds
        West, south, east, north of the country in degrees; by default the extent of
        the settlements.
    today
        No statement may be dated later; by default the day of the call.

    Raises
    ------
    WorkbookFaultsError
        If anything is wrong: ``faults`` holds every fault, the message the first 50.
    WorkbookError
        If the file is no form of ours at all.
    """
    places = places_of(settlements)
    west, east = settlements["lon"].min(), settlements["lon"].max()
    south, north = settlements["lat"].min(), settlements["lat"].max()
    margin = _MARGIN_DEGREES
    extent = (west - margin, south - margin, east + margin, north + margin)
    return read_with_places(
        path,
        places,
        bounds=bounds or extent,
        today=today or date.today(),  # noqa: DTZ011
    )


def read_with_places(
    path: Path, places: list[Place], *, bounds: Bounds, today: date
) -> WorkbookContent:
    """Read a workbook against a list of settlements; see :func:`read_workbook`."""
    book = open_book(path)
    meta = read_meta(book, path)
    originals = read_originals(book, path)
    known = Places(places, meta.raion_id)
    if not known.of_raion:
        raise refusal(
            "no_raion", path.name, name=meta.raion_name, id=meta.raion_id,
            country=meta.country, release=meta.release,
        )  # fmt: skip
    found: list[WorkbookFault] = []
    rows: dict[str, tuple[Row, ...]] = {}
    emptied = set()
    for key, sheet in form(meta.operators, meta.version).items():
        faults = Faults(sheet)
        original = originals.get(key, {})
        raw = read_rows(book, sheet, faults)
        located = _located(sheet, raw or [], original, known, faults)
        gone = raw is not None and _removed(sheet, located, original, faults)
        rows[key] = declare(sheet, located, removed=gone)
        if gone and not located:
            emptied.add(key)
        check_sheet(sheet, rows[key], faults, bounds=bounds, today=today)
        found += sorted(faults.found, key=lambda fault: fault.row or 0)
    sender, filled_on = _sender(read_pairs(book, part("sender")), today, found)
    named = {row.place_id for sheet in rows.values() for row in sheet}
    content = WorkbookContent(
        **vars(meta),
        supplier=sender,
        filled_on=filled_on,
        rows=rows,
        places={key: known.by_id[key] for key in sorted(filter(None, named))},
        emptied=frozenset(emptied),
    )
    # A list is only judged whole once its rows can be read at all.
    if not found:
        found += check_completeness(content, known)
        found += check_agreement(content)
    if found:
        raise WorkbookFaultsError(path, found)
    return content


def _located(
    sheet: Sheet,
    raw: list[tuple[int, dict[str, Value]]],
    originals: Mapping[str, Original],
    known: Places,
    faults: Faults,
) -> list[Row]:
    seen: dict[str, int] = {}
    rows = []
    for number, values in raw:
        place = _place(sheet, number, values, originals, known, faults)
        base = _row_key(sheet, values, place)
        seen[base] = seen.get(base, 0) + 1
        original = originals.get(f"{base}#{seen[base]}")
        place_id = place.id if place else None
        rows.append(Row(sheet.key, number, values, place_id, original))
    return rows


def _row_key(sheet: Sheet, values: Mapping[str, Value], place: Place | None) -> str:
    if sheet.row_key == ("settlement_id",):
        return place.id if place else str(values.get("settlement_id") or "")
    return "|".join(str(values.get(key) or "") for key in sheet.row_key)


def _place(
    sheet: Sheet,
    number: int,
    values: Mapping[str, Value],
    originals: Mapping[str, Original],
    known: Places,
    faults: Faults,
) -> Place | None:
    code = values.get("settlement_id")
    name = values.get("settlement") or values.get("list_name")
    if sheet.key == "settlements" and name is None:
        name = values.get("name_ru") or values.get("name_be")
    try:
        place = _meant(code, name, originals, known)
        _fits(sheet, place, known)
    except CellError as error:
        key = "settlement_id" if code else _name_key(sheet)
        faults.cell(number, key, code or name, error)
        return None
    return place


def _meant(
    code: Value, name: Value, originals: Mapping[str, Original], known: Places
) -> Place | None:
    """Return the settlement of this code or name, None where there is neither.

    A code and a name of two places are refused; a prefilled row may hold an old name.
    """
    if not code:
        return known.by_name(str(name)) if name else None
    place = known.by_code(str(code))
    if name is None or f"{code}#1" in originals or known.called(place, str(name)):
        return place
    raise CellError("code_of_other", id=place.id, name=place.name, written=name)


def _fits(sheet: Sheet, place: Place | None, known: Places) -> None:
    if place is None and sheet.place != "optional":
        raise CellError("no_place")
    if place and sheet.place == "own" and place.raion_id != known.raion_id:
        raise CellError("of_other_raion", name=place.name)


def _name_key(sheet: Sheet) -> str:
    keys = {column.key for column in sheet.columns}
    return next(
        (key for key in ("settlement", "list_name") if key in keys),
        sheet.columns[0].key,
    )


def _removed(
    sheet: Sheet, rows: list[Row], originals: Mapping[str, Original], faults: Faults
) -> bool:
    """Tell whether prefilled rows are gone; ask for those that said something."""
    kept = sum(row.original is not None for row in rows)
    if kept == len(originals):
        return False
    if not sheet.row_key:
        return True
    present = {id(row.original) for row in rows}
    states = {column.key for column in sheet.columns if column.states}
    for key, original in originals.items():
        said = any(original.get(state) is not None for state in states)
        if id(original) not in present and said:
            shown = original.get("name") or original.get("list_name")
            shown = shown or original.get("settlement") or original.get("title")
            code = key.rpartition("#")[0]
            faults.add(None, sheet.row_key[0], code, "removed", shown=shown or key)
    return True


def _sender(
    pairs: Mapping[str, object], today: date, found: list[WorkbookFault]
) -> tuple[str, date | None]:
    office = pairs.get(sender_label("office"))
    raw = pairs.get(sender_label("date"))
    day: date | None = None
    try:
        day = _sender_date(raw, today)
    except CellError as error:
        found.append(
            WorkbookFault(
                part("sender"),
                None,
                sender_label("date"),
                str(raw),
                error.what,
                error.remedy,
            )
        )
    return ("" if office is None else str(office)), day


def _sender_date(raw: object, today: date) -> date | None:
    if raw is None:
        return None
    if isinstance(raw, date):
        day = date(raw.year, raw.month, raw.day)
    else:
        day = parse_day(str(raw))
    if day > today:
        raise CellError("sender_ahead", day=day)
    return day
