"""What the sheets must keep together: a complete list, and two that agree."""

from geo.sources.workbook.cells import Value, departure_seconds, weekday_mask
from geo.sources.workbook.content import Row, WorkbookContent
from geo.sources.workbook.faults import Faults, WorkbookFault
from geo.sources.workbook.form import GENERATION_PREFIX, completeness_lists
from geo.sources.workbook.places import Places

_SHOWN = 5


def check_completeness(content: WorkbookContent, known: Places) -> list[WorkbookFault]:
    """Return the faults of the sheet «Полнота».

    "Complete" turns an absence into a fact (no stop: no bus), so a list with
    untouched or empty rows may not be called so.
    """
    faults = Faults(content.sheets["completeness"])
    for row in content.rows["completeness"]:
        key = str(row.cells.get("key"))
        if key not in completeness_lists():
            faults.add(row.number, "key", key, "такого списка нет",
                       "Верните код из исходной формы")  # fmt: skip
            continue
        if row.cells.get("complete") is None:
            continue
        if row.cells.get("stated_by") is None:
            faults.add(row.number, "stated_by", None, "не сказано, кто это утверждает",
                       "Впишите учреждение и должность")  # fmt: skip
        if row.cells.get("complete") == "yes" and "complete" in row.declared:
            what = _silence(_open(key, content, known))
            remedy = _REMEDIES[key.partition(":")[0]]
            if what:
                faults.add(row.number, "complete", "да", what, remedy)
    return faults.found


def _silence(rows: list[str]) -> str:
    if not rows:
        return ""
    more = len(rows) - _SHOWN
    tail = f" и ещё {more}" if more > 0 else ""
    shown = "; ".join(rows[:_SHOWN])
    return f"список назван полным, но не сказано о {len(rows)}: {shown}{tail}"


_REMEDIES = {
    "facilities": "Подтвердите каждый объект или отметьте «закрыт», либо «Список "
    "полон»: «нет»",
    "timetable": "Впишите рейсы каждого пункта (0, если их нет) и «Учтены все "
    "перевозчики»: «да», либо «Список полон»: «нет»",
    "cells": "Выберите связь каждого оператора в каждом пункте, либо «Список полон»: "
    "«нет»",
    "fixed": "Выберите «да» или «нет» у каждого пункта, либо «Список полон»: «нет»",
}


def _open(key: str, content: WorkbookContent, known: Places) -> list[str]:
    layer, _, kind = key.partition(":")
    if layer == "facilities":
        return [
            f"строка {row.number} «{row.cells.get('name') or kind}»"
            for row in content.rows["facilities"]
            if row.cells.get("kind") == kind and not row.declared
        ]
    answered = _ANSWERED[layer](content)
    return [
        f"«{place.name}» ({place.id})"
        for place in known.of_raion
        if place.id not in answered
    ]


def _timetable(content: WorkbookContent) -> set[str | None]:
    stops = {row.place_id for row in content.rows["timetable"]}
    stated = {
        row.place_id
        for row in content.rows["trips"]
        if row.cells.get("trips") is not None and row.cells.get("all_carriers") == "yes"
    }
    return stops | stated


def _cells(content: WorkbookContent) -> set[str | None]:
    keys = [f"{GENERATION_PREFIX}{code}" for code, _name in content.operators]
    return {
        row.place_id
        for row in content.rows["mobile"]
        if len(row.filled(keys)) == len(keys)
    }


def _fixed(content: WorkbookContent) -> set[str | None]:
    def answer(row: Row) -> Value:
        return row.cells.get("available")

    return {row.place_id for row in content.rows["fixed"] if answer(row) is not None}


def check_agreement(content: WorkbookContent) -> list[WorkbookFault]:
    """Return the faults where a total of trips is less than the raion's timetable."""
    faults = Faults(content.sheets["trips"])
    listed = _weekly_trips(content)
    for row in content.declared("trips"):
        total, counted = row.cells.get("trips"), listed.get(row.place_id, 0)
        if isinstance(total, int) and total < counted:
            faults.add(row.number, "trips", total,
                       f"рейсов {total}, а на листе «Расписание» их {counted} в неделю",
                       "Исправьте одно из двух")  # fmt: skip
    return faults.found


def _weekly_trips(content: WorkbookContent) -> dict[str | None, int]:
    """Count the trips of a settlement in its fullest season."""
    seasons: dict[tuple[str | None, object, object], int] = {}
    for row in content.rows["timetable"]:
        season = (row.place_id, row.cells["valid_from"], row.cells["valid_to"])
        times = departure_seconds(str(row.cells["times"]))
        days = weekday_mask(str(row.cells["weekdays"])).bit_count()
        trips = days * sum(time is not None for time in times)
        seasons[season] = seasons.get(season, 0) + trips
    found: dict[str | None, int] = {}
    for (place, _from, _to), trips in seasons.items():
        found[place] = max(found.get(place, 0), trips)
    return found


_ANSWERED = {"timetable": _timetable, "cells": _cells, "fixed": _fixed}
