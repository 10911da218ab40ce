"""One PMTiles archive, mapped into memory."""

from pathlib import Path

from pmtiles.reader import MmapSource, Reader
from pmtiles.tile import Compression


class Archive:
    """Tiles of one layer; the mapping outlives the removal of the file.

    Parameters
    ----------
    path
        A PMTiles 3 archive.
    """

    def __init__(self, path: Path) -> None:
        with path.open("rb") as stream:
            # pmtiles says it is typed and leaves these without annotations.
            self._reader = Reader(MmapSource(stream))  # type: ignore[no-untyped-call]
        header = self._reader.header()  # type: ignore[no-untyped-call]
        self._empty = header["tile_entries_count"] == 0
        self.gzipped: bool = header["tile_compression"] == Compression.GZIP

    def tile(self, z: int, x: int, y: int) -> bytes | None:
        """Return a tile as stored, None where nothing lies in it."""
        if self._empty:
            return None
        found: bytes | None = self._reader.get(z, x, y)  # type: ignore[no-untyped-call]
        return found
