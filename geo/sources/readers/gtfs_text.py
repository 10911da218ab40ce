"""One table of a GTFS feed: from the bytes of its file to trimmed text."""

import re
from dataclasses import dataclass, field
from functools import reduce

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from geo.errors import SourceFormatError
from geo.sources.readers.base import require_columns
from geo.sources.readers.files import decode
from geo.sources.result import Rejections

ONCE_MORE = "Fetch the feed again or ask the carrier for it."
#: what surrounds a value without belonging to it: all white space of Unicode, and the
#: marks without width that editors and web pages leave
BLANKS = (
    " \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005"
    "\u2006\u2007\u2008\u2009\u200a\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202f"
    "\u205f\u2060\u3000\ufeff"
)
#: ten times the calls of a country (1.5 million), every day of a year for each of its
#: 60,000 services, and ten times its other tables
_MOST_ROWS = {"stop_times": 15_000_000, "calendar_dates": 25_000_000}
_MOST_ROWS_OTHERS = 1_000_000
#: bytes; no id, name or address is so long, a value without its closing mark is
LONGEST = 10_000
_SHOWN = 200
_LINE_END = re.compile(rb"\r\n|\n|\r")
_EMPTY_LINES = (b"\n\n", b"\n\r\n", b"\r\r")
#: a quoted value counts as quoted though blanks stand before the quotation mark
_BEFORE_QUOTE = re.compile(rb'(^|[,\r\n])(?:[ \t]|\xc2\xa0|\xef\xbb\xbf)+"')


@dataclass(frozen=True)
class Text:
    """A table of a feed as it came.

    Attributes
    ----------
    name
        Without ``.txt``.
    content
        The bytes of the file.
    where
        For messages.
    refused
        Takes lines with too many or too few fields, or with an endless value.
    notes
        Takes a sentence where lines lack their last cells.
    """

    name: str
    content: bytes = field(repr=False)
    where: str
    refused: Rejections
    notes: list[str]

    def table(self, needed: tuple[str, ...], optional: tuple[str, ...]) -> pd.DataFrame:
        """Return the columns as text with ``_row``, the line in the file.

        Blanks around names of columns and values are taken off, an empty value is NA.
        A line may leave out cells at its end that may be empty; an optional column that
        is absent is NA.

        Raises
        ------
        SourceFormatError
            If a needed column is missing, one stands twice, there are more rows than
            any country has, or the bytes are no table.
        """
        header = self._header((*needed, *optional))
        require_columns(header, needed, self.where, ONCE_MORE)
        self._refuse_crowd()
        wanted = [*needed, *(name for name in optional if name in header)]
        content = _unblanked(self.content).rstrip(b"\r\n") + b"\n"
        rows, odd = self._parsed(content, header, wanted, skip=1)
        lines = _lines(rows.num_rows, [line.number for line in odd])
        rows = rows.append_column("_row", lines)
        short = self._short(odd, header, needed)
        if short:
            padded = [
                line.text.rstrip("\r\n") + "," * (len(header) - line.actual_columns)
                for line in short
            ]
            text = "\n".join(padded).encode() + b"\n"
            filled, _ = self._parsed(text, header, wanted, skip=0)
            numbers = pa.array([line.number for line in short], pa.int64())
            filled = filled.append_column("_row", numbers)
            rows = pa.concat_tables([rows, filled]).sort_by("_row")
        frame: pd.DataFrame = self._trimmed(rows, wanted).to_pandas()
        for name in optional:
            if name not in frame:
                frame[name] = pd.Series(pd.NA, index=frame.index, dtype="str")
        return frame

    def _header(self, asked: tuple[str, ...]) -> list[str]:
        first = decode(_LINE_END.split(self.content, maxsplit=1)[0], self.where)
        names = [
            part.strip(BLANKS).strip('"').strip(BLANKS).casefold()
            for part in first.split(",")
        ]
        twice = [name for name in asked if names.count(name) > 1]
        if twice:
            raise SourceFormatError(
                f"the column {twice[0]!r} stands twice in the header",
                where=self.where,
                remedy="Nobody knows which one holds: remove one of them.",
            )
        return names

    def _refuse_crowd(self) -> None:
        most = _MOST_ROWS.get(self.name, _MOST_ROWS_OTHERS)
        count = max(self.content.count(b"\n"), self.content.count(b"\r"))
        if count > most:
            raise SourceFormatError(
                f"the table has {count} rows, more than {most}",
                where=self.where,
                remedy="No country has so many: cut the feed to the area in question.",
            )

    def _parsed(
        self, content: bytes, header: list[str], wanted: list[str], *, skip: int
    ) -> tuple[pa.Table, list[csv.InvalidRow]]:
        """Return the lines of the right width, and those of another."""
        odd: list[csv.InvalidRow] = []

        def set_aside(row: csv.InvalidRow) -> str:
            odd.append(row)
            return "skip"

        try:
            # One thread: with more, the parser does not know the line of an odd row.
            table = csv.read_csv(
                pa.BufferReader(content),
                read_options=csv.ReadOptions(
                    use_threads=False, column_names=header, skip_rows=skip
                ),
                parse_options=csv.ParseOptions(
                    newlines_in_values=True,
                    ignore_empty_lines=False,
                    invalid_row_handler=set_aside,
                ),
                convert_options=csv.ConvertOptions(
                    column_types=dict.fromkeys(header, pa.string()),
                    include_columns=wanted,
                    strings_can_be_null=True,
                    null_values=[""],
                ),
            )
        except pa.ArrowInvalid as error:
            decode(self.content, self.where)  # names the byte if that is the fault
            raise SourceFormatError(
                f"the table cannot be read ({error})",
                where=self.where,
                remedy=ONCE_MORE,
            ) from error
        return table, odd

    def _short(
        self, odd: list[csv.InvalidRow], header: list[str], needed: tuple[str, ...]
    ) -> list[csv.InvalidRow]:
        """Return the lines that lack only cells which may be empty; refuse others."""
        least = 1 + max((header.index(name) for name in needed), default=0)
        short = []
        for line in odd:
            if not line.text.strip(BLANKS):
                continue
            if least <= line.actual_columns < len(header):
                short.append(line)
            else:
                self.refused.add(
                    row=f"{self.name}.txt:{line.number}",
                    field="",
                    value=line.text[:_SHOWN],
                    reason=f"the number of fields is not {len(header)} as in the"
                    " header",
                )
        if short:
            self.notes.append(
                f"{len(short)} rows of {self.name}.txt lack their last cells: taken as"
                " empty"
            )
        return short

    def _trimmed(self, rows: pa.Table, wanted: list[str]) -> pa.Table:
        """Return values without blanks; refuse endless ones, drop empty lines."""
        columns = {}
        for name in wanted:
            text = pc.utf8_trim(rows[name], characters=BLANKS)
            columns[name] = pc.if_else(pc.equal(text, ""), None, text)
        table = pa.table(columns | {"_row": rows["_row"]})
        for name in wanted:
            length = pc.fill_null(pc.binary_length(table[name]), 0)
            if (pc.max(length).as_py() or 0) > LONGEST:
                endless = pc.greater(length, LONGEST)
                self._refuse_endless(table.filter(endless), name)
                table = table.filter(pc.invert(endless))
        # a row without any value is an empty line, if the file has such
        if wanted and all(table[name].null_count for name in wanted):
            empty = reduce(pc.and_, (pc.is_null(table[name]) for name in wanted))
            if any(ends in self.content for ends in _EMPTY_LINES):
                table = table.filter(pc.invert(empty))
        return table

    def _refuse_endless(self, table: pa.Table, name: str) -> None:
        for text, line in zip(table[name], table["_row"], strict=True):
            self.refused.add(
                row=f"{self.name}.txt:{line.as_py()}",
                field=name,
                value=text.as_py()[:_SHOWN],
                reason=f"a value of more than {LONGEST} bytes: is a quotation mark"
                " missing?",
            )


def _unblanked(content: bytes) -> bytes:
    """Take off blanks between a separator and a quotation mark."""
    return _BEFORE_QUOTE.sub(rb'\1"', content) if b'"' in content else content


def _lines(count: int, odd: list[int]) -> pa.Array:
    """Return the line of each kept row; the header is line 1."""
    lines = np.arange(2, count + len(odd) + 2)
    return pa.array(np.delete(lines, np.array(odd, np.int64) - 2))
