"""Ranks of a draw, and what all draws say together: intervals, tiers, worst tenth."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geo.scores.draws.drawn import DECIMALS

Reals = NDArray[np.float64]
TIERS = 5
WORST = 0.1
_COLUMNS = 4_096


def ranks_of(scores: Reals) -> tuple[Reals, Reals]:
    """Return ranks, 1 the largest score, and membership of the worst tenth, 0 ... 1.

    Ties share the mean of their ranks. Of a tie across the border of the worst tenth
    each belongs to it by the share that has room there, as if ties were broken at
    random: over all settlements the memberships sum to a tenth of them.

    Examples
    --------
    >>> ranks, worst = ranks_of(np.array([0.5, 0.0, 0.5, 0.2]))
    >>> ranks.tolist(), worst.tolist()
    ([1.5, 4.0, 1.5, 3.0], [0.2, 0.0, 0.2, 0.0])
    """
    _, group, counts = np.unique(-scores, return_inverse=True, return_counts=True)
    before = np.cumsum(counts) - counts
    rank = before + (counts + 1) / 2
    room = np.clip((WORST * len(scores) - before) / counts, 0.0, 1.0)
    return rank[group], room[group]


def tier_of(rank: Reals, ranked: int) -> NDArray[np.int64]:
    """Return the fifth of the ranking that a rank lies in, 1 the worst.

    Examples
    --------
    >>> tier_of(np.array([1, 20, 21, 60.5, 100]), 100).tolist()
    [1, 1, 2, 4, 5]
    """
    place = np.floor(TIERS * (rank - 0.5) / max(ranked, 1)).astype(np.int64)
    return np.clip(place + 1, 1, TIERS)


@dataclass
class Tally:
    """Scores and ranks of one kind of unit over the draws.

    Ranks are multiples of 1/2, and scores of 1e-9 (:data:`DECIMALS`): both fit into 32
    bits without loss.

    Attributes
    ----------
    draws, units
        How many.
    """

    draws: int
    units: int
    _scores: NDArray[np.int32] = field(init=False, repr=False)
    _ranks: NDArray[np.float32] = field(init=False, repr=False)
    _worst: Reals = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Make room for all draws."""
        self._scores = np.empty((self.draws, self.units), np.int32)
        self._ranks = np.empty((self.draws, self.units), np.float32)
        self._worst = np.zeros(self.units)

    def add(self, draw: int, scores: Reals) -> None:
        """Take the scores of one draw; draws must come in their order."""
        self._scores[draw] = np.rint(scores * 10**DECIMALS)
        ranks, worst = ranks_of(scores)
        self._ranks[draw] = ranks
        self._worst += worst

    def summary(self, interval: float) -> dict[str, NDArray[np.generic]]:
        """Return the columns of the table ``ranks`` from ``score_median`` on.

        Parameters
        ----------
        interval
            Share of the draws between the low and the high bound.
        """
        tails = ((1 - interval) / 2, 0.5, (1 + interval) / 2)
        score = _quantiles(self._scores, 10**DECIMALS, tails, 6)
        rank = _quantiles(self._ranks, 1, tails, 2)
        names = ("low", "median", "high")
        out: dict[str, NDArray[np.generic]] = {
            f"{what}_{name}": numbers[place]
            for what, numbers in (("score", score), ("rank", rank))
            for place, name in enumerate(names)
        }
        out["ranked"] = np.full(self.units, self.units, np.int64)
        out["worst_decile"] = np.round(self._worst / self.draws, 4)
        for suffix, place in (("", 1), ("_low", 0), ("_high", 2)):
            out[f"tier{suffix}"] = tier_of(rank[place], self.units)
        return out


def _quantiles(
    drawn: NDArray[Any], unit: int, shares: tuple[float, ...], decimals: int
) -> Reals:
    """Return quantiles over the draws (linear between them), some columns at a time.

    ``drawn`` counts in parts of which ``unit`` are 1.
    """
    out = np.empty((len(shares), drawn.shape[1]))
    place = np.asarray(shares) * (len(drawn) - 1)
    low, high = np.floor(place).astype(np.intp), np.ceil(place).astype(np.intp)
    way = place - low
    for first in range(0, drawn.shape[1], _COLUMNS):
        # whole numbers of 32 bits are sorted in a tenth of the time of a selection
        part = np.ascontiguousarray(drawn[:, first : first + _COLUMNS].T)
        part.sort(axis=1)
        least, most = part[:, low] / unit, part[:, high] / unit
        rise = most - least
        # from the nearer end, as numpy's quantile
        between = np.where(way < 0.5, least + rise * way, most - rise * (1 - way))  # noqa: PLR2004
        out[:, first : first + _COLUMNS] = between.T
    return np.round(out, decimals)
