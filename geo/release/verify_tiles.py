"""Whether every tile of an archive can be read."""

import gzip
import json
import struct
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from pmtiles.reader import MemorySource
from pmtiles.tile import (
    Compression,
    Entry,
    MagicNumberNotFound,
    SpecVersionUnsupported,
    deserialize_directory,
    deserialize_header,
)

from geo.errors import ReleaseError
from geo.release.manifest_file import REBUILD

#: What pmtiles, gzip and JSON say of bytes that are not theirs.
_DAMAGE = (
    EOFError,
    gzip.BadGzipFile,
    IndexError,
    MagicNumberNotFound,
    MemoryError,
    OverflowError,
    SpecVersionUnsupported,
    ValueError,
    struct.error,
    zlib.error,
)

_GetBytes = Callable[[int, int], bytes]


def verify_tiles(path: Path) -> None:
    """Read an archive of PMTiles from end to end.

    Raises
    ------
    ReleaseError
        If a part of it cannot be read; names the part.
    OSError
        If the disk refuses.
    """
    content = path.read_bytes()
    source = MemorySource(content)  # type: ignore[no-untyped-call]  # pmtiles' own
    part = "header"

    def part_of(offset: int, length: int) -> bytes:
        if offset + length > len(content):
            raise EOFError(f"byte {offset + length} of {len(content)}")
        return bytes(source(offset, length))

    try:
        header = deserialize_header(part_of(0, 127))
        part = "metadata"
        metadata = part_of(header["metadata_offset"], header["metadata_length"])
        json.loads(_plain(metadata, header["internal_compression"]))
        part = "directory"
        for entry in _entries(part_of, header):
            part = f"tile {entry.tile_id}"
            tile = part_of(header["tile_data_offset"] + entry.offset, entry.length)
            _plain(tile, header["tile_compression"])
            part = f"directory behind tile {entry.tile_id}"
    except _DAMAGE as error:
        raise ReleaseError(
            f"the {part} cannot be read ({str(error) or type(error).__name__})",
            where=str(path),
            remedy=REBUILD,
        ) from error


def _plain(content: bytes, compression: Compression) -> bytes:
    return gzip.decompress(content) if compression == Compression.GZIP else content


def _entries(part_of: _GetBytes, header: Any) -> Iterator[Entry]:
    """Yield the entries of all tiles, each once however often it is shown."""
    ahead = [(header["root_offset"], header["root_length"])]
    seen = set(ahead)
    while ahead:
        for entry in deserialize_directory(part_of(*ahead.pop())):
            if entry.run_length:
                yield entry
                continue
            inner = (header["leaf_directory_offset"] + entry.offset, entry.length)
            if inner in seen:  # else one that points at itself would have no end
                raise ValueError("two entries point at one directory")
            seen.add(inner)
            ahead.append(inner)
