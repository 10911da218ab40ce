"""The standard that a picture is about: what was promised, by whom, until when."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import numpy as np

from geo.release.read import Entry, Release
from geo.reports.topics import promised_of
from geo.reports.words import act_of, limit_of, text_of
from geo.texts import wording
from geo.types import Force, Verdict


def chosen_standard(release: Release, of: str) -> str | None:
    """Return the standard that a reading is about, None where it is about none.

    Of several the one that is due next; where none is to come, the one that binds most
    people, a promise of the state before a benchmark.
    """
    may_be = promised_of(release, of)
    return min(may_be, key=lambda one: _order(release, one), default=None)


def promise(release: Release, standard: str, language: str) -> dict[str, Any]:
    """Return a standard as the head of a page tells it.

    Returns
    -------
    dict
        ``standard, title, force, norm`` (in words), ``due, days_left`` (from the day of
        the release), ``act, responsible``.
    """
    entry = release.standards[standard]
    rows, due = _by_people(release, standard), due_of(entry, release.on)
    acts = dict.fromkeys(act_of(norm, language) for norm in rows)
    return {
        "standard": standard,
        "title": text_of(entry.get("title"), language) or standard,
        "force": entry.get("force", Force.LAW.value),
        "norm": "; ".join(_rows(release, entry, rows, language)),
        "due": due,
        "days_left": None if due is None else _days(due, release.on),
        "act": "; ".join(acts),
        "responsible": text_of(entry.get("responsible"), language),
    }


def due_of(entry: Entry, on: str) -> str | None:
    """Return the next day that a row of a standard is due, else the last one."""
    days = sorted({str(one["due"]) for one in entry.get("norms", []) if one.get("due")})
    return next((one for one in days if one >= on), days[-1] if days else None)


def _days(due: str, on: str) -> int:
    return (date.fromisoformat(due) - date.fromisoformat(on)).days


def _order(release: Release, standard: str) -> tuple[bool, str, bool, float]:
    entry = release.standards[standard]
    due = due_of(entry, release.on)
    ahead = due is not None and due >= release.on
    benchmark = entry.get("force") == Force.BENCHMARK
    bound = release.told("judgements", standard, "verdict") != Verdict.NO_NORM
    people = np.nan_to_num(release.numbers("population"))[bound & release.listed].sum()
    return not ahead, str(due) if ahead else "", benchmark, -float(people)


def _by_people(release: Release, standard: str) -> list[Entry]:
    """Return the rows of a standard; those that may bind most people first."""
    rows: list[Entry] = list(release.standards[standard].get("norms", []))
    possible = release.told("judgements", standard, "norms_possible")
    people = np.nan_to_num(release.numbers("population"))
    weight = {norm["id"]: 0.0 for norm in rows}
    for place in np.flatnonzero(release.listed).tolist():
        for id_ in possible[place] or ():
            if id_ in weight:
                weight[id_] += people[place]
    return sorted(rows, key=lambda norm: -weight[norm["id"]])


def _rows(
    release: Release, entry: Entry, rows: list[Entry], language: str
) -> Iterable[str]:
    """Return what the rows ask for, each limit once, with whom it is asked for."""
    unit = release.indicator(entry.get("indicator")).get("unit", "")
    row = wording("explain.say", language)["row"]
    labels: dict[str, list[str]] = {}
    for norm in rows:
        label = text_of(norm.get("label"), language) or norm["id"]
        labels.setdefault(limit_of(norm, unit, language), []).append(label)
    if len(labels) == 1:
        return list(labels)
    return [
        row.format(limit=limit, label=", ".join(dict.fromkeys(whom)))
        for limit, whom in labels.items()
    ]
