"""Declared texts and names in one language, and which units are counted."""

from collections.abc import Mapping
from typing import Any

#: Units that are counted in the forms of ``units.counted``; the others are abbreviated
#: and do not change.
COUNTED_UNITS = frozenset(
    {
        "trips/week",
        "days/week",
        "hours/week",
        "residents/vehicle",
        "centres",
        "applications",
    }
)


def text_of(texts: Mapping[str, Any] | str | None, language: str) -> str:
    """Return a declared text in one language, else Russian, English, or any.

    >>> text_of({"ru": "Почта", "en": "Post"}, "be")
    'Почта'
    """
    if isinstance(texts, str):
        return texts
    given = {key: str(text) for key, text in (texts or {}).items() if text}
    order = (language, "ru", "en", *given)
    return next((given[key] for key in order if key in given), "")


def name_of(row: Mapping[str, Any], language: str) -> str:
    """Return the name of a place or area in one language, else its main name or id."""
    return str(row.get(f"name_{language}") or row.get("name") or row["id"])
