"""Sentences that say what a picture shows, made from a release and nothing else."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from geo.release.columns import Floats
from geo.release.read import Entry, Release
from geo.reports.class_words import (
    BREACHED,
    KEPT,
    NOT_ASKED,
    NOT_KNOWN,
    Bad,
    bad_classes,
    class_label,
)
from geo.reports.classed import PEOPLE, UNKNOWN, Bools, classed
from geo.reports.counting import counted, figure, long_date
from geo.reports.estimated import headline as model_headline
from geo.reports.promise import chosen_standard, due_of
from geo.reports.tally import Count, Tally
from geo.reports.topics import indicator_of, model_of, shown
from geo.reports.words import fitted, text_of
from geo.texts import wording
from geo.types import KNOWN_STATUSES, Level, Reason, Status, Verdict

#: Below this share of the people that something is known of, that is said first.
NEARLY_NOTHING = 0.05
_REASONS = 3
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
    """

    of: str
    tally: Tally
    bad: Bad
    standard: str | None
    language: str

    @property
    def release(self) -> Release:
        """The release."""
        return self.tally.release

    @property
    def kind(self) -> str:
        """Kind of the reading."""
        return self.of.partition(":")[0]

    def say(self, key: str, **parts: str) -> str:
        """Return a sentence."""
        text = wording("summary.say", self.language)[key].format(**parts)
        return fitted(text, self.language)

    def places(self, count: Count) -> dict[str, str]:
        """Return people and settlements as the sentences want them."""
        return {
            "people": counted(round(count.people), self.language, "people"),
            "places": counted(count.settlements, self.language, "in_settlements"),
        }


def told(release: Release, of: str, area: dict[str, str], language: str) -> Told:
    """Return a reading of an area with all that its sentences need.

    Raises
    ------
    geo.errors.NotFoundError
        If the release has no such reading.
    """
    found = classed(release, of)
    standard = chosen_standard(release, of)
    bad = bad_classes(release, of, found, standard, language)
    return Told(of, Tally(release, found, area), bad, standard, language)


def headline(one: Told) -> list[str]:
    """Return what a picture says, in sentences."""
    made = {
        "verdict": _verdict,
        "value": _value,
        "status": _status,
        "estimate": _estimate,
        "score": _score,
        PEOPLE: _people,
    }
    return [line for line in made[one.kind](one) if line]


def years_of(one: Told) -> Floats:
    """Return the year of the value behind a reading, of each settlement; else NaN."""
    release = one.release
    if one.kind == PEOPLE:
        return release.numbers("population_year")
    days = release.told("values", indicator_of(release, one.of) or "", "date")
    return np.array([np.nan if day != day else _year(day) for day in days])  # noqa: PLR0124


def _year(day: float) -> int:
    return date.fromordinal(_EPOCH + int(day)).year


def sources_of(one: Told) -> list[str]:
    """Return what the sources of the values behind a reading are called."""
    release = one.release
    if one.kind == PEOPLE:
        column = release.column("population_source")
    else:
        code = indicator_of(release, one.of)
        column = release.told("values", code or "", "source")
    ids = {
        part.strip()
        for text in set(column[one.tally.inside]) - {None}
        for part in str(text).split(",")
    }
    listed = {row["source"]: row for row in release.manifest.get("inputs", [])}
    named = [listed[id_] for id_ in sorted(ids) if id_ in listed]
    return list(dict.fromkeys(_called(row, one.language) for row in named))


def _called(row: Entry, language: str) -> str:
    """Return the attribution of a source without the licence, told elsewhere."""
    said = (
        text_of(row.get("attribution"), language) or row.get("title") or row["source"]
    )
    name, _, last = str(said).rpartition(", ")
    letters, licence = (
        "".join(filter(str.isalnum, str(text))) for text in (last, row.get("licence"))
    )
    return name if name and letters == licence else str(said)


def _value(one: Told) -> Iterator[str]:
    tally = one.tally
    every, nobody = tally.all, tally.of(NOT_KNOWN)
    asked = every.people - tally.of(NOT_ASKED).people
    known = asked - nobody.people
    if nobody.settlements and known <= 0 and nobody.settlements >= every.settlements:
        yield one.say("nothing", **one.places(nobody))
        return
    if known < NEARLY_NOTHING * asked:
        yield one.say("nearly", **one.places(nobody))
    yield from _worse(one)
    if nobody.settlements and known >= NEARLY_NOTHING * asked:
        yield one.say("unknown", **one.places(nobody))
    yield from _assumed(one)
    yield from data(one)


def _worse(one: Told) -> Iterator[str]:
    if not one.bad.clause:
        return
    count = one.tally.of(one.bad.ids)
    key = "worse" if count.settlements else "none_worse"
    yield one.say(key, clause=one.bad.clause, **one.places(count))


def _assumed(one: Told) -> Iterator[str]:
    status = one.release.told(
        "values", indicator_of(one.release, one.of) or "", "status"
    )
    count = one.tally.count(one.tally.inside & (status == Status.ASSUMED))
    if count.settlements:
        yield one.say("assumed", **one.places(count))


def data(one: Told) -> Iterator[str]:
    """Yield sources and years of the data, and for whom they are out of date."""
    years = years_of(one)[one.tally.inside]
    names = sources_of(one)
    if np.isnan(years).all() or not names:
        return
    first, last = int(np.nanmin(years)), int(np.nanmax(years))
    span = str(first) if first == last else f"{first}–{last}"
    old = one.tally.count(one.tally.inside & one.tally.classed.old)
    people = counted(round(old.people), one.language, "of_people")
    key = "data_old" if old.settlements else "data"
    yield one.say(key, sources=", ".join(names), years=span, people=people)


def _listed(one: Told, parts: Iterable[tuple[str, Count]]) -> str:
    said = [
        one.say("part", what=what, **one.places(count))
        for what, count in parts
        if count.settlements
    ]
    return one.say("listed", parts="; ".join(said)) if said else ""


def _verdict(one: Told) -> Iterator[str]:
    tally, words = one.tally, wording("verdicts.label", one.language)
    if tally.of([Verdict.NOT_DUE]).settlements:
        yield from _before_due(one)
        return
    standard = one.of.partition(":")[2]
    reason = one.release.told("judgements", standard, "reason")
    fresh = one.release.told("judgements", standard, "verdict_if_fresh")
    unknown = tally.among([UNKNOWN])
    possible = unknown & (
        np.isin(reason.astype(str), _POSSIBLE) | (fresh == Verdict.BREACHED)
    )
    decided = tally.of([*BREACHED, *KEPT])
    if not decided.settlements:
        yield one.say("undecided", **one.places(tally.count(unknown)))
        yield from _reasons(one, reason, unknown)
    else:
        parts = [
            (words["breached"], tally.of(BREACHED)),
            (one.say("possible"), tally.count(possible)),
            (words["kept"], tally.of(KEPT)),
            (words["unknown"], tally.count(unknown & ~possible)),
        ]
        if (
            decided.people
            < NEARLY_NOTHING
            * tally.count(unknown | tally.among([*BREACHED, *KEPT])).people
        ):
            parts = [parts[-1], *parts[:-1]]
        yield _listed(one, parts)
    none = tally.of([Verdict.NO_NORM])
    yield _listed(one, [(words["no_norm"], none)])
    yield from data(one)


def _reasons(one: Told, reason: Floats, unknown: Bools) -> Iterator[str]:
    """Yield why nothing can be said, the reason of most people first."""
    words = wording("reasons.label", one.language)
    counts = {word: one.tally.count(unknown & (reason == word)) for word in words}
    most = sorted(
        (pair for pair in counts.items() if pair[1].settlements),
        key=lambda pair: -pair[1].people,
    )
    said = [
        one.say("reason", reason=words[word], people=one.places(count)["people"])
        for word, count in most[:_REASONS]
    ]
    if said:
        yield one.say("reasons", reasons="; ".join(said))


def _before_due(one: Told) -> Iterator[str]:
    """Yield what is left until a standard is due, and what is known today."""
    release, tally = one.release, one.tally
    standard = release.standards[one.of.partition(":")[2]]
    due = due_of(standard, release.on)
    if due is not None:
        left = (date.fromisoformat(due) - date.fromisoformat(release.on)).days
        key = "due" if left > 0 else "due_today" if left == 0 else "due_passed"
        days = counted(abs(left), one.language, "days")
        yield one.say(key, day=long_date(due, one.language), days=days)
    code = standard.get("indicator")
    yield _known_by(one, code)
    best = _evidence_for(release, code)
    if best:
        other = told(release, f"value:{best}", tally.area, one.language)
        yield from _worse(other)
        yield from data(other)


def _evidence_for(release: Release, code: str | None) -> str | None:
    """Return the first indicator whose values bear on another."""
    listed = (
        one for one in release.indicators if shown(release, one).get("bears_on") == code
    )
    return next((one for one in listed if shown(release, one).get("beyond")), None)


def _known_by(one: Told, code: str | None) -> str:
    """Return of how many the value of an indicator is known, old, assumed, unknown."""
    if code is None or code not in one.release.indicators:
        return ""
    status = classed(one.release, f"status:{code}")
    tally = Tally(one.release, status, one.tally.area)
    known, fresh = tally.among(KNOWN_STATUSES), tally.inside & ~status.old
    supposed = tally.among([Status.ASSUMED])
    rest = tally.inside & ~tally.among([*KNOWN_STATUSES, Status.ASSUMED, *NOT_ASKED])
    parts = {
        "known": known & fresh,
        "old": known & ~fresh,
        "supposed": supposed,
        "missing": rest,
    }
    return _listed(one, [(one.say(key), tally.count(of)) for key, of in parts.items()])


def _status(one: Told) -> Iterator[str]:
    yield _known_by(one, one.of.partition(":")[2])
    yield from data(one)


def _estimate(one: Told) -> Iterator[str]:
    model = model_of(one.release, one.of.partition(":")[2])
    if "0" in one.tally.classed.classes:
        for line in (*_worse(one),):
            yield one.say("by_model", sentence=line[:1].lower() + line[1:])
        return
    lines: list[str] = []
    if one.tally.area["level"] == Level.COUNTRY:
        lines = model_headline(one.release, model, one.language)
    for line in lines:
        yield fitted(f"{line[:1].upper()}{line[1:]}", one.language).rstrip(".") + "."
    if not lines:
        yield _by_class(one)


def _by_class(one: Told) -> str:
    classes: Collection[str] = one.tally.classed.classes
    release = one.release
    label = [
        (class_label(release, one.of, id_, one.language), one.tally.of([id_]))
        for id_ in classes
    ]
    return _listed(one, label)


def _score(one: Told) -> Iterator[str]:
    group = one.of.partition(":")[2]
    tally = one.tally
    unknown = tally.of(NOT_KNOWN)
    rows = one.release.rows("area_scores", tally.area["id"])
    subject = group if group == "overall" else f"domain:{group}"
    mean = next(
        (
            r["score"]
            for r in rows
            if r["subject"] == subject and r["subgroup"] == "all"
        ),
        None,
    )
    if mean is None:
        yield one.say(
            "nothing"
            if not (tally.all.settlements - unknown.settlements)
            else "nearly",
            **one.places(unknown),
        )
        return
    known = tally.all.people - unknown.people
    share = wording("grammar", one.language)["percent"].format(
        x=figure(100 * mean, one.language, 1)
    )
    people = counted(round(known), one.language, "of_people")
    yield one.say("score", share=share, people=people)
    if unknown.settlements:
        yield one.say("unknown", **one.places(unknown))


def _people(one: Told) -> Iterator[str]:
    tally = one.tally
    yield one.say("residents", **one.places(tally.all))
    unknown = tally.of([UNKNOWN]).settlements
    if unknown:
        places = counted(unknown, one.language, "settlements")
        yield one.say("residents_unknown", places=places)
    yield from data(one)
