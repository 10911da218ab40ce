"""Days of service in the free words of timetables."""

import re

from geo.sources.workbook.cells import CellError, weekday_mask

_DAILY, _WORKDAYS, _WEEKEND = 127, 31, 96
#: holidays beside days of the week: they are not counted, for a week has none
_HOLIDAYS = re.compile(r"[,\s]*\bи?\s*празд\w*\.?\s*-?\s*дн\w*\.?")
_WORKING = re.compile(r"^(?:по\s+)?раб\w*\.?\s*-?\s*дн\w*\.?$")
_OFF = re.compile(r"^(?:по\s+)?вых\w*\.?(?:\s*-?\s*дн\w*\.?)?$")
_BRACKETS = re.compile(r"\([^)]*\)")
_BUT = re.compile(r"^(?:ежедн\w*\.?)?[,\s]*кроме\s+(.+)$")


def days_of_week(text: str) -> int:
    """Return the days of the week as bits, Monday = 1.

    Holidays are left out: "сб, вс и праздн. дни" are Saturday and Sunday. What stands
    in brackets is a remark.

    Raises
    ------
    CellError
        If a word is no day of the week.

    Examples
    --------
    >>> [days_of_week(t) for t in ("ежедневно", "пн,вт,ср", "сб, вс и праздн.дни")]
    [127, 7, 96]
    >>> [days_of_week(t) for t in ("кроме пт", "ежедневно, кроме сб, вс")]
    [111, 31]
    >>> [days_of_week(t) for t in ("по рабоч. дням", "по выходным дням")]
    [31, 96]
    """
    plain = _BRACKETS.sub(" ", text.casefold()).strip(" ,;.")
    but = _BUT.match(plain)
    if but:
        left = _DAILY & ~days_of_week(but[1])
        if not left:
            raise CellError(f"«{text}»: не остаётся ни одного дня", "Проверьте дни")
        return left
    if _WORKING.match(plain):
        return _WORKDAYS
    if _OFF.match(plain):
        return _WEEKEND
    return weekday_mask(_HOLIDAYS.sub("", plain).strip(" ,;."))
