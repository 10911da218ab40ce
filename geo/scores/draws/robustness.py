"""How far the ranking holds: Monte Carlo over everything that could be otherwise.

Every draw takes other weights, another cutoff and another way to combine gaps, other
speeds, other guesses of what is not known and other values within their ranges
(:mod:`geo.scores.draws.factors`), scores all settlements
(:mod:`geo.scores.draws.drawn`) and ranks them. Published are medians with intervals
and five tiers whose overlap is shown, never one ranking of villages. Source: OECD/JRC
handbook on composite indicators, step 7 (uncertainty); Saisana, Saltelli and Tarantola
(2005).
"""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.layers.schema import TABLES
from geo.scores.draws.drawn import DECIMALS, drawn_scores
from geo.scores.draws.factors import drawn_factors, fields_of
from geo.scores.draws.ranking import TIERS, Tally
from geo.scores.draws.uncertain import UncertainGaps, uncertain_gaps
from geo.scores.given import Given, ended
from geo.sources.robustness_parameters import RobustnessParameters

Reals = NDArray[np.float64]
Tell = Callable[[str], None]
SETTLEMENT, RAION = "settlement", "raion"
_PURPOSE = 0
_BATCH_CELLS = 1 << 18
_TOLD_EVERY = 100


@dataclass(frozen=True)
class Robustness:
    """What the draws say.

    Attributes
    ----------
    ranks
        Release table.
    summary
        Section ``robustness`` of the manifest: per unit how many are ranked, of how
        many it is told where they stand, which shares lie within one tier and apart
        from the middle of the ranking, and units by tier of the median rank.
    """

    ranks: pd.DataFrame
    summary: dict[str, Any]


def robustness(
    given: Given, parameters: RobustnessParameters, tell: Tell | None = None
) -> Robustness:
    """Rank settlements and raions over all draws.

    Parameters
    ----------
    given
        What was judged.
    parameters
        Draws, seed and ranges.
    tell
        Is told how far the work is.

    Returns
    -------
    Robustness
        Settlements to which no norm applies, or that are not counted, are not ranked.
        A raion's score is the mean of its settlements' scores, weighted by people;
        one without known people is not ranked. Where the interval spans every tier
        the evidence does not tell a unit apart, and no rank is given.
    """
    gaps, matrix = uncertain_gaps(given, parameters), given.matrix
    own = given.counted
    rows = np.flatnonzero(own & matrix.applicable.any(axis=1))
    ranked, places = gaps.take(rows), given.places.iloc[rows]
    raions = Raions.of(places, given.people[rows])
    tallies = draw(ranked, raions, parameters, tell)
    ids = {SETTLEMENT: matrix.ids[rows], RAION: raions.ids}
    found = {
        unit: _table(unit, ids[unit], tally, parameters.interval)
        for unit, tally in tallies.items()
    }
    return Robustness(
        ranks=ended("ranks", found.values()),
        summary={unit: _summary(table) for unit, table in found.items()},
    )


@dataclass(frozen=True)
class Raions:
    """Which settlements make up each raion that is ranked, by people.

    Attributes
    ----------
    of_settlement
        Number of the raion of every settlement; those without one share the last.
    ids
        The raions that are ranked.
    rows, member, people
        Settlements that count people, the place of their raion in ``ids``, and the
        people.
    total
        People of each raion in ``ids``.
    """

    of_settlement: NDArray[np.int64]
    ids: pd.Index
    rows: NDArray[np.intp]
    member: NDArray[np.intp]
    people: Reals
    total: Reals

    @classmethod
    def of(cls, places: pd.DataFrame, people: Reals) -> "Raions":
        """Look the raions of settlements up; ``people`` are those that count."""
        named = places["raion_id"]
        every = pd.Index(sorted(named.dropna().unique()), dtype="str")
        number = every.get_indexer(pd.Index(named.astype("str")))
        rows = np.flatnonzero((people > 0) & (number >= 0))
        peopled, member = np.unique(number[rows], return_inverse=True)
        total = np.bincount(member, people[rows], len(peopled)).astype(np.float64)
        alone = np.where(number < 0, len(every), number).astype(np.int64)
        return cls(alone, every[peopled], rows, member, people[rows], total)

    def scores(self, scores: Reals) -> Reals:
        """Return the people's mean score of each raion."""
        weighed = self.people * scores[self.rows]
        summed = np.bincount(self.member, weighed, len(self.ids))
        return np.round(summed / self.total, DECIMALS)


def draw(
    gaps: UncertainGaps,
    raions: Raions,
    parameters: RobustnessParameters,
    tell: Tell | None,
    batch: int | None = None,
) -> dict[str, Tally]:
    """Score and rank all draws.

    Parameters
    ----------
    gaps, raions
        Of the same settlements.
    parameters, tell
        As for :func:`robustness`.
    batch
        How many draws go together: this changes memory and time, no digit. Batches
        run on all cores; each has streams of its own and they are summed in order.
    """
    draws = parameters.draws
    tallies = {
        SETTLEMENT: Tally(draws, gaps.size),
        RAION: Tally(draws, len(raions.ids)),
    }
    if not gaps.size:
        return tallies
    fields = fields_of(gaps, raions.of_settlement, parameters, _PURPOSE)
    # even: the two draws of a pair come together
    step = batch or 2 * max(1, _BATCH_CELLS // 2 // gaps.size)
    batches = [
        range(first, min(first + step, draws)) for first in range(0, draws, step)
    ]

    def scored(numbers: range) -> Reals:
        return drawn_scores(gaps, drawn_factors(fields, numbers), parameters)

    pool = ThreadPoolExecutor(os.cpu_count() or 1)
    try:
        for numbers, scores in zip(batches, pool.map(scored, batches), strict=True):
            for number, one in zip(numbers, scores, strict=True):
                tallies[SETTLEMENT].add(number, one)
                if len(raions.ids):
                    tallies[RAION].add(number, raions.scores(one))
                if tell and number % _TOLD_EVERY == 0:
                    tell(f"ranking: {number} of {draws} draws")
    finally:  # Ctrl-C must not wait for the batches that have not begun
        pool.shutdown(cancel_futures=True)
    return tallies


def _table(unit: str, ids: pd.Index, tally: Tally, interval: float) -> pd.DataFrame:
    table = pd.DataFrame(
        {"unit": pd.array([unit] * len(ids), dtype="str"), "id": ids.astype("str")}
    )
    if not len(ids):
        return table.reindex(columns=TABLES["ranks"].schema.names)
    table = table.assign(**tally.summary(interval)).astype({"tier": "Int64"})
    any_tier = (table["tier_low"] == 1) & (table["tier_high"] == TIERS)
    told = ["rank_median", "worst_decile", "tier"]
    table[told] = table[told].mask(any_tier)
    return table


def _summary(table: pd.DataFrame) -> dict[str, Any]:
    """Return how many are ranked, told apart, and in each tier."""
    ranked = len(table)
    middle = (ranked + 1) / 2
    apart = (table["rank_low"] > middle) | (table["rank_high"] < middle)
    within = table["tier_low"] == table["tier_high"]
    shares = {"within_one_tier": within, "apart_from_middle": apart}
    return {
        "ranked": ranked,
        "told_apart": int(table["tier"].notna().sum()),
        **{
            name: round(float(which.mean()), 4) if ranked else None
            for name, which in shares.items()
        },
        "tiers": {
            str(tier): int((table["tier"] == tier).sum())
            for tier in range(1, TIERS + 1)
        },
    }
