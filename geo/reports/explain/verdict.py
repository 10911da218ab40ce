"""The verdict in words: the arithmetic of the gap, and why an answer is unknown."""

from datetime import date
from typing import Any

from geo.reports.counting import counted, figure, long_date
from geo.reports.facts import Judgement
from geo.reports.words import bare, quantity, text_of
from geo.texts import wording
from geo.types import Reason, Status, Verdict

_FIELDS = (
    "verdict", "norm", "norm_low", "norm_high", "norm_id", "gap", "gap_low", "gap_high",
    "reason", "settled_at", "verdict_if_fresh", "progress", "required_pace", "revision",
)  # fmt: skip
#: How the source of a value begins that rests on an assumption.
ASSUMPTION = "assumption:"


def verdict_parts(known: Judgement, language: str) -> tuple[dict[str, Any], list[str]]:
    """Return the judgement as fields and as sentences."""
    row = known.row
    fields: dict[str, Any] = {name: row[name] for name in _FIELDS}
    fields["due"] = row["due"].isoformat() if row["due"] else None
    fields["arithmetic"] = None
    said: list[str] = []
    if row["verdict"] == Verdict.BREACHED:
        fields["arithmetic"], said = _breached(known, language)
    elif row["verdict"] == Verdict.KEPT:
        said = [_kept(known, language)]
    elif row["verdict"] == Verdict.UNKNOWN:
        said = _unknown(known, language)
    elif row["verdict"] == Verdict.NOT_DUE:
        said = _not_due(known, language)
    if row["verdict"] in (Verdict.KEPT, Verdict.BREACHED):
        said += _assumed(known, language)
    said += _settled(known, language)
    return fields, [one for one in said if one]


def _settled(known: Judgement, language: str) -> list[str]:
    """Say at which probability the class by size is settled, where that matters."""
    place, share = known.place, known.row["settled_at"]
    if share is None or place is None:
        return []
    low, high = (place[f"population_settled_{end}"] for end in ("low", "high"))
    return [
        wording("explain.say", language)["settled"].format(
            share=figure(share * 100, language, 1),
            low=figure(low, language, 0),
            high=figure(high, language, 0),
        )
    ]


def _lower(known: Judgement) -> bool:
    return bool(known.standard.get("better", known.indicator.get("better")) == "lower")


def _unit(known: Judgement) -> str:
    return str(known.indicator.get("unit", ""))


def _breached(known: Judgement, language: str) -> tuple[str | None, list[str]]:
    say = wording("explain.say", language)
    row = known.row
    gap = row["gap"]
    if gap is None:
        low, high = figure(row["gap_low"], language), figure(row["gap_high"], language)
        return None, [say["gap_range"].format(low=low, high=high)]
    said = figure(gap, language)
    total = _sum(known, language)
    if total is None:
        return None, [say["gap_plain"].format(gap=said)]
    return f"{total} = {said}", [say["gap"].format(sum=total, gap=said)]


def _sum(known: Judgement, language: str) -> str | None:
    """Return "1 − 22/28"; None where the gap is not one minus a quotient."""
    value = None if known.value is None else known.value["value"]
    norm = known.row["norm"]
    if norm is None or value is None or _unit(known) == "yes/no":
        return None
    best, worst = (norm, value) if _lower(known) else (value, norm)
    return f"1 − {figure(best, language)}/{figure(worst, language)}"


def _kept(known: Judgement, language: str) -> str:
    say = wording("explain.say", language)
    value, row = known.value, known.row
    if value is None or _unit(known) == "yes/no":
        return ""
    lower = _lower(known)
    worst = value["high" if lower else "low"]
    norm = row["norm"]
    which = "kept_exact" if value["low"] == value["high"] else "kept_worst"
    if norm is None:
        norm, which = row["norm_low" if lower else "norm_high"], "kept_strictest"
    if worst is None or norm is None:
        return ""
    return say[which].format(
        value=bare(worst, _unit(known), language),
        sign="≤" if lower else "≥",
        norm=bare(norm, _unit(known), language),
    )


def _unknown(known: Judgement, language: str) -> list[str]:
    say = wording("explain.say", language)
    row = known.row
    reason = row["reason"] or Reason.NO_VALUE.value
    out = [say["why"].format(reason=reason_text(known, reason, language))]
    if reason == Reason.STALE and row["verdict_if_fresh"]:
        clause = wording("verdicts.clause", language)[row["verdict_if_fresh"]]
        out.append(say["if_fresh"].format(verdict=clause))
    if reason == Reason.ASSUMPTION and (statement := _statement(known, language)):
        out.append(say["assumption"].format(statement=statement))
    low, high = row["gap_low"], row["gap_high"]
    if low is not None and high is not None and reason != Reason.STALE:
        out.append(
            say["gap_open"].format(
                low=figure(low, language), high=figure(high, language)
            )
        )
    out.append(_remedy(known, reason, language))
    return out


def reason_text(known: Judgement, reason: str, language: str) -> str:
    """Return why an answer is unknown, as a clause."""
    say = wording("explain.say", language)
    words = wording("reasons.clause", language).get(reason, reason)
    value = known.value
    if reason == Reason.VALUE and value and value["low"] is value["high"] is None:
        return say["no_ends"]
    if reason != Reason.STALE:
        return words
    day: date | None = None if known.value is None else known.value["date"]
    years = known.indicator.get("freshness_years")
    return words.format(
        date=long_date(day, language) if day else "—",
        years="—" if years is None else counted(years, language, "years_at_most"),
    )


def _remedy(known: Judgement, reason: str, language: str) -> str:
    words = wording("reasons.remedy", language)
    suppliers = known.release.suppliers
    names = text_of(suppliers.get(known.indicator.get("code", "")), language)
    could = wording("suppliers", language)["could"]
    supplier = could.format(names=names) if names else ""
    return words.get(reason, "").format(supplier=supplier)


def _not_due(known: Judgement, language: str) -> list[str]:
    say = wording("explain.say", language)
    row = known.row
    out = []
    if row["due"]:
        out.append(say["due"].format(day=long_date(row["due"], language)))
    if row["progress"] is None and known.stale:
        reason = reason_text(known, Reason.STALE.value, language)
        out.append(say["no_progress_why"].format(reason=reason))
    elif row["progress"] is None:
        out.append(say["no_progress"])
    else:
        share = figure(row["progress"] * 100, language, 1)
        out.append(say["progress"].format(share=share))
    pace = row["required_pace"]
    if pace:
        which = "pace_down" if _lower(known) else "pace"
        out.append(say[which].format(pace=quantity(pace, _unit(known), language)))
    return out


def _assumed(known: Judgement, language: str) -> list[str]:
    """Say where the verdict of an older release rests on an assumption."""
    say = wording("explain.say", language)
    row = known.value
    if row is None or row["status"] != Status.ASSUMED:
        return []
    statement = _statement(known, language)
    said = say["assumed" if statement else "assumed_value"]
    return [said.format(statement=statement)]


def _statement(known: Judgement, language: str) -> str:
    """Return the declared assumption that a value rests on; empty where none is."""
    source = str((known.value or {}).get("source") or "")
    stated = (
        entry.get("statement")
        for entry in known.release.manifest.get("assumptions", [])
        if source == f"{ASSUMPTION}{entry['id']}"
    )
    return text_of(next(stated, None), language)
