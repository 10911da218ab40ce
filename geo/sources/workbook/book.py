"""Open the spreadsheet file and take its sheets apart, before any meaning."""

import json
import warnings
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import ParseError

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from geo.errors import WorkbookError
from geo.sources.workbook.cells import CellError, Value, clean, decode
from geo.sources.workbook.content import Original
from geo.sources.workbook.faults import Faults
from geo.sources.workbook.form import (
    FORM_VERSION,
    META_SHEET,
    ORIGINAL_SHEET,
)
from geo.sources.workbook.model import Cell, Sheet

MAX_BYTES = 200 * 2**20
MAX_ROWS = 50_000
_ASK = "Возьмите форму командой: paritet workbook СТРАНА --raion РАЙОН"
_SAVE = "Откройте файл в таблице и сохраните как «Книга Excel (.xlsx)»."
_BROKEN = (
    zipfile.BadZipFile, InvalidFileException, ParseError, zlib.error, EOFError,
    KeyError, ValueError, TypeError, AttributeError, IndexError,
)  # fmt: skip


@dataclass(frozen=True)
class Meta:
    """What the form knows of itself: its raion, release and operators."""

    country: str
    raion_id: str
    raion_name: str
    release: str
    operators: tuple[tuple[str, str], ...]


def open_book(path: Path) -> Workbook:
    """Open the file as a spreadsheet.

    Raises
    ------
    WorkbookError
        If it is missing, no XLSX (says what it looks like) or damaged.
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(8)
        size = path.stat().st_size
    except OSError as error:
        raise WorkbookError(
            f"файл нельзя прочесть ({error.strerror})",
            where=str(path),
            remedy="Проверьте имя файла и права на него.",
        ) from error
    if not head.startswith(b"PK"):
        raise WorkbookError(_looks_like(head, size), where=path.name, remedy=_SAVE)
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
            names = set(archive.namelist())
        if unpacked > MAX_BYTES:
            raise WorkbookError(
                f"файл слишком велик ({unpacked // 2**20} МБ)",
                where=path.name,
                remedy="Перенесите сведения в новую форму без картинок.",
            )
        if "xl/workbook.xml" not in names:
            raise WorkbookError(
                "это не книга Excel (.xlsx)", where=path.name, remedy=_SAVE
            )
        with warnings.catch_warnings():
            # openpyxl warns of parts it does not keep (drop-downs); we only read.
            warnings.simplefilter("ignore", UserWarning)
            return load_workbook(path)
    except _BROKEN as error:
        raise WorkbookError(
            f"файл повреждён ({type(error).__name__})",
            where=path.name,
            remedy="Отправьте файл ещё раз или откройте его и сохраните заново.",
        ) from error


def _looks_like(head: bytes, size: int) -> str:
    if not size:
        return "файл пуст"
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return "это старая книга .xls или книга под паролем, а не .xlsx"
    if head.startswith(b"%PDF"):
        return "это PDF, а не книга .xlsx"
    return "это текстовый файл (например CSV), а не книга .xlsx"


def read_meta(book: Workbook, path: Path) -> Meta:
    """Return what the form says of itself.

    Raises
    ------
    WorkbookError
        If this is no form of ours, or one of a version this program cannot read.
    """
    if META_SHEET not in book.sheetnames:
        raise WorkbookError(
            f"это не форма района: нет скрытого листа «{META_SHEET}»",
            where=path.name,
            remedy=_ASK,
        )
    pairs = {
        str(row[0]): "" if row[1] is None else str(row[1])
        for row in book[META_SHEET].iter_rows(max_col=2, values_only=True)
    }
    if pairs.get("form_version") != str(FORM_VERSION):
        raise WorkbookError(
            f"форма версии {pairs.get('form_version')!r}, "
            f"а читается версия {FORM_VERSION}",
            where=path.name,
            remedy=_ASK,
        )
    try:
        operators = tuple((str(a), str(b)) for a, b in json.loads(pairs["operators"]))
        return Meta(
            pairs["country"], pairs["raion_id"], pairs["raion_name"],
            pairs["release"], operators,
        )  # fmt: skip
    except (KeyError, ValueError) as error:
        raise WorkbookError(
            f"скрытый лист «{META_SHEET}» изменён", where=path.name, remedy=_ASK
        ) from error


def read_originals(book: Workbook, path: Path) -> dict[str, dict[str, Original]]:
    """Return sheet key -> row key -> what was prefilled.

    Raises
    ------
    WorkbookError
        If the hidden sheet was removed or changed: nobody could then tell what the
        clerk wrote from what the program wrote.
    """
    found: dict[str, dict[str, Original]] = {}
    try:
        for row in book[ORIGINAL_SHEET].iter_rows(max_col=3, values_only=True):
            sheet, key, text = row
            found.setdefault(str(sheet), {})[str(key)] = json.loads(str(text))
    except (KeyError, ValueError) as error:
        raise WorkbookError(
            f"скрытый лист «{ORIGINAL_SHEET}» удалён или изменён",
            where=path.name,
            remedy=_ASK,
        ) from error
    return found


def read_pairs(book: Workbook, title: str) -> dict[str, object]:
    """Return label -> cell of a two-column sheet, empty where it is missing."""
    if title not in book.sheetnames:
        return {}
    rows = book[title].iter_rows(max_col=2, values_only=True)
    return {str(clean(label)): clean(value) for label, value in rows if label}


def read_rows(
    book: Workbook, sheet: Sheet, faults: Faults
) -> list[tuple[int, dict[str, Value]]]:
    """Return row number and values of every row that holds anything.

    Cells that cannot be read become None and a fault.
    """
    if sheet.title not in book.sheetnames:
        faults.add(None, "", None, "листа нет", "Верните лист из исходной формы")
        return []
    page = book[sheet.title]
    for merged in page.merged_cells.ranges:
        faults.add(
            merged.min_row, "", merged.coord, f"объединённые ячейки {merged.coord}",
            "Разъедините ячейки и заполните каждую",
        )  # fmt: skip
    if page.max_row > MAX_ROWS:
        faults.add(
            page.max_row, "", None, f"больше {MAX_ROWS} строк",
            "Удалите лишние строки внизу листа",
        )  # fmt: skip
        return []
    positions = _positions(page, sheet, faults)
    rows = []
    for number, cells in enumerate(
        page.iter_rows(min_row=2, values_only=True), start=2
    ):
        if any(clean(cell) is not None for cell in cells):
            rows.append((number, _values(number, cells, sheet, positions, faults)))
    return rows


def _positions(page: Worksheet, sheet: Sheet, faults: Faults) -> dict[str, int]:
    header: dict[str, int] = {}
    for position, cell in enumerate(
        next(page.iter_rows(max_row=1, values_only=True), ())
    ):
        title = str(clean(cell) or "").casefold()
        if title and title in header:
            faults.add(1, "", cell, f"столбец «{cell}» стоит дважды", "Оставьте один")
        header.setdefault(title, position)
    found = {}
    for column in sheet.columns:
        if column.cell is Cell.INFO:
            continue
        if column.title.casefold() in header:
            found[column.key] = header[column.title.casefold()]
        else:
            faults.add(
                1, column.key, None, "столбца нет", "Верните столбец из исходной формы"
            )
    return found


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
        raw = cells[positions[column.key]]
        try:
            values[column.key] = decode(raw, column)
        except CellError as error:
            values[column.key] = None
            faults.cell(number, column.key, clean(raw), error)
    return values
