"""All indicators of a country as one long table, and what is known of each area."""

from datetime import date

import numpy as np
import pandas as pd

from geo.indicators.catalog import Indicator
from geo.indicators.context import Measuring
from geo.indicators.table import VALUE_COLUMNS
from geo.types import Status

AREA_COLUMNS = ("country_id", "oblast_id", "raion_id", "grid_id")


def measure(measuring: Measuring, indicators: list[Indicator]) -> pd.DataFrame:
    """Return the release table ``values``: one row per settlement x indicator."""
    parts = []
    for indicator in indicators:
        table = indicator.function(measuring)[list(VALUE_COLUMNS)]
        parts.append(
            table.assign(
                settlement_id=table.index,
                indicator=indicator.code,
                unit=indicator.unit,
                date=table["date"].astype("datetime64[s]"),
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
        Release table, indexed by id; flagged duplicates are left out.
    values
        Release table ``values``.
    indicators
        For their freshness windows.
    on
        Day of the release.
    """
    own = settlements[settlements["duplicate_of"].isna()]
    rows = values[values["settlement_id"].isin(own.index)].copy()
    windows = rows["indicator"].map({i.code: i.freshness_years for i in indicators})
    age = (np.datetime64(on, "s") - rows["date"].to_numpy()) / np.timedelta64(1, "D")
    rows["stale"] = age / 365.25 > windows.astype("float64").to_numpy()
    people = rows["settlement_id"].map(own["population"]).fillna(0.0)
    rows = rows.assign(
        people=people,
        people_stale=people.where(rows["stale"], 0.0),
        date=rows["date"].where(rows["status"] != Status.UNKNOWN),
    )
    levels = []
    for column in AREA_COLUMNS:
        area = rows["settlement_id"].map(own[column])
        if area.isna().all():
            continue
        grouped = rows.groupby([area, "indicator", "status"])
        table = grouped.agg(
            settlements=("settlement_id", "size"),
            population=("people", "sum"),
            settlements_stale=("stale", "sum"),
            population_stale=("people_stale", "sum"),
            date_min=("date", "min"),
            date_max=("date", "max"),
            sources=("source", _joined),
        )
        table.index.names = ["area_id", "indicator", "status"]
        level = column.removesuffix("_id")
        levels.append(table.reset_index().assign(level=level))
    out = pd.concat(levels, ignore_index=True)
    for column in ("population", "population_stale"):
        out[column] = out[column].round(1)
    return out


def _joined(sources: pd.Series) -> str | None:
    named = sorted({str(name) for name in sources.dropna().unique()})
    return ", ".join(named) or None
