"""How many people a place has for all that is known: settled ranges, probabilities.

From draws of the whole country on the day (:mod:`geo.layers.joint_people`): between
which numbers the people of a place lie with a stated probability on each side, and how
probable it is that they reach a threshold.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.layers.joint_people import JointPeople

DRAWS = 2_000
LOW, HIGH = "population_settled_low", "population_settled_high"
#: probabilities are published with three decimals
DECIMALS = 3


@dataclass(frozen=True)
class SettledSizes:
    """What the draws say of each place that is modelled or counted.

    Attributes
    ----------
    ranges
        :data:`LOW` and :data:`HIGH` by settlement: the people are at least the one
        with the probability of the level, and at most the other.
    reached
        Settlements by thresholds: probability of at least so many people.
    """

    ranges: pd.DataFrame
    reached: pd.DataFrame

    def onto(self, settlements: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
        """Return the settlements with their settled ranges."""
        found = self.ranges.reindex(settlements.index)
        return settlements.assign(**{name: found[name] for name in (LOW, HIGH)})

    @property
    def table(self) -> pd.DataFrame:
        """Release table ``size_probabilities``: what is neither 0 nor 1."""
        long = self.reached.round(DECIMALS).rename_axis("settlement_id")
        long = long.reset_index().melt(
            "settlement_id", var_name="threshold", value_name="probability"
        )
        open_ = long["probability"].between(0, 1, inclusive="neither")
        long = long[open_].astype({"settlement_id": "str", "threshold": "int64"})
        return long.sort_values(["settlement_id", "threshold"], ignore_index=True)


def settled_sizes(
    joint: JointPeople | None, thresholds: Sequence[int], level: float, seed: int
) -> SettledSizes:
    """Summarise draws of the people on the day.

    Parameters
    ----------
    joint
        None: of no place anything is said.
    thresholds
        Numbers of people that the norms of the country begin or end at.
    level
        Probability with which a settled range holds on each of its sides.
    seed
        Of the draws.
    """
    ids = joint.ids if joint else pd.Index([], dtype="str")
    ends = np.full((2, len(ids)), np.nan)
    reached = np.full((len(thresholds), len(ids)), np.nan)
    # so many draws of DRAWS may lie beyond an end
    beyond = int(np.floor((1 - level) * DRAWS + 1e-9))
    for rows, drawn in joint.today(DRAWS, seed) if joint else ():
        people = np.rint(drawn)
        order = [beyond, DRAWS - 1 - beyond]
        ends[:, rows] = np.partition(people, order, axis=0)[order]
        for place, threshold in enumerate(thresholds):
            reached[place, rows] = (people >= threshold).mean(axis=0)
    said = ~np.isnan(ends[0])
    return SettledSizes(
        pd.DataFrame({LOW: ends[0], HIGH: ends[1]}, index=ids)[said],
        pd.DataFrame(reached.T, index=ids, columns=list(thresholds))[said],
    )
