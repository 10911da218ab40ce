"""`paritet serve`, `export` and `releases`: what happens with a release."""

from pathlib import Path
from typing import Annotated

import typer

from geo.cli.common import Releases, chosen, put, say


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("serve")(serve)
    app.command("export")(export)
    app.command("releases")(releases_)


def serve(
    releases: Releases = None,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8000,
) -> None:
    """Serve API and map of the published releases.

    Example: `paritet serve --port 8080`
    """
    from api.server import serve as run

    run(chosen(releases=releases).releases, host, port)


def export(
    release: Annotated[
        str, typer.Argument(help="Release such as by or by/2026-11-22.1.")
    ],
    format_: Annotated[
        str,
        typer.Option("--format", help="csv, xlsx, gpkg, geojson, geoparquet or html."),
    ],
    out: Annotated[
        Path, typer.Option("--out", "-o", help="File or folder to write.")
    ] = Path(),
    releases: Releases = None,
) -> None:
    """Write a release as one file for Excel, QGIS, R, Python or a browser.

    Example: `paritet export by --format xlsx -o by.xlsx`
    """
    from geo.release.catalog import find_release

    path = find_release(chosen(releases=releases).releases, release).path
    if format_ == "html":
        from maps.folium_export import folium_page

        made = folium_page(path, out)
    else:
        from geo.release.export import export as run

        made = run(path, format_, out)
    put(f"{made}\n")


def releases_(
    country: Annotated[
        str | None, typer.Argument(help="Country code; all by default.")
    ] = None,
    keep: Annotated[
        int | None,
        typer.Option(help="Remove all but the newest N; never a served or pinned one."),
    ] = None,
    releases: Releases = None,
) -> None:
    """List the published releases, or remove old ones.

    Example: `paritet releases by --keep 5`
    """
    from geo.release.catalog import countries, list_releases
    from geo.release.shelf import prune

    root = chosen(releases=releases).releases
    if keep is not None:
        for code in countries(root) if country is None else [country]:
            for gone in prune(root, code, keep):
                put(f"removed {gone}\n")
    entries = list_releases(root, country)
    for entry in entries:
        put(f"{entry.id}{'  served' if entry.latest else ''}\n")
    if not entries:
        say(f"{root / (country or '')}: no release. Run: paritet build CC")
