"""Open a release: manifest, tables and tiles, checked before they are trusted.

Light on purpose (pyarrow, orjson): the server starts with this module.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from geo.disk.faults import disk_faults
from geo.errors import ReleaseError
from geo.layers.counted import MARKS, counted_rows
from geo.layers.schema import LANGUAGES, SCHEMA_VERSION, TABLES, Column
from geo.release.columns import (
    Floats,
    Index,
    Objects,
    Positions,
    floats,
    laid,
    mapped,
    objects,
    take,
)
from geo.release.manifest_file import MANIFEST, REBUILD, read_manifest, verify_files
from geo.release.parquet import read_columns

__all__ = [
    "LANGUAGES",
    "MANIFEST",
    "TABLES",
    "Column",
    "Entry",
    "Release",
    "Row",
    "open_release",
]
#: One row of a table, and one entry of the manifest.
Row = dict[str, Any]
Entry = dict[str, Any]
#: The column that says which settlement, area or unit a row speaks of, where it is not
#: the first of the key.
_SUBJECTS = {"census": "settlement_id", "ranks": "id"}
#: Long tables of settlements: the column that says of what a row tells.
TOLD = {"values": "indicator", "estimates": "indicator"}
TOLD |= {"judgements": "standard", "scores": "group"}


@dataclass(eq=False)
class Release:
    """One opened release; its folder never changes.

    What is looked up in again and again is held, column by column; a server holds all
    and goes on when the folder is gone.

    Attributes
    ----------
    path
        The folder.
    manifest
        The whole ``manifest.json``.
    held
        Name -> the columns that are kept.
    """

    path: Path
    manifest: dict[str, Any] = field(repr=False)
    held: dict[str, pa.Table] = field(default_factory=dict, repr=False)
    _indexes: dict[tuple[str, str], Index] = field(default_factory=dict, repr=False)
    _columns: dict[str, Objects] = field(default_factory=dict, repr=False)
    _numbers: dict[str, Floats] = field(default_factory=dict, repr=False)

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

    @cached_property
    def standards(self) -> dict[str, Entry]:
        """Id -> standard, in the order of the manifest."""
        return self._declared("standards", "id")

    @cached_property
    def indicators(self) -> dict[str, Entry]:
        """Code -> indicator of settlements."""
        return self._declared("indicators", "code")

    @cached_property
    def unit_indicators(self) -> dict[str, Entry]:
        """Code -> indicator of whole units: raions, oblasts, operators."""
        return self._declared("unit_indicators", "code")

    def indicator(self, code: str | None) -> Entry:
        """Return an indicator of settlements or units; empty where it is not there."""
        return (self.unit_indicators | self.indicators).get(code or "", {})

    @cached_property
    def domains(self) -> dict[str, Entry]:
        """Id -> domain."""
        return self._declared("domains", "id")

    @cached_property
    def suppliers(self) -> dict[str, dict[str, str]]:
        """Indicator code -> who could supply it, by language."""
        return dict(self.manifest.get("suppliers") or {})

    def _declared(self, section: str, key: str) -> dict[str, Entry]:
        return {entry[key]: entry for entry in self.manifest.get(section, [])}

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
        wanted = list(columns or schema.names)
        held = self.held.get(name)
        if held is not None and set(wanted) <= set(held.column_names):
            return held.select(wanted)
        return self._from_disk(name, [schema.field(column) for column in wanted])

    def hold(self, name: str, columns: Sequence[str] | None = None) -> pa.Table:
        """Return one table as :meth:`table` does, and keep what was read.

        A column is read once, and is there when the folder is gone.
        """
        schema = TABLES[name].schema
        held = self.held.get(name)
        there = set() if held is None else set(held.column_names)
        missing = [one for one in columns or schema.names if one not in there]
        if held is None or missing:
            read = self._from_disk(name, [schema.field(column) for column in missing])
            for column in there:
                read = read.append_column(column, self.held[name][column])
            self.held[name] = read
        return self.table(name, columns)

    def hold_all(self) -> dict[str, pa.Table]:
        """Return every table by its name, and keep them all."""
        return {name: self.hold(name) for name in TABLES}

    def _from_disk(self, name: str, wanted: list[pa.Field]) -> pa.Table:
        path = self.path / f"{name}.parquet"
        older = self.manifest["schema_version"] != SCHEMA_VERSION
        if older and not path.is_file():
            return pa.schema(wanted).empty_table()
        return read_columns(path, wanted, older=older)

    def index(self, name: str, column: str = "") -> Index:
        """Return where each text of a column of a table stands.

        Parameters
        ----------
        name
            Of a table.
        column
            By default the one that says what a row speaks of.
        """
        place = name, column or _SUBJECTS.get(name, TABLES[name].key[0])
        if place not in self._indexes:
            self._indexes[place] = Index.of(self.hold(name, place[1:])[place[1]])
        return self._indexes[place]

    def rows(self, name: str, about: str, columns: Sequence[str] = ()) -> list[Row]:
        """Return the rows of a table that speak of a settlement, area or unit.

        Parameters
        ----------
        name
            Of a table.
        about
            The id.
        columns
            Only these; by default all but the geometry.
        """
        names = [one for one in TABLES[name].schema.names if one != "geometry"]
        found = self.index(name).rows(about)
        if not len(found):
            return []
        return list(take(self.hold(name, columns or names), found).to_pylist())

    def row(
        self, name: str, about: str | None, columns: Sequence[str] = ()
    ) -> Row | None:
        """Return the one row about an id as :meth:`rows` does; None: there is none."""
        return next(iter(self.rows(name, about or "", columns)), None)

    @cached_property
    def counted(self) -> pa.ChunkedArray:
        """Which settlements are counted, in the order of the table."""
        return counted_rows(self.table("settlements", MARKS))

    @cached_property
    def listed(self) -> NDArray[np.bool_]:
        """Which settlements lists hold: those that are counted."""
        return np.array(self.counted.to_pylist(), bool)

    @property
    def count(self) -> int:
        """Number of settlements."""
        return int(self.table("settlements", ["id"]).num_rows)

    @cached_property
    def position(self) -> dict[str, int]:
        """Settlement id -> row."""
        return {id_: row for row, id_ in enumerate(self.column("id"))}

    def places(self, table: pa.Table) -> Positions:
        """Return the settlement's row for each row of a table about settlements."""
        return mapped(table["settlement_id"], self.position.__getitem__, -1)

    def column(self, name: str) -> Objects:
        """Return one settlement column as objects, None where null; made once."""
        if name not in self._columns:
            self._columns[name] = objects(self.table("settlements", [name]), name)
        return self._columns[name]

    def numbers(self, name: str) -> Floats:
        """Return one settlement column as numbers, NaN where null; made once."""
        if name not in self._numbers:
            self._numbers[name] = floats(self.table("settlements", [name]), name)
        return self._numbers[name]

    def told(self, name: str, about: str, column: str) -> Any:
        """Return what a long table tells of all settlements, in their order.

        Parameters
        ----------
        name
            ``values``, ``judgements``, ``scores`` or ``estimates``.
        about
            Of which indicator, standard or group.
        column
            What is told; days are counted since 1970-01-01.

        Returns
        -------
        Floats | Objects
            NaN or None where it is null, or there is no row.
        """
        rows = self.index(name, TOLD[name]).rows(about)
        table = take(self.hold(name, ["settlement_id", column]), rows)
        return laid(table[column], self.places(table), self.count)

    def tiles(self, layer: str) -> Path | None:
        """Return the path of ``tiles/<layer>.pmtiles``, None where it has none."""
        path = self.path / "tiles" / f"{layer}.pmtiles"
        return path if path.is_file() else None


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
            verify_files(path, manifest["checksums"])
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
