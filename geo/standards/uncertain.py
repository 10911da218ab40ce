"""How the gap of each settlement and standard may vary, and by which factor.

A pair of settlement and standard varies in exactly one way:

* *fixed*: both bounds of its gap are equal;
* *speeds*: a modelled travel time between its bounds;
* *inputs*: any other value known as a range, or exact while the norm is uncertain;
* *nearer*: less is better and only the high bound is known, because the list of
  supply is incomplete: something nearer may stand there;
* *open*: nothing bounds the value on the bad side, or nothing at all is known: an
  unknown verdict is as likely kept as breached, and a breach is of any depth;
* *bounds*: a certain breach of unbounded depth lies anywhere between its bounds.

The last three belong to the factor completeness. Where several norms are possible the
norm is the most lenient or the strictest, so that every draw is a state that can be.
Gaps follow from the drawn value and the drawn norm, never from a line between gaps.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.standards.matrix import JudgementMatrix
from geo.standards.model import Standard
from geo.standards.values import Measured, measured
from geo.types import Status

Reals = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
_MODELLED = (Status.MODELLED.value, Status.ASSUMED.value)
_MINUTES = "min"
_SAME = 1e-12


class Way(IntEnum):
    """How a pair varies, see the module."""

    FIXED = 0
    SPEEDS = 1
    INPUTS = 2
    NEARER = 3
    OPEN = 4
    BOUNDS = 5


@dataclass(frozen=True)
class UncertainGaps:
    """All pairs that count, standards by settlements.

    Attributes
    ----------
    domain
        Number of the domain of each standard.
    indicator
        Number of the indicator of each standard: standards that look at one value
        see the same drawn value.
    better, yes_no
        Direction of each standard, and whether its value is yes or no.
    applies
        Where a norm applies (settlements by standards).
    way
        :class:`Way` of each pair.
    low, value, high
        What is known of the value, in its unit: drawn through these three points.
        Infinite or NaN where no value is drawn.
    worst
        The worst value that is possible, for *open* pairs.
    lenient, strict
        Ends of the possible norms; a lenient NaN is "no norm".
    gap, gap_low, gap_high
        The gap of a fixed pair, and the bounds that no draw leaves.
    """

    domain: Ints
    indicator: Ints
    better: tuple[str, ...]
    yes_no: Bools
    applies: Bools
    way: NDArray[np.int8]
    low: Reals
    value: Reals
    high: Reals
    worst: Reals
    lenient: Reals
    strict: Reals
    gap: Reals
    gap_low: Reals
    gap_high: Reals

    @property
    def size(self) -> int:
        """Return the number of settlements."""
        return int(self.applies.shape[0])

    @cached_property
    def patterns(self) -> tuple[Bools, Ints]:
        """Return the distinct sets of standards that apply, and which each has."""
        distinct, number = np.unique(self.applies, axis=0, return_inverse=True)
        return distinct, number.reshape(-1)

    def take(self, rows: NDArray[np.intp]) -> "UncertainGaps":
        """Return the pairs of these settlements only, in this order."""
        whole = ("domain", "indicator", "better", "yes_no")
        parts = {
            name: getattr(self, name)
            if name in whole
            else getattr(self, name)[rows]
            if name == "applies"
            else getattr(self, name)[:, rows]
            for name in self.__dataclass_fields__
        }
        return UncertainGaps(**parts)


def uncertain_gaps(  # noqa: PLR0913 - the tables, and what dates them
    matrix: JudgementMatrix,
    judgements: pd.DataFrame,
    values: pd.DataFrame,
    standards: Sequence[Standard],
    on: date,
    freshness: Mapping[str, float | None],
) -> UncertainGaps:
    """Say how every pair of settlement and standard may vary.

    Parameters
    ----------
    matrix
        From :func:`geo.standards.matrix.judgement_matrix`.
    judgements, values
        Release tables; ``status`` and ``unit`` of the values are used too.
    standards, on, freshness
        As for :func:`geo.standards.judge.judge`.
    """
    declared = {standard.id: standard for standard in standards}
    judged = [declared[name] for name in matrix.standards]
    wanted = {s.indicator: s.better for s in judged if s.indicator}
    known = measured(values, matrix.ids, wanted, on, freshness)
    driven = {code: _travel_time(values, matrix.ids, code) for code in known}
    codes = sorted(known)
    norms = _norm_ends(matrix, judgements, judged)
    columns: list[dict[str, Reals]] = []
    for number, standard in enumerate(judged):
        code = standard.indicator or ""
        columns.append(
            _standard(matrix, number, known[code], driven[code], standard)
            | {name: ends[number] for name, ends in norms.items()}
        )
    stacked = {
        name: np.stack([column[name] for column in columns])
        for name in (columns[0] if columns else ())
    }
    domains = sorted(set(matrix.domains))
    return UncertainGaps(
        domain=np.array([domains.index(name) for name in matrix.domains], np.int64),
        indicator=np.array([codes.index(s.indicator or "") for s in judged], np.int64),
        better=tuple(s.better for s in judged),
        yes_no=np.array([s.norms[0].op == "has" for s in judged], bool),
        applies=matrix.applicable,
        **(stacked or _nothing(len(matrix.ids))),  # type: ignore[arg-type]
    )


def _nothing(size: int) -> dict[str, Reals]:
    names = ("low", "value", "high", "worst", "lenient", "strict")
    gaps = ("gap", "gap_low", "gap_high")
    blank = {name: np.empty((0, size)) for name in (*names, *gaps)}
    return blank | {"way": np.empty((0, size), np.int8)}


def _travel_time(values: pd.DataFrame, ids: pd.Index, code: str) -> Bools:
    """Return where the value of an indicator is a modelled time of travel."""
    mine = values[
        (values["indicator"] == code)
        & values["status"].isin(_MODELLED)
        & (values["unit"] == _MINUTES)
    ]
    return np.asarray(ids.isin(mine["settlement_id"]), bool)


def _norm_ends(
    matrix: JudgementMatrix, judgements: pd.DataFrame, judged: Sequence[Standard]
) -> dict[str, Reals]:
    """Return the lenient and the strict end of the norms, standards by settlements."""
    rows = matrix.ids.get_indexer(pd.Index(judgements["settlement_id"]))
    names = pd.Index(matrix.standards, dtype="str")
    cols = names.get_indexer(pd.Index(judgements["standard"]))
    counted = cols >= 0
    ends = {}
    for name in ("norm_low", "norm_high"):
        laid = np.full((len(judged), len(matrix.ids)), np.nan)
        numbers = judgements[name].to_numpy(np.float64, na_value=np.nan)
        laid[cols[counted], rows[counted]] = numbers[counted]
        ends[name] = laid
    lower = np.array([s.better == "lower" for s in judged], bool).reshape(-1, 1)
    return {
        "lenient": np.where(lower, ends["norm_high"], ends["norm_low"]),
        "strict": np.where(lower, ends["norm_low"], ends["norm_high"]),
    }


def _standard(
    matrix: JudgementMatrix,
    number: int,
    known: Measured,
    driven: Bools,
    standard: Standard,
) -> dict[str, Reals]:
    """Return way, value and gap of all settlements by one standard."""
    better = standard.better
    gap_low, gap_high = matrix.low[:, number], matrix.high[:, number]
    breached = matrix.breached[:, number]
    low = np.where(known.stale, np.nan, known.low)
    high = np.where(known.stale, np.nan, known.high)
    value = np.where(known.stale, np.nan, known.value)
    bounded = ~np.isnan(low) & ~np.isnan(high)
    nearer = (better == "lower") & np.isnan(low) & np.isfinite(high) & ~breached
    way = np.where(breached, Way.BOUNDS, Way.OPEN)
    way = np.where(nearer, Way.NEARER, way)
    way = np.where(bounded, np.where(driven, Way.SPEEDS, Way.INPUTS), way)
    fixed = ~matrix.applicable[:, number] | (gap_high - gap_low <= _SAME)
    way = np.where(fixed, Way.FIXED, way)
    # no low bound: at its fastest the listed way takes what was modelled
    centre = np.where(np.isnan(value), high, np.minimum(value, high))
    centre = np.where(driven, centre, high)
    low = np.where(way == Way.NEARER, centre, low)
    value = np.where(way == Way.NEARER, centre, value)
    worst, _ = known.extremes(better)
    return {
        "way": way.astype(np.int8),  # type: ignore[dict-item]
        "low": low,
        "value": _inside(value, low, high),
        "high": high,
        "worst": worst,
        "gap": np.where(fixed, np.nan_to_num(gap_low), 0.0),
        "gap_low": gap_low,
        "gap_high": gap_high,
    }


def _inside(value: Reals, low: Reals, high: Reals) -> Reals:
    """Return the central value, the middle of the bounds where there is none."""
    with np.errstate(invalid="ignore"):
        middle = np.where(low == high, low, (low + high) / 2)
        return np.where(np.isnan(value), middle, np.clip(value, low, high))
