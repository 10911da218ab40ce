"""Builds the small demo in a process of its own, for tests that kill it.

``python -m tests.build.builder BASE DATA ON [--kill STEP | --hold STEP]``

A step is ``<stage>`` or ``<stage>:<detail>``, as progress tells it. Every step is
printed. ``--kill`` ends the process as ``kill -9`` does when the step is told;
``--hold`` waits there for a line on standard input.
"""

import argparse
import os
import signal
import sys
from datetime import date
from pathlib import Path

from geo.pipeline import build
from tests.build.small import settings_of


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("base", type=Path)
    parser.add_argument("data", type=Path)
    parser.add_argument("on", type=date.fromisoformat)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--kill", default="")
    parser.add_argument("--hold", default="")
    given = parser.parse_args()

    def progress(stage: str, detail: str) -> None:
        step = f"{stage}:{detail}" if detail else stage
        sys.stdout.write(f"{step}\n")
        sys.stdout.flush()
        if step == given.kill:
            os.kill(os.getpid(), signal.SIGKILL)
        if step == given.hold:
            sys.stdin.readline()

    settings = settings_of(given.base, given.data, cache=given.cache)
    build("demo", settings=settings, on=given.on, progress=progress)


if __name__ == "__main__":
    main()
