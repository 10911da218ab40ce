"""The value in words: number, status, method, source, supplier, date and origin."""

import math
from typing import Any

from geo.release.read import Row
from geo.reports.counting import long_date
from geo.reports.facts import Judgement
from geo.reports.methods import method_text
from geo.reports.words import bare, bounded, quantity, text_of
from geo.texts import wording
from geo.types import Status


def value_parts(known: Judgement, language: str) -> tuple[Row | None, list[str]]:
    """Return the value as fields and as sentences."""
    say = wording("explain.say", language)
    label = text_of(known.indicator.get("label"), language)
    row = known.value
    if row is None or row["status"] == Status.UNKNOWN:
        fields = None if row is None else _fields(known, row, language)
        return fields, [say["value_unknown"].format(label=label)]
    fields = _fields(known, row, language)
    if row["status"] in (Status.NOT_APPLICABLE, Status.AT_HOME):
        return fields, [say["value_not_applicable"].format(label=label)]
    said = say["value"].format(
        label=label, number=number_text(row, language), how=_how(known, row, language)
    )
    return fields, [said]


def _fields(known: Judgement, row: Row, language: str) -> dict[str, Any]:
    fields = dict(row)
    for name in ("value", "low", "high"):
        number = fields[name]
        # unreachable: the status says so, JSON has no infinity
        fields[name] = None if number is None or math.isinf(number) else number
    fields["date"] = row["date"].isoformat() if row["date"] else None
    fields["label"] = text_of(known.indicator.get("label"), language)
    fields["method_text"] = method_text(row["method"], language)
    fields["source_title"] = _source_title(known, row["source"])
    fields["facility"] = known.facility and {
        name: known.facility[name] for name in ("id", "kind", "name", "origin")
    }
    return fields


def number_text(row: Row, language: str) -> str:
    """Return the figure with its unit and how far it may lie from the truth."""
    say = wording("explain.say", language)
    unit, value = row["unit"] or "", row["value"]
    low, high = row["low"], row["high"]
    if row["status"] in (Status.UNREACHABLE, Status.UNSNAPPED):
        return say[row["status"]]
    if value is None:
        return _bounds(low, high, unit, language)
    said = quantity(value, unit, language)
    which = _shape(value, low, high)
    if which is None:
        return said
    ends = {
        name: "" if end is None else bare(end, unit, language)
        for name, end in (("low", low), ("high", high))
    }
    if which in ("at_least", "at_most"):
        ends = dict.fromkeys(("low", "high"), bounded(value, unit, language))
    return say[which].format(value=said, **ends)


def _shape(value: float, low: float | None, high: float | None) -> str | None:
    """Return which sentence holds a value and its range; None for a single figure."""
    if low is None and high is None:
        return "about_open"
    if low == high:
        return None
    if low is not None and high is not None:
        return "about"
    if low is not None:
        return "at_least" if low == value else "about_least"
    return "at_most" if high == value else "about_most"


def _bounds(low: float | None, high: float | None, unit: str, language: str) -> str:
    say = wording("explain.say", language)
    said = []
    if low is not None:
        said.append(say["at_least"].format(low=bounded(low, unit, language)))
    if high is not None:
        said.append(say["at_most"].format(high=bounded(high, unit, language)))
    return ", ".join(said)


def _how(known: Judgement, row: Row, language: str) -> str:
    say = wording("explain.say", language)
    said = [
        wording("statuses.word", language)[row["status"]],
        method_text(row["method"], language),
    ]
    if row["source"]:
        title = _source_title(known, row["source"])
        name = f"{title} [{row['source']}]" if title else row["source"]
        said.append(say["source"].format(name=name))
    if row["supplier"]:
        said.append(say["supplier"].format(name=row["supplier"]))
    said.append(long_date(row["date"], language) if row["date"] else say["undated"])
    if known.facility is not None:
        name = known.facility["name"] or known.facility["id"]
        said.append(say["facility"].format(name=name))
    if row["origin"]:
        said.append(say["origin"].format(origin=row["origin"]))
    return "; ".join(part for part in said if part)


def _source_title(known: Judgement, source: str | None) -> str:
    for entry in known.release.manifest.get("inputs", []):
        if entry["source"] == source:
            return str(entry.get("title") or "")
    return ""
