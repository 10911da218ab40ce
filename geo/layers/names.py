"""Names as keys: what must match although it is written differently.

Only for joining; the names themselves are published as the source has them.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

import pandas as pd

from geo.layers.schema import LANGUAGES
from geo.sources.text import clean_text, one_script

NAME_COLUMNS = [f"name_{language}" for language in LANGUAGES]
_AREA_WORDS = re.compile(
    r"\b(р-н|район|раён|ауданы|сельсовет|сельсавет|с/с|поселковый сов\w*|"
    r"область|вобласць|горсовет|гарсавет|county|district|region|oblast)\b\.?"
)
_TOWN_PREFIX = re.compile(r"^(?:г\.?\s?п|р\.?\s?п|к\.?\s?п|г|горад|город)\.?\s+")
_NOT_LETTERS = re.compile(r"[^\w]+")
#: letters that are no other letter with a mark, although Unicode takes them apart
_WHOLE = str.maketrans({"й": "\0", "ў": "\1", "ї": "\2"})
_AGAIN = str.maketrans({"\0": "й", "\1": "ў", "\2": "ї"})


def _plain(name: str) -> str:
    """Return a name in one spelling of its letters, in one script per word, folded."""
    return one_script(clean_text(name)).casefold()


@lru_cache(maxsize=1 << 17)
def _key(name: str) -> str:
    text = unicodedata.normalize("NFKD", _plain(name).translate(_WHOLE))
    # taken apart, ё is е with two dots: the dots go, and so do stress marks
    text = "".join(c for c in text if not unicodedata.combining(c))
    return _NOT_LETTERS.sub("", text.translate(_AGAIN))


def name_key(name: object) -> str:
    """Return the matching key of a place name, empty for a missing one.

    Case, ё, stress marks, apostrophes, hyphens and spaces do not count, nor whether й
    is one letter or two, nor Latin letters that look like Cyrillic ones within a word.

    Examples
    --------
    >>> name_key("Лаздуны-I") == name_key("лаздуны i")
    True
    >>> name_key("Могилёв") == name_key("Могилев")
    True
    """
    return _key(name) if isinstance(name, str) else ""


@lru_cache(maxsize=1 << 14)
def _town_key(name: str) -> str:
    return name_key(_TOWN_PREFIX.sub("", _plain(name)))


def town_key(name: object) -> str:
    """Return the key of a town name without its type ("г.п. Городище")."""
    return _town_key(name) if isinstance(name, str) else ""


@lru_cache(maxsize=1 << 14)
def _area_key(name: str) -> str:
    text = _TOWN_PREFIX.sub("", _plain(name))
    return name_key(_AREA_WORDS.sub(" ", text))


def area_key(name: object) -> str:
    """Return the key of an area name without the word for its level.

    Examples
    --------
    >>> area_key("Кобринский р-н") == area_key("Кобринский район")
    True
    """
    return _area_key(name) if isinstance(name, str) else ""


#: Latin spellings of Belarusian and Russian letters, the longest first
_LATIN = (
    ("shch", "щ"), ("kh", "х"), ("zh", "ж"), ("ch", "ч"), ("sh", "ш"), ("ts", "т"),
    ("ya", "е"), ("ye", "е"), ("yo", "е"), ("yu", "ю"), ("ia", "е"), ("iu", "ю"),
    ("a", "а"), ("b", "б"), ("c", "т"), ("d", "д"), ("e", "е"), ("f", "ф"),
    ("g", "г"), ("h", "г"), ("i", "и"), ("j", "и"), ("k", "к"), ("l", "л"),
    ("m", "м"), ("n", "н"), ("o", "а"), ("p", "п"), ("r", "р"), ("s", "с"),
    ("t", "т"), ("u", "у"), ("v", "в"), ("w", "в"), ("x", "кс"), ("y", "и"),
    ("z", "з"),
)  # fmt: skip
#: Russian and Belarusian spellings of one name fall together under these
_ALIKE = (
    ("шч", "щ"), ("дз", "д"), ("ия", "е"), ("о", "а"), ("э", "е"), ("я", "е"),
    ("ё", "е"), ("і", "и"), ("ы", "и"), ("ў", "в"), ("ц", "т"), ("ь", ""), ("ъ", ""),
)  # fmt: skip
#: the first and the second of two villages, in words, Roman and Arabic numerals
_ORDINALS = tuple(
    (re.compile(rf"(?<![^\W\d_])(?:{words})(?![^\W_])"), number)
    for words, number in (
        (r"iii|ііі|3-[йея]|тр[еэ]ц?т?[іиь]\w*|tretsi\w*", "3"),
        (r"ii|іі|2-[йея]|втор(?:ой|ая|ое|ые)|друг(?:і|ая|ое|ія)|druhi\w*", "2"),
        (r"i|і|1-[йея]|перв(?:ый|ая|ое|ые)|перш(?:ы|ая|ае|ыя)|py?ersh\w*", "1"),
    )
)


@lru_cache(maxsize=1 << 17)
def slavic_key(name: object) -> str:
    """Return a key under which spellings of one name in three languages mostly agree.

    Russian, Belarusian and Latin transcriptions; ordinals become figures. Only for
    choosing among a handful of candidates, never over a whole country.

    Examples
    --------
    >>> slavic_key("г. Витебск") == slavic_key("Віцебск") == slavic_key("Vitsebsk")
    True
    >>> slavic_key("Вулька-1") == slavic_key("Вулька Першая")
    True
    """
    if not isinstance(name, str):
        return ""
    text = _TOWN_PREFIX.sub("", _plain(name))
    for word, number in _ORDINALS:
        text = word.sub(number, text)
    text = name_key(text)
    for written, common in (*_LATIN, *_ALIKE):
        text = text.replace(written, common)
    return text


def likeness(one: object, other: object) -> float:
    """Return how alike two names are, 0 … 1, across languages; 0 if one is missing.

    Examples
    --------
    >>> likeness("Рэчыца", "Речица"), likeness(None, "Речица")
    (1.0, 0.0)
    """
    first, second = slavic_key(one), slavic_key(other)
    if first == second:
        return float(first != "")
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def best_likeness(names: Iterable[object], name: object) -> float:
    """Return how alike a name is to the most alike of a place's names."""
    return max((likeness(own, name) for own in names), default=0.0)


def mean_likeness(names: Iterable[object], name: object) -> float:
    """Return how alike a name is to a place's names on average; missing ones aside.

    One of the names of a place may belong to its neighbour; the mean outvotes it.
    """
    scores = [likeness(own, name) for own in names if isinstance(own, str)]
    return sum(scores) / len(scores) if scores else 0.0


#: words for the type of a place that some lists write into its name
_PLACE_WORDS = re.compile(
    r"(?<!\w)(?:пос[её]лок|пас[её]лак|деревня|в[её]ска|станция|станцыя|хутор|имени|"
    r"poselok|stantsiya|derevnya)(?!\w)"
)
#: of two places that differ in such a word alone neither is the other
_QUALIFIERS = ("балш", "мал", "нав", "стар", "верх", "ниж", "1", "2", "3")


@lru_cache(maxsize=1 << 12)
def _words(name: str) -> tuple[str, ...]:
    """Return the words of a name as keys, without its type, in one order."""
    bare = _PLACE_WORDS.sub(" ", _plain(name))
    keys = (slavic_key(word) for word in _NOT_LETTERS.split(bare))
    # Russian and Belarusian words for great stand for each other
    return tuple(sorted(key.replace("велик", "балш") for key in keys if key))


def same_place_name(one: object, other: object, alike: float) -> bool:
    """Tell whether two names may be of one place, the type and order of words aside.

    Examples
    --------
    >>> same_place_name("Малые Косичи", "Косичи-Малые", 0.8)
    True
    >>> same_place_name("Великий Двор", "Посёлок Большой Двор", 0.8)
    True
    >>> same_place_name("Великий Двор", "Малый Двор", 0.5)
    False
    """
    if not (isinstance(one, str) and isinstance(other, str)):
        return False
    first, second = _words(one), _words(other)
    marks = [
        {mark for mark in _QUALIFIERS for word in words if word.startswith(mark)}
        for words in (first, second)
    ]
    ratio = SequenceMatcher(None, "".join(first), "".join(second), autojunk=False)
    return marks[0] == marks[1] and ratio.ratio() >= alike


def first_name(table: pd.DataFrame, languages: Sequence[str]) -> pd.Series:
    """Return the first known name per row, these languages before all others.

    Parameters
    ----------
    table
        Columns ``name_<language>``.
    languages
        A country's own, in its order.
    """
    found = pd.Series(None, index=table.index, dtype="str")
    for language in dict.fromkeys((*languages, *LANGUAGES)):
        if f"name_{language}" in table:
            found = found.fillna(table[f"name_{language}"].astype("str"))
    return found
