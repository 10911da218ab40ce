"""Walks an OpenStreetMap file once and picks out what the reader needs."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import osmium
import osmium.filter
import osmium.geom
import osmium.io
import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import SourceFormatError
from geo.sources.readers.osm_tags import FACILITY_TAGS, OTHER_PLACES, SETTLEMENTS

_HEAD_BYTES = 32
_BOUNDARY = ("boundary", "administrative")
_AGAIN = "Fetch it again; a PBF or OSM XML file (plain, .gz or .bz2) is needed."


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
    try:
        processor = _processor(path)
        for item in processor:
            if item.is_node():
                point = shapely.Point(item.location.lon, item.location.lat)
                found.objects.append(OsmObject(f"n{item.id}", _tags(item), point))
            elif item.is_area():
                _take_area(item, factory, found)
            else:
                _remember(item, found)
        stamp = str(processor.header.get("osmosis_replication_timestamp", ""))
    except RuntimeError as error:
        # pyosmium has one exception for damaged PBF, XML and gzip alike.
        raise SourceFormatError(
            f"the OSM file is cut short or damaged ({error})",
            where=str(path),
            remedy=_AGAIN,
        ) from error
    # An area may come before or after the relation that it is made of.
    for item in found.objects:
        found.without_area.pop(item.ref, None)
    found.date = stamp[:10]
    return found


def _processor(path: Path) -> Any:
    wanted = osmium.filter.TagFilter(
        *FACILITY_TAGS,
        *(("place", value) for value in (*SETTLEMENTS, *OTHER_PLACES)),
        _BOUNDARY,
    )
    file = osmium.io.File(str(path), _format(path))
    return osmium.FileProcessor(file).with_areas(wanted).with_filter(wanted)


def _format(path: Path) -> str:
    """Tell the format by the first bytes: a mirror may name the file as it likes."""
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD_BYTES)
    except OSError as error:
        raise SourceFormatError(
            f"the file cannot be opened ({error.strerror})",
            where=str(path),
            remedy="Run `paritet fetch` again or check the mirror.",
        ) from error
    if b"OSMHeader" in head:
        return "pbf"
    if head.startswith(b"\x1f\x8b"):
        return "osm.gz"
    if head.startswith(b"BZh"):
        return "osm.bz2"
    if head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        return "osm"
    raise SourceFormatError(
        "the file is no OpenStreetMap file (neither PBF nor XML)",
        where=str(path),
        remedy=_AGAIN,
    )


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
