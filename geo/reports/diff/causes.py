"""Why a verdict, a gap or a value is another one than before: one cause from the next.

*Service* (``value``) is blamed only where the same source, by the same method, gives
another value. What another source says, what became known, and what grew old is
``source``; another way of knowing or computing is ``method``. On the norm's side the
limit may have changed (``norm``), or the place falls under another one, because of
its ``population`` or its ``class``.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geo.reports.diff.grid import PEOPLE_RANGES, Bools, Grid, Reals, Side, changed
from geo.reports.diff.law import (
    NormChange,
    computed_alike,
    follows,
    moved_by,
    norm_changes,
    notes,
    same_bytes,
)
from geo.reports.diff.split import NORM_SIDE, PARTS, central, split
from geo.standards.gaps import Better
from geo.types import Reason, Status, Verdict

CAUSES = (*PARTS[:-1], "new", "gone")
Signs = NDArray[np.int8]


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
        1 the norm of the place is stricter, -1 looser, 0 the same or not certain.
    rows
        Where anything changed that a reader should see.
    bounds_only
        Only the range of the value moved, and nothing that was said of it: counted,
        no change of service.
    """

    flags: dict[str, Bools]
    parts: dict[str, Reals]
    gap_change: Reals
    service: Signs
    strictness: Signs
    rows: Bools
    bounds_only: Bools


def causes(pair: Grid, better: Mapping[str, Better]) -> Causes:
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
    known = _value_side(pair, both)
    law = norm_changes(old.release, new.release)
    side, explained = _norm_side(pair, both, law)
    flags = known.flags | side
    said = _verdict_changed(old, new) & both
    flags |= {"new": new.judged & ~old.judged, "gone": old.judged & ~new.judged}
    _fill(pair, flags, said, known.ranged)
    rows = np.logical_or.reduce([flags[name] for name in CAUSES])
    parts, gap_change = split(pair, flags, known.central, explained, better)
    return Causes(
        flags,
        parts,
        gap_change,
        _service(pair, flags["value"], better),
        _strictness(old, new, both, pair.standards, better),
        rows,
        known.ranged & ~rows,
    )


@dataclass(frozen=True)
class _ValueSide:
    """Flags value, source, method; where the value, or only its range, moved."""

    flags: dict[str, Bools]
    central: Bools
    ranged: Bools


def _verdict_changed(old: Side, new: Side) -> Bools:
    out = changed(old.texts, new.texts, "verdict") | changed(
        old.texts, new.texts, "reason"
    )
    for name in ("norm", "norm_low", "norm_high", "gap"):
        out = out | changed(old.reals, new.reals, name)
    return np.asarray(out | changed(old.texts, new.texts, "norm_id"))


def _value_side(pair: Grid, both: Bools) -> _ValueSide:
    """Return what changed of the value itself, and of how it is known."""
    old, new = pair.sides
    known = [_informed(pair, side) for side in pair.sides]
    informed = known[0] & known[1]
    gone = old.unreachable != new.unreachable
    central = changed(old.reals, new.reals, "value") | gone
    ranged = changed(old.reals, new.reals, "low") | changed(
        old.reals, new.reals, "high"
    )
    # what is known of an end of the range came or went
    ends = np.zeros(both.shape, bool)
    for name in ("low", "high"):
        ends |= np.isnan(old.reals[name]) != np.isnan(new.reals[name])
    other = changed(old.texts, new.texts, "source")
    other |= changed(old.texts, new.texts, "supplier")
    way = changed(old.texts, new.texts, "method")
    way |= changed(old.texts, new.texts, "status") & ~gone
    same_file = _same_file(pair)
    stale = pair.code(Reason.STALE)
    aged = (old.texts["reason"] == stale) != (new.texts["reason"] == stale)
    for side in pair.sides:  # a target that waits has no reason, fresh or not
        for word in (Verdict.NOT_DUE, Verdict.NO_NORM):
            aged &= side.texts["verdict"] != pair.code(word)
    method = way & informed
    if not computed_alike(notes(old.release, new.release)):
        # one file, other rules: another number must be our computing
        method |= central & same_file & informed & ~other
    source = (known[0] != known[1]) | other | aged | (ends & ~method & ~gone)
    source |= changed(old.reals, new.reals, "date") & ~central & ~same_file
    value = central & informed & ~other & ~method & ~(ends & ~gone)
    flags = {"value": value, "source": source, "method": method}
    return _ValueSide(
        {name: flag & both for name, flag in flags.items()},
        central & both,
        both & ranged & ~central & ~other & ~way & ~ends & informed,
    )


def _informed(pair: Grid, side: Side) -> Bools:
    """Return where anything is known of the value."""
    status = side.texts["status"]
    return np.asarray((status != 0) & (status != pair.code(Status.UNKNOWN)))


def _same_file(pair: Grid) -> Bools:
    """Return where the value comes from a file that is the same in both releases."""
    files = same_bytes(pair.before.release, pair.after.release)
    codes = np.array([pair.code(name) for name in sorted(files)], np.int64)
    return np.asarray(np.isin(pair.after.texts["source"], codes))


def _norm_side(
    pair: Grid, both: Bools, law: list[NormChange]
) -> tuple[dict[str, Bools], Bools]:
    """Return the flags norm, population and class, and where the law explains all."""
    old, new = pair.sides
    out = {name: np.zeros(both.shape, bool) for name in NORM_SIDE}
    moved = changed(old.texts, new.texts, "norm_id")
    for name in ("norm", "norm_low", "norm_high"):
        moved |= changed(old.reals, new.reals, name)
    moved &= both
    people, kind = _place_changes(old, new)
    explained = np.zeros(both.shape, bool)
    for number, standard in enumerate(pair.standards):
        mine = [one for one in law if one.standard == standard]
        here = moved[:, number]
        by_law, touched = _by_law(pair, mine, number)
        place = people | kind
        explained[:, number] = here & (by_law | (~place & bool(mine)))
        rest = here & ~explained[:, number]
        out["population"][:, number] = rest & people
        out["class"][:, number] = rest & kind
        out["norm"][:, number] = explained[:, number] | (rest & touched)
    waiting = pair.code(Verdict.NOT_DUE)
    due = (old.texts["verdict"] == waiting) != (new.texts["verdict"] == waiting)
    out["norm"] |= due & both
    return out, explained | (due & both)


def _by_law(pair: Grid, mine: list[NormChange], number: int) -> tuple[Bools, Bools]:
    """Return where the law explains the norm of a place, and where it had a part."""
    size = len(pair.ids)
    if not mine:
        return np.zeros(size, bool), np.zeros(size, bool)
    whole, touched = np.ones(size, bool), np.zeros(size, bool)
    for name in ("norm", "norm_low", "norm_high"):
        column = [side.reals[name][:, number] for side in pair.sides]
        whole &= follows(mine, *column)
        touched |= moved_by(mine, *column)
    changed_rows = [pair.code(one.id) for one in mine]
    for side in pair.sides:
        touched |= np.isin(side.texts["norm_id"][:, number], changed_rows)
    return whole, touched


def _place_changes(old: Side, new: Side) -> tuple[Bools, Bools]:
    """Return per settlement: its people, its class are known otherwise than before."""
    both = old.here & new.here
    people = np.zeros(len(both), bool)
    for name in PEOPLE_RANGES:
        people |= changed(old.people, new.people, name)
    return people & both, (old.place_class != new.place_class) & both


def _fill(pair: Grid, flags: dict[str, Bools], said: Bools, ranged: Bools) -> None:
    """Give what no flag explains to the place, else to what is known, to the method.

    The range of a travel time grows with the extent of the place, and that with the
    range of its people: a verdict that is lost so has the cause ``population``.
    """
    old, new = pair.sides
    left = said & ~np.logical_or.reduce([flags[name] for name in flags])
    people, kind = (one[:, None] for one in _place_changes(old, new))
    flags["class"] = flags["class"] | (left & kind)
    flags["population"] = flags["population"] | (left & people & ~kind)
    left = left & ~people & ~kind
    flags["source"] = flags["source"] | (left & ranged)
    flags["method"] = flags["method"] | (left & ~ranged)


def _service(pair: Grid, value: Bools, better: Mapping[str, Better]) -> Signs:
    """Return where service certainly got better or worse.

    Both ends known: by the central value (the same method, so the same doubt), else
    by both bounds. One end known: not certain.
    """
    out = np.zeros(value.shape, np.int8)
    whole = np.ones(value.shape, bool)
    for side in pair.sides:
        two_ended = ~np.isnan(side.reals["low"]) & ~np.isnan(side.reals["high"])
        whole &= two_ended | side.unreachable
    before, after = (central(side) for side in pair.sides)
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
    better: Mapping[str, Better],
) -> Signs:
    """Return where the norm of a place is certainly stricter or looser than before."""
    out = np.zeros(both.shape, np.int8)
    for number, standard in enumerate(standards):
        sign = -1.0 if better.get(standard) == "lower" else 1.0
        ends = [_limits(side, number, sign) for side in (old, new)]
        (low0, high0), (low1, high1) = ends
        here = both[:, number]
        here = here & (low0 == high0) & (low1 == high1)
        out[here & (low1 > low0), number] = 1
        out[here & (low1 < low0), number] = -1
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
    # a norm that was not read may be any, up to the strictest
    return lenient, np.where(side.unread[:, number], np.inf, strict)
