"""One cell of the workbook: from what a spreadsheet holds to a value, and back.

Clerks type in Excel, LibreOffice and by copying from mail: a date may be a date cell
or text, a time a time cell or text, a number text with a space in it. What can be
read in one way only is read; everything else is asked.
"""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from geo.sources.numerals import NumeralError, NumeralFault, machine_numeral
from geo.sources.text import clean_text
from geo.sources.workbook.model import Cell, Column

Value = str | int | float | date | None

NO_CALL = "-"
_DATE = re.compile(
    r"(?:(\d{1,2})[./](\d{1,2})[./](\d{4})(?: ?г\.?)?|(\d{4})-(\d{1,2})-(\d{1,2}))",
    re.ASCII,
)
_TIME = re.compile(r"(\d{1,2})[:.](\d{2})(?::(\d{2}))?", re.ASCII)
_YEAR = re.compile(r"(\d{4})(?:\.0| ?г\.?)?", re.ASCII)
_MINUTE_S, _DAY_S = 60, 86_400
_SEPARATORS = re.compile(r"[,;\s]+")
_EXCEL_ERRORS = frozenset(
    {"#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"}
)
_YEARS = (1900, 2100)
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "1 пн понедельник понедельникам пан панядзелак панядзелкам",
            "2 вт вторник вторникам аў аўторак аўторкам",
            "3 ср среда среду средам серада сераду серадам",
            "4 чт четверг четвергам чц чацвер чацвяргам",
            "5 пт пятница пятницу пятницам пятніца пятніцу пятніцам",
            "6 сб суббота субботу субботам субота суботу суботам",
            "7 вс воскресенье воскресеньям нд няд нядзеля нядзелю нядзелям",
        )
    )
    for name in names.split()
}
_WEEKDAY_WORDS = {
    "ежедневно": 127, "каждый день": 127, "штодня": 127, "штодзень": 127,
    "будни": 31, "по будням": 31, "рабочие": 31, "рабочие дни": 31, "будні": 31,
    "выходные": 96, "по выходным": 96, "выходные дни": 96, "выхадныя": 96,
}  # fmt: skip


class CellError(ValueError):
    """A cell that cannot be read; ``what`` is wrong and the ``remedy``, in Russian."""

    def __init__(self, what: str, remedy: str) -> None:
        self.what = what
        self.remedy = remedy
        super().__init__(f"{what}. {remedy}")


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
        The column as :mod:`geo.sources.workbook.form` declares it.

    Raises
    ------
    CellError
        If the cell cannot be read in exactly one way.
    """
    value = clean(raw)
    if value is None:
        return None
    if not isinstance(value, (str, bool, int, float, date, time, timedelta)):
        raise CellError(
            "в ячейке формула, а не значение",
            "Скопируйте столбец и вставьте его как значения",
        )
    if isinstance(value, str) and value.startswith("="):
        raise CellError(
            "в ячейке формула, а не значение",
            "Скопируйте столбец и вставьте его как значения",
        )
    if isinstance(value, str) and value in _EXCEL_ERRORS:
        raise CellError("в ячейке ошибка вычисления", "Впишите значение")
    return _DECODERS[column.cell](value, column)


def weekday_mask(text: str) -> int:
    """Return the days of the week as bits, Monday = 1.

    Raises
    ------
    CellError
        If a word is no day of the week.

    Examples
    --------
    >>> weekday_mask("пн-пт"), weekday_mask("сб, вс"), weekday_mask("1 3 5")
    (31, 96, 21)
    """
    plain = text.casefold().replace("–", "-").replace("—", "-").strip(" .")
    if plain in _WEEKDAY_WORDS:
        return _WEEKDAY_WORDS[plain]
    mask, kinds = 0, set[bool]()
    plain = re.sub(r"\s*-\s*", "-", plain)
    if re.fullmatch(r"[1-7]{2,7}", plain):  # "135" is Monday, Wednesday, Friday
        plain = ",".join(plain)
    for part in _SEPARATORS.split(plain):
        ends = [_WEEKDAYS.get(name.strip(" .")) for name in part.split("-")]
        if part in ("", "и", "і"):
            continue
        first, last = ends[0], ends[-1]
        if first is None or last is None or len(ends) > 2:  # noqa: PLR2004
            raise CellError(
                f"«{part}»: не день недели",
                "Пишите «ежедневно», «пн-пт», «сб, вс» или цифры 1–7",
            )
        kinds.add(part[0].isdigit())
        if len(kinds) > 1:  # "1 и 3 сб" are weeks of a month, not three days
            raise CellError(
                f"«{text}»: цифры и слова вместе", "Пишите дни только словами"
            )
        span = range(first, last + 1 if last >= first else last + 8)
        mask |= sum({1 << (day % 7) for day in span})
    if not mask:
        raise CellError("нет ни одного дня", "Впишите дни недели")
    return mask


def departure_seconds(text: str) -> list[int | None]:
    """Return departures in seconds after midnight; None where a trip does not call.

    Raises
    ------
    CellError
        If a part is no time of day.

    Examples
    --------
    >>> departure_seconds("06:40, -, 12.15")
    [24000, None, 44100]
    """
    out: list[int | None] = []
    for part in _SEPARATORS.split(text.strip(" ,;")):
        if part in (NO_CALL, "–", "—"):
            out.append(None)
            continue
        match = _TIME.fullmatch(part)
        clock = _clock(match) if match else None
        if clock is None:
            raise CellError(
                f"«{part}»: нет такого времени",
                "Пишите часы и минуты, например 06:40, через запятую",
            )
        out.append(whole_minute(clock))
    return out


def _clock(match: re.Match[str]) -> time | None:
    hours, minutes, seconds = (int(figures or 0) for figures in match.groups())
    try:
        return time(hours, minutes, seconds)
    except ValueError:
        return None


def whole_minute(clock: time) -> int:
    """Return a time of day in seconds after midnight, rounded to the minute.

    A computed time cell is a hair before or after what it shows.

    Examples
    --------
    >>> whole_minute(time(6, 39, 59, 999_999)) == whole_minute(time(6, 40))
    True
    """
    seconds = clock.hour * 3600 + clock.minute * 60 + clock.second
    exact = seconds + clock.microsecond / 1e6
    return int(exact / _MINUTE_S + 0.5) * _MINUTE_S % _DAY_S


def parse_day(text: str) -> date:
    """Return a date written as 15.03.2026, 15/03/2026 or 2026-03-15.

    Raises
    ------
    CellError
        If it is no date, or its year has two figures.
    """
    match = _DATE.fullmatch(text)
    if not match:
        raise CellError(
            f"«{text}»: не дата", "Пишите день.месяц.год, например 15.03.2026"
        )
    day, month, year = (
        (match[1], match[2], match[3]) if match[1] else (match[6], match[5], match[4])
    )
    try:
        found = date(int(year), int(month), int(day))
    except ValueError as error:
        raise CellError(
            f"«{text}»: нет такого дня", "Проверьте день и месяц"
        ) from error
    return _plausible(found)


def _plausible(day: date) -> date:
    if not _YEARS[0] <= day.year <= _YEARS[1]:
        raise CellError(f"год {day.year} невозможен", "Проверьте год")
    return day


_NUMERAL_FAULTS = {
    NumeralFault.NO_NUMBER: ("не число", "Впишите одно число"),
    NumeralFault.AMBIGUOUS: (
        "непонятно, тысячи это или дробь", "Впишите все цифры подряд, например 1200"
    ),
    NumeralFault.EXPONENT: (
        "сокращённая запись, цифры могли пропасть", "Впишите все цифры числа"
    ),
}  # fmt: skip


def _number(value: object, *, thousands: bool) -> float:
    if isinstance(value, str):
        try:
            value = float(machine_numeral(value, thousands=thousands))
        except NumeralError as error:
            what, remedy = _NUMERAL_FAULTS[error.fault]
            raise CellError(f"«{value}»: {what}", remedy) from None
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise CellError("здесь должно быть число", "Задайте ячейке формат «Числовой»")
    if value != value or value in (float("inf"), float("-inf")):  # noqa: PLR0124
        raise CellError("не число", "Впишите одно число")
    return float(value) + 0.0  # -0 is 0


def _text(value: object, _column: Column) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, (date, time, timedelta)):
        raise CellError(
            "таблица превратила текст в дату или время",
            "Задайте ячейке формат «Текстовый» и впишите заново",
        )
    return str(value)


def _real(value: object, column: Column) -> float:
    if column.key in ("lon", "lat"):
        return _number(value, thousands=False)
    return _bounded(_number(value, thousands=True), column)


def _count(value: object, column: Column) -> int:
    number = _number(value, thousands=True)
    if number != int(number):
        raise CellError(f"{number:g}: не целое число", "Впишите целое число")
    return int(_bounded(number, column))


def _bounded(number: float, column: Column) -> float:
    if number < 0:
        raise CellError(
            f"{number:g}: отрицательное число",
            "Впишите число не меньше 0; неизвестное оставьте пустым",
        )
    if column.maximum is not None and number > column.maximum:
        raise CellError(
            f"{number:g}: больше возможного ({column.maximum:g})", "Проверьте число"
        )
    return number


def _date(value: object, _column: Column) -> date:
    if isinstance(value, datetime):
        return _plausible(value.date())
    if isinstance(value, date):
        return _plausible(value)
    if isinstance(value, str):
        return parse_day(value)
    raise CellError(
        f"{value}: число, а не дата", "Задайте ячейке формат «Дата» и впишите заново"
    )


def _day(value: object, column: Column) -> date | int:
    if isinstance(value, (str, int, float)) and not isinstance(value, bool):
        year = _YEAR.fullmatch(str(value))
        if year and _YEARS[0] <= int(year[1]) <= _YEARS[1]:
            return int(year[1])
    return _date(value, column)


def _choice(value: object, column: Column) -> str:
    wanted = _text(value, column).casefold().replace("ё", "е")
    for choice in column.choices:
        accepted = {choice.ru.casefold().replace("ё", "е"), choice.be.casefold()}
        if wanted in accepted:
            return choice.code
    raise CellError(
        f"«{value}»: нет в списке",
        "Выберите: " + ", ".join(f"«{choice.ru}»" for choice in column.choices),
    )


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
        minutes = whole_minute(value) // _MINUTE_S
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    if not isinstance(value, str):
        raise CellError(
            f"{value}: не время", "Пишите часы и минуты, например 06:40, через запятую"
        )
    departure_seconds(value)
    return value


def _confirm(value: object, column: Column) -> str | date:
    if isinstance(value, str) and value.casefold() in ("да", "так", "+", "v"):
        return "да"
    return _date(value, column)


_DECODERS: dict[Cell, Callable[[object, Column], Value]] = {
    Cell.TEXT: _text,
    Cell.CODE: _text,
    Cell.COUNT: _count,
    Cell.NUMBER: _real,
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
        return next(choice.ru for choice in column.choices if choice.code == value)
    return value


def to_json(value: Value) -> str | int | float | None:
    """Return a value as JSON can hold it; a date as ISO text."""
    return value.isoformat() if isinstance(value, date) else value


def same(value: Value, original: str | float | None) -> bool:
    """Tell whether a cell still holds what it was prefilled with (from JSON)."""
    return to_json(value) == original
