"""The six factors of the Monte Carlo, and their seeded realisations.

Every draw is fixed by six numbers: one each for the cutoff k, the aggregation and the
speeds, and the number of a realisation for the factors that are whole fields: the
weights, the completeness and the inputs. A realisation has a random stream of its own
(``SeedSequence`` with a spawn key), so neither the order nor the grouping of the draws
changes a digit. Realisations of positions come in antithetic pairs, u and 1 - u: what
is as likely kept as breached is kept in exactly half of them, and two places of which
equally little is known do not differ by chance.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from geo.scores.draws.loops import Factors
from geo.scores.draws.uncertain import UncertainGaps
from geo.sources.robustness_parameters import RobustnessParameters

Reals = NDArray[np.float64]
Ints = NDArray[np.int64]
_LEAST_WEIGHT = 1e-12
_SCALARS, _WEIGHTS, _COMPLETENESS, _INPUTS, _SPEEDS = range(5)


@dataclass(frozen=True)
class Realisations:
    """Realisations of the fields for one set of settlements.

    Attributes
    ----------
    parameters
        Ranges and seed.
    purpose
        Number of the use, so that two uses of one seed share no stream.
    raion
        Number of each settlement's raion; those without one share a number.
    indicators
        How many.
    domain
        Number of the domain of each standard.
    ranged
        Number of the last indicator of which any value is a range, -1 for none: of
        those after it no position of a value is asked, and none is drawn. By default
        the last.
    people
        People of the settlements in each draw; None: they lie anywhere in their range.
    """

    parameters: RobustnessParameters
    purpose: int
    raion: Ints
    indicators: int
    domain: Ints
    ranged: int | None = None
    people: NDArray[np.float32] | None = None

    def scalars(self, number: int) -> Reals:
        """Return the draw's positions of k, aggregation and speeds, each 0 ... 1."""
        speeds = self._stream(_SPEEDS, number // 2).random()
        own = self._stream(_SCALARS, number).random(2)
        return np.array([*own, 1 - speeds if number % 2 else speeds])

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

    def completeness(self, numbers: Sequence[int]) -> Reals:
        """Return positions of what is not known: draws, indicators, settlements.

        A Gaussian copula of nested common factors, one of the country and one of each
        raion: each position is uniform on 0 ... 1, so that every place covers its whole
        range, and on the normal scale any two places are correlated by
        ``completeness_correlation``, two of one raion by
        ``completeness_correlation_raion``.
        """
        out = np.empty((len(numbers), self.indicators, len(self.raion)))
        for pair, draws in _pairs(numbers):
            deviates = self._deviates(pair)
            for place, mirrored in draws:
                ndtr(-deviates if mirrored else deviates, out=out[place])
        return out

    def _deviates(self, pair: int) -> Reals:
        """Return the normal deviates of what is not known in draw 2m of a pair."""
        rng = self._stream(_COMPLETENESS, pair)
        country = rng.standard_normal()
        raions = int(self.raion.max(initial=-1)) + 1
        raion = rng.standard_normal((self.indicators, raions))[:, self.raion]
        own = rng.standard_normal(raion.shape)
        far = self.parameters.completeness_correlation
        near = self.parameters.completeness_correlation_raion
        mixed: Reals = (
            np.sqrt(far) * country
            + np.sqrt(near - far) * raion
            + np.sqrt(1 - near) * own
        )
        return mixed

    def inputs(self, numbers: Sequence[int]) -> tuple[Reals, Reals, Reals]:
        """Return positions of uncertain values, of people and of classes, by draw."""
        size = len(self.raion)
        ranged = self.indicators if self.ranged is None else self.ranged + 1
        shapes = ((size,), (size,), (ranged, size))
        people, classes, values = (np.empty((len(numbers), *one)) for one in shapes)
        for pair, draws in _pairs(numbers):
            rng = self._stream(_INPUTS, pair)
            drawn = [rng.random(shape) for shape in shapes]
            for place, mirrored in draws:
                for out, u in zip((people, classes, values), drawn, strict=True):
                    out[place] = 1 - u if mirrored else u
        return values, people, classes

    def counted(self, numbers: Sequence[int]) -> NDArray[np.float32]:
        """Return people by draws; NaN where they are a position in their range."""
        if self.people is None:
            return np.full((len(numbers), len(self.raion)), np.nan, np.float32)
        return self.people[np.asarray(numbers, np.intp)]

    def _stream(self, *key: int) -> np.random.Generator:
        seed = np.random.SeedSequence(
            self.parameters.seed, spawn_key=(self.purpose, *key)
        )
        return np.random.Generator(np.random.PCG64(seed))


def _pairs(numbers: Sequence[int]) -> Iterator[tuple[int, list[tuple[int, bool]]]]:
    """Return the number of each antithetic pair, and the draws of it that are asked.

    Draws 2m and 2m + 1 are pair m: they share one stream, and the second takes its
    mirror. Of a draw: its place among ``numbers``, and whether it is the mirror.

    Examples
    --------
    >>> list(_pairs([3, 4, 5]))
    [(1, [(0, True)]), (2, [(1, False), (2, True)])]
    """
    for pair, draws in groupby(enumerate(numbers), lambda draw: draw[1] // 2):
        yield pair, [(place, number % 2 == 1) for place, number in draws]


def fields_of(
    gaps: UncertainGaps, raion: Ints, parameters: RobustnessParameters, purpose: int
) -> Realisations:
    """Return the realisations of the fields of these settlements."""
    sizes = gaps.indicators, gaps.domain, gaps.ranged, gaps.people
    return Realisations(parameters, purpose, raion, *sizes)


def drawn_factors(realisations: Realisations, numbers: range) -> Factors:
    """Return the factors of these draws: draw r uses realisation r of each field."""
    own = [realisations.scalars(number) for number in numbers]
    return factors_at(
        realisations.parameters,
        np.array(own).reshape(-1, 3).T,
        [realisations.weights(number) for number in numbers],
        realisations.completeness(numbers),
        realisations.inputs(numbers),
        realisations.counted(numbers),
    )


def factors_at(
    parameters: RobustnessParameters,
    positions: Reals,
    weights: list[tuple[Reals, Reals]],
    completeness: Reals,
    inputs: tuple[Reals, Reals, Reals],
    counted: NDArray[np.float32],
) -> Factors:
    """Return factors from positions (k, aggregation, speeds by draws) and fields."""
    p = parameters
    cutoff, form, speeds = positions
    values, people, classes = inputs
    many = len(p.aggregations)
    # the largest position below 1 times the number of forms may round up to it
    chosen = np.minimum((form * many).astype(np.int64), many - 1)
    return Factors(
        domain_weights=np.stack([outer for outer, _ in weights]),
        standard_weights=np.stack([inside for _, inside in weights]),
        k=p.k_low + cutoff * (p.k_high - p.k_low),
        form=chosen,
        speeds=speeds,
        completeness=completeness,
        inputs=values,
        people=people,
        classes=classes,
        counted=counted,
    )


def central_factors(
    size: int, indicators: int, domain: Ints, **given: float
) -> Factors:
    """Return one draw with equal weights and every position in the middle.

    Parameters
    ----------
    size
        Number of settlements.
    indicators, domain
        As for :class:`Realisations`.
    given
        Other positions than 1/2, another ``k`` than 0.34 or another ``form`` than the
        first.
    """
    at = dict.fromkeys(("speeds", "completeness", "inputs", "people", "classes"), 0.5)
    at |= {"k": 0.34, "form": 0} | given
    domains = int(domain.max(initial=-1)) + 1
    return Factors(
        domain_weights=np.ones((1, domains)),
        standard_weights=np.ones((1, len(domain))),
        k=np.array([at["k"]]),
        form=np.array([int(at["form"])]),
        speeds=np.array([at["speeds"]]),
        completeness=np.full((1, indicators, size), at["completeness"]),
        inputs=np.full((1, indicators, size), at["inputs"]),
        people=np.full((1, size), at["people"]),
        classes=np.full((1, size), at["classes"]),
        counted=np.full((1, size), np.nan, np.float32),
    )
