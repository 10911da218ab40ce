"""The part of ``paritet check`` about norms of the raion or the country as a whole."""

from collections.abc import Mapping
from dataclasses import dataclass

from geo.release.read import Release, Row
from geo.reports.facts import Judgement, judged_units
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
    judged = judged_units(release, area)
    return tuple(_norm(one, release.suppliers, language) for one in judged)


def _norm(
    judged: Judgement, suppliers: Mapping[str, Mapping[str, str]], language: str
) -> UnitNorm:
    standard, row, value = judged.standard, judged.row, judged.value or {}
    op = judged.decisive["op"] if judged.decisive else ""
    return UnitNorm(
        standard=str(row["standard"]),
        title=_said(standard["title"], language) or str(row["standard"]),
        verdict=str(row["verdict"]),
        value=_value(value, language),
        norm=_limit(op, row["norm"], _sign(value), language),
        reported=not judged.verified,
        could_supply=_said(suppliers.get(standard["indicator"]) or {}, language),
    )


def _said(texts: Mapping[str, str], language: str) -> str:
    return str(texts.get(language) or texts.get("ru") or "")


def _sign(value: Row) -> str:
    """Return the unit where it is part of the figure."""
    return " %" if value.get("unit") == "%" else ""


def _limit(op: str, norm: float | None, sign: str, language: str) -> str:
    if op == "has":
        return wording("tristate", language)["yes"]
    return "—" if norm is None else f"{_SIGNS.get(op, '')} {norm:g}{sign}".strip()


def _value(value: Row, language: str) -> str:
    low, high = value.get("low"), value.get("high")
    unit = str(value.get("unit") or "")
    if low is None and high is None:
        return "—"
    if unit == "yes/no" and low == high:
        return wording("tristate", language)["yes" if low else "no"]
    if low == high:
        text = f"{low:g}"
    else:
        text = " … ".join("?" if end is None else f"{end:g}" for end in (low, high))
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
