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

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.scores.given import Given, ended
from geo.scores.groups import ALL, PARTITIONS, partition_of, subgroup_masks
from geo.scores.poverty import deprived, ratio
from geo.types import Level

Reals = NDArray[np.float64]
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


def decomposition(given: Given, scores: pd.DataFrame) -> pd.DataFrame:
    """Split M0 and the overall score of every country, oblast, raion and grid cell.

    Parameters
    ----------
    given
        Verdicts, people and areas side by side.
    scores
        Release table.

    Returns
    -------
    DataFrame
        Columns of the release table ``decomposition``. ``score_contribution`` is null
        where the area's score was moved to the edge of its bounds.
    """
    parts = _parts(given, scores)
    levels = set(given.areas["level"])
    return ended(
        "decomposition",
        [
            _split(given, parts, given.places[f"{level.value}_id"], member).assign(
                level=level.value, partition=partition
            )
            for level in _BELOW
            if level.value in levels
            for partition, member in _labels(given, level, levels).items()
        ],
    )


def _parts(given: Given, scores: pd.DataFrame) -> pd.DataFrame:
    """Return per settlement what the sums of :data:`_SUMS` add up."""
    people, k = given.people, given.how.k
    count, low, high = given.counts
    mine = given.overall(scores)

    def people_times(column: str) -> Reals:
        numbers: Reals = people * np.nan_to_num(mine[column].to_numpy(np.float64))
        return numbers

    def poor(counts: Reals) -> Reals:
        counted = np.where(deprived(counts, k), np.nan_to_num(counts), 0.0)
        return np.asarray(people * counted)

    applies = ~np.isnan(low)
    columns = (
        np.ones(len(people)),
        deprived(low, k).astype(np.float64),
        people * applies,
        people * ~np.isnan(count),
        people * np.nan_to_num(given.coverage),
        poor(count),
        poor(low),
        poor(high),
        people * mine["score"].notna().to_numpy(bool),
        people_times("score"),
        people_times("score_low"),
        people_times("score_high"),
    )
    return pd.DataFrame(dict(zip(_SUMS, columns, strict=True)))


def _labels(given: Given, level: Level, levels: set[str]) -> dict[str, pd.Series]:
    """Return, per partition, the member that each settlement belongs to."""
    masks = subgroup_masks(given.places, given.how.bands)
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
        inner = given.places[f"{below.value}_id"].astype("str")
        out["areas"] = inner.fillna(UNPLACED).reset_index(drop=True)
    return out


def _split(
    given: Given, parts: pd.DataFrame, area: pd.Series, member: pd.Series
) -> pd.DataFrame:
    keyed = parts.assign(
        area_id=area.astype("str").to_numpy(), member=member.to_numpy()
    )
    keyed = keyed[keyed["area_id"].notna()]
    sums = keyed.groupby(["area_id", "member"])[list(_SUMS)].sum().reset_index()
    whole = keyed.groupby("area_id")[list(_SUMS)].sum().loc[sums["area_id"]]
    part = {name: sums[name].to_numpy(np.float64) for name in _SUMS}
    total = {name: whole[name].to_numpy(np.float64) for name in _SUMS}
    in_all = given.enough(ratio(total["covered"], total["people"]))
    covered = given.enough(ratio(part["covered"], part["people"]))
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
            "m0": _where(covered, ratio(part["poor"], part["counted"])),
            "m0_contribution": _where(in_all, ratio(part["poor"], total["counted"])),
            "share_people": ratio(part["people"], total["people"]),
            "m0_low": ratio(part["poor_low"], part["people"]),
            "m0_low_contribution": ratio(part["poor_low"], total["people"]),
            "m0_high": ratio(part["poor_high"], part["people"]),
            "m0_high_contribution": ratio(part["poor_high"], total["people"]),
            "share_scored": ratio(part["scored"], total["scored"]),
            "score": _where(covered, _score(part)[0]),
            "score_contribution": _where(
                in_all & ~np.isnan(score) & ~clipped,
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
