"""How large the letters may be that a page fits one sheet of A4.

Both print writers take the size from here. It is an estimate from letter counts,
cautious by a few per cent; a test prints pages in a browser and counts sheets.
"""

import math
from collections.abc import Iterable

from geo.release.passport.page import Page, RowKind, Table

#: A4 landscape less the margins, in millimetres.
MARGIN_MM = 9.0
WIDTH_MM, HEIGHT_MM = 297 - 2 * MARGIN_MM, 210 - 2 * MARGIN_MM
#: Sizes that are tried, in points; below the last a page goes on to another sheet.
SIZES = (9.0, 8.5, 8.0, 7.5, 7.0, 6.5, 6.0, 5.5, 5.0)
TITLE_FACTOR = 1.5
NOTE_FACTOR = 0.9
_MM_PER_POINT = 25.4 / 72
#: Mean width of a letter and height of a line, in sizes of the letters.
_LETTER, _LINE = 0.54, 1.22
#: Space above and below the text of a cell, and around it, in millimetres.
_PADDING_MM, _SIDES_MM = 0.6, 1.6
_FILL = 0.93


def font_size(page: Page) -> float:
    """Return the largest size in points with which a page fits one sheet.

    Where none does, the smallest: nothing is left out for want of room.
    """
    for size in SIZES:
        if _height(page, size) <= HEIGHT_MM * _FILL:
            return size
    return SIZES[-1]


def _height(page: Page, size: float) -> float:
    notes = size * NOTE_FACTOR
    heights = [
        _text_height(page.title, size * TITLE_FACTOR, WIDTH_MM),
        _text_height(page.name + page.state, size * TITLE_FACTOR, WIDTH_MM),
        _text_height(page.notice, size, WIDTH_MM) if page.notice else 0.0,
        _text_height("; ".join(f"{k}: {v}" for k, v in page.facts), size, WIDTH_MM),
        *(_text_height(sentence, size, WIDTH_MM) for sentence in page.sentences),
        *(_table_height(table, size) for table in page.tables),
        *(
            _text_height(line, notes, WIDTH_MM) for note in page.notes
            for line in (f"{note.title}: {note.lines[0]}", *note.lines[1:])
        ),
    ]  # fmt: skip
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


def _table_height(table: Table, size: float) -> float:
    shown, widths = table.shown(sheet=False), column_widths(table)
    heights = [
        _text_height(table.caption, size, WIDTH_MM),
        _row_height((column.title for column in shown), widths, size),
    ]
    if any(column.group for column in shown):
        heights.append(_row_height(("",), [WIDTH_MM], size))
    for row in table.rows:
        if row.kind == RowKind.HEADING:
            heights.append(_row_height(("",), [WIDTH_MM], size))
            continue
        texts = (row.cells[column.key].text for column in shown)
        heights.append(_row_height(texts, widths, size))
    return sum(heights)


def _row_height(texts: Iterable[str], widths: list[float], size: float) -> float:
    tallest = max(
        _text_height(text, size, width - _SIDES_MM)
        for text, width in zip(texts, widths, strict=False)
    )
    return tallest + _PADDING_MM


def _text_height(text: str, size: float, width: float) -> float:
    letter = size * _LETTER * _MM_PER_POINT
    room = max(1, int(width / letter))
    return _lines(text, room) * size * _LINE * _MM_PER_POINT


def _lines(text: str, room: int) -> int:
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
