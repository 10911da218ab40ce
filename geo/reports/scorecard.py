"""One settlement as text: what is known, by which norm, with which verdict."""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from geo.layers.counted import MARKS, is_counted
from geo.layers.names import name_key
from geo.layers.schema import LANGUAGES
from geo.release.read import Entry, Release, Row
from geo.reports.estimated import estimate_lines
from geo.reports.facts import Judgement, SettlementFacts, settlement_facts
from geo.reports.words import text_of
from geo.texts import spoken, wording
from geo.types import Level


def candidates(release: Release, wanted: str) -> list[dict[str, Any]]:
    """Return id, name and raion of the settlements that an id or a name means.

    A whole name in any language matches; flagged duplicates are left out.
    """
    found = release.row("settlements", wanted)
    rows = [found] if found else _called(release, name_key(wanted))
    areas = release.table("areas", ["id", "name"]).to_pylist()
    names = {row["id"]: row["name"] for row in areas}
    return [
        {"id": r["id"], "name": r["name"], "raion": names.get(r["raion_id"], "")}
        for r in rows
    ]


def _called(release: Release, key: str) -> list[Row]:
    names = [f"name_{code}" for code in LANGUAGES]
    table = release.table("settlements", ["id", "name", "raion_id", *MARKS, *names])
    return [
        row
        for row in table.to_pylist()
        if key and is_counted(row) and any(name_key(row[name]) == key for name in names)
    ]


def scorecard(release: Release, settlement: str, language: str = "ru") -> str:
    """Return the scorecard of one settlement as text.

    Parameters
    ----------
    release
        An opened release.
    settlement
        Its id, as :func:`candidates` returns it.
    language
        ``ru``, ``be`` or ``en``; anything else reads as ``ru``.
    """
    language = spoken(language)
    words = wording("scorecard", language)
    facts = settlement_facts(release, settlement)
    row, raion = facts.row, facts.areas.get(Level.RAION, {"name": ""})["name"]
    bounds = f"{_number(row['population_low'])} … {_number(row['population_high'])}"
    status = wording("statuses.word", language).get(row["population_status"], "")
    people = f"{_number(row['population'])} [{bounds}], {row['population_year'] or '?'}"
    head = [
        f"{row['name']} — {raion} ({settlement})",
        f"{words['people']}: {people}, {status}",
        f"{words['release']} {release.id}",
    ]
    if release.synthetic:
        head.insert(0, wording("notices", language)["synthetic"])
    lines = [*head, "", words["values"]]
    lines += _values(facts, language)
    lines += ["", words["judgements"]]
    for judged in facts.judgements:
        lines += _judgement(judged, language)
    estimated = estimate_lines(release, settlement, language)
    if estimated:
        lines += ["", wording("estimates.say", language)["title"]]
        lines += [f"  {line}" for line in estimated]
    return "\n".join(lines) + "\n"


def _values(facts: SettlementFacts, language: str) -> Iterable[str]:
    for row in facts.values.values():
        declared = facts.release.indicators.get(row["indicator"], {})
        label = text_of(declared.get("label"), language) or row["indicator"]
        said = [wording("statuses.word", language)[row["status"]]]
        said += [str(row[key]) for key in ("source", "date") if row[key] is not None]
        yield f"  {label:<44} {_range(row):>22} {row['unit']:<11} {', '.join(said)}"


def _judgement(judged: Judgement, language: str) -> Iterable[str]:
    words = wording("scorecard", language)
    row = judged.row
    verdict = wording("verdicts.word", language)[row["verdict"]]
    reason = f" ({row['reason']})" if row["reason"] else ""
    gap = "" if row["gap"] is None else f", {words['gap']} {row['gap']:.3f}"
    yield f"  {text_of(judged.standard.get('title'), language)}"
    yield f"      {_norm(judged, language)}: {verdict}{reason}{gap}"
    if row["settled_at"] is not None:
        yield f"      {words['settled'].format(share=_number(row['settled_at'] * 100))}"
    yield from _lists(row, words)
    said = filter(None, (_act(judged, language), row["responsible"]))
    yield f"      {'; '.join(said)}"
    if row["verdict"] != "no_norm":
        yield from _readings(judged.cited, words, language)


def _norm(judged: Judgement, language: str) -> str:
    """Return the limit, or the range where several are possible; levels in words."""
    row, levels = judged.row, judged.indicator.get("levels") or {}
    if row["norm"] is None and row["norm_low"] is not None:
        return f"{_number(row['norm_low'])} … {_number(row['norm_high'])}"
    if row["norm"] is not None and (said := levels.get(f"{row['norm']:.0f}")):
        return f"{_number(row['norm'])} ({text_of(said, language)})"
    return _number(row["norm"])


def _lists(row: Mapping[str, Any], words: Mapping[str, str]) -> Iterable[str]:
    """Return both limits where an oblast has a list of its own."""
    if row.get("norm_oblast") is not None:
        national, oblast = _number(row["norm_national"]), _number(row["norm_oblast"])
        yield f"      {words['national']} {national}, {words['oblast']} {oblast}"


def _act(judged: Judgement, language: str) -> str:
    """Return the act; «по сообщению» unless every row was compared with it."""
    source = judged.cited[0]["source"] if judged.cited else {}
    title = source.get("title") or source.get("act") or ""
    words = wording("confidences", language)
    reported = "" if judged.verified else words["reported"]
    return ", ".join(filter(None, (title, reported)))


def _readings(
    rows: Sequence[Entry], words: Mapping[str, str], language: str
) -> Iterable[str]:
    """Return how the project reads what the text leaves open, each reading once."""
    texts = [text_of(row["reading"], language) for row in rows if row.get("reading")]
    for text in dict.fromkeys(texts):
        yield f"      {words['reading']}: {text}"


def _number(value: float | None) -> str:
    if value is None:
        return "—"
    return f"{value:g}" if abs(value) < 1000 else f"{value:.0f}"  # noqa: PLR2004


def _range(row: Mapping[str, Any]) -> str:
    """Return value and bounds; a dash where the status says it all."""
    # who cannot get there at all has an infinite bound, which is no number of minutes
    if row["status"] == "unknown" or row["low"] == math.inf:
        return "—"
    if row["low"] == row["high"]:
        return f"{_short(row['value'])}"
    return f"{_short(row['value'])} [{_short(row['low'])} … {_short(row['high'])}]"


def _short(value: float | None) -> str:
    return "—" if value is None else f"{value:.4g}"
