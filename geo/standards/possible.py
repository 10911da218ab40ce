"""Which limits of a standard are possible for each settlement on a day.

A standard cuts the world into a small grid (:mod:`geo.standards.grid`). A settlement is
a block of it, all that it may be, and equal blocks are looked at only once.

Limits are held *oriented*: multiplied by -1 where lower is better, so that a larger
number is always the stricter norm, and minus infinity is "no norm".
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product

import numpy as np

from geo.standards.classes import (
    FLAGS,
    KINDS,
    Classes,
    Ints,
    Reals,
    atom_of,
    atoms,
    counted_as,
    territory_mask,
)
from geo.standards.grid import Block, Bools, grid_of
from geo.standards.model import Norm, Standard, Unread

#: the strictest that a norm may be which was not read, oriented
_STRICTEST = {">=": np.inf, "<=": 0.0, "has": 1.0}


@dataclass(frozen=True)
class Possible:
    """What is possible for every settlement, through its group.

    Attributes
    ----------
    group
        Group number of each settlement.
    blocks
        One block of the grid per group.
    strictest, most_lenient
        Oriented limits per group; minus infinity is "no norm".
    row
        Number of the row that certainly decides, or -1, per group; of several rows
        with the same limit the first in the file.
    may_be_unread
        Whether a norm that was not read may bind, per group.
    waiting
        Whether nothing binds yet but a target may be waiting, per group.
    waiting_row
        Number of the target row that certainly waits, or -1, per group.
    rows
        The standard's rows in force on the day.
    unread
        What may hold on the day and was not read.
    most
        The strictest that it may be, oriented.
    candidates
        Numbers of the rows that may bind, in the order of the file, per group; where
        none does, of the targets that may be waiting.
    """

    group: Ints
    blocks: tuple[Block, ...]
    strictest: Reals
    most_lenient: Reals
    row: Ints
    may_be_unread: Bools
    waiting: Bools
    waiting_row: Ints
    rows: tuple[Norm, ...]
    unread: tuple[Norm | Unread, ...]
    most: float
    candidates: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class _Axis:
    """One dimension of the grid: how many steps, and which each settlement may take."""

    size: int
    low: Ints
    high: Ints  # for atoms: the last step; for classes: equal to `low`, a bit mask
    is_mask: bool

    def steps(self, low: int, high: int) -> list[int]:
        if self.is_mask:
            return [step for step in range(self.size) if low >> step & 1]
        return list(range(low, high + 1))


def possibilities(standard: Standard, classes: Classes, on: date) -> Possible:
    """Find the possible limits of a standard for every settlement.

    Parameters
    ----------
    standard
        Its rows in force on the day are looked at, and what was not read.
    classes
        What each settlement may be.
    on
        The day; a target whose day has not come does not bind.

    Raises
    ------
    DeclarationError
        If a row names a territory that does not exist.
    """
    rows = tuple(norm for norm in standard.norms if norm.in_force(on))
    unread = standard.unread_on(on)
    kinds = counted_as(classes.kinds, standard.may_count_as)
    classes = replace(classes, kinds=kinds)
    # the grid of this standard: an axis for all that its rows ask about a place
    every = (*rows, *unread)
    class_axes, territories = _class_axes(every, classes)
    count_axes, ends = _count_axes(every, classes)
    grid = grid_of(
        rows, unread, territories, ends, [axis.size for axis in class_axes], on
    )
    # settlements that may lie in the same part of the grid share one cut of it
    group, samples = _groups([*class_axes, *count_axes])
    split = len(class_axes)
    blocks = tuple(
        _cut(
            grid,
            _cells(class_axes, sample[:split]),
            _cells(count_axes, sample[split:]),
        )
        for sample in samples
    )
    return _summary(group, blocks, rows, unread, _STRICTEST[standard.norms[0].op])


def _class_axes(
    rows: Sequence[Norm | Unread], classes: Classes
) -> tuple[list[_Axis], list[tuple[str, ...]]]:
    """Return the axes kind, three flags, then one per distinct territory."""

    def axis(size: int, mask: Ints, *, used: bool) -> _Axis:
        chosen = mask if used else np.full_like(mask, 1)
        return _Axis(size if used else 1, chosen, chosen, is_mask=True)

    applies = [norm.applies for norm in rows]
    kinds_used = any(a.kind is not None for a in applies)
    axes = [axis(len(KINDS), classes.kinds, used=kinds_used)]
    for name in FLAGS:
        used = any(getattr(a, name) is not None for a in applies)
        axes.append(axis(2, classes.flags[name], used=used))
    territories: dict[tuple[str, ...], Ints] = {}
    for norm in rows:
        where = norm.applies.territory
        if where is not None and where not in territories:
            territories[where] = territory_mask(classes, where, norm.id)
    axes += [axis(2, mask, used=True) for mask in territories.values()]
    return axes, list(territories)


def _count_axes(
    rows: Sequence[Norm | Unread], classes: Classes
) -> tuple[list[_Axis], dict[str, Reals]]:
    """Return the axes population and households, and the ends that cut them."""
    axes, ends = [], {}
    for name, (low, high) in classes.counts.items():
        ends[name] = atoms(getattr(norm.applies, name) for norm in rows)
        size = 2 * len(ends[name]) + 1
        first, last = atom_of(low, ends[name]), atom_of(high, ends[name])
        axes.append(_Axis(size, first, last, is_mask=False))
    return axes, ends


def _groups(axes: list[_Axis]) -> tuple[Ints, list[list[tuple[int, int]]]]:
    """Return the group of each settlement, and (low, high) per axis of each group."""
    # one number says all that is possible of a settlement: a digit for the mask of a
    # class, two for the first and the last atom of a count
    code = np.zeros(len(axes[0].low), np.int64)
    for axis in axes:
        radix = 1 << axis.size if axis.is_mask else axis.size
        for part in (axis.low,) if axis.is_mask else (axis.low, axis.high):
            code = code * radix + part
    # equal numbers are one group, and its first settlement stands for it
    _, first, group = np.unique(code, return_index=True, return_inverse=True)
    samples = [
        [(int(axis.low[row]), int(axis.high[row])) for axis in axes] for row in first
    ]
    return group.astype(np.int64), samples


def _cells(axes: list[_Axis], sample: list[tuple[int, int]]) -> list[int]:
    """Return the flat numbers of the cells that these axes leave possible."""
    steps = [axis.steps(*ends) for axis, ends in zip(axes, sample, strict=True)]
    sizes = [axis.size for axis in axes]
    return [int(np.ravel_multi_index(cell, sizes)) for cell in product(*steps)]


def _cut(grid: Block, cells: list[int], counts: list[int]) -> Block:
    part = np.ix_(cells, counts)
    return Block(
        grid.limits[part], grid.unread[part], grid.rows[part], grid.waiting[part]
    )


def _summary(
    group: Ints,
    blocks: tuple[Block, ...],
    rows: tuple[Norm, ...],
    unread: tuple[Norm | Unread, ...],
    most: float,
) -> Possible:
    """Sum the blocks up; ``most`` is the strictest that a norm not read may be."""

    def collect(values: Iterator[float]) -> Reals:
        return np.fromiter(values, np.float64, len(blocks))

    lost = np.array([bool(block.unread.any()) for block in blocks], bool)
    # a target waits only where nothing binds yet in any cell
    bound = [bool((block.rows >= 0).any() or block.unread.any()) for block in blocks]
    waiting = [
        not binds and bool((block.waiting >= 0).any())
        for binds, block in zip(bound, blocks, strict=True)
    ]
    return Possible(
        group=group,
        blocks=blocks,
        strictest=np.where(
            lost, most, collect(float(block.limits.max()) for block in blocks)
        ),
        most_lenient=collect(float(block.limits.min()) for block in blocks),
        row=np.where(
            lost, -1, np.array([_only(b.rows, rows) for b in blocks], np.int64)
        ),
        may_be_unread=lost,
        waiting=np.array(waiting, bool),
        waiting_row=np.array(
            [_only(block.waiting, rows) for block in blocks], np.int64
        ),
        rows=rows,
        unread=unread,
        most=most,
        candidates=tuple(
            _numbers(block.waiting if waits else block.rows)
            for block, waits in zip(blocks, waiting, strict=True)
        ),
    )


def _numbers(cells: Ints) -> tuple[int, ...]:
    """Return the rows that stand in any cell, each once, in the order of the file."""
    return tuple(int(number) for number in np.unique(cells) if number >= 0)


def _only(numbers: Ints, rows: tuple[Norm, ...]) -> int:
    """Return the row if every cell has the same limit and day, else -1.

    Rows of equal limit do not make a norm uncertain: the first of them is named.
    """
    found = sorted({int(number) for number in numbers.flat})
    if found[0] < 0:
        return -1
    promises = {(rows[number].value, rows[number].due) for number in found}
    return found[0] if len(promises) == 1 else -1
