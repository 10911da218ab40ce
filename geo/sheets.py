"""Spreadsheets in the making: a text is a text, whatever it begins with.

Each room that writes XLSX says here what stands in a cell and how it looks. Nothing is
computed, and no clock is asked: the same calls give the same bytes.
"""

import math
from collections.abc import Iterable
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

#: The longest text of a cell, in characters.
CELL_TEXT = 32_767
#: Height of a line of the default letters, in points.
LINE_POINTS = 15.0
_A4 = 9
_AS_TEXT = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


class Book:
    """A workbook in memory.

    Parameters
    ----------
    made
        The day of its creation.
    spill
        A folder for the rows of long sheets, which then are written from the top down.
    properties
        What the file says of itself: ``title``, ``subject``, ``author``, ``comments``.
    """

    def __init__(
        self, made: date, spill: Path | None = None, **properties: str
    ) -> None:
        # The archive is put together in memory: xlsxwriter would leave a file
        # half-written and open where the disk refuses.
        self._held = BytesIO()
        rows = {"constant_memory": True, "tmpdir": str(spill)}
        options = _AS_TEXT | (rows if spill else {"in_memory": True})
        self._book = xlsxwriter.Workbook(self._held, options)
        self._book.set_properties(
            {**properties, "created": datetime.combine(made, time())}
        )
        self._looks: dict[frozenset[tuple[str, Any]], Format] = {}

    def look(self, **properties: Any) -> Format:
        """Return the format with these properties of XlsxWriter, each made once."""
        key = frozenset(properties.items())
        if key not in self._looks:
            self._looks[key] = self._book.add_format(properties)
        return self._looks[key]

    def sheet(self, name: str) -> Worksheet:
        """Add a sheet at the end."""
        return self._book.add_worksheet(name)

    def content(self) -> bytes:
        """Close the workbook and return it as a file holds it.

        Raises
        ------
        OSError
            If the disk refuses the rows of a long sheet.
        """
        try:
            self._book.close()
        except FileCreateError as error:
            held = error.args[0] if error.args else None
            raise (
                held if isinstance(held, OSError) else OSError(str(error))
            ) from error
        return self._held.getvalue()


def put(
    sheet: Worksheet, line: int, position: int, value: Any, look: Format | None = None
) -> None:
    """Write one cell as what its value is.

    Parameters
    ----------
    sheet, line, position
        Where; both counted from 0.
    value
        A text (cut to :data:`CELL_TEXT`), number, truth value or day (as ``look`` shows
        numbers); None leaves the cell empty. An infinite number is the sign for it.
    look
        Its format, of :meth:`Book.look`.
    """
    if isinstance(value, str):
        sheet.write_string(line, position, value[:CELL_TEXT], look)
    elif isinstance(value, bool):
        sheet.write_boolean(line, position, value, look)
    elif isinstance(value, date):
        day = datetime.combine(value, time())
        sheet.write_datetime(line, position, day, look)
    elif value is None:
        if look is not None:
            sheet.write_blank(line, position, None, look)
    elif math.isinf(value):
        sheet.write_string(line, position, "∞" if value > 0 else "-∞", look)
    else:
        sheet.write_number(line, position, value, look)


def put_row(
    sheet: Worksheet, line: int, values: Iterable[Any], look: Format | None = None
) -> None:
    """Write cells side by side, from the first column on."""
    for position, value in enumerate(values):
        put(sheet, line, position, value, look)


def tall(sheet: Worksheet, line: int, lines: float) -> None:
    """Make a row as high as lines of text: not every office program measures them."""
    sheet.set_row(line, LINE_POINTS * lines)


def for_print(sheet: Worksheet) -> None:
    """Print a sheet on A4 across, one page wide."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
