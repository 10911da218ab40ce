"""What all readers share: their signature, their options, and opening a file.

A file that cannot be used as a whole ends in one sentence (:class:`SourceFormatError`):
absent, empty, cut short, not UTF-8, or without a column that is needed.
"""

import gzip
import io
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol, TypeVar

import pandas as pd
from pydantic import BaseModel, ConfigDict, ValidationError

from geo.errors import DeclarationError, SourceFormatError
from geo.sources.country import Country, validation_sentence
from geo.sources.readers.delimited import Record, records
from geo.sources.result import CANONICAL, ReadResult, Rejections, canonical, origins
from geo.sources.table_header import repeated_names
from geo.sources.text import clean_column, clean_text
from geo.sources.vocabulary import nearest

#: No provider's text is larger than this once unpacked: the radio cells of the whole
#: world are, those of a country take a hundredth.
UNPACKED_LIMIT = 2**30
#: Text packs to a tenth, a table of one repeated line to a hundredth; only a bomb packs
#: better. A small file may, for it cannot do harm.
RATIO_LIMIT, RATIO_FROM = 200, 64 * 2**20
ROW = "_row"
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


def known_columns(
    columns: dict[str, str], known: Iterable[str], needed: Iterable[str]
) -> dict[str, str]:
    """Check the option ``columns`` (ours -> the file's) of a reader; headers are clean.

    Raises
    ------
    ValueError
        If a column of ours is not known, or one is not named without which nothing can
        be read; pydantic makes it a fault of the option.
    """
    for name in columns:
        if name not in known and not name.startswith(("name_", "code_")):
            raise ValueError(
                f"no column of ours is called {name!r}; the nearest are "
                f"{', '.join(nearest(name, known))}"
            )
    if missing := [name for name in needed if name not in columns]:
        raise ValueError(f"the column of the file for {missing[0]!r} is not named")
    return {ours: clean_text(theirs) for ours, theirs in columns.items()}


def refusals(path: Path, source: SourceInfo) -> Rejections:
    """Return the empty list of refused rows for this file."""
    return Rejections(source=source.id, file=path.name)


def read_bytes(path: Path) -> bytes:
    """Return the content of a file, unpacked if it is gzip.

    Raises
    ------
    SourceFormatError
        If the file is absent, empty, cut short, or larger than any list of a country.
    """
    try:
        if path.stat().st_size > UNPACKED_LIMIT:
            raise _too_large(path, f"{path.stat().st_size:,} bytes")
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


def _too_large(path: Path, what: str) -> SourceFormatError:
    return SourceFormatError(
        f"the file is too large ({what})",
        where=str(path),
        remedy="Check where it came from, or cut it down to the country.",
    )


def _unpack(content: bytes, path: Path) -> bytes:
    limit = min(UNPACKED_LIMIT, max(RATIO_FROM, RATIO_LIMIT * len(content)))
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as stream:
            unpacked = stream.read(limit + 1)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise SourceFormatError(
            f"the gzip file is cut short or damaged ({error})",
            where=str(path),
            remedy="Fetch it again.",
        ) from error
    if len(unpacked) > limit:
        raise _too_large(
            path,
            f"{len(content):,} bytes unpack to more than {limit:,}: a gzip bomb",
        )
    return unpacked


def decode(content: bytes, where: str) -> str:
    """Return UTF-8 text without a byte order mark.

    Raises
    ------
    SourceFormatError
        If a byte is no UTF-8, or zero; names line and byte and what it looks like.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise SourceFormatError(
            f"not UTF-8 text: byte 0x{content[error.start]:02X} at offset "
            f"{error.start}{_likely_encoding(content)}",
            where=f"{where}, line {line}",
            remedy="Save the file as UTF-8.",
        ) from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise SourceFormatError(
            "a byte of zero, which no text holds (it looks like UTF-16, or damaged)",
            where=f"{where}, line {line}",
            remedy="Save the file as UTF-8, or fetch it again.",
        )
    return text


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
        Takes the rows with too many or too few fields, and those in which a quotation
        mark has swallowed others.
    needed
        Columns that must be in the header.
    separator
        Between fields; None finds out (``,``, ``;`` or tab) from the header.
    header
        Names of the columns where the file has no header line.

    Returns
    -------
    pandas.DataFrame
        Clean text columns, empty text is NA; ``_row`` is the line in the file, whatever
        the file's own columns are called.

    Raises
    ------
    SourceFormatError
        If the file as a whole is unusable, or a column stands twice.
    """
    text = read_text(path)
    if separator is None:
        separator = max(",;\t", key=text.split("\n", 1)[0].count)
    found = records(text, separator, str(path))
    names = list(header) if header else _header(next(found, None), path)
    require_columns([name for name in names if name != ROW], needed, str(path))
    rows: list[list[Any]] = []
    for record in found:
        _take(record, len(names), rows, refused)
    columns = zip(*rows, strict=True) if rows else [()] * (len(names) + 1)
    table = pd.DataFrame(dict(zip([*names, ROW], columns, strict=True)))
    for name in table.columns.drop(ROW):
        cleaned = clean_column(table[name].astype("str"))
        table[name] = cleaned.mask(cleaned == "")
    return table


def _header(first: Record | None, path: Path) -> list[str]:
    fields = first.fields if first else []
    if again := repeated_names(fields):
        raise SourceFormatError(
            f"column {again[0]!r} stands twice",
            where=f"{path}, line 1",
            remedy="Leave one, or rename the other: nobody knows which of them holds.",
        )
    return [clean_text(name) for name in fields]


def _take(
    record: Record, width: int, rows: list[list[Any]], refused: Rejections
) -> None:
    if len(record.fields) == width and not record.swallowed:
        rows.append([*record.fields, record.line])
        return
    shown = ",".join(record.fields)
    refused.add(row=record.line, field="", value=shown, reason=_wrong(record, width))


def _wrong(record: Record, width: int) -> str:
    """Return what is wrong with a record: its fields, its lines, or both."""
    reasons = []
    if len(record.fields) != width:
        reasons.append(f"{len(record.fields)} fields where the header has {width}")
    if record.last_line > record.line:
        reasons.append(
            f"lines {record.line} to {record.last_line} are one row, for a quotation "
            "mark is not closed in its line"
        )
    return "; ".join(reasons)


def renamed(table: pd.DataFrame, columns: Mapping[str, str]) -> pd.DataFrame:
    """Return the named columns under our names (``columns``: ours -> the file's).

    A column of the file that happens to bear one of our names is left out.
    """
    named = {ours: table[theirs] for ours, theirs in columns.items()}
    return pd.DataFrame({ROW: table[ROW], **named})


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
