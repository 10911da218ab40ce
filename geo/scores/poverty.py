"""Measures over people: Foster-Greer-Thorbecke and Alkire-Foster, with bounds.

Sums over areas are one sparse product: ``member`` has a row per group (area and
subgroup) and a column per settlement, so every measure of all groups comes at once.
"""

from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Reals = NDArray[np.float64]
BOUNDS = ("", "_low", "_high")
_STEPS = 60


def ratio(numerator: Reals, denominator: Reals) -> Reals:
    """Return the quotient, NaN where there is nobody to divide by."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(denominator > 0, numerator / denominator, np.nan)


def central_where(
    covered: NDArray[np.bool_], figures: dict[str, Reals], names: Iterable[str]
) -> dict[str, Reals]:
    """Return the figures, those of these names only where coverage is enough."""
    return figures | {name: np.where(covered, figures[name], np.nan) for name in names}


def fgt(
    member: csr_array, people: Reals, gap: Reals, low: Reals, high: Reals
) -> dict[str, Reals]:
    """Return FGT 0, 1 and 2 per group: extent, depth and severity of the breach.

    FGT_a = sum(p g^a [g > 0]) / sum(p) over the people whom the norm concerns
    (Foster, Greer, Thorbecke 1984), here of the gap.

    Parameters
    ----------
    member
        Groups by settlements, 0 or 1.
    people
        People per settlement, 0 where not known.
    gap
        Gap of a known verdict, else NaN.
    low, high
        Bounds of the gap, NaN where no norm applies.

    Returns
    -------
    dict
        ``fgt0``, ``fgt0_low``, ... per group; the central figure covers the people
        whose verdict is known and is kept inside the bounds.
    """
    known, applies = ~np.isnan(gap), ~np.isnan(low)
    columns = [people * known, people * applies]
    for power in (0, 1, 2):
        columns += [
            people * _power(numbers, power, where)
            for numbers, where in ((gap, known), (low, applies), (high, applies))
        ]
    sums = member @ np.stack(columns, axis=1)
    out = {}
    for power in (0, 1, 2):
        central, least, most = (sums[:, 2 + 3 * power + i] for i in range(3))
        bounds = ratio(least, sums[:, 1]), ratio(most, sums[:, 1])
        out[f"fgt{power}"] = np.clip(ratio(central, sums[:, 0]), *bounds)
        out[f"fgt{power}_low"], out[f"fgt{power}_high"] = bounds
    return out


def _power(gap: Reals, power: int, where: NDArray[np.bool_]) -> Reals:
    filled = np.where(where, np.nan_to_num(gap), 0.0)
    return (filled > 0).astype(np.float64) if power == 0 else filled**power


def alkire_foster(
    member: csr_array,
    people: Reals,
    counts: tuple[Reals, Reals, Reals],
    k: float,
    with_one_more: Reals,
) -> dict[str, Reals]:
    """Return H, A and M0 = H x A per group (Alkire and Foster 2011).

    H is the share of people who are deprived (weighted count of breaches c >= k),
    A the mean count among them, M0 = sum(p c [c >= k]) / sum(p).

    Parameters
    ----------
    member, people
        As for :func:`fgt`.
    counts
        The count c over the weights whose verdict is known, NaN where none is; with
        every unknown taken as kept, and as breached: NaN where no norm applies.
    k
        The deprivation cutoff; 0 stands for the union, any breach at all.
    with_one_more
        The least count above the lowest that the unknowns allow, NaN where there are
        none: for the union the least that one counts who may be deprived. For k > 0
        that is k, which the estimate over known weights never falls below.

    Returns
    -------
    dict
        ``h``, ``a``, ``m0`` with ``_low`` and ``_high``; the bounds of A run over
        everybody who is or may be deprived.
    """
    out: dict[str, Reals] = {}
    for suffix, count in zip(BOUNDS, counts, strict=True):
        counted = ~np.isnan(count)
        poor = deprived(count, k)
        sums = member @ np.stack(
            [
                people * counted,
                people * poor,
                people * np.where(poor, np.nan_to_num(count), 0.0),
            ],
            axis=1,
        )
        out[f"h{suffix}"] = ratio(sums[:, 1], sums[:, 0])
        out[f"m0{suffix}"] = ratio(sums[:, 2], sums[:, 0])
        out[f"a{suffix}"] = ratio(sums[:, 2], sums[:, 1])
    _, low, high = counts
    reached = np.full(len(low), k) if k > 0 else np.nan_to_num(with_one_more)
    out["a_low"], out["a_high"] = _intensity_bounds(
        member, people, low, high, k, reached
    )
    return out


def deprived(count: Reals, k: float) -> NDArray[np.bool_]:
    """Return who is deprived: c >= k, with k = 0 (the limit k -> 0+) c > 0.

    A count that misses k by rounding reaches it.
    """
    filled = np.where(np.isnan(count), -1.0, count)
    return filled >= k - 1e-12 if k > 0 else filled > 1e-12  # noqa: PLR2004


def _intensity_bounds(
    member: csr_array,
    people: Reals,
    low: Reals,
    high: Reals,
    k: float,
    reached: Reals,
) -> tuple[Reals, Reals]:
    """Return the least and the largest mean count among the deprived.

    Those who are certainly deprived are in; those who may be are in only where they
    pull the mean the right way. The mean of everybody beyond the mean so far is
    taken again until it stands still (Dinkelbach's method; few steps, each exact).
    """
    certain = deprived(low, k)
    open_ = deprived(high, k) & ~certain
    # one who may be deprived counts at least `reached`, at most `high`
    least = _extreme_mean(
        member, people, np.where(certain, low, reached), certain, open_, np.less
    )
    most = _extreme_mean(
        member, people, np.nan_to_num(high), certain, open_, np.greater
    )
    return least, most


def _extreme_mean(
    member: csr_array,
    people: Reals,
    count: Reals,
    certain: NDArray[np.bool_],
    open_: NDArray[np.bool_],
    beyond: Callable[[Reals, Reals], NDArray[np.bool_]],
) -> Reals:
    group, column = member.nonzero()
    considered = certain[column] | open_[column]
    group, column = group[considered], column[considered]
    inside, weight = certain[column], people[column]
    number, size = count[column], member.shape[0]
    mean = np.full(size, np.nan)
    chosen = np.ones(len(group), bool)
    for _ in range(_STEPS):
        mass = _sums(group[chosen], weight[chosen], size)
        total = _sums(group[chosen], (weight * number)[chosen], size)
        new = ratio(total, mass)
        if np.array_equal(new, mean, equal_nan=True):
            break
        mean = new
        level = mean[group]
        chosen = (
            inside | beyond(number, level) | np.isclose(number, level, 1e-12, 1e-12)
        )
    return mean


def _sums(group: NDArray[np.int32], numbers: Reals, size: int) -> Reals:
    return np.bincount(group, numbers, size).astype(np.float64)
