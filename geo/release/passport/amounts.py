"""Values, norms and gaps as office text; unknown is said, never left empty."""

from collections.abc import Mapping
from typing import Any

from geo.release.check_texts import STATUS_WORDS
from geo.release.passport.grammar import number, percent
from geo.release.passport.page import Cell
from geo.release.passport.sentences import SENTENCES
from geo.release.passport.words import UNITS, WORDS
from geo.types import Status

HAS = "has"
YES_NO = "yes/no"
GENERATION = "G"
#: Decimals of a value, and of one that would else look equal to its norm.
DECIMALS, DECIMALS_NEAR = 1, 3
Row = Mapping[str, Any]


def limits_of(judgement: Row) -> tuple[float | None, float | None]:
    """Return the certain limit of the national and of the oblast's list.

    A release that does not tell the lists apart holds one norm, the national one.
    """
    national = judgement.get("norm_national")
    oblast = judgement.get("norm_oblast")
    if national is None and oblast is None:
        national = judgement["norm"]
    return national, oblast


def of_oblast(norm: Row) -> bool:
    """Say whether a norm row stands in the list of an oblast or raion."""
    return "territory" in (norm.get("applies") or {})


def amount(
    language: str, value: float, unit: str | None, norm: float | None = None
) -> str:
    """Return a value with its unit: «13 мин», «4G», «есть».

    Where rounding would make it look equal to the norm, all decimals are shown.
    """
    text = plain(language, value, unit, norm)
    if unit == YES_NO or not unit:
        return text
    if unit == GENERATION:
        return f"{text}G"
    return f"{text}\u00a0{unit_word(language, unit)}"


def plain(
    language: str, value: float, unit: str | None, norm: float | None = None
) -> str:
    """Return a value without its unit; yes or no is a word."""
    if unit == YES_NO:
        return WORDS[language]["yes" if value else "no"]
    decimals = DECIMALS
    if norm is not None and round(value, DECIMALS) == norm != value:
        decimals = DECIMALS_NEAR
    return number(language, value, decimals)


def unit_word(language: str, unit: str | None) -> str:
    """Return the word for a unit; one without a word shows as it is."""
    return UNITS[language].get(unit or "", unit or "")


def actual(language: str, value: Row | None, norm: float | None = None) -> Cell:
    """Return what is the case, with its range and how it is known.

    Parameters
    ----------
    language
        ``ru``, ``be`` or ``en``.
    value
        A row of ``values`` or ``unit_values``; None where there is none.
    norm
        The certain norm, if any.
    """
    words = WORDS[language]
    if value is None or value["status"] == Status.UNKNOWN:
        return Cell(words["unknown"])
    if value["status"] in (Status.UNREACHABLE, Status.NOT_APPLICABLE):
        return Cell(words[value["status"]])
    said = _with_range(language, value, norm)
    return Cell(f"{said}, {STATUS_WORDS[language][value['status']]}", value["value"])


def _with_range(language: str, value: Row, norm: float | None) -> str:
    sentences, unit = SENTENCES[language], value["unit"]
    centre, low, high = value["value"], value["low"], value["high"]

    def text(x: float) -> str:
        return amount(language, x, unit, norm)

    if centre is not None and low == centre == high:
        return text(centre)
    if low is not None and high is not None:
        said = sentences["between"].format(
            low=plain(language, low, unit, norm), high=text(high)
        )
    elif low is not None:
        said = sentences["at_least"].format(x=text(low))
    elif high is not None:
        said = sentences["at_most"].format(x=text(high))
    else:
        return text(centre) if centre is not None else WORDS[language]["unknown"]
    if centre is None or centre in (low, high):
        return said
    return f"{text(centre)} ({said})"


def limit(language: str, standard: Row, unit: str | None, value: float | None) -> Cell:
    """Return one limit as text: «не менее 20 рейсов в неделю», «должно быть»."""
    if value is None:
        return Cell(WORDS[language]["no_list"])
    if unit == YES_NO:
        return Cell(WORDS[language]["must"])
    key = "at_most" if standard.get("better") == "lower" else "at_least"
    said = SENTENCES[language][key].format(x=amount(language, value, unit))
    return Cell(said, value, DECIMALS)


def national_and_oblast(
    language: str, standard: Row, unit: str | None, judgement: Row
) -> tuple[Cell, Cell]:
    """Return the norm of the republic and that of the oblast.

    Where several norms are possible their range stands for the national one; that no
    norm applies may be among what is possible.
    """
    national, oblast = limits_of(judgement)
    second = limit(language, standard, unit, oblast)
    if national is not None or oblast is not None:
        return limit(language, standard, unit, national), second
    ends = (judgement["norm_low"], judgement["norm_high"])
    known = [end for end in ends if end is not None]
    if not known:
        return Cell(WORDS[language]["unknown"]), second
    if len(known) == 1:
        one = limit(language, standard, unit, known[0]).text
        return Cell(SENTENCES[language]["or_none"].format(limit=one)), second
    if known[0] == known[1]:
        return limit(language, standard, unit, known[0]), second
    said = number_range(language, known[0], known[1], unit)
    return Cell(f"{said}, {WORDS[language]['by_class']}"), second


def number_range(language: str, low: float, high: float, unit: str | None) -> str:
    """Return two values with their unit: «от 8 до 28 рейсов в неделю»."""
    return SENTENCES[language]["between"].format(
        low=plain(language, low, unit), high=amount(language, high, unit)
    )


def gap(language: str, judgement: Row) -> Cell:
    """Return the share of the promise that is not kept, or its range."""
    words = WORDS[language]
    if judgement["gap"] is not None:
        return Cell(percent(language, judgement["gap"]), judgement["gap"])
    low, high = judgement["gap_low"], judgement["gap_high"]
    if low is None or high is None:
        return Cell(words["none"])
    return Cell(f"{words['unknown']} ({span(language, low, high)})")


def span(language: str, low: float | None, high: float | None) -> str:
    """Return a range of shares 0…1: «от 0 % до 44 %», or the one that both ends are.

    >>> span("en", 0, 0.44), span("en", None, 1)
    ('0% to 44%', 'unknown')
    """
    if low is None or high is None:
        return WORDS[language]["unknown"]
    first, last = percent(language, low), percent(language, high)
    if first == last:
        return first
    return SENTENCES[language]["between"].format(low=first, high=last)
