"""One PMTiles archive, mapped into memory."""

import gzip
from pathlib import Path

from pmtiles.reader import MmapSource, Reader
from pmtiles.tile import Compression

from geo.errors import ReleaseError

#: Parts of an archive: each says in the header where it begins and how long it is.
_PARTS = ("root", "metadata", "leaf_directory", "tile_data")


class Archive:
    """Tiles of one layer; the mapping outlives the removal of the file.

    Parameters
    ----------
    path
        A PMTiles 3 archive.

    Raises
    ------
    ReleaseError
        If the file ends before what its header speaks of. Whatever else is wrong with
        header or root directory raises what pmtiles makes of it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with path.open("rb") as stream:
            # pmtiles says it is typed and leaves these without annotations.
            self._reader = Reader(MmapSource(stream))  # type: ignore[no-untyped-call]
        header = self._reader.header()  # type: ignore[no-untyped-call]
        size = path.stat().st_size
        ends = {p: header[f"{p}_offset"] + header[f"{p}_length"] for p in _PARTS}
        for part, end in ends.items():
            if end > size:
                raise ReleaseError(
                    f"ends after {size} bytes, within its {part}", where=str(path)
                )
        self._empty = header["tile_entries_count"] == 0
        self.gzipped: bool = header["tile_compression"] == Compression.GZIP
        self.tile(0, 0, 0)  # reads the root directory

    def tile(self, z: int, x: int, y: int) -> bytes | None:
        """Return a tile as stored, None where nothing lies in it."""
        if self._empty:
            return None
        found: bytes | None = self._reader.get(z, x, y)  # type: ignore[no-untyped-call]
        return found

    def plain(self, z: int, x: int, y: int) -> bytes | None:
        """Return a tile uncompressed, None where nothing lies in it."""
        found = self.tile(z, x, y)
        return gzip.decompress(found) if found and self.gzipped else found
