"""Opening an OpenStreetMap file, and the one sentence where it cannot be read."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import osmium
import osmium.io

from geo.errors import SourceFormatError

_HEAD_BYTES = 32
_AGAIN = "Fetch it again; a PBF or OSM XML file (plain, .gz or .bz2) is needed."


def osm_input(path: Path) -> Any:
    """Return the file for pyosmium, its format told by its first bytes.

    A mirror may name the file as it likes.

    Raises
    ------
    SourceFormatError
        If the file cannot be opened, or is neither PBF nor XML.
    """
    return osmium.io.File(str(path), _format(path))


def _format(path: Path) -> str:
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


@contextmanager
def damage_told(path: Path) -> Iterator[None]:
    """Turn what pyosmium says of a damaged file into a sentence.

    Raises
    ------
    SourceFormatError
        If the file is cut short or damaged.
    """
    try:
        yield
    except RuntimeError as error:
        # pyosmium has one exception for damaged PBF, XML and gzip alike.
        raise SourceFormatError(
            f"the OSM file is cut short or damaged ({error})",
            where=str(path),
            remedy=_AGAIN,
        ) from error


def day_of(header: Any) -> str:
    """Return the day of the extract (ISO) where its header tells, else empty."""
    return str(header.get("osmosis_replication_timestamp", ""))[:10]
