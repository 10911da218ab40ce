"""Classes in words, and which of them are bad: the one place that says so."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from geo.release.read import Entry, Release
from geo.reports.classed import NONE, PEOPLE, UNKNOWN, Classed
from geo.reports.counting import counted, figure
from geo.reports.limits import LIMITS
from geo.reports.topics import asked_by, indicator_of, shown
from geo.reports.words import bounded, each_figure, quantity, small, text_of
from geo.texts import LANGUAGES, wording
from geo.types import Status, Verdict

#: Words that mean: nobody knows.
NOT_KNOWN = frozenset({UNKNOWN, NONE})
#: The same, or that a model cannot tell: no reason to call a place worse.
NOT_TOLD = NOT_KNOWN | {"open"}
BREACHED, KEPT = (
    (word.value, f"{word}:{Status.ASSUMED}")
    for word in (Verdict.BREACHED, Verdict.KEPT)
)
_WORDS = {
    "verdict": ("verdicts.label", "verdicts.assumed"),
    "estimate": ("map.estimates",),
}
#: Share of whom a norm binds that it must hold for to be the norm of a picture.
_MOST = 0.5


@dataclass(frozen=True)
class Bad:
    """The classes that a picture counts as bad.

    Attributes
    ----------
    ids
        Of the classes; empty where none is.
    why
        A key of the texts ``summary.what``; empty where nothing is counted.
    clause
        Of ``clause`` what is so of those settlements, in words.
    """

    ids: tuple[str, ...] = ()
    why: str = ""
    clause: str = ""

    def what(self, language: str) -> str:
        """Return who is counted, as it stands after a number of people."""
        words = wording("summary.what", language)
        return words[self.why].format(clause=self.clause) if self.why else ""


def scale(release: Release, of: str) -> tuple[Sequence[float], Entry]:
    """Return the limits of the classes of a reading, and what they are limits of.

    Returns
    -------
    tuple
        No limits where the classes are words; an entry as of an indicator: ``unit``,
        ``better``, ``quantity``, ``label``, ``levels`` as far as there are.
    """
    kind = of.partition(":")[0]
    if kind == PEOPLE:
        return LIMITS[PEOPLE], {"unit": PEOPLE, "quantity": "count"}
    if kind == "score":
        label = {one: wording("map.texts", one)["score"] for one in LANGUAGES}
        entry: Entry = {"unit": "%", "better": "lower", "label": label}
        return [100 * one for one in LIMITS["gap"]], entry
    entry = shown(release, indicator_of(release, of))
    return (entry.get("classes") or []), entry


def class_label(release: Release, of: str, id_: str, language: str) -> str:
    """Return what a class is called: a word, or "5–10 km"."""
    limits, entry = scale(release, of)
    if id_.isdigit() and limits:
        return _between(limits, entry, int(id_), language)
    if id_.isdigit():
        return text_of(entry.get("label"), language)
    sections = _WORDS.get(of.partition(":")[0], ())
    for section in (*sections, "statuses.label"):
        words = wording(section, language)
        if id_ in words:
            return words[id_]
    return id_


def _between(limits: Sequence[float], entry: Entry, place: int, language: str) -> str:
    unit = entry.get("unit", "")
    only = each_figure(entry, language)
    if len(only) == len(limits) + 1:
        return only[place]
    say = wording("summary.class", language)
    if place == len(limits):
        return say["more"].format(low=_amount(limits[-1], unit, language))
    low, high = (limits[place - 1] if place else 0), limits[place]
    if entry.get("quantity") == "count":  # whole things: 2–3, not 2–4
        high -= 1
        if low == high:
            return _amount(low, unit, language)
    elif not place:
        return say["less"].format(high=_amount(high, unit, language, less=True))
    return say["between"].format(
        low=figure(low, language), high=_amount(high, unit, language)
    )


def _amount(number: float, unit: str, language: str, *, less: bool = False) -> str:
    if unit == PEOPLE:
        return counted(number, language, "of_people" if less else PEOPLE)
    if unit == "%":
        x = figure(number, language)
        return wording("grammar", language)["percent"].format(x=x)
    return (bounded if less else quantity)(number, unit, language)


def bad_classes(
    release: Release, of: str, found: Classed, standard: str | None, language: str
) -> Bad:
    """Return which classes of a reading are bad, and what that means.

    Of a verdict a breach, and where there is none that nothing is known; of a status
    the latter. Of an estimate "probably not", else what the model leaves open. Of a
    value what is on the worse side of the norm that holds for most, else of the limit
    in the indicator's declaration, else the worst class that is there.

    Parameters
    ----------
    release, of, found
        The reading.
    standard
        That the reading is about.
    language
        Of the words.
    """
    kind, there = of.partition(":")[0], set(found.classes)
    if kind == "verdict" and there & set(BREACHED):
        return Bad(tuple(one for one in BREACHED if one in there), "breached")
    if kind in {"verdict", "status"}:
        why = "undecided" if kind == "verdict" else "unknown"
        return Bad((UNKNOWN,), why) if UNKNOWN in there else Bad()
    if kind == PEOPLE:
        return Bad()
    limits, entry = scale(release, of)
    if "0" not in there:
        if "probably_not" in there:
            return Bad(("probably_not",), "probably_not")
        ids = tuple(one for one in ("open", NONE) if one in there)
        return Bad(ids, "open" if ids else "")
    return _bad_values(release, of, found, standard, (limits, entry), language)


def _bad_values(
    release: Release,
    of: str,
    found: Classed,
    standard: str | None,
    scaled: tuple[Sequence[float], Entry],
    language: str,
) -> Bad:
    limits, entry = scaled
    lower = entry.get("better") == "lower"
    never = ("unreachable",) if "unreachable" in found.classes and lower else ()
    norm, beyond = _norm_of_most(release, of, standard), entry.get("beyond") or {}
    limit = beyond.get("limit") if norm is None else float(norm["value"])
    if limit is not None:
        ids = (*_worse(limits, limit, lower=lower), *never)
    else:
        ids = never or _worst_known(found, best=0 if lower else len(limits))
    if not ids:
        return Bad()
    if limit is None or not beyond:
        return Bad(ids, "clause", like(release, of, ids, language))
    amount = bounded(limit, entry["unit"], language)
    return Bad(ids, "clause", text_of(beyond, language).format(limit=amount))


def _worst_known(found: Classed, best: int) -> tuple[str, ...]:
    """Return the class farthest from the best of those that there are, but not it."""
    held = np.unique(found.code[found.code >= 0]).tolist()
    known = [int(found.classes[one]) for one in held if found.classes[one].isdigit()]
    worst = max(known, key=lambda one: abs(one - best), default=best)
    return () if worst == best else (str(worst),)


def like(release: Release, of: str, ids: Sequence[str], language: str) -> str:
    """Return that an indicator is in these classes, as a clause."""
    limits, entry = scale(release, of)
    numbers = [int(one) for one in ids if one.isdigit()]
    labels = [class_label(release, of, one, language) for one in ids]
    if len(numbers) > 1 and not each_figure(entry, language):  # one span of them all
        first, last = numbers[0], numbers[-1]
        span = _between([*limits[:first], *limits[last:]], entry, first, language)
        labels = [span, *labels[len(numbers) :]]
    return wording("summary.say", language)["like"].format(
        label=text_of(entry.get("label"), language),
        classes=", ".join(map(small, labels)),
    )


def _worse(limits: Sequence[float], limit: float, *, lower: bool) -> tuple[str, ...]:
    """Return the classes that lie wholly on the worse side of a limit.

    >>> _worse([2, 5, 10], 5, lower=True), _worse([1, 4, 8], 8, lower=False)
    (('2', '3'), ('0', '1', '2'))
    """
    places = range(len(limits) + 1)
    if lower:
        return tuple(str(i) for i in places if i and limits[i - 1] >= limit)
    return tuple(str(i) for i in places if i < len(limits) and limits[i] <= limit)


def _norm_of_most(release: Release, of: str, standard: str | None) -> Entry | None:
    """Return the row of the standard of its own indicator that holds for most.

    None where none holds, for certain, for most people and in most settlements of those
    that the standard binds: a town is not held to the norm of villages.
    """
    kind, _, name = of.partition(":")
    if kind != "value" or standard not in asked_by(release, name):
        return None
    rows = release.told("judgements", str(standard), "norm_id")
    verdict = release.told("judgements", str(standard), "verdict")
    bound = release.listed & (verdict != Verdict.NO_NORM)
    people = np.nan_to_num(release.numbers("population")) * bound
    weights = (people, bound.astype(float))
    norms: list[Entry] = release.standards[str(standard)].get("norms", [])
    return next(
        (
            norm
            for norm in norms
            if all(one[rows == norm["id"]].sum() > _MOST * one.sum() for one in weights)
        ),
        None,
    )
