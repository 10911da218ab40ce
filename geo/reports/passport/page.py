"""What a passport or report says, independent of the file it is written to.

One page holds the head, the tables and the notes as text, and beside each number of a
table the number itself: a writer lays out, it never counts. So HTML, DOCX and XLSX of
one page cannot disagree.
"""

from collections.abc import Mapping
from dataclasses import dataclass, is_dataclass, replace
from enum import Enum, StrEnum
from itertools import groupby
from typing import Any

from geo.inert import visible


class Medium(StrEnum):
    """Where a column stands: on paper and screen, in a spreadsheet, or in both."""

    BOTH = "both"
    PRINT = "print"
    SHEET = "sheet"


class RowKind(StrEnum):
    """What a row of a table is."""

    LINE = "line"
    PART = "part"  # one class of the line above
    HEADING = "heading"  # its only cell names the lines below


@dataclass(frozen=True)
class Cell:
    """One cell: its text, and the number that the text says, None where it says none.

    ``decimals`` are those that a spreadsheet shows.
    """

    text: str
    value: float | None = None
    decimals: int = 0


@dataclass(frozen=True)
class Column:
    """One column; ``width`` is its share of the page in millimetres of A4 landscape.

    ``group`` is a heading above neighbouring columns.
    """

    key: str
    title: str
    width: float
    group: str = ""
    medium: Medium = Medium.BOTH
    numeric: bool = False


@dataclass(frozen=True)
class Row:
    """One row: what it is about (a standard, a norm row, a domain) and its cells."""

    key: str
    cells: Mapping[str, Cell]
    kind: RowKind = RowKind.LINE


@dataclass(frozen=True)
class Table:
    """A table with its caption."""

    key: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    def shown(self, *, sheet: bool) -> tuple[Column, ...]:
        """Return the columns of paper and screen, or those of a spreadsheet."""
        other = Medium.PRINT if sheet else Medium.SHEET
        return tuple(column for column in self.columns if column.medium != other)

    def groups(self, *, sheet: bool) -> list[tuple[str, list[Column]]]:
        """Return the shown columns under each group heading; others stand alone."""
        shown = groupby(
            self.shown(sheet=sheet), lambda one: (one.group, one.group or one.key)
        )
        return [(group, list(columns)) for (group, _), columns in shown]


@dataclass(frozen=True)
class Note:
    """Lines below the tables under one word: acts, sources."""

    key: str
    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Page:
    """A whole document.

    Attributes
    ----------
    language
        ``ru``, ``be`` or ``en``.
    title, name, state
        The kind of document, whom it is about, and the day it speaks of.
    notice
        Says that the data are made up; empty where they are not.
    facts
        Label and text of the head.
    sentences
        What stands first: people before settlements.
    tables, notes
        The rest, from top to bottom.
    release, on
        The pinned release, and its day in ISO form.
    file_name
        A readable name without an ending.
    smallest
        Smallest size of the letters in print, in points: a long table rather goes on
        to another sheet. 0: a page of one sheet, as small as it takes.
    """

    language: str
    title: str
    name: str
    state: str
    notice: str
    facts: tuple[tuple[str, str], ...]
    sentences: tuple[str, ...]
    tables: tuple[Table, ...]
    notes: tuple[Note, ...]
    release: str
    on: str
    file_name: str
    smallest: float = 0.0

    @property
    def full_title(self) -> str:
        """The kind of document, whom it is about and of which day, in one line."""
        return f"{self.title}: {self.name}, {self.state}"

    def table(self, key: str) -> Table:
        """Return the table with this key.

        Raises
        ------
        KeyError
            If the page has none.
        """
        for table in self.tables:
            if table.key == key:
                return table
        raise KeyError(key)


def inert(page: Page) -> Page:
    """Return the page with all control characters of its texts written out.

    XML holds none of them, and a name with one must not cost the whole document.
    """
    made: Page = _inert(page)
    return made


def _inert(part: Any) -> Any:
    if isinstance(part, str) and not isinstance(part, Enum):
        return visible(part)
    if isinstance(part, tuple):
        return tuple(_inert(one) for one in part)
    if isinstance(part, Mapping):
        return {key: _inert(one) for key, one in part.items()}
    if is_dataclass(part) and not isinstance(part, type):
        return replace(part, **{name: _inert(one) for name, one in vars(part).items()})
    return part
