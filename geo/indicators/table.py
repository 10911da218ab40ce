"""The table that every indicator returns."""

import numpy as np
import pandas as pd

from geo.types import Status

VALUE_COLUMNS = (
    "value",
    "low",
    "high",
    "status",
    "method",
    "source",
    "supplier",
    "date",
    "facility_id",
    "origin",
)


def unknown(index: pd.Index) -> pd.DataFrame:
    """Return a table in which nothing is known.

    Parameters
    ----------
    index
        Settlement ids.
    """
    table = pd.DataFrame(index=index)
    for column in ("value", "low", "high"):
        table[column] = np.nan
    table["status"] = pd.Series(Status.UNKNOWN.value, index=index, dtype="str")
    for column in ("method", "source", "supplier", "facility_id", "origin"):
        table[column] = pd.Series(None, index=index, dtype="object")
    table["date"] = pd.Series(pd.NaT, index=index, dtype="datetime64[s]")
    return table


def fill(table: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Return ``table`` with the rows of ``rows`` put in their place.

    Parameters
    ----------
    table
        Values of all settlements.
    rows
        Better known values of some; columns that are not there stay as they were. A
        row without a value (at least 10 trips) only takes the place of a lower bound
        that is smaller, not known or assumed.
    """
    out = table.copy()
    known = rows.loc[rows.index.intersection(out.index)]
    if known.empty:
        return out
    there = out.loc[known.index]
    higher = (there["low"] >= known["low"]) & there["status"].ne(Status.ASSUMED.value)
    bare = known["value"].isna() & higher
    known = known[~bare]
    for column in VALUE_COLUMNS:
        if column in known:
            out.loc[known.index, column] = known[column].to_numpy()
    return out


def observed(observations: pd.DataFrame, indicator: str) -> pd.DataFrame:
    """Return what was measured or declared for settlements themselves.

    Parameters
    ----------
    observations
        Canonical rows with ``settlement_id``; the newest row of a settlement holds, of
        equally new ones the last.
    indicator
        Code, such as ``health.ambulance_minutes``.

    Returns
    -------
    DataFrame
        Value rows indexed by settlement id. A row with a single value is exact.
    """
    rows = observations[observations["indicator"] == indicator]
    rows = rows.sort_values(
        ["settlement_id", "date"], kind="stable", na_position="first"
    )
    rows = rows.drop_duplicates("settlement_id", keep="last")
    rows = rows.set_index("settlement_id")
    bounded = rows["low"].notna() | rows["high"].notna()
    supplier = rows["supplier"].fillna(rows["_supplier"])
    return pd.DataFrame(
        {
            "value": rows["value"],
            "low": rows["low"].where(bounded, rows["value"]),
            "high": rows["high"].where(bounded, rows["value"]),
            "status": rows["status"],
            "method": "register",
            "source": rows["_source"],
            "supplier": supplier.astype("object").where(supplier.fillna("").ne("")),
            "date": rows["date"],
            "origin": rows["origin"],
            # a stated value is not the way to the facility that it takes the place of
            "facility_id": None,
        }
    )
