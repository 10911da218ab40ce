"""Columns of one parquet file of a release, with the types of their schema."""

import errno
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from geo.disk.faults import remedy_of
from geo.errors import ReleaseError
from geo.release.manifest_file import REBUILD

#: What pyarrow says of bytes that are no parquet (ValueError: names that are no UTF-8).
_DAMAGE = (OSError, pa.ArrowException, ValueError, KeyError, MemoryError)


def read_columns(path: Path, wanted: list[pa.Field], *, older: bool) -> pa.Table:
    """Return columns of a file, in the order and with the types that are wanted.

    Parameters
    ----------
    path
        The file.
    wanted
        Names and types.
    older
        Of a version before: a column that is not there is all null.

    Raises
    ------
    ReleaseError
        If the file is missing, no parquet, lacks a column, or has it twice or of a
        type that cannot be cast.
    """
    return _conform(_read(path, wanted), wanted, path, older=older)


def _read(path: Path, wanted: list[pa.Field]) -> pa.Table:
    """Read the columns that the file has of those that are wanted."""
    names = {field.name for field in wanted}
    try:
        with pq.ParquetFile(path) as file:
            held = [name for name in file.schema_arrow.names if name in names]
            read = None if len(held) != len(set(held)) else file.read(held)
    except _DAMAGE as error:
        raise ReleaseError(
            f"cannot be read as parquet ({_first_line(error)})",
            where=str(path),
            remedy=_remedy(error),
        ) from error
    if read is None:
        twice = next(name for name in held if held.count(name) > 1)
        raise ReleaseError(
            f"column {twice!r} occurs twice", where=str(path), remedy=REBUILD
        )
    return read


def _remedy(error: Exception) -> str:
    """Return what helps: the file is damaged or lost, or the disk refuses it."""
    if isinstance(error, OSError) and error.errno not in {None, errno.ENOENT}:
        return remedy_of(error)
    return REBUILD


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]


def _conform(
    read: pa.Table, wanted: list[pa.Field], path: Path, *, older: bool
) -> pa.Table:
    columns: list[pa.Array | pa.ChunkedArray] = []
    for wish in wanted:
        if wish.name in read.column_names:
            column = read.column(wish.name)
        elif older:
            column = pa.nulls(read.num_rows, wish.type)
        else:
            raise ReleaseError(
                f"column {wish.name!r} is missing", where=str(path), remedy=REBUILD
            )
        try:
            columns.append(
                column if column.type == wish.type else column.cast(wish.type)
            )
        except pa.ArrowException as error:
            raise ReleaseError(
                f"column {wish.name!r} is {column.type}, not {wish.type}",
                where=str(path),
                remedy=REBUILD,
            ) from error
    return pa.Table.from_arrays(columns, schema=pa.schema(wanted))
