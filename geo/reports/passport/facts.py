"""What a passport speaks of: the rows of one settlement or area, as published.

Nothing is counted or worded here. A release on disk and the server's copy in memory
are read through the same :class:`Tables`.
"""

import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from geo.errors import NotFoundError
from geo.layers.schema import TABLES
from geo.release.read import Release
from geo.types import Level

Rows = tuple[Mapping[str, Any], ...]
_JUDGED = ("settlement_id", "standard", "verdict", "norm_id", "gap", "reason")
_PLACES = ("id", "name", "name_ru", "name_be", "name_en", "population", "duplicate_of")


@dataclass
class Tables:
    """The manifest and tables of one release; each table is read once.

    Parameters
    ----------
    manifest
        The whole manifest.
    read
        Returns a table by its name.
    """

    manifest: Mapping[str, Any]
    read: Callable[[str], pa.Table]
    _held: dict[str, pa.Table] = field(default_factory=dict)

    @classmethod
    def of(cls, release: Release) -> "Tables":
        """Return the tables of an opened release."""
        return cls(release.manifest, release.table)

    def table(self, name: str) -> pa.Table:
        """Return one table without geometry."""
        if name not in self._held:
            table = self.read(name)
            if "geometry" in table.column_names:
                table = table.drop_columns(["geometry"])
            self._held[name] = table
        return self._held[name]

    def rows(self, name: str, column: str, key: str) -> Rows:
        """Return the rows of a table whose column holds a key, in its order."""
        table = self.table(name)
        return tuple(table.filter(same(table[column], key)).to_pylist())


@dataclass(frozen=True)
class SettlementFacts:
    """One settlement: its row, and its rows of the long tables.

    ``areas`` holds selsovet, raion and oblast by level; ``values`` is by indicator.
    """

    manifest: Mapping[str, Any]
    settlement: Mapping[str, Any]
    areas: Mapping[str, Mapping[str, Any]]
    identifiers: Rows
    values: Mapping[str, Mapping[str, Any]]
    judgements: Rows
    scores: Rows


@dataclass(frozen=True)
class AreaFacts:
    """One area: its row, its parents by level, and what was published of it.

    Attributes
    ----------
    scores
        ``(subgroup, subject)`` -> row of ``area_scores``.
    parity
        ``(indicator, group)`` -> row of ``parity``.
    evidence
        Rows of ``evidence``.
    settlements, judgements
        Its settlements by id, and their verdicts. The people of a flagged duplicate
        are not counted twice: it has none.
    unit_values, unit_judgements
        Values and verdicts of the area itself, by norms of this unit of assessment.
    """

    manifest: Mapping[str, Any]
    area: Mapping[str, Any]
    parents: Mapping[str, Mapping[str, Any]]
    scores: Mapping[tuple[str, str], Mapping[str, Any]]
    parity: Mapping[tuple[str, str], Mapping[str, Any]]
    evidence: Rows
    settlements: Mapping[str, Mapping[str, Any]]
    judgements: Rows
    unit_values: Mapping[str, Mapping[str, Any]]
    unit_judgements: Rows


def settlement_facts(tables: Tables, settlement: str) -> SettlementFacts:
    """Return what a release holds of one settlement.

    Raises
    ------
    NotFoundError
        If the release has no settlement with this id.
    """
    found = tables.rows("settlements", "id", settlement)
    if not found:
        raise NotFoundError(
            f"no settlement {settlement[:60]!r}",
            where=str(tables.manifest["release"]),
            remedy="Give an id or a whole name in Russian, Belarusian or English.",
        )
    row = found[0]
    areas = {
        level.value: area[0]
        for level in (Level.SELSOVET, Level.RAION, Level.OBLAST)
        if row[f"{level}_id"]
        and (area := tables.rows("areas", "id", row[f"{level}_id"]))
    }
    values = tables.rows("values", "settlement_id", settlement)
    return SettlementFacts(
        manifest=tables.manifest,
        settlement=row,
        areas=areas,
        identifiers=tables.rows("identifiers", "id", settlement),
        values={value["indicator"]: value for value in values},
        judgements=tables.rows("judgements", "settlement_id", settlement),
        scores=tables.rows("scores", "settlement_id", settlement),
    )


def area_facts(tables: Tables, area: str) -> AreaFacts:
    """Return what a release holds of one area.

    Raises
    ------
    NotFoundError
        If the release has no such area, or it is a cell of the analytic grid, which
        no office answers for.
    """
    found = tables.rows("areas", "id", area)
    if not found or found[0]["analytic"]:
        what = "is a cell of the analytic grid" if found else "is not there"
        raise NotFoundError(
            f"area {area[:60]!r} {what}",
            where=str(tables.manifest["release"]),
            remedy="Give the id of a raion, oblast, selsovet or of the country.",
        )
    row = found[0]
    scores = tables.rows("area_scores", "area_id", area)
    parity = tables.rows("parity", "area_id", area)
    places, judgements = _members(tables, row["level"], area)
    return AreaFacts(
        manifest=tables.manifest,
        area=row,
        parents=_parents(tables, row),
        scores={(one["subgroup"], one["subject"]): one for one in scores},
        parity={(one["indicator"], one["group"]): one for one in parity},
        evidence=tables.rows("evidence", "area_id", area),
        settlements=places,
        judgements=judgements,
        unit_values={
            value["indicator"]: value
            for value in _unit_rows(tables, "unit_values", area)
        },
        unit_judgements=_unit_rows(tables, "unit_judgements", area),
    )


def same(column: pa.ChunkedArray, key: str) -> pa.ChunkedArray:
    """Return where a text column holds a key.

    The key is wrapped by hand: given as a text, pyarrow would import pandas for it.
    """
    letters = key.encode()
    ends = pa.py_buffer(struct.pack("=ii", 0, len(letters)))
    wanted = pa.Array.from_buffers(pa.string(), 1, [None, ends, pa.py_buffer(letters)])
    return pc.is_in(column, value_set=wanted)


def _unit_rows(tables: Tables, name: str, area: str) -> Rows:
    """Return rows about the area itself; none where releases have no such table."""
    return tables.rows(name, "unit_id", area) if name in TABLES else ()


def _parents(tables: Tables, row: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    parents: dict[str, Mapping[str, Any]] = {}
    while row["parent"]:
        above = tables.rows("areas", "id", row["parent"])
        if not above or above[0]["level"] in parents:
            break
        row = above[0]
        parents[row["level"]] = row
    return parents


def _members(
    tables: Tables, level: str, area: str
) -> tuple[dict[str, Mapping[str, Any]], Rows]:
    """Return the settlements of an area by id, and their verdicts."""
    table = tables.table("settlements")
    own = table.filter(same(table[f"{level}_id"], area))
    judged = tables.table("judgements").select(_JUDGED)
    inside = judged.filter(pc.is_in(judged["settlement_id"], value_set=own["id"]))
    places = {
        row["id"]: row | {"population": None} if row["duplicate_of"] else row
        for row in own.select(_PLACES).to_pylist()
    }
    return places, tuple(inside.to_pylist())
