"""Values that an office states of a whole raion, an oblast, an operator (CSV).

``unit_of_assessment`` is one of :class:`geo.types.AssessedUnit`, ``unit`` the id, the
code or the full name of the area, or the id or the name of the operator. How a value is
stated: :mod:`geo.sources.readers.stated`.
"""

import pandas as pd

from geo.sources.readers.base import Reading
from geo.sources.readers.rules import refuse_where, word
from geo.sources.readers.stated import OPTIONAL, STATED, StatedOptions, stated
from geo.sources.readers.table import Table, same
from geo.types import AssessedUnit


class UnitObservationOptions(StatedOptions):
    """``supplier``: who sent the values, for rows that do not say."""


def _other_level(table: pd.DataFrame, at: Reading[UnitObservationOptions]) -> pd.Series:
    said = []
    for code, level in table[["indicator", "unit_of_assessment"]].itertuples(
        index=False
    ):
        levels = at.quantities[code].levels
        known = f"{code} is a value of {' or '.join(levels)}, not of {level}"
        said.append(None if level in levels else known)
    return pd.Series(said, index=table.index, dtype="str")


def _of_unit(table: pd.DataFrame, at: Reading[UnitObservationOptions]) -> pd.DataFrame:
    row = table["_row"].astype("str")
    return table.assign(unit_ref=table["unit"], file=at.path.name, row=row)


read = Table(
    "unit_observations",
    same("unit_of_assessment", "unit", "indicator", *STATED, *OPTIONAL),
    optional=OPTIONAL,
    separator=None,
    options=UnitObservationOptions,
    steps=(
        *stated(
            "unit_of_assessment",
            "unit",
            "indicator",
            known=lambda one: bool(one.levels),
        ),
        word("unit_of_assessment", AssessedUnit, "unit"),
        refuse_where("unit_of_assessment", "… is a value of …, not of …", _other_level),
        _of_unit,
    ),
)
