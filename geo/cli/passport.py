"""`paritet passport` and `paritet report`: a release on paper."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import track

from geo.cli.common import (
    Named,
    Releases,
    chosen,
    out_option,
    put,
    remarks,
    say,
    target,
)
from geo.errors import NotFoundError

if TYPE_CHECKING:
    from geo.release.read import Release

SHOWN = 20
Language = Annotated[str, typer.Option(help="ru, be or en.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("passport")(passport)
    app.command("report")(report)


def passport(  # noqa: PLR0913 - each is an option of the command line
    release: Named,
    out: Annotated[
        str,
        typer.Option(
            "--out",
            "-o",
            help="File ending in .html or .docx, or a folder.",
            metavar="PATH",
        ),
    ],
    settlement: Annotated[
        str | None, typer.Argument(help="Id (wof:421196887) or name (Кобрин).")
    ] = None,
    raion: Annotated[
        str | None, typer.Option(help="Name or id of a raion, instead of a settlement.")
    ] = None,
    *,
    all_: Annotated[
        bool, typer.Option("--all", help="One file per settlement of the raion.")
    ] = False,
    format_: Annotated[
        str, typer.Option("--format", help="html or docx, where OUT is a folder.")
    ] = "docx",
    lang: Language = "ru",
    releases: Releases = None,
) -> None:
    """Write the passport of a settlement or raion: norms, actual, gap, sources.

    Example: `paritet passport by Снитово -o snitovo.docx`
    """
    from geo.release.catalog import find_release
    from geo.release.read import open_release
    from geo.reports.facts import area_facts, settlement_facts
    from geo.reports.passport.area import area_passport
    from geo.reports.passport.make import write_page
    from geo.reports.passport.settlement import settlement_passport
    from geo.reports.workbook import find_raion

    _one_of_both(settlement, raion, all_=all_)
    opened = open_release(
        find_release(chosen(releases=releases).releases, release).path
    )
    if all_ and raion is not None:
        _write_all(opened, find_raion(opened, raion).id, Path(out), format_, lang)
        return
    file = target(out)
    form = _format(file, format_)
    if settlement is not None:
        facts = settlement_facts(opened, _find(opened, settlement))
        page = settlement_passport(facts, lang)
    else:
        unit = find_raion(opened, raion or "")
        page = area_passport(area_facts(opened, unit.id), lang)
    put(f"{write_page(page, file, form)}\n")


def report(
    release: Named,
    raion: Annotated[str, typer.Option(help="Name or id of the raion.")],
    out: Annotated[Path, out_option("File ending in .docx, .xlsx or .html.")],
    since: Annotated[
        str | None,
        typer.Option(help="Release of the last report, such as by/2026-07-20.1."),
    ] = None,
    lang: Language = "ru",
    releases: Releases = None,
) -> None:
    """Write the half-year table of a raion: norm, actual, change since the last report.

    Example: `paritet report by --raion Бобруйский --since by/2026-07-20.1 -o r.xlsx`
    """
    from geo.release.catalog import find_release
    from geo.release.read import open_release
    from geo.reports.facts import area_facts
    from geo.reports.passport.make import REPORT_FORMATS, format_of, write_page
    from geo.reports.passport.report import (
        check_country,
        earlier_facts,
        half_year_report,
    )
    from geo.reports.workbook import find_raion

    form = format_of(out, REPORT_FORMATS)
    root = chosen(releases=releases).releases
    opened = open_release(find_release(root, release).path)
    unit = find_raion(opened, raion)
    earlier = None
    if since is not None:
        check_country(opened.id, since)
        past = open_release(find_release(root, since).path)
        earlier = earlier_facts(past, unit.id)
    page = half_year_report(area_facts(opened, unit.id), earlier, lang)
    put(f"{write_page(page, out, form)}\n")


def _one_of_both(settlement: str | None, raion: str | None, *, all_: bool) -> None:
    if (settlement is None) == (raion is None):
        what = "a settlement and a raion" if raion else "neither settlement nor raion"
        raise NotFoundError(
            f"{what} given",
            where="passport",
            remedy="Give a settlement, or --raion NAME.",
        )
    if all_ and raion is None:
        raise NotFoundError(
            "--all without a raion", where="passport", remedy="Add --raion NAME."
        )


def _format(out: Path, asked: str) -> str:
    from geo.reports.passport.make import PASSPORT_FORMATS, format_of

    named = out / f"x.{asked}" if out.is_dir() else out
    return format_of(named, PASSPORT_FORMATS)


def _find(release: "Release", wanted: str) -> str:
    """Return the id of the one settlement that an id or name means."""
    from geo.reports.scorecard import candidates

    hits = candidates(release, wanted)
    if not hits:
        raise NotFoundError(
            f"no settlement {wanted!r}",
            where=release.id,
            remedy="Give an id or a whole name in Russian, Belarusian or English.",
        )
    if len(hits) > 1:
        for row in hits[:SHOWN]:
            say(f"{row['id']}  {row['name']}  {row['raion']}  {release.id}")
        raise NotFoundError(
            f"{len(hits)} settlements are called {wanted!r}",
            where="listed above",
            remedy="Give the id of one.",
        )
    return str(hits[0]["id"])


def _put(content: bytes, path: Path) -> None:
    path.write_bytes(content)


def _write_all(
    release: "Release", raion: str, out: Path, format_: str, lang: str
) -> None:
    """Write one passport per settlement of a raion into a folder."""
    from geo.disk.whole import made_folder, write_whole
    from geo.reports.facts import area_facts, settlement_facts
    from geo.reports.passport.make import file_name, page_bytes
    from geo.reports.passport.settlement import settlement_passport

    form = _format(out / f"x.{format_}", format_)
    places = list(area_facts(release, raion).settlements)
    with made_folder(out):
        for place in track(places, description="passports", console=remarks):
            page = settlement_passport(settlement_facts(release, place), lang)
            # two villages of a raion may share a name: the id tells their files apart
            name = file_name(page, form, place)
            write_whole(out / name, name, partial(_put, page_bytes(page, form)))
    put(f"{out}: {len(places)}\n")
