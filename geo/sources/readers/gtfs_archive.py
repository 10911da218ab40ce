"""The zip of a GTFS feed: opened with care, the tables of one folder of it."""

import zipfile
import zlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

import pandas as pd

from geo.errors import SourceFormatError
from geo.sources.readers.gtfs_text import ONCE_MORE, Text
from geo.sources.result import Rejections

_RATIO_LIMIT = 200
#: Small files of one repeated line compress beyond the limit without being a bomb.
_RATIO_FROM = 1_000_000
#: What zipfile raises for damaged bytes, a password, an unknown compression.
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError,
    NotImplementedError, ValueError,
)  # fmt: skip
#: without these there is no trip; one of the calendars tells the days
_NEEDED = frozenset({"stops", "trips", "stop_times"})
CALENDARS = ("calendar", "calendar_dates")
#: all that is read
_TABLES = _NEEDED.union(CALENDARS, ("agency", "routes", "frequencies"))
_SHOWN = 5

Members = Mapping[str, zipfile.ZipInfo]


@dataclass
class Archive:
    """An opened feed.

    Attributes
    ----------
    path
        The zip file.
    members
        Table name such as ``stops`` -> entry of the zip, all of one folder.
    refused
        Takes lines that cannot be read.
    notes
        Sentences for the build report.
    unread
        Tables of which a line was refused that nobody can attribute: it might speak of
        any trip.
    """

    path: Path
    members: Members
    refused: Rejections
    notes: list[str] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)

    def has(self, name: str) -> bool:
        """Tell whether the feed holds the table."""
        return name in self.members

    def table(
        self, name: str, needed: tuple[str, ...], optional: tuple[str, ...] = ()
    ) -> pd.DataFrame:
        """Return one table as trimmed text with ``_row``, the line in its file.

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
        if name not in self.members:
            raise SourceFormatError(
                f"the feed has no {name}.txt",
                where=str(self.path),
                remedy=f"A GTFS feed must hold it. {ONCE_MORE}",
            )
        where = f"{self.path}, {name}.txt"
        text = Text(name, self._content(name), where, self.refused, self.notes)
        before = len(self.refused.rows)
        table = text.table(needed, optional)
        if len(self.refused.rows) > before:
            self.unread.add(name)
        return table

    def left_out(
        self, name: str, column: str, read: pd.DataFrame, kept: pd.DataFrame
    ) -> frozenset[str]:
        """Return what the refused rows of a table speak of, by their column of ids.

        A row without an id makes the table ``unread``.

        Parameters
        ----------
        name
            Of the table, without ``.txt``.
        column
            With the ids.
        read, kept
            All rows, and those that are used, under the same index.
        """
        ids = read.loc[~read.index.isin(kept.index), column]
        if ids.isna().any():
            self.unread.add(name)
        return frozenset(ids.dropna())

    def _content(self, name: str) -> bytes:
        try:
            with zipfile.ZipFile(self.path) as archive:
                return archive.read(self.members[name])
        except _DAMAGED as error:
            raise SourceFormatError(
                f"{name}.txt cannot be unpacked ({error})",
                where=str(self.path),
                remedy=ONCE_MORE,
            ) from error


def open_archive(path: Path, refused: Rejections, limit_bytes: int) -> Archive:
    """Open a feed without unpacking anything.

    The tables are those of the shallowest folder that holds a whole feed; a table of
    another folder is never mixed with them.

    Parameters
    ----------
    limit_bytes
        Largest unpacked size that is accepted, all tables together.

    Raises
    ------
    SourceFormatError
        If the file is no whole zip, a zip bomb, holds several feeds, or none.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
    except _DAMAGED as error:
        raise SourceFormatError(
            f"no whole zip file: it may be cut short ({error})",
            where=str(path),
            remedy=ONCE_MORE,
        ) from error
    _refuse_bomb(path, infos, limit_bytes)
    folders: dict[PurePosixPath, list[tuple[str, zipfile.ZipInfo]]] = {}
    for info in infos:
        place = _place(info)
        name = place.stem.strip().casefold()
        text = place.suffix.casefold() == ".txt" and "__MACOSX" not in place.parts
        if text and name in _TABLES:
            folders.setdefault(place.parent, []).append((name, info))
    if not folders:
        raise _no_feed(path, infos)
    chosen = _feed_folder(path, folders)
    left = sum(map(len, folders.values())) - len(folders[chosen])
    notes = [f"{left} tables in other folders of the zip are not read"] if left else []
    return Archive(path, _once(path, folders[chosen]), refused, notes)


def _place(info: zipfile.ZipInfo) -> PurePosixPath:
    """Return the path of an entry; zips of old Windows programs write backslashes."""
    return PurePosixPath(info.filename.replace("\\", "/"))


def _feed_folder(
    path: Path, folders: Mapping[PurePosixPath, list[tuple[str, zipfile.ZipInfo]]]
) -> PurePosixPath:
    """Return the shallowest folder with a whole feed, else the one with most of it."""

    def wants(folder: PurePosixPath) -> int:
        held = {name for name, _ in folders[folder]}
        return len(_NEEDED - held) + held.isdisjoint(CALENDARS)

    least = min(map(wants, folders))
    likely = [folder for folder in folders if wants(folder) == least]
    depth = min(len(place.parts) for place in likely)
    nearest = sorted(place for place in likely if len(place.parts) == depth)
    if len(nearest) > 1:
        shown = ", ".join(f"{folder}/" for folder in nearest[:_SHOWN])
        raise SourceFormatError(
            f"the zip holds a feed in each of {len(nearest)} folders: {shown}",
            where=str(path),
            remedy="Pack each folder into a zip of its own and name it as a source.",
        )
    return nearest[0]


def _once(path: Path, tables: list[tuple[str, zipfile.ZipInfo]]) -> Members:
    """Return the tables by name; none may stand twice."""
    counts = Counter(name for name, _ in tables)
    twice = [info.filename for name, info in tables if counts[name] > 1]
    if twice:
        raise SourceFormatError(
            f"a table stands twice in the zip: {', '.join(sorted(twice)[:_SHOWN])}",
            where=str(path),
            remedy="Nobody knows which one holds: remove one of them.",
        )
    return dict(tables)


def _no_feed(path: Path, infos: list[zipfile.ZipInfo]) -> SourceFormatError:
    """Return what a zip without any table is told."""
    inner = [i.filename for i in infos if i.filename.casefold().endswith(".zip")]
    if inner:
        return SourceFormatError(
            f"the zip holds no table but another zip: {', '.join(inner[:_SHOWN])}",
            where=str(path),
            remedy="Unpack it once and name the inner zip as the source.",
        )
    return SourceFormatError(
        "the zip holds no table of GTFS such as stops.txt",
        where=str(path),
        remedy=f"A GTFS feed is a zip of text files. {ONCE_MORE}",
    )


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
