"""Scores of all settlements in a batch of draws: drawn gaps, weighed and combined.

Three forms, over weights w that sum to 1 over the standards that apply:

* ``arithmetic``: sum(w g), the published score;
* ``geometric``: 1 - prod(max(1 - g, floor)^w), one minus the geometric mean of the
  achievements: a surplus in one domain hardly pays for a breach in another;
* ``counting``: c = sum(w [g > 0]), counted only where c >= k, else 0 (Alkire and
  Foster 2011, the censored count of a settlement).
"""

import numpy as np

from geo.scores.draws.loops import ARITHMETIC, COUNTING, GEOMETRIC, Factors, fill_totals
from geo.scores.draws.uncertain import Reals, UncertainGaps
from geo.scores.poverty import deprived
from geo.sources.robustness_parameters import AGGREGATIONS, RobustnessParameters

#: two scores that differ by rounding only are one score and share their rank
DECIMALS = 9


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
    names = [AGGREGATIONS.index(name) for name in parameters.aggregations]
    form = np.array(names, np.int64)[factors.form]
    weights = pattern_weights(gaps, factors).transpose(0, 2, 1).copy()
    floor = parameters.achievement_floor
    total = np.empty((len(form), gaps.size))
    fill_totals(gaps.pairs, factors, weights, gaps.patterns[1], form, floor, total)
    geometric = form == GEOMETRIC
    total[geometric] = -np.expm1(total[geometric])
    for draw in np.flatnonzero(form == COUNTING):
        poor = deprived(total[draw], float(factors.k[draw]))
        total[draw] = np.where(poor, total[draw], 0.0)
    # adding 0 makes a negative zero positive
    return np.round(total, DECIMALS) + 0.0


def pattern_weights(gaps: UncertainGaps, factors: Factors) -> Reals:
    """Return weights, draws by patterns by standards; each pattern's sum to 1.

    Within a domain over the standards that apply, those of one indicator sharing one
    weight, and over the domains that have any: with equal drawn weights those of
    :meth:`JudgementMatrix.weights`.
    """
    applies = gaps.patterns[0]
    indicator, domain = gaps.pairs.indicator, gaps.domain
    alike = (indicator[:, None] == indicator) & (domain[:, None] == domain)
    shared = applies / np.maximum(applies.astype(np.int64) @ alike, 1)
    inside = factors.standard_weights[:, None, :] * shared
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
    out = np.empty((len(factors.k), gaps.size))
    alone = np.zeros((len(out), len(gaps.standards), 1))
    alone[:, standard] = 1.0
    form, pattern = np.full(len(out), ARITHMETIC), np.zeros(gaps.size, np.int64)
    fill_totals(gaps.pairs, factors, alone, pattern, form, 0.0, out)
    return out
