"""People and settlements of an area by verdict, whole and by class of the norm.

The whole is what the release published (``area_scores``); the classes are its own
verdicts, grouped by the norm row that decided. Sums run in the order of ids.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from geo.reports.facts import AreaFacts
from geo.reports.passport.grammar import counted, number, people_in, whole
from geo.texts import wording
from geo.types import Verdict

ALL = "all"
JUDGED = (Verdict.KEPT, Verdict.BREACHED, Verdict.UNKNOWN)


@dataclass(frozen=True)
class Tally:
    """People, settlements, and how many of those have no counted people."""

    people: float = 0.0
    places: int = 0
    uncounted: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        """Return both together."""
        return Tally(
            self.people + other.people,
            self.places + other.places,
            self.uncounted + other.uncounted,
        )

    def text(self, language: str, noun: str = "settlements") -> str:
        """Return «18 400 человек в 212 деревнях»; people that are unknown are no 0."""
        sentences = wording("passport.sentences", language)
        if self.places and self.uncounted == self.places:
            missing = sentences["no_people"].lower()
            return f"{counted(language, noun, self.places)} ({missing})"
        if not self.places:
            return counted(language, "people", 0)
        said = people_in(language, self.people, self.places, noun)
        if self.uncounted:
            n = number(language, self.uncounted)
            return f"{said} ({sentences['uncounted_here'].format(n=n)})"
        return said

    def short(self, language: str) -> str:
        """Return «18 400 (212)»: people, and in brackets settlements."""
        places = number(language, self.places)
        if self.places and self.uncounted == self.places:
            unknown = wording("passport.sentences", language)["population_unknown"]
            return f"{unknown} ({places})"
        return f"{number(language, whole(self.people))} ({places})"


@dataclass(frozen=True)
class Verdicts:
    """What one standard says of an area, or of one class in it.

    Attributes
    ----------
    by_verdict
        Verdict -> people and settlements.
    reasons
        Why verdicts are unknown, with settlements, the most frequent first.
    """

    by_verdict: Mapping[str, Tally]
    reasons: tuple[tuple[str, int], ...] = ()

    def of(self, verdict: str) -> Tally:
        """Return people and settlements of one verdict."""
        return self.by_verdict.get(verdict, Tally())

    @property
    def judged(self) -> Tally:
        """Whom the norm concerns today: kept, breached or unknown."""
        return sum((self.of(verdict) for verdict in JUDGED), Tally())

    @property
    def shares(self) -> tuple[float, float] | None:
        """Least and largest share of people for whom the norm is kept.

        None where it concerns nobody whose number is known.
        """
        people = self.judged.people
        if people <= 0:
            return None
        kept = self.of(Verdict.KEPT).people
        return kept / people, (kept + self.of(Verdict.UNKNOWN).people) / people


@dataclass
class _Counting:
    tallies: dict[str, Tally] = field(default_factory=dict)
    reasons: Counter[str] = field(default_factory=Counter)

    def add(self, verdict: str, people: float | None, reason: str | None) -> None:
        one = Tally(people or 0.0, 1, int(people is None))
        self.tallies[verdict] = self.tallies.get(verdict, Tally()) + one
        if reason is not None:
            self.reasons[reason] += 1

    def done(self) -> Verdicts:
        ranked = sorted(self.reasons.items(), key=lambda pair: (-pair[1], pair[0]))
        return Verdicts(self.tallies, tuple(ranked))


def whole_area(facts: AreaFacts, standard: str, subgroup: str = ALL) -> Verdicts:
    """Return the published people and settlements by verdict of one standard.

    Parameters
    ----------
    facts
        The area.
    standard
        Its id.
    subgroup
        ``all``, ``town`` or ``village``.
    """
    return published(facts, f"standard:{standard}", subgroup)


def published(facts: AreaFacts, subject: str, subgroup: str = ALL) -> Verdicts:
    """Return what ``area_scores`` says of a subject, by verdict."""
    row = facts.scores.get((subgroup, subject))
    if row is None:
        return Verdicts({})
    standard = subject.removeprefix("standard:")
    own = _grouped(facts, facts.judgements.get(standard, []), "standard")
    counted_here = own.get(standard, Verdicts({}))
    return Verdicts(
        {
            verdict.value: Tally(
                row[f"population_{verdict}"] or 0.0,
                row[f"settlements_{verdict}"] or 0,
                counted_here.of(verdict).uncounted if subgroup == ALL else 0,
            )
            for verdict in Verdict
        },
        counted_here.reasons,
    )


def by_norm(facts: AreaFacts, standard: str) -> dict[str | None, Verdicts]:
    """Return the verdicts by the norm row that decided; None: the class is open.

    Settlements without a norm belong to no class and are left out.
    """
    rows = facts.judgements.get(standard, [])
    return _grouped(
        facts, [r for r in rows if r["verdict"] != Verdict.NO_NORM], "norm_id"
    )


def _grouped(
    facts: AreaFacts, rows: Iterable[Mapping[str, Any]], column: str
) -> dict[str | None, Verdicts]:
    groups: dict[str | None, _Counting] = {}
    for row in rows:
        people = facts.settlements[row["settlement_id"]]["population"]
        counting = groups.setdefault(row[column], _Counting())
        counting.add(row["verdict"], people, row["reason"])
    return {name: counting.done() for name, counting in groups.items()}


def people_of(facts: AreaFacts, subgroup: str) -> Tally:
    """Return everybody of a subgroup, as published with the overall score."""
    row = facts.scores.get((subgroup, "overall"))
    if row is None:
        return Tally()
    return Tally(row["population"] or 0.0, row["settlements"] or 0)


def without_people(facts: AreaFacts) -> int:
    """Return how many settlements have no population that counts."""
    return sum(place["population"] is None for place in facts.settlements.values())
