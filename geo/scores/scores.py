"""Scores of a settlement: the mean compliance gap of a domain and of the whole.

Equal weights of the standards within a domain and of the domains within the whole
(:meth:`JudgementMatrix.weights`). The score is the mean over the weights whose
verdict is known; its bounds take every unknown verdict as kept, and as breached as
far as it possibly can be. Coverage is the share of the weight whose verdict is
known; below the floor no score is given. Norms that do not apply, and targets that
are not due, have no weight. Source: OECD/JRC handbook on composite indicators,
"missing data" treated by bounds.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from geo.layers.schema import TABLES
from geo.scores.matrix import (
    OVERALL,
    JudgementMatrix,
    Reals,
    judgement_matrix,
    verdict_words,
    weighted_mean,
)

COLUMNS = tuple(TABLES["scores"].schema.names)


def settlement_scores(
    judgements: pd.DataFrame,
    floor: float,
    domains: Sequence[str],
    comparisons: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Score every settlement per domain and overall.

    Parameters
    ----------
    judgements
        Columns of the release table ``judgements``.
    floor
        Coverage below which no score is given, 0 ... 1.
    domains
        All domains that get a row, with or without standards.
    comparisons
        From :func:`geo.scores.comparison.compare`: settlement_id, standard,
        domain, indicator, parity_gap, norm_gap. Without it both columns are null.

    Returns
    -------
    DataFrame
        Columns of the release table ``scores``, sorted by settlement and group.
        The parity gap is the mean over the indicators, the norm gap the mean over
        the standards, that have one; overall: the mean of the domains' means.
    """
    matrix = judgement_matrix(judgements)
    groups = sorted({*domains, OVERALL})
    blocks = [_group_scores(matrix, group, floor) for group in groups]
    columns = {
        name: np.stack([block[name] for block in blocks], axis=1).ravel()
        for name in blocks[0]
    }
    size = len(matrix.ids)
    if comparisons is not None:
        counted = comparisons["standard"].isin(matrix.standards)
        comparisons = comparisons[counted]
    out = pd.DataFrame(
        {
            "settlement_id": matrix.ids.repeat(len(groups)),
            "group": pd.array(np.tile(np.array(groups, object), size), dtype="str"),
            **columns,
        }
    )
    for name in ("parity_gap", "norm_gap"):
        means = (
            np.full((size, len(groups)), np.nan)
            if comparisons is None
            else _mean_gaps(comparisons, matrix.ids, groups, name)
        )
        out[name] = means.ravel()
    return out[list(COLUMNS)]


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
    # a coverage that equals the floor but for rounding reaches it
    enough = coverage >= floor - 1e-9
    return {
        "score": np.where(enough, score, np.nan),
        "score_low": low,
        "score_high": high,
        "coverage": coverage,
        **counts,
    }


def bounded_scores(
    matrix: JudgementMatrix, weights: Reals
) -> tuple[Reals, Reals, Reals, Reals]:
    """Return score, its bounds, and coverage; NaN where no norm applies.

    The score is kept inside its bounds: where an unknown verdict cannot be as bad
    as the known ones are, their mean would lie above what is possible.
    """
    applies = matrix.applicable & (weights > 0)
    low = weighted_mean(matrix.low, weights, applies)
    high = weighted_mean(matrix.high, weights, applies)
    score = weighted_mean(matrix.gap, weights, matrix.known & applies)
    coverage = weighted_mean(matrix.known.astype(np.float64), weights, applies)
    return np.clip(score, low, high), low, high, coverage


def _mean_gaps(
    comparisons: pd.DataFrame, ids: pd.Index, groups: Sequence[str], name: str
) -> Reals:
    """Return settlements x groups: means within domains, then over the domains."""
    known = comparisons[comparisons[name].notna()]
    if name == "parity_gap":  # several standards may look at one indicator
        known = known.drop_duplicates(["settlement_id", "indicator"])
    out = np.full((len(ids), len(groups)), np.nan)
    rows = ids.get_indexer(pd.Index(known["settlement_id"], dtype="str"))
    numbers = known[name].to_numpy(np.float64)
    for position, group in enumerate(groups):
        mine = (known["domain"] == group).to_numpy(bool)
        count = np.bincount(rows[mine], minlength=len(ids))
        total = np.bincount(rows[mine], numbers[mine], minlength=len(ids))
        out[:, position] = np.where(count > 0, total / np.maximum(count, 1), np.nan)
    having = (~np.isnan(out)).sum(axis=1)
    overall = np.nansum(out, axis=1) / np.maximum(having, 1)
    out[:, list(groups).index(OVERALL)] = np.where(having > 0, overall, np.nan)
    return out
