"""What the rows of each sheet must keep, beyond each cell for itself."""

from collections.abc import Callable, Iterable
from datetime import date

from geo.sources.workbook.cells import (
    Value,
    departure_seconds,
    weekday_mask,
)
from geo.sources.workbook.content import Row
from geo.sources.workbook.faults import Faults
from geo.sources.workbook.form import GENERATION_PREFIX
from geo.sources.workbook.model import Cell, Sheet
from geo.sources.workbook.places import place_key

Bounds = tuple[float, float, float, float]

LATE_S, EARLY_S, DAY_S = 18 * 3600, 9 * 3600, 24 * 3600
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
            faults.add(row.number, "confirm", None, "подтверждать нечего: строка пуста",
                       "Заполните строку или уберите подтверждение")  # fmt: skip
    for row in (row for row in rows if row.number not in unread):
        _PER_ROW.get(sheet.key, _nothing)(row, faults)
        if sheet.key == "facilities":
            _inside(row, bounds, faults)
    _twice(sheet, rows, faults)
    if sheet.key == "timetable":
        _trips_fit(rows, unread, faults)
    if sheet.key == "settlements":
        _one_centre(rows, faults)


def _nothing(_row: Row, _faults: Faults) -> None:
    return None


def _required(sheet: Sheet, row: Row, faults: Faults) -> None:
    unreadable = {fault.column for fault in faults.found if fault.row == row.number}
    for column in sheet.columns:
        empty = column.required and row.cells.get(column.key) is None
        if empty and column.title not in unreadable:
            faults.add(row.number, column.key, None, "ячейка пуста",
                       column.help_ru.rstrip("."))  # fmt: skip


def _not_ahead(row: Row, keys: Iterable[str], today: date, faults: Faults) -> None:
    for key in keys:
        value = row.cells.get(key)
        if key not in row.touched([key]):
            continue
        if isinstance(value, int) and value > today.year:
            faults.add(row.number, key, value, "год в будущем", "Проверьте год")
        elif isinstance(value, date) and value > today:
            faults.add(row.number, key, f"{value:%d.%m.%Y}", "дата в будущем",
                       "Проверьте дату")  # fmt: skip


def _settlement(row: Row, faults: Faults) -> None:
    value, day = row.cells.get("population"), row.cells.get("population_date")
    counted = "population" in row.declared and value is not None
    if counted and day is None:
        faults.add(row.number, "population_date", None,
                   "нет даты, на которую посчитано население",
                   "Впишите дату или год")  # fmt: skip
    elif (
        counted
        and row.touched(["population"]) == {"population"}
        and not row.touched(["population_date"])
        and not row.confirmed
    ):
        faults.add(row.number, "population_date", day,
                   "население изменено, а дата осталась прежней",
                   "Впишите дату нового числа; если дата верна, поставьте "
                   "«Подтверждаю»")  # fmt: skip
    if value is None and day is not None:
        faults.add(row.number, "population", None, "есть дата, но нет населения",
                   "Впишите население или очистите дату")  # fmt: skip


def _facility(row: Row, faults: Faults) -> None:
    code = row.cells.get("facility_id")
    if code is not None and row.original is None:
        faults.add(row.number, "facility_id", code, "кода объекта нет в этой форме",
                   "У нового объекта оставьте код пустым")  # fmt: skip
    somewhere = row.place_id is not None or row.filled(["lon", "lat"])
    if row.declared and not somewhere:
        faults.add(row.number, "settlement", None, "не назван пункт",
                   "Впишите код или название пункта")  # fmt: skip


def _inside(row: Row, bounds: Bounds, faults: Faults) -> None:
    lon, lat = row.cells.get("lon"), row.cells.get("lat")
    if not row.touched(["lon", "lat"]):
        return
    if isinstance(lon, float) and isinstance(lat, float):
        if _within(lon, lat, bounds):
            return
        swapped = _within(lat, lon, bounds)
        faults.add(row.number, "lon", f"{lon:g}; {lat:g}", "точка вне страны",
                   "Похоже, долгота и широта перепутаны" if swapped
                   else "Проверьте долготу и широту в градусах")  # fmt: skip
    elif lon is not None or lat is not None:
        missing = "lat" if lat is None else "lon"
        faults.add(row.number, missing, None, "есть только одна координата",
                   "Впишите обе или ни одной")  # fmt: skip


def _within(lon: float, lat: float, bounds: Bounds) -> bool:
    west, south, east, north = bounds
    return west <= lon <= east and south <= lat <= north


def _trips(row: Row, faults: Faults) -> None:
    trips, days = row.cells.get("trips"), row.cells.get("days")
    _period(row, faults)
    if isinstance(trips, int) and isinstance(days, int):
        if trips and not days:
            faults.add(row.number, "days", days, f"рейсов {trips}, а дней 0",
                       "Исправьте одно из чисел")  # fmt: skip
        elif days > trips:
            faults.add(row.number, "days", days, f"дней {days}, а рейсов {trips}",
                       "Дней не может быть больше, чем рейсов")  # fmt: skip
    elif trips is None and row.filled(["days", "all_carriers", "valid_to"]):
        faults.add(row.number, "trips", None, "не вписано число рейсов",
                   "Впишите число; если рейсов нет, впишите 0")  # fmt: skip


def _period(row: Row, faults: Faults) -> None:
    first, last = row.cells.get("valid_from"), row.cells.get("valid_to")
    if isinstance(first, date) and isinstance(last, date) and last < first:
        faults.add(row.number, "valid_to", f"{last:%d.%m.%Y}",
                   "конец действия раньше начала", "Проверьте обе даты")  # fmt: skip


def _mobile(row: Row, faults: Faults) -> None:
    asked = [key for key in row.cells if key.startswith(GENERATION_PREFIX)]
    if row.cells.get("date") is not None and not row.filled(asked):
        faults.add(row.number, "date", row.cells["date"], "есть дата, но нет сведений",
                   "Выберите связь хотя бы одного оператора")  # fmt: skip


def _fixed(row: Row, faults: Faults) -> None:
    available = row.cells.get("available")
    details = sorted(row.filled(["technology", "max_mbps"]))
    if available is None and row.filled(["technology", "max_mbps", "operator", "date"]):
        faults.add(row.number, "available", None, "не отмечено, есть ли интернет",
                   "Выберите «да» или «нет»")  # fmt: skip
    if available == "no" and details:
        faults.add(row.number, details[0], row.cells[details[0]],
                   "интернета нет, а технология или скорость указаны",
                   "Исправьте «Есть интернет» или очистите ячейку")  # fmt: skip
    if available == "yes" and row.cells.get("max_mbps") == 0:
        faults.add(row.number, "max_mbps", 0, "скорость 0",
                   "Впишите скорость или очистите ячейку")  # fmt: skip


_PER_ROW: dict[str, Callable[[Row, Faults], None]] = {
    "settlements": _settlement,
    "facilities": _facility,
    "trips": _trips,
    "timetable": _period,
    "mobile": _mobile,
    "fixed": _fixed,
}


def _identity(row: Row) -> tuple[object, ...] | None:
    """Return what may occur once on its sheet, None where rows may repeat."""
    value: Callable[[str], Value] = row.cells.get
    if row.sheet in ("settlements", "trips", "mobile"):
        return (row.place_id,) if row.place_id else None
    if row.sheet == "facilities":
        name = place_key(str(value("name") or ""))
        if value("facility_id") is not None:
            return (value("facility_id"),)
        return (value("kind"), name, row.place_id, value("lon"), value("lat"))
    if row.sheet == "fixed":
        return (row.place_id, value("operator"), value("technology"))
    if row.sheet == "timetable":
        return tuple(map(value, (
            "route", "direction", "weekdays", "valid_from", "valid_to", "sequence",
        )))  # fmt: skip
    return (value("key"),) if row.sheet == "completeness" else None


def _twice(sheet: Sheet, rows: Iterable[Row], faults: Faults) -> None:
    seen: dict[tuple[object, ...], int] = {}
    for row in rows:
        identity = _identity(row)
        if identity is None:
            continue
        first = seen.setdefault(identity, row.number)
        if first != row.number:
            shown = row.cells.get("settlement") or row.cells.get("name")
            faults.add(row.number, sheet.columns[0].key, shown or identity[0],
                       f"то же, что в строке {first}",
                       "Оставьте одну из строк")  # fmt: skip


def _one_centre(rows: Iterable[Row], faults: Faults) -> None:
    seen: dict[str, int] = {}
    for row in rows:
        selsovet = row.cells.get("selsovet")
        if row.cells.get("selsovet_centre") != "yes" or not isinstance(selsovet, str):
            continue
        first = seen.setdefault(selsovet.casefold(), row.number)
        if first != row.number:
            faults.add(row.number, "selsovet_centre", selsovet,
                       f"у сельсовета уже есть центр в строке {first}",
                       "Центр у сельсовета один")  # fmt: skip


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
                faults.add(row.number, "times", row.cells["times"],
                           f"времён {len(times)}, а у строки {ordered[0].number} "
                           f"этого маршрута {len(calls[0])}",
                           "На каждый рейс одно время; где рейс не "
                           "останавливается, пишите «-»")  # fmt: skip
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
                faults.add(row.number, "times", row.cells["times"],
                           f"рейс {trip + 1} раньше, чем на предыдущей остановке",
                           "Проверьте время и номер остановки")  # fmt: skip
                break
            before = now
