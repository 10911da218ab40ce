"""What the operators' lists of fixed access say: whether there is any, and fibre."""

import pandas as pd

from geo.indicators.context import Measuring
from geo.indicators.table import fill, unknown
from geo.types import Status

#: words of a list for a line of glass to the house or the door
_GLASS = frozenset(
    (
        *("fibre", "fiber", "ftth", "fttb", "pon", "gpon", "xpon", "epon"),
        *("оптика", "оптоволокно", "волокно", "волс", "аптыка"),
    )
)


def broadband(measuring: Measuring) -> pd.DataFrame:
    """Return 1 or 0 as the operator states it: fixed broadband can be provided.

    The newest word of each operator counts; of several operators one that provides it
    is enough.
    """
    rows = measuring.layers.fixed
    rows = rows.assign(
        operator=rows["operator"].fillna(""),
        value=rows["available"].eq("yes").astype(float),
    ).sort_values("date", kind="stable", na_position="first")
    rows = rows.drop_duplicates(["settlement_id", "operator"], keep="last")
    return _last(measuring, rows, ["settlement_id", "value", "date"])


def fibre(measuring: Measuring) -> pd.DataFrame:
    """Return 1 where an operator provides access over fibre; nothing elsewhere.

    Copper in one line of a list does not say that there is no glass beside it. Of
    several operators the newest word counts.
    """
    rows = measuring.layers.fixed
    glass = rows["technology"].str.casefold().str.strip().isin(_GLASS)
    rows = rows[glass & rows["available"].eq("yes")]
    rows = rows.assign(operator=rows["operator"].fillna(""), value=1.0)
    return _last(measuring, rows, ["settlement_id", "date"])


def _last(measuring: Measuring, rows: pd.DataFrame, order: list[str]) -> pd.DataFrame:
    """Return the last word of each settlement, in an order, as its exact value."""
    table = unknown(measuring.layers.settlements.index)
    if rows.empty:
        return table
    rows = rows.sort_values(order, kind="stable")
    last = rows.drop_duplicates("settlement_id", keep="last").set_index("settlement_id")
    supplier = last["operator"].where(last["operator"].ne(""), last["_supplier"])
    stated = pd.DataFrame(
        {
            "value": last["value"],
            "low": last["value"],
            "high": last["value"],
            "status": Status.DECLARED.value,
            "method": "operator's list",
            "source": last["_source"],
            "supplier": supplier.astype("object").where(supplier.fillna("").ne("")),
            "date": last["date"],
            "origin": last["origin"],
        }
    )
    return fill(table, stated)
