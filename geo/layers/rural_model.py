"""The rural model: how many live in the places that the census list does not name.

Known are, per raion: the people of each place of 100 and more in the census year, the
number of smaller places, and the official rural people of a newer year. Two steps:

1. In the census year the sizes of rural places are taken as log-normal, per oblast.
   Two shares fix the curve: that of the places below the floor, and that of the places
   below the median of the listed ones. With z0, z1 the normal quantiles of the shares
   and m the median, sigma = ln(m / floor) / (z1 - z0), mu = ln(floor) - z0 sigma, and
   the mean below the floor is exp(mu + sigma^2 / 2) Phi(z0 - sigma) / Phi(z0).
2. Villages shrank, small ones faster: over the raions, rural people are explained as
   the sum over all places of decline x n (n / 300)^exponent, by robust least squares on
   relative errors (a few raions around large cities grow while the rest decline).

Each raion's estimates are then scaled to its own official rural total.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import least_squares
from scipy.special import ndtr, ndtri

Floats = NDArray[np.float64]
#: exponent -> by raion, the sum of n (n / 300)^exponent over places of n people
Weighed = Callable[[float], pd.Series]
#: fewer listed places than this say nothing of the shape of the sizes
_ENOUGH = 5
#: people of the place whose decline is named
TYPICAL = 300.0
#: least and largest exponent that is looked for, and one between
_EXPONENTS = (0.0, 0.25, 0.5)
_SEED, _RESAMPLES = 20260101, 100


@dataclass
class Fit:
    """What the model learnt.

    Attributes
    ----------
    decline
        Newer year / census year of a place of 300 people.
    exponent
        How much less larger places decline: by (people / 300) ** exponent.
    raions
        Raions that both were fitted to.
    resampled
        Decline and exponent, fitted again to raions drawn with replacement: how well
        they are known.
    apart
        Standard deviation over raions of the logarithm of official over expected.
    """

    decline: float
    exponent: float
    raions: int
    resampled: Floats
    apart: float

    def by_size(self, people: Floats) -> Floats:
        """Return the factor by which places of this size decline less."""
        return np.asarray((people / TYPICAL) ** self.exponent)


@dataclass(frozen=True)
class Sizes:
    """Log-normal sizes of rural places in the census year, cut off at the floor.

    Attributes
    ----------
    mu, sigma
        Mean and standard deviation of the logarithm.
    z0
        Normal quantile of the share below the floor.
    """

    mu: float
    sigma: float
    z0: float

    def mean(self, exponent: float = 0.0) -> float:
        """Return the mean of n (n / 300)^exponent over the places below the floor.

        With p = 1 + exponent: exp(p mu + (p sigma)^2 / 2) Phi(z0 - p sigma) / Phi(z0),
        over 300^exponent.
        """
        power = 1 + exponent
        spread = power * self.sigma
        part = ndtr(self.z0 - spread) / ndtr(self.z0) / TYPICAL**exponent
        return float(np.exp(power * self.mu + spread**2 / 2) * part)

    def below(self, shares: Floats) -> Floats:
        """Return quantiles of the sizes below the floor."""
        return np.exp(self.mu + self.sigma * ndtri(shares * ndtr(self.z0)))


def fit_sizes(sizes: pd.Series, below: float, floor: float) -> Sizes | None:
    """Fit the log-normal to the listed sizes and the number of places below the floor.

    Parameters
    ----------
    sizes
        People of the listed places, all at or above the floor.
    below
        Number of places below the floor.
    floor
        People from which a place is listed.

    Returns
    -------
    Sizes or None
        None where there are too few listed places, or none below.

    Examples
    --------
    Half of 200 places below 100, a quarter between 100 and 200: z0 = 0, z1 = 0.6745,
    sigma = ln 2 / 0.6745 = 1.0277, mean = 100 exp(0.5281) Phi(-1.0277) / 0.5 = 51.6.

    >>> sizes = pd.Series([150.0] * 49 + [200.0] * 2 + [400.0] * 49)
    >>> round(fit_sizes(sizes, 100, 100).mean(), 1)
    51.6
    """
    listed, middle = len(sizes), float(sizes.median())
    if listed < _ENOUGH or below <= 0 or not middle > floor:
        return None
    z0, z1 = ndtri(np.array([below, below + listed / 2]) / (below + listed))
    sigma = float(np.log(middle / floor) / (z1 - z0))
    return Sizes(float(np.log(floor) - z0 * sigma), sigma, float(z0))


def fit_rural(
    rural: pd.Series, weighed: Weighed, believed: pd.Series
) -> tuple[Fit, pd.Series] | None:
    """Fit decline and exponent, and scale every raion to its official total.

    Parameters
    ----------
    rural
        Official rural people of the newer year, by raion.
    weighed
        Of the census year.
    believed
        Raions whose total may be true; others teach nothing and are not scaled.

    Returns
    -------
    tuple or None
        The fit, and per raion the factor on a place of 300 people (see
        :meth:`Fit.by_size`), NaN where the raion has no official rural people. None
        where fewer than two raions can be fitted.
    """
    usable = (rural > 0) & (weighed(0.0) > 0) & believed
    if usable.sum() < 2:  # noqa: PLR2004 - two unknowns
        return None
    # the logarithm of the weighed people is smooth in the exponent: a parabola
    shares = [(weighed(one) / rural)[usable].to_numpy(float) for one in _EXPONENTS]
    logs = np.linalg.solve(np.vander(_EXPONENTS, increasing=True), np.log(shares))
    # beyond the sixth digit the optimiser's path shows
    decline, exponent = np.round(_declines(logs), 6).tolist()
    expected = decline * weighed(exponent)
    scale = (rural / expected).where((rural > 0) & (expected > 0)).where(believed, 1.0)
    rng = np.random.default_rng(_SEED)
    raions = int(usable.sum())
    drawn = rng.integers(raions, size=(_RESAMPLES, raions))
    fit = Fit(
        decline=decline,
        exponent=exponent,
        raions=raions,
        resampled=np.array([_declines(logs[:, rows]) for rows in drawn]),
        apart=float(np.log(scale[usable]).std(ddof=0)),
    )
    return fit, decline * scale


def _declines(logs: Floats) -> Floats:
    """Return decline and exponent.

    ``logs`` holds, of the logarithm of weighed over official people, the coefficients
    of 1, exponent and its square; one column per raion.
    """

    def off(guess: Floats) -> Floats:
        decline, exponent = guess
        return np.asarray(decline * np.exp(np.power(exponent, [0, 1, 2]) @ logs) - 1.0)

    solution = least_squares(
        off,
        x0=(0.9, 0.1),
        bounds=((0.0, _EXPONENTS[0]), (np.inf, _EXPONENTS[-1])),
        loss="soft_l1",
        f_scale=0.1,
    ).x
    return np.asarray(solution, np.float64)
