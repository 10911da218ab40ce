"""One way from the text of a cell to a number, for tables and workbooks alike.

A comma or a dot before exactly three figures is a thousands mark for one hand and a
decimal mark for another: "1,200" is 1200 people and 1.2 minutes. So the asker says
whether the quantity runs into thousands (people, trips, residents per vehicle); there
such a text is refused, elsewhere (degrees, minutes, shares) it is a decimal fraction.
Whatever can be read in one way only is read; no figure is guessed.
"""

import re
from enum import StrEnum

from geo.sources.text import clean_text

_SIGN = r"(?P<sign>[+\-\u2212]?)"
#: 1200 or 1200.5 or ,5
_SIMPLE = re.compile(_SIGN + r"(?P<whole>[0-9]*)(?:(?P<point>[.,])(?P<rest>[0-9]+))?")
#: 1 200 or 1'200'000 or 1.200,5: one mark between all groups, another before the rest
_GROUPED = re.compile(
    _SIGN + r"(?P<whole>[1-9][0-9]{0,2}(?P<mark>[ '’.,])[0-9]{3}(?:(?P=mark)[0-9]{3})*)"
    r"(?:(?!(?P=mark))(?P<point>[.,])(?P<rest>[0-9]+))?"
)
_EXPONENT = re.compile(r"[+-]?[0-9.,]+[eE][+-]?[0-9]+")
_GROUP = 3


class NumeralFault(StrEnum):
    """Why a text is not taken for a number."""

    NO_NUMBER = "not a number"
    AMBIGUOUS = (
        "a comma or dot before three figures: thousands or a fraction? Write 1200, or "
        "1.20"
    )
    EXPONENT = "written with an exponent, figures may be lost: write all of them"


class NumeralError(ValueError):
    """A text that is no number, or one that can be read in two ways."""

    def __init__(self, fault: NumeralFault) -> None:
        self.fault = fault
        super().__init__(fault.value)


def machine_numeral(text: str, *, thousands: bool) -> str:
    """Return a number as a program writes it.

    Parameters
    ----------
    text
        As a person or a program wrote it.
    thousands
        The quantity runs into thousands, so a single comma or dot before exactly
        three figures may mark them.

    Raises
    ------
    NumeralError
        If it is no number, or can be read in two ways.

    Examples
    --------
    >>> [machine_numeral(t, thousands=True) for t in ("1 200", "1'200,5", "1,234,567")]
    ['1200', '1200.5', '1234567']
    >>> machine_numeral("24,125", thousands=False)
    '24.125'
    """
    plain = clean_text(text)
    if _EXPONENT.fullmatch(plain):
        raise NumeralError(NumeralFault.EXPONENT)
    found = _SIMPLE.fullmatch(plain)
    if found is None or not (found["whole"] or found["rest"]):
        return _grouped(plain, thousands=thousands)
    whole = found["whole"] or "0"
    # nobody groups a 0: 0,125 is an eighth
    if thousands and whole != "0" and len(found["rest"] or "") == _GROUP:
        raise NumeralError(NumeralFault.AMBIGUOUS)
    return _written(found, whole)


def _grouped(plain: str, *, thousands: bool) -> str:
    found = _GROUPED.fullmatch(plain)
    if found is None:
        raise NumeralError(NumeralFault.NO_NUMBER)
    blank = found["mark"] not in ".,"
    if thousands and blank and len(found["rest"] or "") == _GROUP:
        raise NumeralError(NumeralFault.AMBIGUOUS)
    return _written(found, found["whole"].replace(found["mark"], ""))


def _written(found: re.Match[str], whole: str) -> str:
    sign = "-" if found["sign"] in ("-", "\u2212") else ""
    rest = f".{found['rest']}" if found["rest"] else ""
    return f"{sign}{whole}{rest}"
