"""A folder of one's own beside the place where a file shall appear.

What is made there is moved into its place in one step. The folder is locked by who
works in it; the kernel frees the lock of a killed process, and the next one that works
beside sweeps what the dead left.
"""

import fcntl
import os
import re
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Naming:
    """What the folders of one purpose are called: ``prefix``, letters, ``suffix``.

    ``letters`` is a pattern; ``foreign`` says that the folder around belongs to others
    too: then only what is made here, a private folder, is ever removed.
    """

    prefix: str
    suffix: str
    letters: str = ".+"
    foreign: bool = False

    def fits(self, name: str) -> bool:
        """Say whether a file or folder is called so."""
        pattern = re.escape(self.prefix) + self.letters + re.escape(self.suffix)
        return re.fullmatch(pattern, name, re.DOTALL) is not None


#: Beside the files that users ask for, wherever that is.
EXPORT = Naming(".export-", "", "[a-z0-9_]{8}", foreign=True)
#: In folders that are ours alone.
PART = Naming(".", ".part")
_PRIVATE = 0o700


@contextmanager
def beside(folder: Path, naming: Naming = PART) -> Iterator[Path]:
    """Yield a new folder within ``folder``, which goes away in the end.

    Parameters
    ----------
    folder
        An existing folder.
    naming
        What the new folder is called; whatever else is called so and belongs to nobody
        alive is removed.

    Raises
    ------
    OSError
        If no folder can be made there.
    """
    sweep(folder, naming)
    path, descriptor = _made(folder, naming)
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)
        os.close(descriptor)


def _made(folder: Path, naming: Naming) -> tuple[Path, int]:
    """Make and lock a folder; another one where a sweeper was quicker than the lock."""
    while True:
        name = tempfile.mkdtemp(naming.suffix, naming.prefix, folder)
        with suppress(FileNotFoundError):
            descriptor = os.open(name, os.O_RDONLY)
            if _locked(descriptor) is not False and Path(name).exists():
                return Path(name), descriptor
            os.close(descriptor)


def sweep(folder: Path, naming: Naming = PART) -> list[str]:
    """Remove what the dead left in a folder, and return the names.

    Where the file system knows no locks nothing is removed: who works there cannot be
    told from who is dead. A folder that may not be listed is left alone.
    """
    try:
        found = sorted(path for path in folder.iterdir() if naming.fits(path.name))
    except OSError:
        return []
    return [path.name for path in found if _remove_dead(path, naming)]


def _remove_dead(path: Path, naming: Naming) -> bool:
    """Remove one leftover; False if it is somebody's, or may not be removed."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return False
    try:
        if not _ours(os.fstat(descriptor), naming) or not _locked(descriptor):
            return False
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
        return not path.exists()
    except OSError:
        return False
    finally:
        os.close(descriptor)


def _ours(found: os.stat_result, naming: Naming) -> bool:
    private = stat.S_ISDIR(found.st_mode) and stat.S_IMODE(found.st_mode) == _PRIVATE
    return found.st_uid == os.geteuid() and (private or not naming.foreign)


def _locked(descriptor: int) -> bool | None:
    """Lock; False if somebody else has, None where the file system cannot."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return None
    return True
