"""What the operators' lists of fixed access say beyond whether there is any."""

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


def fibre(measuring: Measuring) -> pd.DataFrame:
    """Return 1 where an operator provides access over fibre; nothing elsewhere.

    Copper in one line of a list does not say that there is no glass beside it. Of
    several operators the newest word counts.
    """
    rows = measuring.layers.fixed
    glass = rows["technology"].str.casefold().str.strip().isin(_GLASS)
    rows = rows[glass & rows["available"].eq("yes")]
    rows = rows.sort_values(["settlement_id", "date"], kind="stable")
    last = rows.drop_duplicates("settlement_id", keep="last").set_index("settlement_id")
    supplier = last["operator"].fillna("").where(last["operator"].notna(), "")
    supplier = supplier.where(supplier.ne(""), last["_supplier"])
    stated = pd.DataFrame(
        {
            "value": 1.0,
            "low": 1.0,
            "high": 1.0,
            "status": Status.DECLARED.value,
            "method": "operator's list",
            "source": last["_source"],
            "supplier": supplier.astype("object").where(supplier.fillna("").ne("")),
            "date": last["date"],
            "origin": last["origin"],
        },
        index=last.index,
    )
    return fill(unknown(measuring.layers.settlements.index), stated)
