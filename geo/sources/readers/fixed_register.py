"""An operator's list of settlements with fixed access (CSV).

``available`` is yes or no, ``max_mbps`` the highest download speed on offer in Mbit/s,
``date`` the day it is true for (ISO). A settlement that is not in the list stays
unknown.
"""

import pandas as pd

from geo.sources.readers.base import Options, Reading
from geo.sources.readers.rules import day, filled, measure, yes_no
from geo.sources.readers.table import Table, same

OPTIONAL = ("technology", "max_mbps", "date", "operator")


class FixedOptions(Options):
    """``operator``: who sent the list, for rows that do not say."""

    operator: str | None = None


def _of_operator(table: pd.DataFrame, at: Reading[FixedOptions]) -> pd.DataFrame:
    operator = table["operator"].fillna(at.options.operator)
    return table.assign(place_ref=table["settlement"], operator=operator)


read = Table(
    "fixed",
    same("settlement", "available", *OPTIONAL),
    optional=OPTIONAL,
    separator=None,
    options=FixedOptions,
    steps=(
        *filled("settlement"),
        yes_no("available"),
        day("date"),
        measure("max_mbps", "Mbit/s", "a speed is in Mbit/s"),
        _of_operator,
    ),
)
