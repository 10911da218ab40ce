"""A page as an Excel workbook: numbers as numbers, units in the headings."""

import io
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from geo.release.passport.page import Cell, Column, Page, Row, RowKind, Table
from geo.release.passport.write_html import group_span
from geo.release.passport.zipped import steady_zip

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_A4 = 9
#: Characters of a column per millimetre of the printed page.
_PER_MM = 0.62
_SHEET_NAME = 31
_BASE = {"text_wrap": True, "valign": "top", "border": 1}


def xlsx_bytes(page: Page) -> bytes:
    """Return a page as XLSX, one sheet per table; the same page gives the same bytes.

    Text is written as text whatever it begins with; a cell without a number says why.
    """
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, _OPTIONS)
    book.set_properties(
        {
            "title": f"{page.title}: {page.name}, {page.state}",
            "subject": page.release,
            "author": "Paritet",
            "comments": page.notice,
            "created": datetime.fromisoformat(page.on),
        }
    )
    formats = _formats(book)
    for table in page.tables:
        _sheet(book, formats, page, table)
    book.close()
    return steady_zip(held.getvalue())


def _formats(book: xlsxwriter.Workbook) -> dict[str, Format]:
    wrapped = {"text_wrap": False, "valign": "top"}
    return {
        "title": book.add_format({"bold": True, "font_size": 13}),
        "bold": book.add_format({"bold": True}),
        "plain": book.add_format(wrapped),
        "heading": book.add_format({**_BASE, "bold": True, "align": "center"}),
        "domain": book.add_format({**_BASE, "bold": True, "bg_color": "#EEEEEE"}),
        "text": book.add_format(_BASE),
        "part": book.add_format({**_BASE, "indent": 1}),
        "0": book.add_format({**_BASE, "num_format": "#,##0"}),
        "1": book.add_format({**_BASE, "num_format": "#,##0.0"}),
        "+0": book.add_format({**_BASE, "num_format": "+#,##0;-#,##0;0"}),
        "+1": book.add_format({**_BASE, "num_format": "+#,##0.0;-#,##0.0;0.0"}),
    }


def _sheet(
    book: xlsxwriter.Workbook, formats: Mapping[str, Format], page: Page, table: Table
) -> None:
    sheet = book.add_worksheet(table.caption[:_SHEET_NAME])
    shown = table.shown(sheet=True)
    line = _head(sheet, formats, page)
    top = line
    line = _headings(sheet, formats, shown, line)
    for row in table.rows:
        _row(sheet, formats, row, shown, line)
        line += 1
    for note in page.notes:
        sheet.write_string(line, 0, note.title, formats["bold"])
        for said in note.lines:
            line += 1
            sheet.write_string(line, 0, said, formats["plain"])
        line += 1
    for position, column in enumerate(shown):
        sheet.set_column(position, position, max(5, column.width * _PER_MM))
    sheet.freeze_panes(top + 2, 2)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(top, top + 1)
    sheet.set_footer(f"&L{page.release}&R&P / &N")


def _head(sheet: Worksheet, formats: Mapping[str, Format], page: Page) -> int:
    """Write what stands above the table and return the next free row."""
    lines = [
        *([(page.notice, "bold")] if page.notice else []),
        (page.title, "bold"),
        (f"{page.name}, {page.state}", "title"),
        *((f"{label}: {text}", "plain") for label, text in page.facts),
        *((sentence, "bold") for sentence in page.sentences),
    ]
    for line, (text, style) in enumerate(lines):
        sheet.write_string(line, 0, text, formats[style])
    return len(lines) + 1


def _headings(
    sheet: Worksheet,
    formats: Mapping[str, Format],
    shown: tuple[Column, ...],
    line: int,
) -> int:
    """Write two rows of headings, groups above, and return the next row."""
    style = formats["heading"]
    position = 0
    while position < len(shown):
        column = shown[position]
        span = group_span(shown, position)
        if not column.group:
            sheet.merge_range(line, position, line + 1, position, column.title, style)
        elif span == 1:
            sheet.write_string(line, position, column.group, style)
        else:
            last = position + span - 1
            sheet.merge_range(line, position, line, last, column.group, style)
        for here in range(position, position + span):
            if column.group:
                sheet.write_string(line + 1, here, shown[here].title, style)
        position += span
    sheet.set_row(line, 45)
    sheet.set_row(line + 1, 60)
    return line + 2


def _row(
    sheet: Worksheet,
    formats: Mapping[str, Format],
    row: Row,
    shown: tuple[Column, ...],
    line: int,
) -> None:
    if row.kind == RowKind.HEADING:
        text = row.cells["number"].text
        sheet.merge_range(line, 0, line, len(shown) - 1, text, formats["domain"])
        return
    for position, column in enumerate(shown):
        cell = row.cells[column.key]
        if column.numeric and cell.value is not None:
            style = formats[_number_style(column, cell)]
            sheet.write_number(line, position, cell.value, style)
        elif column.key == "number" and cell.text.isdigit():
            sheet.write_number(line, position, int(cell.text), formats["0"])
        else:
            part = row.kind == RowKind.PART and column.key == "standard"
            style = formats["part" if part else "text"]
            sheet.write_string(line, position, cell.text, style)


def _number_style(column: Column, cell: Cell) -> str:
    value: Any = cell.value
    decimals = "1" if cell.decimals and value != int(value) else "0"
    return f"+{decimals}" if column.key.startswith("change") else decimals
