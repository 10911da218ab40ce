"""Everything that one verdict rests on, out of the tables of a release."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from geo.errors import NotFoundError
from geo.release.columns import with_text

Row = dict[str, Any]
#: name -> table: :meth:`geo.release.read.Release.table`, or what a server holds
Tables = Callable[[str], pa.Table]


@dataclass(frozen=True)
class Facts:
    """What is known of one settlement and one standard.

    Attributes
    ----------
    manifest
        Of the release.
    settlement, judgement
        Rows of the release tables.
    value
        Row of ``values`` for the standard's indicator, None where there is none.
    standard, indicator
        Entries of the manifest.
    raion
        Row of the settlement's raion, None where it lies in none.
    facility
        The facility that the value speaks of, None where it speaks of none.
    census
        Row of the census that is the settlement's own, None where there is none.
    """

    manifest: Mapping[str, Any]
    settlement: Row
    judgement: Row
    value: Row | None
    standard: Mapping[str, Any]
    indicator: Mapping[str, Any]
    raion: Row | None
    facility: Row | None
    census: Row | None


def facts(
    manifest: Mapping[str, Any], tables: Tables, settlement: str, standard: str
) -> Facts:
    """Gather what one verdict rests on.

    Raises
    ------
    NotFoundError
        If the release does not hold the settlement, or does not judge it by the
        standard.
    """
    place = _one(tables("settlements"), id=settlement)
    judged = _one(tables("judgements"), settlement_id=settlement, standard=standard)
    entry = _entry(manifest.get("standards", []), "id", standard)
    if place is None:
        raise NotFoundError(
            f"no settlement {settlement[:60]!r} in {manifest['release']}",
            remedy="Give the id as /v1/settlements and `paritet show` tell it.",
        )
    if judged is None or not entry:
        known = sorted(e["id"] for e in manifest.get("standards", []))
        raise NotFoundError(
            f"no verdict by {standard[:60]!r} for {settlement[:60]!r}",
            remedy=f"Standards: {', '.join(known) or 'none'}.",
        )
    code = entry.get("indicator")
    value = _one(tables("values"), settlement_id=settlement, indicator=code or "")
    facility = None
    if value and value["facility_id"]:
        facility = _one(tables("facilities"), id=value["facility_id"])
    return Facts(
        manifest,
        place,
        judged,
        value,
        entry,
        _entry(manifest.get("indicators", []), "code", code),
        _one(tables("areas"), id=place["raion_id"] or ""),
        facility,
        _one(tables("census"), settlement_id=settlement),
    )


def _one(table: pa.Table, **wanted: str) -> Row | None:
    """Return the first row that has these values, without its geometry."""
    table = with_text(table, **wanted)
    if "geometry" in table.column_names:
        table = table.drop_columns(["geometry"])
    rows: list[Row] = table.slice(0, 1).to_pylist()
    return rows[0] if rows else None


def _entry(entries: Any, key: str, value: Any) -> Mapping[str, Any]:
    return next((entry for entry in entries if entry.get(key) == value), {})
