"""The part of ``paritet check`` about norms of the raion or the country as a whole."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from geo.release.read import Release
from geo.reports.norm_rows import cited_rows, decisive_row
from geo.reports.prefill import frame
from geo.texts import wording
from geo.types import Verdict

_SIGNS = {">=": "≥", "<=": "≤"}


@dataclass(frozen=True)
class UnitNorm:
    """One norm of the area itself and how it stands.

    Attributes
    ----------
    standard, title
        Id, and title in the language of the report.
    verdict
        One of :class:`geo.types.Verdict`.
    value, norm
        As text: a number, a range, a dash where nothing is known.
    reported
        The figure was not compared with the act.
    could_supply
        Who could state the value.
    """

    standard: str
    title: str
    verdict: str
    value: str
    norm: str
    reported: bool
    could_supply: str


def unit_norms(release: Release, area: str, language: str) -> tuple[UnitNorm, ...]:
    """Return the norms of one area as a whole, by standard.

    A release made before there were such norms has none.
    """
    judged = frame(release, "unit_judgements")
    values = frame(release, "unit_values")
    own = values[values["unit_id"] == area].set_index("indicator")
    declared = {str(s["id"]): s for s in release.manifest["standards"]}
    suppliers = release.manifest.get("suppliers", {})
    rows = judged[judged["unit_id"] == area].to_dict("records")
    return tuple(
        _norm(row, declared[row["standard"]], own, suppliers, language) for row in rows
    )


def _norm(
    row: Mapping[Any, Any],
    standard: Mapping[str, Any],
    values: pd.DataFrame,
    suppliers: Mapping[str, Mapping[str, str]],
    language: str,
) -> UnitNorm:
    code = str(standard["indicator"])
    decisive = decisive_row(standard, row)
    op = decisive["op"] if decisive else ""
    value = values.loc[code].to_dict() if code in values.index else {}
    return UnitNorm(
        standard=str(row["standard"]),
        title=_said(standard["title"], language) or str(row["standard"]),
        verdict=str(row["verdict"]),
        value=_value(value, language),
        norm=_limit(op, row["norm"], _sign(value), language),
        reported=any(
            norm["confidence"] != "verified" for norm in cited_rows(standard, row)
        ),
        could_supply=_said(suppliers.get(code) or {}, language),
    )


def _said(texts: Mapping[str, str], language: str) -> str:
    return str(texts.get(language) or texts.get("ru") or "")


def _sign(value: Mapping[Any, Any]) -> str:
    """Return the unit where it is part of the figure."""
    return " %" if value.get("unit") == "%" else ""


def _limit(op: str, norm: float, sign: str, language: str) -> str:
    if op == "has":
        return wording("tristate", language)["yes"]
    return "—" if math.isnan(norm) else f"{_SIGNS.get(op, '')} {norm:g}{sign}".strip()


def _value(value: Mapping[Any, Any], language: str) -> str:
    low, high = value.get("low", math.nan), value.get("high", math.nan)
    unit = str(value.get("unit") or "")
    if math.isnan(low) and math.isnan(high):
        return "—"
    if unit == "yes/no" and low == high:
        return wording("tristate", language)["yes" if low else "no"]
    if low == high:
        text = f"{low:g}"
    else:
        text = " … ".join("?" if math.isnan(end) else f"{end:g}" for end in (low, high))
    return text + _sign(value)


def unit_lines(norms: tuple[UnitNorm, ...], language: str) -> list[str]:
    """Return these norms as lines of text, with who could state what is unknown."""
    words = wording("check", language)
    reported = wording("confidences", language)["reported"]
    lines = []
    for norm in norms:
        line = words["unit"].format(
            title=norm.title,
            verdict=wording("verdicts.word", language)[norm.verdict],
            value=norm.value,
            norm=norm.norm,
            confidence=f", {reported}" if norm.reported else "",
        )
        lines.append(f"  {line}")
        if norm.verdict == Verdict.UNKNOWN and norm.could_supply:
            lines.append("    " + words["could"].format(names=norm.could_supply))
    return lines
