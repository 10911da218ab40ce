"""The change of a gap, divided among its causes without a rest.

Where both sides changed, the change of the gap is split exactly by the mean over the
two orders in which they may have changed (Shapley 1953):
value = ((g(v1,n0) - g(v0,n0)) + (g(v1,n1) - g(v0,n1))) / 2, and the norm likewise.
Their sum is g(v1,n1) - g(v0,n0). Only where value and norm are certain single figures
on both sides; elsewhere the causes stand side by side and the change is ``unsplit``.
"""

from collections.abc import Mapping

import numpy as np

from geo.reports.diff.grid import Bools, Codes, Grid, Reals, Side, same
from geo.standards.gaps import Better, gap

UNSPLIT = "unsplit"
PARTS = ("value", "norm", "population", "class", "source", "method", UNSPLIT)
NORM_SIDE = ("norm", "population", "class")


def split(
    pair: Grid,
    flags: dict[str, Bools],
    numbers: Bools,
    explained: Bools,
    better: Mapping[str, Better],
) -> tuple[dict[str, Reals], Reals]:
    """Return each cause's share of the change of the gap, and that change.

    Parameters
    ----------
    pair
        Both releases on one grid.
    flags
        Cause -> where it is at work.
    numbers
        Where the central value is another one.
    explained
        Where the law alone explains the change of the norm.
    better
        Standard -> which values are the better ones.

    Returns
    -------
    dict, array
        Cause of :data:`PARTS` -> share, 0 where it has none; and gap after minus gap
        before, NaN where one of them is not a single figure. The shares sum to it.
    """
    old, new = pair.sides
    change = new.reals["gap"] - old.reals["gap"]
    moves = np.nan_to_num(change) != 0
    one, two = _value_cause(flags), _norm_cause(flags, explained)
    limits = ~same(old.reals["norm"], new.reals["norm"])
    limits |= np.logical_or.reduce([flags[name] for name in NORM_SIDE])
    by_value = moves & numbers & ~limits
    by_norm = moves & ~numbers & limits
    by_both = moves & numbers & limits
    exact = by_both & _exact(old) & _exact(new) & (one >= 0) & (two >= 0)
    shares = _shapley(pair, exact, better)
    parts = {name: np.zeros(change.shape) for name in PARTS}
    for number, name in enumerate(PARTS[:-1]):
        mine_one, mine_two = one == number, two == number
        parts[name] += np.where(by_value & mine_one, change, 0.0)
        parts[name] += np.where(by_norm & mine_two, change, 0.0)
        parts[name] += np.where(exact & mine_one, shares[0], 0.0)
        parts[name] += np.where(exact & mine_two, shares[1], 0.0)
    given = (by_value & (one >= 0)) | (by_norm & (two >= 0)) | exact
    rest = moves & ~given
    alone = rest & flags["method"] & ~numbers & ~limits
    parts["method"] += np.where(alone, change, 0.0)
    parts[UNSPLIT] += np.where(rest & ~alone, change, 0.0)
    return parts, change


def _value_cause(flags: Mapping[str, Bools]) -> Codes:
    """Return the place in PARTS of the one cause on the value's side, -1 for none."""
    out = np.full(flags["value"].shape, -1, np.int64)
    for name in ("value", "method", "source"):  # another source brings its own method
        out[flags[name]] = PARTS.index(name)
    return out


def _norm_cause(flags: Mapping[str, Bools], explained: Bools) -> Codes:
    """Return the place in PARTS of the one cause on the norm's side, -1 for several."""
    out = np.full(explained.shape, -1, np.int64)
    several = np.zeros(explained.shape, np.int64)
    for name in NORM_SIDE:
        out[flags[name]] = PARTS.index(name)
        several += flags[name]
    out[several > 1] = -1
    out[explained] = PARTS.index("norm")
    return out


def _exact(side: Side) -> Bools:
    """Return where value and norm are certain single figures."""
    value = side.reals["value"]
    single = (value == side.reals["low"]) & (value == side.reals["high"])
    return np.asarray((single | side.unreachable) & ~np.isnan(side.reals["norm"]))


def _shapley(
    pair: Grid, exact: Bools, better: Mapping[str, Better]
) -> tuple[Reals, Reals]:
    """Return the exact shares of value and norm in the change of the gap."""
    first, second = np.zeros(exact.shape), np.zeros(exact.shape)
    for number, standard in enumerate(pair.standards):
        here = exact[:, number]
        if not here.any():
            continue
        v0, v1 = (central(side)[here, number] for side in pair.sides)
        n0, n1 = (side.reals["norm"][here, number] for side in pair.sides)
        first[here, number], second[here, number] = shapley(
            v0, v1, n0, n1, better.get(standard, "higher")
        )
    return first, second


def central(side: Side) -> Reals:
    """Return the value, infinity where there is no way at all."""
    return np.where(side.unreachable, np.inf, side.reals["value"])


def shapley(
    v0: Reals, v1: Reals, n0: Reals, n1: Reals, better: Better
) -> tuple[Reals, Reals]:
    """Return the shares of value and norm in g(v1, n1) - g(v0, n0).

    Parameters
    ----------
    v0, v1
        Value before and after, in the unit of the indicator; infinity is unreachable.
    n0, n1
        Norm before and after, in the same unit, above 0.
    better
        ``higher`` or ``lower``.

    Examples
    --------
    Trips fall from 16 to 12 while the norm rises from 16 to 20. The value alone
    would cost 1/4 against the old norm, 1/5 more against the new one:

    >>> trips = (np.array([x]) for x in (16.0, 12.0, 16.0, 20.0))
    >>> [part.round(6).tolist() for part in shapley(*trips, "higher")]
    [[0.225], [0.175]]
    """
    g00, g11 = gap(v0, n0, better), gap(v1, n1, better)
    g10, g01 = gap(v1, n0, better), gap(v0, n1, better)
    return ((g10 - g00) + (g11 - g01)) / 2, ((g01 - g00) + (g11 - g10)) / 2
