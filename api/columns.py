"""Columns of a release's tables as fields of models and as JSON Schema."""

from collections.abc import Callable, Collection
from datetime import date
from typing import Any, TypeVar

import pyarrow as pa
from pydantic import BaseModel, Field, create_model

from geo.release.read import LANGUAGES, TABLES, Column

Model = TypeVar("Model", bound=BaseModel)

#: Arrow type -> type of a field, and what JSON Schema calls it.
_KINDS: dict[pa.DataType, tuple[Any, dict[str, Any]]] = {
    pa.string(): (str, {"type": "string"}),
    pa.float64(): (float, {"type": "number"}),
    pa.int64(): (int, {"type": "integer"}),
    pa.bool_(): (bool, {"type": "boolean"}),
    pa.date32(): (date, {"type": "string", "format": "date"}),
}
#: What a list says of a settlement, beside where it is.
SETTLEMENT_ROW = (
    "id",
    "name",
    "kind",
    "kinds_possible",
    "selsovet_centre",
    "urban",
    "population",
    "population_low",
    "population_high",
    "population_year",
    "population_status",
)
#: What stands around a row, not in it: whose it is, names by language, the shape.
_AROUND = {
    "settlement_id",
    "area_id",
    "geometry",
    *(f"name_{one}" for one in LANGUAGES),
}


def row_of(
    table: str, *, only: Collection[str] = (), without: Collection[str] = ()
) -> Callable[[type[Model]], type[Model]]:
    """Return a decorator that gives a model the columns of a table as fields.

    Parameters
    ----------
    table
        Name of the table. Whose row it is, names by language and the shape are left
        out: they stand around the rows of an answer.
    only, without
        Which columns; a field that the model declares itself stays as it is.
    """

    def with_columns(model: type[Model]) -> type[Model]:
        left_out = {*_AROUND, *without, *model.model_fields}
        fields: dict[str, Any] = {
            column.name: _field(column)
            for column in TABLES[table].columns
            if column.name in only or not (only or column.name in left_out)
        }
        return create_model(
            model.__name__,
            __base__=model,
            __doc__=model.__doc__,
            __module__=model.__module__,
            **fields,
        )

    return with_columns


def _field(column: Column) -> tuple[Any, Any]:
    of_list = pa.types.is_list(column.type)
    kind: Any = _KINDS[column.type.value_type if of_list else column.type][0]
    more = _about(column)
    if isinstance(column.words, type):
        kind, more = column.words, {}
    if of_list:
        kind = list[kind]
    about = Field(description=column.says, json_schema_extra=more or None)
    return (kind | None if column.null else kind), about


def described(table: str, name: str) -> dict[str, Any]:
    """Return the JSON Schema of a column as a flat property: a list is one text."""
    column = TABLES[table].column(name)
    if pa.types.is_list(column.type):
        return {"type": "string", "description": f"{column.says} Comma-separated."}
    schema = _KINDS.get(column.type, _KINDS[pa.string()])[1]
    return schema | {"description": column.says} | _about(column)


def _about(column: Column) -> dict[str, Any]:
    found: dict[str, Any] = {"enum": list(column.words)} if column.words else {}
    return found | ({"x-ogc-unit": column.unit} if column.unit else {})
