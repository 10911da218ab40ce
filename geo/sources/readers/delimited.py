"""Text between separators, record by record, with the faults that hide rows.

A stray quotation mark swallows line after line until the next one. Where it never
closes, or only after many lines, the file as a whole is at fault; where it has closed
over whole rows, their record is marked.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from geo.errors import SourceFormatError

#: no row of a list is longer; a binary file or one without line ends is
LINE_LIMIT = 1_000_000
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
    if width == 1:
        return False
    alone = csv.reader(lines[1:], delimiter=separator, quoting=csv.QUOTE_NONE)
    return any(len(fields) == width for fields in alone)
