"""Judgements as settlements by standards: what the scores are computed from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.scores.weights import equal_weights
from geo.types import Force, Verdict

Reals = NDArray[np.float64]
Bools = NDArray[np.bool_]
OVERALL = "overall"


@dataclass(frozen=True)
class JudgementMatrix:
    """Verdicts and gaps, settlements by standards, both sorted by id.

    Attributes
    ----------
    ids, standards, domains, indicators
        Settlement ids, standard ids, and the domain and the indicator of each standard.
    kept, breached, unknown, no_norm, not_due
        Masks; a pair without a judgement is in none of them.
    gap
        The size of a known verdict: its gap or, where a breach is certain but not
        single-valued (several norms are possible), the middle of its bounds. NaN
        without a verdict.
    low, high
        Bounds of the gap: those of the verdict, of an unknown one from 0 (kept) to
        the largest gap that is possible. NaN where no norm applies.
    """

    ids: pd.Index
    standards: tuple[str, ...]
    domains: tuple[str, ...]
    indicators: tuple[str, ...]
    kept: Bools
    breached: Bools
    unknown: Bools
    no_norm: Bools
    not_due: Bools
    gap: Reals
    low: Reals
    high: Reals

    @cached_property
    def known(self) -> Bools:
        """Return where a verdict stands."""
        return self.kept | self.breached

    @cached_property
    def applicable(self) -> Bools:
        """Return where a norm applies, whether or not the verdict is known."""
        return self.known | self.unknown

    def group(self, name: str) -> Bools:
        """Return which standards belong to a domain, or all of them (``overall``)."""
        return np.array([name in (OVERALL, domain) for domain in self.domains], bool)

    def weights(self, name: str) -> Reals:
        """Return the weight of each standard for each settlement; rows sum to 1 or 0.

        Equal weights over what applies to the settlement, see :func:`equal_weights`.
        """
        if name not in self._weights:
            applies = self.applicable & self.group(name)
            self._weights[name] = equal_weights(applies, self.domains, self.indicators)
        return self._weights[name]

    @cached_property
    def _weights(self) -> dict[str, Reals]:
        return {}


def judgement_matrix(
    judgements: pd.DataFrame, indicators: Mapping[str, str]
) -> JudgementMatrix:
    """Lay the long table of judgements out as a matrix.

    Benchmarks are left out as soon as the country has a standard of law: a
    convention is no substitute for the norm that binds.

    Parameters
    ----------
    judgements
        Columns of the release table ``judgements``.
    indicators
        Standard -> the indicator that it looks at.
    """
    counted = scored_judgements(judgements)
    scored = judgements[counted]
    rows, ids = pd.factorize(judgements["settlement_id"], sort=True)
    rows = rows[counted]
    cols, names = pd.factorize(scored["standard"], sort=True)
    shape = (len(ids), len(names))
    named = scored.drop_duplicates("standard").set_index("standard")["domain"]
    verdicts = scored["verdict"].to_numpy(object)

    def mask(verdict: Verdict) -> Bools:
        laid = np.zeros(shape, bool)
        laid[rows, cols] = verdicts == verdict.value
        return laid

    def reals(column: str) -> Reals:
        laid = np.full(shape, np.nan)
        laid[rows, cols] = scored[column].to_numpy(np.float64)
        return laid

    masks = {verdict.value: mask(verdict) for verdict in Verdict}
    gap, low, high = reals("gap"), reals("gap_low"), reals("gap_high")
    middle = np.where(masks["breached"], (low + high) / 2, np.nan)
    unknown = masks["unknown"]
    return JudgementMatrix(
        ids=pd.Index(ids, dtype="str"),
        standards=tuple(names),
        domains=tuple(named.loc[list(names)]),
        indicators=tuple(indicators[name] for name in names),
        gap=np.where(np.isnan(gap), middle, gap),
        low=np.where(unknown, 0.0, low),
        high=high,
        **masks,
    )


def scored_judgements(judgements: pd.DataFrame) -> Bools:
    """Return which judgements count: benchmarks only where there is no law."""
    force = judgements["force"]
    if (force == Force.LAW.value).any():
        return (force != Force.BENCHMARK.value).to_numpy(bool)
    return np.ones(len(force), bool)


def weighted_mean(values: Reals, weights: Reals, where: Bools) -> Reals:
    """Return the mean of each row over ``where``; NaN where nothing has weight."""
    share = np.where(where, weights, 0.0)
    total = share.sum(axis=1)
    summed = np.where(where, np.nan_to_num(values) * share, 0.0).sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(total > 0, summed / total, np.nan)


def verdict_words() -> Sequence[str]:
    """Return the verdicts in the order of the tables' columns."""
    return [verdict.value for verdict in Verdict]
