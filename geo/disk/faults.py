"""What a disk refuses, in one sentence that says what to do about it."""

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from geo.errors import ParitetError, ReleaseError

_NO_RIGHT = "Ask for the right to do that, or choose another folder."
_NO_FOLDER = "Give a path in an existing folder."
_TOO_MANY = "Raise the limit of open files (ulimit -n), then try again."
#: What helps against each fault that a disk may have.
REMEDIES: dict[int, str] = {
    errno.ENOSPC: "Free some space on this disk, then try again.",
    errno.EDQUOT: "Free some space in your quota or have it raised, then try again.",
    errno.EFBIG: "Raise the limit of the size of a file (ulimit -f), or choose a disk "
    "that takes larger files.",
    errno.EACCES: _NO_RIGHT,
    errno.EPERM: _NO_RIGHT,
    errno.EROFS: "This disk is mounted read-only: choose another folder.",
    errno.EIO: "The disk itself is at fault: see the system's log, and choose another "
    "disk.",
    errno.ENAMETOOLONG: "Give a shorter name.",
    errno.ELOOP: "Links lead in a circle there: give the path without links.",
    errno.EMFILE: _TOO_MANY,
    errno.ENFILE: _TOO_MANY,
    errno.ENOENT: _NO_FOLDER,
    errno.ENOTDIR: _NO_FOLDER,
}
_OTHERWISE = "Choose another folder, then try again."
#: A file system that cannot reserve space says one of these.
_CANNOT_RESERVE = frozenset({errno.EOPNOTSUPP, errno.EINVAL, errno.ENOSYS})
_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT})


@contextmanager
def disk_faults(
    what: str,
    where: Path | str,
    *,
    need: int = 0,
    room: str = "",
    hint: str = "",
    kind: type[ParitetError] = ReleaseError,
) -> Iterator[None]:
    """Turn what the disk refuses within a ``with`` block into one sentence.

    Parameters
    ----------
    what
        What did not work, such as ``the file cannot be written``.
    where
        The file or folder, as the user knows it.
    need
        Bytes that this takes at most; told where there is no space. 0: not known.
    room
        What makes room, told where there is no space.
    hint
        What else helps here, told before the remedy for the fault.
    kind
        The error to raise.

    Raises
    ------
    ParitetError
        Of ``kind``, for every ``OSError`` but a broken pipe; other exceptions pass.
    """
    try:
        yield
    except BrokenPipeError:  # who reads our progress has gone: no matter of a disk
        raise
    except OSError as error:
        full = error.errno in _SPACE
        short = _shortage(Path(where), need) if full and need else ""
        raise kind(
            f"{what} ({said_of(error)}{short})",
            where=str(where),
            remedy=_joined(hint, room if full else "", remedy_of(error)),
        ) from error


def _joined(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)


def said_of(error: OSError) -> str:
    """Return what the system says of a fault."""
    return error.strerror or str(error) or type(error).__name__


def remedy_of(error: OSError) -> str:
    """Return what helps against a fault."""
    return REMEDIES.get(error.errno or 0, _OTHERWISE)


def _shortage(where: Path, need: int) -> str:
    """Say how much is missing where there is no space."""
    folder = next((one for one in (where, *where.parents) if one.is_dir()), Path())
    status = os.statvfs(folder)
    free = status.f_bavail * status.f_frsize
    return f": up to {_megabytes(need)} MB are needed, {_megabytes(free)} MB are free"


def _megabytes(count: int) -> int:
    return -(-count // 1_000_000)


def ask_disk(folder: Path, count: int) -> None:
    """Ask a disk whether it takes a file of ``count`` bytes; nothing is left there.

    Some libraries hide why they could not write; the disk itself says it.

    Raises
    ------
    OSError
        As writing such a file would raise it.
    """
    with tempfile.TemporaryFile(dir=folder) as stream:
        try:
            os.posix_fallocate(stream.fileno(), 0, max(count, 1))
        except OSError as error:
            if error.errno not in _CANNOT_RESERVE:
                raise
