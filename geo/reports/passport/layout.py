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
    def tall(text: str, width: float = WIDTH_MM, factor: float = 1.0) -> float:
        letter = size * factor * _MM_PER_POINT
        room = max(1, int(width / (letter * letters)))
        return text_lines(text, room) * letter * _LINE

    def row(texts: Iterable[str], widths: list[float]) -> float:
        cells = zip(texts, widths, strict=True)
        return max(tall(text, w - _SIDES_MM) for text, w in cells) + _PADDING_MM

    one_line = tall("") + _PADDING_MM
    heights = [
        tall(page.title, factor=TITLE_FACTOR),
        tall(page.name + page.state, factor=TITLE_FACTOR),
        tall(page.notice) if page.notice else 0.0,
        tall("; ".join(f"{label}: {text}" for label, text in page.facts)),
        *map(tall, page.sentences),
    ]
    for table in page.tables:
        shown, widths = table.shown(sheet=False), column_widths(table)
        grouped = any(column.group for column in shown)
        heights += [one_line] * (2 if grouped else 1)
        heights.append(row((column.title for column in shown), widths))
        heights += [
            one_line
            if line.kind == RowKind.HEADING
            else row((line.cells[column.key].text for column in shown), widths)
            for line in table.rows
        ]
    for note in page.notes:
        lines = (f"{note.title}: {note.lines[0]}", *note.lines[1:])
        heights += [tall(line, factor=NOTE_FACTOR) for line in lines]
    return sum(heights)


def column_widths(table: Table) -> list[float]:
    """Return the widths of the printed columns in millimetres, at most the sheet's."""
    widths = [column.width for column in table.shown(sheet=False)]
    scale = min(1.0, WIDTH_MM / sum(widths))
    return [width * scale for width in widths]


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
