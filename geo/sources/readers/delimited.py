"""Text between separators: its header, and row by row what stands under it.

A stray quotation mark swallows line after line until the next one. Where it never
closes, or only after many lines, the file as a whole is at fault; where it has closed
over whole rows, their record is marked.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from geo.errors import SourceFormatError
from geo.sources.readers.base import ROW
from geo.sources.readers.files import read_text
from geo.sources.result import Rejections
from geo.sources.table_header import repeated_names
from geo.sources.text import clean_column, clean_text

#: no row of a list is longer; a binary file or one without line ends is
LINE_LIMIT = 1_000_000
#: why a record is refused; … stands for its own figures
RAGGED = "… fields where the header has …"
JOINED = "lines … are one row, for a quotation mark is not closed in its line"
#: an address or a remark runs over a few lines
RECORD_LINES = 100
#: twenty times the radio cells of a country; rows become Python objects here
ROW_LIMIT = 5_000_000


@dataclass(frozen=True)
class Record:
    """One record: its first and last line in the file, and its fields.

    ``swallowed``: one of its lines would be a whole row by itself.
    """

    line: int
    last_line: int
    fields: list[str]
    swallowed: bool


class _Lines(Iterator[str]):
    """The lines of a text; remembers those of the record at hand."""

    def __init__(self, text: str, where: str) -> None:
        self._stream = io.StringIO(text, newline="")
        self._where = where
        self.number = 0
        self.taken: list[str] = []

    def __next__(self) -> str:
        line = next(self._stream)
        self.number += 1
        self.taken.append(line)
        if len(line) > LINE_LIMIT:
            raise SourceFormatError(
                f"a line of {len(line):,} characters",
                where=f"{self._where}, line {self.number}",
                remedy="Check that this is a table with one row per line.",
            )
        if len(self.taken) > RECORD_LINES:
            raise self.unclosed()
        return line

    @property
    def first(self) -> int:
        """The line on which the record at hand begins."""
        return self.number - len(self.taken) + 1

    def unclosed(self) -> SourceFormatError:
        """Return the fault of a record that does not end."""
        return SourceFormatError(
            "a quotation mark in this line is not closed and swallows the lines below",
            where=f"{self._where}, line {self.first}",
            remedy="Close it, or write it twice if it belongs to the text.",
        )


def records(text: str, separator: str, where: str) -> Iterator[Record]:
    """Return the records of a text; blank lines are left out.

    Raises
    ------
    SourceFormatError
        If a quotation mark is not closed, or a line or the file is too long.
    """
    if text.count("\n") > ROW_LIMIT:
        raise SourceFormatError(
            f"more than {ROW_LIMIT:,} rows",
            where=where,
            remedy="Cut the file down to the country.",
        )
    # A tab-separated file of a provider does not quote: a stray " is a letter.
    lines = _Lines(text, where)
    reader = csv.reader(
        lines,
        delimiter=separator,
        quoting=csv.QUOTE_NONE if separator == "\t" else csv.QUOTE_MINIMAL,
        strict=True,
    )
    try:
        for fields in reader:
            if fields:
                swallowed = _swallowed(lines.taken, separator, len(fields))
                yield Record(lines.first, lines.number, fields, swallowed)
            lines.taken.clear()
    except csv.Error as error:
        if len(lines.taken) > 1:
            raise lines.unclosed() from error
        raise SourceFormatError(
            f"the table cannot be read ({error})",
            where=f"{where}, line {lines.first}",
            remedy="Check the quotation marks of that line.",
        ) from error


def _swallowed(lines: list[str], separator: str, width: int) -> bool:
    """Tell whether a line inside a cell has as many fields as the whole record."""
    if width == 1 or len(lines) == 1:
        return False
    alone = csv.reader(lines[1:], delimiter=separator, quoting=csv.QUOTE_NONE)
    return any(len(fields) == width for fields in alone)


@dataclass(frozen=True)
class Opened:
    """A table of which only the header was read.

    Attributes
    ----------
    header
        Clean names of the columns, in the order of the file.
    found
        The records below it.
    """

    header: list[str]
    found: Iterator[Record]

    def rows(self, wanted: Iterable[str], refused: Rejections) -> pd.DataFrame:
        """Return columns of the file as clean text, empty text NA.

        ``_row`` is the line in the file, whatever the file's own columns are called.
        Refused are rows with too many or too few fields, and those in which a quotation
        mark has swallowed others.
        """
        width, kept, lines = len(self.header), [], []
        for record in self.found:
            if len(record.fields) == width and not record.swallowed:
                kept.append(record.fields)
                lines.append(record.line)
            else:
                shown, reason = ",".join(record.fields), _wrong(record, width)
                refused.add(row=record.line, field="", value=shown, reason=reason)
        columns = dict(zip(self.header, zip(*kept, strict=True), strict=bool(kept)))
        table = pd.DataFrame(index=range(len(kept)))
        for name in wanted:
            cells = clean_column(pd.Series(columns.get(name, ()), dtype="str"))
            table[name] = cells.mask(cells == "")
        table[ROW] = pd.Series(lines, dtype="int64")
        return table


def opened(path: Path, separator: str | None, header: Sequence[str] = ()) -> Opened:
    """Open a CSV or TSV, plain or gzip.

    Parameters
    ----------
    path
        The file.
    separator
        Between fields; None finds out (``,``, ``;`` or tab) from the header.
    header
        Names of the columns where the file has no header line.

    Raises
    ------
    SourceFormatError
        If the file as a whole is unusable, or a column stands twice.
    """
    text = read_text(path)
    if separator is None:
        separator = max(",;\t", key=text.split("\n", 1)[0].count)
    found = records(text, separator, str(path))
    if header:
        return Opened(list(header), found)
    first = next(found, None)
    fields = first.fields if first else []
    if again := repeated_names(fields):
        raise SourceFormatError(
            f"column {again[0]!r} stands twice",
            where=f"{path}, line 1",
            remedy="Leave one, or rename the other: nobody knows which of them holds.",
        )
    return Opened([clean_text(name) for name in fields], found)


def _wrong(record: Record, width: int) -> str:
    """Return what is wrong with a record: its fields, its lines, or both."""
    reasons = []
    if len(record.fields) != width:
        reasons.append(f"{len(record.fields)} fields where the header has {width}")
    if record.last_line > record.line:
        reasons.append(JOINED.replace("…", f"{record.line} to {record.last_line}"))
    return "; ".join(reasons)
