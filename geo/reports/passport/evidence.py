"""What is known of an indicator in an area: statuses, dates, sources, means."""

from collections.abc import Mapping
from typing import Any

from geo.release.read import Row
from geo.reports.facts import AreaFacts
from geo.reports.passport.amounts import DECIMALS
from geo.reports.passport.grammar import day, number, percent
from geo.reports.passport.lines import Context
from geo.reports.passport.page import Cell
from geo.texts import wording
from geo.types import Status


def _held(facts: AreaFacts, indicator: str | None) -> list[Row]:
    return facts.evidence.get(indicator or "", [])


def known_by(context: Context, facts: AreaFacts, indicator: str | None) -> str:
    """Return people by status of their value: «рассчитано 10 %, неизвестно 90 %»."""
    rows = _held(facts, indicator)
    total = sum(row["population"] or 0.0 for row in rows)
    if total <= 0:
        return ""
    words = wording("statuses.word", context.language)
    shares = {row["status"]: (row["population"] or 0.0) / total for row in rows}
    return ", ".join(
        f"{words[status.value]} {percent(context.language, shares[status.value])}"
        for status in Status
        if shares.get(status.value)
    )


def dates(context: Context, facts: AreaFacts, indicator: str | None) -> str:
    """Return the oldest and newest date of a value, or that none is known."""
    rows = _held(facts, indicator)
    first = min((r["date_min"] for r in rows if r["date_min"]), default=None)
    last = max((r["date_max"] for r in rows if r["date_max"]), default=None)
    if first is None or last is None:
        return context.words["unknown"]
    if first == last:
        return day(context.language, first)
    return f"{day(context.language, first)} – {day(context.language, last)}"


def sources(context: Context, facts: AreaFacts, indicator: str | None) -> str:
    """Return what the sources of the values are called, and cite them."""
    named = sorted(
        {
            part.strip()
            for row in _held(facts, indicator)
            for part in (row["sources"] or "").split(",")
            if part.strip()
        }
    )
    return "; ".join(context.sources.use(",".join(named))) or context.words["unknown"]


def mean(
    context: Context, facts: AreaFacts, standard: Mapping[str, Any], group: str
) -> Cell:
    """Return the mean of a group's known values, weighted by people.

    Unknown where they are known for fewer people than the coverage floor, and a dash
    where a mean says nothing (yes or no, a generation).

    Parameters
    ----------
    context
        Language and manifest.
    facts
        The area.
    standard
        The entry whose indicator is asked for.
    group
        ``town`` or ``village``.
    """
    row = facts.parity.get((str(standard.get("indicator")), group))
    if row is None or not context.scale(standard).counts:
        return Cell(context.words["none"])
    parameters = context.release.manifest.get("parameters") or {}
    floor = parameters.get("coverage_floor", 1.0)
    if row["mean"] is None or (row["known_share"] or 0.0) < floor:
        return Cell(context.words["unknown"])
    value = round(row["mean"], DECIMALS)
    return Cell(number(context.language, value, DECIMALS), value, DECIMALS)


def mean_with_unit(context: Context, standard: Mapping[str, Any], cell: Cell) -> str:
    """Return a mean with its unit, as the sentence of a printed report says it."""
    if cell.value is None:
        return cell.text
    return context.scale(standard).amount(cell.value)
