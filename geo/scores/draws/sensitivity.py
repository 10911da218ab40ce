"""What drives the ranking: Sobol' indices of the six factors.

``first_order`` is the share of the variance that goes when one factor alone is known,
``total_order`` the share that stays when all others are (Saltelli et al. 2010, the
estimators of :func:`scipy.stats.sobol_indices`). Two outputs:

* ``rank``: the ranks of all settlements at once. The index is the sum of the partial
  variances of every settlement's rank over the sum of their variances (Lamboni, Monod
  and Makowski 2011; Gamboa et al. 2014): what decides where a settlement stands;
* ``rank_shift``: the mean absolute shift in rank against the nominal scoring (Saisana,
  Saltelli and Tarantola 2005): what decides how far a scoring departs from it.

A first order below 0 is noise of the estimator around 0. It is published as it is,
with its interval: cut off, an index of nothing would look like an index of something.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.scores.draws.drawn import drawn_scores
from geo.scores.draws.factors import FACTORS, Realisations, factors_at, fields_of
from geo.scores.draws.ranking import ranks_of
from geo.scores.draws.uncertain import UncertainGaps
from geo.scores.given import ended
from geo.sources.robustness_parameters import RobustnessParameters

Reals = NDArray[np.float64]
OUTPUTS = ("rank", "rank_shift")
_RESAMPLES = 999
_PURPOSE = 1
_BATCH = 64
_DECIMALS = 4


@dataclass
class Indices:
    """Sobol' indices of a function of several outputs, taken together.

    Attributes
    ----------
    first_order, total_order
        Per factor; NaN where the output never varies.
    first_bounds, total_bounds
        Low and high per factor, from the bootstrap over the points.
    """

    first_order: Reals
    total_order: Reals
    first_bounds: Reals
    total_bounds: Reals


class _Uniform:
    """The uniform distribution on 0 ... 1, as `sobol_indices` asks for it."""

    @staticmethod
    def ppf(positions: Any) -> Any:
        return positions


@dataclass
class _Terms:
    """Sums over the outputs of each point's part in the estimators."""

    first: list[Reals] = field(default_factory=list)
    total: list[Reals] = field(default_factory=list)
    spread: list[Reals] = field(default_factory=list)

    def estimate(self, f_A: Reals, f_B: Reals, f_AB: Reals) -> tuple[Reals, Reals]:  # noqa: N803 - names that scipy asks for
        """Keep the terms of centred outputs (s, n) and (d, s, n); return indices."""
        self.first = [(f_B * (page - f_A)).sum(axis=0) for page in f_AB]
        self.total = [((f_A - page) ** 2).sum(axis=0) / 2 for page in f_AB]
        self.spread = [(f_A**2 + f_B**2).sum(axis=0) / 2]
        return _ratios(*self.stacked())

    def stacked(self) -> tuple[Reals, Reals, Reals]:
        return np.stack(self.first), np.stack(self.total), np.stack(self.spread)


def _ratios(first: Reals, total: Reals, spread: Reals) -> tuple[Reals, Reals]:
    variance = spread.mean(axis=-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return first.mean(axis=-1) / variance, total.mean(axis=-1) / variance


def indices(
    function: Callable[[Reals], Reals],
    factors: int,
    points: int,
    seed: int,
    interval: float,
) -> Indices:
    """Estimate Sobol' indices of a function of independent uniform factors.

    Parameters
    ----------
    function
        Factors by points -> outputs by points.
    factors, points
        How many; points must be a power of 2. The function sees
        points x (factors + 2) of them.
    seed
        Of the Sobol' sequence and of the bootstrap.
    interval
        Share of the bootstrap between the bounds.
    """
    # a second of imports that only a build needs
    from scipy.stats import bootstrap, sobol_indices  # noqa: PLC0415

    terms = _Terms()
    rng = np.random.default_rng([seed, _PURPOSE])
    result = sobol_indices(
        func=function,
        n=points,
        dists=[_Uniform()] * factors,
        method=terms.estimate,
        rng=rng,
    )
    first, total, spread = terms.stacked()
    if not spread.mean() > 0:
        nothing = np.full(factors, np.nan)
        return Indices(
            nothing, nothing, np.stack([nothing] * 2), np.stack([nothing] * 2)
        )

    def statistic(rows: NDArray[np.intp]) -> Reals:
        return np.stack(_ratios(first[:, rows], total[:, rows], spread[:, rows]))

    drawn = bootstrap(
        (np.arange(points),),
        statistic,
        vectorized=False,
        n_resamples=_RESAMPLES,
        confidence_level=interval,
        method="percentile",
        rng=rng,
    ).confidence_interval
    ends = np.stack([drawn.low, drawn.high])
    return Indices(
        np.atleast_1d(result.first_order),
        np.atleast_1d(result.total_order),
        ends[:, 0],
        ends[:, 1],
    )


def sensitivity(
    gaps: UncertainGaps,
    raion: NDArray[np.int64],
    nominal: Reals,
    parameters: RobustnessParameters,
) -> pd.DataFrame:
    """Return the release table ``sensitivity``.

    Parameters
    ----------
    gaps
        The settlements of the sample.
    raion
        Number of the raion of each.
    nominal
        Their scores by the published scoring.
    parameters
        Ranges, seed, points.

    Returns
    -------
    DataFrame
        One row per output and factor; indices are null where nothing varies. Without
        a row where there is no settlement.
    """
    p = parameters
    fields = fields_of(gaps, raion, p, _PURPOSE)
    ranked = _Ranked(gaps, fields, ranks_of(nominal)[0])
    rows = []
    for output in OUTPUTS if gaps.size else ():
        found = indices(
            ranked.all_ranks if output == "rank" else ranked.shift,
            len(FACTORS),
            p.sobol_points,
            p.seed,
            p.interval,
        )
        for place, factor in enumerate(FACTORS):
            row = {"output": output, "factor": factor, "settlements": gaps.size}
            for order in ("first_order", "total_order"):
                ends = getattr(found, order.replace("order", "bounds"))[:, place]
                for end, share in zip(
                    ("", "_low", "_high"),
                    (getattr(found, order)[place], *ends),
                    strict=True,
                ):
                    row[order + end] = np.round(share, _DECIMALS)
            rows.append(row | {"draws": p.sobol_points * (len(FACTORS) + 2)})
    return ended("sensitivity", [pd.DataFrame(rows)] if rows else [])


class _Ranked:
    """Ranks of the sample as a function of six positions in 0 ... 1."""

    def __init__(
        self, gaps: UncertainGaps, fields: Realisations, nominal: Reals
    ) -> None:
        self._gaps, self._nominal = gaps, nominal
        self._parameters = fields.parameters
        numbers = range(self._parameters.draws if gaps.size else 0)
        self._weights = [fields.weights(number) for number in numbers]
        self._completeness = fields.completeness(numbers)
        self._inputs = fields.inputs(numbers)
        self._counted = fields.counted(numbers)
        self._seen: dict[bytes, Reals] = {}

    def all_ranks(self, positions: Reals) -> Reals:
        """Return ranks, settlements by points."""
        key = positions.tobytes()
        if key not in self._seen:
            self._seen[key] = self._ranks(positions)
        return self._seen[key]

    def shift(self, positions: Reals) -> Reals:
        """Return the mean absolute shift in rank, one by points."""
        ranks = self.all_ranks(positions)
        apart: Reals = np.abs(ranks - self._nominal[:, None]).mean(axis=0)
        return apart[None, :]

    def _ranks(self, positions: Reals) -> Reals:
        names = [FACTORS.index(name) for name in ("k", "aggregation", "speeds")]
        points = positions.shape[1]
        out = np.empty((self._gaps.size, points))
        for first in range(0, points, _BATCH):
            part = positions[:, first : first + _BATCH]
            weights = self._chosen(part, "weights")
            values, people, classes = self._inputs
            inputs = self._chosen(part, "inputs")
            factors = factors_at(
                self._parameters,
                part[names],
                [self._weights[number] for number in weights],
                self._completeness[self._chosen(part, "completeness")],
                (values[inputs], people[inputs], classes[inputs]),
                self._counted[inputs],
            )
            drawn = drawn_scores(self._gaps, factors, self._parameters)
            for place, scores in enumerate(drawn):
                out[:, first + place] = ranks_of(scores)[0]
        return out

    def _chosen(self, positions: Reals, factor: str) -> NDArray[np.int64]:
        """Return the numbers of the realisations that a factor's positions choose."""
        many = len(self._weights)
        row = positions[FACTORS.index(factor)]
        return np.asarray(np.minimum((row * many).astype(np.int64), many - 1))
