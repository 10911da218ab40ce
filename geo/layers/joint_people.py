"""The people of all places of a country at once: draws that can be true together.

A range per place says nothing of its neighbours: the upper ends of 20,000 hamlets sum
to seven times the rural people of the country. Here a draw is a whole country:

* a listed place has its census people, declined as the fit says for its size, and
  changed on its own by the spread (:mod:`geo.layers.change`);
* a place that the census does not list has a size below the floor, from the log-normal
  of its oblast, but the census rows of its raion that found no place are given to such
  places at random: which one is not known, so all are alike (a lost row may have no
  place at all, so this gives the places rather too many people);
* all of a raion are then scaled to its official rural people, so that every draw sums
  to the official total. How well the decline is known comes from its bootstrap, and how
  far that of the small places differs by raion from the residuals of the fit.

On the day of the release the people are those of the official year, gone on by a drawn
part, between none and all, of the raion's own decline until then, which no two counts
tell, and with the residual spread of the raions.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.layers.change import Spread
from geo.layers.rural_model import TYPICAL, Fit, Sizes

Reals = NDArray[np.float64]
Ints = NDArray[np.int64]
#: number of the stream that all raions share
_COMMON = 1 << 20
_QUANTILES = (np.arange(4096) + 0.5) / 4096


@dataclass(frozen=True)
class RaionPeople:
    """What is known of the rural places of one raion.

    Attributes
    ----------
    listed, counted
        Rows of the places with a census value, and the value.
    small
        Rows of the places without one.
    lost
        People of the census rows without a place; no more rows than small places.
    sizes
        Sizes below the floor in the census year; None where there are no small places.
    people
        Official rural people that these places share.
    yearly, yearly_lost, yearly_small
        Logarithm of the change per year from the census to the official count: of the
        listed places, of the lost rows, of small places.
    """

    listed: Ints
    counted: Reals
    small: Ints
    lost: Reals
    sizes: Sizes | None
    people: float
    yearly: Reals
    yearly_lost: Reals
    yearly_small: float


@dataclass(frozen=True)
class Lone:
    """Places that are counted by themselves: towns.

    Attributes
    ----------
    rows, people, years
        The places, their newest count, and the years since.
    yearly
        Logarithm of their change per year until that count; 0 where unknown.
    """

    rows: Ints
    people: Reals
    years: Reals
    yearly: Reals


@dataclass(frozen=True)
class JointPeople:
    """Draws of the people of all places that are modelled or counted.

    Attributes
    ----------
    ids
        The places; rows are positions here.
    raions, lone
        Rural places by raion, and the rest.
    fit, spread
        How places declined, and how they differ.
    until, since
        Years from the census to the official count, and from then to the day.
    floor
        People from which the census lists a place.
    """

    ids: pd.Index
    raions: Sequence[RaionPeople]
    lone: Lone
    fit: Fit
    spread: Spread
    until: float
    since: float
    floor: float

    def official(self, draws: int, seed: int) -> NDArray[np.float32]:
        """Return draws by places: people as of the official counts.

        Each draw sums to the official people of every raion; towns have their counts.
        """
        out = np.empty((draws, len(self.ids)), np.float32)
        out[:, self.lone.rows] = self.lone.people
        for rows, people, _ in self._rural(draws, seed):
            out[:, rows] = people
        return out

    def today(self, draws: int, seed: int) -> Iterator[tuple[Ints, Reals]]:
        """Yield rows of places and their people on the day, draws by places."""
        rng = _stream(seed, _COMMON, 1)
        part = rng.random((draws, 1))
        lone = self.lone
        scale = self.spread.of(lone.people, lone.years, self.floor)
        changed = self._deviates(rng, (draws, len(lone.rows))) * scale
        changed += part * (lone.yearly * lone.years)
        yield lone.rows, lone.people * np.exp(changed)
        apart = self.fit.apart * np.sqrt(self.since / max(self.until, 1.0))
        for rows, people, yearly in self._rural(draws, seed):
            own = apart * rng.standard_normal((draws, 1))
            yield rows, people * np.exp(part * self.since * yearly + own)

    def described(self) -> dict[str, Any]:
        """Return what was learnt, for the manifest."""
        fit, spread = self.fit, self.spread
        known = np.std(fit.resampled, axis=0)
        return {
            "decline": round(fit.decline, 6),
            "exponent": round(fit.exponent, 6),
            "exponent_error": round(float(known[1]), 4),
            "decline_error": round(float(known[0]), 4),
            "raions": fit.raions,
            "raions_apart": round(fit.apart, 4),
            "spread": {
                "scale": spread.scale,
                "exponent": spread.exponent,
                "freedom": None if np.isinf(spread.freedom) else spread.freedom,
                "years": spread.years,
                "places": spread.places,
            },
        }

    def _deviates(self, rng: np.random.Generator, shape: tuple[int, int]) -> Reals:
        table = self.spread.deviates
        return table[rng.integers(len(table), size=shape)]

    def _rural(self, draws: int, seed: int) -> Iterator[tuple[Ints, Reals, Reals]]:
        """Yield of each raion its rows, people and yearly log-changes by draws."""
        fits = self.fit.resampled
        chosen = _stream(seed, _COMMON, 0).integers(len(fits), size=draws)
        for number, raion in enumerate(self.raions):
            rng = _stream(seed, number)
            people, yearly = self._drawn(raion, fits[chosen], rng)
            total = people.sum(axis=1, keepdims=True)
            people *= raion.people / np.where(total > 0, total, 1.0)
            yield np.concatenate([raion.listed, raion.small]), people, yearly

    def _drawn(
        self, raion: RaionPeople, declines: Reals, rng: np.random.Generator
    ) -> tuple[Reals, Reals]:
        """Return people before they are scaled, and yearly log-change.

        Draws by places, the listed ones first.
        """
        decline, exponent = declines.T[:, :, None]
        split, many = len(raion.listed), len(raion.small)
        shape = (len(declines), split + many)
        size, scale, yearly = (np.empty(shape) for _ in range(3))
        years = self.until + self.since
        with np.errstate(divide="ignore"):  # where nobody lived nobody lives
            size[:, :split] = np.log(raion.counted / TYPICAL)
        scale[:, :split] = self.spread.of(raion.counted, years, self.floor)
        yearly[:, :split] = raion.yearly
        apart = self.fit.apart * rng.standard_normal((shape[0], 1))
        if raion.sizes:
            sizes = np.log(raion.sizes.below(_QUANTILES) / TYPICAL)
            size[:, split:] = sizes[rng.integers(len(sizes), size=(shape[0], many))]
            size[:, split:] += apart / (1 + exponent)
        scale[:, split:] = self.spread.of(np.array(self.floor), years, self.floor)
        yearly[:, split:] = raion.yearly_small
        if lost := len(raion.lost):
            # which places the lost rows are: the first of a random order
            order = rng.random((shape[0], many)).argpartition(range(lost), axis=1)
            places = (np.arange(shape[0])[:, None], split + order[:, :lost])
            size[places] = np.log(raion.lost / TYPICAL)
            scale[places] = self.spread.of(raion.lost, years, self.floor)
            yearly[places] = raion.yearly_lost
        scale *= self._deviates(rng, shape)
        return decline * np.exp(size * (1 + exponent) + scale), yearly


def _stream(seed: int, *key: int) -> np.random.Generator:
    sequence = np.random.SeedSequence(seed, spawn_key=key)
    return np.random.Generator(np.random.PCG64(sequence))
