"""The rural model: how many live in the places that the census list does not name.

Known are, per raion: the people of each place of 100 and more in the census year, the
number of smaller places, and the official rural people of a newer year. Two steps:

1. In the census year the sizes of rural places are taken as log-normal, per oblast.
   Two shares fix the curve: that of the places below the floor, and that of the places
   below the median of the listed ones. With z0, z1 the normal quantiles of the shares
   and m the median, sigma = ln(m / floor) / (z1 - z0), mu = ln(floor) - z0 sigma, and
   the mean below the floor is exp(mu + sigma^2 / 2) Phi(z0 - sigma) / Phi(z0).
2. Villages shrank, small ones faster: over the raions, rural people are explained as
   decline x (listed people) + decline_small x (people below the floor), both from 0
   up, by robust least squares on relative errors (a few raions around large cities
   grow while the rest decline).

Each raion's estimates are then scaled to its own official rural total.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import least_squares
from scipy.special import ndtr, ndtri

Floats = NDArray[np.float64]
#: fewer listed places than this say nothing of the shape of the sizes
_ENOUGH = 5
_SEED, _RESAMPLES = 20260101, 100


@dataclass
class Fit:
    """What the model learnt, for the manifest.

    Attributes
    ----------
    decline, decline_small
        Newer year / census year: places at or above the floor, and below.
    small
        People per place below the floor in the newer year, mean over the country
        before the scaling to raion totals.
    raions
        Raions that the declines were fitted to.
    resampled
        Both declines, fitted again to raions drawn with replacement: how well they are
        known.
    apart
        Standard deviation over raions of the logarithm of official over expected.
    """

    decline: float
    decline_small: float
    small: float
    raions: int
    resampled: Floats
    apart: float


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

    @property
    def mean(self) -> float:
        """Mean size of the places below the floor."""
        mu, sigma, z0 = self.mu, self.sigma, self.z0
        return float(np.exp(mu + sigma**2 / 2) * ndtr(z0 - sigma) / ndtr(z0))

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
    >>> round(fit_sizes(sizes, 100, 100).mean, 1)
    51.6
    """
    listed, middle = len(sizes), float(sizes.median())
    if listed < _ENOUGH or below <= 0 or not middle > floor:
        return None
    z0, z1 = ndtri(np.array([below, below + listed / 2]) / (below + listed))
    sigma = float(np.log(middle / floor) / (z1 - z0))
    return Sizes(float(np.log(floor) - z0 * sigma), sigma, float(z0))


def _relative_error(declines: Floats, share: Floats) -> Floats:
    return np.asarray(share @ declines - 1.0)


def _declines(share: Floats) -> Floats:
    """Return decline and decline_small; share is raions by (listed, small) / rural."""
    solution = least_squares(
        _relative_error,
        args=(share,),
        x0=(0.9, 0.6),
        bounds=(0.0, np.inf),
        loss="soft_l1",
        f_scale=0.1,
    ).x
    return np.asarray(solution, np.float64)


def fit_rural(table: pd.DataFrame) -> tuple[Fit, pd.DataFrame] | None:
    """Fit the two declines and scale every raion to its official total.

    Parameters
    ----------
    table
        One row per raion: ``rural`` (official, newer year), ``listed`` (census people
        of listed rural places), ``places`` (number below the floor), ``mean_small``
        (their mean in the census year); a raion whose ``believed`` is not true teaches
        nothing and is not scaled.

    Returns
    -------
    tuple or None
        The fit, and per raion ``listed`` (factor on a census value) and ``small``
        (people of a place below the floor), both NaN where the raion has no official
        rural people. None where fewer than two raions can be fitted.
    """
    people = table["mean_small"].fillna(0.0) * table["places"]
    believed = table["believed"]
    usable = (table["rural"] > 0) & (table["listed"] > 0) & believed
    if usable.sum() < 2:  # noqa: PLR2004 - two unknowns
        return None
    known = np.column_stack([table["listed"], people])[usable.to_numpy(bool)]
    share = known / table.loc[usable, "rural"].to_numpy(float)[:, None]
    # beyond the sixth digit the optimiser's path shows
    decline, small = (round(float(number), 6) for number in _declines(share))
    expected = decline * table["listed"] + small * people
    scale = (table["rural"] / expected).where((table["rural"] > 0) & (expected > 0))
    scale = scale.where(believed, 1.0)
    factors = pd.DataFrame(
        {"listed": decline * scale, "small": small * table["mean_small"] * scale}
    )
    total = float(table.loc[usable, "places"].sum())
    mean = float(people[usable].sum()) / total if total else 0.0
    fit = Fit(
        decline=decline,
        decline_small=small,
        small=round(small * mean, 6),
        raions=int(usable.sum()),
        resampled=_resampled(share),
        apart=float(np.log(scale[usable]).std(ddof=0)),
    )
    return fit, factors


def _resampled(share: Floats) -> Floats:
    """Return the declines of raions drawn with replacement (the bootstrap)."""
    rng = np.random.default_rng(_SEED)
    drawn = rng.integers(len(share), size=(_RESAMPLES, len(share)))
    return np.array([_declines(share[rows]) for rows in drawn])
