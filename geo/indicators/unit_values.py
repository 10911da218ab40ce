"""Values of whole units: what offices state, and what follows from the settlements.

A raion's queue for a telephone or the number of an oblast's centres is stated or
unknown. Only one value can honestly be worked out: the share of settlements with LTE,
between those that certainly have it and those that are not known to lack it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from geo.indicators.measure import DECIMALS, function_of, stale_rows
from geo.indicators.table import VALUE_COLUMNS, fill, observed, unknown
from geo.layers.counted import counted
from geo.layers.model import Layers
from geo.sources.indicators import Indicator
from geo.types import AssessedUnit, Status

_GENERATION = "digital.best_generation"
_LTE = 4
_UNUSABLE = (
    Status.ASSUMED.value,
    Status.UNKNOWN.value,
    Status.UNREACHABLE.value,
    Status.NOT_APPLICABLE.value,
    Status.AT_HOME.value,
)
_WHOLE = 100.0


@dataclass(frozen=True)
class UnitMeasuring:
    """What the values of units are worked out from.

    Attributes
    ----------
    layers
        Units, what is stated of them, and the settlements.
    measured
        Release table ``values`` of the settlements.
    indicators
        Those of the settlements, for their freshness windows.
    on
        Day of the release.
    """

    layers: Layers
    measured: pd.DataFrame
    indicators: Sequence[Indicator]
    on: date


def unit_values(
    measuring: UnitMeasuring, indicators: Sequence[Indicator]
) -> pd.DataFrame:
    """Return the release table ``unit_values``.

    One row per indicator and unit of a level that the indicator names, also where
    nothing is known. What an office states wins over what is worked out.
    """
    units = measuring.layers.units
    rows = measuring.layers.unit_observations
    stated = rows.assign(origin=rows["file"] + ":" + rows["row"])
    parts = []
    for indicator in indicators:
        chosen = units[units["unit_of_assessment"].isin(indicator.unit_of_assessment)]
        levels = chosen.set_index("unit_id")["unit_of_assessment"]
        table = unknown(levels.index)
        if indicator.function:
            table = fill(table, function_of(indicator)(measuring, levels))
        table = fill(table, _stated(stated, indicator.code, table))
        numbers = table[["value", "low", "high"]].round(DECIMALS)
        parts.append(
            table[list(VALUE_COLUMNS)]
            .drop(columns="facility_id")
            .assign(
                unit_of_assessment=levels.to_numpy(object),
                unit_id=table.index,
                indicator=indicator.code,
                unit=indicator.unit,
                date=table["date"].astype("datetime64[s]"),
                value=numbers["value"],
                low=numbers["low"],
                high=numbers["high"],
            )
        )
    return pd.concat(parts, ignore_index=True)


def _stated(stated: pd.DataFrame, code: str, table: pd.DataFrame) -> pd.DataFrame:
    """Return what offices state; "unknown" does not undo what is worked out."""
    rows = observed(stated.rename(columns={"unit_id": "settlement_id"}), code)
    worked_out = table.index[table["status"] != Status.UNKNOWN.value]
    silent = rows["status"].eq(Status.UNKNOWN.value) & rows.index.isin(worked_out)
    return rows[~silent]


def lte_share(measuring: UnitMeasuring, levels: pd.Series) -> pd.DataFrame:
    """Return the share of settlements with LTE, in per cent, as far as it is certain.

    low = settlements that certainly have generation 4 or better / all settlements;
    high = 1 - settlements that certainly have not / all. A value stands only where
    both agree. A stale value counts as not known, who is not counted does not count at
    all. The date is that of the oldest value used.

    Parameters
    ----------
    measuring
        The settlements and their values.
    levels
        Unit id -> level (country, oblast or raion) of the units wanted.

    Returns
    -------
    DataFrame
        Value rows indexed by unit id, only of units of which anything is known.
    """
    facts = _generations(measuring)
    parts = [
        _shares(facts, f"{level}_id").reindex(levels.index[levels == level])
        for level in (AssessedUnit.COUNTRY, AssessedUnit.OBLAST, AssessedUnit.RAION)
    ]
    table = pd.concat(parts)
    return table[table["yes"] + table["no"] > 0]


def _generations(measuring: UnitMeasuring) -> pd.DataFrame:
    """Return per settlement whether LTE is certain, or certainly absent."""
    settlements = measuring.layers.settlements
    own = settlements[counted(settlements)]
    chosen = measuring.measured[measuring.measured["indicator"] == _GENERATION]
    old = stale_rows(chosen, list(measuring.indicators), measuring.on)
    usable = ~old & ~chosen["status"].isin(_UNUSABLE)
    rows = chosen[usable].set_index("settlement_id").reindex(own.index)
    facts = own[["country_id", "oblast_id", "raion_id"]].copy()
    facts["yes"] = rows["low"] >= _LTE
    facts["no"] = rows["high"] < _LTE
    used = facts["yes"] | facts["no"]
    facts["date"] = rows["date"].where(used)
    facts["source"] = rows["source"].astype("object").where(used)
    return facts


def _shares(facts: pd.DataFrame, column: str) -> pd.DataFrame:
    known = facts[facts[column].notna()]
    table = known.groupby(column).agg(
        count=("yes", "size"),
        yes=("yes", "sum"),
        no=("no", "sum"),
        date=("date", "min"),
    )
    low = _WHOLE * table["yes"] / table["count"]
    high = _WHOLE * (table["count"] - table["no"]) / table["count"]
    pairs = known[[column, "source"]].dropna().drop_duplicates()
    sources = pairs.sort_values([column, "source"]).groupby(column)["source"]
    settled = table["yes"] + table["no"] == table["count"]
    return table.assign(
        value=low.where(settled),
        low=low,
        high=high,
        status=Status.MODELLED.value,
        method="settlements that certainly have it, and that may have it",
        source=sources.agg(", ".join),
    )
