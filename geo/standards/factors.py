"""The six factors of the Monte Carlo, and their seeded realisations.

Every draw is fixed by six numbers: one each for the cutoff k, the aggregation and the
speeds, and the number of a realisation for the factors that are whole fields: the
weights, the completeness and the inputs. A realisation has a random stream of its own
(``SeedSequence`` with a spawn key), so neither the order nor the grouping of the draws
changes a digit. The sensitivity analysis chooses among realisations in the same way:
Lilburne and Tarantola (2009), "Sensitivity analysis of spatial models".
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from geo.sources.robustness_parameters import RobustnessParameters

Reals = NDArray[np.float64]
Ints = NDArray[np.int64]
FACTORS = ("weights", "k", "aggregation", "speeds", "completeness", "inputs")
_LEAST_WEIGHT = 1e-12
_SCALARS, _WEIGHTS, _COMPLETENESS, _INPUTS = range(4)


@dataclass(frozen=True)
class Factors:
    """The factors of a batch of D draws.

    Attributes
    ----------
    domain_weights, standard_weights
        D by domains, D by standards (within their domain): each positive.
    k
        Cutoff of the counting form.
    form
        Number of the aggregation in the parameter ``aggregations``.
    speeds
        Position of every modelled travel time, 0 (fast) ... 1 (slow).
    completeness
        Position of what is not known, 0 (good) ... 1 (bad): D by indicators by
        settlements.
    inputs
        Position of every other uncertain value: D by indicators by settlements.
    strict
        Position of the settlement's class, D by settlements: the strictest possible
        norm above 1/2, else the most lenient.
    """

    domain_weights: Reals
    standard_weights: Reals
    k: Reals
    form: Ints
    speeds: Reals
    completeness: Reals
    inputs: Reals
    strict: Reals


@dataclass(frozen=True)
class Realisations:
    """Realisations of the fields for one set of settlements.

    Attributes
    ----------
    parameters
        Ranges and seed.
    purpose
        Number of the use, so that two uses of one seed share no stream.
    settlements, indicators
        Size of a field.
    domain
        Number of the domain of each standard.
    """

    parameters: RobustnessParameters
    purpose: int
    settlements: int
    indicators: int
    domain: Ints

    def scalars(self, number: int) -> Reals:
        """Return the draw's positions of k, aggregation and speeds, each 0 ... 1."""
        return self._stream(_SCALARS, number).random(3)

    def weights(self, number: int) -> tuple[Reals, Reals]:
        """Return Dirichlet weights of the domains, and of the standards within each.

        Nominal weights are equal; the Dirichlet's parameters are the concentration
        times the nominal weights.
        """
        rng = self._stream(_WEIGHTS, number)
        total = self.parameters.dirichlet_concentration
        domains = int(self.domain.max(initial=-1)) + 1
        inside = np.empty(len(self.domain))
        outer = rng.dirichlet(np.full(domains, total / domains))
        for one in range(domains):
            mine = self.domain == one
            inside[mine] = rng.dirichlet(np.full(mine.sum(), total / mine.sum()))
        return np.maximum(outer, _LEAST_WEIGHT), np.maximum(inside, _LEAST_WEIGHT)

    def completeness(self, number: int) -> Reals:
        """Return positions of what is not known, indicators by settlements.

        A Gaussian copula of one common factor (Vasicek): each position is uniform on
        0 ... 1, so that every place covers its whole range, and any two have the
        correlation ``completeness_correlation`` on the normal scale.
        """
        rng = self._stream(_COMPLETENESS, number)
        shared = rng.standard_normal()
        own = rng.standard_normal((self.indicators, self.settlements))
        together = self.parameters.completeness_correlation
        mixed = np.sqrt(together) * shared + np.sqrt(1 - together) * own
        positions: Reals = ndtr(mixed)
        return positions

    def inputs(self, number: int) -> tuple[Reals, Reals]:
        """Return positions of uncertain values, and of each settlement's class."""
        rng = self._stream(_INPUTS, number)
        strict = rng.random(self.settlements)
        return rng.random((self.indicators, self.settlements)), strict

    def _stream(self, *key: int) -> np.random.Generator:
        seed = np.random.SeedSequence(
            self.parameters.seed, spawn_key=(self.purpose, *key)
        )
        return np.random.Generator(np.random.PCG64(seed))


def drawn_factors(realisations: Realisations, numbers: range) -> Factors:
    """Return the factors of these draws: draw r uses realisation r of each field."""
    own = [realisations.scalars(number) for number in numbers]
    return factors_at(
        realisations.parameters,
        np.array(own).reshape(-1, 3).T,
        [realisations.weights(number) for number in numbers],
        [realisations.completeness(number) for number in numbers],
        [realisations.inputs(number) for number in numbers],
    )


def factors_at(
    parameters: RobustnessParameters,
    positions: Reals,
    weights: list[tuple[Reals, Reals]],
    completeness: list[Reals],
    inputs: list[tuple[Reals, Reals]],
) -> Factors:
    """Return factors from positions (k, aggregation, speeds by draws) and fields."""
    p = parameters
    cutoff, form, speeds = positions
    many = len(p.aggregations)
    # the largest position below 1 times the number of forms may round up to it
    chosen = np.minimum((form * many).astype(np.int64), many - 1)
    return Factors(
        domain_weights=np.stack([outer for outer, _ in weights]),
        standard_weights=np.stack([inside for _, inside in weights]),
        k=p.k_low + cutoff * (p.k_high - p.k_low),
        form=chosen,
        speeds=speeds,
        completeness=np.stack(completeness),
        inputs=np.stack([values for values, _ in inputs]),
        strict=np.stack([strict for _, strict in inputs]),
    )


def fixed_factors(
    size: int, indicators: int, domain: Ints, **positions: Any
) -> Factors:
    """Return one draw with equal weights and everything in the middle.

    Parameters
    ----------
    size, indicators, domain
        As for :class:`Realisations`.
    positions
        ``k``, ``form``, ``speeds``, ``completeness``, ``inputs``, ``strict`` where
        they shall not be 1/2 (k: 0.34, form: 0).
    """
    at = {"speeds": 0.5, "completeness": 0.5, "inputs": 0.5, "strict": 0.5}
    at |= {"k": 0.34, "form": 0} | positions
    domains = int(domain.max(initial=-1)) + 1
    return Factors(
        domain_weights=np.ones((1, domains)),
        standard_weights=np.ones((1, len(domain))),
        k=np.array([at["k"]], float),
        form=np.array([at["form"]], np.int64),
        speeds=np.array([at["speeds"]], float),
        completeness=np.full((1, indicators, size), at["completeness"], float),
        inputs=np.full((1, indicators, size), at["inputs"], float),
        strict=np.full((1, size), at["strict"], float),
    )
