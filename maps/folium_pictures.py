"""What the exported page can show: the subjects of the app, in the app's classes.

Settlements come in the classes of :func:`geo.reports.classed.classed` and are called as
:func:`geo.reports.class_words.class_label` calls them; areas have their score, or the
share of their people of whom it is known. So the page says what the app says.
"""

import string
from collections.abc import Mapping
from typing import Any

import numpy as np

from geo.release.columns import Positions
from geo.release.read import Release
from geo.reports.class_words import class_label
from geo.reports.classed import PEOPLE, classed
from geo.reports.known import known_share
from geo.reports.topics import topics_of
from geo.texts import LANGUAGES
from geo.types import Status
from maps.theme import label

OVERALL, KNOWN = "overall", "known"
DIGITS = string.digits + string.ascii_lowercase
READINGS = {
    OVERALL: "score",
    "domain": "score",
    "standard": "verdict",
    "indicator": "value",
    "estimate": "estimate",
    KNOWN: "status",
    PEOPLE: PEOPLE,
}
#: Kinds of subjects of which areas have a value of their own.
OF_AREAS = (OVERALL, "domain", "standard", KNOWN)
#: Section of the theme that says how the words of a reading are drawn.
MARKS = {"verdict": ("verdicts", "assumed_verdicts"), "estimate": ("estimates",)}
_HOLLOW, _PALE = "hollow", "pale"


def reading_of(subject: str) -> str:
    """Return the reading of the settlements under a subject; empty where none has one.

    >>> [reading_of(one) for one in ("overall", "domain:post", "standard:x", "known")]
    ['score:overall', 'score:post', 'verdict:x', '']
    """
    kind, _, name = subject.partition(":")
    if kind == PEOPLE:
        return PEOPLE
    if kind == KNOWN and not name:
        return ""  # all indicators together say nothing of a single settlement
    return f"{READINGS[kind]}:{name or OVERALL}"


def pictures(
    release: Release, at: Positions, look: Mapping[str, Any]
) -> dict[str, Any]:
    """Return all that can be shown of a release.

    Parameters
    ----------
    release
        The opened release.
    at
        Rows of the settlements that are drawn.
    look
        From :func:`maps.theme.theme`.

    Returns
    -------
    dict
        ``first``: the subject to open with; ``topics``: ``label`` and ``subjects``;
        ``subjects``: id -> :func:`picture`.
    """
    found = topics_of(release)
    listed = [one | {"label": label(one["label"])} for one in found["topics"]]
    subjects = {
        id_: picture(release, id_, at, look)
        for topic in listed
        for id_ in topic["subjects"]
    }
    return {"first": found["first"], "topics": listed, "subjects": subjects}


def picture(
    release: Release, subject: str, at: Positions, look: Mapping[str, Any]
) -> dict[str, Any]:
    """Return how one subject is shown.

    Returns
    -------
    dict
        ``title``, ``kind``, ``unit``; ``areas``: the theme's classes of areas, None
        where they have no value; ``marks``; ``signs``: one digit of base 36
        per settlement, its place among the marks.
    """
    kind, _, name = subject.partition(":")
    of = reading_of(subject)
    classes = "share_known" if kind == KNOWN else "gap"
    units = {row["code"]: row["unit"] for row in look["indicators"]}
    marks, signs = _settlements(release, of, at, look) if of else ([], "")
    return {
        "title": _title(subject, look),
        "kind": kind,
        "unit": units.get(name, "") if kind == "indicator" else "",
        "areas": classes if kind in OF_AREAS else None,
        "marks": marks,
        "signs": signs,
    }


def _title(subject: str, look: Mapping[str, Any]) -> dict[str, str]:
    kind, _, name = subject.partition(":")
    sections = {
        "standard": ("standards", "id", "title"),
        "domain": ("domains", "id", "label"),
        "estimate": ("estimated", "indicator", "label"),
    }
    words = {PEOPLE: "population", OVERALL: OVERALL, KNOWN: "all_indicators"}
    if not name:
        texts = look["texts"]
        return {one: texts[one]["texts"][words[kind]] for one in LANGUAGES}
    section, key, said = sections.get(kind, ("indicators", "code", "label"))
    entry = next((row for row in look[section] if row[key] == name), None)
    return dict(entry[said]) if entry else label(None, name)


def _settlements(
    release: Release, of: str, at: Positions, look: Mapping[str, Any]
) -> tuple[list[dict[str, Any]], str]:
    """Return the marks that occur and the place of each settlement among them."""
    found = classed(release, of)
    kind, _, name = of.partition(":")
    code = found.code[at]
    fresh, old, assumed = 0, 1, 2
    way = np.where(found.old[at], old, fresh)
    if kind == "value":
        status = release.told("values", name, "status")[at]
        digits = np.array([one.isdigit() for one in found.classes])
        way[(status == Status.ASSUMED.value) & digits[code]] = assumed
    pairs = list(zip(code.tolist(), way.tolist(), strict=True))
    # The classes by limits are explained whole, words and ways as far as they occur.
    seen = {n for n, _ in pairs}
    limits = {n for n, id_ in enumerate(found.classes) if id_.isdigit()}
    always = {(n, fresh) for n in limits - seen}
    order = sorted(always | set(pairs), key=lambda pair: (pair[1] == assumed, pair))
    order = [pair for pair in order if pair[0] >= 0]
    place = {pair: DIGITS[n] for n, pair in enumerate(order)}
    marks = []
    for n, how in order:
        mark = _mark(release, of, found.classes[n], look)
        if how == old:
            mark |= {"id": f"{mark['id']}:old", "pattern": _PALE}
            mark["label"] = _with(mark["label"], look["stale"]["label"])
        elif how == assumed:
            said = next(row for row in look["statuses"] if row["id"] == Status.ASSUMED)
            mark |= {"id": f"{mark['id']}:assumed", "stroke": said["fill"]}
            mark |= {"pattern": _HOLLOW, "label": _with(mark["label"], said["label"])}
        marks.append(mark)
    return marks, "".join(place[pair] for pair in pairs)


def _with(texts: Mapping[str, str], more: Mapping[str, str]) -> dict[str, str]:
    return {one: f"{texts[one]} ({more[one]})" for one in LANGUAGES}


def _mark(
    release: Release, of: str, id_: str, look: Mapping[str, Any]
) -> dict[str, Any]:
    kind, _, name = of.partition(":")
    said = {one: class_label(release, of, id_, one) for one in LANGUAGES}
    if id_.isdigit():
        colours = _colours(kind, name, look)
        fill, stroke = colours[int(id_)], look["colours"]["outline"]
        return {"id": id_, "fill": fill, "stroke": stroke, "pattern": "", "label": said}
    sections = MARKS.get(kind, ("statuses",))
    every = (row for section in sections for row in look[section])
    drawn = next((row for row in every if row["id"] == id_), look["unknown"])
    mark = {key: drawn[key] for key in ("fill", "stroke", "pattern")}
    if kind == "value" and not mark["pattern"]:
        mark |= {"fill": look["unknown"]["fill"], "pattern": _HOLLOW}
    return {"id": id_, **mark, "label": said}


def _colours(kind: str, name: str, look: Mapping[str, Any]) -> list[str]:
    own = next((row for row in look["indicators"] if row["code"] == name), None)
    if kind == "value" and own and own["classes"]:
        return list(own["classes"]["colours"])
    return list(look["classes"][PEOPLE if kind == PEOPLE else "gap"]["colours"])


def area_values(release: Release, area: str) -> dict[str, float | None]:
    """Return subject -> score of an area, or share of its people known, 0 … 1.

    ``known`` is the mean over the indicators that are not derived from others.
    """
    values = {
        row["subject"]: row["score"]
        for row in release.rows("area_scores", area)
        if row["subgroup"] == "all"
    }
    rows = release.rows("evidence", area)
    shares = {
        code: known_share(row for row in rows if row["indicator"] == code)
        for code in release.indicators
    }
    own = [
        share
        for code, share in shares.items()
        if share is not None and not release.indicators[code].get("derived")
    ]
    return (
        values
        | {f"{KNOWN}:{code}": share for code, share in shares.items()}
        | {KNOWN: sum(own) / len(own) if own else None}
    )
