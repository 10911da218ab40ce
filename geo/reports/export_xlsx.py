"""A release as one Excel workbook."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
from xlsxwriter.worksheet import Worksheet

from geo.layers.schema import LANGUAGES
from geo.release.read import Release
from geo.reports.about import about_rows, one_line
from geo.reports.wide import flat, wide_settlements
from geo.sheets import Book, put_row

#: A sheet holds 1,048,576 rows; what is longer goes on in another sheet.
SHEET_ROWS = 1_000_000
BATCH_ROWS = 10_000
Rows = Iterator[Sequence[Any]]
#: Its name, its columns, and its rows.
Sheet = tuple[str, Sequence[str], Rows]


def write_xlsx(release: Release, path: Path) -> None:
    """Write settlements, judgements, area scores and what else an office asks for.

    Sheets: settlements, judgements, area scores, measures, ladder, access, service,
    journeys, timetable faults, standards, sources, rejected, about.

    An empty cell is unknown. The workbook's time of creation is the release's day.

    Raises
    ------
    OSError
        If the disk refuses.
    """
    _write_book(release, path, _sheets(release), about_rows(release.manifest))


def write_list_xlsx(
    release: Release, table: pa.Table, about: Sequence[tuple[str, str]], path: Path
) -> None:
    """Write a table of settlements, the sources of the release, and what it is about.

    Raises
    ------
    OSError
        If the disk refuses.
    """
    shown = table.drop_columns(["geometry"])
    sheets: list[Sheet] = [
        ("settlements", shown.column_names, table_rows(shown)),
        _sources(release),
        ("about", ("key", "text"), iter(about)),
    ]
    _write_book(release, path, sheets, about)


def _write_book(
    release: Release,
    path: Path,
    sheets: Iterable[Sheet],
    about: Sequence[tuple[str, str]],
) -> None:
    book = Book(
        date.fromisoformat(release.on),
        spill=path.parent,
        title=f"Paritet {release.id}",
        comments="\n".join(f"{k}: {v}" for k, v in about),
    )
    for name, columns, rows in sheets:
        _write_sheets(book, name, columns, rows)
    path.write_bytes(book.content())


def _sources(release: Release) -> Sheet:
    inputs = release.manifest["inputs"]
    rows = ([_cell(row.get(key)) for key in SOURCE_COLUMNS] for row in inputs)
    return "sources", SOURCE_COLUMNS, rows


def _sheets(release: Release) -> Iterator[Sheet]:
    manifest = release.manifest
    tables = {
        "settlements": wide_settlements(release).drop_columns(["geometry"]),
        "judgements": flat(release.table("judgements")),
        "area scores": release.table("area_scores"),
        "measures": release.table("measures"),
        "ladder": release.table("ladder"),
        "access": release.table("access").drop_columns(["geometry"]),
        "service": release.table("service"),
        "journeys": release.table("journeys"),
        "timetable faults": release.table("timetable_faults"),
    }
    for name, table in tables.items():
        yield name, table.column_names, table_rows(table)
    yield "standards", NORM_COLUMNS, _norm_rows(manifest["standards"])
    yield _sources(release)
    rejected = release.table("rejected")
    yield "rejected", rejected.column_names, table_rows(rejected)
    yield "about", ("key", "text"), iter(about_rows(manifest))


NORM_COLUMNS = (
    "standard", "title_ru", "title_be", "title_en", "domain", "indicator", "force",
    "responsible", "norm", "applies", "op", "value", "valid_from", "valid_to", "due",
    "act", "act_title", "item", "revision", "url", "confidence", "list", "reading",
    "note",
)  # fmt: skip
SOURCE_COLUMNS = (
    "source", "version", "title", "date", "licence", "share_alike", "redistribute",
    "attribution", "url", "reader", "sha256",
)  # fmt: skip


def _norm_rows(standards: Sequence[Mapping[str, Any]]) -> Iterator[list[Any]]:
    """One row per norm; a standard without a norm in force still has its row."""
    for standard in standards:
        title = standard.get("title") or {}
        head = [
            standard["id"],
            *(title.get(language) for language in ("ru", "be", "en")),
            *(standard.get(key) for key in ("domain", "indicator", "force")),
            standard.get("responsible"),
        ]
        for norm in standard.get("norms") or [{}]:
            act = norm.get("source") or {}
            row = [
                *head,
                *(norm.get(key) for key in ("id", "applies", "op", "value")),
                *(norm.get(key) for key in ("valid_from", "valid_to", "due")),
                *(act.get(key) for key in ("act", "title", "item", "revision", "url")),
                *(norm.get(key) for key in ("confidence", "list", "reading", "note")),
            ]
            yield [_cell(value) for value in row]


def _cell(value: Any) -> Any:
    """Return texts by language as one line, other structures as JSON."""
    if isinstance(value, Mapping) and set(value) <= set(LANGUAGES):
        return one_line(value) or None
    if isinstance(value, Mapping | list):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return value


def table_rows(table: pa.Table) -> Rows:
    """Yield the rows of a table without holding all of them as objects.

    Days are texts: the file then says the same in every locale and epoch of Excel.
    """
    for position, field in enumerate(table.schema):
        if pa.types.is_date(field.type):
            days = table[field.name].cast(pa.string())
            table = table.set_column(position, field.name, days)
    for batch in table.to_batches(max_chunksize=BATCH_ROWS):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _write_sheets(book: Book, name: str, columns: Sequence[str], rows: Rows) -> None:
    sheet = _new_sheet(book, name, columns)
    number, line = 1, 1
    for row in rows:
        if line > SHEET_ROWS:
            number, line = number + 1, 1
            sheet = _new_sheet(book, f"{name} {number}", columns)
        put_row(sheet, line, row)
        line += 1


def _new_sheet(book: Book, name: str, columns: Sequence[str]) -> Worksheet:
    sheet = book.sheet(name)
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, len(columns) - 1, 16)
    put_row(sheet, 0, columns, book.look(bold=True, text_wrap=False))
    return sheet
