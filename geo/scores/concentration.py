"""Rank-based and entropy measures of inequality between people, weighted by people.

With weights w (people), W their sum, mean mu = sum(w h)/W and r the weighted fractional
rank (the share of people ranked before, and half of one's own tie):

* concentration index CI = (2/mu) cov_w(h, r), cov_w(h, r) = sum w (h - mu)(r - 1/2)/W;
* Erreygers' index of a variable bounded by 0 and 1: E = 4 mu CI;
* Theil's T = sum (w/W)(h/mu) ln(h/mu), the limit 0 at h = 0, and its exact split
  T = sum_g s_g ln(mu_g/mu) + sum_g s_g T_g with s_g = W_g mu_g / (W mu).

Sources: Kakwani, Wagstaff and van Doorslaer (1997); Erreygers (2009); Theil (1967).
"""

import numpy as np
from numpy.typing import NDArray

Reals = NDArray[np.float64]


def fractional_rank(order: NDArray[np.int64], weights: Reals) -> Reals:
    """Return the weighted fractional rank of each place, 0 ... 1, mean 1/2.

    Parameters
    ----------
    order
        Position of each place in the ranking; equal numbers tie and share a rank.
    weights
        People; at least one above 0.

    Examples
    --------
    >>> fractional_rank(np.array([0, 1, 1]), np.array([2.0, 1.0, 1.0])).tolist()
    [0.25, 0.75, 0.75]
    """
    _, place = np.unique(order, return_inverse=True)
    mass = np.bincount(place, weights)
    before = np.cumsum(mass) - mass
    rank: Reals = ((before + mass / 2) / mass.sum())[place]
    return rank


def covariance(values: Reals, ranks: Reals, weights: Reals) -> float:
    """Return the weighted covariance of values and fractional ranks."""
    total = float(weights.sum())
    mean = float((weights * values).sum()) / total
    return float((weights * (values - mean) * (ranks - 0.5)).sum()) / total


def concentration(values: Reals, ranks: Reals, weights: Reals) -> float:
    """Return the concentration index, NaN where the mean is 0.

    Above 0: more of it at the end of the ranking.

    Examples
    --------
    >>> ranks = fractional_rank(np.array([0, 1]), np.ones(2))
    >>> concentration(np.array([0.0, 1.0]), ranks, np.ones(2))
    0.5
    """
    mean = float((weights * values).sum() / weights.sum())
    if mean <= 0:
        return float("nan")
    return 2.0 / mean * covariance(values, ranks, weights)


def erreygers(values: Reals, ranks: Reals, weights: Reals) -> float:
    """Return Erreygers' index of values between 0 and 1: 4 mu CI = 8 cov_w.

    Between -1 and 1, and 0 where all values are 0.
    """
    return 8.0 * covariance(values, ranks, weights)


def theil(
    values: Reals, member: NDArray[np.int64], weights: Reals
) -> tuple[float, float, float]:
    """Return Theil's T, and its parts between and within groups.

    Parameters
    ----------
    values
        0 or more, on a ratio scale.
    member
        Group of each place, 0, 1, ...
    weights
        People, above 0.

    Returns
    -------
    tuple
        NaN three times where the mean is 0.
    """
    mass = np.bincount(member, weights)
    amount = np.bincount(member, weights * values)
    if amount.sum() <= 0:
        return float("nan"), float("nan"), float("nan")
    mean = amount.sum() / mass.sum()
    share = amount / amount.sum()
    level = np.divide(amount, mass, out=np.zeros_like(amount), where=mass > 0)
    between = float((share * _log(level / mean)).sum())
    relative = values / np.where(level[member] > 0, level[member], 1.0)
    inner = np.bincount(member, weights * relative * _log(relative))
    own = np.divide(inner, mass, out=np.zeros_like(inner), where=mass > 0)
    within = float((share * own).sum())
    return between + within, between, within


def _log(numbers: Reals) -> Reals:
    """Return logarithms with 0 at 0: they stand beside a factor 0."""
    return np.log(np.where(numbers > 0, numbers, 1.0))
