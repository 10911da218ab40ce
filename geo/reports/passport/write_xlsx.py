"""A page as an Excel workbook: numbers as numbers, units in the headings."""

from collections.abc import Iterator
from datetime import date

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from geo.reports.passport.layout import text_lines
from geo.reports.passport.page import Cell, Column, Page, Row, RowKind, Table
from geo.reports.passport.zipped import steady_zip
from geo.sheets import Book, for_print, put, tall

_NORMS = ("national", "oblast")
#: Characters of a column per millimetre of the printed page.
_PER_MM = 0.75
_NARROWEST = 5.0
#: Lines of the two rows of headings.
_HEADING_LINES = (3, 4)
_SHEET_NAME = 31
_CELL = {"text_wrap": True, "valign": "top", "border": 1}
_NUMBERS = {
    "0": "#,##0",
    "1": "#,##0.0",
    "+0": "+#,##0;-#,##0;0",
    "+1": "+#,##0.0;-#,##0.0;0.0",
}


def xlsx_bytes(page: Page) -> bytes:
    """Return a page as XLSX, one sheet per table; the same page gives the same bytes.

    A cell without a number says why.
    """
    book = Book(
        date.fromisoformat(page.on),
        title=page.full_title,
        subject=page.release,
        author="Paritet",
        comments=page.notice,
    )
    for table in page.tables:
        _sheet(book, page, table)
    return steady_zip(book.content())


def _sheet(book: Book, page: Page, table: Table) -> None:
    sheet = book.sheet(table.caption[:_SHEET_NAME])
    shown = table.shown(sheet=True)
    head = [*_head(book, page)]
    for line, (text, look) in enumerate(head):
        put(sheet, line, 0, text, look)
    top = len(head) + 1
    _headings(book, sheet, table, top)
    below = top + len(_HEADING_LINES)
    for line, row in enumerate(table.rows, start=below):
        _row(book, sheet, row, shown, line)
    _notes(book, sheet, page, shown, below + len(table.rows))
    for position, column in enumerate(shown):
        sheet.set_column(position, position, _characters(column))
    sheet.freeze_panes(below, 2)
    for_print(sheet)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
    sheet.repeat_rows(top, below - 1)
    sheet.set_footer(f"&L{page.release}&R&P / &N")


def _head(book: Book, page: Page) -> Iterator[tuple[str, Format]]:
    """Yield what stands above the table, and how."""
    bold = book.look(bold=True)
    if page.notice:
        yield page.notice, bold
    yield page.title, bold
    yield f"{page.name}, {page.state}", book.look(bold=True, font_size=13)
    for label, text in page.facts:
        yield f"{label}: {text}", book.look()
    for sentence in page.sentences:
        yield sentence, bold


def _headings(book: Book, sheet: Worksheet, table: Table, line: int) -> None:
    """Write two rows of headings, groups above."""
    look = book.look(**_CELL, bold=True, align="center")
    position = 0
    for group, columns in table.groups(sheet=True):
        last = position + len(columns) - 1
        if not group:
            title = columns[0].title
            sheet.merge_range(line, position, line + 1, position, title, look)
        elif position == last:
            put(sheet, line, position, group, look)
        else:
            sheet.merge_range(line, position, line, last, group, look)
        if group:
            for here, column in enumerate(columns, start=position):
                put(sheet, line + 1, here, column.title, look)
        position = last + 1
    for row, lines in enumerate(_HEADING_LINES, start=line):
        tall(sheet, row, lines)


def _row(
    book: Book, sheet: Worksheet, row: Row, shown: tuple[Column, ...], line: int
) -> None:
    if row.kind == RowKind.HEADING:
        look = book.look(**_CELL, bold=True, bg_color="#EEEEEE")
        text = row.cells["number"].text
        sheet.merge_range(line, 0, line, len(shown) - 1, text, look)
        tall(sheet, line, 1)
        return
    lines = 1
    for position, column in enumerate(shown):
        cell = row.cells[column.key]
        lines = max(lines, text_lines(cell.text, int(_characters(column)) - 1))
        if column.numeric and cell.value is not None:
            put(sheet, line, position, cell.value, _number_look(book, column, cell))
        elif column.key == "number" and cell.text.isdigit():
            look = book.look(**_CELL, num_format=_NUMBERS["0"])
            put(sheet, line, position, int(cell.text), look)
        else:
            part = row.kind == RowKind.PART and column.key == "standard"
            look = book.look(**_CELL, indent=1) if part else book.look(**_CELL)
            put(sheet, line, position, cell.text, look)
    tall(sheet, line, lines)


def _number_look(book: Book, column: Column, cell: Cell) -> Format:
    if column.key in _NORMS:
        return book.look(**_CELL)
    sign = "+" if column.key.startswith("change") else ""
    form = _NUMBERS[f"{sign}{1 if cell.decimals else 0}"]
    return book.look(**_CELL, num_format=form)


def _notes(
    book: Book, sheet: Worksheet, page: Page, shown: tuple[Column, ...], line: int
) -> None:
    """Write what stands below the table, no wider than it."""
    room = int(sum(map(_characters, shown)))
    look = book.look(text_wrap=True, valign="top")
    for note in page.notes:
        put(sheet, line, 0, note.title, book.look(bold=True))
        for said in note.lines:
            line += 1
            sheet.merge_range(line, 0, line, len(shown) - 1, said, look)
            tall(sheet, line, text_lines(said, room))
        line += 1


def _characters(column: Column) -> float:
    """Return the width of a column in characters, as a spreadsheet counts it."""
    return max(_NARROWEST, column.width * _PER_MM)
