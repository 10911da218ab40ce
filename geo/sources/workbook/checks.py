"""What the rows of each sheet must keep, beyond each cell for itself."""

from collections.abc import Callable, Iterable
from datetime import date

from geo.sources.workbook.content import Row
from geo.sources.workbook.faults import Faults
from geo.sources.workbook.form import PLACE, Cell, Sheet
from geo.sources.workbook.places import place_key
from geo.sources.workbook.times import departure_seconds, weekday_mask

Bounds = tuple[float, float, float, float]

LATE_S, EARLY_S = 18 * 3600, 9 * 3600
_MAY_BE_AHEAD = ("valid_from", "valid_to")


def check_sheet(
    sheet: Sheet, rows: tuple[Row, ...], faults: Faults, *, bounds: Bounds, today: date
) -> None:
    """Add every fault of the rows of one sheet.

    Parameters
    ----------
    bounds
        West, south, east, north of the country, degrees.
    today
        No statement may be dated later.
    """
    dates = [
        column.key
        for column in sheet.columns
        if column.cell in (Cell.DATE, Cell.DAY, Cell.CONFIRM)
        and column.key not in _MAY_BE_AHEAD
    ]
    unread = {fault.row for fault in faults.found}
    for row in rows:
        _required(sheet, row, faults)
        _not_ahead(row, dates, today, faults)
        if row.confirmed and not row.declared:
            faults.add(row.number, "confirm", None, "nothing_confirmed")
    for row in (row for row in rows if row.number not in unread):
        if sheet.key in _PER_ROW:
            _PER_ROW[sheet.key](row, faults)
        if sheet.key == "facilities":
            _inside(row, bounds, faults)
    _twice(sheet, rows, faults)
    if sheet.key == "timetable":
        _trips_fit(rows, unread, faults)
    if sheet.key == "settlements":
        _one_centre(rows, faults)


def _required(sheet: Sheet, row: Row, faults: Faults) -> None:
    unreadable = {fault.column for fault in faults.found if fault.row == row.number}
    for column in sheet.columns:
        empty = column.required and row.cells.get(column.key) is None
        if empty and column.title not in unreadable:
            faults.add(
                row.number, column.key, None, "empty", help=column.said.help.rstrip(".")
            )


def _not_ahead(row: Row, keys: Iterable[str], today: date, faults: Faults) -> None:
    for key in keys:
        value = row.cells.get(key)
        if key not in row.touched([key]):
            continue
        if isinstance(value, int) and value > today.year:
            faults.add(row.number, key, value, "future_year")
        elif isinstance(value, date) and value > today:
            faults.add(row.number, key, f"{value:%d.%m.%Y}", "future_date")


def _settlement(row: Row, faults: Faults) -> None:
    value, day = row.cells.get("population"), row.cells.get("population_date")
    counted = "population" in row.declared and value is not None
    if counted and day is None:
        faults.add(row.number, "population_date", None, "population_undated")
    elif (
        counted
        and row.touched(["population"]) == {"population"}
        and not row.touched(["population_date"])
        and not row.confirmed
    ):
        faults.add(row.number, "population_date", day, "population_of_old_date")
    if value is None and day is not None:
        faults.add(row.number, "population", None, "no_population")


def _facility(row: Row, faults: Faults) -> None:
    code = row.cells.get("facility_id")
    if code is not None and row.original is None:
        faults.add(row.number, "facility_id", code, "foreign_facility")
    somewhere = row.place_id is not None or row.filled(["lon", "lat"])
    if row.declared and not somewhere:
        faults.add(row.number, "settlement", None, "no_place")


def _inside(row: Row, bounds: Bounds, faults: Faults) -> None:
    lon, lat = row.cells.get("lon"), row.cells.get("lat")
    if not row.touched(["lon", "lat"]):
        return
    if isinstance(lon, float) and isinstance(lat, float):
        if _within(lon, lat, bounds):
            return
        fault = "swapped" if _within(lat, lon, bounds) else "outside"
        faults.add(row.number, "lon", f"{lon:g}; {lat:g}", fault)
    elif lon is not None or lat is not None:
        missing = "lat" if lat is None else "lon"
        faults.add(row.number, missing, None, "one_coordinate")


def _within(lon: float, lat: float, bounds: Bounds) -> bool:
    west, south, east, north = bounds
    return west <= lon <= east and south <= lat <= north


def _trips(row: Row, faults: Faults) -> None:
    trips, days = row.cells.get("trips"), row.cells.get("days")
    _period(row, faults)
    if isinstance(trips, int) and isinstance(days, int):
        if trips and not days:
            faults.add(row.number, "days", days, "trips_on_no_day", trips=trips)
        elif days > trips:
            faults.add(
                row.number,
                "days",
                days,
                "fewer_trips_than_days",
                days=days,
                trips=trips,
            )
    elif trips is None and row.filled(["days", "all_carriers", "valid_to"]):
        faults.add(row.number, "trips", None, "no_trips")


def _period(row: Row, faults: Faults) -> None:
    first, last = row.cells.get("valid_from"), row.cells.get("valid_to")
    if isinstance(first, date) and isinstance(last, date) and last < first:
        faults.add(row.number, "valid_to", f"{last:%d.%m.%Y}", "ends_before_begin")


def _mobile(row: Row, faults: Faults) -> None:
    asked = [column.key for column in faults.sheet.columns if column.per_operator]
    if row.cells.get("date") is not None and not row.filled(asked):
        faults.add(row.number, "date", row.cells["date"], "date_of_nothing")


def _fixed(row: Row, faults: Faults) -> None:
    available = row.cells.get("available")
    details = sorted(row.filled(["technology", "max_mbps"]))
    if available is None and row.filled(["technology", "max_mbps", "operator", "date"]):
        faults.add(row.number, "available", None, "not_told_available")
    if available == "no" and details:
        faults.add(row.number, details[0], row.cells[details[0]], "not_available")
    if available == "yes" and row.cells.get("max_mbps") == 0:
        faults.add(row.number, "max_mbps", 0, "no_speed")


_PER_ROW: dict[str, Callable[[Row, Faults], None]] = {
    "settlements": _settlement,
    "facilities": _facility,
    "trips": _trips,
    "timetable": _period,
    "mobile": _mobile,
    "fixed": _fixed,
}


def _identity(sheet: Sheet, row: Row) -> tuple[object, ...] | None:
    """Return what may occur once on its sheet, None where rows may repeat."""
    cells = row.cells
    if sheet.key == "facilities" and cells.get("facility_id") is None:
        name = place_key(str(cells.get("name") or ""))
        return cells.get("kind"), name, row.place_id, cells.get("lon"), cells.get("lat")
    found = tuple(row.place_id if k == PLACE else cells.get(k) for k in sheet.once)
    return None if found in ((), (None,)) else found


def _twice(sheet: Sheet, rows: Iterable[Row], faults: Faults) -> None:
    seen: dict[tuple[object, ...], int] = {}
    for row in rows:
        identity = _identity(sheet, row)
        if identity is None:
            continue
        first = seen.setdefault(identity, row.number)
        if first != row.number:
            shown = row.cells.get("settlement") or row.cells.get("name")
            key = sheet.columns[0].key
            faults.add(row.number, key, shown or identity[0], "twice", first=first)


def _one_centre(rows: Iterable[Row], faults: Faults) -> None:
    seen: dict[str, int] = {}
    for row in rows:
        selsovet = row.cells.get("selsovet")
        if row.cells.get("selsovet_centre") != "yes" or not isinstance(selsovet, str):
            continue
        first = seen.setdefault(selsovet.casefold(), row.number)
        if first != row.number:
            faults.add(
                row.number, "selsovet_centre", selsovet, "two_centres", first=first
            )


def _trips_fit(rows: tuple[Row, ...], unread: set[int | None], faults: Faults) -> None:
    """Check that the stops of one route name the same trips, each later than before."""
    variants: dict[tuple[object, ...], list[Row]] = {}
    for row in rows:
        wanted = row.filled(["route", "direction", "sequence", "weekdays", "times"])
        if row.number not in unread and len(wanted) == 5:  # noqa: PLR2004
            variants.setdefault(variant(row), []).append(row)
    for stops in variants.values():
        ordered = sorted(stops, key=lambda row: int(str(row.cells["sequence"])))
        calls = [departure_seconds(str(row.cells["times"])) for row in ordered]
        for row, times in zip(ordered, calls, strict=True):
            if len(times) != len(calls[0]):
                faults.add(
                    row.number, "times", row.cells["times"], "unequal_times",
                    times=len(times), first=ordered[0].number, wanted=len(calls[0]),
                )  # fmt: skip
                break
        else:
            _in_order(ordered, calls, faults)


def variant(row: Row) -> tuple[object, ...]:
    """Return what the stops of the same trips share."""
    return (
        row.cells["route"],
        row.cells["direction"],
        weekday_mask(str(row.cells["weekdays"])),
        row.cells.get("valid_from"),
        row.cells.get("valid_to"),
    )


def _in_order(rows: list[Row], calls: list[list[int | None]], faults: Faults) -> None:
    for trip in range(len(calls[0])):
        before: int | None = None
        for row, times in zip(rows, calls, strict=True):
            now = times[trip]
            if now is None:
                continue
            midnight = before is not None and before >= LATE_S and now < EARLY_S
            if before is not None and now < before and not midnight:
                faults.add(
                    row.number, "times", row.cells["times"], "falling", trip=trip + 1
                )
                break
            before = now
