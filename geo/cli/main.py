"""The command `paritet`; light, so that Ctrl-C is heard before anything is loaded."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

INTERRUPTED = 130
STOPPED = "interrupted; nothing half-written is left"


def main() -> None:
    """Run the command line and exit with its code.

    Exit codes: 0 done, 2 a fault that a sentence on stderr explains, 130 interrupted.
    """
    with _interruptible():
        # typer and the rooms take a third of a second, in which one may change one's
        # mind too
        from geo.cli.commands import run

        code = run()
    if code == INTERRUPTED:
        sys.stderr.write(f"{STOPPED}\n")
    sys.exit(code)


@contextmanager
def _interruptible() -> Iterator[None]:
    """Let Ctrl-C end a command as an interrupt, whatever it broke on its way.

    A callback called from C code (pydantic, tippecanoe's exit) turns the
    KeyboardInterrupt into a fault of its own; that fault means nothing to the user.
    """
    seen: list[int] = []

    def noted(number: int, frame: FrameType | None) -> None:
        seen.append(number)
        signal.default_int_handler(number, frame)

    before = signal.signal(signal.SIGINT, noted)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        if seen and sys.exc_info()[0] is not None:
            sys.stderr.write(f"{STOPPED}\n")
            sys.exit(INTERRUPTED)
