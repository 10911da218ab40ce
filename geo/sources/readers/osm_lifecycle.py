"""OpenStreetMap tags that say what is no longer there, or not there yet.

One rule for settlements, facilities, boundaries and roads: an object that any of these
tags speaks of is not taken. It may have been left on the map by mistake, and a hospital
that has ceased proves nothing; nobody loses by asking.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from geo.sources.result import Rejections

Tags = Mapping[str, str]

#: What a refused object is told.
NOT_IN_USE = "not in use: no longer there, or not there yet"
#: A day after all others: of a file whose day nobody knows, whatever ends has ended.
LAST_DAY = "9999-12-31"


def words_of(text: str) -> frozenset[str]:
    """Return the words of a text."""
    return frozenset(text.split())


#: What is no longer there: as a key (``ruins=yes``) or before one (``ruins:amenity``).
NO_LONGER = words_of("""
    abandoned closed demolished destroyed dismantled disused razed removed ruined
    ruins
    """)
#: What is not there yet. As a key it may speak of something else: of a wing under
#: construction, of a road that is to become a motorway.
NOT_YET = frozenset({"construction", "planned", "proposed"})
#: Only before a key; alone these tell of a past, not of an end.
_BEFORE_A_KEY = frozenset({"former", "historic", "was"})
#: Keys whose value may be one of the words.
_STATES = ("building", "historic", "landuse", "operational_status", "state", "status")
_OUT_OF_SERVICE = words_of("""
    broken no non_operational not_operational out_of_order out_of_service suspended
    temporarily_closed under_construction
    """)
#: The key whose value may be one of those too.
_SERVICE_STATE = "operational_status"
_YES = frozenset({"yes", "true", "1"})
_NO = frozenset({"no", "false", "0"})
_ENDS, _BEGINS = ("end_date",), ("start_date", "opening_date")
_PREFIXES = NO_LONGER | NOT_YET | _BEFORE_A_KEY
_TELLING = NO_LONGER | NOT_YET | {*_STATES, *_ENDS, *_BEGINS}
#: a year, with month and day where they follow
_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


class Tag(NamedTuple):
    """One tag of an object."""

    key: str
    value: str


def not_in_use(tags: Tags, day: str) -> Tag | None:
    """Return the tag that says that an object is not there on a day, if any does.

    Parameters
    ----------
    tags
        Of one object.
    day
        Day of the file (ISO). Until then something must have begun, and not ended; an
        end that cannot be read has come.

    Examples
    --------
    >>> not_in_use({"amenity": "hospital", "ruins": "yes"}, "2026-05-01")
    Tag(key='ruins', value='yes')
    >>> not_in_use({"shop": "general", "end_date": "2026-06"}, "2026-05-01") is None
    True
    """
    for key in sorted(_TELLING.intersection(tags)):
        if _says_so(key, tags, day):
            return Tag(key, tags[key])
    return None


def _says_so(key: str, tags: Tags, day: str) -> bool:
    value = tags[key].strip().casefold()
    if key in NO_LONGER:
        return value not in _NO
    if key in NOT_YET:
        # amenity=hospital with construction=hospital: the hospital itself
        own = {one for other, one in tags.items() if other != key}
        return value in _YES or value in own
    if key in _STATES:
        word = re.sub(r"[ -]+", "_", value)
        out = key == _SERVICE_STATE and word in _OUT_OF_SERVICE
        return out or word in NO_LONGER or word in NOT_YET
    earliest = _earliest(value)
    if key in _ENDS:
        return earliest is None or earliest <= day
    return earliest is not None and earliest > day


def _earliest(text: str) -> str | None:
    """Return the first day that a date may mean, None where there is none in it.

    Examples
    --------
    >>> [_earliest(text) for text in ("2015", "~2015-03", "C19")]
    ['2015-01-01', '2015-03-01', None]
    """
    found = _DAY.search(text)
    if found is None:
        return None
    year, month, day = found.groups(default="01")
    return f"{year}-{month}-{day}"


def former(tags: Tags) -> dict[str, Tag]:
    """Return what an object was, or is to be: key -> the tag with its prefix.

    What another value has replaced is left out: ``shop=general`` beside
    ``disused:shop=supermarket`` is a shop, beside ``disused:shop=general`` it is
    doubtful.

    Examples
    --------
    >>> former({"amenity": "hospital", "abandoned:amenity": "hospital"})
    {'amenity': Tag(key='abandoned:amenity', value='hospital')}
    >>> former({"shop": "general", "disused:shop": "supermarket"})
    {}
    """
    found = {}
    for key, value in tags.items():
        prefix, colon, plain = key.partition(":")
        if not colon or prefix not in _PREFIXES:
            continue
        if set(values_of(value)) <= set(values_of(tags.get(plain, value))):
            found[plain] = Tag(key, value)
    return found


def values_of(text: str) -> list[str]:
    """Return the values of a tag, which ``;`` parts where there are several.

    >>> values_of("clinic; pharmacy")
    ['clinic', 'pharmacy']
    """
    return [one.strip() for one in text.split(";")]


def gone(tags: Tags, key: str, day: str) -> Tag | None:
    """Return the tag that says that what an object is by ``key`` is not there.

    Examples
    --------
    >>> gone({"place": "village", "abandoned:place": "village"}, "place", "2026-05-01")
    Tag(key='abandoned:place', value='village')
    """
    return not_in_use(tags, day) or former(tags).get(key)


def refuse(refused: Rejections, row: int | str, tag: Tag) -> None:
    """Refuse an object for the tag that says that it is not in use."""
    refused.add(row=row, field=tag.key, value=tag.value, reason=NOT_IN_USE)
