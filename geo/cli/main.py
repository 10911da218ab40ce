"""The command `paritet`: one app, and one sentence for every fault."""

import os
import sys

import typer
from rich.console import Console
from rich.markup import escape

from geo.cli import bench, build, publish, raion, show, sources
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
for room in (build, sources, publish, show, raion, bench):
    room.register(app)


def main() -> None:
    """Run the command line; a named fault is one sentence and exit code 2."""
    try:
        app(standalone_mode=False)
    except ParitetError as error:
        Console(stderr=True, soft_wrap=True).print(f"[red]✗[/] {escape(str(error))}")
        sys.exit(FAULT)
    except typer.Exit as done:
        sys.exit(done.exit_code)
    except (KeyboardInterrupt, typer.Abort):
        sys.stderr.write("interrupted; nothing half-written is left\n")
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        # The reader of our output has gone (`| head`): that is no fault of ours.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
