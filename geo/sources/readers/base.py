"""What all readers share: their signature, their options, and opening a file.

A file that cannot be used as a whole ends in one sentence (:class:`SourceFormatError`):
absent, empty, cut short, not UTF-8, or without a column that is needed.
"""

import csv
import gzip
import io
import zlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol, TypeVar

import pandas as pd
from pydantic import BaseModel, ConfigDict, ValidationError

from geo.errors import DeclarationError, SourceFormatError
from geo.sources.country import Country, validation_sentence
from geo.sources.result import CANONICAL, ReadResult, Rejections, canonical, origins

#: No provider's text is larger than this once unpacked; a gzip bomb is.
UNPACKED_LIMIT = 4 * 2**30
_GZIP_MAGIC = b"\x1f\x8b"


class SourceInfo(Protocol):
    """The part of a registered source that a reader may know."""

    @property
    def id(self) -> str:
        """Key of the source in ``sources.csv``."""

    @property
    def date(self) -> str:
        """Vintage of the source, ISO."""


Reader = Callable[[Path, SourceInfo, Country, Mapping[str, Any]], ReadResult]


class Options(BaseModel):
    """Base of the options that ``country.yaml`` may give to one reader."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


Chosen = TypeVar("Chosen", bound=Options)


def parse_options(model: type[Chosen], options: Mapping[str, Any]) -> Chosen:
    """Check the options of a feed.

    Raises
    ------
    DeclarationError
        If an option is unknown or of the wrong type; names the known ones.
    """
    try:
        return model.model_validate(dict(options))
    except ValidationError as error:
        reader = model.__module__.rsplit(".", 1)[-1]
        raise DeclarationError(
            validation_sentence(error),
            where=f"country.yaml, options of reader {reader}",
            remedy=f"Known options: {', '.join(model.model_fields) or 'none'}.",
        ) from error


def refusals(path: Path, source: SourceInfo) -> Rejections:
    """Return the empty list of refused rows for this file."""
    return Rejections(source=source.id, file=path.name)


def read_bytes(path: Path) -> bytes:
    """Return the content of a file, unpacked if it is gzip.

    Raises
    ------
    SourceFormatError
        If the file is absent, empty or cut short.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise SourceFormatError(
            f"the file cannot be opened ({error.strerror})",
            where=str(path),
            remedy="Run `paritet fetch` again or check the mirror.",
        ) from error
    if content.startswith(_GZIP_MAGIC):
        content = _unpack(content, path)
    elif path.suffix == ".gz" and content:
        raise SourceFormatError(
            "the name says gzip but the content is not",
            where=str(path),
            remedy="Fetch the file again, or remove .gz from its name.",
        )
    if not content.strip():
        raise SourceFormatError(
            "the file is empty", where=str(path), remedy="Fetch it again."
        )
    return content


def _unpack(content: bytes, path: Path) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as stream:
            unpacked = stream.read(UNPACKED_LIMIT + 1)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise SourceFormatError(
            f"the gzip file is cut short or damaged ({error})",
            where=str(path),
            remedy="Fetch it again.",
        ) from error
    if len(unpacked) > UNPACKED_LIMIT:
        raise SourceFormatError(
            f"the gzip file unpacks to more than {UNPACKED_LIMIT} bytes",
            where=str(path),
            remedy="Check where the file came from; it is refused as a gzip bomb.",
        )
    return unpacked


def decode(content: bytes, where: str) -> str:
    """Return UTF-8 text without a byte order mark.

    Raises
    ------
    SourceFormatError
        If a byte is no UTF-8; names line and byte and what it looks like.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise SourceFormatError(
            f"not UTF-8 text: byte 0x{content[error.start]:02X} at offset "
            f"{error.start}{_likely_encoding(content)}",
            where=f"{where}, line {line}",
            remedy="Save the file as UTF-8.",
        ) from error


def _likely_encoding(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return " (it looks like UTF-16)"
    # In Windows-1251 nearly every byte above 127 is a letter, 0xC0-0xFF.
    high = [byte for byte in content[:65536] if byte > 0x7F]  # noqa: PLR2004
    letters = sum(byte >= 0xC0 for byte in high)  # noqa: PLR2004
    return " (it looks like Windows-1251)" if letters * 10 > len(high) * 8 else ""


def read_text(path: Path) -> str:
    """Return the text of a file, unpacked and checked to be UTF-8."""
    return decode(read_bytes(path), str(path))


def require_columns(
    header: Sequence[str], needed: Sequence[str], where: str, remedy: str = ""
) -> None:
    """Check that all needed columns are there.

    Raises
    ------
    SourceFormatError
        If one is missing; names it, the header found and what to do.
    """
    missing = [name for name in needed if name not in header]
    if missing:
        names = ", ".join(repr(name) for name in missing)
        word = "columns are" if len(missing) > 1 else "column is"
        found = ",".join(header) or "empty"
        raise SourceFormatError(
            f"{word} missing: {names}; the header found is {found}",
            where=where,
            remedy=remedy
            or "Add the column, or name another one in the options of the feed.",
        )


def read_rows(
    path: Path,
    refused: Rejections,
    *,
    needed: Sequence[str],
    separator: str | None = ",",
    header: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Read a delimited text file; everything stays text.

    Parameters
    ----------
    path
        CSV or TSV, plain or gzip.
    refused
        Takes the rows with too many or too few fields.
    needed
        Columns that must be in the header.
    separator
        Between fields; None finds out (``,``, ``;`` or tab) from the header.
    header
        Names of the columns where the file has no header line.

    Returns
    -------
    pandas.DataFrame
        Text columns stripped, empty text is NA, ``_row`` the line in the file.

    Raises
    ------
    SourceFormatError
        If the file as a whole is unusable.
    """
    text = read_text(path)
    if separator is None:
        separator = max(",;\t", key=text.split("\n", 1)[0].count)
    # A tab-separated file of a provider does not quote: a stray " is a letter.
    lines = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=separator,
        quoting=csv.QUOTE_NONE if separator == "\t" else csv.QUOTE_MINIMAL,
        strict=True,
    )
    rows: list[list[Any]] = []
    try:
        names = list(header) if header else [name.strip() for name in next(lines)]
        require_columns(names, needed, str(path))
        before = lines.line_num
        for fields in lines:
            _take(fields, before + 1, len(names), rows, refused)
            before = lines.line_num
    except csv.Error as error:
        raise SourceFormatError(
            f"the table cannot be read ({error})",
            where=f"{path}, line {lines.line_num}",
            remedy="Check the quotation marks of that line.",
        ) from error
    columns = zip(*rows, strict=True) if rows else [()] * (len(names) + 1)
    table = pd.DataFrame(dict(zip(["_row", *names], columns, strict=True)))
    for name in names:
        stripped = table[name].astype("str").str.strip()
        table[name] = stripped.mask(stripped == "")
    return table


def _take(
    fields: list[str],
    line: int,
    width: int,
    rows: list[list[Any]],
    refused: Rejections,
) -> None:
    if len(fields) == width:
        rows.append([line, *fields])
    elif fields:
        refused.add(
            row=line,
            field="",
            value=",".join(fields)[:200],
            reason=f"{len(fields)} fields where the header has {width}",
        )


def renamed(table: pd.DataFrame, columns: Mapping[str, str]) -> pd.DataFrame:
    """Return the table with our column names (``columns``: ours -> the file's)."""
    return table.rename(columns={theirs: ours for ours, theirs in columns.items()})


def finished(
    layer: str,
    table: pd.DataFrame,
    refused: Rejections,
    *,
    notes: Sequence[str] = (),
    columns: Mapping[str, str] | None = None,
) -> ReadResult:
    """Return the result of a reader that feeds one layer.

    ``columns`` (ours -> the file's) makes refused rows name the file's own columns.
    Where the layer keeps it, ``_row`` becomes the origin of each row.
    """
    if "origin" in CANONICAL[layer] and "_row" in table:
        table = table.assign(origin=origins(refused.file, table["_row"]))
    theirs = columns or {}
    for row in refused.rows:
        names = str(row["field"]).split(",")
        row["field"] = ",".join(theirs.get(name, name) for name in names)
    return ReadResult(
        {layer: canonical(layer, table)}, refused.frame(), notes=tuple(notes)
    )
