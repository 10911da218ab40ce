"""The file of a workbook, looked into before a spreadsheet library reads it.

An XLSX is a zip of XML. Here it is told what a file is that is none, and refused what
would take minutes or gigabytes: too many cells, parts too large, XML nested without end
or with entities of its own. Nothing of the content has a meaning here.
"""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import reduce
from io import BytesIO
from pathlib import Path
from xml.parsers import expat

from geo.sources.workbook.faults import refusal

#: forms take 0.2 MB; pictures that clerks paste may take more
MAX_FILE_BYTES = 50 * 2**20
#: the XML of a form with 1,000 settlements takes 10 MB
MAX_XML_BYTES = 64 * 2**20
MAX_PARTS = 5_000
#: a form has 30 cells per settlement on all its sheets; a raion has a few hundred
MAX_CELLS = 500_000
MAX_MERGED = 10_000
#: a spreadsheet has no more; who reads row by row makes every row before one
MAX_ROW = 1_048_576
#: cells up to the rightmost one of each row, which are made whether written or not
MAX_AREA = 20_000_000
#: sheets nest ten levels deep
MAX_DEPTH = 64
#: endings of parts that are looked through
_XML = (".xml", ".rels")
#: Kinds of parts that are read as XML. Others may be anything: pictures, previews,
#: settings of printers, signatures.
_READ = ("/officeDocument", "/worksheet", "/chartsheet", "/sharedStrings", "/styles",
         "/theme", "/externalLink", "/drawing", "/chart", "/comments", "/table",
         "/pivotTable", "/pivotCacheDefinition", "/pivotCacheRecords",
         "/core-properties", "/extended-properties", "/custom-properties")  # fmt: skip
_OF_SHEETS = "spreadsheetml"
_WORKBOOK = "xl/workbook.xml"
_STRICT = b"purl.oclc.org/ooxml"
_OLE, _ENCRYPTED = b"\xd0\xcf\x11\xe0", "EncryptedPackage".encode("utf-16-le")
_HEAD_BYTES = 4096
_ROW_FIGURES = 7
#: elements that tell where parts are, and what they are
_NAMING = frozenset({"Relationship", "Override", "Default"})
#: how files begin that are sent for a workbook
_BEGINNINGS = (
    (b"%PDF", "pdf"), (b"\xff\xd8\xff", "picture"), (b"\x89PNG", "picture"),
    (b"{\\rtf", "rtf"), (b"Rar!", "rar"), (b"7z\xbc\xaf", "seven_zip"),
)  # fmt: skip
#: what a zip holds that is no XLSX
_ZIPPED = (
    ("xl/workbook.bin", "xlsb"), ("content.xml", "ods"),
    ("word/document.xml", "docx"), ("ppt/presentation.xml", "pptx"),
)  # fmt: skip
#: what zipfile raises for damaged bytes, a password, an unknown compression
_DAMAGED: tuple[type[Exception], ...] = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError,
)  # fmt: skip


@dataclass
class Package:
    """A file that may be read as a spreadsheet.

    Attributes
    ----------
    content
        Its bytes.
    merged
        Part of a sheet, such as ``xl/worksheets/sheet1.xml`` -> its merged ranges.
    """

    content: bytes
    merged: dict[str, list[str]] = field(default_factory=dict)


def open_package(path: Path) -> Package:
    """Read the file and look through all of its XML.

    Raises
    ------
    WorkbookError
        If it is missing, no XLSX (says what it is), damaged, or beyond a limit.
    """
    content = _content(path)
    if not content.startswith(b"PK"):
        raise refusal(_looks_like(content), path.name)
    package = Package(content)
    with damage_told(path), zipfile.ZipFile(BytesIO(content)) as archive:
        parts = archive.infolist()
        names = {part.filename for part in parts}
        if _WORKBOOK not in names:
            raise refusal(_zipped(names), path.name)
        texts = [part for part in parts if part.filename.endswith(_XML)]
        size = sum(part.file_size for part in texts)
        if size > MAX_XML_BYTES or len(parts) > MAX_PARTS:
            told = {"size": size // 2**20, "parts": len(parts)}
            raise refusal("too_large_parts", path.name, **told)
        if _STRICT in archive.read(_WORKBOOK):
            raise refusal("strict", path.name)
        seen = _Seen(path)
        for part in texts:
            package.merged[part.filename] = seen.look_through(archive, part)
    return package


def _content(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            raise refusal("too_large", path.name, size=size // 2**20)
        return path.read_bytes()
    except OSError as error:
        raise refusal("unreadable", path, why=error.strerror) from error


@contextmanager
def damage_told(path: Path, *more: type[Exception]) -> Iterator[None]:
    """Tell a damaged file in one sentence; ``more`` are further signs of damage."""
    try:
        yield
    except (*_DAMAGED, *more) as error:
        raise refusal("damaged", path.name, kind=type(error).__name__) from error


def _zipped(names: set[str]) -> str:
    """Return what a zip is that is no XLSX."""
    return next((what for name, what in _ZIPPED if name in names), "zip")


def _looks_like(content: bytes) -> str:
    """Return what a file is that is no zip."""
    head = content[:_HEAD_BYTES]
    if not content.strip():
        return "blank"
    if head.startswith(_OLE):
        # a workbook with a password is a package within the container of old books
        return "locked" if _ENCRYPTED in content else "xls"
    told = next((what for first, what in _BEGINNINGS if head.startswith(first)), "")
    if told:
        return told
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return "markup"
    if b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "unknown_kind"
    return "text"


class _Forbidden(Exception):  # noqa: N818 - a signal out of the parser, never shown
    """Something that no spreadsheet program writes; the name of the fault."""

    def __init__(self, fault: str, **values: object) -> None:
        super().__init__(fault)
        self.fault, self.values = fault, values


def _require_xml_name(element: str, attributes: dict[str, str]) -> None:
    """Refuse XML under another name, which would be read and not looked through."""
    if element == "Relationship":
        target = attributes.get("Target", "")
        outside = attributes.get("TargetMode") == "External"
        is_read = not outside and attributes.get("Type", "").endswith(_READ)
    else:
        target = attributes.get("PartName") or "." + attributes.get("Extension", "")
        kind = attributes.get("ContentType", "")
        is_read = _OF_SHEETS in kind and kind.endswith("+xml")
    if is_read and not target.endswith(_XML):
        raise zipfile.BadZipFile(f"XML under the name {target[:60]}")


class _Seen:
    """Counts over all parts of a package what must not be too much."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.cells = 0
        self.depth = 0
        self.row = 0
        self.right = 0
        self.area = 0
        self.merged: list[str] = []

    def look_through(
        self, archive: zipfile.ZipFile, part: zipfile.ZipInfo
    ) -> list[str]:
        """Walk one part; return the merged ranges in it."""
        self.depth = self.row = self.right = 0
        self.merged = []
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.EntityDeclHandler = self.entity
        try:
            with archive.open(part) as stream:
                parser.ParseFile(stream)
        except _Forbidden as error:
            told = error.values | {"part": part.filename}
            raise refusal(error.fault, self.path.name, **told) from error
        except expat.ExpatError as error:
            raise zipfile.BadZipFile(part.filename) from error
        return self.merged

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Count an element."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise _Forbidden("too_deep", most=MAX_DEPTH)
        name = tag.rpartition(" ")[2]
        if name == "c":
            self.cells += 1
            if self.cells > MAX_CELLS:
                raise _Forbidden("too_many_cells", most=MAX_CELLS)
            self.reach(attributes.get("r", ""))
        elif name == "mergeCell":
            self.merged.append(attributes.get("ref", ""))
            if len(self.merged) > MAX_MERGED:
                raise _Forbidden("too_many_merged", most=MAX_MERGED)
        elif name == "row":
            self.right = 0
            if "r" in attributes:
                self.in_order(attributes["r"])
        elif name in _NAMING:
            _require_xml_name(name, attributes)

    def in_order(self, written: str) -> None:
        """Refuse rows out of order: reading row by row would pass over them."""
        if not (written.isascii() and written.isdecimal()):
            raise zipfile.BadZipFile("a row without a number")
        if len(written) > _ROW_FIGURES or int(written) > MAX_ROW:
            raise _Forbidden("row_beyond", row=written[:20])
        if int(written) <= self.row:
            raise zipfile.BadZipFile("rows out of order")
        self.row = int(written)

    def reach(self, written: str) -> None:
        """Count the cells up to one, as "B7", that reading its row will make."""
        letters = written.rstrip("0123456789").upper()
        column = self.right + 1
        if letters.isascii() and letters.isalpha():
            digits = (ord(letter) - ord("A") + 1 for letter in letters[:4])
            column = reduce(lambda made, digit: made * 26 + digit, digits, 0)
        self.area += max(column - self.right, 0)
        self.right = max(column, self.right)
        if self.area > MAX_AREA:
            raise _Forbidden("too_wide", most=MAX_AREA)

    def end(self, _tag: str) -> None:
        """Leave an element."""
        self.depth -= 1

    def entity(self, *_declaration: object) -> None:
        """Stop at the first entity declaration: every XML bomb has one."""
        raise _Forbidden("own_entities")
