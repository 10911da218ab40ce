"""A file that is there whole or not at all."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from geo.errors import ReleaseError


def write_whole(out: Path, name: str, write: Callable[[Path], object]) -> Path:
    """Let ``write`` make a file beside, and put it in place in one step.

    Parameters
    ----------
    out
        The file, or an existing folder that gets a file called ``name``.
    name
        Also names the file while it is made: a GIS driver looks at its ending.
    write
        Writes to the path it is given.

    Raises
    ------
    ReleaseError
        If the file cannot be written; an older one stays as it was.
    """
    target = out / name if out.is_dir() else out
    try:
        with tempfile.TemporaryDirectory(
            dir=target.parent, prefix=".export-"
        ) as beside:
            made = Path(beside) / name
            write(made)
            made.replace(target)
    except OSError as error:
        raise ReleaseError(
            f"the file cannot be written ({error.strerror or error})",
            where=str(target),
            remedy="Give a path in an existing folder with free space.",
        ) from error
    return target
