"""`paritet standards`: the norms, their context, and who compared them with the act."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from geo.cli.common import Data, chosen, put

if TYPE_CHECKING:
    from geo.standards.context import ContextEntry
    from geo.standards.country import Law
    from geo.standards.model import Norm, Standard, Unread

Code = Annotated[
    str | None,
    typer.Argument(metavar="[CC]", help="Country code such as by; all by default."),
]
SeenAt = Annotated[
    bool, typer.Option("--seen-at", help="Name the addresses where figures were seen.")
]


def register(app: typer.Typer) -> None:
    """Add the group of commands."""
    group = typer.Typer(
        help="The norms: what is judged, what is context, what was verified.",
        no_args_is_help=True,
    )
    group.command("list")(list_)
    group.command("context")(context)
    group.command("verify")(verify_)
    app.add_typer(group, name="standards")


def list_(
    country: Code = None,
    *,
    on: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Rows in force on this day (today)."),
    ] = None,
    seen_at: SeenAt = False,
    data: Data = None,
) -> None:
    """List what is judged: id, force, verified or reported, unit, rows in force.

    Below them stands of what it was not read which norm holds on the day.

    Example: `paritet standards list by --on 2026-01-01`
    """
    day = on.date() if on else _today()
    for code, law in _laws(country, data):
        lines = [f"{code}: {len(law.standards)} standards, rows in force on {day}"]
        for standard in law.standards:
            lines += _standard_lines(standard, day, seen_at=seen_at)
        lines += [f"! {remark}." for remark in law.remarks]
        put("\n".join(lines) + "\n")


def context(
    country: Code = None, *, seen_at: SeenAt = False, data: Data = None
) -> None:
    """List what is documented and never judged: history, benchmarks, facts.

    Example: `paritet standards context kz`
    """
    for code, law in _laws(country, data):
        lines = [f"{code}: {len(law.context)} entries that are never judged"]
        for entry in law.context:
            lines.append(_context_line(entry))
            lines += _addresses(entry.source.seen_at if seen_at else ())
        put("\n".join(lines) + "\n")


def verify_(  # noqa: PLR0913 - what a check consists of
    norm: Annotated[str, typer.Argument(metavar="ID", help="Id of the norm's row.")],
    *,
    by: Annotated[str, typer.Option(help="Who compared it with the text.")],
    on: Annotated[datetime, typer.Option("--date", formats=["%Y-%m-%d"], help="When.")],
    copy: Annotated[Path, typer.Option(help="The copy of the act that was read.")],
    country: Annotated[
        str | None, typer.Option(help="Country code, where the id is not enough.")
    ] = None,
    valid_from: Annotated[
        str | None,
        typer.Option(help="First day of the revision, or none, where it has several."),
    ] = None,
    data: Data = None,
) -> None:
    """Record that somebody compared a norm with the text of its act.

    Example: `paritet standards verify by.transport.trips.agrogorodok_1000
    --by "И. Иванова" --date 2026-11-20 --copy instruction.pdf`
    """
    from geo.settings import declaration_dirs
    from geo.standards.verify import verify

    check, path = verify(
        norm,
        by=by,
        on=on.date(),
        copy=copy,
        dirs=declaration_dirs(_overlay(chosen(data=data).data)),
        today=_today(),
        country=country,
        valid_from=_first_day(valid_from),
    )
    put(
        f"{check.norm}: verified by {check.by} on {check.date} against {check.copy}\n"
        f"{path}\n"
    )


def _today() -> date:
    return datetime.now().astimezone().date()


def _overlay(folder: Path | None) -> Path | None:
    """Return the overlay; an empty folder is fine, a missing one is not."""
    from geo.errors import DeclarationError

    if folder is not None and not folder.is_dir():
        raise DeclarationError(
            "the declarations folder does not exist",
            where=str(folder),
            remedy="Give an existing folder with --data (or PARITET_DATA).",
        )
    return folder


def _first_day(text: str | None) -> date | Literal["none"] | None:
    from geo.errors import DeclarationError

    if text is None or text == "none":
        return "none" if text else None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise DeclarationError(
            f"{text!r} is no day",
            where="--valid-from",
            remedy="Write a day such as 2026-01-01, or none.",
        ) from error


def _laws(country: str | None, data: Path | None) -> "Iterator[tuple[str, Law]]":
    """Yield the countries with standards of their own, or the one asked for."""
    from geo.settings import declaration_dirs
    from geo.sources.country import country_codes, load_country
    from geo.standards.country import law_of

    dirs = declaration_dirs(_overlay(chosen(data=data).data))
    codes: Sequence[str] = [country] if country else country_codes(dirs)
    for code in codes:
        declared = load_country(code, dirs)
        own = any((folder / "standards").is_dir() for folder in declared.folders)
        if country or own:
            yield code, law_of(declared, dirs)


def _standard_lines(standard: "Standard", day: date, *, seen_at: bool) -> list[str]:
    rows = [norm for norm in standard.norms if norm.in_force(day)]
    sure = {norm.confidence for norm in rows or standard.norms}
    said = "verified" if sure == {"verified"} else "reported"
    head = (
        f"{standard.id:<44} {standard.force:<9} {said:<9} "
        f"{standard.unit_of_assessment:<10} {len(rows)} of {len(standard.norms)} rows"
    )
    lines = [head]
    for norm in rows:
        lines.append(_norm_line(norm))
        lines += _addresses(norm.source.seen_at if seen_at else ())
    unread = standard.unread_on(day)
    return [*lines, *(f"    {row.id:<50} not read  {_days(row)}" for row in unread)]


def _addresses(seen_at: "Sequence[str]") -> list[str]:
    return [f"        seen at {address}" for address in seen_at]


def _days(row: "Norm | Unread") -> str:
    """Return the days in force, or since when a row without a first day was seen."""
    source = getattr(row, "source", None)
    first = row.valid_from or (f"seen {source.seen}" if source else "…")
    return f"{first} – {row.valid_to or '…'}"


def _norm_line(norm: "Norm") -> str:
    limit = "has" if norm.op == "has" else f"{norm.op} {norm.value:g}"
    days = _days(norm)
    parts = [f"    {norm.id:<50} {limit:<9} {days}"]
    if norm.due:
        parts.append(f"due {norm.due}")
    if norm.list == "oblast":
        parts.append("oblast list: " + ", ".join(norm.applies.territory or ()))
    if norm.verified:
        parts.append(f"verified by {norm.verified.by} on {norm.verified.date}")
    return "  ".join(parts)


def _context_line(entry: "ContextEntry") -> str:
    title = entry.title.get("ru") or next(iter(entry.title.values()))
    return f"{entry.id:<40} {entry.status:<11} {entry.confidence:<9} {title}"
