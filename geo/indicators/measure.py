"""All indicators of a country as one long table, and what is known of each area."""

from collections.abc import Callable
from datetime import date
from functools import partial
from importlib import import_module

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.errors import DeclarationError
from geo.indicators.context import Measuring
from geo.indicators.table import VALUE_COLUMNS, fill, observed, unknown
from geo.layers.counted import counted
from geo.sources.indicators import FILE, Indicator
from geo.types import Status

Bools = NDArray[np.bool_]
AREA_COLUMNS = ("country_id", "oblast_id", "raion_id", "grid_id")
#: metres and milliseconds of a bus are noise; so are digits that differ by platform
DECIMALS = 3
_KEYS = ["area_id", "indicator", "status"]


def function_of(indicator: Indicator) -> Callable[..., pd.DataFrame]:
    """Return the function that an entry names as ``module.function`` of this room.

    Raises
    ------
    DeclarationError
        If there is none.
    """
    module, _, name = indicator.function.rpartition(".")
    try:
        found = getattr(import_module(f"{__package__}.{module}"), name)
    except (ImportError, AttributeError) as error:
        raise DeclarationError(
            f"there is no function {indicator.function!r}",
            where=f"{FILE}, indicator {indicator.code}",
            remedy="Name one of geo/indicators, such as access.minutes_to.",
        ) from error
    return partial(found, **indicator.arguments)


def measured(indicator: Indicator, measuring: Measuring) -> pd.DataFrame:
    """Return the values of one indicator, with the columns of ``table.py``.

    What was observed of a settlement itself wins over what its function works out;
    without a function nothing else is known.
    """
    table = unknown(measuring.layers.settlements.index)
    if indicator.function:
        table = function_of(indicator)(measuring)
    if indicator.instead:
        return table
    return fill(table, observed(measuring.layers.observations, indicator.code))


def measure(measuring: Measuring, indicators: list[Indicator]) -> pd.DataFrame:
    """Return the release table ``values``: one row per settlement x indicator.

    Value and bounds are rounded to 0.001 of the indicator's unit. Rounding is
    monotone, so bounds stay around the value and an exact value stays exact.
    """
    parts = []
    for indicator in indicators:
        table = measured(indicator, measuring)[list(VALUE_COLUMNS)]
        numbers = table[["value", "low", "high"]].round(DECIMALS)
        parts.append(
            table.assign(
                settlement_id=table.index,
                indicator=indicator.code,
                unit=indicator.unit,
                date=table["date"].astype("datetime64[s]"),
                value=numbers["value"],
                low=numbers["low"],
                high=numbers["high"],
            )
        )
    return pd.concat(parts, ignore_index=True)


def evidence(
    settlements: pd.DataFrame,
    values: pd.DataFrame,
    indicators: list[Indicator],
    on: date,
) -> pd.DataFrame:
    """Return the release table ``evidence``: people by status, per area.

    Parameters
    ----------
    settlements
        Release table, indexed by id; who is not counted is left out.
    values
        Release table ``values``.
    indicators
        For their freshness windows.
    on
        Day of the release.
    """
    own = settlements[counted(settlements)]
    spot = own.index.get_indexer(pd.Index(values["settlement_id"]))
    rows, spot = values[spot >= 0], spot[spot >= 0]
    nobody = own["population"].isna()
    people = own["population"].fillna(0.0).to_numpy(np.float64)[spot]
    most = own["population_high"].where(nobody)
    possible = most.fillna(0.0).to_numpy(np.float64)[spot]
    open_ = (nobody & most.isna()).to_numpy(bool)[spot]
    stale = stale_rows(rows, indicators, on)
    facts = pd.DataFrame(
        {
            "indicator": rows["indicator"].astype("category"),
            "status": rows["status"].astype("category"),
            "source": rows["source"].to_numpy(object),
            "people": people,
            "possible": possible,
            "open": open_,
            "stale": stale,
            "people_stale": np.where(stale, people, 0.0),
            "date": rows["date"].where(rows["status"] != Status.UNKNOWN),
        }
    )
    levels = [
        _of_level(facts.assign(area_id=own[column].to_numpy(object)[spot])).assign(
            level=column.removesuffix("_id")
        )
        for column in AREA_COLUMNS
        if own[column].notna().any()
    ]
    return pd.concat(levels, ignore_index=True)


def stale_rows(rows: pd.DataFrame, indicators: list[Indicator], on: date) -> Bools:
    """Tell which values are older than the freshness window of their indicator."""
    oldest = {
        i.code: pd.Timestamp(on) - pd.DateOffset(months=round(i.freshness_years * 12))
        for i in indicators
        if i.freshness_years is not None
    }
    limit = rows["indicator"].map(oldest).astype("datetime64[s]")
    return (rows["date"] < limit).to_numpy(bool)


def _of_level(facts: pd.DataFrame) -> pd.DataFrame:
    """Sum people and settlements per area, indicator and status."""
    known = facts[facts["area_id"].notna()]
    table = known.groupby(_KEYS, observed=True).agg(
        settlements=("people", "size"),
        population=("people", "sum"),
        settlements_stale=("stale", "sum"),
        population_stale=("people_stale", "sum"),
        population_possible=("possible", "sum"),
        settlements_open=("open", "sum"),
        date_min=("date", "min"),
        date_max=("date", "max"),
    )
    named = known[[*_KEYS, "source"]].dropna().drop_duplicates()
    named = named.sort_values([*_KEYS, "source"])
    table["sources"] = named.groupby(_KEYS, observed=True)["source"].agg(", ".join)
    for column in ("population", "population_stale", "population_possible"):
        table[column] = table[column].round(1)
    out = table.reset_index()
    return out.astype({"indicator": "str", "status": "str"})
