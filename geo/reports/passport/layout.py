"""How large the letters may be that a page fits one sheet of A4.

Both print writers take the size from here. It is an estimate from letter counts that
takes every cell for as full as its fullest line, so a sheet is filled to nine tenths; a
test prints pages in a browser and counts sheets.
"""

import math
from collections.abc import Iterable
from enum import Enum

from geo.reports.passport.page import Page, RowKind, Table

#: A4 landscape less the margins, in millimetres.
MARGIN_MM = 9.0
WIDTH_MM, HEIGHT_MM = 297 - 2 * MARGIN_MM, 210 - 2 * MARGIN_MM
#: Sizes that are tried, in points; below the last a page goes on to another sheet.
SIZES = tuple(quarter / 4 for quarter in range(36, 17, -1))
TITLE_FACTOR = 1.5
NOTE_FACTOR = 0.9
_MM_PER_POINT = 25.4 / 72
_LINE = 1.22
#: Space above and below the text of a cell, and around it, in millimetres.
_PADDING_MM, _SIDES_MM = 0.6, 1.6
#: how far the estimate may go beyond the sheet, as seen on printed pages
_FILL = {"SANS": 1.04, "SERIF": 1.12}


class Letters(float, Enum):
    """Mean width of a letter in sizes of the letters: Arial and Times New Roman."""

    SANS = 0.51
    SERIF = 0.44


def font_size(page: Page, letters: Letters) -> float:
    """Return the largest size in points with which a page fits one sheet.

    Where none does, the smallest: nothing is left out for want of room.
    """
    sizes = [size for size in SIZES if size >= page.smallest]
    for size in sizes:
        if _height(page, size, letters) <= HEIGHT_MM * _FILL[letters.name]:
            return size
    return sizes[-1]


def _height(page: Page, size: float, letters: Letters) -> float:
    def tall(text: str, size: float) -> float:
        return _text_height(text, size, WIDTH_MM, letters)

    notes = size * NOTE_FACTOR
    heights = [
        tall(page.title, size * TITLE_FACTOR),
        tall(page.name + page.state, size * TITLE_FACTOR),
        tall(page.notice, size) if page.notice else 0.0,
        tall("; ".join(f"{label}: {text}" for label, text in page.facts), size),
        *(tall(sentence, size) for sentence in page.sentences),
        *(_table_height(table, size, letters) for table in page.tables),
        *(
            tall(line, notes)
            for note in page.notes
            for line in (f"{note.title}: {note.lines[0]}", *note.lines[1:])
        ),
    ]
    return sum(heights)


def table_width(table: Table) -> float:
    """Return how wide a printed table is, in millimetres; at most the sheet."""
    return min(WIDTH_MM, sum(column.width for column in table.shown(sheet=False)))


def column_widths(table: Table) -> list[float]:
    """Return the widths of the printed columns in millimetres."""
    shown = table.shown(sheet=False)
    total = sum(column.width for column in shown)
    scale = table_width(table) / total
    return [column.width * scale for column in shown]


def _table_height(table: Table, size: float, letters: Letters) -> float:
    shown, widths = table.shown(sheet=False), column_widths(table)

    def tall(texts: Iterable[str]) -> float:
        return _row_height(texts, widths, size, letters)

    one_line = _text_height("", size, WIDTH_MM, letters) + _PADDING_MM
    heights = [one_line, tall(column.title for column in shown)]
    if any(column.group for column in shown):
        heights.append(one_line)
    for row in table.rows:
        if row.kind == RowKind.HEADING:
            heights.append(one_line)
        else:
            heights.append(tall(row.cells[column.key].text for column in shown))
    return sum(heights)


def _row_height(
    texts: Iterable[str], widths: list[float], size: float, letters: Letters
) -> float:
    tallest = max(
        _text_height(text, size, width - _SIDES_MM, letters)
        for text, width in zip(texts, widths, strict=True)
    )
    return tallest + _PADDING_MM


def _text_height(text: str, size: float, width: float, letters: Letters) -> float:
    room = max(1, int(width / (size * letters * _MM_PER_POINT)))
    return text_lines(text, room) * size * _LINE * _MM_PER_POINT


def text_lines(text: str, room: int) -> int:
    """Return the lines of a text that breaks at spaces; long words are cut."""
    lines, used = 1, 0
    for word in text.split(" "):
        size = len(word)
        if used and used + 1 + size > room:
            lines, used = lines + 1, 0
        used += size + (1 if used else 0)
        if used > room:
            lines += math.ceil(used / room) - 1
            used = used % room or room
    return lines
