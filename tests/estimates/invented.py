"""An invented country of cells in which the truth is known.

The share of places with a network rises with the people; phones go where people are.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from geo.estimates.declared import Band, Gate, Rule
from geo.estimates.gate import Known
from geo.estimates.logistic import fit, spline_design

GATE = Gate(
    block_km=50, folds=5, seeds=(1, 2, 3, 4, 5), skill=0.05, seeds_needed=4, domain=0.01
)
RULE = Rule((Band(id="probably", at_least=0.8, low_at_least=0.6),))


@dataclass(frozen=True)
class Invented:
    """Places, days on which somebody was there, and on how many it was found."""

    people: NDArray[np.float64]
    flat: NDArray[np.float64]
    there: NDArray[np.bool_]
    visits: NDArray[np.int64]
    hits: NDArray[np.int64]

    @property
    def looked(self) -> NDArray[np.bool_]:
        """At least two days, whatever was found on them."""
        return self.visits >= 2

    @property
    def found(self) -> NDArray[np.float64]:
        """What is on record."""
        return (self.hits > 0).astype(float)

    def known(self) -> Known:
        """What the gate may look at."""
        size = np.digitize(self.people, [0, 100]) - 1
        return Known(self.found, self.looked, size, self.flat)


def invented(count: int = 4000, seed: int = 1) -> Invented:
    """Return a country whose truth depends on the people."""
    rng = np.random.default_rng(seed)
    people = np.exp(rng.normal(4, 1.5, count))
    flat = rng.uniform(0, 500, (count, 2))
    there = rng.random(count) < expit(1.5 * (np.log(people) - 4))
    visits = rng.poisson(np.where(people > 50, 3.0, 0.7))
    hits = rng.binomial(visits, np.where(there, 0.9, 0.0))
    return Invented(people, flat, there, visits, hits)


def logistic(country: Invented, found=None):
    """Return the candidate of the project: splines of the log of the people."""
    found = country.found if found is None else found
    design = spline_design(
        np.log(country.people)[:, None], np.ones(len(found), bool), 3
    )

    def learnt(rows, asked, block):
        _, near = np.unique(block[rows], return_inverse=True)
        made = fit(design[rows], found[rows], 1.0, near)
        return made.predict(design[asked]), *made.interval(design[asked], 1.645)

    return learnt


def certain(p):
    """Return probabilities as an estimate without any width."""
    return p, p, p
