"""Parity: the level of the villages beside the level of the towns, per indicator.

The ratio is 1 at parity and below 1 where the group is worse off: mean / mean of the
towns where more is better, inverted where less is. Means are weighted by people and
rest on known, finite values only (an unreachable place has no finite value);
``known_share`` says for how many of the group's people that is. Ratio and difference
are given only where it reaches the coverage floor on both sides: where evidence of a
service is known and its absence never is, the known villages are the served ones, and
their mean says nothing about the others.
"""

from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.layers.schema import TABLES
from geo.scores.comparison import people_of
from geo.scores.grouped import enough
from geo.scores.groups import ALL, TOWN, Groups, group_members
from geo.scores.levels import ORDINAL_UNITS, Levels, read_levels
from geo.scores.poverty import ratio
from geo.types import Level

Reals = NDArray[np.float64]
COLUMNS = tuple(TABLES["parity"].schema.names)
LEVELS = (Level.COUNTRY, Level.OBLAST, Level.RAION)


def parity(  # noqa: PLR0913 - the tables, and what dates them
    settlements: pd.DataFrame,
    values: pd.DataFrame,
    areas: pd.DataFrame,
    better: Mapping[str, str],
    on: date,
    freshness: Mapping[str, float | None],
    *,
    floor: float = 0.6,
) -> pd.DataFrame:
    """Compare villages and each kind with the towns of the country, oblast or raion.

    Parameters
    ----------
    settlements, values, areas
        Release tables; ``settlements`` indexed by id.
    better
        Indicator code (or pattern) -> ``higher`` or ``lower``; an indicator that is
        not there has no direction and is left out.
    on, freshness
        A value beyond its window is history and counts as not known.
    floor
        Share of the people whose value must be known, in the group and in the
        towns, for a comparison.

    Returns
    -------
    DataFrame
        Columns of the release table ``parity``, sorted by area, indicator, group.
        Ratio and difference (mean minus mean of the towns, in the indicator's unit)
        are null where the floor is not reached without assumed values, and of ordered
        grades (generation of a network), which have no ratio.
    """
    ordered = settlements.sort_index()
    groups = group_members(ordered, areas, [level.value for level in LEVELS])
    people = people_of(ordered)
    levels = read_levels(values, ordered.index, better, on, freshness)
    blocks = [
        _one(groups, people, levels, code, floor).assign(indicator=code)
        for code in levels.known
    ]
    if not blocks:
        return pd.DataFrame(columns=list(COLUMNS))
    table = pd.concat(blocks, ignore_index=True)
    table["indicator"] = table["indicator"].astype("str")
    table = table.sort_values(["area_id", "indicator", "group"], kind="stable")
    return table[list(COLUMNS)].reset_index(drop=True)


def _one(
    groups: Groups, people: Reals, levels: Levels, code: str, floor: float
) -> pd.DataFrame:
    """Return means and ratios of one indicator for all groups but ``all``."""
    value, way = levels.known[code].central, levels.ways[code]
    known = np.isfinite(value)
    sums = groups.member @ np.stack(
        [
            np.ones(len(people)),
            people,
            people * known,
            people * np.where(known, value, 0.0),
            people * (known & ~levels.assumed[code]),
        ],
        axis=1,
    )
    mean = ratio(sums[:, 3], sums[:, 2])
    share = ratio(sums[:, 2], sums[:, 1])
    stated = enough(ratio(sums[:, 4], sums[:, 1]), floor)
    comparable = stated & (levels.units[code] not in ORDINAL_UNITS)
    compared = np.where(comparable, mean, np.nan)
    town = _of_town(groups, compared)
    table = pd.DataFrame(
        {
            "area_id": groups.frame["area_id"],
            "group": groups.frame["subgroup"],
            "settlements": np.rint(sums[:, 0]).astype(np.int64),
            "population": sums[:, 1],
            "known_share": share,
            "mean": mean,
            "ratio": parity_ratio(compared, town, way),
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
