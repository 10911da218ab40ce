"""Runs a program as a user who owns nothing here."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.build.small import REPOSITORY

NOBODY = 65534


def as_nobody(imports: str, program: str, folder: Path) -> str:
    """Run ``program`` as nobody within ``folder``; return the last line of its anger.

    The imports are done before, and the folder is entered: interpreter and folder may
    lie within private ones.
    """
    if os.geteuid() != 0:
        pytest.skip("only root can be somebody else")
    lines = (
        "import os",
        "from pathlib import Path",
        imports,
        f"os.chdir({str(folder)!r})",
        f"os.setgroups([]); os.setgid({NOBODY}); os.setuid({NOBODY})",
        program,
    )
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(lines)],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stderr.splitlines()[-1]
