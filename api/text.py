"""How names are compared: case, ё, і, ў and stress marks do not matter."""

import re
import unicodedata

_LETTERS = str.maketrans({"ё": "е", "і": "и", "ў": "у", "’": "'", "ʼ": "'", "`": "'"})
_SPACES = re.compile(r"\s+")
_STRESS = "\u0301"
#: Words that stand beside the proper name of an area.
_AREA_WORDS = re.compile(
    r"\b(район|раён|р-н|область|вобласць|обл\.?|raion|rajon|district|county|"
    r"oblast|voblast|region|сельсовет|сельсавет|с/с|selsovet)(?!\w)"
)

#: Words and signs for the kind of a place that people write before its name.
_PLACE_WORD = re.compile(
    r"^(?:(?:аг|г\.?\s?п|г|гп|рп|кп|д|дер|в|п|пос|х|с|ст)\.\s*|(?:агрогородок|"
    r"аграгарадок|деревня|веска|город|горад|поселок|паселак|хутор|хутар|село|аг|гп)\s+)"
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
    return _SPACES.sub(" ", plain.translate(_LETTERS)).strip()


def fold_place(text: str) -> str:
    """Return the comparable name of a settlement, without a word for its kind.

    Examples
    --------
    >>> [fold_place(text) for text in ("аг. Дзівін", "г.п. Мір", "Вёска Аг", "д")]
    ['дзивин', 'мир', 'аг', 'д']
    """
    folded = fold(text)
    return _PLACE_WORD.sub("", folded) or folded


def fold_area(text: str) -> str:
    """Return the comparable proper name of an area, without its kind.

    Examples
    --------
    >>> fold_area("Кобринский район")
    'кобринский'
    """
    folded = fold(text)
    return _SPACES.sub(" ", _AREA_WORDS.sub(" ", folded)).strip() or folded
