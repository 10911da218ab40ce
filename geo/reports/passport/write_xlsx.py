"""A page as an Excel workbook: numbers as numbers, units in the headings."""

import io
from collections.abc import Mapping
from datetime import datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from geo.reports.passport.layout import text_lines
from geo.reports.passport.page import Cell, Column, Page, Row, RowKind, Table
from geo.reports.passport.zipped import steady_zip

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_A4 = 9
_NORMS = ("national", "oblast")
#: Characters of a column per millimetre of the printed page.
_PER_MM = 0.75
_NARROWEST = 5.0
#: Height of a line of the default letters, in points.
_LINE_POINTS = 15.0
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
            "title": page.full_title,
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
    return {
        "title": book.add_format({"bold": True, "font_size": 13}),
        "bold": book.add_format({"bold": True}),
        "plain": book.add_format(),
        "heading": book.add_format({**_BASE, "bold": True, "align": "center"}),
        "domain": book.add_format({**_BASE, "bold": True, "bg_color": "#EEEEEE"}),
        "text": book.add_format(_BASE),
        "part": book.add_format({**_BASE, "indent": 1}),
        "note": book.add_format({"text_wrap": True, "valign": "top"}),
        "norm": book.add_format(_BASE),
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
    line = _headings(sheet, formats, table, line)
    for row in table.rows:
        _row(sheet, formats, row, shown, line)
        sheet.set_row(line, _LINE_POINTS * _row_lines(row, shown))
        line += 1
    _notes(sheet, formats, page, line, shown)
    for position, column in enumerate(shown):
        sheet.set_column(position, position, _characters(column))
    sheet.freeze_panes(top + 2, 2)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(top, top + 1)
    sheet.set_footer(f"&L{page.release}&R&P / &N")


def _notes(
    sheet: Worksheet,
    formats: Mapping[str, Format],
    page: Page,
    line: int,
    shown: tuple[Column, ...],
) -> None:
    """Write what stands below the table, no wider than it."""
    last = len(shown) - 1
    room = int(sum(_characters(column) for column in shown))
    for note in page.notes:
        sheet.write_string(line, 0, note.title, formats["bold"])
        for said in note.lines:
            line += 1
            sheet.merge_range(line, 0, line, last, said, formats["note"])
            sheet.set_row(line, _LINE_POINTS * text_lines(said, room))
        line += 1


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
    sheet: Worksheet, formats: Mapping[str, Format], table: Table, line: int
) -> int:
    """Write two rows of headings, groups above, and return the next row."""
    style = formats["heading"]
    position = 0
    for group, columns in table.groups(sheet=True):
        last = position + len(columns) - 1
        if not group:
            title = columns[0].title
            sheet.merge_range(line, position, line + 1, position, title, style)
        elif position == last:
            sheet.write_string(line, position, group, style)
        else:
            sheet.merge_range(line, position, line, last, group, style)
        if group:
            for here, column in enumerate(columns, start=position):
                sheet.write_string(line + 1, here, column.title, style)
        position = last + 1
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


def _characters(column: Column) -> float:
    """Return the width of a column in characters, as a spreadsheet counts it."""
    return max(_NARROWEST, column.width * _PER_MM)


def _row_lines(row: Row, shown: tuple[Column, ...]) -> int:
    """Return the lines of the tallest cell: some programs do not measure them."""
    if row.kind == RowKind.HEADING:
        return 1
    return max(
        text_lines(row.cells[column.key].text, int(_characters(column)) - 1)
        for column in shown
    )


def _number_style(column: Column, cell: Cell) -> str:
    if column.key in _NORMS:
        return "norm"
    decimals = "1" if cell.decimals else "0"
    return f"+{decimals}" if column.key.startswith("change") else decimals
