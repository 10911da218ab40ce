"""Parity: the level of the villages beside the level of the towns, per indicator.

The ratio is 1 at parity and below 1 where the group is worse off: mean / mean of the
towns where more is better, inverted where less is. Means are weighted by people and
rest on known, finite values only (an unreachable place has no finite value);
``known_share`` says for how many of the group's people that is. Ratio and difference
are given only where it reaches the coverage floor on both sides: where evidence of a
service is known and its absence never is, the known villages are the served ones, and
their mean says nothing about the others.
"""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.scores.given import Given, ended
from geo.scores.groups import ALL, SIZE, TOWN, Groups
from geo.scores.levels import Level
from geo.scores.poverty import ratio
from geo.types import Level as AreaLevel

Reals = NDArray[np.float64]
LEVELS = (AreaLevel.COUNTRY, AreaLevel.OBLAST, AreaLevel.RAION)


def parity(given: Given) -> pd.DataFrame:
    """Compare villages, small towns and each kind with the towns of an area.

    Returns
    -------
    DataFrame
        Columns of the release table ``parity``, sorted by area, indicator, group.
        Ratio and difference (mean minus mean of the towns, in the indicator's unit)
        are null where the floor is not reached by values that are bounded on some
        side, in the group or in the towns (an assumption bounds nothing); of ordered
        grades (generation of a network) there is not even a mean.
    """
    frame = given.groups.frame
    compared = frame["level"].isin(LEVELS) & ~frame["subgroup"].str.startswith(SIZE)
    groups = given.groups.only(compared.to_numpy(bool))
    return ended(
        "parity",
        [
            _one(given, groups, level).assign(indicator=code)
            for code, level in given.levels.items()
        ],
    )


def _one(given: Given, groups: Groups, level: Level) -> pd.DataFrame:
    """Return means and ratios of one indicator for all groups but ``all``."""
    value, people = level.value.central, given.people
    known = np.isfinite(value)
    sums = groups.member @ np.stack(
        [
            np.ones(len(people)),
            people,
            people * known,
            people * np.where(known, value, 0.0),
            people * (known & level.value.bounded),
        ],
        axis=1,
    )
    # grades are in an order and no more: 3G and 5G are not 4G
    mean = np.where(level.ordinal, np.nan, ratio(sums[:, 3], sums[:, 2]))
    stated = given.enough(ratio(sums[:, 4], sums[:, 1]))
    compared = np.where(stated, mean, np.nan)
    town = _of_town(groups, compared)
    table = pd.DataFrame(
        {
            "area_id": groups.frame["area_id"],
            "group": groups.frame["subgroup"],
            "settlements": np.rint(sums[:, 0]).astype(np.int64),
            "population": sums[:, 1],
            "known_share": ratio(sums[:, 2], sums[:, 1]),
            "mean": mean,
            "ratio": parity_ratio(compared, town, level.way),
            "difference": compared - town,
        }
    )
    return table[table["group"] != ALL]


def _of_town(groups: Groups, mean: Reals) -> Reals:
    """Return for every group the mean of the towns of its area."""
    town = (groups.frame["subgroup"] == TOWN).to_numpy(bool)
    by_area = pd.Series(mean[town], index=groups.frame.loc[town, "area_id"])
    return groups.frame["area_id"].map(by_area).to_numpy().astype(np.float64)


def parity_ratio(mean: Reals, town: Reals, better: str) -> Reals:
    """Return how a mean stands beside the towns': 1 parity, below 1 worse off.

    Equal means are parity even at 0; a quotient by 0 is null.

    Examples
    --------
    >>> parity_ratio(np.array([30.0]), np.array([15.0]), "lower").tolist()
    [0.5]
    """
    above, below = (mean, town) if better == "higher" else (town, mean)
    return np.where(
        mean == town, np.where(np.isnan(mean), np.nan, 1.0), ratio(above, below)
    )
