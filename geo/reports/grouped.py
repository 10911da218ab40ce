"""Classes of settlements, summed over cells or areas."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geo.release.columns import Floats, Positions
from geo.reports.classed import NOT_ASKED, Bools, Classed

#: By class and group.
Grid = NDArray[np.float64]
#: The class of a group without a settlement that is counted.
NO_CLASS = -1


@dataclass(frozen=True, eq=False)
class Grouped:
    """What is said of groups of settlements.

    Attributes
    ----------
    classes
        As of the settlements.
    code
        The class of each group, :data:`NO_CLASS` where it has none.
    old
        True where most of those in this class are out of date.
    people, settlements
        By class (rows) and group (columns). Who lives where nobody knows how many is
        among the settlements alone.
    """

    classes: tuple[str, ...]
    code: NDArray[np.int64]
    old: Bools
    people: Grid
    settlements: NDArray[np.int64]


def grouped(found: Classed, group: Positions, many: int, people: Floats) -> Grouped:
    """Sum up settlements by group, and give each group a class.

    A group has the word of most of its residents. Where more of them have a number
    than any one word, it is the class of the resident in the middle of the numbers (the
    lower of two). Where nobody is known to live, settlements are counted instead. Of
    whom nothing is asked (no norm) only a group has the word where all are such: else a
    town without a norm would hide the villages around it.

    Parameters
    ----------
    found
        The class of each settlement.
    group
        The number of each settlement's group, below 0 where it is in none.
    many
        Number of groups.
    people
        Residents of each settlement, NaN where they are not known.
    """
    inside = (group >= 0) & (found.code >= 0)
    shape = (len(found.classes), many)
    cell = found.code[inside] * many + group[inside]
    known, old = np.nan_to_num(people[inside]), found.old[inside]

    def total(of: NDArray[Any]) -> Grid:
        sums = np.bincount(cell, of, len(found.classes) * many)
        return np.asarray(sums.reshape(shape), np.float64)

    residents, places = total(known), total(np.ones(len(cell)))
    asked = np.array([name not in NOT_ASKED for name in found.classes], bool)[:, None]
    counts = asked | ~(places * asked).any(axis=0)
    inhabited = (residents * counts).any(axis=0)
    weight = np.where(inhabited, residents, places) * counts
    aged = np.where(inhabited, total(known * old), total(old))
    code = _code(weight, sum(name.isdecimal() for name in found.classes))
    code[places.sum(axis=0) == 0] = NO_CLASS
    shown = np.arange(len(found.classes))[:, None] == code
    is_old = 2 * (aged * shown).sum(axis=0) > (weight * shown).sum(axis=0)
    return Grouped(found.classes, code, is_old, residents, places.astype(np.int64))


def _code(weight: Grid, numbers: int) -> NDArray[np.int64]:
    """Return the class of each group; the first ``numbers`` rows are in their order."""
    if not len(weight):
        return np.full(weight.shape[1], NO_CLASS)
    if not numbers:
        return np.asarray(np.argmax(weight, axis=0))
    below = np.cumsum(weight[:numbers], axis=0)
    middle = np.argmax(2 * below >= below[-1], axis=0)
    if numbers == len(weight):
        return np.asarray(middle)
    words = weight[numbers:]
    most = numbers + np.argmax(words, axis=0)
    return np.asarray(np.where(below[-1] >= words.max(axis=0), middle, most))
