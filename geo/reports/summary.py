"""What one reading says of the country or an area: the head of the first page.

Every number is a sum over the settlements that are counted, by the classes in which the
map draws them; nothing is measured or judged here.
"""

from typing import Any

import numpy as np

from geo.release.read import Release, Row
from geo.reports.class_words import NOT_KNOWN
from geo.reports.classed import NOT_ASKED
from geo.reports.headlines import headline
from geo.reports.promise import promise
from geo.reports.tally import SIDES, SMALL_TOWN, TOWN, VILLAGE, share_of
from geo.reports.told import Told, told
from geo.reports.topics import indicator_of, model_of, shown, topic_of, topics_of
from geo.reports.words import capital, text_of
from geo.reports.worst import worst
from geo.texts import wording
from geo.types import KNOWN_STATUSES, Reason, Status

#: So many suppliers are listed.
_SUPPLIERS = 3

_MODEL = ("label", "meaning")
#: Why a verdict is unknown that no list of values would settle.
_NO_LIST = (Reason.CLASS, Reason.POPULATION, Reason.NORM_NOT_READ)
#: Statuses that no list would change.
_NOT_MISSING = (*NOT_ASKED, Status.AT_HOME)


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
    # of what is not due, what is known of it
    behind = one.evidence or one
    tally, years = behind.tally, behind.years
    return {
        "title": _title(one),
        "topic": topic_of(release, of),
        "caption": _caption(one),
        "promise": one.standard and promise(release, one.standard, language),
        "headline": headline(one),
        "classes": _classes(one),
        "worst": worst(behind),
        "parity": [_side(behind, name) for name in SIDES],
        "ages": [
            {"year": int(year)} | tally.count(years == year).told()
            for year in np.unique(years[~np.isnan(years)])
        ],
        "out_of_date": round(tally.count(tally.inside & tally.classed.old).people),
        "sources": behind.sources,
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
    return capital(text_of(texts, one.language) or name)


def _caption(one: Told) -> str:
    entry = shown(one.release, indicator_of(one.release, one.of))
    said = [text_of(entry.get("caveat"), one.language)]
    if one.kind == "estimate":
        model = model_of(one.release, one.name)
        parts = {key: text_of(model.get(key), one.language) for key in _MODEL}
        meaning = wording("estimates.say", one.language)["model"].format(**parts)
        hint = wording("map.texts", one.language)["by_model_hint"]
        said = [hint, f"{capital(meaning)}.", *said]
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
                "label": one.label(id_),
                **tally.count(own).told(),
                "old_people": round(tally.count(own & tally.classed.old).people),
                "towns": tally.count(own & sides[TOWN]).told(),
                "small_towns": tally.count(own & sides[SMALL_TOWN]).told(),
                "villages": tally.count(own & sides[VILLAGE]).told(),
            }
        )
    return made


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
        "share": share_of(bad.people, asked.people) if told_of else None,
        "unknown_share": share_of(unknown.people, asked.people),
    }


def _suppliers(one: Told) -> list[dict[str, Any]]:
    """Return who could tell what is missing, who could tell of most people first."""
    release = one.release
    missing = {code: _missing(one, code) for code in _codes(one)}
    found: dict[str, dict[str, Any]] = {}
    for code, people in sorted(missing.items(), key=lambda pair: -pair[1]):
        supplier = text_of(release.suppliers.get(code), one.language)
        if round(people) and supplier and supplier not in found:
            label = text_of(release.indicators[code].get("label"), one.language)
            found[supplier] = {
                "indicator": code,
                "label": label,
                "supplier": supplier,
                "people": round(people),
            }
    return list(found.values())[:_SUPPLIERS]


def _missing(one: Told, code: str) -> float:
    """Return of how many people a list of the indicator would tell something new."""
    if one.kind == "verdict" and one.evidence is None:
        reason = one.release.told("judgements", one.name, "reason").astype(str)
        open_ = one.tally.among(NOT_KNOWN) & ~np.isin(reason, _NO_LIST)
        if open_.any():
            return one.tally.count(open_).people
    held = [
        row
        for row in one.release.rows("evidence", one.tally.area["id"])
        if row["indicator"] == code and row["status"] not in _NOT_MISSING
    ]
    return float(
        sum(
            (row["population_stale"] or 0.0)
            if row["status"] in KNOWN_STATUSES
            else row["population"]
            for row in held
        )
    )


def _codes(one: Told) -> list[str]:
    """Return the indicators that a reading rests on."""
    release = one.release
    if one.kind == "score":
        asked = [
            standard.get("indicator")
            for standard in release.standards.values()
            if one.name in ("overall", standard.get("domain"))
        ]
    elif one.kind == "estimate":
        asked = model_of(release, one.name).get("beside", [])
    else:
        asked = [one.indicator]
    return [code for code in dict.fromkeys(asked) if code in release.indicators]
