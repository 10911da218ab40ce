"""Columns of arrow tables as numpy arrays, without pandas.

pyarrow's own ``to_numpy`` would import pandas, which the server must not.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

Floats = np.ndarray[tuple[int], np.dtype[np.float64]]
Objects = np.ndarray[tuple[int], np.dtype[np.object_]]
Positions = np.ndarray[tuple[int], np.dtype[np.int64]]


def take(table: pa.Table, rows: Positions) -> pa.Table:
    """Return the rows at these positions; nulls at -1.

    The index is wrapped, not converted: ``pa.array`` would import pandas.
    """
    wanted = np.ascontiguousarray(rows, dtype=np.int64)
    index = pa.Array.from_buffers(pa.int64(), len(wanted), [None, pa.py_buffer(wanted)])
    if len(wanted) and wanted.min() < 0:
        index = pc.if_else(pc.less(index, 0), pa.scalar(None, pa.int64()), index)
    return table.take(index)


@dataclass(frozen=True, eq=False)
class Index:
    """Where each text of a column stands; null is no text.

    Attributes
    ----------
    codes
        Text -> its number, in the order of first appearance.
    order, ends
        Rows by number, ascending within each, and where those of each number end.
    """

    codes: dict[str, int]
    order: Positions
    ends: Positions

    @classmethod
    def of(cls, column: pa.ChunkedArray) -> "Index":
        """Return the index of a text column: one stable sort."""
        codes: dict[str, int] = {}
        code = mapped(column, lambda text: codes.setdefault(text, len(codes)), -1)
        order = np.argsort(code, kind="stable")
        ends = np.searchsorted(code[order], np.arange(-1, len(codes)), side="right")
        return cls(codes, order, ends)

    def rows(self, text: str) -> Positions:
        """Return the rows that hold a text, ascending; empty where none does."""
        code = self.codes.get(text, -1)
        first, last = (0, 0) if code < 0 else self.ends[code : code + 2].tolist()
        return self.order[first:last]


def mapped(
    column: pa.ChunkedArray, number: Callable[[str], int | bool], null: int
) -> Positions:
    """Return a number per text; each distinct text is asked for once."""
    out = np.full(len(column), null, np.int64)
    if len(column):
        coded = column.combine_chunks().dictionary_encode()
        mine = [number(text) for text in coded.dictionary.to_pylist()]
        found = numbers(pa.chunked_array([coded.indices]))
        known = ~np.isnan(found)
        out[known] = np.array([*mine, null], np.int64)[found[known].astype(np.int64)]
    return out


def floats(table: pa.Table, name: str) -> Floats:
    """Return a numeric column, NaN where null."""
    return numbers(table[name])


def numbers(column: pa.ChunkedArray) -> Floats:
    """Return numbers as numpy has them, NaN where null (through DLPack)."""
    out: Floats = np.full(len(column), np.nan)
    if len(column):
        whole = column.combine_chunks().cast(pa.float64())
        rows = np.from_dlpack(pc.indices_nonzero(whole.is_valid()))
        out[rows] = np.from_dlpack(whole.drop_null())
    return out


def days(table: pa.Table, name: str) -> Floats:
    """Return a date column as days since 1970-01-01, NaN where null."""
    return numbers(table[name].cast(pa.int32()))


def objects(table: pa.Table, name: str) -> Objects:
    """Return a column as Python objects, None where null."""
    return as_objects(table[name].to_pylist())


def as_objects(values: list[Any]) -> Objects:
    """Return a list as a one-dimensional array of objects."""
    return np.fromiter(values, dtype=object, count=len(values))


def laid(column: pa.ChunkedArray, places: Positions, count: int) -> Any:
    """Return a column with one entry per settlement: words as objects, else numbers.

    Parameters
    ----------
    column
        Text, truth values, numbers or days (counted since 1970-01-01).
    places
        The settlement's place for each entry.
    count
        Number of settlements.

    Returns
    -------
    Floats | Objects
        NaN or None where the column is null or has no entry.
    """
    if pa.types.is_date(column.type):
        column = column.cast(pa.int32())
    if pa.types.is_floating(column.type) or pa.types.is_integer(column.type):
        values: Floats = np.full(count, np.nan)
        values[places] = numbers(column)
        return values
    words: Objects = np.full(count, None, dtype=object)
    words[places] = as_objects(column.to_pylist())
    return words
