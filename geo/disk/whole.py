"""A file that is there whole or not at all, and never in place of something else."""

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from geo.disk.beside import EXPORT, PART, Naming, beside
from geo.disk.faults import disk_faults
from geo.errors import ReleaseError

_UNWRITTEN = "the file cannot be written"
_PERMISSIONS = 0o777
_KINDS: dict[Callable[[int], bool], str] = {
    stat.S_ISLNK: "a link",
    stat.S_ISDIR: "a folder",
    stat.S_ISFIFO: "a pipe",
    stat.S_ISSOCK: "a socket",
    stat.S_ISCHR: "a device",
    stat.S_ISBLK: "a device",
}


def write_whole(out: Path, name: str, write: Callable[[Path], object]) -> Path:
    """Let ``write`` make a file beside, and put it in place in one step.

    Parameters
    ----------
    out
        The file, or an existing folder that gets a file called ``name``. An older file
        is replaced and keeps its owner and permissions.
    name
        Also names the file while it is made: a GIS driver looks at its ending.
    write
        Writes to the path it is given.

    Raises
    ------
    ReleaseError
        If the file cannot be written, or something else than a file has its name; what
        was there stays as it was.
    """
    target = check_target(out, name)
    with disk_faults(_UNWRITTEN, target), beside(target.parent, EXPORT) as folder:
        made = folder / name
        write(made)
        _put(made, target)
    return target


def check_target(out: Path, name: str) -> Path:
    """Return the file that :func:`write_whole` would make.

    Asked before long work, it tells what would be told after it.

    Raises
    ------
    ReleaseError
        If its folder is not there, or something else than a file has its name.
    """
    with disk_faults(_UNWRITTEN, out):
        target = out / name if out.is_dir() else out
        _older(target)
        target.parent.stat()
    return target


@contextmanager
def made_folder(folder: Path) -> Iterator[None]:
    """Make a folder and those above it; take away what stays empty after a fault.

    Raises
    ------
    ReleaseError
        If it cannot be made.
    """
    made: list[Path] = []
    try:
        with disk_faults("the folder cannot be made", folder):
            made = [one for one in (folder, *folder.parents) if not one.exists()]
            folder.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException:
        for one in made:
            with suppress(OSError):  # it was never made, or is not empty
                one.rmdir()
        raise


def write_bytes_whole(path: Path, content: bytes, naming: Naming = PART) -> None:
    """Write a file of our own durably and in one step.

    Parameters
    ----------
    path
        The file, in an existing folder.
    content
        All of it.
    naming
        What the folder beside is called while the file is made.

    Raises
    ------
    OSError
        If it cannot be written; an older one stays as it was.
    """
    with beside(path.parent, naming) as folder:
        made = folder / path.name
        made.write_bytes(content)
        sync(made)
        made.replace(path)
    sync(path.parent)


def _put(made: Path, target: Path) -> None:
    older = _older(target)  # once more: writing may have taken minutes
    if older is not None:
        with suppress(PermissionError):
            os.chown(made, older.st_uid, older.st_gid)
        made.chmod(older.st_mode & _PERMISSIONS)
    sync(made)
    made.replace(target)


def _older(target: Path) -> os.stat_result | None:
    """Return what is known of the file that will be replaced, None if there is none.

    Raises
    ------
    ReleaseError
        If it is no regular file: who replaces a device or a link breaks what uses it.
    """
    try:
        found = target.lstat()
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(found.st_mode):
        kind = next((word for is_, word in _KINDS.items() if is_(found.st_mode)), "")
        raise ReleaseError(
            f"this is {kind or 'something special'}, no regular file, and is not "
            "replaced",
            where=str(target),
            remedy="Give the path of a file.",
        )
    return found


def sync(path: Path) -> None:
    """Bring a file, or the names in a folder, to the disk.

    Raises
    ------
    OSError
        If the disk cannot take them.
    """
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
