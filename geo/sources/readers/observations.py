"""Values that were measured or declared for a settlement itself (CSV).

How a value is stated: :mod:`geo.sources.readers.stated`.
"""

from collections.abc import Callable

import pandas as pd

from geo.sources.quantities import Quantity
from geo.sources.readers.base import Reading
from geo.sources.readers.rules import refuse_where
from geo.sources.readers.stated import OPTIONAL, STATED, StatedOptions, stated
from geo.sources.readers.table import Table, same


class ObservationOptions(StatedOptions):
    """``supplier``: who sent the values, for rows that do not say."""


def _told(
    said: Callable[[Quantity], str | None],
) -> Callable[[pd.DataFrame, Reading[ObservationOptions]], pd.Series]:
    """Return what is said of the indicator of each row."""
    return lambda table, at: (
        table["indicator"].map(lambda code: said(at.quantities[code])).astype("str")
    )


def _of_units(one: Quantity) -> str | None:
    levels = " or ".join(one.levels)
    reader = "reader unit_observations"
    return f"a value of {levels}, not of a settlement ({reader})" if levels else None


def _worked_out(one: Quantity) -> str | None:
    sent = f"never stated of a settlement: send {one.instead} instead"
    return sent if one.instead else None


read = Table(
    "observations",
    same("settlement", "indicator", *STATED, *OPTIONAL),
    optional=OPTIONAL,
    separator=None,
    options=ObservationOptions,
    steps=(
        *stated("settlement", "indicator", known=lambda _: True),
        refuse_where(
            "indicator",
            "a value of …, not of a settlement (reader unit_observations)",
            _told(_of_units),
        ),
        refuse_where(
            "indicator",
            "never stated of a settlement: send … instead",
            _told(_worked_out),
        ),
        lambda table, _: table.assign(place_ref=table["settlement"]),
    ),
)
