"""Opening hours of facilities, as registers and OpenStreetMap write them.

Read is only what holds in every week of a year: days of the week and times. Hours of a
season, of every other week or of the first Monday, "by appointment" and whatever else
is no such week are not guessed at.
"""

import re
from contextlib import suppress
from datetime import datetime, timedelta

import numpy as np
from opening_hours import OpeningHours, State, validate

from geo.layers.geodesy import Floats
from geo.sources.readers.day_words import days_of_week
from geo.sources.workbook.faults import CellError
from geo.sources.workbook.times import weekday_mask

WEEK = 7
_EVERY_DAY = 127
#: seconds after midnight at which it opens and closes, in order
Spans = list[tuple[float, float]]
_DAY_S = 86_400.0
#: who is there may wait so long for the door to open again
_BREAK_S = 2 * 3600
#: any week, from Monday: one is as good as another, and of holidays none is known here
_MONDAY = datetime(2026, 11, 23)  # noqa: DTZ001 - hours are local

_DAY_WORDS = {
    "пн": "Mo", "вт": "Tu", "ср": "We", "чт": "Th", "пт": "Fr", "сб": "Sa", "вс": "Su",
    "аў": "Tu", "сер": "We", "чц": "Th", "нд": "Su", "ежедневно": "Mo-Su",
    "штодня": "Mo-Su", "штодзённа": "Mo-Su",
}  # fmt: skip
_WORD = re.compile(r"[а-яёіў]+", re.IGNORECASE)
_CLOSED = re.compile(
    r"(?:временно |часова )?"
    r"(?:закрыт[аоы]?|зачынен[аоы]?|не (?:работает|действует|працуе|дзейнічае))"
    r"(?: на (?:капитальный |капітальны )?(?:ремонт|рамонт))?",
    re.IGNORECASE,
)
_ALWAYS = re.compile(
    r"\b(?:круглосуточно|кругласутачна|24 ?/ ?7)(?:,? (?:ежедневно|штодня|штодзённа))?"
    r"(?:,? без выходных)?",
    re.IGNORECASE,
)
_TIME = re.compile(r"\b(\d|[01]\d|2[0-4])[.:](\d{2})\b")
_BARE = re.compile(r"(?<![\d:.])(\d{1,2})-(\d{1,2})(?![\d:.])")

_DAY = "(?:Mo|Tu|We|Th|Fr|Sa|Su|PH)"
_DAYS = rf"{_DAY}(?:-{_DAY})?(?:,{_DAY}(?:-{_DAY})?)*"
_SPAN = r"[0-2]?\d:\d\d-[0-2]?\d:\d\d"
_OFF = "(?:off|closed)"
_HOURS = rf"{_SPAN}(?:, ?{_SPAN})*(?: {_OFF})?"
_RULE = rf"(?:{_DAYS} )?(?:{_HOURS}|{_OFF})"
#: Behind a comma, so that times behind one belong to one rule only: else a list of
#: them could be divided in as many ways as it has halves, and all would be tried.
_NEXT = rf"(?:{_DAYS} (?:{_HOURS}|{_OFF})|{_OFF})"
#: The part of the syntax of OpenStreetMap that says what holds in every week.
_WEEKLY = re.compile(rf"{_RULE}(?:; ?{_RULE}|, ?{_NEXT})*", re.IGNORECASE)
_AFTER_DAYS = re.compile(rf"\b({_DAY}): ?(?=\d|off|closed)", re.IGNORECASE)
_LISTED_DAYS = re.compile(rf"\b({_DAY}),\s*(?={_DAY}\b)", re.IGNORECASE)
#: why it is closed changes nothing; why it is open may: "by appointment"
_WHY_CLOSED = re.compile(rf'\b({_OFF}) ?"[^"]*"', re.IGNORECASE)
_SHUT = re.compile(rf"(?:{_DAYS} )?(?:00:00-24:00 )?{_OFF}", re.IGNORECASE)


def week_of_hours(text: str | None, reception: str | None = None) -> Floats | None:
    """Return when a facility opens first and closes last on each day of any week.

    A break of up to two hours is within: who comes before may stay; of parts that lie
    farther apart the longest counts. Russian and Belarusian words for days are
    understood beside the syntax of OpenStreetMap. Holidays (``PH``) are no part of a
    week.

    Parameters
    ----------
    text
        Such as ``"Mo-Fr 08:00-17:00"``, ``"пн–пт 8.00–17.00"``, ``"круглосуточно"``.
    reception
        Days on which people are received, as :func:`reception_days` reads them: it is
        open within both.

    Returns
    -------
    ndarray or None
        Shape (7, 2), seconds after midnight from Monday on, NaN where it is closed all
        day; all NaN where it says that it is closed. None where no week can be read
        out of the text, or where it holds in some weeks only.

    Examples
    --------
    >>> week_of_hours("пн–пт 8.00–17.00")[[0, 5]].tolist()
    [[28800.0, 61200.0], [nan, nan]]
    >>> [week_of_hours(text) for text in ("по записи", "Mo[1] 09:00-12:00")]
    [None, None]
    >>> week_of_hours("8:00–17:00", "пн, ср, пт")[:3, 0].tolist()
    [28800.0, nan, 28800.0]
    """
    days = _days(text, reception)
    if days is None:
        return None
    return np.array([_longest(open_) if open_ else (np.nan,) * 2 for open_ in days])


def weekly_hours(text: str | None, reception: str | None = None) -> float | None:
    """Return how many hours a week a facility is open, without its breaks.

    Parameters
    ----------
    text, reception
        As :func:`week_of_hours` reads them.

    Returns
    -------
    float or None
        0 where it says that it is closed; None where no week can be read out.

    Examples
    --------
    >>> weekly_hours("пн–пт 8.00–13.00, 14.00–17.00; сб 9.00–13.00")
    44.0
    >>> [weekly_hours(text) for text in ("24/7", "закрыто", "по записи")]
    [168.0, 0.0, None]
    >>> [weekly_hours("8:00–17:00", days) for days in ("пн, ср, пт", "когда как")]
    [27.0, None]
    """
    days = _days(text, reception)
    if days is None:
        return None
    return sum(ends - begins for open_ in days for begins, ends in open_) / 3600


def is_closed(text: str | None) -> bool:
    """Tell whether hours say that a facility is closed on all days.

    Examples
    --------
    >>> [is_closed(text) for text in ("off", "закрыто", "Su off", "по записи", None)]
    [True, True, False, False, False]
    """
    return weekly_hours(text) == 0


def reception_days(text: str | None) -> int | None:
    """Return the days of reception as bits, Monday = 1; all where nothing is said.

    Parameters
    ----------
    text
        Such as ``"пн, ср, пт"``, ``"1-6"``, ``"по будням"``, ``"Mo-Fr"``.

    Returns
    -------
    int or None
        None where they cannot be read, or hold in some weeks only.

    Examples
    --------
    >>> [reception_days(text) for text in ("пн, ср, пт", "1-6", "Mo-Fr", None, "2 р.")]
    [21, 63, 31, 127, None]
    """
    if not (text or "").strip():
        return _EVERY_DAY
    for read in (days_of_week, weekday_mask):
        with suppress(CellError):
            return read(str(text))
    named = _days(f"{text} 00:00-24:00")
    if named is None:
        return None
    return sum(1 << day for day, open_ in enumerate(named) if open_)


def not_understood(text: str | None, reception: str | None = None) -> bool:
    """Tell whether something is said of hours or days that gives no week.

    Examples
    --------
    >>> [not_understood(*said) for said in (("по записи",), (None, "?"), (None, "пн"))]
    [True, True, False]
    """
    if (text or "").strip():
        return _days(text, reception) is None
    return reception_days(reception) is None


def _days(text: str | None, reception: str | None = None) -> list[Spans] | None:
    """Return when it is open on each day from Monday on, None where not known."""
    plain, mask = _in_osm_words(text or ""), _EVERY_DAY
    if plain is None or not _WEEKLY.fullmatch(plain) or not validate(plain):
        return None
    days = _week(plain)
    if not any(days):
        return days if _is_shut(plain) else None
    if reception is not None:
        mask = reception_days(reception) or 0
    received = [open_ if mask >> day & 1 else [] for day, open_ in enumerate(days)]
    # open on other days than people are received: one of the two is wrong
    return received if any(received) else None


def _week(plain: str) -> list[Spans]:
    hours = OpeningHours(plain)
    begins = [_MONDAY + timedelta(days=day) for day in range(WEEK)]
    return [
        [
            ((start - begin).total_seconds(), (end - begin).total_seconds())
            for start, end, state, _ in hours.intervals(begin, begin + timedelta(1))
            if state == State.OPEN and end is not None
        ]
        for begin in begins
    ]


def _longest(open_: Spans) -> tuple[float, float]:
    """Return the longest time of a day without more than a break."""
    runs = [open_[0]]
    for begins, ends in open_[1:]:
        if begins - runs[-1][1] <= _BREAK_S:
            runs[-1] = (runs[-1][0], ends)
        else:
            runs.append((begins, ends))
    return max(runs, key=lambda run: run[1] - run[0])


def _is_shut(plain: str) -> bool:
    """Tell whether rules that open on no day close each day, and say nothing else."""
    if not all(_SHUT.fullmatch(rule.strip()) for rule in plain.split(";")):
        return False
    # "Su off" says nothing of Monday: what is closed would be open with the other word
    opened = re.sub(_OFF, "open", plain, flags=re.IGNORECASE)
    return validate(opened) and _week(opened) == [[(0.0, _DAY_S)]] * WEEK


def _in_osm_words(text: str) -> str | None:
    """Return hours in the syntax of OpenStreetMap, None where a word is strange."""
    plain = re.sub(r"\s*[–—−-]\s*", "-", " ".join(text.split())).strip(" ;,.")
    if _CLOSED.fullmatch(plain):
        return "off"
    plain = _ALWAYS.sub("00:00-24:00", _WHY_CLOSED.sub(r"\1", plain))
    words = {word.casefold() for word in _WORD.findall(plain)}
    if not words <= set(_DAY_WORDS):
        return None
    plain = _WORD.sub(lambda found: _DAY_WORDS[found[0].casefold()], plain)
    plain = _TIME.sub(lambda found: f"{int(found[1]):02}:{found[2]}", plain)
    plain = _AFTER_DAYS.sub(r"\1 ", _BARE.sub(_full_hours, plain))
    # "Mo, We 10:00-12:00" would be all of Monday
    return _LISTED_DAYS.sub(r"\1,", plain)


def _full_hours(found: re.Match[str]) -> str:
    return f"{int(found[1]):02}:00-{int(found[2]):02}:00"
