"""`paritet publish`, `serve`, `export`, `releases`: what happens with a release."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geo.cli.common import Named, Releases, chosen, out_option, put, say
from geo.errors import NotFoundError, ReleaseError

if TYPE_CHECKING:
    from geo.release.catalog import ReleaseEntry


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("publish")(publish)
    app.command("serve")(serve)
    app.command("export")(export)
    app.command("releases")(releases_)


def publish(
    release: Annotated[str, typer.Argument(help="Release such as by/2026-11-22.1.")],
    releases: Releases = None,
) -> None:
    """Serve this release of a country, whatever its day, once all of it is checked.

    Example: `paritet publish by/2026-11-22.1`
    """
    from geo.release.catalog import country_folder
    from geo.release.serving import serve_release, served_name

    root = chosen(releases=releases).releases
    code, name = _named(release, root)
    before = served_name(country_folder(root, code))
    serving = serve_release(root, code, name)
    day = name.partition(".")[0]
    if day > datetime.now().astimezone().date().isoformat():
        say(f"{day} lies in the future: it is judged by norms that may still change")
    if before is not None and day < before.partition(".")[0]:
        say(f"{day} is older than {code}/{before}, which was served")
    put(f"{serving.sentence()}\n")


def _named(release: str, root: Path) -> tuple[str, str]:
    """Return country and name of ``by/2026-11-22.1``."""
    from geo.release.catalog import list_releases

    code, _, name = release.partition("/")
    if not name:
        known = ", ".join(one.id for one in list_releases(root, code)[-10:])
        raise NotFoundError(
            f"which release of {code!r} to serve is not said",
            where="publish",
            remedy=f"There are: {known}." if known else f"Run: paritet build {code}",
        )
    return code, name


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
    release: Named,
    format_: Annotated[
        str,
        typer.Option("--format", help="csv, xlsx, gpkg, geojson, geoparquet or html."),
    ],
    out: Annotated[Path, out_option("File or folder to write.")] = Path(),
    area: Annotated[
        str, typer.Option(help="Name or id of the raion of a html map; else all.")
    ] = "",
    releases: Releases = None,
) -> None:
    """Write a release as one file for Excel, QGIS, R, Python or a browser.

    Example: `paritet export by --format html --area Кобринский -o kobrin.html`
    """
    from geo.release.catalog import find_release

    path = find_release(chosen(releases=releases).releases, release).path
    if format_ == "html":
        from maps.folium_export import folium_page

        made = folium_page(path, out, area=area)
    elif area:
        raise ReleaseError(
            f"a file of format {format_} is of the whole release",
            where="--area",
            remedy="Take --format html, or leave out --area.",
        )
    else:
        from geo.reports.export import export as run

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
    """List the releases: which are served, pinned or damaged; or remove old ones.

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
        put("  ".join([entry.id, *_marks(entry)]) + "\n")
    if not entries:
        say(f"{root / (country or '')}: no release. Run: paritet build CC")


def _marks(entry: "ReleaseEntry") -> Iterator[str]:
    """Yield what is to be said of a release in a list."""
    from geo.release.catalog import read_names
    from geo.release.read import open_release
    from geo.release.shelf import PINS

    if entry.latest:
        yield "served"
    if entry.name in read_names(entry.path.parent / PINS):
        yield "pinned"
    try:
        open_release(entry.path)
    except ReleaseError as error:
        yield f"damaged: {error.what}"
