"""The timetable of a workbook: from rows of stops to calls of trips."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from geo.sources.result import Rejections
from geo.sources.workbook.checks import variant
from geo.sources.workbook.content import Row, WorkbookContent
from geo.sources.workbook.times import DAY_S, departure_seconds

Record = dict[str, Any]


def in_force(row: Row, on: date | None, refused: Rejections) -> bool:
    """Tell whether a statement holds on the day of the release; refuse it if not."""
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


def timetable(
    content: WorkbookContent, refused: Rejections, on: date | None
) -> tuple[list[Record], list[Record]]:
    """Return the stops and calls of the trips that run on the day of the release."""
    variants: dict[tuple[object, ...], list[Row]] = {}
    for row in content.declared("timetable"):
        if in_force(row, on, refused):
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
