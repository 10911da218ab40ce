"""One build per country at a time, by a lock that the kernel frees when we die."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from geo.codes import check_country_code
from geo.disk.faults import disk_faults
from geo.errors import BuildLockedError

LOCK_FILE = ".lock"


@dataclass(frozen=True)
class BuildLock:
    """Proof that this process holds the lock of one country's releases folder."""

    folder: Path


@contextmanager
def country_lock(root: Path, country: str) -> Iterator[BuildLock]:
    """Hold the lock of ``root/<country>`` for the length of a ``with`` block.

    The folder is made where there is none.

    The lock belongs to the open file, so a killed build frees it: a lock file that
    is left lying about means nothing.

    Raises
    ------
    BuildLockedError
        At once, if another build holds it; names its process.
    NotFoundError
        If ``country`` is no country code.
    ReleaseError
        If the folder cannot be written.
    """
    folder = root / check_country_code(country, where=str(root))
    path = folder / LOCK_FILE
    with disk_faults("the releases folder cannot be written", folder):
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o644)
    try:
        with disk_faults("the releases folder cannot be locked", path):
            _take(descriptor, country, path)
        yield BuildLock(folder)
    finally:
        os.close(descriptor)


def _take(descriptor: int, country: str, path: Path) -> None:
    """Lock the file, and write into it who holds it."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        holder = os.pread(descriptor, 32, 0).decode("ascii", "replace").strip()
        raise BuildLockedError(
            f"another build of {country!r} is running (process "
            f"{holder or 'not yet named'})",
            where=str(path),
            remedy="Wait until it ends, or stop that process and build again.",
        ) from error
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, f"{os.getpid()}\n".encode("ascii"), 0)
