"""Equal weights: of domains, of the indicators in them, of the standards of each."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Reals = NDArray[np.float64]
Bools = NDArray[np.bool_]


def equal_weights(
    applies: Bools, domains: Sequence[str], indicators: Sequence[str]
) -> Reals:
    """Return the weight of each standard for each settlement; rows sum to 1 or 0.

    w = 1 / (D m n) with D domains that have any applicable standard, m indicators in
    the domain that have any, and n standards of the indicator: three limits for one
    number count as one.

    Parameters
    ----------
    applies
        Settlements by standards.
    domains, indicators
        Of each standard.

    Examples
    --------
    Two limits of one number, a third number beside it, and a domain with one:

    >>> applies = np.ones((1, 4), bool)
    >>> equal_weights(applies, ["a", "a", "a", "b"], ["x", "x", "y", "z"]).tolist()
    [[0.125, 0.125, 0.25, 0.5]]
    """
    weights = np.zeros(applies.shape)
    used = np.zeros(len(applies))
    of_domain, of_indicator = np.array(domains), np.array(indicators)
    for domain in sorted(set(domains)):
        mine = applies & (of_domain == domain)
        share, asked = np.zeros(applies.shape), np.zeros(len(applies))
        for indicator in sorted(set(indicators)):
            alike = mine & (of_indicator == indicator)
            count = alike.sum(axis=1)
            share += alike / np.maximum(count, 1)[:, None]
            asked += count > 0
        weights += share / np.maximum(asked, 1)[:, None]
        used += asked > 0
    weights /= np.maximum(used, 1)[:, None]
    return weights
