"""Lay the form out as a spreadsheet: deterministic bytes, nothing computed."""

import json
import math
import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from geo.disk.whole import made_folder, write_whole
from geo.sheets import Book, for_print, put, put_row, tall
from geo.sources.workbook.cells import Value, decode, encode, to_json
from geo.sources.workbook.content import Meta, Original
from geo.sources.workbook.faults import CellError
from geo.sources.workbook.form import (
    Cell,
    Choice,
    Column,
    Sheet,
    form,
    part,
    sender_label,
)
from geo.texts import wording

Record = Mapping[str, Value]

BLANK_ROWS = 300
_UNSAFE = re.compile(r"[^\w.-]+")
#: letters of the default font in a column of the instruction sheet, with a margin
_LETTERS_A_LINE = 88
_GREY, _HEAD = "#E7E6E6", "#1F4E78"
_PROTECTION = {
    "format_columns": True,
    "format_rows": True,
    "autofilter": True,
    "insert_rows": True,
    "select_locked_cells": True,
    "select_unlocked_cells": True,
}


def write_form(
    out: Path,
    meta: Meta,
    records: Mapping[str, Sequence[Record]],
    made: date,
    sender: Mapping[str, Value] | None = None,
    notice: str = "",
) -> Path:
    """Write the form, prefilled; the file appears whole or not at all.

    Parameters
    ----------
    out
        The file, whose folder is made; or an existing folder.
    meta
        Country, raion, release and operators.
    records
        Sheet key -> prefilled rows: column key -> value.
    made
        Date written into the file's properties.
    sender
        What is known of the sender: ``office``, ``post``, ``date``.
    notice
        Line under the title of the first sheet, such as that the country is made up.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    ReleaseError
        If it cannot be written.
    """
    title = _said("about", raion=meta.raion_name)
    book = Book(made, title=title, author="paritet")
    layout = _Layout(book)
    sheets = form(meta.operators)
    layout.instruction(sheets.values(), meta, notice)
    layout.sender(sender or {})
    originals = {
        key: layout.data(sheet, records.get(key, ())) for key, sheet in sheets.items()
    }
    layout.hidden(meta, originals)
    layout.lists()
    content = book.content()
    name = f"{meta.country}-{_UNSAFE.sub('_', meta.raion_name)}.xlsx"
    with made_folder(out.parent):
        return write_whole(out, name, lambda path: path.write_bytes(content))


def normalised(value: Value, column: Column) -> Value:
    """Return the value as it will be read back, None where it could not be.

    A list may hold a name that a spreadsheet takes for a formula; such a cell is
    left empty rather than read back as something else.
    """
    try:
        return decode(encode(value, column), column)
    except (CellError, StopIteration):
        return None


def _said(key: str, /, **told: str) -> str:
    return wording("workbook.form", "ru")[key].format(**told)


def _steps(language: str) -> list[str]:
    """Return the title and the numbered paragraphs of the instruction sheet."""
    said = wording("workbook.instruction", language)
    return [said["title"], *(f"{n}. {said[str(n)]}" for n in range(1, len(said)))]


class _Layout:
    def __init__(self, book: Book) -> None:
        self.book = book
        self._lists: dict[tuple[Choice, ...], str] = {}
        self._entries: list[tuple[Choice, ...]] = []
        self.head = book.look(
            bold=True, font_color="white", bg_color=_HEAD, text_wrap=True,
            valign="top", border=1,
        )  # fmt: skip
        self.wrap = book.look(text_wrap=True, valign="top")
        self.bold = book.look(text_wrap=True, valign="top", bold=True)

    def format(self, cell: Cell, *, locked: bool) -> Format:
        """Return the format of a kind of cell; locked ones are grey."""
        number = {
            Cell.DATE: "dd.mm.yyyy", Cell.DAY: "General", Cell.COUNT: "0",
            Cell.CONFIRM: "dd.mm.yyyy", Cell.NUMBER: "General",
            Cell.DEGREES: "General",
        }.get(cell, "@")  # fmt: skip
        look = {"num_format": number, "locked": locked, "valign": "top"}
        return self.book.look(**look, **({"bg_color": _GREY} if locked else {}))

    def instruction(self, sheets: Any, meta: Meta, notice: str) -> None:
        """Write the first sheet: the rules and the meaning of every column."""
        page = self.book.sheet(part("instruction"))
        page.set_column(0, 1, 90)
        head = _said("head", raion=meta.raion_name, release=meta.release)
        put(page, 0, 0, head, self.bold)
        put(page, 1, 0, notice, self.bold)
        row = 2
        for number, texts in enumerate(zip(*map(_steps, ("ru", "be")), strict=True)):
            self._both(page, row, texts, self.wrap if number else self.bold)
            row += 1
        for sheet in sheets:
            row += 1
            said = sheet.said
            be = wording("workbook.form", "be")["sheet"]
            title = (
                _said("sheet", title=said.title, help=said.help),
                be.format(title=said.title_be, help=said.help_be),
            )
            self._both(page, row, title, self.bold)
            for column in sheet.columns:
                row += 1
                said = column.said
                texts = (
                    f"{said.title}: {said.help}",
                    f"{said.title_be}: {said.help_be}",
                )
                self._both(page, row, texts, self.wrap)
            row += 1
        for_print(page)
        page.protect()

    def _both(
        self, page: Worksheet, row: int, texts: tuple[str, str], look: Format
    ) -> None:
        """Write a text in both languages; the row is as high as the longer one.

        Not every office program fits the height of wrapped rows by itself.
        """
        lines = max(math.ceil(len(text) / _LETTERS_A_LINE) for text in texts)
        tall(page, row, max(lines, 1))
        put_row(page, row, texts, look)

    def sender(self, known: Mapping[str, Value]) -> None:
        """Write the sheet that asks who fills in the form."""
        page = self.book.sheet(part("sender"))
        page.set_column(0, 0, 40)
        page.set_column(1, 1, 60, self.format(Cell.TEXT, locked=False))
        kinds = {"office": Cell.TEXT, "post": Cell.TEXT, "date": Cell.DATE}
        for row, (key, kind) in enumerate(kinds.items()):
            put(page, row, 0, sender_label(key), self.bold)
            self._write(page, row, 1, known.get(key), self.format(kind, locked=False))

    def data(self, sheet: Sheet, rows: Sequence[Record]) -> list[tuple[str, Original]]:
        """Write one data sheet; return row key and values of each prefilled row."""
        page = self.book.sheet(sheet.title)
        last = len(rows) + BLANK_ROWS
        for position, column in enumerate(sheet.columns):
            said = column.said
            free = self.format(column.cell, locked=column.cell is Cell.INFO)
            page.set_column(position, position, column.width, free)
            put(page, 0, position, column.title, self.head)
            page.write_comment(
                0, position,
                f"{said.help}\n\n{said.title_be}. {said.help_be}",
                {"x_scale": 2.5, "y_scale": 2.2, "author": "paritet"},
            )  # fmt: skip
            self._validate(page, position, column, last)
        page.set_row(0, 32)
        page.repeat_rows(0)
        for_print(page)
        page.freeze_panes(1, 2)
        page.autofilter(0, 0, max(len(rows), 1), len(sheet.columns) - 1)
        page.protect("", _PROTECTION)
        seen: dict[str, int] = {}
        originals = []
        for number, record in enumerate(rows, start=1):
            original = self._row(page, number, sheet, record)
            base = "|".join(str(original.get(key) or "") for key in sheet.row_key)
            seen[base] = seen.get(base, 0) + 1
            originals.append((f"{base}#{seen[base]}", original))
        return originals

    def _row(
        self, page: Worksheet, number: int, sheet: Sheet, record: Record
    ) -> Original:
        original: Original = {}
        for position, column in enumerate(sheet.columns):
            value = record.get(column.key)
            if column.cell is not Cell.INFO:
                value = normalised(value, column)
                original[column.key] = to_json(value)
            locked = column.locked and value is not None
            look = self.format(column.cell, locked=locked or column.cell is Cell.INFO)
            self._write(page, number, position, encode(value, column), look)
        return original

    def _write(
        self, page: Worksheet, row: int, position: int, value: Value, look: Format
    ) -> None:
        dated = isinstance(value, date)
        look = self.format(Cell.DATE, locked=False) if dated else look
        put(page, row, position, value, look)

    def _validate(
        self, page: Worksheet, position: int, column: Column, last: int
    ) -> None:
        rule: dict[str, Any] | None = None
        if column.options:
            rule = {"validate": "list", "source": self._list(column.options)}
        elif column.cell is Cell.COUNT:
            rule = {"validate": "integer", "criteria": "between", "minimum": 0,
                    "maximum": int(column.maximum or 10**9)}  # fmt: skip
        if rule:
            rule |= {
                "error_title": column.title[:32],
                "error_message": f"{column.said.help} / {column.said.help_be}"[:255],
            }
            page.data_validation(1, position, last, position, rule)

    def _list(self, choices: tuple[Choice, ...]) -> str:
        if choices not in self._lists:
            letter = chr(ord("A") + len(self._entries))
            self._entries.append(choices)
            self._lists[choices] = (
                f"='{part('lists')}'!${letter}$1:${letter}${len(choices)}"
            )
        return self._lists[choices]

    def lists(self) -> None:
        """Write the hidden sheet that the drop-downs point at."""
        page = self.book.sheet(part("lists"))
        for position, choices in enumerate(self._entries):
            for row, choice in enumerate(choices):
                put(page, row, position, choice.ru)
        page.hide()

    def hidden(
        self, meta: Meta, originals: Mapping[str, list[tuple[str, Original]]]
    ) -> None:
        """Write what the reader must know: the form's origin and what was prefilled."""
        page = self.book.sheet(part("meta"))
        pairs = {
            "form_version": str(meta.version),
            "country": meta.country,
            "raion_id": meta.raion_id,
            "raion_name": meta.raion_name,
            "release": meta.release,
            "operators": json.dumps(meta.operators, ensure_ascii=False),
        }
        for row, pair in enumerate(pairs.items()):
            put_row(page, row, pair)
        page.very_hidden()
        page = self.book.sheet(part("originals"))
        lines = [
            (sheet, key, json.dumps(values, ensure_ascii=False, sort_keys=True))
            for sheet, rows in originals.items()
            for key, values in rows
        ]
        for row, line in enumerate(lines):
            put_row(page, row, line)
        page.very_hidden()
