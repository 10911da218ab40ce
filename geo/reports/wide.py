"""The wide view: one row per settlement, one column per verdict, gap and value.

The long tables of a release are the truth; readers with a spreadsheet or a GIS want
one row per place.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from geo.release.read import Release

LIST_SEPARATOR = "|"


def wide_settlements(release: Release) -> pa.Table:
    """Return the settlements with names of their areas, scores, verdicts and values.

    Columns: those of the table ``settlements`` (lists joined by ``|``), ``raion`` and
    ``oblast``; per group ``score_`` and ``coverage_`` (0…1); per standard
    ``verdict_``, ``gap_``, ``parity_gap_``, ``norm_gap_`` (0…1) and ``reason_``; per
    indicator ``value_`` (unit of the indicator) and ``status_``; per model that passed
    the gate ``estimate_`` (0…1) and ``band_``; the columns of
    :data:`RANKS`; ``geometry`` last. Dots of codes become ``_``. Standards and
    indicators come in the order of the manifest.
    """
    table = flat(release.table("settlements"))
    geometry = table["geometry"]
    table = with_area_names(table.drop_columns(["geometry"]), release)
    ids = table["id"]
    for name, by, key, measures in LONG:
        long = release.table(name, ["settlement_id", by, *measures])
        for code in _ordered(release, long[by], key):
            rows = long.filter(pc.equal(long[by], code))
            where = pc.index_in(ids, value_set=rows["settlement_id"])
            for measure in measures:
                column = f"{measure}_{code.replace('.', '_')}"
                table = table.append_column(column, rows[measure].take(where))
    table = _with_ranks(table, release)
    return table.append_column("geometry", geometry)


#: Long table, its code column, the manifest section that orders codes, measures.
LONG: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("scores", "group", "domains", ("score", "coverage")),
    (
        "judgements",
        "standard",
        "standards",
        ("verdict", "gap", "parity_gap", "norm_gap", "reason"),
    ),
    ("values", "indicator", "indicators", ("value", "status")),
    # what is probably so; its indicators stand in no section of their own
    ("estimates", "indicator", "", ("estimate", "band")),
)


#: Of the table ``ranks``: where a settlement stands over all draws, 1 the worst.
RANKS = (
    "rank_median",
    "rank_low",
    "rank_high",
    "worst_decile",
    "tier",
    "tier_low",
    "tier_high",
)


def flat(table: pa.Table) -> pa.Table:
    """Return a table without lists: spreadsheets and GeoPackage have none."""
    for position, field in enumerate(table.schema):
        if pa.types.is_list(field.type):
            joined = pc.binary_join(table[field.name], LIST_SEPARATOR)
            table = table.set_column(position, field.name, joined)
    return table


def provenance(table: pa.Table, columns: Iterable[tuple[str, str]]) -> pa.Table:
    """Return a table with the same text in every row of each added column."""
    for name, text in columns:
        table = table.append_column(name, pa.array([text] * table.num_rows))
    return table


def finite(value: Any) -> Any:
    """Return None for an infinite bound, which JSON and spreadsheets cannot hold."""
    return None if isinstance(value, float) and value in INFINITE else value


INFINITE = (float("inf"), float("-inf"))


def with_area_names(table: pa.Table, release: Release) -> pa.Table:
    """Return a table with the names of the areas that its ids name."""
    areas = release.table("areas", ["id", "name"])
    for level in ("raion", "oblast"):
        where = pc.index_in(table[f"{level}_id"], value_set=areas["id"])
        table = table.append_column(level, areas["name"].take(where))
    return table


def _with_ranks(table: pa.Table, release: Release) -> pa.Table:
    ranks = release.table("ranks", ["unit", "id", *RANKS])
    own = ranks.filter(pc.equal(ranks["unit"], "settlement"))
    where = pc.index_in(table["id"], value_set=own["id"])
    for name in RANKS:
        table = table.append_column(name, own[name].take(where))
    return table


def _ordered(release: Release, codes: pa.ChunkedArray, section: str) -> Sequence[str]:
    """Return the codes that occur, the declared first and in their order."""
    found = set(codes.unique().to_pylist())
    declared = [
        str(row.get("id") or row.get("code"))
        for row in release.manifest.get(section, [])
    ]
    first = [code for code in ("overall", *declared) if code in found]
    return [*first, *sorted(found - set(first))]
