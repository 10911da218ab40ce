"""The order of settlements: positions in, positions out."""

import numpy as np

from api.errors import ParameterError
from api.query import Wanted, known, least_gap, scores_of
from api.store import Store
from geo.release.columns import Floats, Positions
from geo.reports.classed import readings
from geo.types import Verdict

NAMES = ("name", "population", "gap", "score", "coverage")
#: What is told of places one indicator at a time, and may be sorted by.
TOLD = ("value", "estimate")


def ordered(store: Store, rows: Positions, sort: str, wanted: Wanted) -> Positions:
    """Return the rows in the asked order; ties by id, nulls last in both directions.

    Parameters
    ----------
    store
        The release.
    rows
        Places of settlements.
    sort
        One of :data:`NAMES`, ``value:<indicator>`` or ``estimate:<what is estimated>``;
        ``-`` before it turns the order round. ``gap`` is that of ``wanted.standard``:
        from what is kept over what may be breached to what is, each by the least that
        the gap may be. Without a standard it is the score, which is the mean gap of the
        domain, or of all domains.
    wanted
        Names the standard and the domain.

    Raises
    ------
    ParameterError
        If the release has nothing of the name; names what is like it.
    """
    column = sort.removeprefix("-")
    kind, _, name = column.partition(":")
    if column in NAMES:
        key = _key(store, column, wanted)
    elif kind in TOLD and name in readings(store)[kind]:
        key = _told(store, kind, name)
    else:
        every = [f"{one}:{name}" for one in TOLD for name in readings(store)[one]]
        raise ParameterError("sort", sort, known([*NAMES, *every], column))
    by_id = np.sort(rows)
    turned = -key if sort.startswith("-") else key
    return by_id[np.argsort(turned[by_id], kind="stable")]


def _key(store: Store, column: str, wanted: Wanted) -> Floats:
    if column == "name":
        return store.name_rank
    if column == "population":
        return store.numbers("population")
    if column == "gap" and wanted.standard:
        return _harm(store, wanted)
    scores = scores_of(store, wanted)
    return scores.coverage if column == "coverage" else scores.score


def _harm(store: Store, wanted: Wanted) -> Floats:
    """Return how near a standard is to a breach; NaN where nobody is asked.

    0 where it is kept, above 1 where it may be breached, above 2 where it is.
    """
    verdict = store.judged[wanted.standard or ""].verdict
    kept, open_, breached = (
        verdict == known for known in (Verdict.KEPT, Verdict.UNKNOWN, Verdict.BREACHED)
    )
    least = least_gap(store, wanted)
    return np.select(
        [kept, open_, breached], [0.0, 1.0 + least / 2, 2.0 + least], np.nan
    )


def _told(store: Store, kind: str, name: str) -> Floats:
    """Return values, where unreachable beyond all; or probabilities, 1 if on record."""
    if kind == "estimate":
        estimate: Floats = store.told("estimates", name, "estimate")
        found = store.told("estimates", name, "found") == True  # noqa: E712 - each
        return np.where(found, 1.0, estimate)
    value, low = (store.told("values", name, one) for one in ("value", "low"))
    return np.where(np.isnan(value) & np.isposinf(low), np.inf, value)
