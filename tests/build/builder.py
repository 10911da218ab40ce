"""Builds the small demo in processes of their own, for tests that kill them.

``python -m tests.build.builder BASE DATA ON CACHE`` answers lines on standard input:
each is a step at which the next build kills itself as ``kill -9`` does, or ``-`` for
none, or ``hold STEP`` to wait there for a further line. A step is ``<stage>`` or
``<stage>:<detail>``, as progress tells it. Said on standard output: ``pid N``, every
step, and ``ended CODE`` (negative: the signal). The builds are forks of one process, so
that the imports are paid for once.
"""

import os
import signal
import sys
from datetime import date
from pathlib import Path

from geo.pipeline import build
from tests.build.small import TODAY, settings_of


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def run(base: Path, data: Path, on: date, cache: Path, order: str) -> None:
    """Build in this process; die or wait where the order says."""

    def progress(stage: str, detail: str) -> None:
        step = f"{stage}:{detail}" if detail else stage
        say(step)
        if order == step:
            os.kill(os.getpid(), signal.SIGKILL)
        if order == f"hold {step}":
            os.read(0, 1)

    settings = settings_of(base, data, cache=cache)
    build("demo", settings=settings, on=on, today=TODAY, progress=progress)


def main() -> None:
    base, data, cache = (Path(sys.argv[i]) for i in (1, 2, 4))
    on = date.fromisoformat(sys.argv[3])
    while order := os.read(0, 200).decode().strip():
        child = os.fork()
        if child == 0:
            say(f"pid {os.getpid()}")
            run(base, data, on, cache, order)
            sys.exit(0)
        _, status = os.waitpid(child, 0)
        say(f"ended {os.waitstatus_to_exitcode(status)}")


if __name__ == "__main__":
    main()
