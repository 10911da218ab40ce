"""`paritet diff` and `paritet explain`: what changed, and the story of one verdict."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geo.cli.common import Releases, chosen, out_option, put, say
from geo.errors import NotFoundError

if TYPE_CHECKING:
    from geo.release.read import Release


class Format(StrEnum):
    """How a comparison is written."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"


class Language(StrEnum):
    """Languages of the texts."""

    RU = "ru"
    BE = "be"
    EN = "en"


Lang = Annotated[Language, typer.Option(help="ru, be or en.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("diff")(diff)
    app.command("explain")(explain)


def diff(  # noqa: PLR0913, PLR0917 (a command line is named word by word)
    before: Annotated[
        str, typer.Argument(help="Older release, such as by or by/2025-12-31.1.")
    ],
    after: Annotated[str, typer.Argument(help="Newer one; by is the served one.")],
    area: Annotated[
        str | None, typer.Option(help="Id or name of an oblast, raion or selsovet.")
    ] = None,
    standard: Annotated[
        str | None, typer.Option(help="Id of a standard, or part of its id or title.")
    ] = None,
    lang: Lang = Language.RU,
    format_: Annotated[
        Format, typer.Option("--format", help="text, json or csv.")
    ] = Format.TEXT,
    out: Annotated[Path | None, out_option("File; by default the screen.")] = None,
    releases: Releases = None,
) -> None:
    """Say what changed between two releases, for whom, and why.

    Example: `paritet diff by/2025-12-31.1 by --area Кобринский`
    """
    import orjson

    from geo.release.catalog import find_release
    from geo.release.read import open_release
    from geo.reports.diff.compare import compare
    from geo.reports.diff.news import changelog
    from geo.reports.diff.records import csv_text, document

    root = chosen(releases=releases).releases
    older, newer = (
        open_release(find_release(root, name).path) for name in (before, after)
    )
    found = compare(older, newer)
    place = None if area is None else _area((newer, older), area)
    norm = None if standard is None else _standard((newer, older), standard)
    name = f"diff.{'txt' if format_ is Format.TEXT else format_.value}"
    if format_ is Format.JSON:
        body = orjson.dumps(document(found, place, norm), option=orjson.OPT_INDENT_2)
        _write(body.decode() + "\n", out, name)
    elif format_ is Format.CSV:
        # Excel takes a CSV without this mark for the local 8-bit code page.
        mark = "\ufeff" if out else ""
        _write(mark + csv_text(found, found.select(place, norm)), out, name)
    else:
        _write("\n".join(changelog(found, lang.value, place, norm)) + "\n", out, name)


def _write(text: str, out: Path | None, name: str) -> None:
    from geo.disk.whole import write_whole

    if out is None:
        put(text)
        return
    made = write_whole(out, name, lambda path: path.write_bytes(text.encode()))
    put(f"{made}\n")


def _area(releases: tuple["Release", ...], wanted: str) -> str:
    """Return the id of an area that an id or a name means.

    Raises
    ------
    NotFoundError
        If there is none, or several; lists them.
    """
    from geo.layers.names import area_key
    from geo.layers.schema import LANGUAGES

    columns = ["id", "level", "name", *(f"name_{code}" for code in LANGUAGES)]
    for release in releases:
        rows = release.table("areas", columns).to_pylist()
        hits = [row for row in rows if row["id"] == wanted] or [
            row
            for row in rows
            if row["level"] != "grid"
            and any(area_key(row[name]) == area_key(wanted) for name in columns[2:])
        ]
        if len(hits) == 1:
            return str(hits[0]["id"])
        if hits:
            for row in hits[:20]:
                say(f"{row['id']}  {row['level']}  {row['name']}")
            raise NotFoundError(
                f"{len(hits)} areas are called {wanted!r}",
                where="listed above",
                remedy="Give the id of one.",
            )
    raise NotFoundError(
        f"no area {wanted!r}",
        where=", ".join(release.id for release in releases),
        remedy="Give an id or the name of an oblast, raion or selsovet.",
    )


def _standard(releases: tuple["Release", ...], wanted: str) -> str:
    from geo.reports.explain.story import find_standard

    for release in releases:
        hits = find_standard(release, wanted)
        if len(hits) == 1:
            return str(hits[0]["id"])
        if hits:
            for entry in hits:
                say(f"{entry['id']}  {entry['title'].get('ru', '')}")
            raise NotFoundError(
                f"{len(hits)} standards match {wanted!r}",
                where="listed above",
                remedy="Give the id of one.",
            )
    known = sorted(entry["id"] for entry in find_standard(releases[0], ""))
    raise NotFoundError(
        f"no standard {wanted!r}",
        where=", ".join(release.id for release in releases),
        remedy=f"Known: {', '.join(known)}.",
    )


def explain(
    settlement: Annotated[
        str, typer.Argument(help="Id (wof:421196887) or name (Кобрин).")
    ],
    standard: Annotated[
        str, typer.Argument(help="Id of a standard, or part of its id or title.")
    ],
    release: Annotated[
        str | None,
        typer.Option(help="Release such as by; by default each served country."),
    ] = None,
    lang: Lang = Language.RU,
    releases: Releases = None,
) -> None:
    """Tell the story of one verdict in one paragraph.

    Example: `paritet explain Кобрин trips --release by`
    """
    from geo.cli.show import one_settlement
    from geo.reports.explain.story import explain as tell
    from geo.texts import wording

    root = chosen(releases=releases).releases
    opened, id_ = one_settlement(root, settlement, release)
    norm = _standard((opened,), standard)
    told = tell(opened, id_, norm, lang.value)
    put(told["text"] + "\n")
    if told["estimates"]:
        title = wording("estimates.say", lang.value)["title"]
        put("\n".join(["", title, *told["estimates"]]) + "\n")
