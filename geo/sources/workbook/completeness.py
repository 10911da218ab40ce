"""What the sheets must keep together: a complete list, and two that agree."""

from geo.sources.workbook.content import WorkbookContent
from geo.sources.workbook.faults import Faults, WorkbookFault, listed
from geo.sources.workbook.form import completeness_lists
from geo.sources.workbook.places import Places
from geo.sources.workbook.times import departure_seconds, weekday_mask
from geo.texts import wording

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
            faults.add(row.number, "key", key, "no_such_list")
            continue
        if row.cells.get("complete") is None:
            continue
        if row.cells.get("stated_by") is None:
            faults.add(row.number, "stated_by", None, "stated_by_nobody")
        if row.cells.get("complete") == "yes" and "complete" in row.declared:
            silent = _open(key, content, known)
            if silent:
                faults.add(
                    row.number, "complete", wording("tristate", "ru")["yes"],
                    f"silent_{key.partition(':')[0]}",
                    count=len(silent), listed=listed(silent, _SHOWN, "silent"),
                )  # fmt: skip
    return faults.found


def _open(key: str, content: WorkbookContent, known: Places) -> list[str]:
    layer, _, kind = key.partition(":")
    said = wording("workbook.open", "ru")
    if layer == "facilities":
        return [
            said["facility"].format(row=row.number, name=row.cells.get("name") or kind)
            for row in content.rows["facilities"]
            if row.cells.get("kind") == kind and not row.declared
        ]
    answered = _ANSWERED[layer](content)
    return [
        said["place"].format(name=place.name, id=place.id)
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
    sheet = content.sheets["mobile"]
    keys = [column.key for column in sheet.columns if column.per_operator]
    return {
        row.place_id
        for row in content.rows["mobile"]
        if len(row.filled(keys)) == len(keys)
    }


def _fixed(content: WorkbookContent) -> set[str | None]:
    rows = content.rows["fixed"]
    return {row.place_id for row in rows if row.filled(["available"])}


def check_agreement(content: WorkbookContent) -> list[WorkbookFault]:
    """Return the faults where a total of trips is less than the raion's timetable."""
    faults = Faults(content.sheets["trips"])
    listed = _weekly_trips(content)
    for row in content.declared("trips"):
        total, counted = row.cells.get("trips"), listed.get(row.place_id, 0)
        if isinstance(total, int) and total < counted:
            faults.add(
                row.number,
                "trips",
                total,
                "below_timetable",
                total=total,
                counted=counted,
            )
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
