"""What lies in ``releases/<cc>``: releases, the one served, the pinned, the swept.

====================  ==========================================================
``<date>.<n>/``       a release, never changed after its rename
``latest``            name of the served one
``pins``              names that are never removed, one per line, ``#`` a remark
``removed``           names that were removed: a name is never given twice
``.staging-<pid>/``   a build at work, or killed
``.removing-*/``      a release on its way out
====================  ==========================================================
"""

import hashlib
import os
import shutil
from pathlib import Path

from geo.codes import parse_release_name
from geo.disk.faults import disk_faults
from geo.disk.whole import sync
from geo.errors import ReleaseError
from geo.release.catalog import (
    REMOVED,
    country_folder,
    latest_name,
    list_releases,
    read_names,
)
from geo.release.lock import country_lock

PINS = "pins"
STAGING = ".staging-"
REMOVING = ".removing-"
REMOVAL_PASSES = 20


def newest_of_day(folder: Path, on: str) -> Path | None:
    """Return the release of this day (ISO) with the highest number."""
    entries = list_releases(folder.parent, folder.name)
    same = [entry.path for entry in entries if entry.day == on]
    return same[-1] if same else None


def next_number(folder: Path, on: str) -> int:
    """Return the first number of the day (ISO) that no release has or had."""
    names = [entry.name for entry in list_releases(folder.parent, folder.name)]
    gone = read_names(folder / REMOVED)
    given = [parse_release_name(name) for name in names + gone]
    return max((one[1] for one in given if one and one[0] == on), default=0) + 1


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def sweep(folder: Path) -> list[str]:
    """Remove what dead builds left; the caller holds the country's lock."""
    dead = [
        path
        for path in sorted(folder.iterdir())
        if path.name.startswith((STAGING, REMOVING))
    ]
    for path in dead:
        remove(path)
    return [path.name for path in dead]


def remove(path: Path) -> None:
    """Remove a folder or file, even while an orphan still writes there.

    The tippecanoe of a killed build lives on for some seconds. Once the folder is gone
    it can make no file any more; until then one pass may find a new file.
    """
    if path.is_symlink() or not path.is_dir():
        path.unlink(missing_ok=True)
    for _ in range(REMOVAL_PASSES):
        if not path.exists():
            return
        shutil.rmtree(path, ignore_errors=True)


def prune(root: Path, country: str, keep: int) -> list[str]:
    """Remove all but the newest ``keep`` releases of a country.

    The served release and those named in ``pins`` always stay.

    Parameters
    ----------
    root
        Folder of all releases.
    country
        Country code.
    keep
        How many stay, the newest ones.

    Returns
    -------
    list of str
        Ids (``<cc>/<date>.<n>``) of the removed releases, the oldest first.

    Raises
    ------
    NotFoundError
        If the country has no releases.
    BuildLockedError
        If a build of the country is running.
    ReleaseError
        If ``keep`` is below 1, ``pins`` names what is no release, or ``latest`` is
        broken: nothing is removed then. If the disk refuses.
    """
    if keep < 1:
        raise ReleaseError(
            f"cannot keep {keep} releases", remedy="Give a number of 1 or more."
        )
    folder = country_folder(root, country)
    with country_lock(root, country):
        entries = list_releases(root, country)
        pinned = _pins(folder, {entry.name for entry in entries})
        spared = {latest_name(root, country), *pinned}
        doomed = [entry for entry in entries[:-keep] if entry.name not in spared]
        with disk_faults("releases cannot be removed", folder):
            for entry in doomed:
                _append_line(folder / REMOVED, entry.name)
                aside = folder / f"{REMOVING}{entry.name}"
                entry.path.rename(aside)
                remove(aside)
            sync(folder)
    return [entry.id for entry in doomed]


def _pins(folder: Path, known: set[str]) -> set[str]:
    pinned = set(read_names(folder / PINS))
    for name in sorted(pinned - known):
        raise ReleaseError(
            f"pinned release {name!r} is not there; nothing was removed",
            where=str(folder / PINS),
            remedy=f"Correct the line or take it out. There are: "
            f"{', '.join(sorted(known)) or 'none'}.",
        )
    return pinned


def _append_line(path: Path, line: str) -> None:
    with path.open("a", encoding="utf-8") as stream:
        stream.write(f"{line}\n")
        stream.flush()
        os.fsync(stream.fileno())


def write_durably(path: Path, content: bytes) -> None:
    """Write a file and bring it to the disk."""
    with path.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def replace_text(path: Path, line: str) -> None:
    """Replace a small text file in one step, durably."""
    beside = path.with_name(f"{STAGING}{path.name}")
    write_durably(beside, f"{line}\n".encode())
    beside.replace(path)
    sync(path.parent)
