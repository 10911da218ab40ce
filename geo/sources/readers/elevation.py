"""Heights of the ground: a raster is named, not read; roads ask it where they need."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

import pandas as pd

from geo.errors import SourceFormatError
from geo.sources.country import Country
from geo.sources.readers.base import (
    Options,
    SourceInfo,
    finished,
    parse_options,
    refusals,
)
from geo.sources.result import ReadResult

_ZIP_MAGIC = b"PK\x03\x04"


class ElevationOptions(Options):
    """The reader has no options: a raster says itself where it lies."""


def read(
    path: Path, source: SourceInfo, _country: Country, options: Mapping[str, Any]
) -> ReadResult:
    """Name a raster of heights for the layer ``elevation_tiles``.

    Raises
    ------
    SourceFormatError
        If the file is absent, or a zip that does not hold one raster.
    """
    parse_options(ElevationOptions, options)
    raster_name(path)
    table = pd.DataFrame({"path": [str(path)]})
    return finished("elevation_tiles", table, refusals(path, source))


def raster_name(path: Path) -> str:
    """Return how GDAL calls a raster file; one inside a zip is read in place.

    Raises
    ------
    SourceFormatError
        If the file is absent, or a zip that does not hold exactly one file.
    """
    try:
        with path.open("rb") as stream:
            zipped = stream.read(len(_ZIP_MAGIC)) == _ZIP_MAGIC
    except OSError as error:
        raise SourceFormatError(
            f"the file cannot be opened ({error.strerror})",
            where=str(path),
            remedy="Run `paritet fetch` again or check the mirror.",
        ) from error
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
