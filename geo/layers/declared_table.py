"""How a table of a release is declared: its key, and a record per column.

A column is declared once, here and in the modules ``tables_*``: the Arrow schema, the
models and schemas of the API, and docs/tables.md are made from it.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property, partial

import pyarrow as pa

Words = type[StrEnum] | tuple[str, ...]


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Attributes
    ----------
    type
        As Arrow has it.
    says
        What it is, in one sentence of plain English.
    unit
        As UCUM writes it, such as ``km``, ``1`` for a share, ``{people}`` for what is
        counted; empty where it has none or each row has its own.
    null
        Whether a value may be null: unknown, or that there is none.
    words
        The codes that it may hold; empty where the text is free.
    name
        Set by :func:`table`.
    """

    type: pa.DataType
    says: str
    unit: str = ""
    null: bool = False
    words: Words = ()
    name: str = ""


@dataclass(frozen=True)
class Table:
    """A table: what one row is, the columns, and those that sort it and are unique."""

    name: str
    says: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @cached_property
    def schema(self) -> pa.Schema:
        """Arrow schema; a file does not say what may be null."""
        return pa.schema([pa.field(one.name, one.type) for one in self.columns])

    @property
    def geo(self) -> bool:
        """Whether the file is GeoParquet."""
        return "geometry" in self.schema.names

    def column(self, name: str) -> Column:
        """Return the column of this name, which there must be."""
        return next(one for one in self.columns if one.name == name)


def table(name: str, says: str, key: tuple[str, ...], /, **columns: Column) -> Table:
    """Declare a table; a column ``geometry`` makes it GeoParquet."""
    named = [replace(column, name=called) for called, column in columns.items()]
    return Table(name, says, key, tuple(named))


text = partial(Column, pa.string())
texts = partial(Column, pa.list_(pa.string()))
real = partial(Column, pa.float64())
count = partial(Column, pa.int64())
day = partial(Column, pa.date32())
flag = partial(Column, pa.bool_())
shape = partial(Column, pa.binary())


def bounded(
    name: str, says: str, unit: str = "", *, null: bool = True
) -> dict[str, Column]:
    """Declare a number and the bounds between which it lies for certain."""
    return {
        name: real(says, unit, null=null),
        f"{name}_low": real(f"Certain lower bound of `{name}`.", unit, null=null),
        f"{name}_high": real(f"Certain upper bound of `{name}`.", unit, null=null),
    }
