"""Everything that one verdict rests on, out of the tables of a release."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from geo.errors import NotFoundError
from geo.layers.schema import LANGUAGES
from geo.release.columns import with_text
from geo.standards.band import Band

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
        Rows of the release tables; ``lies_in`` of the settlement holds ids and names of
        its raion and oblast in small letters, None where one is not known.
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
    raion, oblast = (
        _one(tables("areas"), id=place[f"{level}_id"] or "")
        for level in ("raion", "oblast")
    )
    lies_in = [area for area in (raion, oblast) if area]
    return Facts(
        manifest,
        place | {"lies_in": _called(lies_in) if len(lies_in) > 1 else None},
        judged,
        value,
        entry,
        _entry(manifest.get("indicators", []), "code", code),
        raion,
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


def _called(areas: list[Row]) -> frozenset[str]:
    """Return all that areas are called, ids too."""
    keys = ("id", "name", *(f"name_{language}" for language in LANGUAGES))
    return frozenset(
        str(area[key]).casefold() for area in areas for key in keys if area.get(key)
    )


def misfit(applies: Mapping[str, Any], place: Row) -> str | None:
    """Return the first condition of a norm's class that a settlement certainly fails.

    Parameters
    ----------
    applies
        The class as in the manifest.
    place
        Row of the settlements table.

    Returns
    -------
    str or None
        Key of the condition; None where the row fits or may fit.
    """
    for key, wanted in applies.items():
        if wanted is not None and _fails(key, wanted, place):
            return key
    return None


def _fails(key: str, wanted: Any, place: Row) -> bool:
    if key == "kind":
        possible = place["kinds_possible"] or ([place["kind"]] if place["kind"] else [])
        return bool(possible) and not set(wanted) & set(possible)
    if key in ("selsovet_centre", "raion_centre", "oblast_centre"):
        word = "yes" if wanted in (True, "yes") else "no"
        return place[key] in ("yes", "no") and place[key] != word
    if key in ("population", "households"):
        text = wanted["text"] if isinstance(wanted, Mapping) else str(wanted)
        return _outside(Band.parse(text), place[f"{key}_low"], place[f"{key}_high"])
    if key == "territory":
        lies_in = place.get("lies_in")
        named = {str(one).casefold() for one in wanted}
        return lies_in is not None and not named & lies_in
    return False


def _outside(band: Band, low: float | None, high: float | None) -> bool:
    """Tell whether no number of the range lies in the band."""
    least = 0.0 if low is None else low
    if least > band.high or (least == band.high and not band.high_closed):
        return True
    if high is None:
        return False
    return high < band.low or (high == band.low and not band.low_closed)
