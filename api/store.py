"""One release in memory: columns, and the indexes that filters and sorts need.

Tables stay arrow tables. Beside them stand numpy columns with one place per
settlement, in the order of the table (by id); NaN and None mean null.
"""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from api.archive import Archive
from api.held import HeldRelease
from api.judged import Judged, Scored, judged, scored
from api.text import fold
from geo.release.columns import (
    Floats,
    Objects,
    Positions,
    floats,
    numbers,
    objects,
    take,
)
from geo.release.integrity import check_tables
from geo.release.read import LANGUAGES, Release
from geo.types import AssessedUnit
from maps.theme import theme

#: Everything is read when the release is opened: its folder may be gone later.
_TABLES = (
    "settlements",
    "areas",
    "facilities",
    "rejected",
    "census",
    "unit_values",
    "unit_judgements",
    "ranks",
    "sensitivity",
    "timetable_faults",
)
#: Tables with several rows per settlement.
_LONG = {
    "values": "settlement_id",
    "judgements": "settlement_id",
    "scores": "settlement_id",
    "measures": "settlement_id",
    "access": "settlement_id",
    "service": "settlement_id",
    "journeys": "settlement_id",
    "identifiers": "id",
}
#: Tables with several rows per area.
AREA_TABLES = (
    "area_scores",
    "parity",
    "ladder",
    "inequality",
    "deprivation",
    "deprivation_curve",
    "decomposition",
    "evidence",
    "reconciliation",
)
OVERALL = "overall"
NAME_COLUMNS = tuple(f"name_{language}" for language in LANGUAGES)


@dataclass
class Store:
    """One release, ready to answer.

    Attributes
    ----------
    release
        Folder and manifest.
    tables
        All tables; geometry as WKB.
    places
        Long table -> the settlement's row for each of its rows, ascending.
    judged, scored
        Per standard and per group, one place per settlement.
    archives
        Tile layer -> its archive.
    made
        What routes derived from this release and keep beside it.
    """

    release: Release
    tables: dict[str, pa.Table]
    places: dict[str, Positions]
    judged: dict[str, Judged] = field(default_factory=dict)
    scored: dict[str, Scored] = field(default_factory=dict)
    archives: dict[str, Archive] = field(default_factory=dict)
    made: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def load(cls, release: Release) -> "Store":
        """Read a release into memory.

        Raises
        ------
        geo.errors.ReleaseError
            If a table is missing or damaged, or its rows cannot be answered from.
        """
        names = (*_TABLES, *_LONG, *AREA_TABLES)
        tables = {name: release.table(name) for name in names}
        check_tables(tables, release.path)
        ids = tables["settlements"]["id"].combine_chunks()
        places = {}
        for name, key in _LONG.items():
            tables[name], places[name] = _by_settlement(tables[name], key, ids)
        for name in AREA_TABLES:
            tables[name] = tables[name].sort_by("area_id")
        store = cls(release, tables, places)
        count = store.count
        store.judged = judged(
            tables["judgements"], places["judgements"], store.standards, count
        )
        store.scored = scored(tables["scores"], places["scores"], count)
        # Built now, not by the first visitor.
        _ = store.names_folded, store.name_rank, store.position, store.areas
        return store

    @property
    def id(self) -> str:
        """Release id."""
        return self.release.id

    @cached_property
    def held(self) -> HeldRelease:
        """The release as it is in memory."""
        return HeldRelease(self.release.path, self.manifest, self.tables)

    @property
    def manifest(self) -> dict[str, Any]:
        """The manifest."""
        return self.release.manifest

    @cached_property
    def theme(self) -> dict[str, Any]:
        """What the map draws with."""
        return theme(self.manifest)

    @property
    def layers(self) -> list[str]:
        """Names of the tile layers."""
        files = (name.partition("/") for name in sorted(self.manifest["checksums"]))
        return [
            name.removesuffix(".pmtiles")
            for folder, _, name in files
            if folder == "tiles" and name.endswith(".pmtiles")
        ]

    @property
    def settlements(self) -> pa.Table:
        """The settlements, by id."""
        return self.tables["settlements"]

    @property
    def count(self) -> int:
        """Number of settlements."""
        return int(self.settlements.num_rows)

    @cached_property
    def position(self) -> dict[str, int]:
        """Settlement id -> row."""
        return {id_: row for row, id_ in enumerate(self.column("id"))}

    def column(self, name: str) -> Objects:
        """Return one settlement column as objects, None where null."""
        return objects(self.settlements, name)

    @cached_property
    def lon(self) -> Floats:
        """Longitudes in degrees, NaN where unknown."""
        return floats(self.settlements, "lon")

    @cached_property
    def lat(self) -> Floats:
        """Latitudes in degrees, NaN where unknown."""
        return floats(self.settlements, "lat")

    @cached_property
    def population(self) -> Floats:
        """Residents, NaN where unknown."""
        return floats(self.settlements, "population")

    @cached_property
    def raion_of(self) -> Objects:
        """Raion ids."""
        return self.column("raion_id")

    @cached_property
    def oblast_of(self) -> Objects:
        """Oblast ids."""
        return self.column("oblast_id")

    @cached_property
    def kind(self) -> Objects:
        """Kinds, None where several are possible."""
        return self.column("kind")

    @cached_property
    def kinds_possible(self) -> Objects:
        """Lists of possible kinds."""
        return self.column("kinds_possible")

    @cached_property
    def names_folded(self) -> list[str]:
        """All names of a settlement, folded, each after a line break."""
        columns = [self.column(name) for name in ("name", *NAME_COLUMNS)]
        return [
            "".join(dict.fromkeys(f"\n{fold(name)}" for name in names if name))
            for names in zip(*columns, strict=True)
        ]

    @cached_property
    def name_rank(self) -> Floats:
        """Place of the default name in the alphabet; NaN where there is no name."""
        folded = [fold(name) if name else "" for name in self.column("name")]
        places = {name: place for place, name in enumerate(sorted(set(folded)))}
        ranks = (places[name] if name else np.nan for name in folded)
        return np.fromiter(ranks, np.float64, count=self.count)

    @cached_property
    def areas(self) -> dict[str, dict[str, Any]]:
        """Area id -> its row without geometry."""
        rows = self.tables["areas"].drop_columns(["geometry"]).to_pylist()
        return {row["id"]: row for row in rows}

    def rows_of(self, table: str, row: int) -> list[dict[str, Any]]:
        """Return the rows of a long table that belong to the settlement in ``row``."""
        first, last = np.searchsorted(self.places[table], (row, row + 1)).tolist()
        return list(self.tables[table].slice(first, last - first).to_pylist())

    def of_area(self, table: str, area: str) -> list[dict[str, Any]]:
        """Return the rows of a table of areas that speak of one area."""
        first, last = self._area_rows[table].get(area, (0, 0))
        return list(self.tables[table].slice(first, last - first).to_pylist())

    @cached_property
    def _area_rows(self) -> dict[str, dict[str, tuple[int, int]]]:
        return {name: _runs(self.tables[name]) for name in AREA_TABLES}

    @cached_property
    def facilities(self) -> dict[str, dict[str, Any]]:
        """Facility id -> its id, kind and name."""
        columns = self.tables["facilities"].select(["id", "kind", "name"])
        return {row["id"]: row for row in columns.to_pylist()}

    @property
    def standards(self) -> list[dict[str, Any]]:
        """The standards of the manifest."""
        return list(self.manifest.get("standards", []))

    @property
    def context(self) -> list[dict[str, Any]]:
        """The norms of the manifest that are never judged; none in older releases."""
        return list(self.manifest.get("context", []))

    def standard(self, id_: str) -> dict[str, Any]:
        """Return one standard of the manifest, empty where it is not declared."""
        return next((entry for entry in self.standards if entry["id"] == id_), {})

    @property
    def indicators(self) -> dict[str, dict[str, Any]]:
        """Indicator code -> its entry in the manifest."""
        return {entry["code"]: entry for entry in self.manifest.get("indicators", [])}

    @property
    def unit_indicators(self) -> dict[str, dict[str, Any]]:
        """Indicator code of whole units -> its entry in the manifest."""
        declared = self.manifest.get("unit_indicators", [])
        return {entry["code"]: entry for entry in declared}

    @property
    def unit_standards(self) -> list[dict[str, Any]]:
        """The standards of raions, oblasts, the country and operators."""
        levels = set(AssessedUnit)
        return [s for s in self.standards if s.get("unit_of_assessment") in levels]

    @property
    def domains(self) -> list[str]:
        """Ids of the domains."""
        return [entry["id"] for entry in self.manifest.get("domains", [])]

    @property
    def groups(self) -> list[str]:
        """Groups with scores: overall, then the domains."""
        return [OVERALL, *(name for name in self.domains if name in self.scored)]


def _by_settlement(
    table: pa.Table, key: str, ids: pa.Array
) -> tuple[pa.Table, Positions]:
    """Return a long table in the order of the settlements, and the place of each row.

    Every row is of a settlement in ``ids``.
    """
    places = numbers(pc.index_in(table[key], value_set=ids)).astype(np.int64)
    if np.any(np.diff(places) < 0):
        order = np.argsort(places, kind="stable")
        return take(table, order), places[order]
    return table, places


def _runs(table: pa.Table) -> dict[str, tuple[int, int]]:
    """Return area id -> first row and the row after its last."""
    runs: dict[str, tuple[int, int]] = {}
    for row, area in enumerate(table["area_id"].to_pylist()):
        runs[area] = (runs.get(area, (row, row))[0], row + 1)
    return runs
