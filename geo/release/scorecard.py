"""One settlement as text: what is known, by which norm, with which verdict."""

from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow.compute as pc

from geo.layers.names import name_key
from geo.layers.schema import LANGUAGES
from geo.release.check_texts import STATUS_WORDS, VERDICT_WORDS
from geo.release.read import Release

_WORDS = {
    "ru": {
        "people": "Население",
        "values": "Показатели",
        "judgements": "Нормы",
        "reported": "по сообщению",
        "gap": "разрыв",
        "synthetic": "ВЫМЫШЛЕННЫЕ ДАННЫЕ",
        "release": "Выпуск",
    },
    "be": {
        "people": "Насельніцтва",
        "values": "Паказчыкі",
        "judgements": "Нормы",
        "reported": "паводле паведамлення",
        "gap": "разрыў",
        "synthetic": "ВЫДУМАНЫЯ ДАНЫЯ",
        "release": "Выпуск",
    },
    "en": {
        "people": "Population",
        "values": "Indicators",
        "judgements": "Norms",
        "reported": "as reported",
        "gap": "gap",
        "synthetic": "SYNTHETIC DATA",
        "release": "Release",
    },
}


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
    language = language if language in _WORDS else "ru"
    words = _WORDS[language]
    row = _rows(release, "settlements", "id", settlement)[0]
    place = candidates(release, settlement)[0]
    bounds = f"{_number(row['population_low'])} … {_number(row['population_high'])}"
    status = STATUS_WORDS[language].get(row["population_status"], "")
    people = f"{_number(row['population'])} [{bounds}], {row['population_year'] or '?'}"
    head = [
        f"{place['name']} — {place['raion']} ({settlement})",
        f"{words['people']}: {people}, {status}",
        f"{words['release']} {release.id}",
    ]
    if release.synthetic:
        head.insert(0, words["synthetic"])
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
        entry["code"]: _text(entry["label"], language)
        for entry in release.manifest["indicators"]
    }
    for row in _rows(release, "values", "settlement_id", settlement):
        said = [STATUS_WORDS[language][row["status"]]]
        said += [str(row[key]) for key in ("source", "date") if row[key] is not None]
        yield (
            f"  {labels.get(row['indicator'], row['indicator']):<44} "
            f"{_range(row):>22} {row['unit']:<11} {', '.join(said)}"
        )


def _judgements(release: Release, settlement: str, language: str) -> Iterable[str]:
    words = _WORDS[language]
    standards = {entry["id"]: entry for entry in release.manifest["standards"]}
    for row in _rows(release, "judgements", "settlement_id", settlement):
        standard = standards[row["standard"]]
        verdict = VERDICT_WORDS[language][row["verdict"]]
        reason = f" ({row['reason']})" if row["reason"] else ""
        gap = "" if row["gap"] is None else f", {words['gap']} {row['gap']:.3f}"
        norm = _number(row["norm"])
        if row["norm"] is None and row["norm_low"] is not None:
            norm = f"{_number(row['norm_low'])} … {_number(row['norm_high'])}"
        yield f"  {_text(standard['title'], language)}"
        yield f"      {norm}: {verdict}{reason}{gap}"
        act = _act(standard, row["norm_id"], words)
        yield "      " + "; ".join(filter(None, (act, row["responsible"])))


def _act(
    standard: Mapping[str, Any], norm_id: str | None, words: Mapping[str, str]
) -> str:
    norms = standard["norms"]
    norm = next((n for n in norms if n["id"] == norm_id), norms[0] if norms else None)
    if norm is None:
        return ""
    source = norm["source"]
    title = source.get("title") or source.get("act") or ""
    said = words["reported"] if norm["confidence"] == "reported" else ""
    return ", ".join(part for part in (title, said) if part)


def _text(texts: Mapping[str, str], language: str) -> str:
    return texts.get(language) or texts.get("ru") or texts.get("en") or ""


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
