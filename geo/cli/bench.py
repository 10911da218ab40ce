"""`paritet bench`: run one of the programs under `bench/`."""

import runpy
import sys
from pathlib import Path
from typing import Annotated

import typer

from geo.errors import DependencyError, NotFoundError

FOLDER = Path(__file__).resolve().parents[2] / "bench"


def register(app: typer.Typer) -> None:
    """Add the command."""
    more = {"allow_extra_args": True, "ignore_unknown_options": True}
    app.command("bench", context_settings=more)(bench)


def bench(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Program, such as build.")],
    *,
    json_: Annotated[
        bool, typer.Option("--json", help="Print one line of JSON.")
    ] = False,
) -> None:
    """Run a benchmark and print its table with the inputs and the peer.

    What stands behind the name is the benchmark's own.

    Example: `paritet bench roads --json`
    """
    run_program(name, [*context.args, *(["--json"] if json_ else [])])


def run_program(name: str, arguments: list[str]) -> None:
    """Run a benchmark as if it had been started with these arguments.

    Raises
    ------
    NotFoundError
        If there is none of the name.
    DependencyError
        If a package is missing that only benchmarks need.
    """
    known = _programs()
    if name not in known:  # a path would run whatever lies there
        raise NotFoundError(
            f"no benchmark {name[:60]!r}",
            where=str(FOLDER),
            remedy=f"Known: {', '.join(known)}.",
        )
    sys.argv = [str(known[name]), *arguments]
    try:
        runpy.run_path(str(known[name]), run_name="__main__")
    except ModuleNotFoundError as error:  # a peer, which only benchmarks need
        raise DependencyError(
            f"the benchmark {name!r} needs the package {error.name}, which is not here",
            where=str(known[name]),
            remedy="Run: .venv/bin/uv sync --inexact --group bench",
        ) from error


def _programs() -> dict[str, Path]:
    """Return what can be run by its name; the rest are parts of these."""
    return {
        path.stem: path
        for path in sorted(FOLDER.glob("*.py"))
        if "\ndef main(" in path.read_text(encoding="utf-8")
    }
