"""How much a facility counts the farther away it is: minutes -> weight in 0..1."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from geo.errors import RoadError
from geo.layers.geodesy import Floats

Decay = Callable[[Floats], Floats]


@dataclass(frozen=True)
class Step:
    """Zones of one weight each, as in E2SFCA (Luo & Qi 2009).

    Attributes
    ----------
    limits
        Last minute of each zone, inclusive, rising; beyond the last the weight is 0.
    weights
        Weight of each zone, 0..1.

    >>> Step((10, 20, 30), (1.0, 0.68, 0.22))(np.array([0, 10, 10.5, 30, 31])).tolist()
    [1.0, 1.0, 0.68, 0.22, 0.0]
    """

    limits: tuple[float, ...]
    weights: tuple[float, ...]

    def __post_init__(self) -> None:
        """Refuse zones that do not rise, and weights beyond 0..1."""
        fits = len(self.limits) == len(self.weights) > 0
        rising = all(a < b for a, b in pairwise((-1.0, *self.limits)))
        good = all(0 <= weight <= 1 for weight in self.weights)
        if not (fits and rising and good and self.limits[0] >= 0):
            raise _bad(self, "Give rising minutes and as many weights of 0..1")

    def __call__(self, minutes: Floats) -> Floats:
        """Return the weight of each time, same shape; NaN and inf weigh 0."""
        zone = np.searchsorted(np.asarray(self.limits), minutes, side="left")
        return np.append(np.asarray(self.weights, np.float64), 0.0)[zone]


@dataclass(frozen=True)
class Gaussian:
    """exp(-(t / bandwidth)^2 / 2), 0 beyond ``cutoff`` minutes.

    >>> Gaussian(10, 30)(np.array([0, 10, 31])).round(4).tolist()
    [1.0, 0.6065, 0.0]
    """

    bandwidth: float
    cutoff: float = np.inf

    def __post_init__(self) -> None:
        """Refuse parameters that are not above 0."""
        _check(self, self.bandwidth, cutoff=self.cutoff)

    def __call__(self, minutes: Floats) -> Floats:
        """Return the weight of each time, same shape; NaN and inf weigh 0."""
        return _within(
            minutes, np.exp(-0.5 * (minutes / self.bandwidth) ** 2), self.cutoff
        )


@dataclass(frozen=True)
class Exponential:
    """exp(-rate t), 0 beyond ``cutoff`` minutes.

    >>> Exponential(0.1)(np.array([0, 10])).round(4).tolist()
    [1.0, 0.3679]
    """

    rate: float
    cutoff: float = np.inf

    def __post_init__(self) -> None:
        """Refuse parameters that are not above 0."""
        _check(self, self.rate, cutoff=self.cutoff)

    def __call__(self, minutes: Floats) -> Floats:
        """Return the weight of each time, same shape; NaN and inf weigh 0."""
        return _within(minutes, np.exp(-self.rate * minutes), self.cutoff)


@dataclass(frozen=True)
class Power:
    """(t / start)^-exponent, 1 up to ``start`` minutes, 0 beyond ``cutoff``.

    >>> Power(2, start=5)(np.array([0, 5, 10])).tolist()
    [1.0, 1.0, 0.25]
    """

    exponent: float
    start: float = 1.0
    cutoff: float = np.inf

    def __post_init__(self) -> None:
        """Refuse parameters that are not above 0."""
        _check(self, self.exponent, self.start, cutoff=self.cutoff)

    def __call__(self, minutes: Floats) -> Floats:
        """Return the weight of each time, same shape; NaN and inf weigh 0."""
        far = np.maximum(minutes / self.start, 1.0)
        return _within(minutes, far**-self.exponent, self.cutoff)


@dataclass(frozen=True)
class Linear:
    """1 - t / cutoff, never below 0.

    >>> Linear(20)(np.array([0, 5, 25])).tolist()
    [1.0, 0.75, 0.0]
    """

    cutoff: float

    def __post_init__(self) -> None:
        """Refuse parameters that are not above 0."""
        _check(self, self.cutoff)

    def __call__(self, minutes: Floats) -> Floats:
        """Return the weight of each time, same shape; NaN and inf weigh 0."""
        return _within(minutes, 1.0 - minutes / self.cutoff, self.cutoff)


def _within(minutes: Floats, weight: Floats, cutoff: float) -> Floats:
    near = np.isfinite(minutes) & (minutes <= cutoff)
    return np.where(near, weight, 0.0)


def _check(decay: object, *parameters: float, cutoff: float = np.inf) -> None:
    if not (all(0 < value < np.inf for value in parameters) and cutoff > 0):
        raise _bad(decay, "Give numbers above 0")


def _bad(decay: object, remedy: str) -> RoadError:
    return RoadError(f"{decay} is no decay", where="decay of access", remedy=remedy)
