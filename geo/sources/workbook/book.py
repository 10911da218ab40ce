"""Open the spreadsheet file and take its sheets apart, before any meaning."""

import json
import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from geo.sources.text import clean_text
from geo.sources.workbook.cells import Value, clean, decode
from geo.sources.workbook.content import Meta, Original
from geo.sources.workbook.faults import CellError, Faults, refusal
from geo.sources.workbook.form import (
    Cell,
    Sheet,
    declared,
    part,
)
from geo.sources.workbook.package import Package, damage_told, open_package

MAX_ROWS = 50_000
#: the widest sheet of the form has a column per operator and ten more
_MAX_COLUMNS = 200
#: what openpyxl raises for XML that no spreadsheet program has written
_BROKEN = (
    InvalidFileException, ParseError, OSError, KeyError, ValueError, TypeError,
    AttributeError, IndexError, OverflowError,
)  # fmt: skip
#: so many lines may a clerk write above the table
_TITLE_ROWS = 20
_FIRST_ROW = re.compile("[0-9]+")

Cells = tuple[object, ...]


@dataclass(frozen=True)
class Page:
    """One sheet: its rows that hold anything, by number, and its merged ranges."""

    rows: tuple[tuple[int, Cells], ...]
    merged: tuple[str, ...]

    @property
    def header(self) -> Cells:
        """The cells of the first row of the sheet."""
        return next((cells for number, cells in self.rows if number == 1), ())

    def pairs(self, width: int) -> Iterator[Cells]:
        """Yield the first cells of every row."""
        for _, cells in self.rows:
            yield (*cells, *(None,) * width)[:width]


class Book:
    """The sheets of a workbook, by title; case and stray blanks do not count."""

    def __init__(self, pages: Mapping[str, Page]) -> None:
        self._pages = {_folded(title): page for title, page in pages.items()}

    def __contains__(self, title: str) -> bool:
        """Tell whether there is a sheet of this title."""
        return _folded(title) in self._pages

    def __getitem__(self, title: str) -> Page:
        """Return the sheet of this title."""
        return self._pages[_folded(title)]


def _folded(title: object) -> str:
    return clean_text(str(title or "")).casefold()


def open_book(path: Path) -> Book:
    """Open the file as a spreadsheet.

    Rows are streamed, so a cell that was formatted in the last row, or a range merged
    over the whole sheet, costs nothing; blank rows are left out.

    Raises
    ------
    WorkbookError
        If it is missing, no XLSX (says what it is), damaged, or beyond a limit.
    """
    package = open_package(path)
    with damage_told(path, *_BROKEN), warnings.catch_warnings():
        # openpyxl warns of parts it does not keep (drop-downs); we only read.
        warnings.simplefilter("ignore", UserWarning)
        book = load_workbook(BytesIO(package.content), read_only=True)
        try:
            return Book({page.title: _page(page, package) for page in book.worksheets})
        finally:
            book.close()


def _page(page: Any, package: Package) -> Page:
    # a writer may state dimensions that are not those of its sheet
    page.reset_dimensions()
    rows = tuple(
        (number, cells[:_MAX_COLUMNS])
        for number, cells in enumerate(page.iter_rows(values_only=True), start=1)
        if any(clean(cell) is not None for cell in cells[:_MAX_COLUMNS])
    )
    # openpyxl does not tell merged ranges while streaming, nor the part of a sheet
    part = str(page._worksheet_path).lstrip("/")  # noqa: SLF001
    return Page(rows, tuple(package.merged.get(part, ())))


def read_meta(book: Book, path: Path) -> Meta:
    """Return what the form says of itself.

    Raises
    ------
    WorkbookError
        If this is no form of ours, or one of a version this program cannot read.
    """
    if part("meta") not in book:
        raise refusal("no_form", path.name, sheet=part("meta"))
    pairs = {
        str(row[0]): "" if row[1] is None else clean_text(str(row[1]))
        for row in book[part("meta")].pairs(2)
    }
    found, latest = pairs.get("form_version"), declared().version
    version = {str(one): one for one in range(1, latest + 1)}.get(found or "")
    if version is None:
        raise refusal("other_version", path.name, found=found, wanted=latest)
    try:
        operators = tuple((str(a), str(b)) for a, b in json.loads(pairs["operators"]))
        return Meta(
            pairs["country"], pairs["raion_id"], pairs["raion_name"],
            pairs["release"], operators, version,
        )  # fmt: skip
    except (KeyError, ValueError) as error:
        raise refusal("meta_changed", path.name, sheet=part("meta")) from error


def read_originals(book: Book, path: Path) -> dict[str, dict[str, Original]]:
    """Return sheet key -> row key -> what was prefilled.

    Raises
    ------
    WorkbookError
        If the hidden sheet was removed or changed: nobody could then tell what the
        clerk wrote from what the program wrote.
    """
    found: dict[str, dict[str, Original]] = {}
    try:
        for sheet, key, text in book[part("originals")].pairs(3):
            filled = json.loads(str(text)).items()
            # cells are compared with this, and cells are read clean
            original: Any = {name: clean(cell) for name, cell in filled}
            found.setdefault(str(sheet), {})[clean_text(str(key))] = original
    except (KeyError, ValueError, AttributeError) as error:
        raise refusal("originals_lost", path.name, sheet=part("originals")) from error
    return found


def read_pairs(book: Book, title: str) -> dict[str, object]:
    """Return label -> cell of a two-column sheet, empty where it is missing."""
    rows = book[title].pairs(2) if title in book else ()
    return {str(clean(label)): clean(value) for label, value in rows if label}


def read_rows(
    book: Book, sheet: Sheet, faults: Faults
) -> list[tuple[int, dict[str, Value]]] | None:
    """Return row number and values of every row that holds anything.

    Cells that cannot be read become None and a fault. None: the sheet as a whole
    cannot be read, so nobody knows what became of its rows.
    """
    if sheet.title not in book:
        faults.add(None, "", None, "no_sheet")
        return None
    page = book[sheet.title]
    for merged in page.merged:
        first = _FIRST_ROW.search(merged)
        number = int(first[0]) if first else None
        faults.add(number, "", merged, "merged", cells=merged)
    if len(page.rows) > MAX_ROWS:
        faults.add(None, "", None, "too_many_rows", most=MAX_ROWS)
        return None
    positions = _positions(page, sheet, faults)
    if positions is None:
        return None
    return [
        (number, _values(number, cells, sheet, positions, faults))
        for number, cells in page.rows
        if number > 1
    ]


def _positions(page: Page, sheet: Sheet, faults: Faults) -> dict[str, int] | None:
    """Return where each column stands; None where the rows cannot be told apart."""
    wanted = {
        _folded(column.title): column.key
        for column in sheet.columns
        if column.cell is not Cell.INFO
    }
    header = [_folded(cell) for cell in page.header]
    for position, title in enumerate(header):
        if title and title in header[:position]:
            cell = page.header[position]
            faults.add(1, "", cell, "column_twice", title=cell)
    missing = [title for title in wanted if title not in header]
    below = _header_below(page, wanted) if missing else None
    if below is not None:
        faults.add(below, "", None, "header_below", below=below)
        return None
    for title in missing:
        faults.add(1, wanted[title], None, "no_column")
    found = {
        key: header.index(title) for title, key in wanted.items() if title in header
    }
    return found if set(sheet.row_key) <= set(found) else None


def _header_below(page: Page, wanted: Mapping[str, str]) -> int | None:
    """Return the row that holds all titles, if it is not the first."""
    for number, cells in page.rows[:_TITLE_ROWS]:
        if set(wanted) <= {_folded(cell) for cell in cells}:
            return number
    return None


def _values(
    number: int,
    cells: tuple[object, ...],
    sheet: Sheet,
    positions: Mapping[str, int],
    faults: Faults,
) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for column in sheet.columns:
        if column.key not in positions:
            continue
        position = positions[column.key]
        raw = cells[position] if position < len(cells) else None
        try:
            values[column.key] = decode(raw, column)
        except CellError as error:
            values[column.key] = None
            faults.cell(number, column.key, clean(raw), error)
    return values
