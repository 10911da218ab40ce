"""Days of service in the free words of timetables."""

import re

from geo.sources.workbook.faults import CellError
from geo.sources.workbook.times import weekday_mask

_DAILY, _WORKDAYS, _WEEKEND = 127, 31, 96
#: holidays beside days of the week: they are not counted, for a week has none
_HOLIDAYS = re.compile(r"[,\s]*(?:\bи\s+)?\bпразд\w*\.?(?:\s*-?\s*дн\w*\.?)?")
_WORKING = re.compile(r"^раб\w*\.?\s*-?\s*дн\w*\.?$")
_OFF = re.compile(r"^вых\w*\.?(?:\s*-?\s*дн\w*\.?)?$")
_BY = re.compile(r"^п[оа]\s+")
_BUT = re.compile(r"[,\s]*\bкроме\b\s*")
#: words of a trip that does not come every week
_NOT_WEEKLY = re.compile(
    r"ч[её]т(?:н|\.|$)|\bн[её]д\w*|\bтыд\w*|\bчерез\b|\bраза?\b|месяц|\bмес\b|числ"
    r"|\b(?:ня)?цотн"
)
_EDGE = " ,;."
#: why words may be refused, … standing for them
MAY_SAY = (
    "«…»: рейс ходит не каждую неделю. …",
    "«…»: не остаётся ни одного дня. …",
    "«…»: не день недели. …",
    "«…»: цифры и слова вместе. …",
    "нет ни одного дня. …",
)


def days_of_week(text: str) -> int:
    """Return the days of the week as bits, Monday = 1.

    Holidays are left out: "сб, вс и праздн. дни" are Saturday and Sunday. Brackets are
    read like the rest, for what stands in them may take days away.

    Raises
    ------
    CellError
        If a word is no day of the week, or the trip does not come every week.

    Examples
    --------
    >>> [days_of_week(t) for t in ("ежедневно", "пн,вт,ср", "сб, вс и праздн.дни")]
    [127, 7, 96]
    >>> [days_of_week(t) for t in ("кроме пт", "ежедневно (кроме сб, вс)")]
    [111, 31]
    >>> [days_of_week(t) for t in ("по рабоч. дням", "по выходным дням")]
    [31, 96]
    """
    plain = re.sub(r"[()\[\]\s]+", " ", text.casefold()).strip(_EDGE)
    if _NOT_WEEKLY.search(plain):
        raise CellError("not_weekly", text=text)
    named, *but = _BUT.split(plain)
    mask = _named(named) if named or not but else _DAILY
    for part in but:
        mask &= ~_named(part)
    if not mask:
        raise CellError("no_days_left", text=text)
    return mask


def _named(text: str) -> int:
    """Return the days that a part without "кроме" names, 0 for holidays alone."""
    plain = _HOLIDAYS.sub("", text).strip(_EDGE)
    plain = _BY.sub("", plain)
    if not plain and text:
        return 0
    if _WORKING.match(plain):
        return _WORKDAYS
    if _OFF.match(plain):
        return _WEEKEND
    return weekday_mask(plain)
