"""Open a release: manifest, tables and tiles, checked before they are trusted.

Light on purpose (pyarrow, orjson): the server starts with this module.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from geo.codes import parse_release_name
from geo.errors import ReleaseError
from geo.layers.schema import LANGUAGES, SCHEMA_VERSION, TABLES
from geo.release.catalog import find_release, list_releases

__all__ = [
    "LANGUAGES",
    "Release",
    "find_release",
    "list_releases",
    "open_release",
]

MANIFEST = "manifest.json"
ACCEPTED_VERSIONS = (SCHEMA_VERSION, SCHEMA_VERSION - 1)
REQUIRED_KEYS = ("schema_version", "release", "country", "on", "checksums")
_REBUILD = "Build the country again, or take the folder from its publisher again."


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
        try:
            with pq.ParquetFile(path) as file:
                held = set(file.schema_arrow.names)
                read = file.read([f.name for f in wanted if f.name in held])
        except (OSError, pa.ArrowException) as error:
            raise ReleaseError(
                f"cannot be read as parquet ({_first_line(error)})",
                where=str(path),
                remedy=_REBUILD,
            ) from error
        return _conform(read, wanted, path, older=older)

    def tiles(self, layer: str) -> Path | None:
        """Return the path of ``tiles/<layer>.pmtiles``, None where it has none."""
        path = self.path / "tiles" / f"{layer}.pmtiles"
        return path if path.is_file() else None


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
                f"column {wish.name!r} is missing", where=str(path), remedy=_REBUILD
            )
        try:
            columns.append(
                column if column.type == wish.type else column.cast(wish.type)
            )
        except pa.ArrowException as error:
            raise ReleaseError(
                f"column {wish.name!r} is {column.type}, not {wish.type}",
                where=str(path),
                remedy=_REBUILD,
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
        version is not read by this program, or a file is absent or changed.
    """
    manifest = _manifest(path)
    version = manifest["schema_version"]
    if version not in ACCEPTED_VERSIONS:
        raise ReleaseError(
            f"schema version {version!r} is not one this program reads "
            f"({' or '.join(str(known) for known in ACCEPTED_VERSIONS)})",
            where=str(path / MANIFEST),
            remedy="Install the paritet that made it, or build the country again.",
        )
    expected = set(manifest["checksums"])
    if version == SCHEMA_VERSION:
        expected |= {f"{name}.parquet" for name in TABLES}
    missing = sorted(name for name in expected if not (path / name).is_file())
    if missing:
        more = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
        raise ReleaseError(
            f"the file {missing[0]}{more} is missing", where=str(path), remedy=_REBUILD
        )
    if checksums:
        _verify(path, manifest["checksums"])
    return Release(path, manifest)


def _manifest(path: Path) -> dict[str, Any]:
    if not path.is_dir():
        raise ReleaseError(
            "no such release folder",
            where=str(path),
            remedy="List what is there with: paritet releases",
        )
    file = path / MANIFEST
    if not file.is_file():
        whose = path.parent.name if parse_release_name(path.name) else "CC"
        raise ReleaseError(
            "half-written release: it has no manifest.json",
            where=str(path),
            remedy=f"Remove the folder and run: paritet build {whose}",
        )
    try:
        manifest = orjson.loads(file.read_bytes())
    except orjson.JSONDecodeError as error:
        raise ReleaseError(
            f"not valid JSON (line {error.lineno}, column {error.colno})",
            where=str(file),
            remedy=_REBUILD,
        ) from error
    if not isinstance(manifest, dict):
        raise ReleaseError("not a JSON object", where=str(file), remedy=_REBUILD)
    for key in REQUIRED_KEYS:
        if key not in manifest:
            raise ReleaseError(
                f"key {key!r} is missing", where=str(file), remedy=_REBUILD
            )
    return manifest


def _verify(path: Path, checksums: dict[str, str]) -> None:
    for name, promised in sorted(checksums.items()):
        with (path / name).open("rb") as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()
        if found != promised:
            raise ReleaseError(
                f"SHA-256 is {found[:12]}…, the manifest promises {promised[:12]}…",
                where=str(path / name),
                remedy=_REBUILD,
            )
