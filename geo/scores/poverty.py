"""Means over people with bounds; Foster-Greer-Thorbecke and Alkire-Foster.

Sums over areas are one sparse product: ``member`` has a row per group (area and
subgroup) and a column per settlement, so every measure of all groups comes at once.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Reals = NDArray[np.float64]
BOUNDS = ("", "_low", "_high")


@dataclass(frozen=True)
class People:
    """How many live in each settlement.

    Attributes
    ----------
    known
        0 where the population is not known, or does not count.
    least, most
        Of a settlement that counts and whose population is not known: how few and how
        many it may have, infinite where that is open; 0 of every other.
    """

    known: Reals
    least: Reals
    most: Reals


def ratio(numerator: Reals, denominator: Reals) -> Reals:
    """Return the quotient, NaN where there is nobody to divide by."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(denominator > 0, numerator / denominator, np.nan)


def central_where(
    covered: NDArray[np.bool_], figures: dict[str, Reals], names: Iterable[str]
) -> dict[str, Reals]:
    """Return the figures, those of these names only where coverage is enough."""
    return figures | {name: np.where(covered, figures[name], np.nan) for name in names}


def coverage(member: csr_array, people: People, known: Reals) -> Reals:
    """Return the share of people of whom it is known, at least.

    Where a population is not known, as few as possible live where it is known, and as
    many as possible where it is not. Where that is open, no more is covered than the
    share of the settlements: so nothing is covered whole beside one that is not.

    Parameters
    ----------
    member, people
        Groups by settlements, and who lives there.
    known
        Share of each settlement that is known, NaN where nothing is asked of it.

    Examples
    --------
    >>> one = csr_array(np.ones((1, 2)))
    >>> unknown = np.array([0.0, 25.0])
    >>> people = People(np.array([75.0, 0.0]), np.zeros(2), unknown)
    >>> coverage(one, people, np.array([1.0, 0.0])).tolist()
    [0.75]
    """
    asked, share = ~np.isnan(known), np.nan_to_num(known)
    open_ = asked & np.isinf(people.most)
    most = np.where(open_, 0.0, people.most)
    sums = member @ np.stack(
        [
            share * (people.known + people.least),
            np.where(asked, (1 - share) * (people.known + most), 0.0),
            share,
            asked,
            open_,
        ],
        axis=1,
    )
    covered = ratio(sums[:, 0], sums[:, 0] + sums[:, 1])
    of_settlements = ratio(sums[:, 2], sums[:, 3])
    return np.where(sums[:, 4] > 0, np.minimum(covered, of_settlements), covered)


def mean_bounds(
    member: csr_array, people: People, low: Reals, high: Reals
) -> tuple[Reals, Reals]:
    """Return the least and the largest mean over the people that is possible.

    Parameters
    ----------
    member, people
        Groups by settlements, and who lives there.
    low, high
        Bounds in each settlement, 0 ... 1; NaN where nothing is asked of it.

    Notes
    -----
    x more people of a mean between a and b move A/P no further than to
    A / (P + x (1 - a)) and (A + x b) / (P + x b).
    """
    asked = ~np.isnan(low)
    best, worst = 1.0 - np.nan_to_num(low), np.nan_to_num(high)
    with np.errstate(invalid="ignore"):  # 0 times infinity is 0 here
        fewer = np.where(asked & (best > 0), people.most * best, 0.0)
        more = np.where(asked & (worst > 0), people.most * worst, 0.0)
    sums = member @ np.stack(
        [
            people.known * asked,
            people.known * np.nan_to_num(low),
            people.known * worst,
            fewer,
            more,
        ],
        axis=1,
    )
    count, least, most, fewer, more = sums.T
    anybody = count + np.maximum(fewer, more) > 0
    lower = np.where(anybody, least / np.maximum(count + fewer, 1e-300), np.nan)
    with np.errstate(invalid="ignore"):
        upper = (most + more) / np.maximum(count + more, 1e-300)
    return lower, np.where(np.isinf(more), 1.0, np.where(anybody, upper, np.nan))


def fgt(
    member: csr_array, people: People, gap: Reals, low: Reals, high: Reals
) -> dict[str, Reals]:
    """Return FGT 0, 1 and 2 per group: extent, depth and severity of the breach.

    FGT_a = sum(p g^a [g > 0]) / sum(p) over the people whom the norm concerns
    (Foster, Greer, Thorbecke 1984), here of the gap.

    Parameters
    ----------
    member, people
        Groups by settlements, 0 or 1, and who lives there.
    gap
        Gap of a known verdict, else NaN.
    low, high
        Bounds of the gap, NaN where no norm applies.

    Returns
    -------
    dict
        ``fgt0``, ``fgt0_low``, ... per group; the central figure covers the people
        whose verdict is known, the others as :func:`estimate` has it.
    """
    known, asked = ~np.isnan(gap), ~np.isnan(low)
    out = {}
    for power in (0, 1, 2):
        central, least, most = (_power(one, power) for one in (gap, low, high))
        sums = member @ np.stack(
            [
                people.known * asked,
                people.known * known,
                people.known * np.nan_to_num(central),
                people.known * np.where(asked & ~known, most, 0.0),
            ],
            axis=1,
        )
        share = [ratio(sums[:, column], sums[:, 0]) for column in (1, 2, 3)]
        out[f"fgt{power}"] = estimate(*share)
        out[f"fgt{power}_low"], out[f"fgt{power}_high"] = mean_bounds(
            member, people, least, most
        )
    return out


def estimate(known: Reals, sum_known: Reals, most_unknown: Reals) -> Reals:
    """Return a mean of gaps of which some are not known.

    Those that are not known are taken to be as far from kept, of what is possible for
    them, as the known ones are: where everything is possible this is the mean of the
    known ones, and nowhere is it outside the bounds.

    Parameters
    ----------
    known
        Share of the weight whose gap is known, 0 ... 1.
    sum_known
        Their gaps, weighed.
    most_unknown
        The largest gaps of the others, weighed.

    Examples
    --------
    >>> half, nothing = np.array([0.5]), np.array([0.0])
    >>> estimate(half, np.array([0.2]), half).tolist()  # 0.4 of those that are known
    [0.4]
    >>> estimate(half, np.array([0.2]), nothing).tolist()  # the others are surely kept
    [0.2]
    """
    return sum_known + ratio(sum_known, known) * most_unknown


def _power(gap: Reals, power: int) -> Reals:
    """Return a power of gaps; that of 0 says whether there is one."""
    return np.where(np.isnan(gap), np.nan, gap > 0) if power == 0 else gap**power


def alkire_foster(
    member: csr_array, people: People, counts: tuple[Reals, Reals, Reals], k: float
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
        The deprivation cutoff, above 0.

    Returns
    -------
    dict
        ``a``, and ``h`` and ``m0`` with ``_low`` and ``_high``; the central figures
        cover the people of whom any verdict is known.
    """
    count, low, high = counts
    poor = deprived(count, k)
    sums = member @ np.stack(
        [
            people.known * ~np.isnan(count),
            people.known * poor,
            people.known * np.where(poor, np.nan_to_num(count), 0.0),
        ],
        axis=1,
    )
    out = {
        "h": ratio(sums[:, 1], sums[:, 0]),
        "a": ratio(sums[:, 2], sums[:, 1]),
        "m0": ratio(sums[:, 2], sums[:, 0]),
    }
    surely, maybe = (
        np.where(np.isnan(one), np.nan, deprived(one, k)) for one in (low, high)
    )
    ends = {"h": (surely, maybe), "m0": (surely * low, maybe * high)}
    for name, (least, most) in ends.items():
        out[f"{name}_low"], out[f"{name}_high"] = mean_bounds(
            member, people, least, most
        )
    return out


def deprived(count: Reals, k: float) -> NDArray[np.bool_]:
    """Return who is deprived: c >= k; a count that misses k by rounding reaches it."""
    return np.where(np.isnan(count), -1.0, count) >= k - 1e-12
