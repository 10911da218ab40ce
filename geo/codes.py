"""What may become the name of a folder: country codes, and names of releases.

Both come from command lines, addresses and files and are joined to a root. What they
may look like is decided here and nowhere else, so that none leaves its root.
"""

import re
from collections.abc import Iterable
from datetime import date

from geo.errors import NotFoundError

#: Pattern of a country code.
COUNTRY_CODE = "[a-z]{2,8}"
_RELEASE_NAME = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})\.([1-9][0-9]{0,8})")
_SHOWN = 60


def is_country_code(text: str) -> bool:
    """Say whether a text may be the code of a country.

    Examples
    --------
    >>> is_country_code("by"), is_country_code("../by"), is_country_code("BY")
    (True, False, False)
    """
    return re.fullmatch(COUNTRY_CODE, text) is not None


def check_country_code(text: str, known: Iterable[str] = (), where: str = "") -> str:
    """Return a country code as it is.

    Parameters
    ----------
    text
        What was given.
    known
        Codes to name where it is none.
    where
        Where it was given, or looked for.

    Raises
    ------
    NotFoundError
        If it is no country code.
    """
    if is_country_code(text):
        return text
    listed = ", ".join(known)
    raise NotFoundError(
        f"{text[:_SHOWN]!r} is no country code",
        where=where,
        remedy="A code is two to eight small Latin letters"
        + (f"; there are: {listed}." if listed else ", such as by."),
    )


def parse_release_name(name: str) -> tuple[str, int] | None:
    """Return day (ISO) and number of a release, None where the text names none.

    Examples
    --------
    >>> parse_release_name("2026-11-22.3")
    ('2026-11-22', 3)
    >>> parse_release_name("2026-13-22.3") is None
    True
    >>> parse_release_name(".staging-17") is None
    True
    """
    match = _RELEASE_NAME.fullmatch(name)
    if match is None:
        return None
    try:
        date.fromisoformat(match[1])
    except ValueError:
        return None
    return match[1], int(match[2])
