"""All commands as one app, and one sentence for every fault."""

import os
import sys

import typer

from geo.cli import (
    bench,
    build,
    compare,
    estimates,
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
from geo.disk.faults import remedy_of, said_of
from geo.errors import ParitetError

FAULT = 2
INTERRUPTED = 130

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
    *(build, sources, publish, show, estimates, compare, passport),
    *(raion, standards, roads, timetable, bench),
):
    room.register(app)


def run() -> int:
    """Run the command line and return its exit code; a fault is one sentence on stderr.

    Exit codes: 0 done, 2 a fault that the sentence explains, 130 interrupted.
    """
    try:
        # Outside standalone mode typer returns the code instead of exiting with it,
        # 130 where it caught a KeyboardInterrupt.
        code = int(app(prog_name="paritet", standalone_mode=False) or 0)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader of our output has gone (`| head`): that is no fault of ours.
        _close_output()
        return 0
    except OSError as error:
        say(f"✗ {_disk_sentence(error)}", style="red")
        _close_output()
        return FAULT
    except ParitetError as error:
        for line in f"✗ {error}".split("\n"):  # a workbook has many faults
            say(line, style="red")
        return FAULT
    except typer.TyperException as error:
        if error.format_message():  # a bare `paritet` has shown the help already
            say(_usage_sentence(error), style="red")
        return FAULT
    except typer.Abort:
        return INTERRUPTED
    return code


def _close_output() -> None:
    """Let nothing more be written to an output that takes nothing."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _disk_sentence(error: OSError) -> str:
    """Say what the disk refused that no room has put into its own words."""
    where = str(error.filename or "the output or a file")
    return f"{where}: {said_of(error)}. {remedy_of(error)}"


def _usage_sentence(error: typer.TyperException) -> str:
    """Return what is wrong with the words on the command line, and the next step."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "paritet"
    what = error.format_message().rstrip(".")
    return f"✗ {what}. Run: {command} --help"
