"""Publishes the toy release in a process of its own, for tests that kill it.

``python -m tests.release.publisher ROOT [--note TEXT] [--kill STAGE | --hold STAGE]``
``--kill`` ends the process as ``kill -9`` does when the stage is told; ``--hold``
prints the stage and waits for a line on standard input.
"""

import argparse
import os
import signal
import sys
from pathlib import Path

from geo.release.write import Published, publish
from tests.release import toy


def publish_toy(
    root: Path, note: str = "", progress=None, *, on=toy.ON, today=toy.TODAY
) -> Published:
    """Publish the toy release; another ``note`` is another content."""
    tables = toy.tables()
    tables["rejected"]["reason"] = tables["rejected"]["reason"] + note
    manifest = toy.manifest(tables) | {"on": on.isoformat()}
    return publish(root, toy.CODE, on, tables, manifest, progress, today=today)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("root", type=Path)
    parser.add_argument("--note", default="")
    parser.add_argument("--kill", default="")
    parser.add_argument("--hold", default="")
    given = parser.parse_args()

    def progress(stage: str) -> None:
        if stage == given.kill:
            os.kill(os.getpid(), signal.SIGKILL)
        if stage == given.hold:
            sys.stdout.write(f"{stage}\n")
            sys.stdout.flush()
            sys.stdin.readline()

    publish_toy(given.root, given.note, progress)


if __name__ == "__main__":
    main()
