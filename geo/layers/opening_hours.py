"""Opening hours of facilities, as registers and OpenStreetMap write them."""

import re
from datetime import datetime, timedelta

import numpy as np
from opening_hours import OpeningHours, State, validate

from geo.layers.geodesy import Floats

WEEK = 7
#: who is there may wait so long for the door to open again
_BREAK_S = 2 * 3600
#: a week without holidays of any country, from Monday
_MONDAY = datetime(2026, 11, 23)  # noqa: DTZ001 - hours are local
_ALWAYS = re.compile(r"круглосуточно|кругласутачна|24 ?/ ?7")
_DAY_WORDS = {
    "пн": "Mo", "вт": "Tu", "ср": "We", "чт": "Th", "пт": "Fr", "сб": "Sa", "вс": "Su",
    "аў": "Tu", "сер": "We", "чц": "Th", "нд": "Su", "ежедневно": "Mo-Su",
    "штодня": "Mo-Su", "штодзённа": "Mo-Su",
}  # fmt: skip
_WORD = re.compile(r"[а-яёіў]+", re.IGNORECASE)
_TIME = re.compile(r"\b(\d{1,2})[.:](\d{2})\b")
_LISTED_DAYS = re.compile(r"(?<=[a-z]),\s+(?=[A-Z][a-z]\b)")
_BARE = re.compile(r"(?<![\d:.])(\d{1,2})\s*-\s*(\d{1,2})(?![\d:.])")


def week_of_hours(text: str | None) -> Floats | None:
    """Return when a facility opens first and closes last on each day of a week.

    A break of up to two hours is within: who comes before may stay; of parts that lie
    farther apart the longest counts. Russian and Belarusian words
    for days are understood beside the syntax of OpenStreetMap.

    Parameters
    ----------
    text
        Such as ``"Mo-Fr 08:00-17:00"``, ``"пн–пт 8.00–17.00"``, ``"круглосуточно"``.

    Returns
    -------
    ndarray or None
        Shape (7, 2), seconds after midnight from Monday on, NaN where it is closed all
        day; None where nothing can be read out of the text.

    Examples
    --------
    >>> week_of_hours("пн–пт 8.00–17.00")[[0, 5]].tolist()
    [[28800.0, 61200.0], [nan, nan]]
    >>> week_of_hours("по записи") is None
    True
    """
    plain = _in_osm_words(text or "")
    if plain is None:
        return None
    if not validate(plain):
        return None
    hours = OpeningHours(plain)
    week = np.full((WEEK, 2), np.nan)
    for day in range(WEEK):
        begin = _MONDAY + timedelta(days=day)
        open_ = [
            ((start - begin).total_seconds(), (end - begin).total_seconds())
            for start, end, state, _ in hours.intervals(begin, begin + timedelta(1))
            if state == State.OPEN and end is not None
        ]
        if open_:
            week[day] = _longest(open_)
    return None if np.isnan(week).all() else week


def _longest(open_: list[tuple[float, float]]) -> tuple[float, float]:
    """Return the longest time of a day without more than a break."""
    runs = [open_[0]]
    for begins, ends in open_[1:]:
        if begins - runs[-1][1] <= _BREAK_S:
            runs[-1] = (runs[-1][0], ends)
        else:
            runs.append((begins, ends))
    return max(runs, key=lambda run: run[1] - run[0])


def _in_osm_words(text: str) -> str | None:
    """Return hours in the syntax of OpenStreetMap, None where a word is strange."""
    plain = text.strip().replace("–", "-").replace("—", "-").replace("−", "-")
    if not plain:
        return None
    if _ALWAYS.search(plain.casefold()):
        return "24/7"
    words = {word.casefold() for word in _WORD.findall(plain)}
    if not words <= set(_DAY_WORDS):
        return None
    plain = _WORD.sub(lambda found: _DAY_WORDS[found[0].casefold()], plain)
    plain = _TIME.sub(lambda found: f"{int(found[1]):02}:{found[2]}", plain)
    # "Mo, We 10:00-12:00" would be all of Monday
    return _LISTED_DAYS.sub(",", _BARE.sub(_full_hours, plain))


def _full_hours(found: re.Match[str]) -> str:
    return f"{int(found[1]):02}:00-{int(found[2]):02}:00"
