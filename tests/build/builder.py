"""Builds the small demo in processes of their own, for tests that kill them.

``python -m tests.build.builder BASE DATA ON CACHE`` answers lines on standard input:
each is a step at which the next build kills itself as ``kill -9`` does, or ``-`` for
none, or ``hold STEP`` to wait there for a further line, or ``fork STEP``: the build
stops there, and every further line is the order of a fork of it, which goes on from
there; until ``fork STEP`` sends the build itself on, or an empty line kills it. A step
is ``<stage>`` or ``<stage>:<detail>``, as progress tells it. Said on standard output:
``pid N``, every step, and ``ended CODE`` (negative: the signal). The builds are forks
of one process, so that the imports are paid for once.
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


def line() -> str:
    return os.read(0, 200).decode().strip()


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def forked() -> bool:
    """Fork; return True in the fork, and False here when it has ended."""
    child = os.fork()
    if child == 0:
        say(f"pid {os.getpid()}")
        return True
    _, status = os.waitpid(child, 0)
    say(f"ended {os.waitstatus_to_exitcode(status)}")
    return False


def run(base: Path, data: Path, on: date, cache: Path, order: str) -> None:
    """Build in this process; die, wait or fork where the order says."""

    def progress(stage: str, detail: str) -> None:
        nonlocal order
        step = f"{stage}:{detail}" if detail else stage
        say(step)
        while order == f"fork {step}":
            order = line() or die()
            if not order.startswith("fork ") and not forked():
                order = f"fork {step}"
        if order == step:
            die()
        if order == f"hold {step}":
            os.read(0, 1)

    settings = settings_of(base, data, cache=cache)
    build("demo", settings=settings, on=on, today=TODAY, progress=progress)


def main() -> None:
    base, data, cache = (Path(sys.argv[i]) for i in (1, 2, 4))
    on = date.fromisoformat(sys.argv[3])
    while order := line():
        if forked():
            run(base, data, on, cache, order)
            sys.exit(0)


if __name__ == "__main__":
    main()
