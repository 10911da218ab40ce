"""Classes by size that are settled: which numbers matter, and how often that is wrong.

The judge takes the settled range of the people (:mod:`geo.layers.settled_sizes`) in
place of the certain one, for the class of a place and for nothing else. So a few
classes are wrong, and here it is said how many are to be expected.
"""

import math
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.standards.band import Band
from geo.standards.classes import COUNTS, Classes
from geo.standards.model import Standard
from geo.standards.possible import possibilities

Reals = NDArray[np.float64]
_DECIMALS = 2


def thresholds(standards: Iterable[Standard]) -> list[int]:
    """Return the numbers of people at which a class by size of any norm changes.

    A class by households changes where there are so many people: a household has at
    least one.

    Examples
    --------
    A norm for ``"20-50"`` begins at 20 people and ends before 51.
    """
    return sorted({end for standard in standards for end in _ends(standard)})


def _ends(standard: Standard) -> set[int]:
    classes = [row.applies for row in standard.norms]
    classes += [row.applies for row in standard.unread]
    bands = (getattr(one, name) for one in classes for name in COUNTS)
    return {end for band in bands if band for end in _whole(band)} - {0}


def _whole(band: Band) -> Iterable[int]:
    """Return the first whole count in the band, and the first beyond it."""
    low, high = band.low, band.high
    yield math.ceil(low) if band.low_closed else math.floor(low) + 1
    if high < math.inf:
        yield math.floor(high) + 1 if band.high_closed else math.ceil(high)


def settled_at(
    standard: Standard,
    settled: Classes | None,
    certain: Classes,
    on: date,
    level: float | None,
) -> Reals:
    """Return the level where the certain classes would leave other norms possible.

    Parameters
    ----------
    standard
        Its rows in force on the day are looked at.
    settled, certain
        What each settlement may be, by the settled and by the certain range of its
        people; None where nothing is settled.
    on, level
        The day, and the probability at which classes are settled.

    Returns
    -------
    ndarray
        One per settlement; NaN where the settled range makes no difference.
    """
    if settled is None or level is None or not _ends(standard):
        return np.full(len(certain.kinds), np.nan)
    one, other = (possibilities(standard, c, on) for c in (settled, certain))
    groups = np.stack([one.group, other.group])
    pairs, number = np.unique(groups, axis=1, return_inverse=True)
    differ = [
        (one.candidates[a], one.most_lenient[a])
        != (other.candidates[b], other.most_lenient[b])
        for a, b in pairs.T
    ]
    rests = np.array(differ, bool)[number.reshape(-1)]
    return np.where(rests, level, np.nan)


def expected_wrong(
    standards: Sequence[Standard],
    judgements: pd.DataFrame,
    settlements: pd.DataFrame,
    reached: pd.DataFrame,
    level: float,
) -> dict[str, Any]:
    """Say of every standard how many classes are settled, and how many of them wrong.

    Parameters
    ----------
    standards
        As judged.
    judgements
        Release table; ``settled_at`` marks what rests on a settled class.
    settlements
        Indexed by id, with their settled ranges.
    reached
        Settlements by thresholds: probability of at least so many people.
    level
        At which a class is settled.

    Returns
    -------
    dict
        ``level`` and, by standard, ``settlements`` and ``expected_wrong``: the sum of
        the probabilities that the people lie outside of the class that is settled.
    """
    rests = judgements[judgements["settled_at"].notna()]
    found: dict[str, Any] = {}
    for standard in standards:
        mine = rests.loc[rests["standard"] == standard.id, "settlement_id"]
        if len(mine):
            ends = sorted(_ends(standard))
            outside = _outside(settlements.loc[mine], reached.loc[mine], ends)
            found[standard.id] = {
                "settlements": len(mine),
                "expected_wrong": round(float(outside.sum()), _DECIMALS),
            }
    return {"level": level, "standards": found}


def _outside(
    settlements: pd.DataFrame, reached: pd.DataFrame, ends: Sequence[int]
) -> Reals:
    """Return the probability of people beyond the classes that the range leaves."""
    low, high = (
        settlements[f"population_settled_{end}"].to_numpy(np.float64)
        for end in ("low", "high")
    )
    below, above = np.zeros(len(low)), np.zeros(len(low))
    # rising: the last end that is reached for sure, and the first that is not
    for end in ends:
        share = reached[end].to_numpy(np.float64)
        below = np.where(low >= end, 1 - share, below)
        above = np.where((high < end) & (above == 0), share, above)
    return below + above
