"""What several commands share: settings, progress bars, and finding a release."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from geo.errors import ReleaseError
from geo.inert import visible

if TYPE_CHECKING:
    from geo.settings import Settings

#: how every command names a release
Named = Annotated[
    str,
    typer.Argument(help="Release such as by, the served one, or by/2026-11-25.1."),
]
Releases = Annotated[
    Path | None,
    typer.Option("--releases", help="Folder of releases (default: releases)."),
]
Data = Annotated[
    Path | None,
    typer.Option("--data", help="Declarations of your own, laid over the project's."),
]
Mirror = Annotated[
    str | None,
    typer.Option("--mirror", help="Folder or address of a mirror of the sources."),
]
JudgedOn = Annotated[
    datetime | None,
    typer.Option(
        "--on", formats=["%Y-%m-%d"], help="Day to judge by (default: today)."
    ),
]


def target(named: str | Path) -> Path:
    """Return the file, or the folder for it, that an option names.

    A path does not remember the slash at its end; without this a folder that is not
    there would become a file of its name.

    Raises
    ------
    ReleaseError
        If it ends with a slash and is no folder.
    """
    text = os.fspath(named)
    if text.endswith(os.sep) and not os.path.isdir(text):  # noqa: PTH112
        raise ReleaseError(
            "there is no such folder",
            where=text,
            remedy="Make it, or leave out the slash for a file of this name.",
        )
    return Path(text)


def out_option(help_: str) -> Any:
    """Return the option that names what a command writes."""
    return typer.Option("--out", "-o", help=help_, parser=target, metavar="PATH")


#: progress and remarks go to stderr, results to stdout
remarks = Console(stderr=True)


def chosen(*, releases: Path | None = None, data: Path | None = None) -> "Settings":
    """Return the settings with what the command line says put over them."""
    from geo.settings import settings

    given = {
        key: value
        for key, value in (("releases", releases), ("data", data))
        if value is not None
    }
    return settings().model_copy(update=given)


def civil(on: datetime | None) -> date | None:
    """Return the day that an option names."""
    return None if on is None else date(on.year, on.month, on.day)


@contextmanager
def stage_bar(stages: tuple[str, ...]) -> Iterator[Callable[[str, str], None]]:
    """Show a bar over named stages; yields ``tell(stage, detail)``.

    Where nobody watches (a log, a pipe) each stage is one line instead.
    """
    if not remarks.is_terminal:
        yield _stage_lines()
        return
    with Progress(
        TextColumn("{task.description:<12}"),
        BarColumn(bar_width=24),
        # a detail may name a file: no markup of its own
        TextColumn("{task.fields[detail]:<34}", markup=False),
        TimeElapsedColumn(),
        console=remarks,
        transient=False,
    ) as bar:
        task = bar.add_task(stages[0], total=len(stages), detail="")

        def tell(stage: str, detail: str) -> None:
            bar.update(
                task,
                description=stage,
                completed=stages.index(stage),
                detail=visible(detail)[:34],
            )

        yield tell
        bar.update(task, description="done", completed=len(stages), detail="")


def _stage_lines() -> Callable[[str, str], None]:
    told: list[str] = []

    def tell(stage: str, _detail: str) -> None:
        if told[-1:] != [stage]:
            told.append(stage)
            say(stage)

    return tell


def say(line: str, style: str = "") -> None:
    """Print a remark to stderr as it is, on one line; nothing of it is obeyed."""
    text = visible(line)
    remarks.print(text, style=style, markup=False, highlight=False, soft_wrap=True)


def put(text: str) -> None:
    """Print a result to stdout as it is; nothing of it is obeyed by a terminal."""
    sys.stdout.write(visible(text, keep="\n\t"))
