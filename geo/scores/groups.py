"""Who belongs to which area and subgroup: the sparse table behind every sum.

Subgroups are ``all`` and three partitions of it, each settlement that is counted in
exactly one member:

* ``town``, ``village``, ``unclassified`` (town or village unknown);
* ``kind:<kind>`` where the kind is certain, else ``kind:unknown``;
* ``size:<band>`` where the whole range of the population lies in the band, else
  ``size:unknown``.

Beside them ``small_town`` is the towns that certainly have fewer people than the
country declares: their services are other than those of the cities that make up most
of the townspeople.

Selsovets have no size bands: they hold a dozen places, and the tables would double.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_array

from geo.types import Kind, Level, Tristate

ALL, TOWN, VILLAGE, UNCLASSIFIED = "all", "town", "village", "unclassified"
SMALL_TOWN = "small_town"
KIND, SIZE, UNKNOWN = "kind:", "size:", "unknown"
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Groups:
    """The groups that have members; ``all`` of every area is always there.

    Attributes
    ----------
    frame
        area_id, level, subgroup; one row per group, sorted by area and subgroup.
    member
        Groups by settlements, 0 or 1.
    """

    frame: pd.DataFrame
    member: csr_array

    def only(self, chosen: Bools) -> "Groups":
        """Return the groups for which ``chosen`` is true, in the same order."""
        frame = self.frame[chosen].reset_index(drop=True)
        return Groups(frame, self.member[np.flatnonzero(chosen)])


def band_names(bands: Sequence[int]) -> list[str]:
    """Return the names of size bands from their lower ends, in people.

    Examples
    --------
    >>> band_names([0, 20, 5000])
    ['0-19', '20-4999', '5000+']
    """
    upper = [f"{low}-{high - 1}" for low, high in pairwise(bands)]
    return [*upper, f"{bands[-1]}+"] if bands else []


def group_members(
    settlements: pd.DataFrame,
    own: Bools,
    areas: pd.DataFrame,
    bands: Sequence[int],
    small_town: float,
) -> Groups:
    """Find the members of every area and subgroup.

    Parameters
    ----------
    settlements
        Release table in a fixed order; ``<level>_id`` says where each lies.
    own
        Which of them are counted; the others are members of nothing.
    areas
        Release table (id as index or column, level).
    bands
        Lower ends of the size bands, rising from 0; without any no sizes.
    small_town
        People that a small town has fewer of.
    """
    chosen = areas.reset_index() if "id" not in areas else areas
    chosen = chosen.sort_values("id", kind="stable").reset_index(drop=True)
    masks = subgroup_masks(settlements, bands, small_town)
    names = sorted(masks)
    sizes = np.array([name.startswith(SIZE) for name in names], bool)
    small = (chosen["level"] == Level.SELSOVET.value).to_numpy(bool)
    whole = np.arange(len(chosen), dtype=np.int64) * len(names) + names.index(ALL)
    keys, columns = [whole], [np.empty(0, np.int64)]
    for places, rows in _positions(settlements, own, chosen):
        for number, subgroup in enumerate(names):
            inside = masks[subgroup][rows]
            if sizes[number]:
                inside = inside & ~small[places]
            keys.append(places[inside] * len(names) + number)
            columns.append(rows[inside])
    numbers = np.unique(np.concatenate(keys))
    rows = np.searchsorted(
        numbers, np.concatenate(keys[1:]) if keys[1:] else numbers[:0]
    )
    cols = np.concatenate(columns)
    member = csr_array(
        (np.ones(len(rows)), (rows, cols)), shape=(len(numbers), len(settlements))
    )
    area = chosen.iloc[numbers // len(names)]
    frame = pd.DataFrame(
        {
            "area_id": area["id"].to_numpy(object),
            "level": area["level"].to_numpy(object),
            "subgroup": np.array(names, object)[numbers % len(names)],
        }
    ).astype("str")
    return Groups(frame, member)


def _positions(
    settlements: pd.DataFrame, own: Bools, areas: pd.DataFrame
) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Return per level the positions of the areas and of their settlements."""
    found = []
    for level in Level:
        here = areas[areas["level"] == level.value]
        name = f"{level.value}_id"
        if here.empty or name not in settlements:
            continue
        place = pd.Index(here["id"].astype("str")).get_indexer(
            pd.Index(settlements[name].astype("str"))
        )
        rows = np.flatnonzero((place >= 0) & own)
        found.append(
            (here.index.to_numpy(np.int64)[place[rows]], rows.astype(np.int64))
        )
    return found


def subgroup_masks(
    settlements: pd.DataFrame, bands: Sequence[int], small_town: float
) -> dict[str, Bools]:
    """Return which settlements belong to each subgroup."""
    urban, kind = settlements["urban"], settlements["kind"]
    town, village = (
        (urban == word.value).fillna(value=False).to_numpy(bool)
        for word in (Tristate.YES, Tristate.NO)
    )
    masks = {
        ALL: np.ones(len(settlements), bool),
        TOWN: town,
        VILLAGE: village,
        UNCLASSIFIED: ~town & ~village,
    }
    most = settlements["population_high"].to_numpy(np.float64, na_value=np.nan)
    masks[SMALL_TOWN] = town & (most < small_town)
    for one in Kind:
        same = (kind == one.value).fillna(value=False)
        masks[f"{KIND}{one.value}"] = same.to_numpy(bool)
    masks[f"{KIND}{UNKNOWN}"] = ~np.any(
        [masks[f"{KIND}{one.value}"] for one in Kind], axis=0
    )
    return masks | _size_masks(settlements, bands)


def _size_masks(settlements: pd.DataFrame, bands: Sequence[int]) -> dict[str, Bools]:
    """Return who certainly lies in each band of people, and of whom that is open."""
    if not bands:
        return {}
    low, high = (
        settlements[f"population_{end}"].to_numpy(np.float64, na_value=np.nan)
        for end in ("low", "high")
    )
    masks = {
        f"{SIZE}{name}": (low >= least) & (high < beyond)
        for name, least, beyond in zip(
            band_names(bands), bands, (*bands[1:], np.inf), strict=True
        )
    }
    masks[f"{SIZE}{UNKNOWN}"] = ~np.any(list(masks.values()), axis=0)
    return masks
