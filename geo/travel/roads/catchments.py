"""Access measures on a travel matrix: opportunities in reach, 2SFCA, E2SFCA."""

import numpy as np
import pandas as pd

from geo.errors import RoadError
from geo.travel.roads.decay import Decay, Step


def cumulative(
    matrix: pd.DataFrame,
    supply: pd.Series,
    decay: float | Decay,
    *,
    known: pd.Series,
) -> pd.Series:
    """Return the supply within reach of each origin: sum_j S_j f(t_ij).

    Parameters
    ----------
    matrix
        ``from_id``, ``to_id``, ``minutes``, one row per pair within its cutoff.
    supply
        Amount by facility id; a pair whose facility is not listed is ignored.
    decay
        Minutes (inclusive) or a decay function.
    known
        Whether the row of an origin is complete, by origin id: then it gets 0 where
        nothing is in reach. An origin that is not (unsnapped, say) gets NaN.

    Returns
    -------
    Indexed as ``known``.

    Raises
    ------
    RoadError
        If an amount is negative or not known, or the matrix holds a pair twice or no
        time.
    """
    _check(supply, "supply")
    _check_matrix(matrix, known)
    amount = matrix["to_id"].map(supply).fillna(0.0) * _weights(matrix, decay)
    return _by_origin(matrix, amount, known)


def two_step(
    matrix: pd.DataFrame,
    demand: pd.Series,
    supply: pd.Series,
    cutoff: float,
    *,
    known: pd.Series,
) -> pd.Series:
    """Return the two-step floating catchment measure (Luo & Wang 2003).

    A_i = sum_{j: t_ij <= c} S_j / sum_{k: t_kj <= c} P_k. Parameters and result as in
    :func:`enhanced_two_step`; ``cutoff`` is in minutes, inclusive.
    """
    return enhanced_two_step(matrix, demand, supply, Step((cutoff,), (1,)), known=known)


def enhanced_two_step(
    matrix: pd.DataFrame,
    demand: pd.Series,
    supply: pd.Series,
    decay: Decay,
    *,
    known: pd.Series,
) -> pd.Series:
    """Return the enhanced two-step floating catchment measure (Luo & Qi 2009).

    A_i = sum_j f(t_ij) S_j / sum_k f(t_kj) P_k. A facility that no demand reaches
    has no ratio and gives nothing to anybody.

    Parameters
    ----------
    matrix
        ``from_id``, ``to_id``, ``minutes``, one row per pair within its cutoff.
    demand, supply
        Amounts (people, doctors) by origin id and by facility id.
    decay
        Minutes -> weight.
    known
        Whether the row of an origin is complete; see :func:`cumulative`.

    Returns
    -------
    Supply per unit of demand, indexed as ``known``.

    Raises
    ------
    RoadError
        If an amount is negative, not known or not given, or the matrix holds a pair
        twice or no time.
    """
    _check(demand, "demand")
    _check(supply, "supply")
    _check_matrix(matrix, known)
    silent = matrix.loc[~matrix["from_id"].isin(demand.index), "from_id"]
    if len(silent):
        raise RoadError(
            f"no demand is given ({silent.nunique()} such)",
            where=f"demand of {silent.iloc[0]!r}",
            remedy="Give it, 0 where nobody lives, or take its pairs out of the matrix",
        )
    weight = _weights(matrix, decay)
    people = matrix["from_id"].map(demand).fillna(0.0) * weight
    load = people.groupby(matrix["to_id"]).sum()
    ratio = supply.reindex(load.index).fillna(0.0) / load.where(load > 0)
    share = weight * matrix["to_id"].map(ratio).fillna(0.0)
    return _by_origin(matrix, share, known)


def _weights(matrix: pd.DataFrame, decay: float | Decay) -> pd.Series:
    weigh = decay if callable(decay) else Step((decay,), (1,))
    minutes = matrix["minutes"].to_numpy(np.float64)
    return pd.Series(weigh(minutes), index=matrix.index)


def _by_origin(matrix: pd.DataFrame, amount: pd.Series, known: pd.Series) -> pd.Series:
    sums = amount.groupby(matrix["from_id"]).sum()
    return sums.reindex(known.index).fillna(0.0).where(known.astype(bool))


def _check(amounts: pd.Series, what: str) -> None:
    good = np.isfinite(amounts.to_numpy(np.float64)) & (amounts >= 0).to_numpy(bool)
    if not good.all():
        first = int(np.flatnonzero(~good)[0])
        raise RoadError(
            f"{what} is {amounts.iloc[first]} ({int((~good).sum())} such)",
            where=f"{what} of {amounts.index[first]!r}",
            remedy="An amount that is not known is not 0: estimate it, or take the"
            " place out of the matrix",
        )


def _check_matrix(matrix: pd.DataFrame, known: pd.Series) -> None:
    pair = ["from_id", "to_id"]
    for bad, what in (
        (matrix.duplicated(pair), "stands there twice"),
        (~(matrix["minutes"] >= 0), "has no time of 0 or more"),
    ):
        if bad.any():
            one, other = matrix.loc[bad, pair].iloc[0]
            raise RoadError(
                f"the pair {one!r}, {other!r} {what} ({int(bad.sum())} such)",
                where="travel matrix",
                remedy="Give each pair in reach once, with its minutes",
            )
    if known.isna().any():
        raise RoadError(
            f"it is not told whether {known.index[known.isna()][0]!r} is complete",
            where="known origins",
            remedy="Give True or False for each",
        )
