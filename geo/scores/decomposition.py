"""Whose deprivation it is: M0 and the score of an area, split over its members.

M0 = sum over the members of (member's share of the people counted) x (member's M0).
The members of a partition hold every settlement of the area once, so the contributions
sum to the area's figure exactly: town, village and unclassified; each kind and
``kind:unknown``; each size band and ``size:unknown``; the areas one level below and
``unplaced``. Source: Alkire and Foster (2011), population subgroup decomposability.

Central figures rest on the people of whom any verdict is known; the bounds on all
people under a norm, so each has its own shares. A member below the coverage floor has
no figure of its own, but its part of the area's figure stands.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.layers.schema import TABLES
from geo.scores.deprivation import coverage_of
from geo.scores.grouped import Grouped, breach_counts, enough
from geo.scores.groups import ALL, PARTITIONS, partition_of, subgroup_masks
from geo.scores.matrix import OVERALL
from geo.scores.poverty import deprived, ratio
from geo.types import Level

Reals = NDArray[np.float64]
COLUMNS = tuple(TABLES["decomposition"].schema.names)
UNPLACED = "unplaced"
#: Level -> the levels below it, the nearest first.
_BELOW = {
    Level.COUNTRY: (Level.OBLAST, Level.RAION, Level.GRID),
    Level.OBLAST: (Level.RAION,),
    Level.RAION: (Level.SELSOVET,),
    Level.GRID: (),
}
_SUMS = (
    "settlements",
    "settlements_deprived",
    "people",
    "counted",
    "covered",
    "poor",
    "poor_low",
    "poor_high",
    "scored",
    "score",
    "score_low",
    "score_high",
)


def decomposition(
    given: Grouped,
    scores: pd.DataFrame,
    areas: pd.DataFrame,
    k: float,
    floor: float,
    bands: Sequence[int] = (),
) -> pd.DataFrame:
    """Split M0 and the overall score of every country, oblast, raion and grid cell.

    Parameters
    ----------
    given
        Verdicts, people and areas side by side.
    scores, areas
        Release tables.
    k
        Cutoff of the country's parameters.
    floor
        Coverage below which there is no central figure.
    bands
        Lower ends of the size bands.

    Returns
    -------
    DataFrame
        Columns of the release table ``decomposition``. ``score_contribution`` is null
        where the area's score was moved to the edge of its bounds.
    """
    parts = _parts(given, scores, k)
    levels = set(areas["level"])
    blocks = [
        _split(parts, given.settlements[f"{level.value}_id"], member, floor).assign(
            level=level.value, partition=partition
        )
        for level in _BELOW
        if level.value in levels
        for partition, member in _labels(given, level, levels, bands).items()
    ]
    if not blocks:
        return pd.DataFrame(columns=list(COLUMNS))
    table = pd.concat(blocks, ignore_index=True)
    for name in ("area_id", "level", "partition", "member"):
        table[name] = table[name].astype("str")
    table = table.sort_values(["area_id", "partition", "member"], kind="stable")
    return table[list(COLUMNS)].reset_index(drop=True)


def _parts(given: Grouped, scores: pd.DataFrame, k: float) -> pd.DataFrame:
    """Return per settlement what the sums of :data:`_SUMS` add up."""
    people = given.people
    count, low, high = breach_counts(given.matrix)
    mine = scores[scores["group"] == OVERALL].set_index("settlement_id")
    mine = mine.reindex(given.matrix.ids)

    def people_times(column: str) -> Reals:
        numbers: Reals = people * np.nan_to_num(mine[column].to_numpy(np.float64))
        return numbers

    def poor(counts: Reals) -> Reals:
        held: Reals = people * np.where(deprived(counts, k), np.nan_to_num(counts), 0.0)
        return held

    applies = ~np.isnan(low)
    columns = (
        np.ones(len(people)),
        deprived(low, k).astype(np.float64),
        people * applies,
        people * ~np.isnan(count),
        people * np.nan_to_num(coverage_of(given.matrix)),
        poor(count),
        poor(low),
        poor(high),
        people * mine["score"].notna().to_numpy(bool),
        people_times("score"),
        people_times("score_low"),
        people_times("score_high"),
    )
    return pd.DataFrame(dict(zip(_SUMS, columns, strict=True)))


def _labels(
    given: Grouped, level: Level, levels: set[str], bands: Sequence[int]
) -> dict[str, pd.Series]:
    """Return, per partition, the member that each settlement belongs to."""
    masks = subgroup_masks(given.settlements, bands)
    out = {}
    for partition in PARTITIONS:
        names = [
            name for name in masks if name != ALL and partition_of(name) == partition
        ]
        if names:
            found = np.select([masks[name] for name in names], names, default="")
            out[partition] = pd.Series(found, dtype="str")
    below = next((one for one in _BELOW[level] if one.value in levels), None)
    if below:
        inner = given.settlements[f"{below.value}_id"].astype("str")
        out["areas"] = inner.fillna(UNPLACED).reset_index(drop=True)
    return out


def _split(
    parts: pd.DataFrame, area: pd.Series, member: pd.Series, floor: float
) -> pd.DataFrame:
    keyed = parts.assign(
        area_id=area.astype("str").to_numpy(), member=member.to_numpy()
    )
    keyed = keyed[keyed["area_id"].notna()]
    sums = keyed.groupby(["area_id", "member"])[list(_SUMS)].sum().reset_index()
    whole = keyed.groupby("area_id")[list(_SUMS)].sum().loc[sums["area_id"]]
    part = {name: sums[name].to_numpy(np.float64) for name in _SUMS}
    total = {name: whole[name].to_numpy(np.float64) for name in _SUMS}
    held = enough(ratio(total["covered"], total["people"]), floor)
    own = enough(ratio(part["covered"], part["people"]), floor)
    score, clipped = _score(total)
    return pd.DataFrame(
        {
            "area_id": sums["area_id"],
            "member": sums["member"],
            "settlements": np.rint(part["settlements"]).astype(np.int64),
            "settlements_deprived": np.rint(part["settlements_deprived"]).astype(
                np.int64
            ),
            "population": part["people"],
            "coverage": ratio(part["covered"], part["people"]),
            "share_counted": ratio(part["counted"], total["counted"]),
            "m0": _where(own, ratio(part["poor"], part["counted"])),
            "m0_contribution": _where(held, ratio(part["poor"], total["counted"])),
            "share_people": ratio(part["people"], total["people"]),
            "m0_low": ratio(part["poor_low"], part["people"]),
            "m0_low_contribution": ratio(part["poor_low"], total["people"]),
            "m0_high": ratio(part["poor_high"], part["people"]),
            "m0_high_contribution": ratio(part["poor_high"], total["people"]),
            "share_scored": ratio(part["scored"], total["scored"]),
            "score": _where(own, _score(part)[0]),
            "score_contribution": _where(
                held & ~np.isnan(score) & ~clipped,
                ratio(part["score"], total["scored"]),
            ),
        }
    )


def _where(given: NDArray[np.bool_], numbers: Reals) -> Reals:
    return np.where(given, numbers, np.nan)


def _score(sums: dict[str, Reals]) -> tuple[Reals, NDArray[np.bool_]]:
    """Return the mean score inside its bounds, and where those moved it."""
    mean = ratio(sums["score"], sums["scored"])
    bounds = (
        ratio(sums["score_low"], sums["people"]),
        ratio(sums["score_high"], sums["people"]),
    )
    kept = np.clip(mean, *bounds)
    return kept, np.abs(kept - mean) > 1e-12  # noqa: PLR2004
