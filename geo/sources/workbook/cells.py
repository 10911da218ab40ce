"""One cell of the workbook: from what a spreadsheet holds to a value, and back.

Clerks type in Excel, LibreOffice and by copying from mail: a date may be a date cell
or text, a time a time cell or text, a number text with a space in it. What can be
read in one way only is read; everything else is asked.
"""

import math
import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from geo.sources.numerals import NumeralError, machine_numeral
from geo.sources.text import clean_text
from geo.sources.workbook.faults import CellError
from geo.sources.workbook.form import Cell, Column, declared
from geo.sources.workbook.times import (
    MINUTE_S,
    YEARS,
    departure_seconds,
    parse_day,
    plausible,
    weekday_mask,
    whole_minute,
)

Value = str | int | float | date | None

_YEAR = re.compile(r"(\d{4})(?:\.0| ?г\.?)?", re.ASCII)
_EXCEL_ERRORS = frozenset(
    {"#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"}
)


def clean(raw: object) -> object:
    r"""Return the cell as clean text in NFC; None for an empty one.

    Examples
    --------
    >>> clean(" Малые\u00a0 Ляды ")
    'Малые Ляды'
    >>> clean("   ") is None
    True
    """
    if not isinstance(raw, str):
        return raw
    return clean_text(raw) or None


def decode(raw: object, column: Column) -> Value:
    """Return the value of a cell.

    Parameters
    ----------
    raw
        What openpyxl gives: text, number, date, time, None.
    column
        The column as the form declares it.

    Raises
    ------
    CellError
        If the cell cannot be read in exactly one way.
    """
    value = clean(raw)
    if value is None:
        return None
    if not isinstance(value, (str, bool, int, float, date, time, timedelta)):
        raise CellError("formula")
    if isinstance(value, str) and value.startswith("="):
        raise CellError("formula")
    if isinstance(value, str) and value in _EXCEL_ERRORS:
        raise CellError("excel_error")
    return _DECODERS[column.cell](value, column)


def _number(value: object, *, thousands: bool) -> float:
    if isinstance(value, str):
        try:
            value = float(machine_numeral(value, thousands=thousands))
        except NumeralError as error:
            raise CellError(error.fault.name.lower(), value=value) from None
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise CellError("not_numeric")
    if not math.isfinite(value):
        raise CellError("not_finite")
    return float(value) + 0.0  # -0 is 0


def _text(value: object, _column: Column) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, (date, time, timedelta)):
        raise CellError("text_as_date")
    return str(value)


def _real(value: object, column: Column) -> float:
    return _bounded(_number(value, thousands=True), column)


def _count(value: object, column: Column) -> int:
    number = _number(value, thousands=True)
    if number != int(number):
        raise CellError("not_whole", number=number)
    return int(_bounded(number, column))


def _bounded(number: float, column: Column) -> float:
    if number < 0:
        raise CellError("negative", number=number)
    if column.maximum is not None and number > column.maximum:
        raise CellError("too_many", number=number, maximum=column.maximum)
    return number


def _date(value: object, _column: Column) -> date:
    if isinstance(value, datetime):
        return plausible(value.date())
    if isinstance(value, date):
        return plausible(value)
    if isinstance(value, str):
        return parse_day(value)
    raise CellError("number_as_date", value=value)


def _day(value: object, column: Column) -> date | int:
    if isinstance(value, (str, int, float)) and not isinstance(value, bool):
        year = _YEAR.fullmatch(str(value))
        if year and YEARS[0] <= int(year[1]) <= YEARS[1]:
            return int(year[1])
    return _date(value, column)


def _choice(value: object, column: Column) -> str:
    wanted = _text(value, column).casefold().replace("ё", "е")
    for choice in column.options:
        accepted = {choice.ru.casefold().replace("ё", "е"), choice.be.casefold()}
        if wanted in accepted:
            return choice.code
    listed = ", ".join(f"«{choice.ru}»" for choice in column.options)
    raise CellError("not_listed", value=value, listed=listed)


def _weekdays(value: object, column: Column) -> str:
    text = _text(value, column)
    weekday_mask(text)
    return text


def _times(value: object, _column: Column) -> str:
    if isinstance(value, timedelta) and timedelta(0) <= value < timedelta(days=1):
        # a cell of the format [h]:mm
        value = datetime.combine(date.min, time()) + value
    if isinstance(value, datetime):
        value = value.time()
    if isinstance(value, time):
        minutes = whole_minute(value) // MINUTE_S
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    if not isinstance(value, str):
        raise CellError("no_time", value=value)
    departure_seconds(value)
    return value


def _confirm(value: object, column: Column) -> str | date:
    words = declared().confirmed
    if isinstance(value, str) and value.casefold() in words:
        return words[0]
    return _date(value, column)


_DECODERS: dict[Cell, Callable[[object, Column], Value]] = {
    Cell.TEXT: _text,
    Cell.CODE: _text,
    Cell.COUNT: _count,
    Cell.NUMBER: _real,
    Cell.DEGREES: lambda value, _column: _number(value, thousands=False),
    Cell.DATE: _date,
    Cell.DAY: _day,
    Cell.CHOICE: _choice,
    Cell.WEEKDAYS: _weekdays,
    Cell.TIMES: _times,
    Cell.CONFIRM: _confirm,
    Cell.INFO: lambda _value, _column: None,
}


def encode(value: Value, column: Column) -> Value:
    """Return what is written into the spreadsheet for a value."""
    if column.cell is Cell.CHOICE and value is not None:
        return next(choice.ru for choice in column.options if choice.code == value)
    return value


def to_json(value: Value) -> str | int | float | None:
    """Return a value as JSON can hold it; a date as ISO text."""
    return value.isoformat() if isinstance(value, date) else value


def same(value: Value, original: str | float | None) -> bool:
    """Tell whether a cell still holds what it was prefilled with (from JSON)."""
    return to_json(value) == original
