"""Readings by hexagon or area: what the map draws where settlements are too many."""

from typing import Any

import numpy as np

from api.errors import ParameterError
from api.query import known, one_of
from api.readings import GAP_DIGITS, check, numbers
from api.store import OVERALL, Store
from geo.release.columns import Positions
from geo.release.hexagons import Cells, cells
from geo.reports.classed import Classed, classed
from geo.reports.facts import AreaFacts
from geo.reports.grouped import grouped
from geo.reports.known import known_share

HEXAGON = "hexagon"
#: What is known of all indicators together: of areas alone.
KNOWN = "known"
_ALL = "all"
#: Kind of a reading -> what the scores of areas call that of which it is.
_SUBJECTS = {"score": "domain", "verdict": "standard"}

Reading = dict[str, Any]


def by_hexagon(store: Store, of: str, resolution: int | None) -> Reading:
    """Return a reading by the cells of a resolution, in the order of their numbers.

    Parameters
    ----------
    store
        The release.
    of
        As :func:`api.readings.reading`.
    resolution
        One of those that the release has tiles of.

    Returns
    -------
    dict
        ``by``, ``classes``; per cell ``class`` (its number) and ``old`` (0 or 1); per
        class and cell ``people`` and ``settlements``.

    Raises
    ------
    ParameterError
        If the release has no such reading, or no tiles of the resolution.
    """
    check(store, of)
    sizes = store.manifest.get("tiles", {}).get("hexagons", [])
    there = [str(size["resolution"]) for size in sizes]
    if str(resolution) not in there:
        raise ParameterError("resolution", resolution, known(there))
    held: dict[int | None, Cells] = store.made.setdefault(HEXAGON, {})
    if resolution not in held:
        held[resolution] = cells(store.table("settlements"), int(resolution or 0))
    found = held[resolution]
    return {"by": HEXAGON} | _summed(store, of, found.of, len(found.ids))


def by_area(store: Store, of: str, level: str) -> Reading:
    """Return a reading by the areas of a level.

    Parameters
    ----------
    store
        The release.
    of
        As :func:`api.readings.reading`; or ``known``, without classes.
    level
        Of areas that the release has.

    Returns
    -------
    dict
        As :func:`by_hexagon`, with ``ids``; also ``values``: of a score or a verdict
        the mean gap of all settlements, of a status and ``known`` the share of the
        people whose value is known.

    Raises
    ------
    ParameterError
        If the release has no such reading, or no area of the level.
    """
    levels = dict.fromkeys(row["level"] for row in store.areas.values())
    one_of("by", level, [HEXAGON, *levels])
    ids = [id_ for id_, row in store.areas.items() if row["level"] == level]
    if of != KNOWN:
        check(store, of)
    number = {id_: place for place, id_ in enumerate(ids)}
    within = store.column(f"{level}_id")
    group = np.array([number.get(area, -1) for area in within], np.int64)
    told = _summed(store, of, group, len(ids))
    return {"by": level, "ids": ids} | _values(store, of, ids) | told


def _summed(store: Store, of: str, group: Positions, many: int) -> Reading:
    classes = classed(store, of) if of != KNOWN else _nothing(store)
    told = grouped(classes, group, many, store.numbers("population"))
    return {
        "classes": list(told.classes),
        "class": [None if code < 0 else code for code in told.code.tolist()],
        "old": told.old.astype(int).tolist(),
        "people": np.round(told.people).astype(int).tolist(),
        "settlements": told.settlements.tolist(),
    }


def _nothing(store: Store) -> Classed:
    """Return the classes of what is said of no settlement."""
    return Classed((), np.full(store.count, -1), np.zeros(store.count, bool))


def _values(store: Store, of: str, ids: list[str]) -> Reading:
    """Return the one number of each area, where the reading has one."""
    kind, _, name = of.partition(":")
    facts = [AreaFacts(store, store.areas[id_]) for id_ in ids]
    if kind in _SUBJECTS:
        subject = (_ALL, OVERALL if name == OVERALL else f"{_SUBJECTS[kind]}:{name}")
        found = [one.scores.get(subject, {}).get("score") for one in facts]
    elif kind == "status":
        found = [known_share(one.evidence.get(name, [])) for one in facts]
    elif of == KNOWN:
        found = [_known_of_all(store, one) for one in facts]
    else:
        return {}
    shares = np.array(found, np.float64)  # None becomes NaN
    return {"values": numbers(np.round(shares, GAP_DIGITS))}


def _known_of_all(store: Store, facts: AreaFacts) -> float | None:
    """Return the mean of the known shares of what is not derived from others."""
    own = (code for code, row in store.indicators.items() if not row.get("derived"))
    shares = [known_share(facts.evidence.get(code, [])) for code in own]
    known_ = [share for share in shares if share is not None]
    return sum(known_) / len(known_) if known_ else None
