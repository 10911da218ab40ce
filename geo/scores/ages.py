"""Gaps by age: whom they concern, as far as the age of residents is known.

Residents by age are known of whole raions, their towns and their villages apart, and
of no settlement. Each settlement is taken to have the ages of its side of its raion, so
the figures are ecological: they say how the gaps lie where the young and the old live,
and nothing of how the young of one village differ from its old. Within the villages of
one raion all ages have the same figure; therefore none are given of raions.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from geo.scores.areas import mean_gaps, subjects
from geo.scores.given import Given, ended
from geo.scores.groups import ALL, SMALL_TOWN, TOWN, VILLAGE
from geo.scores.matrix import Reals
from geo.scores.poverty import People, ratio
from geo.types import Level, Tristate

LEVELS = (Level.COUNTRY, Level.OBLAST)
SUBGROUPS = (ALL, TOWN, SMALL_TOWN, VILLAGE)
YOUNG, WORKING, OLD = "below_working", "working", "above_working"


def age_gaps(given: Given, domains: Sequence[str]) -> pd.DataFrame:
    """Return gaps and coverage by age group.

    Parameters
    ----------
    given
        Verdicts, people and areas with their residents by age.
    domains
        Those that have scores.

    Returns
    -------
    DataFrame
        Columns of the release table ``age_gaps``, for country and oblasts. Settlements
        of whose raion, or of whose side of it, no ages are known are left out.
    """
    frame = given.groups.frame
    chosen = frame["level"].isin(LEVELS) & frame["subgroup"].isin(SUBGROUPS)
    groups, whole = given.groups.only(chosen.to_numpy(bool)), given.residents
    weighed = subjects(given, domains)
    blocks = []
    for age, share in age_shares(given).items():
        aged = share > 0  # else infinitely many would be multiplied by 0
        known, least, most = (
            np.multiply(one, share, where=aged, out=np.zeros(len(share)))
            for one in (whole.known, whole.least, whole.most)
        )
        people = People(known, least, most)
        counted = groups.member @ known
        if not counted.any():
            continue
        blocks += [
            groups.frame.assign(
                age=age,
                subject=subject,
                population=counted,
                **mean_gaps(given, groups.member, people, own),
            )
            for subject, own in weighed.items()
        ]
    return ended("age_gaps", blocks)


def age_shares(given: Given) -> dict[str, Reals]:
    """Return the share of each age in the residents of every settlement, else NaN."""
    places = given.places
    units = given.areas.set_index("id") if "id" in given.areas else given.areas
    urban = places["urban"].to_numpy(object)

    def of_raion(name: str) -> Reals:
        both = (
            places["raion_id"].map(units[f"{name}_{side}"]).astype("Float64")
            for side in ("urban", "rural")
        )
        town, village = (one.to_numpy(np.float64, na_value=np.nan) for one in both)
        return np.select(
            [urban == Tristate.YES.value, urban == Tristate.NO.value],
            [town, village],
            np.nan,
        )

    everybody = of_raion("population_official")
    young, old = (
        ratio(of_raion(name), everybody)
        for name in ("population_young", "population_old")
    )
    return {YOUNG: young, WORKING: 1 - young - old, OLD: old}
