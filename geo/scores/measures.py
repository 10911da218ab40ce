"""Which one measure would lift a settlement most.

For every standard that a settlement breaches: the value that would keep it, and by how
much the settlement's scores would move if that one verdict were *kept* and nothing else
changed. The scores are computed again with the same weights and the same floor, so the
answer is exact and not a derivative.
"""

from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.scores.given import Given, ended, enough
from geo.scores.matrix import OVERALL, JudgementMatrix
from geo.scores.scores import bounded_scores
from geo.standards.model import Standard
from geo.types import Verdict

Reals = NDArray[np.float64]
_DECIMALS = 6
_DIGITS = 12  # equal lifts tie, whatever the last digits


def measures(given: Given) -> pd.DataFrame:
    """Return one row for every breach, the one that lifts most with rank 1.

    Returns
    -------
    DataFrame
        Columns of the release table ``measures``, sorted by settlement and standard.
        ``needed`` is the norm, or the strictest of those that may apply; ``change`` is
        ``needed`` minus ``value`` (null where the place has no single value, such as
        an unreachable one). Score changes are after minus before, so below 0 is
        better, and null below the floor; a breached benchmark that does not count
        changes nothing. Rank by the change of the overall score, then of the domain's;
        equal ones share a rank.
    """
    blocks = [_of_standard(given, standard) for standard in given.standards]
    table = ended("measures", [block for block in blocks if block is not None])
    return table.assign(rank=_ranks(table))


def _of_standard(given: Given, standard: Standard) -> pd.DataFrame | None:
    """Return the breaches of one standard."""
    judged = given.judgements.iloc[given.rows.get(standard.id, [])]
    place = np.flatnonzero(judged["verdict"] == Verdict.BREACHED.value)
    if not len(place):
        return None
    breached = judged.iloc[place]
    strictest = breached["norm_low" if standard.better == "lower" else "norm_high"]
    needed = breached["norm"].fillna(strictest)
    code = standard.indicator or ""
    value = given.known[code].value[place]
    domain, overall = _changes(given, standard, place)
    return breached[["settlement_id", "standard"]].assign(
        value=value,
        needed=needed,
        # values have three decimals; a difference must not show the digits of a float
        change=(needed - value).round(_DECIMALS),
        unit=given.units.get(code),
        score_change_domain=domain,
        score_change_overall=overall,
        rank=None,
    )


def _changes(
    given: Given, standard: Standard, place: NDArray[np.intp]
) -> tuple[Reals, Reals]:
    """Return by how much domain score and overall score of places move."""
    matrix, floor = given.matrix, given.how.floor
    if standard.id not in matrix.standards:  # a benchmark beside the law
        return np.zeros(len(place)), np.zeros(len(place))
    kept = _kept(matrix, matrix.standards.index(standard.id))
    domain, overall = (
        (_score(kept, group, floor) - _score(matrix, group, floor))[place]
        for group in (standard.domain, OVERALL)
    )
    return domain, overall


def _kept(matrix: JudgementMatrix, number: int) -> JudgementMatrix:
    """Return the matrix with every breach of one standard turned into kept."""
    turned = np.zeros(matrix.breached.shape, bool)
    turned[:, number] = matrix.breached[:, number]
    return replace(
        matrix,
        kept=matrix.kept | turned,
        breached=matrix.breached & ~turned,
        gap=np.where(turned, 0.0, matrix.gap),
        low=np.where(turned, 0.0, matrix.low),
        high=np.where(turned, 0.0, matrix.high),
    )


def _score(matrix: JudgementMatrix, group: str, floor: float) -> Reals:
    score, _, _, coverage = bounded_scores(matrix, matrix.weights(group))
    return np.where(enough(coverage, floor), score, np.nan)


def _ranks(table: pd.DataFrame) -> "pd.Series[int]":
    """Return 1 for the largest fall of each settlement; null without any score."""
    ordered = pd.DataFrame(
        {
            "overall": table["score_change_overall"].round(_DIGITS),
            "domain": table["score_change_domain"].round(_DIGITS),
        }
    )
    ordered = ordered.fillna(np.inf)
    pair = pd.MultiIndex.from_frame(ordered)
    codes = pd.Series(pair.sort_values().unique().get_indexer(pair), table.index)
    ranks = codes.groupby(table["settlement_id"]).rank(method="min")
    blank = table["score_change_overall"].isna() & table["score_change_domain"].isna()
    return ranks.mask(blank).astype("Int64")
