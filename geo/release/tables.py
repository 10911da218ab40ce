"""Frames become the tables of a release, each through its one schema."""

from datetime import datetime

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from geo.errors import ReleaseError
from geo.layers.schema import Table


def arrow_table(frame: pd.DataFrame, table: Table) -> pa.Table:
    """Return ``frame`` as an arrow table with exactly the columns of ``table``.

    NaN becomes null, geometry becomes WKB (two dimensions, little endian), rows are
    sorted by the key in byte order.

    Raises
    ------
    ReleaseError
        If a column is missing or unknown, a value does not fit its column or is null
        where it may not be, or a key occurs twice.
    """
    _check_columns(frame, table)
    arrays = [_column(frame, field, table) for field in table.schema]
    rows = pa.Table.from_arrays(arrays, schema=table.schema)
    _check_nulls(rows, table)
    _check_key(rows, table)
    return rows.sort_by([(name, "ascending") for name in table.key])


def _check_columns(frame: pd.DataFrame, table: Table) -> None:
    wanted = table.schema.names
    missing = [name for name in wanted if name not in frame.columns]
    extra = [str(name) for name in frame.columns if name not in wanted]
    faults = []
    if missing:
        faults.append(f"missing columns: {', '.join(missing)}")
    if extra:
        faults.append(f"unknown columns: {', '.join(extra)}")
    if faults:
        raise ReleaseError(
            "; ".join(faults),
            where=f"table {table.name}",
            remedy="The columns of every table stand in geo/layers/schema.py.",
        )


def _column(frame: pd.DataFrame, field: pa.Field, table: Table) -> pa.Array:
    series = frame[field.name]
    if table.geo and field.name == "geometry":
        return pa.array(_wkb(series), type=pa.binary())
    if isinstance(series.dtype, pd.CategoricalDtype):
        series = series.astype(object)
    if pa.types.is_date(field.type) and series.dtype == object:
        series = series.map(_day)
    try:
        array = pa.Array.from_pandas(series, type=field.type)
    except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
        raise ReleaseError(
            f"column {field.name!r} holds a value that is no {field.type} ({error})",
            where=f"table {table.name}",
            remedy="Mend the step that makes this table.",
        ) from error
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array


def _wkb(series: pd.Series) -> list[bytes | None]:
    shapes = [
        None if shape is None or pd.isna(shape) else shape for shape in series.array
    ]
    encoded: list[bytes | None] = shapely.to_wkb(
        shapes, output_dimension=2, byte_order=1
    ).tolist()
    return encoded


def _day(value: object) -> object:
    """Return the date of a timestamp; arrow refuses a mixture of both."""
    return value.date() if isinstance(value, datetime) and value == value else value  # noqa: PLR0124 (NaT)


def _check_nulls(rows: pa.Table, table: Table) -> None:
    for column in table.columns:
        found = rows[column.name].null_count
        if found and not column.null:
            raise ReleaseError(
                f"column {column.name!r} is null in {found} rows, and may not be",
                where=f"table {table.name}",
                remedy="Every row must say it; mend the step that makes this table.",
            )


def _check_key(rows: pa.Table, table: Table) -> None:
    counted = rows.group_by(list(table.key)).aggregate([([], "count_all")])
    twice = counted.filter(pc.greater(counted["count_all"], 1))
    if twice.num_rows:
        keys = sorted(
            tuple(str(row[name]) for name in table.key) for row in twice.to_pylist()
        )
        raise ReleaseError(
            f"{len(keys)} keys occur more than once, the first: "
            f"{', '.join(table.key)} = {', '.join(keys[0])}",
            where=f"table {table.name}",
            remedy="A key names one row; mend the step that makes this table.",
        )
