"""`paritet estimates`: the models of a release, and how they were checked."""

from typing import Annotated

import typer

from geo.cli.common import Releases, chosen, put
from geo.cli.compare import Lang, Language


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("estimates")(estimates)


def estimates(
    release: Annotated[str, typer.Argument(help="Release, or by: the served one.")],
    lang: Lang = Language.RU,
    releases: Releases = None,
) -> None:
    """Print what is probably so by model: checks, calibration, towns and villages.

    Example: `paritet estimates by`
    """
    from geo.release.catalog import find_release
    from geo.release.read import open_release
    from geo.reports.estimated import report

    found = find_release(chosen(releases=releases).releases, release)
    put("\n".join(report(open_release(found.path), lang.value)) + "\n")
