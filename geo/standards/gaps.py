"""The gap: the share of a promise that is not kept, 0 ... 1.

Higher is better: max(0, 1 - x/n). Lower is better: 0 if x <= n, else 1 - n/x.
Yes/no is the first with x and n in {0, 1}. Of a level (ordinal) only the order means
something, so its gap is 0 where the limit is kept and 1 where it is not. Unreachable
(x infinite, lower is better) is 1. Source: OECD/JRC handbook, "distance to a
reference"; achievement a = 1 - gap is capped at 1, so that a surplus never pays for a
breach.

All quantities are counts, minutes, kilometres or speeds: never below 0. That is
the worst value where more is better, and infinity where less is.
"""

from calendar import monthrange
from collections.abc import Callable
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Reals = NDArray[np.float64]
Better = Literal["higher", "lower"]
Measure = Callable[[Reals, Reals, Better], Reals]


def gap(values: Reals, limits: Reals, better: Better) -> Reals:
    """Return the gap of each value against its limit.

    Parameters
    ----------
    values
        In the unit of the indicator; NaN gives NaN, infinity is unreachable.
    limits
        Norms in the same unit, above 0, or 0 where lower is better ("none at all":
        the gap is 0 if kept, else 1); NaN means no norm and gives NaN.
    better
        Which direction is better.

    Examples
    --------
    >>> gap(np.array([22.0, 30.0]), np.array([28.0, 28.0]), "higher").round(3).tolist()
    [0.214, 0.0]
    >>> gap(np.array([35.0, 70.0, np.inf]), np.full(3, 35.0), "lower").tolist()
    [0.0, 0.5, 1.0]
    >>> gap(np.array([0.0, 3.0]), np.zeros(2), "lower").tolist()
    [0.0, 1.0]
    """
    best, worst = (values, limits) if better == "higher" else (limits, values)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        raw = 1.0 - best / worst
    # a limit of 0 ("none at all") leaves 0 / 0 where it is kept
    kept_at_zero = (values == 0) & (limits == 0)
    return np.clip(np.where(kept_at_zero, 0.0, raw), 0.0, 1.0)


def ordinal_gap(values: Reals, limits: Reals, better: Better) -> Reals:
    """Return 0 where the level keeps its limit and 1 where it does not.

    Parameters
    ----------
    values, limits, better
        As for :func:`gap`.

    Examples
    --------
    >>> ordinal_gap(np.array([1.0, 2.0, 3.0, np.nan]), np.full(4, 2.0), "higher")
    array([ 1.,  0.,  0., nan])
    """
    return np.ceil(gap(values, limits, better))


def gap_of(*, ordinal: bool) -> Measure:
    """Return how the gap of a quantity is measured."""
    return ordinal_gap if ordinal else gap


def required_pace(values: Reals, limits: Reals, better: Better, years: float) -> Reals:
    """Return by how much the value must still improve per year to the due day.

    Parameters
    ----------
    values, limits
        In the unit of the indicator.
    better
        Which direction is better; the pace is positive either way.
    years
        Time left, in years of 365.25 days; above 0.
    """
    missing = limits - values if better == "higher" else values - limits
    return np.maximum(missing, 0.0) / years


def years_between(start: date, end: date) -> float:
    """Return the time between two days in years of 365.25 days."""
    return (end - start).days / 365.25


def oldest_fresh_day(on: date, years: float) -> date:
    """Return the earliest date whose value may still carry a verdict on the day.

    Whole months of the calendar: five years before 29 February is 28 February.

    Examples
    --------
    >>> oldest_fresh_day(date(2026, 11, 22), 5)
    datetime.date(2021, 11, 22)
    >>> oldest_fresh_day(date(2024, 2, 29), 0.5)
    datetime.date(2023, 8, 29)
    """
    months = on.year * 12 + on.month - 1 - round(years * 12)
    year, month = divmod(months, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(on.day, last))
