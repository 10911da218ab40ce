"""The norm of a settlement in a draw, where people or class leave several possible.

The people are drawn within their range and the class among those that are possible;
the strictest row that matches both binds, as for the judge: the grid of
:mod:`geo.standards.possible` is looked up, not computed again.
"""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.standards.classes import COUNTS, Classes, atom_of, atoms
from geo.standards.model import Standard
from geo.standards.possible import Possible, possibilities

Reals = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Counts:
    """Ranges of the people or the households of all settlements.

    Attributes
    ----------
    low, central, high
        Central is the middle where it is not known; high may be infinite.
    """

    low: Reals
    central: Reals
    high: Reals

    @classmethod
    def of(cls, settlements: pd.DataFrame, classes: Classes, name: str) -> "Counts":
        """Return the range as the judge sees it, and the published central value."""
        low, high = classes.counts[name]
        central = np.full(len(low), np.nan)
        if name in settlements:
            numbers = pd.to_numeric(settlements[name])
            central = numbers.to_numpy(np.float64, na_value=np.nan)
        middle = np.where(np.isinf(high), low, (low + high) / 2)
        return cls(low, np.where(np.isnan(central), middle, central), high)


@dataclass(frozen=True)
class PossibleNorms:
    """The possible norms of one standard for all settlements.

    Attributes
    ----------
    limits
        Groups by classes by atoms of people by atoms of households, in the unit of
        the indicator; NaN is "no norm".
    group
        Group of each settlement.
    classes
        How many classes are possible for each settlement.
    ends
        People and households: the counts that cut the atoms.
    first, last
        People and households: first and last possible atom of each settlement.
    """

    limits: Reals
    group: Ints
    classes: Ints
    ends: tuple[Reals, ...]
    first: tuple[Ints, ...]
    last: tuple[Ints, ...]

    @classmethod
    def of(cls, standard: Standard, classes: Classes, on: date) -> "PossibleNorms":
        """Look the limits of one standard up for every settlement."""
        possible = possibilities(standard, classes, on)
        bands = [norm.applies for norm in possible.rows]
        ends = tuple(atoms(getattr(band, name) for band in bands) for name in COUNTS)
        spans = [
            (atom_of(low, cuts), atom_of(high, cuts))
            for (low, high), cuts in zip(
                (classes.counts[name] for name in COUNTS), ends, strict=True
            )
        ]
        first = tuple(span[0] for span in spans)
        last = tuple(span[1] for span in spans)
        sizes = [2 * len(cuts) + 1 for cuts in ends]
        sign = -1.0 if standard.better == "lower" else 1.0
        rows = np.array([len(block.limits) for block in possible.blocks], np.int64)
        return cls(
            limits=_unfolded(possible, first, last, sizes, sign),
            group=possible.group,
            classes=rows[possible.group],
            ends=ends,
            first=first,
            last=last,
        )

    def take(self, rows: NDArray[np.intp]) -> "PossibleNorms":
        """Return those of these settlements only, in this order."""
        return replace(
            self,
            group=self.group[rows],
            classes=self.classes[rows],
            first=tuple(atom[rows] for atom in self.first),
            last=tuple(atom[rows] for atom in self.last),
        )

    def drawn(
        self, rows: NDArray[np.intp], which: Reals, people: Reals, counts: list[Reals]
    ) -> Reals:
        """Return norms, draws by ``rows``; NaN is "no norm".

        Parameters
        ----------
        rows
            Settlements.
        which
            Position of the class, 0 ... 1: each possible class is as likely.
        people
            Position of the people, 0 ... 1, for counts without a high end: each atom
            is as likely.
        counts
            Drawn people and households; NaN where the range has no high end.
        """
        number = np.minimum(which * self.classes[rows], self.classes[rows] - 1)
        found = []
        for drawn, cuts, first, last in zip(
            counts, self.ends, self.first, self.last, strict=True
        ):
            low, high = first[rows], last[rows]
            blind = low + np.minimum(people * (high - low + 1), high - low)
            # there are few cuts: comparing with each is quicker than a search
            inside = np.zeros(drawn.shape, np.int64)
            for cut in cuts:
                inside += drawn > cut
                inside += drawn >= cut
            atom = np.where(np.isnan(drawn), blind, np.clip(inside, low, high))
            found.append(atom.astype(np.int64))
        cell = (self.group[rows], number.astype(np.int64), *found)
        norms: Reals = self.limits[cell]
        return norms


def _unfolded(
    possible: Possible,
    first: tuple[Ints, ...],
    last: tuple[Ints, ...],
    sizes: list[int],
    sign: float,
) -> Reals:
    """Return the limits of all groups in one array, their atoms at their places."""
    most = max((len(block.limits) for block in possible.blocks), default=1)
    out = np.full((len(possible.blocks), most, *sizes), np.nan)
    _, sample = np.unique(possible.group, return_index=True)
    for number, (block, row) in enumerate(zip(possible.blocks, sample, strict=True)):
        spans: list[slice] = [
            slice(int(low[row]), int(high[row]) + 1)
            for low, high in zip(first, last, strict=True)
        ]
        shape = [span.stop - span.start for span in spans]
        limits = np.where(np.isinf(block.limits), np.nan, sign * block.limits)
        out[number][: len(limits)][:, spans[0], spans[1]] = limits.reshape(-1, *shape)
    return out
