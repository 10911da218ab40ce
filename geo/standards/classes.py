"""Which classes a settlement may belong to, written as small integers.

Kind, centre flags, population, households and territory may each be uncertain.
What is possible is encoded once per country, so that a standard looks at the few
distinct combinations instead of at every settlement.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.errors import DeclarationError
from geo.standards.band import Band
from geo.standards.model import Norm, Unread
from geo.types import Kind, Tristate

Ints = NDArray[np.int64]
Reals = NDArray[np.float64]

KINDS: tuple[Kind, ...] = tuple(Kind)
FLAGS = ("selsovet_centre", "raion_centre", "oblast_centre")
COUNTS = ("population", "households")
TERRITORY_LEVELS = ("oblast", "raion")
#: bit 1: "no" is possible; bit 2: "yes" is possible
NO, YES, EITHER = 1, 2, 3
_FLAG = {Tristate.YES.value: YES, Tristate.NO.value: NO}


@dataclass(frozen=True)
class Classes:
    """What is possible for each settlement, row by row.

    Attributes
    ----------
    kinds
        Bit mask over :data:`KINDS`.
    flags
        Flag name -> bit mask of :data:`NO` and :data:`YES`.
    counts
        ``population`` and ``households`` -> (low, high), people or households.
    areas
        Area ids of every settlement (oblast, raion), None where unknown.
    area_names
        Lower-case name -> ids of oblasts and raions, for rows that use names.
    area_levels
        Id -> ``oblast`` or ``raion``.
    """

    kinds: Ints
    flags: Mapping[str, Ints]
    counts: Mapping[str, tuple[Reals, Reals]]
    areas: tuple[NDArray[np.object_], ...]
    area_names: Mapping[str, frozenset[str]]
    area_levels: Mapping[str, str]


def encode(
    settlements: pd.DataFrame,
    areas: pd.DataFrame | None = None,
    *,
    settled: bool = True,
) -> Classes:
    """Write down what is possible for each settlement.

    Parameters
    ----------
    settlements
        Table of the release; a column that is missing is unknown everywhere.
    areas
        Table of areas, needed only where rows name a territory by its name.
    settled
        Whether the people are within their settled range, where one is known, in place
        of the certain one.
    """
    size = len(settlements)
    flags: dict[str, Ints] = {
        name: _column(settlements, name)
        .map(_FLAG)
        .fillna(EITHER)
        .to_numpy()
        .astype(np.int64)
        for name in FLAGS
    }
    counts = {name: _range(settlements, name) for name in COUNTS}
    if settled:
        counts["population"] = _narrowed(settlements, counts["population"])
    # a household has at least one resident, so there are no more of them than people
    low, high = counts["households"]
    high = np.where(np.isinf(high), counts["population"][1], high)
    counts["households"] = (low, np.maximum(low, high))
    ids = tuple(
        _column(settlements, name).astype(object).where(lambda s: s.notna(), None)
        for name in (f"{level}_id" for level in TERRITORY_LEVELS)
    )
    return Classes(
        kinds=_kind_masks(settlements) if size else np.empty(0, np.int64),
        flags=flags,
        counts=counts,
        areas=tuple(column.to_numpy(object) for column in ids),
        area_names=_area_names(areas),
        area_levels=_area_levels(areas),
    )


def _column(frame: pd.DataFrame, name: str) -> "pd.Series[Any]":
    if name in frame:
        return frame[name]
    return pd.Series(None, index=frame.index, dtype=object)


def _kind_masks(settlements: pd.DataFrame) -> Ints:
    """Return the possible kinds; a settlement without any hint may be all of them."""
    known: dict[tuple[str, ...], int] = {}
    masks = np.empty(len(settlements), np.int64)
    possible = _column(settlements, "kinds_possible")
    certain = _column(settlements, "kind")
    for row, (several, one) in enumerate(zip(possible, certain, strict=True)):
        kinds = tuple(several) if isinstance(several, Iterable) else ()
        if not kinds and isinstance(one, str):
            kinds = (one,)
        if kinds not in known:
            known[kinds] = kind_mask(Kind(kind) for kind in kinds)
        masks[row] = known[kinds]
    return masks


def kind_mask(kinds: Iterable[Kind]) -> int:
    """Return the bit mask of these kinds; of none: all of them."""
    mask = sum(1 << KINDS.index(kind) for kind in set(kinds))
    return mask or (1 << len(KINDS)) - 1


def counted_as(kinds: Ints, may: Mapping[Kind, Iterable[Kind]]) -> Ints:
    """Return the masks of kinds with those as which a text may mean them, too.

    Parameters
    ----------
    kinds
        Bit masks over :data:`KINDS`.
    may
        Kind -> the kinds as which a place of it may count.
    """
    out = kinds.copy()
    for kind, others in may.items():
        out[kinds >> KINDS.index(kind) & 1 == 1] |= kind_mask(others)
    return out


def _range(settlements: pd.DataFrame, name: str) -> tuple[Reals, Reals]:
    """Return low and high; unknown ends are 0 and unbounded (counts are not below 0).

    A central value without bounds is not taken as certain.
    """
    low = pd.to_numeric(_column(settlements, f"{name}_low")).to_numpy(np.float64)
    high = pd.to_numeric(_column(settlements, f"{name}_high")).to_numpy(np.float64)
    return np.where(np.isnan(low), 0.0, low), np.where(np.isnan(high), np.inf, high)


def _narrowed(
    settlements: pd.DataFrame, certain: tuple[Reals, Reals]
) -> tuple[Reals, Reals]:
    """Return the settled ends of the population, else the certain ones."""
    low, high = (
        np.where(np.isnan(end), other, end)
        for end, other in zip(
            (_numbers(settlements, f"population_settled_{e}") for e in ("low", "high")),
            certain,
            strict=True,
        )
    )
    return low, high


def _numbers(settlements: pd.DataFrame, name: str) -> Reals:
    return pd.to_numeric(_column(settlements, name)).to_numpy(
        np.float64, na_value=np.nan
    )


def _area_levels(areas: pd.DataFrame | None) -> dict[str, str]:
    if areas is None:
        return {}
    ids = areas["id"] if "id" in areas else areas.index.to_series()
    return {
        str(key): str(level)
        for key, level in zip(ids, areas["level"], strict=True)
        if level in TERRITORY_LEVELS
    }


def _area_names(areas: pd.DataFrame | None) -> dict[str, frozenset[str]]:
    if areas is None:
        return {}
    ids = areas["id"] if "id" in areas else areas.index.to_series()
    wanted = areas["level"].isin(TERRITORY_LEVELS).to_numpy()
    found: dict[str, set[str]] = {}
    for column in [c for c in areas.columns if c == "name" or c.startswith("name_")]:
        for key, name in zip(ids[wanted], areas.loc[wanted, column], strict=True):
            if isinstance(name, str) and name:
                found.setdefault(name.casefold(), set()).add(str(key))
    return {name: frozenset(keys) for name, keys in found.items()}


def territory_mask(classes: Classes, territory: Sequence[str], row: str) -> Ints:
    """Return for each settlement whether it may lie in and outside the territory.

    Raises
    ------
    DeclarationError
        If a name is neither the id nor the name of an oblast or raion.
    """
    known = {key for column in classes.areas for key in column if key is not None}
    known |= set(classes.area_levels)
    wanted: set[str] = set()
    for name in territory:
        ids = {name} & known or set(classes.area_names.get(name.casefold(), ()))
        if not ids:
            raise DeclarationError(
                f"territory {name!r} is no oblast or raion of this country",
                where=f"norm {row}",
                remedy="Write the id or the full name as `paritet check` lists them.",
            )
        wanted |= ids
    columns = [pd.Series(column, dtype=object) for column in classes.areas]
    here = [column.isin(list(wanted)).to_numpy() for column in columns]
    inside = np.logical_or.reduce(here)
    # an unknown raion says nothing against an oblast: only the levels that the row
    # names can leave its territory open
    named = {classes.area_levels.get(key) for key in wanted}
    levels = [
        column.isna().to_numpy()
        for level, column, hits in zip(TERRITORY_LEVELS, columns, here, strict=True)
        if level in named or hits.any()
    ]
    unknown = np.logical_or.reduce(levels)
    return np.where(inside, YES, np.where(unknown, EITHER, NO)).astype(np.int64)


def atoms(bands: Iterable[Band | None]) -> Reals:
    """Return the ends of the bands, sorted: they cut the counts into atoms.

    Atom ``2k + 1`` is the k-th end itself, atom ``2k`` the open stretch below it.
    """
    ends = {
        end for band in bands if band for end in (band.low, band.high) if end < np.inf
    }
    return np.array(sorted(ends), np.float64)


def atom_of(counts: Reals, ends: Reals) -> Ints:
    """Return the number of the atom that each count lies in.

    Examples
    --------
    >>> ends = np.array([20.0, 50.0])
    >>> atom_of(np.array([7.0, 20.0, 21.0, 50.0, 51.0]), ends).tolist()
    [0, 1, 2, 3, 4]
    """
    below = np.searchsorted(ends, counts, side="left")
    on_end = np.isin(counts, ends)
    return (2 * below + on_end).astype(np.int64)


def atom_sample(number: int, ends: Reals) -> float:
    """Return one count that lies in the atom."""
    position, on_end = divmod(number, 2)
    if on_end:
        return float(ends[position])
    low = float(ends[position - 1]) if position else -1.0
    high = float(ends[position]) if position < len(ends) else low + 2.0
    return (low + high) / 2


def row_holds(
    norm: Norm | Unread, kind: Kind, flags: Mapping[str, bool], *, inside: bool
) -> bool:
    """Return whether kind, flags and territory of one class satisfy the row."""
    applies = norm.applies
    if applies.kind is not None and kind not in applies.kind:
        return False
    if applies.territory is not None and not inside:
        return False
    return all(
        wanted is None or wanted == flags[name]
        for name in FLAGS
        for wanted in (getattr(applies, name),)
    )
