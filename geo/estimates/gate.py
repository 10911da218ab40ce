"""The gate: what a model says of blocks that it has not seen, and whether that holds.

A candidate is anything that learns from some places and gives probabilities for others.
It is scored on the places of which it is known that somebody looked, whatever it learnt
from: a candidate that mistakes finding for looking is told by its errors there.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import expit, logit

from geo.estimates.declared import Band, Gate, Rule
from geo.layers.geodesy import Floats, Indices

Bools = NDArray[np.bool_]
#: places to learn from, places to speak of, block of each place -> probability, low and
#: high of those spoken of
Estimate = tuple[Floats, Floats, Floats]
Candidate = Callable[[Bools, Bools, Indices], Estimate]
#: no probability counts as more certain than this
_SURE = 1e-3
_NEVER = 1e-9
#: places of the country's share that a size band starts with
_PRIOR = 2.0
_BINS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
#: equal groups of which the interval is checked against the share found, and the share
#: of them that must lie within it
_GROUPS, _COVERED = 10, 0.9
#: how much wider an interval may have to be made
_WIDER = np.arange(1.0, 10.1, 0.25)


@dataclass(frozen=True)
class Known:
    """What is known of the places, in one order.

    Attributes
    ----------
    found
        1 where it was found, else 0.
    looked
        Where somebody looked: only there a 0 means anything.
    size
        Number of the size band.
    flat
        East and north, km, shape (n, 2).
    """

    found: Floats
    looked: Bools
    size: Indices
    flat: Floats


@dataclass(frozen=True)
class Checked:
    """What held-out blocks say of a candidate.

    Attributes
    ----------
    rows
        Of the table ``estimate_checks``, without ``model`` and ``published``.
    summary
        The first of them, ``part`` ``all``.
    failed
        Why it is not published: ``skill``, ``band``, ``coverage``, ``too_few``; empty
        if it is.
    wider
        By how much its intervals had to be widened to hold what was found.
    """

    rows: pd.DataFrame
    summary: dict[str, Any]
    failed: tuple[str, ...]
    wider: float = 1.0

    @property
    def published(self) -> bool:
        """Whether it passed."""
        return not self.failed


def check(
    candidate: Candidate,
    learn: Bools,
    known: Known,
    rule: Rule,
    gate: Gate,
) -> Checked:
    """Hold out blocks, let the candidate learn from the rest, and compare.

    Parameters
    ----------
    candidate
        What is checked.
    learn
        The places that it learns from, but for those held out.
    known
        The truth of the places that somebody looked at.
    rule
        What would be told.
    gate
        Blocks, folds, seeds and what must be shown.
    """
    if not _enough(known, gate):
        few = _row("all", known.found[known.looked])
        return Checked(pd.DataFrame([few]), few, ("too_few",))
    raw = [_held_out(candidate, learn, known, gate, seed) for seed in gate.seeds]
    wider = _wider(pd.concat(raw, ignore_index=True), rule.cap)
    told = [_widened(one, wider, rule.cap) for one in raw]
    rows = [
        _scored(f"seed:{seed}", one) for seed, one in zip(gate.seeds, told, strict=True)
    ]
    every = pd.concat(told, ignore_index=True)
    beaten = sum(row["skill"] >= gate.skill for row in rows)
    summary = _scored("all", every) | {"seeds_beaten": beaten, "n": len(told[0])}
    of_bands = [_of_band(band, every, len(told)) for band in rule.bands]
    failed = [
        *(["skill"] if beaten < gate.seeds_needed else []),
        *(["coverage"] if _coverage(every) < _COVERED else []),
        *(["band"] if not all(row["holds"] for row in of_bands) else []),
    ]
    table = pd.DataFrame([summary, *rows, *of_bands, *_bins(every, len(told))])
    return Checked(
        table.astype({"seeds_beaten": "Int64"}), summary, tuple(failed), wider
    )


def blocks(flat: Floats, km: float, seed: int) -> Indices:
    """Return the number of the square block of each place, from a shifted origin."""
    shift = np.random.default_rng(seed).uniform(0, km, 2)
    cell = np.floor((flat + shift) / km).astype(np.int64)
    east, north = (cell - cell.min(axis=0, initial=0)).T
    _, number = np.unique(
        east * (north.max(initial=0) + 1) + north, return_inverse=True
    )
    return np.asarray(number, dtype=np.int64)


def size_shares(found: Floats, size: Indices, learn: Bools) -> Floats:
    """Return for each place the share found in its size band, drawn to that of all."""
    share = found[learn].mean()
    count = np.bincount(size[learn], minlength=size.max() + 1)
    hits = np.bincount(size[learn], found[learn], minlength=size.max() + 1)
    return np.asarray((hits + _PRIOR * share) / (count + _PRIOR))[size]


def log_score(found: Floats, probability: Floats) -> float:
    """Return the mean of minus the log of what was given to what happened.

    Examples
    --------
    >>> round(log_score(np.array([1.0, 0.0]), np.array([0.5, 0.5])), 4)
    0.6931
    """
    sure = np.clip(probability, _SURE, 1 - _SURE)
    return float(-np.mean(found * np.log(sure) + (1 - found) * np.log(1 - sure)))


def in_band(band: Band, p: Floats, low: Floats, high: Floats) -> Bools:
    """Tell which estimates a band speaks of."""
    return np.asarray(
        (p >= band.at_least)
        & (p <= band.at_most)
        & (low >= band.low_at_least)
        & (high <= band.high_at_most)
    )


def widened(told: Estimate, wider: float, cap: float) -> Estimate:
    """Return an estimate ``wider`` in log odds, not told to be above ``cap``.

    The upper end keeps its place: above a cap nothing is told, but may well be.
    """
    p, low, high = (logit(np.clip(one, _NEVER, 1 - _NEVER)) for one in told)
    middle, least = (np.minimum(expit(one), cap) for one in (p, p + wider * (low - p)))
    return middle, least, np.asarray(expit(p + wider * (high - p)))


def _widened(told: pd.DataFrame, wider: float, cap: float) -> pd.DataFrame:
    ends = (told[name].to_numpy(float) for name in ("p", "low", "high"))
    p, low, high = widened((*ends,), wider, cap)  # type: ignore[arg-type]
    return told.assign(p=p, low=low, high=high)


def _wider(told: pd.DataFrame, cap: float) -> float:
    """Return the least widening whose intervals hold what was found, else the most."""
    for wider in _WIDER:
        if _coverage(_widened(told, wider, cap)) >= _COVERED:
            return float(wider)
    return float(_WIDER[-1])


def _enough(known: Known, gate: Gate) -> bool:
    """Tell whether there are places of both outcomes, in as many blocks as folds."""
    seen = known.found[known.looked]
    if len(seen) == 0 or seen.min() == seen.max():
        return False
    held = blocks(known.flat[known.looked], gate.block_km, gate.seeds[0])
    return int(held.max()) + 1 >= gate.folds


def _held_out(
    candidate: Candidate, learn: Bools, known: Known, gate: Gate, seed: int
) -> pd.DataFrame:
    """Return what is told of each looked-at place by who has not seen its block."""
    block = blocks(known.flat, gate.block_km, seed)
    mixed = np.random.default_rng(seed).permutation(int(block.max()) + 1)
    fold = mixed[block] % gate.folds
    told = np.full((5, len(block)), np.nan)
    for held in range(gate.folds):
        here, seen = known.looked & (fold == held), known.looked & (fold != held)
        if not here.any():
            continue
        told[:3, here] = np.array(candidate(learn & (fold != held), here, block))
        told[3, here] = known.found[seen].mean()
        told[4, here] = size_shares(known.found, known.size, seen)[here]
    names = ["p", "low", "high", "constant", "size_band"]
    table = pd.DataFrame(told[:, known.looked].T, columns=names)
    return table.assign(found=known.found[known.looked])


def _scored(part: str, told: pd.DataFrame) -> dict[str, Any]:
    found = told["found"].to_numpy(float)
    own = log_score(found, told["p"].to_numpy(float))
    others = {
        name: log_score(found, told[name].to_numpy(float))
        for name in ("constant", "size_band")
    }
    best = min(others, key=lambda name: others[name])
    return _row(part, found, told["p"].to_numpy(float)) | {
        "log_score": own,
        "brier": float(np.mean((found - told["p"]) ** 2)),
        "baseline": best,
        "baseline_log_score": others[best],
        "skill": 1 - own / others[best],
        "coverage": _coverage(told),
    }


def _coverage(told: pd.DataFrame) -> float:
    """Return the share of ten equal groups whose share found lies in their interval."""
    p, low, high, found = (
        told[name].to_numpy(float) for name in ("p", "low", "high", "found")
    )
    groups = np.array_split(np.argsort(p, kind="stable"), _GROUPS)
    held = [low[g].mean() <= found[g].mean() <= high[g].mean() for g in groups]
    return float(np.mean(held))


def _of_band(band: Band, told: pd.DataFrame, seeds: int) -> dict[str, Any]:
    p, low, high = (told[name].to_numpy(float) for name in ("p", "low", "high"))
    mine = told[in_band(band, p, low, high)]
    share = mine["found"].mean() if len(mine) else np.nan
    row = _row(f"band:{band.id}", mine["found"].to_numpy(float), mine["p"], seeds)
    return row | {"holds": bool(band.at_least <= share <= band.at_most)}


def _bins(told: pd.DataFrame, seeds: int) -> list[dict[str, Any]]:
    """Return the calibration: what was said and what was found, by tenths."""
    tenth = np.clip(np.digitize(told["p"], _BINS), 1, len(_BINS) - 1)
    rows = []
    for number, (low, high) in enumerate(pairwise(_BINS), start=1):
        mine = told[tenth == number]
        if len(mine):
            found = mine["found"].to_numpy(float)
            rows.append(_row(f"bin:{low:.1f}-{high:.1f}", found, mine["p"], seeds))
    return rows


def _row(
    part: str, found: Floats, said: Floats | pd.Series | None = None, seeds: int = 1
) -> dict[str, Any]:
    """Return a row of places, each of which stands once per seed."""
    some = len(found) > 0
    return {
        "part": part,
        "n": round(len(found) / seeds),
        "predicted": float(np.mean(said)) if some and said is not None else np.nan,
        "observed": float(found.mean()) if some else np.nan,
    }
