"""How a table of a release is declared: schema, sort key, and the few column types."""

from dataclasses import dataclass

import pyarrow as pa

TEXT = pa.string()
REAL = pa.float64()
COUNT = pa.int64()
DAY = pa.date32()


@dataclass(frozen=True)
class Table:
    """Schema, sort key and whether the table is GeoParquet."""

    name: str
    schema: pa.Schema
    key: tuple[str, ...]
    geo: bool = False


def table(
    name: str, key: tuple[str, ...], /, *, geo: bool = False, **columns: pa.DataType
) -> Table:
    """Declare a table; ``geo`` adds a last column ``geometry``."""
    fields = [pa.field(column, kind) for column, kind in columns.items()]
    if geo:
        fields.append(pa.field("geometry", pa.binary()))
    return Table(name, pa.schema(fields), key, geo)
