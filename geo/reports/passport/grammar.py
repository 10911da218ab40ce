"""Numbers, shares, days and counted words as passports and tables write them.

Only the rules are here: rounding, the Belarusian «у» that turns into «ў» after a vowel.
What is said stands in ``data/texts``.
"""

import math

from geo.reports.counting import SPACE as NO_BREAK
from geo.reports.counting import figure, plural, short_date
from geo.reports.words import fitted
from geo.texts import noun_forms, wording

MINUS = "\u2212"


def whole(value: float) -> int:
    """Return a count as a whole number, half a person rounded up.

    >>> whole(2.5), whole(457.3)
    (3, 457)
    """
    return math.floor(value + 0.5)


def number(
    language: str, value: float, decimals: int = 0, *, sign: bool = False
) -> str:
    r"""Return a number with the separators of the language, zeros at the end cut.

    Thousands are parted by a no-break space, in English by a comma.

    >>> number("ru", 18400), number("en", 18400), number("ru", 13.03, 1)
    ('18\xa0400', '18,400', '13')
    >>> number("be", 0.626, 3), number("ru", -2.5, 1), number("ru", 2, sign=True)
    ('0,626', '−2,5', '+2')
    """
    given = whole(value) if decimals == 0 else value
    text = figure(abs(given), language, decimals)
    if text == "0":
        return text
    if given < 0:
        return f"{MINUS}{text}"
    return f"+{text}" if sign else text


def counted(language: str, noun: str, value: float) -> str:
    r"""Return a number with its noun: «2 деревни», «у» or «в» is not added.

    >>> counted("ru", "villages", 212), counted("be", "people", 2)
    ('212\xa0деревень', '2\xa0чалавекі')
    """
    n = whole(value)
    form = plural(n, language, noun_forms("nouns", language)[noun])
    return f"{number(language, n)}{NO_BREAK}{form}"


def people_in(language: str, people: float, places: int, noun: str) -> str:
    r"""Return people before settlements: «18 400 человек в 212 деревнях».

    Parameters
    ----------
    language
        ``ru``, ``be`` or ``en``.
    people, places
        Residents, and the settlements that they live in.
    noun
        ``settlements``, ``villages`` or ``towns``.

    >>> people_in("be", 2, 3, "villages"), people_in("be", 5, 1, "villages")
    ('2\xa0чалавекі ў\xa03\xa0вёсках', '5\xa0чалавек у\xa01\xa0вёсцы')
    """
    who = counted(language, "people", people)
    where = counted(language, f"in_{noun}", places)
    preposition = wording("grammar", language)["in"]
    return fitted(f"{who} {preposition}{NO_BREAK}{where}", language)


def rounded_percent(share: float) -> float:
    """Return a share 0…1 in per cent, one decimal; only all is 100 and only none 0.

    >>> rounded_percent(0.99999), rounded_percent(0.00001), rounded_percent(1)
    (99.9, 0.1, 100.0)
    """
    value = round(float(share) * 100, 1)
    if share < 1:
        value = min(value, 99.9)
    if share > 0:
        value = max(value, 0.1)
    return value


def percent(language: str, share: float) -> str:
    r"""Return a share 0…1 as per cent.

    >>> percent("ru", 0.2254), percent("en", 0.5)
    ('22,5\xa0%', '50%')
    """
    x = number(language, rounded_percent(share), 1)
    return wording("grammar", language)["percent"].format(x=x)


def day(language: str, iso: object) -> str:
    """Return a day in the form of the language, empty where there is none.

    >>> day("ru", "2026-11-25"), day("en", "2026-01-05"), day("ru", None)
    ('25.11.2026', '5 January 2026', '')
    """
    if iso is None:
        return ""
    return short_date(str(iso)[:10], language)
