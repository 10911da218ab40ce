"""What a slow reader made of a file, kept in the cache until file or reader change.

One zip per result, named by everything that it depends on: the bytes of the file, the
reader's options and the code of all readers. It is written beside and renamed, so
that a build that is stopped leaves nothing broken; each member has a checksum, and an
entry that is damaged is made again.
"""

import hashlib
import json
from collections.abc import Callable
from functools import cache as once
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

import geopandas as gpd
import pandas as pd
from pyarrow.lib import ArrowException

from geo.disk.beside import Naming, beside
from geo.disk.whole import sync
from geo.errors import SourceFormatError
from geo.sources.country import Feed
from geo.sources.fetch import Fetched
from geo.sources.result import ReadResult, canonical
from geo.texts import FACILITY_KINDS

#: entries of one source and reader that stay: vintages and options in use
_NEWEST = 3
_HALF_WRITTEN = Naming("", ".part")
_ABOUT, _REJECTED = "result.json", "rejected"
#: libraries whose version may change what is read or how it is written
_LIBRARIES = ("osmium", "pandas", "pyarrow", "geopandas")
#: what zip, JSON and parquet say of bytes that are not theirs (RuntimeError: a flag
#: of the zip that asks for a password or an unknown method)
_DAMAGE = (
    OSError,
    EOFError,
    BadZipFile,
    KeyError,
    ValueError,
    RuntimeError,
    ArrowException,
    SourceFormatError,
)


def entry_of(feed: Feed, fetched: Fetched) -> Path:
    """Return where the result of this feed is kept, below the cache.

    Parameters
    ----------
    feed
        Reader and options.
    fetched
        The file, its SHA-256 and its day.
    """
    said = json.dumps(
        [
            fetched.sha256,
            fetched.source.id,
            fetched.source.date,
            fetched.path.name,
            feed.reader,
            feed.options,
            _code_sha256(),
            [version(name) for name in _LIBRARIES],
        ],
        sort_keys=True,
        default=str,
    )
    name = hashlib.sha256(said.encode()).hexdigest()[:32]
    return Path("kept") / feed.reader / fetched.source.id / f"{name}.zip"


def kept(cache: Path, entry: Path, read: Callable[[], ReadResult]) -> ReadResult:
    """Return the result that is kept, or read and keep it.

    Parameters
    ----------
    cache
        Folder of the cache; where it cannot be written the file is read each time.
    entry
        As :func:`entry_of` gives it.
    read
        Reads the file.

    Raises
    ------
    ParitetError
        Whatever ``read`` raises; nothing is kept then.
    """
    path = cache / entry
    found = _load(path)
    if found is not None:
        return found
    result = read()
    try:
        _store(path, result)
    except OSError:
        return result  # a full or read-only disk costs time, not the build
    return result


def _load(path: Path) -> ReadResult | None:
    """Return what a whole entry holds; None where there is none or it is damaged."""
    try:
        with ZipFile(path) as archive:
            about = json.loads(archive.read(_ABOUT))
            frames = {
                # parquet knows no days in seconds: the layer's own types come back
                name: canonical(name, _frame(archive.read(f"{name}.parquet"), geo=geo))
                for name, geo in about["tables"].items()
            }
            rejected = _frame(archive.read(f"{_REJECTED}.parquet"), geo=False)
    except _DAMAGE:
        return None
    return ReadResult(frames, rejected, about["date"], tuple(about["notes"]))


def _frame(content: bytes, *, geo: bool) -> pd.DataFrame:
    if not geo:
        return pd.read_parquet(BytesIO(content))
    # its stubs know paths only; the function takes any file
    read: Callable[[Any], gpd.GeoDataFrame] = gpd.read_parquet
    return read(BytesIO(content))


def _store(path: Path, result: ReadResult) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    about: dict[str, Any] = {
        "date": result.date,
        "notes": result.notes,
        "tables": {
            name: isinstance(table, gpd.GeoDataFrame)
            for name, table in result.tables.items()
        },
    }
    with beside(path.parent, _HALF_WRITTEN) as folder:
        made = folder / path.name
        with ZipFile(made, "w") as archive:
            for name, table in [*result.tables.items(), (_REJECTED, result.rejected)]:
                with archive.open(f"{name}.parquet", "w", force_zip64=True) as member:
                    table.to_parquet(member, compression="zstd")
            archive.writestr(_ABOUT, json.dumps(about, ensure_ascii=False))
        sync(made)
        made.replace(path)
    _sweep(path.parent)


def _sweep(folder: Path) -> None:
    """Remove the oldest entries of a source."""
    entries = sorted((path.stat().st_mtime, path) for path in folder.glob("*.zip"))
    for _, path in entries[:-_NEWEST]:
        path.unlink(missing_ok=True)


@once
def _code_sha256() -> str:
    """Return the hash of the code of all readers, of kinds and of canonical tables."""
    here = Path(__file__).resolve().parent
    digest = hashlib.sha256()
    code = [*here.glob("readers/*.py"), here / "result.py"]
    for path in (*sorted(code), FACILITY_KINDS):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
