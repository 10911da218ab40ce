"""`paritet bench`: run one of the programs under `bench/`."""

import runpy
import sys
from pathlib import Path
from typing import Annotated

import typer

from geo.errors import NotFoundError

FOLDER = Path(__file__).resolve().parents[2] / "bench"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("bench")(bench)


def bench(
    name: Annotated[str, typer.Argument(help="Program, such as build.")],
    *,
    json_: Annotated[
        bool, typer.Option("--json", help="Print one line of JSON.")
    ] = False,
) -> None:
    """Run a benchmark and print its table with the inputs and the peer.

    Example: `paritet bench judge --json`
    """
    known = {path.stem: str(path) for path in sorted(FOLDER.glob("*.py"))}
    if name not in known:  # a path would run whatever lies there
        raise NotFoundError(
            f"no benchmark {name!r}",
            where=str(FOLDER),
            remedy=f"Known: {', '.join(known)}.",
        )
    sys.argv = [known[name], *(["--json"] if json_ else [])]
    runpy.run_path(known[name], run_name="__main__")
