"""The columns of a release as a document."""

import inspect
import re
from collections.abc import Iterable

import pyarrow as pa

from geo.layers.schema import SCHEMA_VERSION, TABLES, Column, Table

_HEAD = f"""\
# Tables of a release

Made by `python -m tools.generate` from `geo/layers/tables_*.py`; change it there.

A release holds one Parquet file per table, sorted by its key. This is schema version
{SCHEMA_VERSION}. Where *null* stands a value may be missing: it is unknown, or there is
none; that is never zero. Units are written as UCUM does; the values of a table with a
column `unit` are in that. The API says the same of its fields in `/openapi.json`, and
of properties in `/collections/{{id}}/schema`.
"""
_TYPES = {
    pa.string(): "text",
    pa.list_(pa.string()): "texts",
    pa.float64(): "number",
    pa.int64(): "integer",
    pa.bool_(): "boolean",
    pa.date32(): "date",
    pa.binary(): "WKB",
}


def tables_document() -> str:
    """Return every table, its columns and their vocabularies as Markdown."""
    words = [c.words for table in TABLES.values() for c in table.columns]
    named = {one.__name__: one for one in words if isinstance(one, type)}
    parts = [_HEAD, *map(_section, TABLES.values()), "# Vocabularies\n"]
    parts += [
        f"## {name}\n\n{inspect.getdoc(one)} {_listed(one)}.\n"
        for name, one in sorted(named.items())
    ]
    return "\n".join(parts)


def _section(table: Table) -> str:
    key = ", ".join(f"`{name}`" for name in table.key)
    kind = " GeoParquet." if table.geo else ""
    lines = [
        f"## {table.name}",
        "",
        f"{table.says} Key: {key}.{kind}",
        "",
        "| column | type | null | unit | what it is |",
        "|---|---|---|---|---|",
        *map(_row, table.columns),
        "",
    ]
    return "\n".join(lines)


def _row(column: Column) -> str:
    null = "null" if column.null else ""
    says = column.says
    if isinstance(column.words, type):
        name = column.words.__name__
        says += f" [{name}](#{name.lower()})"
    elif column.words:
        says += f" One of {_listed(column.words)}."
    cells = (f"`{column.name}`", _TYPES[column.type], null, column.unit, says)
    return re.sub(" +", " ", f"| {' | '.join(cells)} |")


def _listed(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)
