"""Values, norms and gaps as office text; unknown is said, never left empty."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from geo.reports.counting import plural
from geo.reports.passport.grammar import number, percent
from geo.reports.passport.page import Cell
from geo.reports.words import text_of
from geo.texts import Section, noun_forms, wording
from geo.types import Reason, Status, Verdict

#: Units that are counted in the forms of ``units.counted``; the others are abbreviated
#: and do not change.
COUNTED_UNITS = frozenset(
    {"trips/week", "days/week", "residents/vehicle", "centres", "applications"}
)
YES_NO = "yes/no"
GENERATION = "G"
#: Decimals of a value, and of one that would else look equal to its norm.
DECIMALS, DECIMALS_NEAR = 1, 3
_NO_BREAK = "\u00a0"
Row = Mapping[str, Any]

#: Units that are counted in the forms of ``units.counted``; the others are abbreviated
#: and do not change.
_COUNTED_UNITS = frozenset(
    (
        *("trips/week", "days/week", "hours/week", "residents/vehicle"),
        *("centres", "applications"),
    )
)
#: statuses that say by themselves why there is no number
_NO_NUMBER = (
    *(Status.UNREACHABLE, Status.UNSNAPPED, Status.NOT_APPLICABLE, Status.AT_HOME),
)


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
    """Say whether a norm row stands in the list of an oblast."""
    return str(norm.get("list", "national")) == "oblast"


@dataclass(frozen=True)
class Scale:
    """How the values of one standard are said.

    Attributes
    ----------
    language
        ``ru``, ``be`` or ``en``.
    unit
        Unit of the indicator, None where it has none.
    better
        ``lower`` or ``higher``.
    levels
        Words of an ordinal scale by its level as text.
    """

    language: str
    unit: str | None
    better: str | None = None
    levels: Mapping[str, Any] = field(default_factory=dict)

    @property
    def counts(self) -> bool:
        """Whether values are numbers that may be averaged."""
        return self.unit not in (YES_NO, GENERATION, None) and not self.levels

    @property
    def words(self) -> Section[str]:
        """The words of a passport."""
        return wording("passport.words", self.language)

    @property
    def sentences(self) -> Section[str]:
        """The sentences of a passport."""
        return wording("passport.sentences", self.language)

    @property
    def word(self) -> str:
        """The word for the unit; one without a word shows as it is."""
        unit = self.unit or ""
        return wording("units.column", self.language).get(unit, unit)

    def plain(self, value: float, norm: float | None = None) -> str:
        """Return a value without its unit; yes, no and levels are words.

        Where rounding would make it look equal to the norm, all decimals are shown.
        """
        if self.unit == YES_NO:
            return self.words["yes" if value else "no"]
        if level := self.levels.get(f"{value:g}"):
            return text_of(level, self.language)
        decimals = DECIMALS
        if norm is not None and round(value, DECIMALS) == norm != value:
            decimals = DECIMALS_NEAR
        return number(self.language, value, decimals)

    def amount(self, value: float, norm: float | None = None) -> str:
        """Return a value with its unit: «13 мин», «4G», «есть»."""
        return self._with_unit(self.plain(value, norm), value, self._counted(value))

    def within(self, value: float, norm: float | None = None) -> str:
        """Return a value as it stands after «не менее», «до»: «21 рейса в неделю»."""
        return self._with_unit(self.plain(value, norm), value, self._limited(value))

    def _with_unit(self, text: str, value: float, word: str) -> str:
        if self.unit == YES_NO or not self.unit or f"{value:g}" in self.levels:
            return text
        if self.unit == GENERATION:
            return f"{text}G"
        return f"{text}{_NO_BREAK}{word}"

    def _counted(self, value: float, section: str = "units.counted") -> str:
        """Return the unit in the form that a number asks for."""
        if self.unit not in _COUNTED_UNITS:
            return self.word
        forms = noun_forms(section, self.language)[self.unit]
        return plural(round(value, DECIMALS), self.language, forms)

    def _limited(self, value: float) -> str:
        """Return the unit after a preposition: Russian has the genitive there."""
        return self._counted(value, "units.bounded")

    def range(self, low: float, high: float, norm: float | None = None) -> str:
        """Return two values with their unit: «от 8 до 28 рейсов в неделю»."""
        return self.sentences["between"].format(
            low=self.plain(low, norm), high=self.within(high, norm)
        )

    def limit(self, value: float | None, *, unread: bool = False) -> Cell:
        """Return a norm: «не менее 20 рейсов в неделю», «должно быть».

        Where none is certain, a list that was not read is unknown, not without one.
        """
        if value is None:
            return Cell(self.words["unknown" if unread else "no_list"])
        if self.unit == YES_NO:
            return Cell(self.words["must"])
        key = "at_most" if self.better == "lower" else "at_least"
        said = self.sentences[key].format(x=self.within(value))
        return Cell(said, value, DECIMALS)

    def possible(self, judgement: Row) -> Cell:
        """Return the norms that are possible; that there is none may be one of them."""
        ends = (judgement["norm_low"], judgement["norm_high"])
        known = [end for end in ends if end is not None]
        if not known or judgement.get("reason") == Reason.NORM_NOT_READ:
            return Cell(self.words["unknown"])
        if len(known) == 1:
            one = self.limit(known[0]).text
            return Cell(self.sentences["or_none"].format(limit=one))
        if known[0] == known[1]:
            return self.limit(known[0])
        said = self.range(known[0], known[1])
        return Cell(f"{said}, {self.words['by_class']}")

    def norms(self, standard: Row, judgement: Row) -> tuple[Cell, Cell]:
        """Return the norm of the republic and that of the oblast.

        Where it is not certain which applies, the range of what is possible stands in
        the place of the one that is not certain.
        """
        national, oblast = limits_of(judgement)
        unread = {row["list"] for row in standard.get("unread", ())}
        if judgement.get("verdict") == Verdict.NO_NORM:
            unread = set()
        cells = (
            self.limit(national, unread="national" in unread),
            self.limit(oblast, unread="oblast" in unread),
        )
        if judgement["norm"] is not None:
            return cells
        if national is None and oblast is None:
            return self.possible(judgement), cells[1]
        if oblast is None and any(map(of_oblast, standard["norms"])):
            return cells[0], self.possible(judgement)
        return cells

    def actual(self, value: Row | None, norm: float | None = None) -> Cell:
        """Return what is the case, with its range and how it is known.

        Parameters
        ----------
        value
            A row of ``values`` or ``unit_values``; None where there is none.
        norm
            The certain norm, if any.
        """
        words = self.words
        if value is None or value["status"] == Status.UNKNOWN:
            return Cell(words["unknown"])
        if value["status"] in _NO_NUMBER:
            return Cell(wording("statuses.word", self.language)[value["status"]])
        said = self._with_range(value, norm)
        status = wording("statuses.word", self.language)[value["status"]]
        return Cell(f"{said}, {status}", value["value"])

    def _with_range(self, value: Row, norm: float | None) -> str:
        sentences = self.sentences
        centre, low, high = value["value"], value["low"], value["high"]
        if centre is not None and low == centre == high:
            return self.amount(centre, norm)
        if low is not None and high is not None:
            said = self.range(low, high, norm)
        elif low is not None:
            said = sentences["at_least"].format(x=self.within(low, norm))
        elif high is not None:
            said = sentences["at_most"].format(x=self.within(high, norm))
        elif centre is not None:
            return self.amount(centre, norm)
        else:
            return self.words["unknown"]
        if centre is None or centre in (low, high):
            return said
        return f"{self.amount(centre, norm)} ({said})"


def gap(language: str, judgement: Row) -> Cell:
    """Return the share of the promise that is not kept, or its range."""
    words = wording("passport.words", language)
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
        return wording("passport.words", language)["unknown"]
    first, last = percent(language, low), percent(language, high)
    if first == last:
        return first
    between = wording("passport.sentences", language)["between"]
    return between.format(low=first, high=last)
