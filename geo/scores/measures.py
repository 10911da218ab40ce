"""Which one measure would lift a settlement most.

For every standard that a settlement breaches: the value that would keep it, and by how
much the settlement's scores would move if that one verdict were *kept* and nothing else
changed. The scores are computed again with the same weights and the same floor, so the
answer is exact and not a derivative.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.layers.schema import TABLES
from geo.scores.grouped import enough
from geo.scores.matrix import OVERALL, JudgementMatrix, judgement_matrix
from geo.scores.scores import bounded_scores
from geo.standards.model import Standard
from geo.types import Verdict

Reals = NDArray[np.float64]
COLUMNS = tuple(TABLES["measures"].schema.names)
_DECIMALS = 6
_DIGITS = 12  # equal lifts tie, whatever the last digits


def measures(
    judgements: pd.DataFrame,
    values: pd.DataFrame,
    standards: Sequence[Standard],
    floor: float,
) -> pd.DataFrame:
    """Return one row for every breach, the one that lifts most with rank 1.

    Parameters
    ----------
    judgements, values
        Release tables.
    standards
        As judged; they say which end of a range of norms is the strictest.
    floor
        Coverage below which there is no score, and so no change and no rank.

    Returns
    -------
    DataFrame
        Columns of the release table ``measures``, sorted by settlement and standard.
        ``needed`` is the norm, or the strictest of those that may apply; ``change`` is
        ``needed`` minus ``value`` (null where the place has no single value, such as
        an unreachable one). Score changes are after minus before, so below 0 is
        better; a breached benchmark that does not count changes nothing. Rank by the
        change of the overall score, then of the domain's; equal ones share a rank.
    """
    breached = judgements[judgements["verdict"] == Verdict.BREACHED.value]
    breached = breached.reset_index(drop=True)
    better = {one.id: one.better for one in standards}
    lower = breached["standard"].map(better) == "lower"
    strictest = breached["norm_low"].where(lower, breached["norm_high"])
    needed = breached["norm"].fillna(strictest)
    indicator = breached["standard"].map({one.id: one.indicator for one in standards})
    keys = pd.DataFrame(
        {"settlement_id": breached["settlement_id"], "indicator": indicator}
    ).astype("str")
    known = values[["settlement_id", "indicator", "value", "unit"]]
    found = keys.merge(known, on=["settlement_id", "indicator"], how="left")
    # values have three decimals; a difference must not show the digits of a float
    value = found["value"].astype(np.float64)
    change = (needed - value).round(_DECIMALS)
    domain, overall = _changes(judgements, breached, floor)
    table = pd.DataFrame(
        {
            "settlement_id": breached["settlement_id"],
            "standard": breached["standard"],
            "value": value,
            "needed": needed,
            "change": change,
            "unit": found["unit"],
            "score_change_domain": domain,
            "score_change_overall": overall,
        }
    )
    table["rank"] = _ranks(table)
    return table[list(COLUMNS)]


def _changes(
    judgements: pd.DataFrame, breached: pd.DataFrame, floor: float
) -> tuple[Reals, Reals]:
    """Return by how much domain score and overall score move, breach by breach."""
    matrix = judgement_matrix(judgements)
    rows = matrix.ids.get_indexer(pd.Index(breached["settlement_id"]))
    out = np.zeros((2, len(breached)))
    for number, standard in enumerate(matrix.standards):
        mine = (breached["standard"] == standard).to_numpy(bool)
        if not mine.any():
            continue
        place = rows[mine]
        for row, group in enumerate((matrix.domains[number], OVERALL)):
            before = _score(matrix, group, floor)[place]
            after = _score(_kept(matrix, number), group, floor)[place]
            out[row, mine] = after - before
    return out[0], out[1]


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
