"""Names as keys: what must match although it is written differently.

Only for joining; the names themselves are published as the source has them.
"""

import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache

import pandas as pd

_AREA_WORDS = re.compile(
    r"\b(р-н|район|раён|ауданы|сельсовет|сельсавет|с/с|поселковый сов\w*|"
    r"область|вобласць|горсовет|гарсавет|county|district|region|oblast)\b\.?"
)
_TOWN_PREFIX = re.compile(r"^(?:г\.?\s?п|р\.?\s?п|к\.?\s?п|г|горад|город)\.?\s+")
_NOT_LETTERS = re.compile(r"[^\w]+")


def name_key(name: object) -> str:
    """Return the matching key of a place name, empty for a missing one.

    Case, ё, stress marks, apostrophes, hyphens and spaces do not count.

    Examples
    --------
    >>> name_key("Лаздуны-I") == name_key("лаздуны i")
    True
    >>> name_key("Могилёв") == name_key("Могилев")
    True
    """
    if not isinstance(name, str):
        return ""
    text = unicodedata.normalize("NFKD", name.casefold().replace("й", "\0"))
    text = text.replace("ў", "\1").replace("ї", "\2")
    # NFKD splits ё into е and two dots, й and ў likewise: only the dots of ё and
    # stress marks may go.
    text = "".join(c for c in text if not unicodedata.combining(c))
    text = text.replace("\0", "й").replace("\1", "ў").replace("\2", "ї")
    return _NOT_LETTERS.sub("", text)


def town_key(name: object) -> str:
    """Return the key of a town name without its type ("г.п. Городище")."""
    if not isinstance(name, str):
        return ""
    return name_key(_TOWN_PREFIX.sub("", name.strip().casefold()))


def area_key(name: object) -> str:
    """Return the key of an area name without the word for its level.

    Examples
    --------
    >>> area_key("Кобринский р-н") == area_key("Кобринский район")
    True
    """
    if not isinstance(name, str):
        return ""
    text = _TOWN_PREFIX.sub("", name.strip().casefold())
    return name_key(_AREA_WORDS.sub(" ", text))


#: Russian and Belarusian spellings of one name fall together under these
_ALIKE = (
    ("шч", "щ"), ("дз", "д"), ("ия", "е"), ("о", "а"), ("э", "е"), ("я", "е"),
    ("і", "и"), ("ы", "и"), ("ў", "в"), ("ц", "т"), ("ь", ""), ("ъ", ""),
)  # fmt: skip


@lru_cache(maxsize=1 << 17)
def slavic_key(name: object) -> str:
    """Return a key under which Russian and Belarusian spellings mostly agree.

    Only for choosing among a handful of candidates, never over a whole country.

    Examples
    --------
    >>> slavic_key("г. Витебск") == slavic_key("Віцебск")
    True
    >>> slavic_key("Рэчыца") == slavic_key("Речица")
    True
    """
    text = town_key(name)
    for written, common in _ALIKE:
        text = text.replace(written, common)
    return text


def likeness(one: object, other: object) -> float:
    """Return how alike two names are, 0 … 1, across Russian and Belarusian."""
    return SequenceMatcher(None, slavic_key(one), slavic_key(other)).ratio()


def keys(names: pd.Series) -> pd.Series:
    """Return :func:`name_key` of each name (same index)."""
    return names.map(name_key).astype("str")
