"""A page as one HTML file for screen and print: no script, nothing from elsewhere.

Black on white: verdicts are words, so nothing rests on a colour.
"""

from collections.abc import Iterator
from functools import cache
from html import escape
from pathlib import Path

from geo.reports.passport.layout import (
    MARGIN_MM,
    NOTE_FACTOR,
    Letters,
    column_widths,
    font_size,
)
from geo.reports.passport.page import Column, Page, Row, RowKind, Table


def html_bytes(page: Page) -> bytes:
    """Return a page as UTF-8 HTML; the same page gives the same bytes."""
    return "\n".join(_document(page)).encode() + b"\n"


@cache
def _style() -> str:
    return Path(__file__).with_name("page.css").read_text(encoding="utf-8").strip()


def _document(page: Page) -> Iterator[str]:
    size = font_size(page, Letters.SANS)
    title = f"{page.title}: {page.name}, {page.state}"
    yield "<!DOCTYPE html>"
    yield f'<html lang="{page.language}">'
    yield '<head><meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{escape(title)}</title>"
    yield f"<style>\n:root {{ --print: {size}pt; --note: {NOTE_FACTOR}em; }}"
    yield f"@page {{ size: A4 landscape; margin: {MARGIN_MM}mm; }}"
    yield f"{_style()}\n</style></head>"
    yield "<body><main>"
    if page.notice:
        yield f'<p class="notice" role="note">{escape(page.notice)}</p>'
    yield f'<h1><span class="kind">{escape(page.title)}</span> '
    yield f"{escape(page.name)}, {escape(page.state)}</h1>"
    yield "<dl>"
    for label, text in page.facts:
        yield f"<div><dt>{escape(label)}</dt><dd>{escape(text)}</dd></div>"
    yield "</dl>"
    for sentence in page.sentences:
        yield f'<p class="lead">{escape(sentence)}</p>'
    for table in page.tables:
        yield from _table(table)
    for note in page.notes:
        yield f'<section class="note" id="{escape(note.key)}">'
        yield f"<h2>{escape(note.title)}</h2>"
        yield from (f"<p>{escape(line)}</p>" for line in note.lines)
        yield "</section>"
    yield "</main></body></html>"


def _table(table: Table) -> Iterator[str]:
    shown, widths = table.shown(sheet=False), column_widths(table)
    total = sum(widths)
    yield '<div class="wide" tabindex="0" role="region" '
    yield f'aria-label="{escape(table.caption)}">'
    yield f'<table id="{escape(table.key)}" style="--width: {total:.1f}mm">'
    yield f"<caption>{escape(table.caption)}</caption>"
    yield "<colgroup>"
    yield "".join(f'<col style="width: {w / total:.2%}">' for w in widths)
    yield "</colgroup><thead>"
    yield from _headings(shown)
    yield "</thead><tbody>"
    for row in table.rows:
        yield from _row(row, shown)
    yield "</tbody></table></div>"


def _headings(shown: tuple[Column, ...]) -> Iterator[str]:
    grouped = any(column.group for column in shown)
    if not grouped:
        cells = (f'<th scope="col">{escape(column.title)}</th>' for column in shown)
        yield f"<tr>{''.join(cells)}</tr>"
        return
    first, position = [], 0
    while position < len(shown):
        column = shown[position]
        span = group_span(shown, position)
        if column.group:
            first.append(
                f'<th scope="colgroup" colspan="{span}">{escape(column.group)}</th>'
            )
        else:
            first.append(f'<th scope="col" rowspan="2">{escape(column.title)}</th>')
        position += span
    second = (f'<th scope="col">{escape(c.title)}</th>' for c in shown if c.group)
    yield f"<tr>{''.join(first)}</tr><tr>{''.join(second)}</tr>"


def group_span(shown: tuple[Column, ...], position: int) -> int:
    """Return how many columns from here on stand under one group heading."""
    group = shown[position].group
    if not group:
        return 1
    rest = [column.group for column in shown[position:]]
    return next((n for n, name in enumerate(rest) if name != group), len(rest))


def _row(row: Row, shown: tuple[Column, ...]) -> Iterator[str]:
    if row.kind == RowKind.HEADING:
        text = escape(row.cells["number"].text)
        yield '<tr class="heading">'
        yield f'<th scope="rowgroup" colspan="{len(shown)}">{text}</th></tr>'
        return
    yield f'<tr class="{row.kind.value}" data-key="{escape(row.key)}">'
    for position, column in enumerate(shown):
        text = escape(row.cells[column.key].text)
        # the name of a line is its header: the standard, or the first column
        named = column.key == "standard" or (
            position == 0 and "standard" not in row.cells
        )
        yield f'<th scope="row">{text}</th>' if named else f"<td>{text}</td>"
    yield "</tr>"
