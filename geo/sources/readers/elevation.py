"""Heights of the ground: a raster is named, not read; roads ask it where they need."""

from pathlib import Path
from zipfile import BadZipFile, ZipFile

import pandas as pd

from geo.errors import SourceFormatError
from geo.sources.readers.base import Options, Reading, reader
from geo.sources.readers.files import opening
from geo.sources.result import ReadResult

_ZIP_MAGIC = b"PK\x03\x04"


@reader(Options)
def read(at: Reading[Options]) -> ReadResult:
    """Name a raster of heights for the layer ``elevation_tiles``.

    Raises
    ------
    SourceFormatError
        If the file is absent, or a zip that does not hold one raster.
    """
    raster_name(at.path)
    return at.result({"elevation_tiles": pd.DataFrame({"path": [str(at.path)]})})


def raster_name(path: Path) -> str:
    """Return how GDAL calls a raster file; one inside a zip is read in place.

    Raises
    ------
    SourceFormatError
        If the file is absent, or a zip that does not hold exactly one file.
    """
    with opening(path), path.open("rb") as stream:
        zipped = stream.read(len(_ZIP_MAGIC)) == _ZIP_MAGIC
    return f"/vsizip/{path.resolve()}/{_only_member(path)}" if zipped else str(path)


def _only_member(path: Path) -> str:
    try:
        with ZipFile(path) as archive:
            names = [
                entry.filename for entry in archive.infolist() if not entry.is_dir()
            ]
    except BadZipFile as error:
        raise SourceFormatError(
            f"the zip file is cut short or damaged ({error})",
            where=str(path),
            remedy="Fetch it again.",
        ) from error
    if len(names) != 1:
        raise SourceFormatError(
            f"the zip file must hold one raster and holds {len(names)} files",
            where=str(path),
            remedy="Unpack it and name the raster itself as the source.",
        )
    return names[0]
