"""`paritet show`: one scorecard as text."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geo.cli.common import Releases, chosen, put, say
from geo.errors import NotFoundError

if TYPE_CHECKING:
    from geo.release.read import Release


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("show")(show)


def show(
    settlement: Annotated[
        str, typer.Argument(help="Id (wof:421196887) or name (Кобрин).")
    ],
    release: Annotated[
        str | None,
        typer.Option(help="Release such as by; by default each served country."),
    ] = None,
    lang: Annotated[str, typer.Option(help="ru, be or en.")] = "ru",
    releases: Releases = None,
) -> None:
    """Print what is known of a settlement: values, norms, verdicts, sources.

    Example: `paritet show Кобрин --release by`
    """
    from geo.reports.scorecard import scorecard

    root = chosen(releases=releases).releases
    opened, id_ = one_settlement(root, settlement, release)
    put(scorecard(opened, id_, lang))


def one_settlement(
    root: Path, settlement: str, release: str | None
) -> tuple["Release", str]:
    """Return the release and the id of the one settlement that is meant.

    Raises
    ------
    NotFoundError
        If there is none, or several; lists the first of them.
    """
    from geo.release.catalog import find_release, list_releases
    from geo.release.read import open_release
    from geo.reports.scorecard import candidates

    served = [entry.id for entry in list_releases(root) if entry.latest]
    wanted = [release] if release else served
    opened = [open_release(find_release(root, name).path) for name in wanted]
    hits: list[tuple[Release, dict[str, Any]]] = [
        (one, row) for one in opened for row in candidates(one, settlement)
    ]
    if not hits:
        raise NotFoundError(
            f"no settlement {settlement!r}",
            where=", ".join(one.id for one in opened) or str(root),
            remedy="Give an id or a whole name in Russian, Belarusian or English.",
        )
    if len(hits) > 1:
        for one, row in hits[:20]:
            say(f"{row['id']}  {row['name']}  {row['raion']}  {one.id}")
        raise NotFoundError(
            f"{len(hits)} settlements are called {settlement!r}",
            where="listed above",
            remedy="Give the id of one.",
        )
    return hits[0][0], str(hits[0][1]["id"])
