"""Open a release: manifest, tables and tiles, checked before they are trusted.

Light on purpose (pyarrow, orjson): the server starts with this module.
"""

import errno
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from geo.disk.faults import disk_faults, remedy_of
from geo.errors import ReleaseError
from geo.layers.schema import LANGUAGES, SCHEMA_VERSION, TABLES, Column
from geo.release.catalog import find_release, list_releases
from geo.release.manifest_file import MANIFEST, REBUILD, read_manifest

__all__ = [
    "LANGUAGES",
    "MANIFEST",
    "TABLES",
    "Column",
    "Release",
    "find_release",
    "list_releases",
    "open_release",
]
#: What pyarrow says of bytes that are no parquet (ValueError: names that are no UTF-8).
_DAMAGE = (OSError, pa.ArrowException, ValueError, KeyError, MemoryError)


@dataclass(frozen=True)
class Release:
    """One opened release; its folder never changes.

    Attributes
    ----------
    path
        The folder.
    manifest
        The whole ``manifest.json``.
    """

    path: Path
    manifest: dict[str, Any] = field(repr=False)

    @property
    def id(self) -> str:
        """Release id, such as ``by/2026-11-22.1``."""
        return str(self.manifest["release"])

    @property
    def country(self) -> str:
        """Country code."""
        return str(self.manifest["country"]["code"])

    @property
    def on(self) -> str:
        """The day the standards were judged on, ISO."""
        return str(self.manifest["on"])

    @property
    def synthetic(self) -> bool:
        """True where the country is made up."""
        return bool(self.manifest["country"].get("synthetic"))

    @property
    def languages(self) -> list[str]:
        """Language codes of the country, the first one the default."""
        return [str(code) for code in self.manifest["country"].get("languages", [])]

    def table(self, name: str, columns: Sequence[str] | None = None) -> pa.Table:
        """Return one table with the columns and types of its schema.

        Text columns come dictionary-free; a column or table that a release of the
        version before did not have is all null or empty.

        Parameters
        ----------
        name
            A key of :data:`geo.layers.schema.TABLES`.
        columns
            Only these, in this order; by default all of the schema.

        Raises
        ------
        ReleaseError
            If the file is missing, no parquet, or lacks a column of its version.
        """
        schema = TABLES[name].schema
        wanted = [schema.field(column) for column in columns or schema.names]
        path = self.path / f"{name}.parquet"
        older = self.manifest["schema_version"] != SCHEMA_VERSION
        if older and not path.is_file():
            return pa.schema(wanted).empty_table()
        return _conform(_read(path, wanted), wanted, path, older=older)

    def tiles(self, layer: str) -> Path | None:
        """Return the path of ``tiles/<layer>.pmtiles``, None where it has none."""
        path = self.path / "tiles" / f"{layer}.pmtiles"
        return path if path.is_file() else None


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


def open_release(path: Path, *, checksums: bool = False) -> Release:
    """Open the release in a folder and check that it is whole.

    Parameters
    ----------
    path
        The folder that holds ``manifest.json``.
    checksums
        True reads every file and compares its SHA-256 with the manifest; otherwise
        only their presence is checked.

    Raises
    ------
    ReleaseError
        If the folder is missing or half-written, its manifest is damaged, its schema
        version is not read by this program, a file is absent or changed, a name or a
        link leads out of the folder, or the disk refuses.
    """
    with disk_faults("the release cannot be read", path):
        manifest = read_manifest(path)
        expected = set(manifest["checksums"])
        if manifest["schema_version"] == SCHEMA_VERSION:
            expected |= {f"{name}.parquet" for name in TABLES}
        _check_files(path, sorted(expected))
        if checksums:
            _verify(path, manifest["checksums"])
    return Release(path, manifest)


def _check_files(path: Path, names: list[str]) -> None:
    """Check that all files are there, and that no link leads elsewhere."""
    missing = [name for name in names if not (path / name).is_file()]
    if missing:
        more = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
        raise ReleaseError(
            f"the file {missing[0]}{more} is missing", where=str(path), remedy=REBUILD
        )
    real = path.resolve()
    for name in names:
        if (path / name).resolve() != real / name:
            raise ReleaseError(
                f"the file {name} is a link or lies behind one",
                where=str(path),
                remedy="A release holds its own files. " + REBUILD,
            )


def _verify(path: Path, checksums: dict[str, str]) -> None:
    for name, promised in sorted(checksums.items()):
        with (path / name).open("rb") as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()
        if found != promised:
            raise ReleaseError(
                f"SHA-256 is {found[:12]}…, the manifest promises {promised[:12]}…",
                where=str(path / name),
                remedy=REBUILD,
            )
