"""The known levels of the indicators: what parity, ladder and inequality compare."""

from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.standards.load import direction
from geo.standards.values import Measured, measured
from geo.types import Status

#: Units of ordered grades, of which a mean or a ratio says little.
ORDINAL_UNITS = frozenset({"G"})
YES_NO = "yes/no"


def known_levels(
    values: pd.DataFrame,
    ids: pd.Index,
    better: Mapping[str, str],
    on: date,
    freshness: Mapping[str, float | None],
) -> dict[str, Measured]:
    """Return the indicators that have a direction, code by code in their order.

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
    ways = {code: direction(better, code) for code in values["indicator"].unique()}
    return measured(
        values,
        ids,
        {
            code: "lower" if way == "lower" else "higher"
            for code, way in ways.items()
            if way
        },
        on,
        freshness,
    )


def indicator_units(values: pd.DataFrame) -> dict[str, str]:
    """Return indicator code -> unit, empty where the table names none."""
    named = values.drop_duplicates("indicator")
    units = named["unit"].astype(object).where(named["unit"].notna(), "")
    return dict(zip(named["indicator"], units, strict=True))


def assumed_values(values: pd.DataFrame, ids: pd.Index) -> dict[str, NDArray[np.bool_]]:
    """Return per indicator whose value is an assumption, in the order of ids."""
    assumed = values[values["status"] == Status.ASSUMED.value]
    return {
        code: ids.isin(assumed.loc[assumed["indicator"] == code, "settlement_id"])
        for code in values["indicator"].unique()
    }
