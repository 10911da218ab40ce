"""The grid that the rows of a standard cut the world into, cell by cell.

Classes (kind, centre flags, territory) by atoms of people and households. Of every cell
it is said once which row binds: the strictest that matches; where an oblast's list has
a row, the national list does not compete.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

import numpy as np
from numpy.typing import NDArray

from geo.standards.classes import FLAGS, KINDS, Ints, Reals, atom_sample, row_holds
from geo.standards.model import Norm, Unread

Bools = NDArray[np.bool_]
NO_NORM = -np.inf


@dataclass(frozen=True)
class Block:
    """The part of the grid that one group of settlements may lie in.

    Attributes
    ----------
    limits
        Oriented limits that bind on the day, classes by atoms; where a norm was not
        read, what binds at least.
    unread
        Where a norm that was not read may bind beside them.
    rows
        Number of the row that binds in each cell, -1 where none does.
    waiting
        Number of the target row that does not bind yet, -1 where none does.
    """

    limits: Reals
    unread: Bools
    rows: Ints
    waiting: Ints


def grid_of(
    rows: Sequence[Norm],
    unread: Sequence[Norm | Unread],
    territories: list[tuple[str, ...]],
    ends: dict[str, Reals],
    sizes: list[int],
    on: date,
) -> Block:
    """Evaluate every cell: the strictest row that binds, else one that waits."""
    # one count of people and of households stands for all of an atom
    counts = list(product(*(range(2 * len(cuts) + 1) for cuts in ends.values())))
    samples = [
        {
            name: atom_sample(atom, cuts)
            for atom, (name, cuts) in zip(cell, ends.items(), strict=True)
        }
        for cell in counts
    ]
    cells = list(product(*(range(size) for size in sizes)))
    shape = (len(cells), len(counts))
    block = Block(
        np.full(shape, NO_NORM),
        np.zeros(shape, bool),
        np.full(shape, -1),
        np.full(shape, -1),
    )
    every = (*rows, *unread)
    for i, cell in enumerate(cells):
        # a cell is a kind, three flags, and inside or outside of each territory
        kind, flags = (
            KINDS[cell[0]],
            dict(zip(FLAGS, map(bool, cell[1:4]), strict=True)),
        )
        inside = dict(zip(territories, map(bool, cell[4:]), strict=True))
        fitting = [
            number
            for number, norm in enumerate(every)
            if row_holds(
                norm, kind, flags, inside=inside.get(norm.applies.territory or (), True)
            )
        ]
        for j, sample in enumerate(samples):
            matching = [n for n in fitting if _counts_hold(every[n], sample)]
            for number in _competing(matching, every):
                if number < len(rows):
                    _enter(block, (i, j), number, rows, on)
                else:
                    block.unread[i, j] = True
    return block


def _competing(matching: Sequence[int], rows: Sequence[Norm | Unread]) -> Sequence[int]:
    """Return the rows of the oblast's list where it holds any, else all.

    Where all that it may hold was not read, so that it may be more lenient, the
    national rows bind nobody for certain either.
    """
    oblast = [number for number in matching if rows[number].list == "oblast"]
    return oblast or matching


def _counts_hold(norm: Norm | Unread, sample: dict[str, float]) -> bool:
    bands = {name: getattr(norm.applies, name) for name in sample}
    return all(band is None or band.holds(sample[name]) for name, band in bands.items())


def _enter(
    block: Block, cell: tuple[int, int], number: int, rows: Sequence[Norm], on: date
) -> None:
    """Let a row compete for a cell; of equals the first in the file stays."""
    norm = rows[number]
    if norm.is_due(on):
        limit = oriented(norm)
        if limit > block.limits[cell]:
            block.limits[cell] = limit
            block.rows[cell] = number
        return
    other = block.waiting[cell]
    if other < 0 or _sooner(norm, rows[other]):
        block.waiting[cell] = number


def _sooner(norm: Norm, other: Norm) -> bool:
    """Return whether a target is due before another, or stricter on the same day."""
    mine, theirs = norm.due or date.max, other.due or date.max
    return (mine, -oriented(norm)) < (theirs, -oriented(other))


def oriented(norm: Norm) -> float:
    """Return the limit with the sign that makes larger stricter."""
    return -norm.value if norm.op == "<=" else norm.value
