"""What every measure of areas starts from: verdicts, people, and who belongs where."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.errors import LayerError
from geo.scores.comparison import people_of
from geo.scores.groups import Groups, group_members
from geo.scores.matrix import (
    OVERALL,
    JudgementMatrix,
    judgement_matrix,
    weighted_mean,
)

Reals = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Grouped:
    """Judgements of the settlements beside their people and their areas.

    Attributes
    ----------
    settlements
        Sorted by id, like the rows of ``matrix`` and the columns of the groups.
    matrix
        Verdicts and gaps.
    groups
        Members of every area and subgroup.
    people
        People that sums may use, 0 where there are none.
    """

    settlements: pd.DataFrame
    matrix: JudgementMatrix
    groups: Groups
    people: Reals


def grouped(
    settlements: pd.DataFrame,
    judgements: pd.DataFrame,
    areas: pd.DataFrame,
    bands: Sequence[int] = (),
) -> Grouped:
    """Lay judgements, people and areas side by side.

    Parameters
    ----------
    settlements, judgements, areas
        Release tables; ``settlements`` indexed by id.
    bands
        Lower ends of the size bands.

    Raises
    ------
    LayerError
        If judgements and settlements are not of the same places.
    """
    matrix = judgement_matrix(judgements)
    ordered = settlements.sort_index()
    if not ordered.index.astype("str").equals(matrix.ids):
        raise LayerError(
            f"{len(ordered)} settlements but judgements of {len(matrix.ids)} places",
            where="area scores",
            remedy="Judge and sum the same settlements; report this as a bug.",
        )
    groups = group_members(ordered, areas, bands=bands)
    return Grouped(ordered, matrix, groups, people_of(ordered))


def breach_counts(matrix: JudgementMatrix) -> tuple[Reals, Reals, Reals]:
    """Return the weighted count of breaches: over known verdicts, least, largest."""
    weights = matrix.weights(OVERALL)
    applies = matrix.applicable & (weights > 0)
    breached = matrix.breached.astype(np.float64)
    possible = (matrix.breached | matrix.unknown).astype(np.float64)
    return (
        weighted_mean(breached, weights, matrix.known & applies),
        weighted_mean(breached, weights, applies),
        weighted_mean(possible, weights, applies),
    )


def next_counts(matrix: JudgementMatrix) -> Reals:
    """Return the count with the least weighty unknown breached beside the known ones.

    Nobody whom the known breaches leave below a cutoff can be deprived with less; NaN
    where nothing is unknown.
    """
    weights = matrix.weights(OVERALL)
    lightest = np.where(matrix.unknown, weights, np.inf).min(axis=1, initial=np.inf)
    _, low, _ = breach_counts(matrix)
    return np.where(np.isfinite(lightest), low + lightest, np.nan)


def enough(coverage: Reals, floor: float) -> Bools:
    """Return where coverage reaches the floor; a rounding error below it does too."""
    return np.where(np.isnan(coverage), -1.0, coverage) >= floor - 1e-9
