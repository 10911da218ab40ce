"""What has changed since the last report: shares, people, settlements, norms."""

from collections.abc import Mapping
from typing import Any

from geo.reports.facts import AreaFacts
from geo.reports.passport.amounts import DECIMALS, YES_NO
from geo.reports.passport.grammar import number, rounded_percent, whole
from geo.reports.passport.lines import Context, norm_of
from geo.reports.passport.page import Cell
from geo.reports.passport.tallies import Verdicts
from geo.types import Verdict

KEYS = ("change_share", "change_people", "change_places")


def change(
    context: Context, now: Verdicts, before: Verdicts | None, *, has_earlier: bool
) -> dict[str, Cell]:
    """Return by how much more or less is kept than in the last report.

    The share is the least one (unknown counts as not kept), in percentage points of
    the rounded shares, so that the difference of two printed reports is what this one
    prints.

    Parameters
    ----------
    context
        Words and language.
    now, before
        Verdicts in this and in the last report; None: the last one has no such line.
    has_earlier
        Whether there is a last report at all.
    """
    words, sentences, language = context.words, context.sentences, context.language
    if before is None:
        key = "not_in_earlier" if has_earlier else "no_earlier"
        empty = dict.fromkeys(KEYS, Cell(words["none"]))
        return {"change": Cell(sentences[key]), **empty}
    if not (now.judged.places or before.judged.places):
        return dict.fromkeys(("change", *KEYS), Cell(words["none"]))
    points = _points(now, before)
    kept, past = now.of(Verdict.KEPT), before.of(Verdict.KEPT)
    people = float(whole(kept.people) - whole(past.people))
    places = float(kept.places - past.places)

    def cell(value: float | None, decimals: int = 0) -> Cell:
        if value is None:
            return Cell(words["none"])
        return Cell(number(language, value, decimals, sign=True), value, decimals)

    cells = {
        "change_share": cell(points, DECIMALS),
        "change_people": cell(people),
        "change_places": cell(places),
    }
    if not any((points, people, places)):
        return {"change": Cell(sentences["same"]), **cells}
    said = sentences["changed_people" if points is None else "changed"].format(
        points=cells["change_share"].text,
        people=cells["change_people"].text,
        places=cells["change_places"].text,
    )
    return {"change": Cell(said), **cells}


def _points(now: Verdicts, before: Verdicts) -> float | None:
    this, last = now.shares, before.shares
    if this is None or last is None:
        return None
    return round(rounded_percent(this[0]) - rounded_percent(last[0]), DECIMALS)


def norm_change(
    context: Context,
    earlier: AreaFacts | None,
    standard: Mapping[str, Any],
    norm: Mapping[str, Any] | None,
) -> list[str]:
    """Return that a norm has another value than in the last report, if so."""
    past = None if norm is None else past_norm(earlier, standard, norm["id"])
    scale = context.scale(standard)
    if norm is None or past is None or past["value"] == norm["value"]:
        return []
    if scale.unit == YES_NO:
        return []
    before = scale.amount(past["value"])
    return [context.sentences["norm_changed"].format(before=before)]


def past_norm(
    earlier: AreaFacts | None, standard: Mapping[str, Any], norm_id: str
) -> Mapping[str, Any] | None:
    """Return the row of a norm as the last report had it, None where it had none."""
    if earlier is None:
        return None
    declared = earlier.release.standards.get(standard["id"], {"norms": []})
    return norm_of(declared, norm_id)
