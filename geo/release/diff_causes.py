"""Why a verdict, a gap or a value is another one than before: one cause from the next.

*Service* (``value``) is blamed only where the same source, by the same method, gives
another value. What another source says, what became known, and what grew old is
``source``; another way of knowing or computing is ``method``. On the norm's side the
limit may have changed (``norm``), or the place falls under another one, because of
its ``population`` or its ``class``.

Where both sides changed, the change of the gap is split exactly by the mean over the
two orders in which they may have changed (Shapley 1953):
value = ((g(v1,n0) - g(v0,n0)) + (g(v1,n1) - g(v0,n1))) / 2, and the norm likewise.
Their sum is g(v1,n1) - g(v0,n0). Only where value and norm are certain single figures
on both sides; elsewhere the causes stand side by side and the change is ``unsplit``.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geo.release.diff_grid import Bools, Codes, Grid, Reals, Side, changed, same
from geo.release.diff_law import (
    NormChange,
    computed_alike,
    follows,
    norm_changes,
    notes,
    same_bytes,
)
from geo.standards.gaps import gap
from geo.types import Reason, Status, Verdict

CAUSES = (
    "value", "norm", "population", "class", "source", "method", "new", "gone",
)  # fmt: skip
UNSPLIT = "unsplit"
PARTS = ("value", "norm", "population", "class", "source", "method", UNSPLIT)
Signs = NDArray[np.int8]
_NORM_SIDE = ("norm", "population", "class")


@dataclass(frozen=True)
class Causes:
    """What changed and why, settlement x standard.

    Attributes
    ----------
    flags
        Cause of :data:`CAUSES` -> where it is at work.
    parts
        Cause of :data:`PARTS` -> its share of the change of the gap; 0 where it has
        none. Where a gap stands on both sides they sum to its change.
    gap_change
        Gap after minus gap before; NaN where one of them is not a single figure.
    service
        1 better, -1 worse, 0 the same or not certain; from ``value`` only.
    strictness
        1 the norm of the place is stricter, -1 looser, 0 the same or mixed.
    rows
        Where anything changed that a reader should see.
    bounds_only
        Unknown before and after, and only the range of the value moved: counted,
        no change of service.
    """

    flags: dict[str, Bools]
    parts: dict[str, Reals]
    gap_change: Reals
    service: Signs
    strictness: Signs
    rows: Bools
    bounds_only: Bools


def causes(pair: Grid, better: Mapping[str, str]) -> Causes:
    """Find the causes of every change between two releases.

    Parameters
    ----------
    pair
        Both releases on one grid.
    better
        Standard -> ``higher`` or ``lower``: which values are the better ones.
    """
    old, new = pair.sides
    both = old.judged & new.judged
    flags, numbers = _value_side(pair, both)
    law = norm_changes(old.release, new.release)
    side, explained = _norm_side(pair, both, law)
    flags |= side
    said = _verdict_changed(old, new) & both
    silent = (
        (old.texts["verdict"] == pair.code(Verdict.UNKNOWN))
        & (new.texts["verdict"] == pair.code(Verdict.UNKNOWN))
        & both
        & flags["value"]
        & ~changed(old.texts, new.texts, "reason")
    )
    flags["value"] = flags["value"] & ~silent
    flags |= {"new": new.judged & ~old.judged, "gone": old.judged & ~new.judged}
    _fill(pair, flags, said & ~silent, both)
    any_flag = np.logical_or.reduce([flags[name] for name in CAUSES])
    parts, gap_change = _split(pair, flags, numbers, explained, better)
    return Causes(
        flags,
        parts,
        gap_change,
        _service(pair, flags["value"], better),
        _strictness(old, new, both, pair.standards, better),
        any_flag,
        silent,
    )


def _verdict_changed(old: Side, new: Side) -> Bools:
    out = changed(old.texts, new.texts, "verdict") | changed(
        old.texts, new.texts, "reason"
    )
    for name in ("norm", "norm_low", "norm_high", "gap"):
        out = out | changed(old.reals, new.reals, name)
    return np.asarray(out | changed(old.texts, new.texts, "norm_id"))


def _value_side(pair: Grid, both: Bools) -> tuple[dict[str, Bools], Bools]:
    """Return the flags value, source and method, and where the numbers differ."""
    old, new = pair.sides
    known = [_informed(pair, side) for side in pair.sides]
    numbers = np.zeros(both.shape, bool)
    for name in ("value", "low", "high"):
        numbers |= changed(old.reals, new.reals, name)
    became = known[0] != known[1]
    # what is known of an end of the range came or went
    ends = np.zeros(both.shape, bool)
    for name in ("low", "high"):
        ends |= np.isnan(old.reals[name]) != np.isnan(new.reals[name])
    other = changed(old.texts, new.texts, "source") | changed(
        old.texts, new.texts, "supplier"
    )
    way = changed(old.texts, new.texts, "method") | changed(
        old.texts, new.texts, "status"
    )
    gone = old.unreachable != new.unreachable  # of one source that is no method
    way &= ~gone
    vintage = changed(old.reals, new.reals, "date")
    stale = pair.code(Reason.STALE)
    aged = (old.texts["reason"] == stale) != (new.texts["reason"] == stale)
    way = way & known[0] & known[1]
    source = became | other | aged | (vintage & ~numbers) | (ends & ~way & ~gone)
    computed = numbers & _same_input(pair) & known[0] & known[1] & ~other & ~way
    method = way | computed
    value = numbers & known[0] & known[1] & ~other & ~method & ~(ends & ~gone)
    flags = {"value": value, "source": source, "method": method}
    return {name: flag & both for name, flag in flags.items()}, numbers & both


def _informed(pair: Grid, side: Side) -> Bools:
    """Return where anything is known of the value."""
    status = side.texts["status"]
    return np.asarray((status != 0) & (status != pair.code(Status.UNKNOWN)))


def _same_input(pair: Grid) -> Bools:
    """Return where another number must be our computing: same file, other rules."""
    old, new = pair.before, pair.after
    if computed_alike(notes(old.release, new.release)):
        return np.zeros(old.judged.shape, bool)
    files = same_bytes(old.release, new.release)
    codes = np.array([pair.code(name) for name in sorted(files)], np.int64)
    return np.asarray(np.isin(new.texts["source"], codes))


def _norm_side(
    pair: Grid, both: Bools, law: list[NormChange]
) -> tuple[dict[str, Bools], Bools]:
    """Return the flags norm, population and class, and where the law explains all."""
    old, new = pair.sides
    out = {name: np.zeros(both.shape, bool) for name in _NORM_SIDE}
    moved = changed(old.texts, new.texts, "norm_id")
    for name in ("norm", "norm_low", "norm_high"):
        moved |= changed(old.reals, new.reals, name)
    moved &= both
    people, kind = _place_changes(old, new)
    explained = np.zeros(both.shape, bool)
    for number, standard in enumerate(pair.standards):
        mine = [one for one in law if one.standard == standard]
        here = moved[:, number]
        by_law = np.full(len(here), bool(mine))
        for name in ("norm", "norm_low", "norm_high"):
            column = [side.reals[name][:, number] for side in pair.sides]
            by_law &= follows(mine, *column)
        place = people | kind
        explained[:, number] = here & (by_law | (~place & bool(mine)))
        rest = here & ~explained[:, number]
        out["population"][:, number] = rest & people
        out["class"][:, number] = rest & kind
        out["norm"][:, number] = explained[:, number] | (rest & bool(mine))
    waiting = pair.code(Verdict.NOT_DUE)
    due = (old.texts["verdict"] == waiting) != (new.texts["verdict"] == waiting)
    out["norm"] |= due & both
    return out, explained | (due & both)


def _place_changes(old: Side, new: Side) -> tuple[Bools, Bools]:
    """Return per settlement: its people, its class are known otherwise than before."""
    both = old.here & new.here
    people = np.zeros(len(both), bool)
    for name in ("population_low", "population_high"):
        people |= changed(old.people, new.people, name)
    return people & both, (old.place_class != new.place_class) & both


def _fill(pair: Grid, flags: dict[str, Bools], said: Bools, both: Bools) -> None:
    """Give what no flag explains to the place, else to the law, else to the method."""
    old, new = pair.sides
    left = said & ~np.logical_or.reduce([flags[name] for name in flags])
    people, kind = _place_changes(old, new)
    flags["class"] = flags["class"] | (left & kind[:, None])
    flags["population"] = flags["population"] | (
        left & people[:, None] & ~kind[:, None]
    )
    left = left & ~people[:, None] & ~kind[:, None]
    flags["method"] = flags["method"] | (left & both)


def _split(
    pair: Grid,
    flags: dict[str, Bools],
    numbers: Bools,
    explained: Bools,
    better: Mapping[str, str],
) -> tuple[dict[str, Reals], Reals]:
    """Return each cause's share of the change of the gap, and that change."""
    old, new = pair.sides
    change = new.reals["gap"] - old.reals["gap"]
    moves = np.nan_to_num(change) != 0
    one, two = _value_cause(flags), _norm_cause(flags, explained)
    limits = ~same(old.reals["norm"], new.reals["norm"])
    limits |= np.logical_or.reduce([flags[name] for name in _NORM_SIDE])
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
    for name in _NORM_SIDE:
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
    pair: Grid, exact: Bools, better: Mapping[str, str]
) -> tuple[Reals, Reals]:
    """Return the exact shares of value and norm in the change of the gap."""
    first, second = np.zeros(exact.shape), np.zeros(exact.shape)
    for number, standard in enumerate(pair.standards):
        here = exact[:, number]
        if not here.any():
            continue
        v0, v1 = (_central(side)[here, number] for side in pair.sides)
        n0, n1 = (side.reals["norm"][here, number] for side in pair.sides)
        first[here, number], second[here, number] = shapley(
            v0, v1, n0, n1, better.get(standard, "higher")
        )
    return first, second


def _central(side: Side) -> Reals:
    return np.where(side.unreachable, np.inf, side.reals["value"])


def shapley(
    v0: Reals, v1: Reals, n0: Reals, n1: Reals, better: str
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
    which = "lower" if better == "lower" else "higher"
    g00, g11 = gap(v0, n0, which), gap(v1, n1, which)
    g10, g01 = gap(v1, n0, which), gap(v0, n1, which)
    return ((g10 - g00) + (g11 - g01)) / 2, ((g01 - g00) + (g11 - g10)) / 2


def _service(pair: Grid, value: Bools, better: Mapping[str, str]) -> Signs:
    """Return where service certainly got better or worse.

    Both ends known: by the central value (the same method, so the same doubt), else
    by both bounds. One end known: not certain.
    """
    out = np.zeros(value.shape, np.int8)
    whole = np.ones(value.shape, bool)
    for side in pair.sides:
        two_ended = ~np.isnan(side.reals["low"]) & ~np.isnan(side.reals["high"])
        whole &= two_ended | side.unreachable
    before, after = (_central(side) for side in pair.sides)
    for number, standard in enumerate(pair.standards):
        rise = 1 if better.get(standard) != "lower" else -1
        here = value[:, number] & whole[:, number]
        one, two = before[:, number], after[:, number]
        out[here & (two > one), number] = rise
        out[here & (two < one), number] = -rise
    return out


def _strictness(
    old: Side,
    new: Side,
    both: Bools,
    standards: list[str],
    better: Mapping[str, str],
) -> Signs:
    """Return where the norm of a place is certainly stricter or looser than before."""
    out = np.zeros(both.shape, np.int8)
    for number, standard in enumerate(standards):
        sign = -1.0 if better.get(standard) == "lower" else 1.0
        ends = [_limits(side, number, sign) for side in (old, new)]
        (low0, high0), (low1, high1) = ends
        here = both[:, number]
        moved = (low0 != low1) | (high0 != high1)
        out[here & moved & (low1 >= low0) & (high1 >= high0), number] = 1
        out[here & moved & (low1 <= low0) & (high1 <= high0), number] = -1
    return out


def _limits(side: Side, number: int, sign: float) -> tuple[Reals, Reals]:
    """Return the lenient and the strict end of the norm; no norm is -inf."""
    ends = [sign * side.reals[name][:, number] for name in ("norm_low", "norm_high")]
    lenient, strict = ends if sign > 0 else ends[::-1]
    none = -np.inf
    certain = sign * side.reals["norm"][:, number]
    known = ~np.isnan(certain)
    lenient = np.where(known, certain, np.where(np.isnan(lenient), none, lenient))
    strict = np.where(known, certain, np.where(np.isnan(strict), none, strict))
    return lenient, strict
