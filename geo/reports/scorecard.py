"""One settlement as text: what is known, by which norm, with which verdict."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow.compute as pc

from geo.layers.names import name_key
from geo.layers.schema import LANGUAGES
from geo.release.read import Release
from geo.reports.norm_rows import cited_rows
from geo.reports.words import text_of
from geo.texts import spoken, wording


def candidates(release: Release, wanted: str) -> list[dict[str, Any]]:
    """Return id, name and raion of the settlements that an id or a name means.

    A whole name in any language matches; flagged duplicates are left out.
    """
    table = release.table("settlements")
    rows = table.filter(pc.equal(table["id"], wanted)).to_pylist()
    if not rows:
        key = name_key(wanted)
        rows = [
            row
            for row in table.drop_columns(["geometry"]).to_pylist()
            if key
            and row["duplicate_of"] is None
            and any(name_key(row[f"name_{code}"]) == key for code in LANGUAGES)
        ]
    areas = release.table("areas", ["id", "name"]).to_pylist()
    names = {row["id"]: row["name"] for row in areas}
    return [
        {"id": r["id"], "name": r["name"], "raion": names.get(r["raion_id"], "")}
        for r in rows
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
    row = _rows(release, "settlements", "id", settlement)[0]
    place = candidates(release, settlement)[0]
    bounds = f"{_number(row['population_low'])} … {_number(row['population_high'])}"
    status = wording("statuses.word", language).get(row["population_status"], "")
    people = f"{_number(row['population'])} [{bounds}], {row['population_year'] or '?'}"
    head = [
        f"{place['name']} — {place['raion']} ({settlement})",
        f"{words['people']}: {people}, {status}",
        f"{words['release']} {release.id}",
    ]
    if release.synthetic:
        head.insert(0, wording("notices", language)["synthetic"])
    lines = [*head, "", words["values"]]
    lines += _values(release, settlement, language)
    lines += ["", words["judgements"]]
    lines += _judgements(release, settlement, language)
    return "\n".join(lines) + "\n"


def _rows(release: Release, table: str, column: str, key: str) -> list[dict[str, Any]]:
    found = release.table(table)
    rows: list[dict[str, Any]] = found.filter(pc.equal(found[column], key)).to_pylist()
    return rows


def _values(release: Release, settlement: str, language: str) -> Iterable[str]:
    labels = {
        entry["code"]: text_of(entry["label"], language)
        for entry in release.manifest["indicators"]
    }
    for row in _rows(release, "values", "settlement_id", settlement):
        said = [wording("statuses.word", language)[row["status"]]]
        said += [str(row[key]) for key in ("source", "date") if row[key] is not None]
        yield (
            f"  {labels.get(row['indicator'], row['indicator']):<44} "
            f"{_range(row):>22} {row['unit']:<11} {', '.join(said)}"
        )


def _judgements(release: Release, settlement: str, language: str) -> Iterable[str]:
    words = wording("scorecard", language)
    standards = {entry["id"]: entry for entry in release.manifest["standards"]}
    levels = {
        entry["code"]: entry.get("levels") or {}
        for entry in release.manifest["indicators"]
    }
    for row in _rows(release, "judgements", "settlement_id", settlement):
        standard = standards[row["standard"]]
        verdict = wording("verdicts.word", language)[row["verdict"]]
        reason = f" ({row['reason']})" if row["reason"] else ""
        gap = "" if row["gap"] is None else f", {words['gap']} {row['gap']:.3f}"
        said = levels.get(standard.get("indicator"), {})
        yield f"  {text_of(standard['title'], language)}"
        yield f"      {_norm(row, said, language)}: {verdict}{reason}{gap}"
        yield from _lists(row, words)
        rows = cited_rows(standard, row)
        act = _act(rows, language)
        yield "      " + "; ".join(filter(None, (act, row["responsible"])))
        if row["verdict"] != "no_norm":
            yield from _readings(rows, words, language)


def _norm(row: Mapping[str, Any], levels: Mapping[str, Any], language: str) -> str:
    """Return the limit, or the range where several are possible; levels in words."""
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


def _act(rows: Sequence[Mapping[str, Any]], language: str) -> str:
    """Return the act; «по сообщению» unless every row was compared with it."""
    if not rows:
        return ""
    source = rows[0]["source"]
    title = source.get("title") or source.get("act") or ""
    sure = all(row["confidence"] == "verified" for row in rows)
    return ", ".join(
        part
        for part in (
            title,
            "" if sure else wording("confidences", language)["reported"],
        )
        if part
    )


def _readings(
    rows: Sequence[Mapping[str, Any]], words: Mapping[str, str], language: str
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
    if row["status"] == "unknown":
        return "—"
    if row["low"] == row["high"]:
        return f"{_short(row['value'])}"
    return f"{_short(row['value'])} [{_short(row['low'])} … {_short(row['high'])}]"


def _short(value: float | None) -> str:
    return "—" if value is None else f"{value:.4g}"
