"""Days of the week, times of day and dates as clerks write them."""

import re
from datetime import date, time
from functools import cache

from geo.sources.workbook.faults import CellError
from geo.sources.workbook.form import declared

NO_CALL = "-"
YEARS = (1900, 2100)
MINUTE_S, DAY_S = 60, 86_400
_DATE = re.compile(
    r"(?:(\d{1,2})[./](\d{1,2})[./](\d{4})(?: ?г\.?)?|(\d{4})-(\d{1,2})-(\d{1,2}))",
    re.ASCII,
)
_TIME = re.compile(r"(\d{1,2})[:.](\d{2})(?::(\d{2}))?", re.ASCII)
_SEPARATORS = re.compile(r"[,;\s]+")


@cache
def _words() -> tuple[dict[str, int], dict[str, str]]:
    """Return the days of the week by name or figure, and spans by their words."""
    read = declared()
    days = {
        name: number
        for number, names in enumerate(read.weekdays)
        for name in (str(number + 1), *names)
    }
    return days, {word: span for span, said in read.day_words.items() for word in said}


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
    days, spans = _words()
    plain = text.casefold().replace("–", "-").replace("—", "-").strip(" .")
    plain = spans.get(plain, re.sub(r"\s*-\s*", "-", plain))
    if re.fullmatch(r"[1-7]{2,7}", plain):  # "135" is Monday, Wednesday, Friday
        plain = ",".join(plain)
    mask, kinds = 0, set[bool]()
    for part in _SEPARATORS.split(plain):
        ends = [days.get(name.strip(" .")) for name in part.split("-")]
        if part in ("", "и", "і"):
            continue
        first, last = ends[0], ends[-1]
        if first is None or last is None or len(ends) > 2:  # noqa: PLR2004
            raise CellError("no_weekday", part=part)
        kinds.add(part[0].isdigit())
        if len(kinds) > 1:  # "1 и 3 сб" are weeks of a month, not three days
            raise CellError("mixed_days", text=text)
        span = range(first, last + 1 if last >= first else last + 8)
        mask |= sum({1 << (day % 7) for day in span})
    if not mask:
        raise CellError("no_days")
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
        clock = _clock(part)
        if clock is None:
            raise CellError("no_such_time", part=part)
        out.append(whole_minute(clock))
    return out


def _clock(text: str) -> time | None:
    match = _TIME.fullmatch(text)
    if match is None:
        return None
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
    return int(exact / MINUTE_S + 0.5) * MINUTE_S % DAY_S


def parse_day(text: str) -> date:
    """Return a date written as 15.03.2026, 15/03/2026 or 2026-03-15.

    Raises
    ------
    CellError
        If it is no date, or its year has two figures.
    """
    match = _DATE.fullmatch(text)
    if not match:
        raise CellError("no_date", text=text)
    day, month, year = match.group(1, 2, 3) if match[1] else match.group(6, 5, 4)
    try:
        found = date(int(year), int(month), int(day))
    except ValueError as error:
        raise CellError("no_such_day", text=text) from error
    return plausible(found)


def plausible(day: date) -> date:
    """Return the day.

    Raises
    ------
    CellError
        If no statement can be of its year.
    """
    if not YEARS[0] <= day.year <= YEARS[1]:
        raise CellError("impossible_year", year=day.year)
    return day
