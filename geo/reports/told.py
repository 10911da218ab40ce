"""A reading of an area, with all that is said of it."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from geo.release.columns import Floats
from geo.release.read import Entry, Release
from geo.reports.class_words import Bad, bad_classes, class_label
from geo.reports.classed import NOT_ASKED, PEOPLE, UNKNOWN, Bools, classed
from geo.reports.counting import counted
from geo.reports.promise import chosen_standard
from geo.reports.tally import Count, Tally
from geo.reports.topics import indicator_of, shown
from geo.reports.words import fitted, text_of
from geo.texts import wording
from geo.types import WITHOUT_VALUE, Reason, Verdict

_EPOCH = date(1970, 1, 1).toordinal()
#: Why a verdict is unknown though something is known that may be a breach.
_POSSIBLE = (Reason.VALUE, Reason.CLASS, Reason.POPULATION, Reason.PARTIAL)


@dataclass(frozen=True, eq=False)
class Told:
    """A reading of an area, ready to be said.

    Attributes
    ----------
    of
        Name of the reading.
    tally
        Its sums.
    bad
        The classes that count as bad.
    standard
        That it is about, None where it is about none.
    language
        Of the words.
    evidence
        Of a standard that is due nowhere yet: the reading of what is known of it.
    """

    of: str
    tally: Tally
    bad: Bad
    standard: str | None
    language: str
    evidence: "Told | None" = None

    @property
    def release(self) -> Release:
        """The release."""
        return self.tally.release

    @property
    def kind(self) -> str:
        """Kind of the reading."""
        return self.of.partition(":")[0]

    @property
    def name(self) -> str:
        """What the reading is of."""
        return self.of.partition(":")[2]

    @property
    def indicator(self) -> str:
        """Code of the indicator that it speaks of; empty where it speaks of none."""
        return indicator_of(self.release, self.of) or ""

    def say(self, key: str, **parts: str) -> str:
        """Return a sentence of the texts, or a part of one."""
        text = wording("summary.say", self.language)[key].format(**parts)
        return fitted(text, self.language)

    def places(self, count: Count) -> dict[str, str]:
        """Return people and settlements as the sentences want them."""
        people = counted(round(count.people), self.language, "people")
        if count.settlements and count.uncounted == count.settlements:
            people = wording("summary.say", self.language)["uncounted"]
        return {
            "people": people,
            "places": counted(count.settlements, self.language, "in_settlements"),
        }

    def of_people(self, people: float) -> str:
        """Return people after "of" or "for"."""
        return counted(round(people), self.language, "of_people")

    def label(self, id_: str) -> str:
        """Return what a class is called."""
        return class_label(self.release, self.of, id_, self.language)

    @property
    def possible(self) -> Bools:
        """Which settlements of the area may be in breach, by what is known of them."""
        reason, fresh = (
            self.release.told("judgements", self.name, column)
            for column in ("reason", "verdict_if_fresh")
        )
        may_be = np.isin(reason.astype(str), _POSSIBLE) | (fresh == Verdict.BREACHED)
        return np.asarray(self.tally.among([UNKNOWN]) & may_be, bool)

    @property
    def years(self) -> Floats:
        """Year of the value of each settlement of the area; NaN where it has none."""
        release, inside = self.release, self.tally.inside
        if self.kind == PEOPLE:
            return np.where(inside, release.numbers("population_year"), np.nan)
        days = release.told("values", self.indicator, "date")
        status = release.told("values", self.indicator, "status").astype(str)
        there = inside & ~np.isnan(days) & ~np.isin(status, WITHOUT_VALUE)
        years: Floats = np.full(release.count, np.nan)
        years[there] = [date.fromordinal(_EPOCH + int(day)).year for day in days[there]]
        return years

    @property
    def sources(self) -> list[str]:
        """What the sources of the values are called, in the order of their ids."""
        release = self.release
        if self.kind == PEOPLE:
            column = release.column("population_source")
        else:
            column = release.told("values", self.indicator, "source")
        said = ",".join(set(column[self.tally.inside]) - {None})
        ids = {part.strip() for part in said.split(",")}
        inputs = {row["source"]: row for row in release.manifest.get("inputs", [])}
        named = [inputs[one] for one in sorted(ids) if one in inputs]
        return list(dict.fromkeys(_called(row, self.language) for row in named))


def _called(row: Entry, language: str) -> str:
    """Return the attribution of a source without its licence, which stands elsewhere.

    >>> row = {"attribution": {"en": "OpenCelliD, CC BY-SA 4.0"}}
    >>> _called(row | {"licence": "CC-BY-SA-4.0"}, "en")
    'OpenCelliD'
    """
    title = str(row.get("title") or row.get("source"))
    said = text_of(row.get("attribution"), language) or title
    name, _, last = said.rpartition(", ")
    letters, licence = (
        "".join(filter(str.isalnum, str(text))) for text in (last, row.get("licence"))
    )
    return name if name and letters == licence else said


def told(release: Release, of: str, area: dict[str, str], language: str) -> Told:
    """Return a reading of an area with all that its sentences need.

    Raises
    ------
    geo.errors.NotFoundError
        If the release has no such reading.
    """
    found, standard = classed(release, of), chosen_standard(release, of)
    bad = bad_classes(release, of, found, standard, language)
    evidence = None
    waits = {Verdict.NOT_DUE.value}
    if of.startswith("verdict:") and waits == set(found.classes) - NOT_ASKED:
        beside = _evidence_for(release, indicator_of(release, of))
        evidence = told(release, f"value:{beside}", area, language) if beside else None
    tally = Tally(release, found, area)
    return Told(of, tally, bad, standard, language, evidence)


def _evidence_for(release: Release, code: str | None) -> str | None:
    """Return the first indicator that bears on another and has a limit of its own."""
    entries = {one: shown(release, one) for one in release.indicators}
    bearing = (
        one
        for one, entry in entries.items()
        if code and code in (one, entry.get("bears_on")) and entry.get("beyond")
    )
    return next(bearing, None)
