"""Who is counted: every settlement but those that two columns mark.

A second point of another place, and a place of another country whose point lies inside
our outlines, are kept with their mark and counted nowhere: neither among people nor
among settlements, in no sum, list or picture. By its id each can still be asked for.
"""

from collections.abc import Mapping
from functools import reduce
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    import pandas as pd

#: Columns of the table of settlements that are empty where a settlement is counted.
MARKS = ("duplicate_of", "foreign")


def counted(settlements: "pd.DataFrame") -> "pd.Series[bool]":
    """Return which settlements are counted."""
    return settlements[list(MARKS)].isna().all(axis=1)


def counted_rows(settlements: pa.Table) -> pa.ChunkedArray:
    """Return which settlements of an Arrow table are counted."""
    return reduce(pc.and_, (pc.is_null(settlements[name]) for name in MARKS))


def is_counted(settlement: Mapping[str, Any]) -> bool:
    """Tell whether one row of the table is counted."""
    return all(settlement[name] is None for name in MARKS)
