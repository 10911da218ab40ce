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

from geo.errors import ReleaseError
from geo.release.catalog import REMOVED, latest_name, list_releases, parse_name
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
    given = [parse_name(name) for name in names + _lines(folder / REMOVED)]
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
    if not path.is_dir():
        path.unlink(missing_ok=True)
    for _ in range(REMOVAL_PASSES):
        if not path.exists():
            return
        shutil.rmtree(path, ignore_errors=True)


def prune(root: Path, country: str, keep: int) -> list[str]:
    """Remove all but the newest ``keep`` releases of a country.

    The served release and those named in ``pins`` always stay.

    Returns
    -------
    list of str
        Ids (``<cc>/<date>.<n>``) of the removed releases, the oldest first.

    Raises
    ------
    BuildLockedError
        If a build of the country is running.
    ReleaseError
        If ``keep`` is below 1, ``pins`` names what is no release, or ``latest`` is
        broken: nothing is removed then.
    """
    if keep < 1:
        raise ReleaseError(
            f"cannot keep {keep} releases", remedy="Give a number of 1 or more."
        )
    with country_lock(root, country) as lock:
        folder = lock.folder
        entries = list_releases(root, country)
        pinned = _pins(folder, {entry.name for entry in entries})
        spared = {latest_name(root, country), *pinned}
        doomed = [entry for entry in entries[:-keep] if entry.name not in spared]
        for entry in doomed:
            _append_line(folder / REMOVED, entry.name)
            aside = folder / f"{REMOVING}{entry.name}"
            entry.path.rename(aside)
            remove(aside)
        sync_folder(folder)
    return [entry.id for entry in doomed]


def _pins(folder: Path, known: set[str]) -> set[str]:
    pinned = set(_lines(folder / PINS))
    for name in sorted(pinned - known):
        raise ReleaseError(
            f"pinned release {name!r} is not there; nothing was removed",
            where=str(folder / PINS),
            remedy=f"Correct the line or take it out. There are: "
            f"{', '.join(sorted(known)) or 'none'}.",
        )
    return pinned


def _lines(path: Path) -> list[str]:
    """Return the lines of a small text file; none if there is no such file."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return []
    lines = [line.partition("#")[0].strip() for line in text.splitlines()]
    return [line for line in lines if line]


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
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
