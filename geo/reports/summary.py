"""What one reading says of the country or an area: the head of the first page.

Every number is a sum over the settlements that are counted, by the classes in which the
map draws them; nothing is measured or judged here.
"""

from collections.abc import Iterable
from typing import Any

import numpy as np

from geo.release.columns import take
from geo.release.read import Release, Row
from geo.reports.class_words import NOT_ASKED, NOT_KNOWN, class_label
from geo.reports.headlines import Told, headline, sources_of, told, years_of
from geo.reports.promise import promise
from geo.reports.tally import SIDES, SMALL_TOWN, TOWN, VILLAGE
from geo.reports.topics import indicator_of, model_of, shown, topic_of, topics_of
from geo.reports.words import name_of, quantity, text_of
from geo.texts import wording
from geo.types import KNOWN_STATUSES, Level

#: So many raions or settlements are listed, and so many suppliers.
MOST = 10
_SUPPLIERS = 3
_WITHIN = (Level.COUNTRY, Level.OBLAST)


def summary(release: Release, of: str, area: Row, language: str) -> dict[str, Any]:
    """Return what a reading says of an area.

    Parameters
    ----------
    release
        An opened release.
    of
        A reading, as :func:`geo.reports.classed.classed` takes it.
    area
        Row of the area.
    language
        ``ru``, ``be`` or ``en``.

    Returns
    -------
    dict
        ``title, topic, caption, promise, headline, classes, worst, parity, ages,
        out_of_date, sources, suppliers``, as ``api/models_summary.py`` describes them.

    Raises
    ------
    geo.errors.NotFoundError
        If the release has no such reading.
    """
    one = told(release, of, area, language)
    tally = one.tally
    years = np.where(tally.inside, years_of(one), np.nan)
    return {
        "title": _title(one),
        "topic": topic_of(release, of),
        "caption": _caption(one),
        "promise": one.standard and promise(release, one.standard, language),
        "headline": headline(one),
        "classes": _classes(one),
        "worst": _worst(one),
        "parity": [_side(one, name) for name in SIDES],
        "ages": [
            {"year": int(year)} | tally.count(years == year).told()
            for year in np.unique(years[~np.isnan(years)])
        ],
        "out_of_date": round(tally.count(tally.inside & tally.classed.old).people),
        "sources": sources_of(one),
        "suppliers": _suppliers(one),
    }


def _title(one: Told) -> str:
    kind, _, name = one.of.partition(":")
    release = one.release
    if kind == "verdict":
        texts = release.standards.get(name, {}).get("title")
    elif kind == "estimate":
        texts = model_of(release, name).get("label")
    elif kind == "score" and name in release.domains:
        texts = release.domains[name].get("label")
    elif kind in {"value", "status"}:
        texts = release.indicators[name].get("label")
    else:
        topics = topics_of(release)["topics"]
        texts = next(t["label"] for t in topics if t["id"] == topic_of(release, one.of))
    return text_of(texts, one.language) or name


def _caption(one: Told) -> str:
    kind = one.kind
    entry = shown(one.release, indicator_of(one.release, one.of))
    said = [text_of(entry.get("caveat"), one.language)]
    if kind == "estimate":
        said.insert(0, wording("map.texts", one.language)["by_model_hint"])
    return " ".join(filter(None, said))


def _classes(one: Told) -> list[dict[str, Any]]:
    tally = one.tally
    sides = {name: tally.side(name) for name in SIDES}
    made = []
    for id_ in tally.classed.classes:
        own = tally.among([id_])
        made.append(
            {
                "id": id_,
                "label": class_label(one.release, one.of, id_, one.language),
                **tally.count(own).told(),
                "old_people": round(tally.count(own & tally.classed.old).people),
                "towns": tally.count(own & sides[TOWN]).told(),
                "small_towns": tally.count(own & sides[SMALL_TOWN]).told(),
                "villages": tally.count(own & sides[VILLAGE]).told(),
            }
        )
    return made


def _worst(one: Told) -> dict[str, Any]:
    within = one.tally.area["level"] in _WITHIN
    raions = _raion_column(one)
    level = raions.removesuffix("_id") if within else "settlement"
    items = _worst_areas(one, raions) if within else _worst_places(one)
    return {
        "bad": list(one.bad.ids),
        "what": one.bad.what(one.language),
        "level": level,
        "items": list(items),
    }


def _raion_column(one: Told) -> str:
    """Return the column of the raions; of the grid where there are none."""
    raions = one.release.column("raion_id")
    there = any(id_ is not None for id_ in raions[one.tally.inside])
    return f"{Level.RAION if there else Level.GRID}_id"


def _worst_areas(one: Told, column: str) -> Iterable[dict[str, Any]]:
    tally, release = one.tally, one.release
    bad, asked = tally.among(one.bad.ids), tally.inside & ~tally.among(NOT_ASKED)
    found = [
        (tally.count(bad & own), tally.count(asked & own), id_)
        for id_, own in tally.by(column, bad)
    ]
    found.sort(key=lambda one: (-round(one[0].people), -one[0].settlements, one[2]))
    for count, all_, id_ in found[:MOST]:
        row = release.row("areas", id_) or {"id": id_}
        share = count.people / all_.people if all_.people else None
        yield _item(row, one.language) | count.told() | {"share": share, "said": None}


def _item(row: Row, language: str) -> dict[str, Any]:
    names = {
        column.removeprefix("name_"): text
        for column, text in row.items()
        if column.startswith("name_") and text is not None
    }
    return {"id": row["id"], "name": name_of(row, language), "names": names}


def _worst_places(one: Told) -> Iterable[dict[str, Any]]:
    tally, release = one.tally, one.release
    bad = np.flatnonzero(tally.among(one.bad.ids))
    amount, said = _amounts(one)
    order = np.lexsort((-tally.people[bad], -amount[bad]))
    columns = [
        name
        for name in release.table("settlements").column_names
        if name == "id" or name.startswith("name")
    ]
    chosen = bad[order][:MOST]
    rows = take(release.table("settlements", columns), chosen).to_pylist()
    for place, row in zip(chosen.tolist(), rows, strict=True):
        yield _item(row, one.language) | {
            "people": round(float(tally.people[place])),
            "settlements": 1,
            "share": None,
            "said": said(place),
        }


def _amounts(one: Told) -> tuple[Any, Any]:
    """Return how bad each settlement is, larger is worse, and how to say it."""
    release, (kind, _, name) = one.release, one.of.partition(":")
    none = np.zeros(release.count)
    labels = {
        code: class_label(release, one.of, id_, one.language)
        for code, id_ in enumerate(one.tally.classed.classes)
    }

    def word(place: int) -> str:
        return labels[int(one.tally.classed.code[place])]

    if kind == "verdict":
        gaps = [
            np.nan_to_num(release.told("judgements", name, column), nan=-1.0)
            for column in ("gap", "gap_low", "gap_high")
        ]
        return np.where(gaps[0] >= 0, gaps[0], (gaps[1] + gaps[2]) / 2), word
    if kind not in {"value", "estimate"} or "0" not in one.tally.classed.classes:
        return none, word
    column = (
        ("values", name, "value")
        if kind == "value"
        else ("estimates", name, "estimate")
    )
    value = release.told(*column)
    entry = shown(release, indicator_of(release, one.of))
    worse = value if entry.get("better") == "lower" else -value

    def amount(place: int) -> str:
        if np.isnan(value[place]):
            return word(place)
        digits = 0 if value[place] >= 10 else 1  # noqa: PLR2004
        return quantity(
            round(float(value[place]), digits), entry.get("unit", ""), one.language
        )

    return np.nan_to_num(worse, nan=np.inf), amount


def _side(one: Told, name: str) -> dict[str, Any]:
    tally = one.tally
    own = tally.side(name)
    asked = tally.count(own & tally.inside & ~tally.among(NOT_ASKED))
    bad = tally.count(own & tally.among(one.bad.ids))
    unknown = tally.count(own & tally.among(NOT_KNOWN))
    counts_unknown = set(one.bad.ids) & NOT_KNOWN
    known = asked.people - unknown.people
    told_of = asked.people > 0 and bool(one.bad.ids) and (known > 0 or counts_unknown)
    return {
        "side": name,
        "label": wording("summary.side", one.language)[name],
        "people": round(asked.people),
        "bad": round(bad.people),
        "unknown": round(unknown.people),
        "share": bad.people / asked.people if told_of else None,
        "unknown_share": unknown.people / asked.people if asked.people else None,
    }


def _suppliers(one: Told) -> list[dict[str, Any]]:
    """Return who could tell what is missing, who could tell of most people first."""
    release = one.release
    missing: dict[str, float] = {}
    for code in _codes(one):
        rows = release.rows("evidence", one.tally.area["id"])
        missing[code] = sum(
            row["population_stale"]
            if row["status"] in KNOWN_STATUSES
            else row["population"]
            for row in rows
            if row["indicator"] == code and row["status"] not in (*NOT_ASKED, "at_home")
        )
    found = [
        {
            "indicator": code,
            "label": text_of(release.indicators[code].get("label"), one.language),
            "supplier": text_of(release.suppliers.get(code), one.language),
            "people": round(people),
        }
        for code, people in sorted(missing.items(), key=lambda pair: -pair[1])
        if people and release.suppliers.get(code)
    ]
    return found[:_SUPPLIERS]


def _codes(one: Told) -> list[str]:
    """Return the indicators that a reading rests on."""
    release, (kind, _, name) = one.release, one.of.partition(":")
    if kind == "score":
        asked = [
            standard.get("indicator")
            for standard in release.standards.values()
            if name in ("overall", standard.get("domain"))
        ]
        return [code for code in dict.fromkeys(asked) if code in release.indicators]
    if kind == "estimate":
        beside = model_of(release, name).get("beside", [])
        return [code for code in beside if code in release.indicators]
    code = indicator_of(release, one.of)
    return [code] if code in release.indicators else []
