"""The command `paritet`: one app, and one sentence for every fault."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import typer

from geo.cli import (
    bench,
    build,
    compare,
    passport,
    publish,
    raion,
    roads,
    show,
    sources,
    standards,
    timetable,
)
from geo.cli.common import say
from geo.errors import ParitetError

FAULT = 2
INTERRUPTED = 130
STOPPED = "interrupted; nothing half-written is left"

app = typer.Typer(
    name="paritet",
    help=(
        "Measure, map and help to close the gap between town and village in social "
        "standards."
    ),
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)
for room in (
    *(build, sources, publish, show, compare, passport),
    *(raion, standards, roads, timetable, bench),
):
    room.register(app)


def main() -> None:
    """Run the command line; every fault is one sentence on stderr.

    Exit codes: 0 done, 2 a fault that the sentence explains, 130 interrupted.
    """
    try:
        # Outside standalone mode typer returns the code instead of exiting with it,
        # 130 where it caught a KeyboardInterrupt.
        with _interruptible():
            code = app(prog_name="paritet", standalone_mode=False) or 0
        sys.stdout.flush()
    except ParitetError as error:
        for line in f"✗ {error}".split("\n"):  # a workbook has many faults
            say(line, style="red")
        sys.exit(FAULT)
    except typer.TyperException as error:
        if error.format_message():  # a bare `paritet` has shown the help already
            say(_usage_sentence(error), style="red")
        sys.exit(FAULT)
    except BrokenPipeError:
        # The reader of our output has gone (`| head`): that is no fault of ours.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except typer.Abort:
        code = INTERRUPTED
    if code == INTERRUPTED:
        say(STOPPED)
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
            say(STOPPED)
            sys.exit(INTERRUPTED)


def _usage_sentence(error: typer.TyperException) -> str:
    """Return what is wrong with the words on the command line, and the next step."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "paritet"
    what = error.format_message().rstrip(".")
    return f"✗ {what}. Run: {command} --help"
