"""Scores of a settlement: the mean compliance gap of a domain and of the whole.

It is the share of the promise that is not kept: 0 where all is kept. Equal weights of
the standards within a domain and of the domains within the whole
(:meth:`JudgementMatrix.weights`). The score is the mean over the weights whose verdict
is known, and what is not known is taken to be as far from kept as it can be in that
proportion (:func:`geo.scores.poverty.estimate`); its bounds take every unknown verdict
as kept, and as breached as far as it possibly can be. Coverage is the share of the
weight whose verdict is known; below the floor no score is given. Norms that do not
apply, and targets that are not due, have no weight. Source: OECD/JRC handbook on
composite indicators, "missing data" treated by bounds.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from geo.layers.schema import TABLES
from geo.scores.given import Given, enough
from geo.scores.matrix import (
    OVERALL,
    Bools,
    JudgementMatrix,
    Reals,
    verdict_words,
    weighted_mean,
)
from geo.scores.poverty import estimate


def settlement_scores(
    given: Given, compared: pd.DataFrame, domains: Sequence[str]
) -> pd.DataFrame:
    """Score every settlement per domain and overall.

    Parameters
    ----------
    given
        Verdicts.
    compared
        From :func:`geo.scores.comparison.compare`.
    domains
        All domains that get a row, with or without standards.

    Returns
    -------
    DataFrame
        Columns of the release table ``scores``, sorted by settlement and group.
        The parity gap is the mean over the indicators, the norm gap the mean over
        the standards, that have one; overall: the mean of the domains' means.
    """
    matrix = given.matrix
    groups = sorted({*domains, OVERALL})
    blocks = [_group_scores(matrix, group, given.how.floor) for group in groups]
    columns = {
        name: np.stack([block[name] for block in blocks], axis=1).ravel()
        for name in blocks[0]
    }
    size = len(matrix.ids)
    for name in ("parity_gap", "norm_gap"):
        columns[name] = _mean_gaps(given, compared, groups, name).ravel()
    named = pd.array(np.array(groups, object), dtype="str")
    return pd.DataFrame(
        {
            "settlement_id": matrix.ids.repeat(len(groups)),
            "group": named.take(np.tile(np.arange(len(groups)), size)),
            **columns,
        }
    )[list(TABLES["scores"].schema.names)]


def _group_scores(
    matrix: JudgementMatrix, group: str, floor: float
) -> dict[str, np.ndarray]:
    weights = matrix.weights(group)
    score, low, high, coverage = bounded_scores(matrix, weights)
    inside = matrix.group(group)
    counts = {
        verdict: (getattr(matrix, verdict) & inside).sum(axis=1).astype(np.int64)
        for verdict in verdict_words()
    }
    return {
        "score": np.where(enough(coverage, floor), score, np.nan),
        "score_low": low,
        "score_high": high,
        "coverage": coverage,
        **counts,
    }


class Weighed(NamedTuple):
    """Sums over the weights of each settlement; NaN where no norm applies.

    ``coverage`` is the weight that is known, ``known`` the gaps of that, ``unknown``
    the largest gaps of the rest, ``low`` and ``high`` the bounds of the whole.
    """

    coverage: Reals
    known: Reals
    unknown: Reals
    low: Reals
    high: Reals


def weighed(matrix: JudgementMatrix, weights: Reals) -> Weighed:
    """Sum verdicts and gaps of each settlement, with these weights."""
    applies = matrix.applicable & (weights > 0)
    known = matrix.known
    return Weighed(
        *(
            weighted_mean(numbers, weights, applies)
            for numbers in (
                known.astype(np.float64),
                np.where(known, matrix.gap, 0.0),
                np.where(known, 0.0, matrix.high),
                matrix.low,
                matrix.high,
            )
        )
    )


def bounded_scores(
    matrix: JudgementMatrix, weights: Reals
) -> tuple[Reals, Reals, Reals, Reals]:
    """Return score, its bounds, and coverage; NaN where no norm applies."""
    coverage, known, unknown, low, high = weighed(matrix, weights)
    return estimate(coverage, known, unknown), low, high, coverage


def _mean_gaps(
    given: Given, compared: pd.DataFrame, groups: Sequence[str], name: str
) -> Reals:
    """Return settlements x groups: means within domains, then over the domains."""
    numbers = compared[name].to_numpy(np.float64)
    indicator = {one.id: one.indicator for one in given.standards}
    shape = (len(given.matrix.ids), len(groups))
    total, count = np.zeros(shape), np.zeros(shape)
    seen: dict[str | None, Bools] = {}
    for standard, domain in zip(
        given.matrix.standards, given.matrix.domains, strict=True
    ):
        gaps = numbers[given.rows[standard]]
        having = ~np.isnan(gaps)
        if name == "parity_gap":  # several standards may look at one indicator
            before = seen.get(indicator[standard], np.zeros(len(gaps), bool))
            seen[indicator[standard]] = before | having
            having = having & ~before
        at = list(groups).index(domain)
        total[having, at] += gaps[having]
        count[:, at] += having
    out = np.where(count > 0, total / np.maximum(count, 1), np.nan)
    having = (count > 0).sum(axis=1)
    overall = np.nansum(out, axis=1) / np.maximum(having, 1)
    out[:, list(groups).index(OVERALL)] = np.where(having > 0, overall, np.nan)
    return out
