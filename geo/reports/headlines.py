"""Sentences that say what a picture shows, made from a release and nothing else."""

from collections.abc import Iterable, Iterator
from datetime import date

import numpy as np

from geo.reports.class_words import BREACHED, KEPT, NOT_KNOWN
from geo.reports.classed import NOT_ASKED, PEOPLE, UNKNOWN, Bools, classed
from geo.reports.counting import counted, figure, long_date
from geo.reports.estimated import headline as model_headline
from geo.reports.promise import due_of
from geo.reports.tally import Count, Tally
from geo.reports.told import Told
from geo.reports.topics import model_of
from geo.reports.words import capital, fitted, small, text_of
from geo.texts import wording
from geo.types import KNOWN_STATUSES, Level, Status, Verdict

#: Where less than this share of the people is known of, that is said first.
MOSTLY_UNKNOWN, NEARLY_NOTHING = 0.5, 0.05
_REASONS = 3


def headline(one: Told) -> list[str]:
    """Return what a picture says, in sentences; the first one says most."""
    made = {
        "verdict": _verdict,
        "value": _value,
        "status": _status,
        "estimate": _estimate,
        "score": _score,
        PEOPLE: _people,
    }
    return [capital(line) for line in made[one.kind](one) if line]


def _listed(one: Told, parts: Iterable[tuple[str, Count]]) -> str:
    """Return one sentence of all parts that there are."""
    said = [
        one.say(
            "part_uncounted" if count.uncounted == count.settlements else "part",
            what=small(what),
            **one.places(count),
        )
        for what, count in parts
        if count.settlements
    ]
    return one.say("listed", parts="; ".join(said)) if said else ""


def _value(one: Told) -> Iterator[str]:
    tally, supposed = one.tally, _assumed(one)
    unknown = tally.among(NOT_KNOWN)
    known = tally.inside & ~unknown & ~supposed & ~tally.among(NOT_ASKED)
    if unknown.any() and not (known | supposed).any():
        yield one.say("nothing", **one.places(tally.count(unknown)))
        return
    parts = {"unknown": unknown, "known": known, "supposed": supposed}
    how = _listed(one, [(one.say(key), tally.count(of)) for key, of in parts.items()])
    how = how if (unknown | supposed).any() else ""
    told = known | supposed
    some, every = (tally.count(of).people for of in (told, told | unknown))
    worse = _worse(one)
    yield from (how, worse) if some < MOSTLY_UNKNOWN * every else (worse, how)
    yield data(one)


def _worse(one: Told) -> str:
    """Return how many are in the bad classes; that nobody is, only of what is known."""
    count = one.tally.of(one.bad.ids)
    if not one.bad.clause:
        return ""
    if count.settlements:
        return one.say("worse", clause=one.bad.clause, **one.places(count))
    return "" if _assumed(one).any() else one.say("none_worse", clause=one.bad.clause)


def _assumed(one: Told) -> Bools:
    """Return which settlements of the area have a value that is assumed."""
    status = one.release.told("values", one.indicator, "status")
    return np.asarray(one.tally.inside & (status == Status.ASSUMED), bool)


def data(one: Told) -> str:
    """Return sources and years of the data, and for whom they are out of date."""
    years, names = one.years, one.sources
    if np.isnan(years).all() or not names:
        return ""
    first, last = int(np.nanmin(years)), int(np.nanmax(years))
    said = {
        "sources": ", ".join(names),
        "years": str(first) if first == last else f"{first}–{last}",
    }
    old = one.tally.count(one.tally.inside & one.tally.classed.old)
    if not old.settlements:
        return one.say("data", **said)
    return one.say("data_old", people=one.of_people(old.people), **said)


def _verdict(one: Told) -> Iterator[str]:
    if one.tally.of([Verdict.NOT_DUE]).settlements:
        yield from _before_due(one)
    tally = one.tally
    unknown, possible = tally.among([UNKNOWN]), one.possible
    decided = tally.among([*BREACHED, *KEPT])
    if decided.any():
        parts = [
            (one.say("breached"), tally.of(BREACHED)),
            (one.say("possible"), tally.count(possible)),
            (one.say("kept"), tally.of(KEPT)),
            (one.say("unknown"), tally.count(unknown & ~possible)),
        ]
        most = tally.count(decided | unknown).people
        if tally.count(decided).people < NEARLY_NOTHING * most:
            parts = [parts[-1], *parts[:-1]]
        yield _listed(one, parts)
    elif unknown.any():
        yield one.say("undecided", **one.places(tally.count(unknown)))
        yield _reasons(one, unknown)
    yield _listed(one, [(one.say("no_norm"), tally.of([Verdict.NO_NORM]))])
    if unknown.any() or decided.any():
        yield data(one)


def _reasons(one: Told, unknown: Bools) -> str:
    """Return why nothing can be said, the reason of most people first."""
    reason = one.release.told("judgements", one.name, "reason")
    words = wording("reasons.label", one.language)
    counts = [(word, one.tally.count(unknown & (reason == word))) for word in words]
    most = sorted(
        (pair for pair in counts if pair[1].settlements),
        key=lambda pair: -pair[1].people,
    )
    said = [
        one.say("reason", reason=words[word], people=one.places(count)["people"])
        for word, count in most[:_REASONS]
    ]
    return one.say("reasons", reasons="; ".join(said)) if said else ""


def _before_due(one: Told) -> Iterator[str]:
    """Yield what is known today of a standard that is not due, and what is left."""
    if one.evidence is not None:
        yield _worse(one.evidence)
        yield data(one.evidence)
    yield _known_by(one, one.indicator)
    due = due_of(one.release.standards[one.name], one.release.on)
    if due is not None:
        left = (date.fromisoformat(due) - date.fromisoformat(one.release.on)).days
        key = "due" if left > 0 else "due_today"
        days = counted(left, one.language, "days")
        yield one.say(key, day=long_date(due, one.language), days=days)


def _known_by(one: Told, code: str) -> str:
    """Return of how many the value of an indicator is known, old, assumed, unknown."""
    if code not in one.release.indicators:
        return ""
    found = classed(one.release, f"status:{code}")
    tally = Tally(one.release, found, one.tally.area)
    known, supposed = tally.among(KNOWN_STATUSES), tally.among([Status.ASSUMED])
    parts = {
        one.say("known"): known & ~found.old,
        one.say("old"): known & found.old,
        one.say("supposed"): supposed,
    }
    words = wording("statuses.label", one.language)  # at home, no road near, unknown
    rest = [*KNOWN_STATUSES, Status.ASSUMED, *NOT_ASKED]
    parts |= {
        words[id_]: tally.among([id_]) for id_ in found.classes if id_ not in rest
    }
    return _listed(one, [(what, tally.count(of)) for what, of in parts.items()])


def _status(one: Told) -> Iterator[str]:
    yield _known_by(one, one.name)
    yield data(one)


def _estimate(one: Told) -> Iterator[str]:
    model = model_of(one.release, one.name)
    if not model.get("bands"):
        line = _worse(one)
        yield one.say("by_model", sentence=small(line)) if line else ""
        return
    label = text_of(model.get("label"), one.language)
    lacking, classes = one.tally.of(["probably_not"]), one.tally.classed.classes
    if lacking.settlements:
        yield one.say("lacking", label=label, **one.places(lacking))
    if one.tally.area["level"] == Level.COUNTRY:
        for line in model_headline(one.release, model, one.language):
            yield f"{fitted(line, one.language).rstrip('.')}."
    else:
        yield _listed(one, [(one.label(id_), one.tally.of([id_])) for id_ in classes])


def _score(one: Told) -> Iterator[str]:
    tally = one.tally
    unknown = tally.of(NOT_KNOWN)
    subject = one.name if one.name == "overall" else f"domain:{one.name}"
    rows = one.release.rows("area_scores", tally.area["id"])
    own = [r for r in rows if r["subject"] == subject and r["subgroup"] == "all"]
    mean, coverage = next(((r["score"], r["coverage"]) for r in own), (None, None))
    scored = tally.count(tally.inside & ~tally.among(NOT_KNOWN))
    if not scored.settlements:
        yield one.say("no_score", **one.places(unknown))
        return
    if mean is None:
        yield one.say("score_few")
        parts = {"with_score": scored, "without_score": unknown}
        yield _listed(one, [(one.say(key), count) for key, count in parts.items()])
        return
    percent = wording("grammar", one.language)["percent"]
    share, known = (
        percent.format(x=figure(100 * part, one.language, 1))
        for part in (mean, coverage or 0.0)
    )
    yield one.say("score", share=share, known=known)
    if unknown.settlements:
        yield _listed(one, [(one.say("without_score"), unknown)])


def _people(one: Told) -> Iterator[str]:
    yield one.say("residents", **one.places(one.tally.all))
    unknown = one.tally.of([UNKNOWN]).settlements
    if unknown:
        places = counted(unknown, one.language, "in_settlements")
        yield one.say("residents_unknown", places=places)
    yield data(one)
