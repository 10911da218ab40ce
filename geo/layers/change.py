"""How differently places change: the spread of growth, from what was counted twice.

Towns are counted by the census and by the newer official table, so the change of each
is known. Its logarithm scatters around a trend by Student's t; the scale falls with the
size of the place: s(n) = scale (n / 1000) ^ -exponent. Small places differ more than
large ones, and a few grow or shrink far more than the rest. The increments of separate
years are taken as independent, so that the scale grows with the root of the years.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, stats

Reals = NDArray[np.float64]
#: fewer places than this say nothing of tails
ENOUGH = 30
_THOUSAND = 1000.0
_FREEDOM = (2.0, 50.0)
#: nothing is drawn that is rarer than what that many places could have shown
_LEAST_SEEN = 200


@dataclass(frozen=True)
class Spread:
    """The scatter of the logarithm of a place's change.

    Attributes
    ----------
    scale
        Of a place of 1,000 people over ``years``.
    exponent
        How fast it falls with the size.
    freedom
        Degrees of freedom of Student's t; infinite: normal.
    years
        Between the two counts.
    places
        That were counted twice; 0 where the spread is a convention.
    """

    scale: float
    exponent: float
    freedom: float
    years: float
    places: int

    @classmethod
    def assumed(cls, drift: float, years: float) -> "Spread":
        """Return a convention: 98 places in 100 lie within the drift after ``years``.

        Parameters
        ----------
        drift
            Factor by which a population may have changed in these years.
        years
            Years that the factor stands for.
        """
        scale = float(np.log(drift) / stats.norm.ppf(0.99))
        return cls(scale, 0.0, np.inf, max(years, 1.0), 0)

    def of(self, people: Reals, years: float | Reals, least: float) -> Reals:
        """Return the scale of places of this size after some years.

        Places of fewer than ``least`` people scatter as those of ``least`` do: nothing
        smaller was counted twice.
        """
        size = np.maximum(people, least) / _THOUSAND
        grown = np.sqrt(np.maximum(years, 0.0) / self.years)
        return np.asarray(self.scale * size**-self.exponent * grown, np.float64)

    @cached_property
    def deviates(self) -> Reals:
        """Equally likely deviates: quantiles of as many places as were seen."""
        many = max(self.places, _LEAST_SEEN)
        shares = (np.arange(many) + 0.5) / many
        return np.asarray(stats.t.ppf(shares, self.freedom), np.float64)


def fit_spread(before: Reals, after: Reals, years: float) -> Spread | None:
    """Fit the spread to places that were counted twice, by maximum likelihood.

    Parameters
    ----------
    before, after
        People of the same places at both counts, above 0.
    years
        Between the counts.

    Returns
    -------
    Spread or None
        None for fewer than :data:`ENOUGH` places.
    """
    if len(before) < ENOUGH or years <= 0:
        return None
    size, change = np.log(before / _THOUSAND), np.log(after / before)

    def unlikely(guess: Reals) -> float:
        middle, slope, log_scale, exponent, log_freedom = guess
        freedom = float(np.clip(np.exp(log_freedom), *_FREEDOM))
        scale = np.exp(log_scale - max(exponent, 0.0) * size)
        found = stats.t.logpdf(change, freedom, middle + slope * size, scale)
        return -float(found.sum())

    start = np.array([np.median(change), 0.0, np.log(change.std() + 1e-3), 0.2, 1.5])
    found = optimize.fmin(
        unlikely, start, xtol=1e-7, ftol=1e-9, maxiter=4000, maxfun=8000, disp=False
    )
    # beyond the fourth digit the optimiser's path shows
    scale, exponent = round(float(np.exp(found[2])), 4), round(max(found[3], 0.0), 4)
    freedom = round(float(np.clip(np.exp(found[4]), *_FREEDOM)), 2)
    return Spread(scale, float(exponent), freedom, years, len(before))
