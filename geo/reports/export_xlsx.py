"""A release as one Excel workbook.

Text is written as text whatever it begins with: a village called ``=1+1`` is no
formula.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pyarrow as pa
import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from geo.layers.schema import LANGUAGES
from geo.release.read import Release
from geo.reports.about import about_rows, one_line
from geo.reports.wide import finite, flat, wide_settlements

#: A sheet holds 1,048,576 rows; what is longer goes on in another sheet.
SHEET_ROWS = 1_000_000
BATCH_ROWS = 10_000
#: The longest text of a cell.
CELL_TEXT = 32_767
OPTIONS = {
    "constant_memory": True,  # rows go to disk as they come
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}

Rows = Iterator[Sequence[Any]]


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
    # The archive is put together in memory: xlsxwriter would leave it half-written and
    # open where the disk refuses. Sheets go to disk, beside, as they come.
    packed = BytesIO()
    book = xlsxwriter.Workbook(packed, OPTIONS | {"tmpdir": str(path.parent)})
    try:
        _describe(book, release)
        heading = book.add_format({"bold": True, "text_wrap": False})
        for name, columns, rows in _sheets(release):
            _write_sheets(book, heading, name, columns, rows)
        book.close()
    except FileCreateError as error:
        raise _hidden(error) from error
    path.write_bytes(packed.getbuffer())


def _hidden(error: FileCreateError) -> OSError:
    """Return the fault of the disk that xlsxwriter wraps."""
    held = error.args[0] if error.args else None
    return held if isinstance(held, OSError) else OSError(str(error))


def _describe(book: xlsxwriter.Workbook, release: Release) -> None:
    book.set_properties(
        {
            "title": f"Paritet {release.id}",
            "comments": "\n".join(f"{k}: {v}" for k, v in about_rows(release.manifest)),
            "created": datetime.fromisoformat(release.on),
        }
    )


def _sheets(release: Release) -> Iterator[tuple[str, Sequence[str], Rows]]:
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
    norms = list(_norm_rows(manifest["standards"]))
    yield "standards", NORM_COLUMNS, iter(norms)
    inputs = manifest["inputs"]
    yield (
        "sources",
        SOURCE_COLUMNS,
        ([_cell(i.get(c)) for c in SOURCE_COLUMNS] for i in inputs),
    )
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
    """Yield the rows of a table without holding all of them as objects."""
    for batch in table.to_batches(max_chunksize=BATCH_ROWS):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _write_sheets(
    book: xlsxwriter.Workbook,
    heading: Format,
    name: str,
    columns: Sequence[str],
    rows: Rows,
) -> None:
    sheet = _new_sheet(book, heading, name, columns)
    number, line = 1, 1
    for row in rows:
        if line > SHEET_ROWS:
            number += 1
            line = 1
            sheet = _new_sheet(book, heading, f"{name} {number}", columns)
        for position, value in enumerate(row):
            writer = WRITERS.get(type(value))
            if writer is not None:
                writer(sheet, line, position, value)
        line += 1


def _new_sheet(
    book: xlsxwriter.Workbook, heading: Format, name: str, columns: Sequence[str]
) -> Worksheet:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, len(columns) - 1, 16)
    for position, column in enumerate(columns):
        sheet.write_string(0, position, column, heading)
    return sheet


def _text(sheet: Worksheet, line: int, position: int, value: str) -> None:
    sheet.write_string(line, position, value[:CELL_TEXT])


def _number(sheet: Worksheet, line: int, position: int, value: float) -> None:
    if finite(value) is None:
        sheet.write_string(line, position, "∞" if value > 0 else "-∞")
    else:
        sheet.write_number(line, position, value)


def _day(sheet: Worksheet, line: int, position: int, value: date) -> None:
    # As text: the file then says the same in every locale and epoch of Excel.
    sheet.write_string(line, position, value.isoformat())


def _truth(sheet: Worksheet, line: int, position: int, value: bool) -> None:  # noqa: FBT001
    sheet.write_boolean(line, position, value)


WRITERS: dict[type, Callable[[Worksheet, int, int, Any], None]] = {
    str: _text,
    int: _number,
    float: _number,
    bool: _truth,
    date: _day,
}
