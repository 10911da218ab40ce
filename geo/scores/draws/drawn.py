"""Scores of all settlements in a batch of draws: drawn gaps, weighed and combined.

Three forms, over weights w that sum to 1 over the standards that apply:

* ``arithmetic``: sum(w g), the published score;
* ``geometric``: 1 - prod(max(1 - g, floor)^w), one minus the geometric mean of the
  achievements: a surplus in one domain hardly pays for a breach in another;
* ``counting``: c = sum(w [g > 0]), counted only where c >= k, else 0 (Alkire and
  Foster 2011, the censored count of a settlement).
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from geo.scores.draws.drawn_norms import Counts
from geo.scores.draws.factors import Factors
from geo.scores.draws.uncertain import Reals, UncertainGaps, Way
from geo.scores.poverty import deprived
from geo.sources.robustness_parameters import RobustnessParameters
from geo.standards.gaps import Better, gap_of

#: two scores that differ by rounding only are one score and share their rank
DECIMALS = 9
_NO_GAP = 1e-12
_HALF = 0.5


@dataclass(frozen=True)
class _Batch:
    """The gaps in a batch of draws."""

    gaps: UncertainGaps
    factors: Factors

    @cached_property
    def counts(self) -> list[Reals]:
        """Return people and households, draws by settlements; NaN without a high end.

        Drawn once for all standards.
        """
        return [
            np.where(
                np.isinf(one.high),
                np.nan,
                # people are whole: a band from 300 begins at 300, not at 299.5
                np.rint(positioned(*_points(one), self.factors.people)),
            )
            for one in self.gaps.counts
        ]

    def norms(self, standard: int, rows: NDArray[np.intp]) -> Reals:
        """Return norms drawn through people and class; NaN is "no norm"."""
        drawn = self.factors
        return self.gaps.possible[standard].drawn(
            rows,
            drawn.classes[:, rows],
            drawn.people[:, rows],
            [one[:, rows] for one in self.counts],
        )


def drawn_scores(
    gaps: UncertainGaps, factors: Factors, parameters: RobustnessParameters
) -> Reals:
    """Return scores, draws by settlements, rounded to :data:`DECIMALS`.

    Parameters
    ----------
    gaps
        Settlements to each of which at least one norm applies.
    factors
        A batch of draws.
    parameters
        ``aggregations`` and ``achievement_floor``.
    """
    weights = pattern_weights(gaps, factors)
    pattern = gaps.patterns[1]
    total = np.zeros((len(factors.k), gaps.size))
    chosen = [
        (form, np.flatnonzero(factors.form == number))
        for number, form in enumerate(parameters.aggregations)
    ]
    batch = _Batch(gaps, factors)
    for standard in range(len(gaps.better)):
        found = _gaps_of(batch, standard)
        share = weights[:, :, standard][:, pattern]
        for form, draws in chosen:
            if len(draws):
                term = _term(form, found[draws], parameters.achievement_floor)
                total[draws] += share[draws] * term
    for form, draws in chosen:
        if form == "geometric":
            total[draws] = -np.expm1(total[draws])
        elif form == "counting":
            counts = total[draws]
            for place, draw in enumerate(draws):
                poor = deprived(counts[place], float(factors.k[draw]))
                total[draw] = np.where(poor, counts[place], 0.0)
    # adding 0 makes a negative zero positive
    return np.round(total, DECIMALS) + 0.0


def _term(form: str, gaps: Reals, floor: float) -> Reals:
    if form == "geometric":
        return np.log(np.maximum(1.0 - gaps, floor))
    return (gaps > _NO_GAP).astype(np.float64) if form == "counting" else gaps


def pattern_weights(gaps: UncertainGaps, factors: Factors) -> Reals:
    """Return weights, draws by patterns by standards; each pattern's sum to 1.

    Within a domain over the standards that apply, and over the domains that have any:
    with equal drawn weights those of :meth:`JudgementMatrix.weights`.
    """
    applies = gaps.patterns[0]
    inside = factors.standard_weights[:, None, :] * applies
    weights = np.zeros_like(inside)
    total = np.zeros(inside.shape[:2])
    for number in range(factors.domain_weights.shape[1]):
        mine = gaps.domain == number
        summed = inside[:, :, mine].sum(axis=2)
        used = summed > 0
        outer = factors.domain_weights[:, number, None] * used
        share = outer / np.where(used, summed, 1.0)
        weights[:, :, mine] = inside[:, :, mine] * share[:, :, None]
        total += outer
    shares: Reals = weights / np.where(total > 0, total, 1.0)[:, :, None]
    return shares


def drawn_gaps(gaps: UncertainGaps, factors: Factors, standard: int) -> Reals:
    """Return the gaps by one standard, draws by settlements; 0 where none applies."""
    return _gaps_of(_Batch(gaps, factors), standard)


def _gaps_of(batch: _Batch, standard: int) -> Reals:
    gaps, factors = batch.gaps, batch.factors
    out = np.repeat(gaps.gap[standard][None, :], len(factors.k), axis=0)
    ways = gaps.way[standard]
    for way in Way:
        rows = np.flatnonzero(ways == way)
        if way is not Way.FIXED and len(rows):
            drawn = _drawn(batch, standard, way, rows)
            low, high = gaps.gap_low[standard, rows], gaps.gap_high[standard, rows]
            out[:, rows] = np.clip(drawn, low, high)
    return out


def _drawn(batch: _Batch, standard: int, way: Way, rows: NDArray[np.intp]) -> Reals:
    gaps, factors = batch.gaps, batch.factors
    indicator = gaps.indicator[standard]
    unknown = factors.completeness[:, indicator, rows]
    low, high = gaps.gap_low[standard, rows], gaps.gap_high[standard, rows]
    if way is Way.BOUNDS:
        between: Reals = low + unknown * (high - low)
        return between
    points = (
        gaps.low[standard, rows],
        gaps.value[standard, rows],
        gaps.high[standard, rows],
    )
    if way is Way.OPEN:
        found = _gap(batch, standard, rows, gaps.worst[standard, rows][None, :])
        # as likely kept as breached; yes or no, and a level, have no depth
        depth = 2 * unknown - 1
        flat = gaps.yes_no[standard] or gaps.ordinal[standard]
        breach = depth > 0 if flat else np.maximum(depth, 0.0)
        return found * breach
    if way is Way.INPUTS:
        value = positioned(*points, factors.inputs[:, indicator, rows])
        if gaps.yes_no[standard]:
            value = (value > _HALF).astype(np.float64)
    else:
        value = positioned(*points, factors.speeds[:, None])
    if way is Way.NEARER:
        value = value * unknown
    return _gap(batch, standard, rows, value)


def _gap(batch: _Batch, standard: int, rows: NDArray[np.intp], value: Reals) -> Reals:
    """Return the gap of values against drawn norms; 0 where none is drawn.

    Parameters
    ----------
    batch, standard, rows
        The draws, the standard, and the settlements.
    value
        Draws by ``rows``, or one row for a value that is the same in all draws: where
        the norm is certain too, its gap is computed once.
    """
    gaps = batch.gaps
    better: Better = "lower" if gaps.better[standard] == "lower" else "higher"
    measure = gap_of(ordinal=bool(gaps.ordinal[standard]))
    norm = gaps.norm[standard, rows]
    certain = ~np.isnan(norm)
    if certain.all():
        return np.nan_to_num(measure(value, norm[None, :], better))
    found = np.empty((len(batch.factors.k), len(rows)))
    found[:, certain] = measure(value[:, certain], norm[None, certain], better)
    drawn = batch.norms(standard, rows[~certain])
    found[:, ~certain] = measure(value[:, ~certain], drawn, better)
    return np.nan_to_num(found)


def _points(counts: Counts) -> tuple[Reals, Reals, Reals]:
    low, central, high = counts.low, counts.central, counts.high
    finite = np.where(np.isinf(high), central, high)
    return low, np.clip(central, low, finite), finite


def positioned(low: Reals, value: Reals, high: Reals, position: Reals) -> Reals:
    """Return the value at a position: low at 0, the central value at 1/2, high at 1.

    Examples
    --------
    >>> ends = (np.array([10.0]), np.array([20.0]), np.array([60.0]))
    >>> [float(positioned(*ends, np.array([q]))[0]) for q in (0, 0.25, 0.5, 0.75, 1)]
    [10.0, 15.0, 20.0, 40.0, 60.0]
    """
    with np.errstate(invalid="ignore"):
        below = np.where(low == value, 0.0, value - low)
        above = np.where(value == high, 0.0, high - value)
    fast, slow = np.minimum(2 * position - 1, 0.0), np.maximum(2 * position - 1, 0.0)
    found: Reals = value + fast * below + slow * above
    return found
