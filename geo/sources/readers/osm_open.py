"""Opening an OpenStreetMap file, and the one sentence where it cannot be read."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from xml.parsers import expat

import osmium
import osmium.io

from geo.errors import SourceFormatError
from geo.sources.readers.files import opening

_HEAD_BYTES = 32
_ZIP = b"PK\x03\x04"
_AGAIN = "Fetch it again; a PBF or OSM XML file (plain, .gz or .bz2) is needed."
#: What is said of a file that is damaged. pyosmium has one exception for PBF, XML and
#: gzip alike, and others for a number, a place or a text that cannot be; the rest is of
#: Python's own parsers.
_DAMAGE = (
    RuntimeError,
    ValueError,
    osmium.InvalidLocationError,
    expat.ExpatError,
    EOFError,
    OSError,
    zlib.error,
)


def osm_format(path: Path) -> str:
    """Return the format of a file in osmium's words, told by its first bytes.

    A mirror may name the file as it likes.

    Raises
    ------
    SourceFormatError
        If the file cannot be opened, or is neither PBF nor XML.
    """
    with opening(path), path.open("rb") as stream:
        head = stream.read(_HEAD_BYTES)
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
        remedy="Unpack the zip first." if head.startswith(_ZIP) else _AGAIN,
    )


def header_of(path: Path, file: Any) -> Any:
    """Return the header of a file that holds the state of the map on one day.

    Raises
    ------
    SourceFormatError
        If it holds changes or a history instead, or its head is damaged.
    """
    with damage_told(path):
        header = osmium.io.Reader(file, osmium.osm.NOTHING).header()
    if not header.has_multiple_object_versions:
        return header
    if osm_format(path) == "pbf":
        raise is_history(path, "its header says so")
    raise SourceFormatError(
        "the file holds changes of the map (osmChange), not its state on a day",
        where=str(path),
        remedy="Apply it to an extract and take the result: `osmium apply-changes "
        "extract.osm.pbf changes.osc -o new.osm.pbf`.",
    )


def is_history(path: Path, why: str) -> SourceFormatError:
    """Return the error of a file that holds older versions beside the newest."""
    return SourceFormatError(
        f"the file is a history of the map, not its state on a day: {why}",
        where=str(path),
        remedy="Take an extract of one day; `osmium time-filter history.osh.pbf "
        "-o extract.osm.pbf` makes one.",
    )


@contextmanager
def damage_told(path: Path) -> Iterator[None]:
    """Turn what the parsers say of a damaged file into a sentence.

    Raises
    ------
    SourceFormatError
        If the file is cut short or damaged.
    """
    try:
        yield
    except _DAMAGE as error:
        raise SourceFormatError(
            f"the OSM file is cut short or damaged ({error})",
            where=str(path),
            remedy=_AGAIN,
        ) from error


def day_of(header: Any) -> str:
    """Return the day of the extract (ISO) where its header tells, else empty."""
    return str(header.get("osmosis_replication_timestamp", ""))[:10]
