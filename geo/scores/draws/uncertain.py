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
people and the class are drawn (:mod:`geo.scores.draws.drawn_norms`), so that every
draw is a state that can be. Gaps follow from the drawn value and the drawn norm, never
from a line between gaps.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geo.scores.draws.drawn_norms import PossibleNorms, ranges, stacked
from geo.scores.draws.loops import (
    BOUNDS,
    FIXED,
    INPUTS,
    NEARER,
    OPEN,
    SPEEDS,
    Pairs,
)
from geo.scores.given import Given
from geo.scores.matrix import JudgementMatrix
from geo.sources.robustness_parameters import RobustnessParameters
from geo.standards.classes import COUNTS, encode
from geo.standards.gaps import Better
from geo.standards.values import Measured
from geo.types import Reason, Status

Reals = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
_MODELLED = (Status.MODELLED.value, Status.ASSUMED.value)
#: reasons for which a value says nothing of the gap
_MUTE = (
    Reason.ASSUMPTION.value,
    Reason.BEFORE_PROMISE.value,
    Reason.NORM_NOT_READ.value,
)
_MINUTES = "min"
_SAME = 1e-12
_DRAWN = (
    "way", "low", "value", "high", "worst", "norm", "gap", "gap_low", "gap_high",
)  # fmt: skip


@dataclass(frozen=True)
class UncertainGaps:
    """All pairs that count.

    Attributes
    ----------
    standards
        Ids of the standards that apply to anybody: a target that is not due yet has
        no weight to draw.
    domain
        Number of the domain of each standard.
    applies
        Where a norm applies (settlements by standards).
    pairs
        How each pair varies, standards by settlements: ``way``; ``low``, ``value`` and
        ``high``, what is known of the value, in its unit: drawn through these three
        points, infinite or NaN where no value is drawn; ``worst``, the worst value that
        is possible, for *open* pairs; ``norm`` where it is certain, else NaN; the
        ``gap`` of a fixed pair, and the bounds that no draw leaves. Standards that look
        at one indicator see the same drawn value.
    people
        People of the settlements in each draw of the parameters, draws by settlements;
        NaN where they lie anywhere in their range.
    """

    standards: tuple[str, ...]
    domain: Ints
    applies: Bools
    pairs: Pairs
    people: NDArray[np.float32]

    @property
    def size(self) -> int:
        """Return the number of settlements."""
        return int(self.applies.shape[0])

    @property
    def indicators(self) -> int:
        """Return the number of indicators."""
        return int(self.pairs.indicator.max(initial=-1)) + 1

    @property
    def ranged(self) -> int:
        """Return the last indicator of which any value is drawn in a range, or -1."""
        drawn = (self.pairs.way == INPUTS).any(axis=1)
        return int(self.pairs.indicator[drawn].max(initial=-1))

    @cached_property
    def patterns(self) -> tuple[Bools, Ints]:
        """Return the distinct sets of standards that apply, and which each has."""
        distinct, number = np.unique(self.applies, axis=0, return_inverse=True)
        return distinct, number.reshape(-1)

    def take(self, rows: NDArray[np.intp]) -> "UncertainGaps":
        """Return the pairs of these settlements only, in this order."""
        of_settlements = {
            name: np.take(getattr(self.pairs, name), rows, axis=-1)
            for name in (*_DRAWN, "group", "classes", "first", "last", "counts")
        }
        pairs = self.pairs._replace(**of_settlements)
        people = np.ascontiguousarray(self.people[:, rows])
        return replace(self, applies=self.applies[rows], pairs=pairs, people=people)


def uncertain_gaps(
    given: Given, parameters: RobustnessParameters | None = None
) -> UncertainGaps:
    """Say how every pair of settlement and standard may vary.

    Parameters
    ----------
    given
        What was judged.
    parameters
        Number and seed of the draws of people; by default those of the project.
    """
    p = parameters or RobustnessParameters()
    matrix, size = given.matrix, len(given.places)
    declared = {standard.id: standard for standard in given.standards}
    counted = np.flatnonzero(matrix.applicable.any(axis=0)).tolist()
    judged = [declared[matrix.standards[number]] for number in counted]
    codes = sorted({standard.indicator or "" for standard in judged})
    norms = given.judgements["norm"].to_numpy(np.float64, na_value=np.nan)
    columns: list[dict[str, NDArray[Any]]] = []
    for number, standard in zip(counted, judged, strict=True):
        code = standard.indicator or ""
        known, minutes = given.known[code], given.units.get(code) == _MINUTES
        # only a modelled time of travel depends on speeds
        driven = np.isin(known.status.astype(str), _MODELLED) & minutes
        # what cannot carry a verdict bounds no draw
        rows = given.rows[standard.id]
        mute = given.judgements["reason"].iloc[rows].isin(_MUTE).to_numpy(bool)
        told = known.without(mute)
        found = _standard(matrix, number, told, driven, standard.better)
        columns.append(found | {"norm": norms[rows]})
    classes = encode(given.places, given.areas)
    domains = sorted({standard.domain for standard in judged})
    yes_no = np.array([s.norms[0].op == "has" for s in judged], bool)
    ordinal = np.array([s.quantity == "ordinal" for s in judged], bool)
    pairs = Pairs(
        **{
            name: np.array([c[name] for c in columns]).reshape(len(columns), size)
            for name in _DRAWN
        },
        lower=np.array([s.better == "lower" for s in judged], bool),
        flat=yes_no | ordinal,
        yes_no=yes_no,
        ordinal=ordinal,
        indicator=np.array([codes.index(s.indicator or "") for s in judged], np.int64),
        counts=np.stack([ranges(given.places, classes, name) for name in COUNTS]),
        **stacked([PossibleNorms.of(s, classes, given.on) for s in judged], size),
    )
    return UncertainGaps(
        standards=tuple(standard.id for standard in judged),
        domain=np.array([domains.index(s.domain) for s in judged], np.int64),
        applies=matrix.applicable[:, counted],
        pairs=pairs,
        people=given.drawn_people(p.draws, p.seed),
    )


def _standard(
    matrix: JudgementMatrix,
    number: int,
    known: Measured,
    driven: Bools,
    better: Better,
) -> dict[str, NDArray[Any]]:
    """Return way, value and gap of all settlements by one standard."""
    gap_low, gap_high = matrix.low[:, number], matrix.high[:, number]
    breached = matrix.breached[:, number]
    low = np.where(known.stale, np.nan, known.low)
    high = np.where(known.stale, np.nan, known.high)
    value = np.where(known.stale, np.nan, known.value)
    bounded = ~np.isnan(low) & ~np.isnan(high)
    nearer = (better == "lower") & np.isnan(low) & np.isfinite(high) & ~breached
    way = np.where(breached, BOUNDS, OPEN)
    way = np.where(nearer, NEARER, way)
    way = np.where(bounded, np.where(driven, SPEEDS, INPUTS), way)
    fixed = ~matrix.applicable[:, number] | (gap_high - gap_low <= _SAME)
    way = np.where(fixed, FIXED, way)
    # no low bound: at its fastest the listed way takes what was modelled
    centre = np.where(np.isnan(value), high, np.minimum(value, high))
    centre = np.where(driven, centre, high)
    low = np.where(way == NEARER, centre, low)
    value = np.where(way == NEARER, centre, value)
    worst, _ = known.extremes(better)
    return {
        "way": way.astype(np.int8),
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
