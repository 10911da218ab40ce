"""Numbers, dates and counted nouns, by the rules that a language declares."""

from datetime import date
from typing import Final

from geo.texts import Forms, noun_forms, wording

#: between a number and its noun
SPACE: Final = "\u00a0"
_TEN, _TEENS = 10, range(11, 15)
_FEW = range(2, 5)


def number_class(number: float, language: str) -> str:
    """Return the class of a number: one, few, many, or other.

    Examples
    --------
    >>> [number_class(n, "be") for n in (1, 2, 5, 11, 21, 112, 2.5)]
    ['one', 'few', 'many', 'many', 'one', 'many', 'other']
    >>> number_class(1, "en"), number_class(21, "en")
    ('one', 'other')
    """
    if wording("grammar", language)["plurals"] == "one_other":
        return "one" if number == 1 else "other"
    if number != int(number):
        return "other"
    whole = abs(int(number))
    last = whole % _TEN
    if whole % 100 in _TEENS or last not in (1, *_FEW):
        return "many"
    return "one" if last == 1 else "few"


def plural(number: float, language: str, forms: Forms) -> str:
    """Return the form of a noun that stands after a number.

    Parameters
    ----------
    number
        What is counted.
    language
        One of :data:`geo.texts.LANGUAGES`.
    forms
        Class of numbers -> form, as :func:`geo.texts.noun_forms` returns it.

    Examples
    --------
    >>> plural(2.5, "be", noun_forms("units.counted", "be")["trips/week"])
    'рэйса на тыдзень'
    """
    return forms[number_class(number, language)]


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
    return separated(text, language)


def separated(text: str, language: str) -> str:
    """Return a number written as in Python with the separators of the language."""
    grammar = wording("grammar", language)
    whole, point, rest = text.partition(".")
    whole = whole.replace(",", grammar["thousands"])
    return f"{whole}{grammar['decimal']}{rest}" if point else whole


def counted(number: float, language: str, noun: str, section: str = "nouns") -> str:
    r"""Return a number with its noun.

    Parameters
    ----------
    number
        What is counted.
    language
        One of :data:`geo.texts.LANGUAGES`.
    noun
        Its key in the section.
    section
        Of ``data/texts``: ``nouns``, or one of the units.

    Examples
    --------
    >>> counted(2, "en", "villages")
    '2\xa0villages'
    """
    forms = noun_forms(section, language)[noun]
    return f"{figure(number, language)}{SPACE}{plural(number, language, forms)}"


def long_date(day: date | str, language: str) -> str:
    """Return a day in words.

    Examples
    --------
    >>> long_date("2026-01-01", "ru"), long_date("2026-01-01", "be")
    ('1 января 2026 года', '1 студзеня 2026 года')
    """
    return _date(day, language, "long_date")


def short_date(day: date | str, language: str) -> str:
    """Return a day as it stands in a table.

    Examples
    --------
    >>> short_date("2026-11-05", "ru"), short_date("2026-11-05", "en")
    ('05.11.2026', '5 November 2026')
    """
    return _date(day, language, "short_date")


def _date(day: date | str, language: str, form: str) -> str:
    day = date.fromisoformat(day) if isinstance(day, str) else day
    month = wording("months", language)[str(day.month)]
    return wording("grammar", language)[form].format(
        day=day.day, month=month, number=day.month, year=day.year
    )
