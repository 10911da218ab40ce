"""Where a picture is worst: raions by people in its bad classes, else settlements."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from geo.release.columns import Floats, take
from geo.release.read import Row
from geo.reports.class_words import BREACHED, NOT_TOLD
from geo.reports.classed import NOT_ASKED
from geo.reports.counting import figure
from geo.reports.tally import share_of
from geo.reports.told import Told
from geo.reports.topics import shown
from geo.reports.words import capital, name_of, quantity
from geo.texts import wording
from geo.types import Level

#: So many raions or settlements are listed.
MOST = 10
_WITHIN = (Level.COUNTRY, Level.OBLAST)
#: Values are whole from here on, and have one decimal below.
_WHOLE_FROM = 10


def worst(one: Told) -> dict[str, Any]:
    """Return where a reading is worst.

    Returns
    -------
    dict
        ``of`` (the reading), ``bad`` (its classes that are counted), ``what`` (who they
        are, in words), ``level`` and ``items``: of the country or an oblast the raions
        with most people there (cells of the grid where there are no raions), else the
        settlements: a breach before a possible one, the worst value first.
    """
    within = one.tally.area["level"] in _WITHIN
    column = _raions(one)
    return {
        "of": one.of,
        "bad": list(one.bad.ids),
        "only_unknown": set(one.bad.ids) <= NOT_TOLD,
        "what": one.bad.what(one.language),
        "level": column.removesuffix("_id") if within else "settlement",
        "items": list(_areas(one, column) if within else _places(one)),
    }


def _raions(one: Told) -> str:
    """Return the column of the raions; of the grid where there are none."""
    raions = one.release.column("raion_id")
    there = any(id_ is not None for id_ in raions[one.tally.inside])
    return f"{Level.RAION if there else Level.GRID}_id"


def _areas(one: Told, column: str) -> Iterator[dict[str, Any]]:
    tally, release = one.tally, one.release
    bad = tally.by(column, tally.among(one.bad.ids))
    asked = tally.by(column, tally.inside & ~tally.among(NOT_ASKED))
    found = sorted((-round(n.people), -n.settlements, id_) for id_, n in bad.items())
    for _, _, id_ in found[:MOST]:
        row = release.row("areas", id_) or {"id": id_}
        if row.get("analytic"):
            row = _around(one, row, column)
        share = share_of(bad[id_].people, asked[id_].people)
        item = _item(row, one.language) | bad[id_].told()
        yield item | {"share": share, "said": None}


def _around(one: Told, cell: Row, column: str) -> Row:
    """Return a cell of the grid, called after its largest settlement."""
    own = one.release.column(column) == cell["id"]
    largest = one.release.column("id")[np.argmax(np.where(own, one.tally.people, -1.0))]
    place = one.release.row("settlements", largest) or cell
    return cell | {
        name: one.say("cell", name=said)
        for name, said in place.items()
        if said and name.startswith("name")
    }


def _item(row: Row, language: str) -> dict[str, Any]:
    names = {
        column.removeprefix("name_"): text
        for column, text in row.items()
        if column.startswith("name_") and text is not None
    }
    return {"id": row["id"], "name": name_of(row, language), "names": names}


def _places(one: Told) -> Iterator[dict[str, Any]]:
    tally, release = one.tally, one.release
    amount, said = _amounts(one)
    bad = tally.among(one.bad.ids)
    if one.bad.why == "breached":
        bad |= one.possible
    at = np.flatnonzero(bad)
    at = at[np.lexsort((-tally.people[at], -amount[at]))][:MOST]
    every = release.table("settlements").column_names
    columns = [name for name in every if name == "id" or name.startswith("name")]
    rows = take(release.table("settlements", columns), at).to_pylist()
    for place, row in zip(at.tolist(), rows, strict=True):
        people = round(float(tally.people[place]))
        own = {"people": people, "settlements": 1, "share": None, "said": said(place)}
        yield _item(row, one.language) | own


def _amounts(one: Told) -> tuple[Floats, Callable[[int], str]]:
    """Return how bad each settlement is, larger is worse, and how to say it."""
    release, classes = one.release, one.tally.classed

    def word(place: int) -> str:
        return one.label(classes.classes[classes.code[place]])

    if one.kind == "verdict":
        return _gaps(one, word)
    table = {"value": ("values", "value"), "estimate": ("estimates", "estimate")}
    if one.kind not in table or "0" not in classes.classes:
        return np.zeros(release.count), word
    name, column = table[one.kind]
    value = release.told(name, one.name, column)
    entry = shown(release, one.indicator)

    def amount(place: int) -> str:
        number = float(value[place])
        if np.isnan(number):
            return word(place)
        rounded = round(number, 0 if number >= _WHOLE_FROM else 1)
        return quantity(rounded, entry.get("unit", ""), one.language)

    worse = value if entry.get("better") == "lower" else -value
    return np.nan_to_num(worse, nan=np.inf), amount


def _gaps(one: Told, word: Callable[[int], str]) -> tuple[Floats, Callable[[int], str]]:
    """Return the gaps of verdicts: a breach before what may be one, by its middle."""
    low, high = (
        one.release.told("judgements", one.name, column)
        for column in ("gap_low", "gap_high")
    )
    breached = one.tally.among(BREACHED)
    percent = wording("grammar", one.language)["percent"]

    def gap(place: int) -> str:
        if not breached[place]:
            may_be = one.bad.why == "breached"
            return capital(one.say("possible")) if may_be else word(place)
        if np.isnan(low[place] + high[place]):
            return word(place)
        ends = (figure(100 * end[place], one.language, 0) for end in (low, high))
        share = percent.format(x="–".join(dict.fromkeys(ends)))
        return one.say("gap", what=word(place), share=share)

    middle = np.nan_to_num((low + high) / 2)
    return middle + breached, gap
