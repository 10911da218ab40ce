"""The known levels of the indicators: what parity, ladder and inequality compare."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.standards.gaps import Better
from geo.standards.load import direction
from geo.standards.values import Measured, measured
from geo.types import Status

#: Units of ordered grades, of which a mean or a ratio says little.
ORDINAL_UNITS = frozenset({"G", "level"})
YES_NO = "yes/no"


@dataclass(frozen=True)
class Levels:
    """What is known of every indicator that has a direction, code by code.

    Attributes
    ----------
    known
        Values in the order of the settlements; a value beyond its window is stale.
    ways
        Which direction is better.
    units
        Unit as in the table, empty where it names none.
    assumed
        Whose value rests on a stated assumption.
    """

    known: dict[str, Measured]
    ways: dict[str, Better]
    units: dict[str, str]
    assumed: dict[str, NDArray[np.bool_]]


def read_levels(
    values: pd.DataFrame,
    ids: pd.Index,
    better: Mapping[str, str],
    on: date,
    freshness: Mapping[str, float | None],
) -> Levels:
    """Lay the values of the indicators beside the settlements.

    Parameters
    ----------
    values
        Release table.
    ids
        Settlements in the order of the result.
    better
        Indicator code (or pattern) -> ``higher`` or ``lower``; an indicator that is
        not there has no direction and is left out.
    on, freshness
        A value beyond its window is history and counts as not known.
    """
    named = values.drop_duplicates("indicator")
    directed = {code: direction(better, code) for code in named["indicator"]}
    ways: dict[str, Better] = {
        code: "lower" if way == "lower" else "higher"
        for code, way in directed.items()
        if way
    }
    units = named["unit"].astype(object).where(named["unit"].notna(), "")
    assumed = values[values["status"] == Status.ASSUMED.value]
    return Levels(
        known=measured(values, ids, ways, on, freshness),
        ways=ways,
        units=dict(zip(named["indicator"], units, strict=True)),
        assumed={
            code: ids.isin(assumed.loc[assumed["indicator"] == code, "settlement_id"])
            for code in ways
        },
    )
