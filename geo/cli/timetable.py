"""`paritet timetable`: look into a timetable, and ask what a change of it would do."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geo.cli.common import (
    Data,
    JudgedOn,
    Mirror,
    chosen,
    civil,
    out_option,
    put,
    say,
    stage_bar,
)
from geo.errors import SourceFormatError
from geo.inert import no_formula

if TYPE_CHECKING:
    import pandas as pd

    from geo.sources.result import ReadResult

#: reader of a file by the end of its name
_READERS = {".zip": "gtfs", ".csv": "timetable_table", ".tsv": "timetable_table"}
_MOST_REASONS, _MOST_ROWS = 20, 40
#: name of the file of effects where a folder is given
_EFFECT = "effect.csv"

timetable = typer.Typer(
    name="timetable",
    help="Look into timetables: check, what-if.",
    no_args_is_help=True,
)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.add_typer(timetable)


@timetable.command()
def check(
    file: Annotated[
        Path, typer.Argument(help="GTFS zip, or a table of stops (CSV, TSV).")
    ],
    country: Annotated[
        str, typer.Option("--country", help="Whose bounds and time zone hold.")
    ] = "by",
    data: Data = None,
) -> None:
    """Print what is in a timetable, and everything that is wrong with it.

    Example: `paritet timetable check feed.zip --country by`
    """
    found = _read(file, country, data)
    if "timetable_calls" not in found.tables:
        _told(found)
        raise SourceFormatError(
            "nothing in it can be used: no trip is left",
            where=str(file),
            remedy="Mend what is listed above; what is not listed is not there.",
        )
    stops, calls = (found.tables[f"timetable_{name}"] for name in ("stops", "calls"))
    nameless = int(stops["lon"].isna().sum())
    _print(
        f"{len(stops)} stops ({nameless} found by the name of their settlement),"
        f" {calls['trip_id'].nunique()} trips, {len(calls)} calls"
    )
    for word, column in (("carriers", "carrier"), ("routes", "route")):
        names = sorted({str(name) for name in calls[column].dropna()})
        _print(f"{word}: {len(names)}; {', '.join(names[:10])}")
    first, last = calls["first_day"].min(), calls["last_day"].max()
    _print(f"valid: {_day(first)} to {_day(last)}")
    _told(found)


def _told(found: "ReadResult") -> None:
    for note in found.notes:
        _print(f"note: {note}")
    _faults(found.rejected)


@timetable.command("what-if")
def what_if(
    country: Annotated[str, typer.Argument(help="Country code, such as demo or by.")],
    edits: Annotated[Path, typer.Argument(help="YAML list: docs/timetables.md.")],
    *,
    mirror: Mirror = None,
    on: JudgedOn = None,
    out: Annotated[
        Path | None, out_option("Write all changed measures here, as CSV.")
    ] = None,
    data: Data = None,
) -> None:
    """Print what a change of the timetables would do to every settlement.

    Example: `paritet timetable what-if by edits.yaml --mirror ../shared/data`
    """
    from geo.disk.whole import check_target, write_whole
    from geo.pipeline import STAGES, what_if_timetables
    from geo.travel.timetable.edit_kinds import read_edits

    if out is not None:
        check_target(out, _EFFECT)
    wanted = read_edits(edits)
    with stage_bar(STAGES[:4]) as tell:
        table = what_if_timetables(
            country,
            wanted,
            settings=chosen(data=data),
            mirror=mirror,
            on=civil(on),
            progress=tell,
        )
    _effect(table)
    if out is not None:
        inert = table.map(no_formula)
        made = write_whole(out, _EFFECT, partial(inert.to_csv, index=False))
        say(f"{len(table)} rows in {made}")


def _read(file: Path, country: str, data: Path | None) -> "ReadResult":
    from geo.sources.country import load_country
    from geo.sources.declarations import declared_dirs
    from geo.sources.readers.catalog import reader_named

    name = _READERS.get(file.suffix.lower())
    if name is None:
        raise SourceFormatError(
            f"no timetable is known by the name {file.suffix or 'without an end'!r}",
            where=str(file),
            remedy=f"It must end in one of {', '.join(_READERS)}.",
        )
    declared = load_country(country, declared_dirs(chosen(data=data)))
    read = reader_named(name, where=str(file))
    return read(file, _File(file.stem), declared, {})


@dataclass(frozen=True)
class _File:
    """A file that no register names: its own name is its id."""

    id: str
    date: str = ""


def _faults(rejected: "pd.DataFrame") -> None:
    if rejected.empty:
        _print("nothing was refused")
        return
    counts = rejected.groupby(["reason", "field"], sort=False).agg(
        count=("row", "size"), first=("row", "first")
    )
    counts = counts.sort_values("count", ascending=False, kind="stable")
    for row in counts.reset_index().head(_MOST_REASONS).to_dict("records"):
        said = f"{row['field']}: {row['reason']} (first: {row['first']})"
        _print(f"refused {row['count']}: {said}")
    if len(counts) > _MOST_REASONS:
        _print(f"and {len(counts) - _MOST_REASONS} more reasons")


def _effect(table: "pd.DataFrame") -> None:
    """Print who gains and who loses, and the settlements of most people."""
    for measure, own in table.groupby("measure", sort=True):
        fewer = str(measure).startswith("minutes")
        # no number is worse than any: nobody gets there
        worst = float("inf") if fewer else float("-inf")
        before, after = own["before"].fillna(worst), own["after"].fillna(worst)
        better = after < before if fewer else after > before
        gains, loses = (own.loc[one, "population"].sum() for one in (better, ~better))
        _print(
            f"{measure}: better for {gains:.0f} people in {int(better.sum())}"
            f" settlements, worse for {loses:.0f} in {int((~better).sum())}"
        )
    if table.empty:
        _print("nothing changes for any settlement")
        return
    most = table.sort_values("population", ascending=False, kind="stable")
    for row in most.head(_MOST_ROWS).to_dict("records"):
        _print(
            f"  {row['name']} ({row['settlement_id']}): {row['measure']}"
            f" {_number(row['before'])} -> {_number(row['after'])}"
        )
    if len(table) > _MOST_ROWS:
        _print(f"  and {len(table) - _MOST_ROWS} more; --out FILE writes all")


def _number(value: float) -> str:
    return "none" if value != value else f"{value:g}"  # noqa: PLR0124 - NaN


def _day(at: object) -> str:
    text = str(at)[:10]
    return "open" if text == "NaT" else text


def _print(text: str) -> None:
    put(f"{text}\n")
