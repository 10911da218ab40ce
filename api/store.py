"""One release in memory: columns, and the indexes that filters and sorts need.

Beside the arrow tables stand numpy columns with one place per settlement, in the order
of the table (by id); NaN and None mean null.
"""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import shapely

from api.archive import Archive
from api.judged import Judged, Scored, judged, scored
from api.text import fold
from geo.release.columns import Floats, Objects, Positions
from geo.release.hexagons import BY_CELL, numbered
from geo.release.integrity import check_tables
from geo.release.read import LANGUAGES, Release
from geo.reports.classed import readings
from geo.reports.topics import topics_of
from geo.types import AssessedUnit
from maps.theme import label, theme

OVERALL = "overall"
NAME_COLUMNS = tuple(f"name_{language}" for language in LANGUAGES)


@dataclass(eq=False)
class Store(Release):
    """One release, ready to answer.

    Attributes
    ----------
    judged, scored
        Per standard and per group, one place per settlement.
    archives
        Tile layer -> its archive.
    made
        What routes derived from this release and keep beside it.
    """

    judged: dict[str, Judged] = field(default_factory=dict)
    scored: dict[str, Scored] = field(default_factory=dict)
    archives: dict[str, Archive] = field(default_factory=dict)
    made: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def load(cls, release: Release) -> "Store":
        """Read all of a release into memory: its folder may be gone later.

        Raises
        ------
        geo.errors.ReleaseError
            If a table is missing or damaged, or its rows cannot be answered from.
        """
        store = cls(release.path, release.manifest)
        check_tables(store.hold_all(), store.path)
        # Built now, not by the first visitor.
        for name in store.held:
            store.index(name)
        _ = store.names_folded, store.name_rank, store.areas
        table = store.table("judgements")
        said = readings(store)["verdict"]
        store.judged = judged(table, store.places(table), said, store.count)
        table = store.table("scores")
        store.scored = scored(table, store.places(table), store.count)
        return store

    @cached_property
    def theme(self) -> dict[str, Any]:
        """What the map draws with."""
        found = topics_of(self)
        topics = [one | {"label": label(one["label"])} for one in found["topics"]]
        return theme(self.manifest) | found | {"topics": topics}

    @property
    def layers(self) -> list[str]:
        """Names of the tile layers."""
        files = (name.partition("/") for name in sorted(self.manifest["checksums"]))
        return [
            name.removesuffix(".pmtiles")
            for folder, _, name in files
            if folder == "tiles" and name.endswith(".pmtiles")
        ]

    @cached_property
    def numbered(self) -> Positions:
        """The settlements' rows in the order in which tiles number them."""
        if self.manifest.get("tiles", {}).get("settlements") != BY_CELL:
            return np.arange(self.count)
        return numbered(self.table("settlements"))

    @cached_property
    def points(self) -> Objects:
        """Points of the settlements, None where unknown."""
        lon, lat = self.numbers("lon"), self.numbers("lat")
        points: Objects = np.asarray(shapely.points(lon, lat), dtype=object)
        points[np.isnan(lon + lat)] = None
        return points

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
        rows = self.table("areas").drop_columns(["geometry"]).to_pylist()
        return {row["id"]: row for row in rows}

    @property
    def unit_standards(self) -> list[str]:
        """Ids of the standards of raions, oblasts, the country and operators."""
        levels = set(AssessedUnit)
        declared = self.standards.items()
        return [id_ for id_, s in declared if s.get("unit_of_assessment") in levels]

    @property
    def scored_domains(self) -> list[str]:
        """Ids of the domains that there are scores of, in any country."""
        return [id_ for id_, row in self.domains.items() if row.get("scored", True)]

    @property
    def groups(self) -> list[str]:
        """Groups with scores: overall, then the domains."""
        return [OVERALL, *(name for name in self.domains if name in self.scored)]
