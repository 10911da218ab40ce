"""A release is served only if it is sound: unchanged, whole, and fit to answer from.

Every byte is compared with its checksum and the manifest with the content id, so that
what was altered after it was published is never shown. What a faulty build could have
published is looked for as well, in `geo.release.manifest_shape` and
`geo.release.integrity`; :mod:`geo.release.verify` asks the same of what is published.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from api.archive import Archive
from api.store import Store
from geo.errors import ParitetError, ReleaseError
from geo.release.catalog import ReleaseEntry
from geo.release.manifest_file import REBUILD
from geo.release.read import Release, open_release
from geo.release.verify import check_identity

DISK = "Look at the disk and at who may read its folders."


def sound(entry: ReleaseEntry) -> Store:
    """Read a release into memory if it is sound.

    Raises
    ------
    ReleaseError
        Whatever is wrong with it; ``where`` begins with the id of the release.
    """
    with untrusted(entry.id, entry.path):
        release = _described(entry, checksums=True)
        store = Store.load(release)
        for layer in store.layers:
            store.archives[layer] = Archive(release.path / f"tiles/{layer}.pmtiles")
        _ = store.theme  # made now, not by the first visitor
    return store


def described(entry: ReleaseEntry) -> Release:
    """Return a release whose manifest is sound; its files are only looked for.

    Raises
    ------
    ReleaseError
        If a file is missing or the manifest is not what was published.
    """
    with untrusted(entry.id, entry.path):
        return _described(entry, checksums=False)


@contextmanager
def untrusted(id_: str, folder: Path) -> Iterator[None]:
    """Turn every fault of foreign content into one that names where it lies.

    Parameters
    ----------
    id_, folder
        Of a release, or of the country or root above it.

    Raises
    ------
    ReleaseError
        In place of whatever was raised within.
    """
    try:
        yield
    except ParitetError as error:
        where = _within(id_, folder, error.where)
        remedy = error.remedy or REBUILD
        raise ReleaseError(error.what, where=where, remedy=remedy) from error
    # Broad on purpose, and only here: the content comes from a disk, a copy or another
    # program, and what pyarrow, GEOS, zlib, pmtiles or numpy raise at a damaged byte is
    # no list that could be kept. What is served already must go on.
    except Exception as error:
        what, remedy = _unforeseen(error)
        raise ReleaseError(what, where=id_, remedy=remedy) from error


def _unforeseen(error: Exception) -> tuple[str, str]:
    """Return what is wrong and what to do; what the disk says has a text of its own."""
    if isinstance(error, OSError) and error.strerror:
        return f"cannot be read ({error.strerror})", DISK
    said = (str(error).splitlines() or [""])[0][:200]
    return f"cannot be used ({type(error).__name__}: {said})", REBUILD


def _within(id_: str, folder: Path, where: str) -> str:
    """Return a place by its id, without the folders of this machine."""
    path = Path(where)
    if path.is_relative_to(folder):
        return f"{id_}/{path.relative_to(folder)}".removesuffix("/.")
    return id_ if path.is_absolute() or not where else where


def _described(entry: ReleaseEntry, *, checksums: bool) -> Release:
    release = open_release(entry.path, checksums=checksums)
    check_identity(release)
    return release
