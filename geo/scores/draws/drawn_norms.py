"""The norm of a settlement in a draw, where people or class leave several possible.

The people are drawn within their range and the class among those that are possible;
the strictest row that matches both binds, as for the judge: the grid of
:mod:`geo.standards.grid` is looked up, not computed again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.standards.classes import COUNTS, Classes, atom_of, atoms
from geo.standards.grid import NO_NORM
from geo.standards.model import Standard
from geo.standards.possible import Possible, possibilities

Reals = NDArray[np.float64]
Ints = NDArray[np.int64]


def ranges(settlements: pd.DataFrame, classes: Classes, name: str) -> Reals:
    """Return low, central and high of people or households, by settlements.

    Low and high as the judge sees them, NaN for no high end; central is the published
    value, the middle where it is not known.
    """
    low, high = classes.counts[name]
    central = np.full(len(low), np.nan)
    if name in settlements:
        numbers = pd.to_numeric(settlements[name])
        central = numbers.to_numpy(np.float64, na_value=np.nan)
    open_ = np.isinf(high)
    middle = np.where(open_, low, (low + high) / 2)
    central = np.where(np.isnan(central), middle, central)
    central = np.clip(central, low, np.where(open_, np.maximum(central, low), high))
    return np.stack([low, central, np.where(open_, np.nan, high)])


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
        bands = [norm.applies for norm in (*possible.rows, *possible.unread)]
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


def stacked(norms: Sequence[PossibleNorms], size: int) -> dict[str, Any]:
    """Return the arrays of all standards as one each, see :class:`.loops.Pairs`.

    Limits that a standard does not have are NaN, and ends infinite; ``size`` is the
    number of settlements.
    """
    many = len(norms)
    shapes = np.array([one.limits.shape for one in norms], np.int64).reshape(many, 4)
    limits = np.full((many, *shapes.max(axis=0, initial=1)), np.nan)
    most = max((len(cuts) for one in norms for cuts in one.ends), default=0)
    ends = np.full((many, len(COUNTS), most), np.inf)
    for number, one in enumerate(norms):
        limits[number][tuple(slice(end) for end in one.limits.shape)] = one.limits
        for count, cuts in enumerate(one.ends):
            ends[number, count, : len(cuts)] = cuts

    def array(name: str, *shape: int) -> Ints:
        rows = [getattr(one, name) for one in norms]
        return np.array(rows, np.int64).reshape(many, *shape)

    return {
        "limits": limits,
        "cuts": ends,
        **{name: array(name, size) for name in ("group", "classes")},
        **{name: array(name, len(COUNTS), size) for name in ("first", "last")},
    }


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
        # a norm that was not read is drawn as the strictest that it may be
        limits = np.where(block.unread, possible.most, block.limits)
        limits = np.where(limits == NO_NORM, np.nan, sign * limits)
        out[number][: len(limits)][:, spans[0], spans[1]] = limits.reshape(-1, *shape)
    return out
