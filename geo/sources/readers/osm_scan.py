"""Walks an OpenStreetMap file once and picks out what the reader needs."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import osmium
import osmium.filter
import osmium.geom
import shapely
from shapely.geometry.base import BaseGeometry

from geo.sources.facility_kinds import facility_tags
from geo.sources.readers.osm_living import (
    NODE_INDEX,
    OsmInput,
    living,
    several_versions,
)
from geo.sources.readers.osm_tags import (
    OTHER_PLACES,
    SETTLEMENTS,
    named_kinds,
)

#: keys of which mappers give several values at once
_SEVERAL = ("amenity", "emergency", "healthcare", "shop")
_BOUNDARY = ("boundary", "administrative")
_KINDS = {"n": "node", "w": "way", "r": "relation"}


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
    without_place
        Tags of nodes that have no coordinates, or none on Earth, by ref.
    repeated
        Tags of objects that stand again in the file, one entry each time.
    deleted
        How many objects an editor has deleted.
    date
        Day of the extract (ISO) where its header tells, else empty.
    """

    objects: list[OsmObject] = field(default_factory=list)
    boundaries: list[OsmObject] = field(default_factory=list)
    without_area: dict[str, dict[str, str]] = field(default_factory=dict)
    without_place: dict[str, dict[str, str]] = field(default_factory=dict)
    repeated: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    deleted: int = 0
    date: str = ""


def scan(path: Path) -> Scan:
    """Return the places, facilities and boundaries of an OSM file.

    Raises
    ------
    SourceFormatError
        If the file is no OSM file, cut short, or holds several versions of an object.
    """
    with living(path) as source:
        walk = _Walk(source)
        several = _several(source)
        for item in source.objects(_processor(source.file, several)):
            walk.take(item)
    found = walk.found
    # An area may come before or after the relation that it is made of.
    for item in found.objects:
        found.without_area.pop(item.ref, None)
    return found


def _several(source: OsmInput) -> set[tuple[str, str]]:
    """Return the tags of facilities that have several values (clinic;pharmacy).

    osmium picks objects by whole tags, so all of these are looked for first.
    """
    tagged = osmium.FileProcessor(source.file)
    tagged = tagged.with_filter(osmium.filter.KeyFilter(*_SEVERAL))
    return {
        (tag.k, tag.v)
        for item in source.objects(tagged)
        for tag in item.tags
        if tag.k in _SEVERAL and ";" in tag.v and named_kinds({tag.k: tag.v})
    }


def _processor(file: Any, several: set[tuple[str, str]]) -> Any:
    wanted = osmium.filter.TagFilter(
        *facility_tags(),
        *sorted(several),
        *(("place", value) for value in (*SETTLEMENTS, *OTHER_PLACES)),
        _BOUNDARY,
    )
    processor = osmium.FileProcessor(file).with_locations(NODE_INDEX)
    return processor.with_areas(wanted).with_filter(wanted)


def _tags(item: Any) -> dict[str, str]:
    return {tag.k: tag.v for tag in item.tags}


class _Walk:
    """Sorts the objects of one file, each of which it may hold once."""

    def __init__(self, source: OsmInput) -> None:
        self.source = source
        self.found = Scan(deleted=source.deleted, date=source.date)
        self._factory = osmium.geom.WKBFactory()
        self._versions: dict[str, int] = {}

    def take(self, item: Any) -> None:
        """Take a node, way, relation, or the area that one of the latter makes."""
        if item.is_node():
            self._take_node(item)
        elif item.is_area():
            self._take_area(item)
        else:
            _remember(item, self._ref(item), self.found)

    def _ref(self, item: Any) -> str:
        return f"{item.type_str()}{self.source.number(item.id)}"

    def _add(self, item: OsmObject, version: int) -> bool:
        """Keep an object, unless it is in the file already."""
        before = self._versions.get(item.ref)
        if before is None:
            self._versions[item.ref] = version
            self.found.objects.append(item)
        elif before == version:
            self.found.repeated.append((item.ref, item.tags))
        else:
            path, kind = self.source.path, _KINDS[item.ref[0]]
            raise several_versions(path, kind, item.ref[1:], before, version)
        return before is None

    def _take_node(self, item: Any) -> None:
        ref, tags = self._ref(item), _tags(item)
        if not item.location.valid():
            self.found.without_place[ref] = tags
            return
        point = shapely.Point(item.location.lon, item.location.lat)
        self._add(OsmObject(ref, tags, point), item.version)

    def _take_area(self, item: Any) -> None:
        kind = "w" if item.from_way() else "r"
        ref = f"{kind}{self.source.number(item.orig_id())}"
        try:
            shape = shapely.from_wkb(self._factory.create_multipolygon(item))
        except RuntimeError:
            return  # stays among those without an area
        made = OsmObject(ref, _tags(item), shape)
        if self._add(made, item.version) and kind == "r" and _is_boundary(made.tags):
            self.found.boundaries.append(made)


def _is_boundary(tags: dict[str, str]) -> bool:
    return tags.get(_BOUNDARY[0]) == _BOUNDARY[1]


def _remember(item: Any, ref: str, found: Scan) -> None:
    """Note a way or relation; it is taken off the list if its area is found."""
    tags = _tags(item)
    if item.is_way() and _is_boundary(tags):
        return  # a piece of a boundary; the relation is the object
    found.without_area[ref] = tags
