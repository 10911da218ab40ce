"""Numbers in tags: speed limits and durations.

OpenStreetMap wiki, Key:maxspeed and Key:duration.
"""

import re

from geo.travel.roads.profiles import Limits

_KMH = {"": 1.0, "km/h": 1.0, "kmh": 1.0, "kph": 1.0, "mph": 1.609344, "knots": 1.852}
_NUMBER = re.compile(r"^(\d+(?:\.\d+)?)\s*([a-z/]*)$")
_ZONE = re.compile(r"^(?:[a-z]{2}:)?(?:zone:?)?(\d+)$")
_COUNTRY = re.compile(r"^[a-z]{2}:")
_CLOCK = re.compile(r"^(?:(\d{1,3}):)?(\d{1,3}):(\d{2})$")
_ISO = re.compile(
    r"^p(?:(\d+)d)?(?:t(?:(\d+(?:\.\d+)?)h)?(?:(\d+(?:\.\d+)?)m)?(?:(\d+)s)?)?$"
)
#: a sign that says more is a slip of the pen
_HIGHEST = 200.0


def limit_kmh(text: str, limits: Limits) -> float | None:
    """Return a speed limit in km/h, None where the text tells none.

    Of several values the lowest. ``none`` and ``signals`` tell no limit. Zone words
    (``BY:rural``, ``RU:urban``) mean the limits of the country at hand, whatever
    country they name.

    Examples
    --------
    >>> law = Limits(urban=60, rural=90, motorway=110, living_street=20, walk=6,
    ...              source="")
    >>> [limit_kmh(t, law) for t in ("50", "30 mph", "50;70", "BY:zone30", "walk")]
    [50.0, 48.28032, 50.0, 30.0, 6.0]
    >>> [limit_kmh(t, law) for t in ("RU:urban", "none", "signals", "0", "fast")]
    [60.0, None, None, None, None]
    """
    found = [_one(part.strip().lower(), limits) for part in text.split(";")]
    told = [limit for limit in found if limit is not None]
    return min(told) if told else None


def _one(text: str, limits: Limits) -> float | None:
    number = _NUMBER.match(text)
    if number and number[2] in _KMH:
        limit = float(number[1]) * _KMH[number[2]]
        return limit if 0 < limit <= _HIGHEST else None
    word = _COUNTRY.sub("", text)
    if word in {"urban", "rural", "motorway", "living_street", "walk"}:
        return float(getattr(limits, word))
    zone = _ZONE.match(text)
    return float(zone[1]) if zone and 0 < float(zone[1]) <= _HIGHEST else None


def duration_seconds(text: str) -> float | None:
    """Return a duration in seconds: ``H:MM``, ``H:MM:SS``, minutes or ISO 8601.

    Examples
    --------
    >>> [duration_seconds(t) for t in ("0:20", "1:30:30", "45", "PT1H30M", "soon")]
    [1200.0, 5430.0, 2700.0, 5400.0, None]
    """
    word = text.strip().lower()
    if word.isdecimal():
        return float(word) * 60 or None
    clock = _CLOCK.match(word)
    if clock:
        three = clock[1] is not None
        hours, minutes, seconds = clock.groups() if three else (*clock.groups()[1:], 0)
        return int(hours) * 3600.0 + int(minutes) * 60.0 + int(seconds) or None
    iso = _ISO.match(word)
    if iso is None:
        return None
    days, hours, minutes, seconds = (float(part or 0) for part in iso.groups())
    return days * 86_400 + hours * 3600 + minutes * 60 + seconds or None
