"""Walks an OpenStreetMap file once and picks out what the reader needs."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import osmium
import osmium.filter
import osmium.geom
import shapely
from shapely.geometry.base import BaseGeometry

from geo.sources.readers.osm_open import damage_told, day_of, osm_input
from geo.sources.readers.osm_tags import FACILITY_TAGS, OTHER_PLACES, SETTLEMENTS

_BOUNDARY = ("boundary", "administrative")


@dataclass(frozen=True)
class OsmObject:
    """One object: ``ref`` like n1, w1, r1; ``shape`` in degrees (point or area)."""

    ref: str
    tags: dict[str, str]
    shape: BaseGeometry

    @property
    def point(self) -> shapely.Point:
        """The node itself, or a point inside the outline."""
        if isinstance(self.shape, shapely.Point):
            return self.shape
        return self.shape.representative_point()

    @property
    def is_node(self) -> bool:
        """Whether it is mapped as a single point."""
        return self.ref.startswith("n")


@dataclass
class Scan:
    """What was found in one file.

    Attributes
    ----------
    objects
        Nodes and areas with a place or facility tag.
    boundaries
        Administrative boundary relations that close.
    without_area
        Tags of ways and relations that give no area, by ref: open lines, site
        relations, outlines that leave the extract.
    date
        Day of the extract (ISO) where its header tells, else empty.
    """

    objects: list[OsmObject] = field(default_factory=list)
    boundaries: list[OsmObject] = field(default_factory=list)
    without_area: dict[str, dict[str, str]] = field(default_factory=dict)
    date: str = ""


def scan(path: Path) -> Scan:
    """Return the places, facilities and boundaries of an OSM file.

    Raises
    ------
    SourceFormatError
        If the file is no OSM file, or cut short.
    """
    found = Scan()
    factory = osmium.geom.WKBFactory()
    with damage_told(path):
        processor = _processor(path)
        for item in processor:
            if item.is_node():
                point = shapely.Point(item.location.lon, item.location.lat)
                found.objects.append(OsmObject(f"n{item.id}", _tags(item), point))
            elif item.is_area():
                _take_area(item, factory, found)
            else:
                _remember(item, found)
        found.date = day_of(processor.header)
    # An area may come before or after the relation that it is made of.
    for item in found.objects:
        found.without_area.pop(item.ref, None)
    return found


def _processor(path: Path) -> Any:
    wanted = osmium.filter.TagFilter(
        *FACILITY_TAGS,
        *(("place", value) for value in (*SETTLEMENTS, *OTHER_PLACES)),
        _BOUNDARY,
    )
    return osmium.FileProcessor(osm_input(path)).with_areas(wanted).with_filter(wanted)


def _tags(item: Any) -> dict[str, str]:
    return {tag.k: tag.v for tag in item.tags}


def _take_area(item: Any, factory: Any, found: Scan) -> None:
    ref = f"{'w' if item.from_way() else 'r'}{item.orig_id()}"
    tags = _tags(item)
    try:
        shape = shapely.from_wkb(factory.create_multipolygon(item))
    except RuntimeError:
        return  # stays among those without an area
    if ref.startswith("r") and tags.get(_BOUNDARY[0]) == _BOUNDARY[1]:
        found.boundaries.append(OsmObject(ref, tags, shape))
    found.objects.append(OsmObject(ref, tags, shape))


def _remember(item: Any, found: Scan) -> None:
    """Note a way or relation; it is taken off the list if its area is found."""
    tags = _tags(item)
    if item.is_way() and tags.get(_BOUNDARY[0]) == _BOUNDARY[1]:
        return  # a piece of a boundary; the relation is the object
    found.without_area[f"{'w' if item.is_way() else 'r'}{item.id}"] = tags
