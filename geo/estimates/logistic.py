"""Penalised logistic regression on linear splines, with intervals that respect blocks.

Coefficients maximise the log likelihood minus ``penalty / 2`` times the sum of their
squares (all but the constant), by Newton's method. Their covariance is
``inv(H) (G + S) inv(H)``: H the penalised information, S the penalty, G the sum over
the blocks of the outer products of their scores (Liang and Zeger 1986). Where
neighbours tell nothing of each other G is the information, and this is the Bayesian
covariance of a penalised spline (Wood 2017, 6.10).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from geo.layers.geodesy import Floats, Indices

Bools = NDArray[np.bool_]
_STEPS = 50
_SMALL = 1e-6
#: log odds beyond which a probability is as good as certain; keeps weights above 0
_FLAT = 20.0


@dataclass(frozen=True)
class Fit:
    """Coefficients and their covariance."""

    coefficients: Floats
    covariance: Floats

    def predict(self, design: Floats) -> Floats:
        """Return probabilities."""
        return np.asarray(expit(design @ self.coefficients))

    def interval(self, design: Floats, z: float) -> tuple[Floats, Floats]:
        """Return the ends, ``z`` standard errors of the log odds away."""
        middle = design @ self.coefficients
        spread = np.einsum(
            "ij,jk,ik->i", design, self.covariance, design, optimize=True
        )
        wide = z * np.sqrt(spread)
        return np.asarray(expit(middle - wide)), np.asarray(expit(middle + wide))

    def draws(self, design: Floats, count: int, rng: np.random.Generator) -> Floats:
        """Return probabilities by coefficients drawn from their normal distribution.

        A parametric bootstrap; shape (count, places).
        """
        values, axes = np.linalg.eigh(self.covariance)
        root = axes * np.sqrt(np.maximum(values, 0.0))
        shocks = rng.standard_normal((count, len(values))) @ root.T
        return np.asarray(expit((self.coefficients + shocks) @ design.T))


def spline_design(covariates: Floats, known: Bools, knots: int) -> Floats:
    """Return the columns that are fitted: a constant, and of each covariate its value
    and its rise above each knot, all scaled over the ``known`` rows.

    Parameters
    ----------
    covariates
        Shape (places, covariates), finite.
    known
        The places whose quantiles are the knots; the outcome is not looked at.
    knots
        How many per covariate.
    """  # noqa: D205 - one sentence of two lines
    columns = [_hinges(column, known, knots) for column in covariates.T]
    raw = np.column_stack(columns)
    middle, spread = raw[known].mean(axis=0), raw[known].std(axis=0)
    scaled = (raw - middle) / np.where(spread > 0, spread, 1.0)
    return np.column_stack((np.ones(len(raw)), scaled))


def _hinges(column: Floats, known: Bools, knots: int) -> Floats:
    at = np.quantile(column[known], np.linspace(0, 1, knots + 2)[1:-1])
    rises = np.maximum(column[:, None] - np.unique(at), 0.0)
    return np.column_stack((column, rises))


def fit(
    design: Floats,
    outcome: Floats,
    penalty: float,
    block: Indices,
    start: Fit | None = None,
) -> Fit:
    """Fit the outcome (0 or 1, shape (n,)) to the design, shape (n, p).

    The best coefficients are unique: ``start``, a fit of other rows, only saves steps.
    """
    weight = np.full(design.shape[1], penalty)
    weight[0] = 0.0
    found = np.zeros(design.shape[1]) if start is None else start.coefficients
    for _ in range(_STEPS):
        error, information = _at(design, outcome, found, weight)
        step = np.linalg.solve(information, design.T @ error - weight * found)
        found = found + step
        if np.abs(step).max() < _SMALL:
            break
    error, information = _at(design, outcome, found, weight)
    back = np.linalg.inv(information)
    scores = np.zeros((int(block.max()) + 1, design.shape[1]))
    np.add.at(scores, block, error[:, None] * design)
    middle = scores.T @ scores + np.diag(weight)
    return Fit(found, back @ middle @ back)


def _at(
    design: Floats, outcome: Floats, found: Floats, weight: Floats
) -> tuple[Floats, Floats]:
    """Return what is left of the outcome, and the penalised information."""
    chance = expit(np.clip(design @ found, -_FLAT, _FLAT))
    spread = (chance * (1 - chance))[:, None]
    # the constant has no penalty, and no end where the outcome never varies
    information = (design * spread).T @ design + np.diag(weight + _SMALL)
    return outcome - chance, information
