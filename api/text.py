"""How names are compared: case, ё and stress marks do not matter."""

import re
import unicodedata

_APOSTROPHES = str.maketrans({"ё": "е", "’": "'", "ʼ": "'", "`": "'"})
_SPACES = re.compile(r"\s+")
_STRESS = "\u0301"
#: Words that stand beside the proper name of an area.
_AREA_WORDS = re.compile(
    r"\b(район|раён|р-н|область|вобласць|обл\.?|raion|rajon|district|county|"
    r"oblast|voblast|region|сельсовет|сельсавет|с/с|selsovet)(?!\w)"
)


def fold(text: str) -> str:
    """Return the form in which names are compared.

    Examples
    --------
    >>> fold("Бере\u0301зино") == fold("БЕРЕЗИНО")
    True
    >>> fold(" Зелёный  Бор ")
    'зеленый бор'
    """
    plain = unicodedata.normalize("NFC", text.replace(_STRESS, "")).casefold()
    return _SPACES.sub(" ", plain.translate(_APOSTROPHES)).strip()


def fold_area(text: str) -> str:
    """Return the comparable proper name of an area, without its kind.

    Examples
    --------
    >>> fold_area("Кобринский район")
    'кобринский'
    """
    folded = fold(text)
    return _SPACES.sub(" ", _AREA_WORDS.sub(" ", folded)).strip() or folded
