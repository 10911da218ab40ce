"""`paritet workbook`, `import` and `check`: the conversation with the raions."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from geo.cli.common import Data, Named, Releases, chosen, civil, out_option, put


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("workbook")(workbook)
    app.command("import")(import_)
    app.command("check")(check)


def workbook(
    release: Named,
    raion: Annotated[str, typer.Option(help="Name or id of the raion.")],
    out: Annotated[Path, out_option("XLSX file or folder to write.")],
    releases: Releases = None,
) -> None:
    """Write the form of one raion, filled with what is known.

    Example: `paritet workbook by --raion Кобринский -o kobrin.xlsx`
    """
    from geo.release.catalog import find_release
    from geo.reports.workbook import write_workbook
    from geo.sources.workbook.store import supplied

    given = chosen(releases=releases)
    entry = find_release(given.releases, release)
    sent = supplied(entry.country, given.supplied)
    made = write_workbook(entry.path, raion, out, sent)
    put(f"{made}\n")


def import_(
    path: Annotated[Path, typer.Argument(help="The filled-in workbook.")],
    country: Annotated[
        str | None, typer.Option(help="Country; by default what the workbook says.")
    ] = None,
    supplier: Annotated[
        str | None, typer.Option(help="Who sent it; by default what it says.")
    ] = None,
    stated: Annotated[
        datetime | None,
        typer.Option("--date", formats=["%Y-%m-%d"], help="Day the data are of."),
    ] = None,
    releases: Releases = None,
) -> None:
    """Check a raion's workbook and keep it as a dated source for the next build.

    Example: `paritet import kobrin.xlsx --supplier "Кобринский райисполком"`
    """
    from geo.release.catalog import find_release
    from geo.release.read import open_release
    from geo.reports.imported import taken
    from geo.reports.prefill import frame
    from geo.sources.workbook.book import open_book, read_meta
    from geo.sources.workbook.read import read_workbook
    from geo.sources.workbook.store import store

    given = chosen(releases=releases)
    said = country or read_meta(open_book(path), path).country
    release = open_release(find_release(given.releases, said).path)
    west, south, east, north = release.manifest["country"]["bounds"]
    content = read_workbook(
        path, frame(release, "settlements"), bounds=(west, south, east, north)
    )
    kept = store(
        path,
        content,
        given.supplied,
        supplier=supplier,
        stated=civil(stated),
        today=date.today(),  # noqa: DTZ011 - the day of whoever takes it
    )
    put(taken(content, kept))


def check(
    release: Named,
    raion: Annotated[
        str | None, typer.Option(help="Name or id of a raion; the country by default.")
    ] = None,
    lang: Annotated[str, typer.Option(help="ru, be or en.")] = "ru",
    releases: Releases = None,
    data: Data = None,
) -> None:
    """Say what is known, how old, from whom, and what to send first.

    Example: `paritet check by --raion Кобринский`
    """
    from geo.release.catalog import find_release
    from geo.reports.check import check as run
    from geo.sources.country import load_country
    from geo.sources.declarations import declared_dirs

    given = chosen(releases=releases, data=data)
    entry = find_release(given.releases, release)
    declared = load_country(entry.country, declared_dirs(given))
    put(f"{run(entry.path, raion, lang, declared).text}\n")
