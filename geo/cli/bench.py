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
    path = FOLDER / f"{name}.py"
    if not path.is_file():
        known = ", ".join(sorted(p.stem for p in FOLDER.glob("*.py")))
        raise NotFoundError(
            f"no benchmark {name!r}", where=str(FOLDER), remedy=f"Known: {known}."
        )
    sys.argv = [str(path), *(["--json"] if json_ else [])]
    runpy.run_path(str(path), run_name="__main__")
