"""Lay the form out as a spreadsheet: deterministic bytes, nothing computed."""

import json
import math
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter

from geo.disk.whole import made_folder, write_whole
from geo.sources.workbook.cells import Value, decode, encode, to_json
from geo.sources.workbook.content import Meta, Original
from geo.sources.workbook.faults import CellError
from geo.sources.workbook.form import (
    INSTRUCTION_SHEET,
    LISTS_SHEET,
    META_SHEET,
    ORIGINAL_SHEET,
    SENDER_SHEET,
    Cell,
    Choice,
    Column,
    Sheet,
    form,
    sender_label,
)
from geo.texts import wording

Record = Mapping[str, Value]

BLANK_ROWS = 300
_SAID = wording("workbook.form", "ru")
_UNSAFE = re.compile(r"[^\w.-]+")
#: letters of the default font in a column of the instruction sheet, with a margin
_LETTERS_A_LINE = 88
_LINE_HEIGHT = 15
_A4 = 9
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
    buffer = BytesIO()
    book = xlsxwriter.Workbook(
        buffer,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
    )
    book.set_properties(
        {
            "title": _SAID["about"].format(raion=meta.raion_name),
            "author": "paritet",
            "created": datetime(made.year, made.month, made.day),  # noqa: DTZ001
        }
    )
    layout = _Layout(book)
    sheets = form(meta.operators)
    layout.instruction(sheets.values(), meta, notice)
    layout.sender(sender or {})
    originals = {
        key: layout.data(sheet, records.get(key, ())) for key, sheet in sheets.items()
    }
    layout.hidden(meta, originals)
    layout.lists()
    book.close()
    name = f"{meta.country}-{_UNSAFE.sub('_', meta.raion_name)}.xlsx"
    with made_folder(out.parent):
        return write_whole(out, name, lambda path: path.write_bytes(buffer.getvalue()))


def normalised(value: Value, column: Column) -> Value:
    """Return the value as it will be read back, None where it could not be.

    A list may hold a name that a spreadsheet takes for a formula; such a cell is
    left empty rather than read back as something else.
    """
    try:
        return decode(encode(value, column), column)
    except (CellError, StopIteration):
        return None


def _steps(language: str) -> list[str]:
    """Return the title and the numbered paragraphs of the instruction sheet."""
    said = wording("workbook.instruction", language)
    return [said["title"], *(f"{n}. {said[str(n)]}" for n in range(1, len(said)))]


def _for_print(page: Any) -> None:
    """Print a sheet one page wide."""
    page.set_landscape()
    page.set_paper(_A4)
    page.fit_to_pages(1, 0)


class _Layout:
    def __init__(self, book: Any) -> None:
        self.book = book
        self._formats: dict[tuple[str, bool], Any] = {}
        self._lists: dict[tuple[Choice, ...], str] = {}
        self._entries: list[tuple[Choice, ...]] = []
        self.head = book.add_format(
            {"bold": True, "font_color": "white", "bg_color": _HEAD,
             "text_wrap": True, "valign": "top", "border": 1}
        )  # fmt: skip
        self.wrap = book.add_format({"text_wrap": True, "valign": "top"})
        self.bold = book.add_format({"text_wrap": True, "valign": "top", "bold": True})
        # The order of the tabs: the lists come after the data, but their name must
        # stand in the drop-downs before.
        self._hidden: list[Any] = []

    def format(self, cell: Cell, *, locked: bool) -> Any:
        """Return the format of a kind of cell; locked ones are grey."""
        key = (cell.value, locked)
        if key not in self._formats:
            number = {
                Cell.DATE: "dd.mm.yyyy", Cell.DAY: "General", Cell.COUNT: "0",
                Cell.CONFIRM: "dd.mm.yyyy", Cell.NUMBER: "General",
                Cell.DEGREES: "General",
            }.get(cell, "@")  # fmt: skip
            look = {"num_format": number, "locked": locked, "valign": "top"}
            self._formats[key] = self.book.add_format(
                look | ({"bg_color": _GREY} if locked else {})
            )
        return self._formats[key]

    def instruction(self, sheets: Any, meta: Meta, notice: str) -> None:
        """Write the first sheet: the rules and the meaning of every column."""
        page = self.book.add_worksheet(INSTRUCTION_SHEET)
        page.set_column(0, 1, 90)
        head = _SAID["head"].format(raion=meta.raion_name, release=meta.release)
        page.write_string(0, 0, head, self.bold)
        page.write_string(1, 0, notice, self.bold)
        row = 2
        for number, texts in enumerate(zip(*map(_steps, ("ru", "be")), strict=True)):
            self._both(page, row, texts, self.wrap if number else self.bold)
            row += 1
        for sheet in sheets:
            row += 1
            said = sheet.said
            be = wording("workbook.form", "be")["sheet"]
            title = (
                _SAID["sheet"].format(title=said.title, help=said.help),
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
        _for_print(page)
        page.protect()

    def _both(self, page: Any, row: int, texts: tuple[str, str], look: Any) -> None:
        """Write a text in both languages; the row is as high as the longer one.

        Not every office program fits the height of wrapped rows by itself.
        """
        lines = max(math.ceil(len(text) / _LETTERS_A_LINE) for text in texts)
        page.set_row(row, _LINE_HEIGHT * max(lines, 1))
        for column, text in enumerate(texts):
            page.write_string(row, column, text, look)

    def sender(self, known: Mapping[str, Value]) -> None:
        """Write the sheet that asks who fills in the form."""
        page = self.book.add_worksheet(SENDER_SHEET)
        page.set_column(0, 0, 40)
        page.set_column(1, 1, 60, self.format(Cell.TEXT, locked=False))
        kinds = {"office": Cell.TEXT, "post": Cell.TEXT, "date": Cell.DATE}
        for row, (key, kind) in enumerate(kinds.items()):
            page.write_string(row, 0, sender_label(key), self.bold)
            self._write(page, (row, 1), known.get(key), self.format(kind, locked=False))

    def data(self, sheet: Sheet, rows: Sequence[Record]) -> list[tuple[str, Original]]:
        """Write one data sheet; return row key and values of each prefilled row."""
        page = self.book.add_worksheet(sheet.title)
        last = len(rows) + BLANK_ROWS
        for position, column in enumerate(sheet.columns):
            said = column.said
            free = self.format(column.cell, locked=column.cell is Cell.INFO)
            page.set_column(position, position, column.width, free)
            page.write_string(0, position, column.title, self.head)
            page.write_comment(
                0, position,
                f"{said.help}\n\n{said.title_be}. {said.help_be}",
                {"x_scale": 2.5, "y_scale": 2.2, "author": "paritet"},
            )  # fmt: skip
            self._validate(page, position, column, last)
        page.set_row(0, 32)
        page.repeat_rows(0)
        _for_print(page)
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

    def _row(self, page: Any, number: int, sheet: Sheet, record: Record) -> Original:
        original: Original = {}
        for position, column in enumerate(sheet.columns):
            value = record.get(column.key)
            if column.cell is not Cell.INFO:
                value = normalised(value, column)
                original[column.key] = to_json(value)
            locked = column.locked and value is not None
            look = self.format(column.cell, locked=locked or column.cell is Cell.INFO)
            self._write(page, (number, position), encode(value, column), look)
        return original

    def _write(self, page: Any, spot: tuple[int, int], value: Value, look: Any) -> None:
        if value is None:
            page.write_blank(*spot, None, look)
        elif isinstance(value, date):
            dated = self.format(Cell.DATE, locked=False)
            day = datetime(value.year, value.month, value.day)  # noqa: DTZ001
            page.write_datetime(*spot, day, dated)
        elif isinstance(value, str):
            page.write_string(*spot, value, look)
        else:
            page.write_number(*spot, value, look)

    def _validate(self, page: Any, position: int, column: Column, last: int) -> None:
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
                f"='{LISTS_SHEET}'!${letter}$1:${letter}${len(choices)}"
            )
        return self._lists[choices]

    def lists(self) -> None:
        """Write the hidden sheet that the drop-downs point at."""
        page = self.book.add_worksheet(LISTS_SHEET)
        for position, choices in enumerate(self._entries):
            for row, choice in enumerate(choices):
                page.write_string(row, position, choice.ru)
        page.hide()

    def hidden(
        self, meta: Meta, originals: Mapping[str, list[tuple[str, Original]]]
    ) -> None:
        """Write what the reader must know: the form's origin and what was prefilled."""
        page = self.book.add_worksheet(META_SHEET)
        pairs = {
            "form_version": str(meta.version),
            "country": meta.country,
            "raion_id": meta.raion_id,
            "raion_name": meta.raion_name,
            "release": meta.release,
            "operators": json.dumps(meta.operators, ensure_ascii=False),
        }
        for row, (key, value) in enumerate(pairs.items()):
            page.write_string(row, 0, key)
            page.write_string(row, 1, value)
        page.very_hidden()
        page = self.book.add_worksheet(ORIGINAL_SHEET)
        lines = [
            (sheet, key, json.dumps(values, ensure_ascii=False, sort_keys=True))
            for sheet, rows in originals.items()
            for key, values in rows
        ]
        for row, line in enumerate(lines):
            for position, text in enumerate(line):
                page.write_string(row, position, text)
        page.very_hidden()
