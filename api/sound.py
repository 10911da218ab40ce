"""A release is served only if it is sound: unchanged, whole, and fit to answer from.

Every byte is compared with its checksum and the manifest with the content id, so that
what was altered after it was published is never shown. What a faulty build could have
published is looked for as well, in `api.manifest` and `geo.release.integrity`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from api.archive import Archive
from api.manifest import check_manifest
from api.store import Store
from geo.errors import ParitetError, ReleaseError
from geo.release.catalog import ReleaseEntry
from geo.release.content import content_id
from geo.release.read import MANIFEST, Release, open_release

DISK = "Look at the disk and at who may read its folders."
REBUILD = "Build the country again, or take the folder from its publisher again."


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
    try:
        _check_identity(entry, release)
        check_manifest(release.manifest)
    except ReleaseError as error:
        where = str(entry.path / MANIFEST)
        raise ReleaseError(error.what, where=where, remedy=error.remedy) from error
    return release


def _check_identity(entry: ReleaseEntry, release: Release) -> None:
    """Check that a manifest is of its folder, and says what was published."""
    if not entry.id.isascii():  # digits of another script fit no header
        raise ReleaseError("its name is not written in the digits 0 to 9")
    manifest = release.manifest
    country = manifest["country"]
    code = country.get("code") if isinstance(country, dict) else None
    if manifest["release"] != entry.id or code != entry.country:
        raise ReleaseError(
            f"the manifest says {manifest['release']!r} of {code!r}, the folder "
            f"{entry.id!r}",
            remedy="A release folder must keep its name.",
        )
    said = manifest.get("content_id")
    if said != content_id(manifest, manifest["checksums"]):
        raise ReleaseError(
            f"changed after it was published: content_id is no longer {said!r}"
        )
