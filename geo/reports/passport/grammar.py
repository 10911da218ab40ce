"""Numbers, dates and counted words in Russian, Belarusian and English.

Only the grammar is here: separators, counted nouns, the Belarusian «у» that turns into
«ў» after a vowel. What is said stands in :mod:`geo.reports.passport.words`.
"""

import math

from geo.reports.counting import SPACE as NO_BREAK
from geo.reports.counting import plural

LANGUAGES = ("ru", "be", "en")
MINUS = "\u2212"
_VOWELS = "аеёіоуыэюяиАЕЁІОУЫЭЮЯИ"
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August",
    "September", "October", "November", "December",
)  # fmt: skip

#: Noun -> forms after 1, after 2-4 and after 5 and more. ``in_*`` answers "where?",
#: ``of_*`` stands after "of" («из 240 населённых пунктов»).
COUNTED: dict[str, dict[str, tuple[str, str, str]]] = {
    "ru": {
        "people": ("человек", "человека", "человек"),
        "settlements": (
            "населённый пункт", "населённых пункта", "населённых пунктов",
        ),
        "villages": ("деревня", "деревни", "деревень"),
        "in_settlements": (
            "населённом пункте", "населённых пунктах", "населённых пунктах",
        ),
        "in_villages": ("деревне", "деревнях", "деревнях"),
        "in_towns": ("городе (посёлке)", "городах (посёлках)", "городах (посёлках)"),
        "of_people": ("человека", "человек", "человек"),
        "of_settlements": (
            "населённого пункта", "населённых пунктов", "населённых пунктов",
        ),
    },
    "be": {
        "people": ("чалавек", "чалавекі", "чалавек"),
        "settlements": ("населены пункт", "населеныя пункты", "населеных пунктаў"),
        "villages": ("вёска", "вёскі", "вёсак"),
        "in_settlements": (
            "населеным пункце", "населеных пунктах", "населеных пунктах",
        ),
        "in_villages": ("вёсцы", "вёсках", "вёсках"),
        "in_towns": ("горадзе (пасёлку)", "гарадах (пасёлках)", "гарадах (пасёлках)"),
        "of_people": ("чалавека", "чалавек", "чалавек"),
        "of_settlements": (
            "населенага пункта", "населеных пунктаў", "населеных пунктаў",
        ),
    },
    "en": {
        "people": ("person", "people", "people"),
        "settlements": ("settlement", "settlements", "settlements"),
        "villages": ("village", "villages", "villages"),
        "in_settlements": ("settlement", "settlements", "settlements"),
        "in_villages": ("village", "villages", "villages"),
        "in_towns": ("town", "towns", "towns"),
        "of_people": ("person", "people", "people"),
        "of_settlements": ("settlement", "settlements", "settlements"),
    },
}  # fmt: skip
_IN = {"ru": "в", "be": "у", "en": "in"}


def spoken(language: str) -> str:
    """Return the language of the texts; one without texts reads Russian.

    >>> spoken("be"), spoken("kk")
    ('be', 'ru')
    """
    return language if language in LANGUAGES else "ru"


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
    text = f"{abs(given):,.{decimals}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if language != "en":
        text = text.replace(",", NO_BREAK).replace(".", ",")
    if text.strip("0,.") == "":
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
    form = plural(n, language, COUNTED[language][noun])
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
    preposition = _IN[language]
    if language == "be" and who[-1] in _VOWELS:
        preposition = "ў"
    return f"{who} {preposition}{NO_BREAK}{where}"


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
    gap = "" if language == "en" else NO_BREAK
    return f"{number(language, rounded_percent(share), 1)}{gap}%"


def day(language: str, iso: object) -> str:
    """Return a day in the form of the language, empty where there is none.

    >>> day("ru", "2026-11-25"), day("en", "2026-01-05"), day("ru", None)
    ('25.11.2026', '5 January 2026', '')
    """
    if iso is None:
        return ""
    year, month, date = str(iso)[:10].split("-")
    if language == "en":
        return f"{int(date)} {_MONTHS[int(month) - 1]} {year}"
    return f"{date}.{month}.{year}"
