"""The zip of a GTFS feed: opened with care, its tables as text."""

import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import pandas as pd
import pyarrow as pa
from pyarrow import csv

from geo.errors import SourceFormatError
from geo.sources.readers.base import decode, require_columns
from geo.sources.result import Rejections

_RATIO_LIMIT = 200
#: Small files of one repeated line compress beyond the limit without being a bomb.
_RATIO_FROM = 1_000_000
#: What zipfile raises for damaged bytes, a password, an unknown compression.
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError)
_ONCE_MORE = "Fetch the feed again or ask the carrier for it."


@dataclass
class Archive:
    """An opened feed.

    Attributes
    ----------
    path
        The zip file.
    members
        Table name such as ``stops`` -> entry of the zip (also inside one folder).
    refused
        Takes lines with too many or too few fields.
    """

    path: Path
    members: dict[str, zipfile.ZipInfo]
    refused: Rejections

    def has(self, name: str) -> bool:
        """Tell whether the feed holds the table."""
        return name in self.members

    def table(
        self, name: str, needed: tuple[str, ...], optional: tuple[str, ...] = ()
    ) -> pd.DataFrame:
        """Return one table as text with ``_row``, the line in its file.

        Parameters
        ----------
        name
            Without ``.txt``.
        needed, optional
            Columns; an optional one that is absent becomes NA. Others are left out.

        Raises
        ------
        SourceFormatError
            If the table or a needed column is missing, or the bytes are damaged.
        """
        where = f"{self.path}, {name}.txt"
        if name not in self.members:
            raise SourceFormatError(
                f"the feed has no {name}.txt",
                where=str(self.path),
                remedy=f"A GTFS feed must hold it. {_ONCE_MORE}",
            )
        content = self._content(name)
        header = decode(content.split(b"\n", 1)[0], where)
        found = [part.strip().strip('"') for part in header.split(",")]
        require_columns(found, needed, where, _ONCE_MORE)
        wanted = [*needed, *(column for column in optional if column in found)]
        arrow, skipped = _parsed(content, found, wanted, where)
        for row, text in skipped:
            self.refused.add(
                row=f"{name}.txt:{row}",
                field="",
                value=text[:200],
                reason=f"the number of fields is not {len(found)} as in the header",
            )
        frame: pd.DataFrame = arrow.to_pandas()
        for column in optional:
            if column not in frame:
                frame[column] = pd.Series(pd.NA, index=frame.index, dtype="str")
        return frame.assign(_row=_lines(len(frame), [row for row, _ in skipped]))

    def _content(self, name: str) -> bytes:
        try:
            with zipfile.ZipFile(self.path) as archive:
                return archive.read(self.members[name])
        except _DAMAGED as error:
            raise SourceFormatError(
                f"{name}.txt cannot be unpacked ({error})",
                where=str(self.path),
                remedy=_ONCE_MORE,
            ) from error


def open_archive(path: Path, refused: Rejections, limit_bytes: int) -> Archive:
    """Open a feed without unpacking anything.

    Parameters
    ----------
    limit_bytes
        Largest unpacked size that is accepted, all tables together.

    Raises
    ------
    SourceFormatError
        If the file is no whole zip, or a zip bomb.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
    except (zipfile.BadZipFile, OSError) as error:
        raise SourceFormatError(
            f"no whole zip file: it may be cut short ({error})",
            where=str(path),
            remedy=_ONCE_MORE,
        ) from error
    _refuse_bomb(path, infos, limit_bytes)
    members = {
        PurePosixPath(info.filename).stem: info
        for info in infos
        if info.filename.endswith(".txt") and "__MACOSX" not in info.filename
    }
    return Archive(path, members, refused)


def _refuse_bomb(path: Path, infos: list[zipfile.ZipInfo], limit: int) -> None:
    total = sum(info.file_size for info in infos)
    problem = ""
    if total > limit:
        problem = f"the zip unpacks to {total} bytes, more than {limit}"
    for info in infos:
        ratio = info.file_size / max(info.compress_size, 1)
        if info.file_size > _RATIO_FROM and ratio > _RATIO_LIMIT:
            problem = (
                f"{info.filename} unpacks to {ratio:.0f} times its size, more than "
                f"{_RATIO_LIMIT} times"
            )
    if problem:
        raise SourceFormatError(
            f"{problem}; it is refused as a zip bomb",
            where=str(path),
            remedy="Check where it came from, or raise the option limit_bytes.",
        )


def _parsed(
    content: bytes, found: list[str], wanted: list[str], where: str
) -> tuple[pa.Table, list[tuple[int, str]]]:
    skipped: list[tuple[int, str]] = []

    def skip(row: csv.InvalidRow) -> str:
        skipped.append((row.number, row.text))
        return "skip"

    try:
        # One thread only: with more, the parser does not know the line of a bad row.
        table = csv.read_csv(
            pa.BufferReader(content.rstrip(b"\r\n") + b"\n"),
            read_options=csv.ReadOptions(
                use_threads=False, column_names=found, skip_rows=1
            ),
            parse_options=csv.ParseOptions(
                newlines_in_values=True, invalid_row_handler=skip
            ),
            convert_options=csv.ConvertOptions(
                column_types=dict.fromkeys(found, pa.string()),
                include_columns=wanted,
                strings_can_be_null=True,
                null_values=[""],
            ),
        )
    except pa.ArrowInvalid as error:
        decode(content, where)  # names the byte if that is the fault
        raise SourceFormatError(
            f"the table cannot be read ({error})", where=where, remedy=_ONCE_MORE
        ) from error
    return table, skipped


def _lines(count: int, skipped: list[int]) -> pd.Series:
    """Return the line of each kept row; the header is line 1."""
    gone = set(skipped)
    lines = [line for line in range(2, count + len(gone) + 2) if line not in gone]
    return pd.Series(lines, dtype="int64")
