"""Who belongs to which area and subgroup: the sparse table behind every sum.

Subgroups: ``all``; ``town`` and ``village`` (a settlement of unknown class is in
neither); ``kind:<kind>`` for settlements whose kind is certain.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_array

from geo.types import Kind, Level, Tristate

ALL, TOWN, VILLAGE = "all", "town", "village"
SUBGROUPS = tuple(
    sorted([ALL, TOWN, VILLAGE, *(f"kind:{kind.value}" for kind in Kind)])
)


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


def group_members(
    settlements: pd.DataFrame, areas: pd.DataFrame, levels: Sequence[str] | None = None
) -> Groups:
    """Find the members of every area and subgroup.

    Parameters
    ----------
    settlements
        Release table in a fixed order; ``<level>_id`` says where each lies.
    areas
        Release table (id as index or column, level).
    levels
        Levels wanted, by default all that the areas have.
    """
    chosen = areas.reset_index() if "id" not in areas else areas
    if levels is not None:
        chosen = chosen[chosen["level"].isin(list(levels))]
    chosen = chosen.sort_values("id", kind="stable").reset_index(drop=True)
    area_of = _positions(settlements, chosen)
    masks = subgroup_masks(settlements)
    keys, columns = [np.arange(len(chosen)) * len(SUBGROUPS)], [np.empty(0, np.int64)]
    for places, rows in area_of:
        for number, subgroup in enumerate(SUBGROUPS):
            inside = masks[subgroup][rows]
            keys.append(places[inside] * len(SUBGROUPS) + number)
            columns.append(rows[inside])
    numbers = np.unique(np.concatenate(keys))
    rows = np.searchsorted(
        numbers, np.concatenate(keys[1:]) if keys[1:] else numbers[:0]
    )
    cols = np.concatenate(columns)
    member = csr_array(
        (np.ones(len(rows)), (rows, cols)), shape=(len(numbers), len(settlements))
    )
    area = chosen.iloc[numbers // len(SUBGROUPS)]
    names = np.array(SUBGROUPS, object)[numbers % len(SUBGROUPS)]
    frame = pd.DataFrame(
        {
            "area_id": area["id"].to_numpy(object),
            "level": area["level"].to_numpy(object),
            "subgroup": names,
        }
    ).astype("str")
    return Groups(frame, member)


def _positions(
    settlements: pd.DataFrame, areas: pd.DataFrame
) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Return per level the positions of the areas and of their settlements."""
    found = []
    for level in Level:
        own = areas[areas["level"] == level.value]
        name = f"{level.value}_id"
        if own.empty or name not in settlements:
            continue
        place = pd.Index(own["id"].astype("str")).get_indexer(
            pd.Index(settlements[name].astype("str"))
        )
        rows = np.flatnonzero(place >= 0)
        found.append((own.index.to_numpy(np.int64)[place[rows]], rows.astype(np.int64)))
    return found


def subgroup_masks(settlements: pd.DataFrame) -> dict[str, NDArray[np.bool_]]:
    """Return which settlements belong to each subgroup."""
    urban, kind = settlements["urban"], settlements["kind"]
    masks = {
        ALL: np.ones(len(settlements), bool),
        TOWN: (urban == Tristate.YES.value).fillna(value=False).to_numpy(bool),
        VILLAGE: (urban == Tristate.NO.value).fillna(value=False).to_numpy(bool),
    }
    for one in Kind:
        same = (kind == one.value).fillna(value=False)
        masks[f"kind:{one.value}"] = same.to_numpy(bool)
    return masks
