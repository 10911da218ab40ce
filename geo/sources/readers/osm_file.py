"""An OpenStreetMap file (PBF or XML): settlements, facilities, admin boundaries."""

from collections.abc import Mapping
from typing import Literal

import pandas as pd
import shapely
from pydantic import Field
from shapely.geometry.base import BaseGeometry

from geo.sources.readers.base import Options, Reading, reader
from geo.sources.readers.fields import bounds_text, refuse
from geo.sources.readers.osm_lifecycle import LAST_DAY, gone
from geo.sources.readers.osm_lifecycle import refuse as refuse_gone
from geo.sources.readers.osm_living import DELETED
from geo.sources.readers.osm_places import facilities, in_use, settlements
from geo.sources.readers.osm_scan import Scan, scan
from geo.sources.readers.osm_tags import SETTLEMENTS, facility_kinds, names
from geo.sources.readers.polygons import AreaKind
from geo.sources.readers.rules import point
from geo.sources.result import ReadResult, Rejections

Table = Literal["places", "facilities", "areas"]


class OsmFileOptions(Options):
    """What to take from the file.

    Attributes
    ----------
    tables
        Which of places, facilities and areas to take.
    admin_levels
        admin_level -> area kind; other levels are left out.
    country_relation
        Name (in any language) or ISO code of the admin_level=2 boundary. Where it is
        complete in the file, what lies outside is refused; where not, only
        ``country.bounds`` holds.
    places
        Values of place=* that are settlements.
    population_year
        Year of populations without population:date.
    code_tag
        Tag with the official code of an area.
    """

    tables: tuple[Table, ...] = ("places", "facilities", "areas")
    admin_levels: dict[int, AreaKind] = Field(default_factory=dict)
    country_relation: str | None = None
    places: tuple[str, ...] = SETTLEMENTS
    population_year: int | None = None
    code_tag: str | None = None


@reader(OsmFileOptions)
def read(at: Reading[OsmFileOptions]) -> ReadResult:
    """Read an OSM file into ``places``, ``facilities`` (measured) and ``areas``.

    Facilities and settlements mapped as areas get a point inside their outline. An
    outline that repeats a settlement's node (same name, around it or within 1 km) is
    refused in favour of the node. What is not in use on the day of the file is refused
    (:mod:`geo.sources.readers.osm_lifecycle`); what an editor has deleted is counted in
    a note. ``row`` is the OSM object, such as w123.

    Raises
    ------
    SourceFormatError
        If the file is no OSM file, cut short, or holds changes or a history.
    """
    chosen = at.options
    found = scan(at.path)
    day = found.date or at.source.date or LAST_DAY
    frame = _frame(found, at, day)
    if found.deleted:
        at.notes.append(f"{found.deleted} {DELETED}")
    _refuse_unusable(found, chosen, at.refused)
    tables: dict[str, pd.DataFrame] = {}
    if "places" in chosen.tables:
        items = in_use(found.objects, chosen.places, day, at.refused)
        table = settlements(items, at, chosen.places, chosen.population_year)
        tables["places"] = _inside(table, frame, at)
    if "facilities" in chosen.tables:
        table = facilities(found.objects, at.country, day, at.refused)
        tables["facilities"] = _inside(table, frame, at)
    if "areas" in chosen.tables and chosen.admin_levels:
        tables["areas"] = _areas(found, at, frame, day)
    return at.result(tables, found.date)


def _frame(found: Scan, at: Reading[OsmFileOptions], day: str) -> BaseGeometry:
    """Return the polygon that everything must lie in."""
    bounds, wanted = shapely.box(*at.country.bounds), at.options.country_relation
    if wanted is None:
        return bounds
    for item in found.boundaries:
        if gone(item.tags, "boundary", day):
            continue
        if item.tags.get("admin_level") == "2" and _called(item.tags, wanted):
            shapely.prepare(item.shape)
            return item.shape
    at.notes.append(
        f"the boundary of {wanted} is not complete in this file: what lies "
        f"outside is told by the bounds of {bounds_text(at.country)} only"
    )
    return bounds


def _called(tags: Mapping[str, str], wanted: str) -> bool:
    return any(
        value.casefold() == wanted.casefold()
        for key, value in tags.items()
        if key in ("name", "int_name") or key.startswith(("name:", "ISO3166-1"))
    )


def _refuse_unusable(found: Scan, chosen: OsmFileOptions, refused: Rejections) -> None:
    """Refuse wanted objects that give no area or point, or stand in the file again."""
    for objects, field, reason in (
        (
            found.without_area.items(),
            "geometry",
            "no closed outline in this file: incomplete, or not an area",
        ),
        (found.without_place.items(), "lon,lat", "no coordinates, or none on Earth"),
        (found.repeated, "id", "stands in the file again: taken once"),
    ):
        for ref, tags in objects:
            if _wanted(tags, chosen):
                name = tags.get("name")
                refused.add(row=ref, field=field, value=name, reason=reason)


def _wanted(tags: Mapping[str, str], chosen: OsmFileOptions) -> bool:
    is_area = (
        tags.get("boundary") == "administrative" and _level(tags) in chosen.admin_levels
    )
    return (
        ("areas" in chosen.tables and is_area)
        or ("places" in chosen.tables and tags.get("place") in chosen.places)
        or ("facilities" in chosen.tables and bool(facility_kinds(tags)))
    )


def _level(tags: Mapping[str, str]) -> int | None:
    text = tags.get("admin_level", "")
    return int(text) if text.isdecimal() else None


def _inside(
    table: pd.DataFrame, frame: BaseGeometry, at: Reading[OsmFileOptions]
) -> pd.DataFrame:
    """Keep what lies in the country; refuse the rest."""
    kept = point()(table, at)
    within = shapely.intersects_xy(
        frame, kept["lon"].to_numpy(), kept["lat"].to_numpy()
    )
    refuse(
        at.refused,
        kept[~within],
        field="lon,lat",
        value="_row",
        reason="outside the boundary of the country",
    )
    return kept[within]


def _areas(
    found: Scan, at: Reading[OsmFileOptions], frame: BaseGeometry, day: str
) -> pd.DataFrame:
    rows, chosen = [], at.options
    for item in found.boundaries:
        level = _level(item.tags)
        if level not in chosen.admin_levels:
            continue
        if ceased := gone(item.tags, "boundary", day):
            refuse_gone(at.refused, item.ref, ceased)
            continue
        if not frame.intersects(item.point):
            at.refused.add(
                row=item.ref,
                field="geometry",
                value=item.tags.get("name"),
                reason="outside the boundary of the country",
            )
            continue
        rows.append(
            {
                **names(item.tags, at.country.languages),
                "area_id": f"osm:{item.ref}",
                "area_kind": chosen.admin_levels[level],
                "code": item.tags.get(chosen.code_tag) if chosen.code_tag else None,
                "geometry": item.shape,
            }
        )
    columns = ("area_id", "area_kind", "code", "geometry")
    known = list(dict.fromkeys([*columns, *(key for row in rows for key in row)]))
    return pd.DataFrame(rows, columns=known)
