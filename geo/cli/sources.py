"""`paritet fetch`: bring the sources of a country."""

from typing import Annotated

import typer

from geo.cli.common import Data, chosen, put, remarks, say


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("fetch")(fetch)


def fetch(
    country: Annotated[str, typer.Argument(help="Country code, such as by.")],
    *,
    mirror: Annotated[
        str | None,
        typer.Option(help="Folder or address of a mirror (default: the publishers)."),
    ] = None,
    refresh: Annotated[
        bool, typer.Option(help="Ask for newer files than those in the cache.")
    ] = False,
    data: Data = None,
) -> None:
    """Bring and check every source of a country; say which licence applies.

    Example: `paritet fetch by --mirror http://mirror.local/paritet`
    """
    from rich.progress import (
        BarColumn,
        DownloadColumn,
        Progress,
        TextColumn,
        TransferSpeedColumn,
    )

    from geo.sources.country import load_country
    from geo.sources.declarations import declared_dirs
    from geo.sources.fetch import fetch_country
    from geo.sources.registry import load_registry
    from geo.sources.source import Source

    chosen_ = chosen(data=data)
    dirs = declared_dirs(chosen_)
    with Progress(
        TextColumn("{task.description:<26}", markup=False),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        console=remarks,
    ) as bar:
        tasks: dict[str, object] = {}

        def tell(source: Source, done: int, total: int | None) -> None:
            if source.id not in tasks:
                tasks[source.id] = bar.add_task(source.id, total=total)
            bar.update(tasks[source.id], completed=done, total=total)  # type: ignore[arg-type]

        brought = fetch_country(
            load_country(country, dirs),
            load_registry(dirs),
            mirror=mirror or chosen_.mirror,
            cache=chosen_.cache,
            progress=tell,
            refresh=refresh,
        )
    for line in (*brought.skipped, *brought.warnings):
        say(line, style="yellow")
    for name, got in sorted(brought.files.items()):
        put(f"{name}\t{got.path}\n")
    for line in brought.licences:
        say(line, style="dim")
