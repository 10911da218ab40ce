"""Numbers, dates and counted nouns in Russian, Belarusian and English."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

#: no-break space between thousands in Russian and Belarusian, comma in English
SPACE: Final = "\u00a0"
MONTHS: Final[Mapping[str, Sequence[str]]] = {
    "ru": (
        "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа",
        "сентября", "октября", "ноября", "декабря",
    ),
    "be": (
        "студзеня", "лютага", "сакавіка", "красавіка", "мая", "чэрвеня", "ліпеня",
        "жніўня", "верасня", "кастрычніка", "лістапада", "снежня",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June", "July", "August",
        "September", "October", "November", "December",
    ),
}  # fmt: skip
_TEN, _TEENS = 10, range(11, 15)
_FEW = range(2, 5)


def plural(number: float, language: str, forms: Sequence[str]) -> str:
    """Return the form of a noun that stands after a number.

    Parameters
    ----------
    number
        What is counted.
    language
        ``ru`` or ``be`` (one, few, many, and for fractions a fourth form, else few);
        anything else has one and many.
    forms
        The forms in that order; English takes the first and the last of them.

    Examples
    --------
    >>> villages = ("деревня", "деревни", "деревень")
    >>> [plural(n, "ru", villages) for n in (1, 2, 5, 11, 21, 112)]
    ['деревня', 'деревни', 'деревень', 'деревень', 'деревня', 'деревень']
    >>> plural(2.5, "be", ("рэйс", "рэйсы", "рэйсаў", "рэйса"))
    'рэйса'
    """
    if language not in ("ru", "be"):
        return forms[0] if number == 1 else forms[-1]
    if number != int(number):
        return forms[3] if len(forms) > _FEW[1] else forms[1]
    whole = abs(int(number))
    last = whole % _TEN
    if whole % 100 in _TEENS or last not in (1, *_FEW):
        return forms[2]
    return forms[0] if last == 1 else forms[1]


def figure(number: float, language: str, decimals: int = 3) -> str:
    r"""Return a number as it is printed, at most ``decimals`` after the point.

    Examples
    --------
    >>> figure(18400, "en"), figure(18400, "ru") == "18\u00a0400"
    ('18,400', True)
    >>> figure(0.25, "ru"), figure(20.0, "ru"), figure(7 / 3, "en")
    ('0,25', '20', '2.333')
    """
    text = f"{number:,.{decimals}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    text = "0" if text == "-0" else text.replace("-", "−")
    if language in ("ru", "be"):
        text = text.replace(",", SPACE).replace(".", ",")
    return text


def counted(number: float, language: str, forms: Sequence[str]) -> str:
    r"""Return a number with its noun.

    Examples
    --------
    >>> counted(2, "en", ("village", "villages"))
    '2\xa0villages'
    """
    return f"{figure(number, language)}{SPACE}{plural(number, language, forms)}"


def long_date(day: date | str, language: str) -> str:
    """Return a day in words.

    Examples
    --------
    >>> long_date("2026-01-01", "ru"), long_date("2026-01-01", "be")
    ('1 января 2026 года', '1 студзеня 2026 года')
    """
    day = date.fromisoformat(day) if isinstance(day, str) else day
    month = MONTHS.get(language, MONTHS["en"])[day.month - 1]
    year = f"{day.year} года" if language in ("ru", "be") else f"{day.year}"
    return f"{day.day} {month} {year}"
