"""Rows of a release's tables that say all they must."""

from typing import Any

import pyarrow as pa

from geo.layers.schema import TABLES, Column

_NEUTRAL = {pa.float64(): 0.0, pa.int64(): 0, pa.bool_(): False, pa.string(): ""}


def filled(table: str, row: dict[str, Any]) -> dict[str, Any]:
    """Return a row with null, else something neutral, where a test does not care."""
    return {column.name: _neutral(column) for column in TABLES[table].columns} | row


def _neutral(column: Column) -> Any:
    if column.null:
        return None
    if pa.types.is_list(column.type):
        return []
    words = [str(word) for word in column.words]
    if words:
        return "unknown" if "unknown" in words else words[0]
    return _NEUTRAL[column.type]
