"""Judge: one verdict per settlement and standard, and only where it is certain.

A verdict is given only if every possible combination of value, class and population
gives the same one; "no norm" and "kept" together count as kept. Otherwise it is
``unknown`` with the reason. The gap is single-valued only with a verdict; its bounds
run over all that is possible.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.errors import LayerError
from geo.standards import gaps
from geo.standards.classes import Classes, encode
from geo.standards.grid import oriented
from geo.standards.judgements import POSSIBLE, VERDICTS, interleave
from geo.standards.lists import lists
from geo.standards.model import Standard
from geo.standards.possible import Possible, possibilities
from geo.standards.reasons import unknown_reasons
from geo.standards.settled import settled_at
from geo.standards.targets import out_of_time, targets
from geo.standards.values import Measured, measured
from geo.types import Reason

Bools = NDArray[np.bool_]
Codes = NDArray[np.int8]
KEPT, BREACHED, UNKNOWN, NO_NORM, NOT_DUE = range(len(VERDICTS))


def judge(  # noqa: PLR0913 - what a verdict depends on
    settlements: pd.DataFrame,
    values: pd.DataFrame,
    standards: Sequence[Standard],
    on: date,
    freshness: Mapping[str, float | None],
    areas: pd.DataFrame | None = None,
    *,
    settled_level: float | None = None,
) -> pd.DataFrame:
    """Judge every settlement by every standard that is assessed per settlement.

    Parameters
    ----------
    settlements
        Indexed by settlement id, columns of the release table.
    values
        Long table: settlement_id, indicator, value, low, high, status, date.
    standards
        Those of a raion, an oblast or a country are left out: they are judged at
        their own level only.
    on
        The day of the release: norms in force, targets due, age of values.
    freshness
        Indicator -> years that a value carries a verdict; None or missing: for
        ever. A value without a date has no age.
    areas
        Needed only where a norm names its territory by name.
    settled_level
        Probability of the settled ranges of the population, which then take the place
        of the certain ones for the class of a place; None: they are not looked at.

    Returns
    -------
    DataFrame
        Exactly the columns of the release table ``judgements``, one row per
        settlement and standard, sorted by both.

    Raises
    ------
    LayerError
        If two values claim the same settlement and indicator, or a value belongs
        to no settlement.
    """
    chosen = [standard for standard in standards if standard.for_settlements]
    return verdicts(
        settlements, values, chosen, on, freshness, areas, settled_level=settled_level
    )


def verdicts(  # noqa: PLR0913 - what a verdict depends on
    settlements: pd.DataFrame,
    values: pd.DataFrame,
    standards: Sequence[Standard],
    on: date,
    freshness: Mapping[str, float | None],
    areas: pd.DataFrame | None = None,
    *,
    settled_level: float | None = None,
) -> pd.DataFrame:
    """Judge every row by every one of these standards, whatever their unit is.

    The engine behind :func:`judge` and :func:`geo.standards.units.judge_units`. What
    is judged is a row with an id, a range of population and a territory; that of a
    settlement also has a kind and centre flags.

    Parameters, result and errors are those of :func:`judge`.
    """
    order = np.argsort(settlements.index.to_numpy(dtype=object), kind="stable")
    ordered = settlements.iloc[order]
    if not ordered.index.is_unique:
        twin = ordered.index[ordered.index.duplicated()][0]
        raise LayerError(
            f"settlement {twin!r} stands there twice",
            where="settlements",
            remedy="Ids must be unique; duplicates keep an id of their own.",
        )
    certain = encode(ordered, areas, settled=False)
    settled = encode(ordered, areas) if settled_level else None
    judged = sorted(standards, key=lambda s: s.id)
    wanted = {s.indicator: s.better for s in judged if s.indicator}
    by_indicator = measured(values, ordered.index, wanted, on, freshness)
    columns = [
        _judge_one(standard, settled or certain, by_indicator[standard.indicator], on)
        | {"settled_at": settled_at(standard, settled, certain, on, settled_level)}
        for standard in judged
        if standard.indicator
    ]
    return interleave(ordered.index, judged, columns)


def _judge_one(
    standard: Standard, classes: Classes, value: Measured, on: date
) -> dict[str, Any]:
    """Judge all settlements by one standard; arrays in the order of the settlements."""
    possible = possibilities(standard, classes, on)
    sign = -1.0 if standard.better == "lower" else 1.0
    early, unripe = out_of_time(possible, value)
    early &= value.informed
    # an assumption carries no verdict, and what is older than a promise cannot keep it
    assumed, told = value.assumed, value.without(value.assumed)
    value = told.without(early)
    fresh, verdict = (
        _verdicts(possible, *value.oriented(sign, fresh_only=only), unripe)
        for only in (False, True)
    )
    # "nothing to be asked about" grows old as any other statement does
    fresh[value.not_applicable] = NO_NORM
    verdict[value.not_applicable & ~value.stale] = NO_NORM
    open_ = verdict == UNKNOWN
    reason = unknown_reasons(possible, value, sign, open_)
    no_breach = np.zeros(len(open_), bool)
    would = _verdicts(possible, *value.oriented(sign, fresh_only=True), no_breach)
    reason[open_ & (early | (would == BREACHED))] = Reason.BEFORE_PROMISE.value
    reason[open_ & assumed] = Reason.ASSUMPTION.value
    reason[open_ & possible.may_be_unread[possible.group]] = Reason.NORM_NOT_READ.value
    stale = reason == Reason.STALE.value
    return (
        _norms(standard, possible, verdict)
        | _candidates(possible, verdict)
        | lists(standard, classes, possible, verdict == NO_NORM, on)
        | _gaps(standard, possible, value, verdict)
        | targets(standard, possible, told, verdict == NOT_DUE, on)
        | {
            "verdict": verdict,
            "status": value.status,
            "reason": reason,
            "verdict_if_fresh": np.where(stale, fresh, -1),
            # filled in by comparison.side_by_side
            "parity_gap": np.full(len(verdict), np.nan),
            "norm_gap": np.full(len(verdict), np.nan),
        }
    )


def _verdicts(
    possible: Possible,
    worst: NDArray[np.float64],
    best: NDArray[np.float64],
    unripe: Bools,
) -> Codes:
    """Return the verdict that all combinations of value and class agree on.

    ``unripe`` values prove no breach.
    """
    strictest = possible.strictest[possible.group]
    most_lenient = possible.most_lenient[possible.group]
    waiting = possible.waiting[possible.group]
    verdict = np.full(len(possible.group), UNKNOWN, np.int8)
    verdict[worst >= strictest] = KEPT
    verdict[(best < most_lenient) & ~unripe] = BREACHED
    verdict[np.isneginf(strictest)] = NO_NORM
    verdict[waiting] = NOT_DUE
    return verdict


def _norms(standard: Standard, possible: Possible, verdict: Codes) -> dict[str, Any]:
    """Return the norm where it is certain, its range, the row and the revision.

    Where "no norm" is possible too, the lenient end of the range is null, and the
    strict one where a norm that was not read is.
    """
    rows, group = possible.rows, possible.group
    waiting = verdict == NOT_DUE
    row = np.where(waiting, possible.waiting_row[group], possible.row[group])
    lenient, strict = (_ends(possible, block) for block in (np.min, np.max))
    strict = np.where(possible.may_be_unread, np.inf, strict)
    lenient, strict = lenient[group], strict[group]
    if standard.better == "lower":
        low, high = -strict, -lenient
    else:
        low, high = lenient, strict
    certain = row >= 0
    none = verdict == NO_NORM
    limits = np.array([norm.value for norm in rows] or [np.nan])
    ids: Any = np.array([*(norm.id for norm in rows), None], object)
    revisions = [norm.source.revision for norm in rows]
    shared = revisions[0] if len(set(revisions)) == 1 else None
    revised: Any = np.array([*revisions, shared], object)
    row = np.where(certain & ~none, row, -1)
    return {
        "norm": np.where(certain & ~none, limits[row], np.nan),
        "norm_low": np.where(none | np.isinf(low), np.nan, low),
        "norm_high": np.where(none | np.isinf(high), np.nan, high),
        "norm_id": ids[row],
        "revision": revised[row],
    }


def _candidates(possible: Possible, verdict: Codes) -> dict[str, Any]:
    """Return the ids of all rows that may be the norm; none where there is no norm.

    It is what readers of a release word: whoever asks which norms may hold for a place
    looks here and compares no class again.
    """
    named = [
        tuple(possible.rows[n].id for n in numbers) for numbers in possible.candidates
    ]
    ids = np.fromiter([*named, ()], object, len(named) + 1)
    return {POSSIBLE: ids[np.where(verdict == NO_NORM, -1, possible.group)]}


def _ends(possible: Possible, end: Any) -> NDArray[np.float64]:
    """Return one end of the oriented limits per group, of targets that wait too."""
    limits = np.array([oriented(norm) for norm in possible.rows] or [np.nan])
    return np.array(
        [
            end(np.where(block.waiting >= 0, limits[block.waiting], -np.inf))
            if waits
            else end(block.limits)
            for block, waits in zip(possible.blocks, possible.waiting, strict=True)
        ],
        np.float64,
    )


def _gaps(
    standard: Standard, possible: Possible, value: Measured, verdict: Codes
) -> dict[str, Any]:
    """Return the gap and its bounds; null where no norm binds on the day."""
    better = standard.better
    strict = np.abs(possible.strictest[possible.group])
    lenient = np.abs(possible.most_lenient[possible.group])
    worst, best = value.extremes(better)
    measure = gaps.gap_of(ordinal=standard.quantity == "ordinal")
    high = measure(worst, strict, better)
    low = np.where(np.isinf(lenient), 0.0, measure(best, lenient, better))
    binds = np.isin(verdict, (KEPT, BREACHED, UNKNOWN))
    breached = verdict == BREACHED
    central = measure(value.central, strict, better)
    exact = np.where((strict == lenient) & ~np.isnan(central), central, np.nan)
    exact = np.where(np.isnan(exact) & (low == high), low, exact)
    single = np.where(verdict == KEPT, 0.0, np.where(breached, exact, np.nan))
    return {
        "gap": single,
        "gap_low": np.where(binds, low, np.nan),
        "gap_high": np.where(binds, high, np.nan),
    }
