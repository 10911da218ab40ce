"""The registry of datasets: ``data/sources.csv``, one row per vintage.

A row says where a file comes from, what its bytes must hash to, of which day it is
and under which licence it may travel. A ministry's overlay folder adds rows, or
replaces a row by repeating its id and version. Every fault of a file is reported at
once, each with row, column and bad value.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from geo.errors import DeclarationError
from geo.settings import declaration_dirs
from geo.sources.declared_csv import read_table
from geo.sources.source import (
    COLUMNS,
    OPTIONAL_COLUMNS,
    TILE_MARK,
    TOKEN_MARK,
    Source,
)

__all__ = ["FILE_NAME", "Registry", "Source", "load_registry", "read_sources"]

FILE_NAME = "sources.csv"
SHOWN_FAULTS = 10
#: paths and addresses, which are what they are
_EXACT = ("publisher_url", "homepage", "mirror")
_FIRST_YEAR = 1900
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?")


class Registry(Mapping[str, Source]):
    """All known sources: a mapping from id to the newest version.

    Newest is the latest ``date``; between rows of one day, the greatest version.
    """

    def __init__(self, sources: Sequence[Source]) -> None:
        self._versions: dict[str, dict[str, Source]] = {}
        for source in sources:
            self._versions.setdefault(source.id, {})[source.version] = source

    def __getitem__(self, key: str) -> Source:
        """Return the newest version of a source."""
        return max(self._versions[key].values(), key=lambda s: (s.date, s.version))

    def __iter__(self) -> Iterator[str]:
        """Iterate over the ids in order of declaration."""
        return iter(self._versions)

    def __len__(self) -> int:
        """Return the number of ids."""
        return len(self._versions)

    def versions(self, key: str) -> tuple[Source, ...]:
        """Return all versions of a source, the oldest first."""
        known = self._versions.get(key, {}).values()
        return tuple(sorted(known, key=lambda s: (s.date, s.version)))

    def by_id(self, key: str, version: str | None = None) -> Source:
        """Return a source, by default its newest version.

        Raises
        ------
        DeclarationError
            If no row has this id or version; names what there is.
        """
        if key not in self._versions:
            near = get_close_matches(key, self._versions, n=3)
            hint = f"Near it: {', '.join(near)}. " if near else ""
            raise DeclarationError(
                f"unknown source {key!r}",
                where=FILE_NAME,
                remedy=f"{hint}Add a row with this id to {FILE_NAME}.",
            )
        if version is None:
            return self[key]
        if version not in self._versions[key]:
            known = ", ".join(source.version for source in self.versions(key))
            raise DeclarationError(
                f"source {key!r} has no version {version!r}",
                where=FILE_NAME,
                remedy=f"Known versions: {known}.",
            )
        return self._versions[key][version]


def load_registry(dirs: Sequence[Path] | None = None) -> Registry:
    """Read ``sources.csv`` of every declarations folder, the overlay last.

    Parameters
    ----------
    dirs
        Declarations folders; by default the process's own. The first must hold a
        ``sources.csv``, the others may. A later folder's row replaces an earlier
        row of the same id and version.

    Raises
    ------
    DeclarationError
        If a file is missing or faulty; names file, row, column and bad value.
    """
    bases = tuple(dirs or declaration_dirs())
    sources: list[Source] = []
    for position, base in enumerate(bases):
        path = base / FILE_NAME
        if position == 0 or path.is_file():
            sources.extend(read_sources(path))
    return Registry(sources)


def read_sources(path: Path) -> list[Source]:
    """Read and check one ``sources.csv``.

    Raises
    ------
    DeclarationError
        With up to ten faults at once.
    """
    faults: list[str] = []
    sources: list[Source] = []
    seen: dict[tuple[str, str], int] = {}
    if not path.exists():
        raise DeclarationError(
            "the list of sources is missing",
            where=str(path),
            remedy=f"Restore data/{FILE_NAME} from the project.",
        )
    known = (*COLUMNS, *OPTIONAL_COLUMNS)
    for line, cells in read_table(path, COLUMNS, only=known, exact=_EXACT):
        found = _row_faults(cells)
        key = (cells["id"], cells["version"])
        if key in seen:
            found.append(
                f"column 'version': {key[1]!r} of source {key[0]!r} stands already "
                f"in row {seen[key]}"
            )
        seen.setdefault(key, line)
        faults.extend(f"row {line}, {fault}" for fault in found)
        if not found:
            sources.append(_source(cells))
    if faults:
        more = len(faults) - SHOWN_FAULTS
        tail = f"; and {more} more" if more > 0 else ""
        raise DeclarationError(
            "; ".join(faults[:SHOWN_FAULTS]) + tail,
            where=str(path),
            remedy="docs/sources.md explains every column.",
        )
    return sources


def _source(cells: dict[str, str]) -> Source:
    texts = {name: text for name, text in cells.items() if name != "share_alike"}
    return Source(**texts, share_alike=cells["share_alike"] == "yes")


def _is_date(text: str) -> bool:
    try:
        day = date.fromisoformat(text)
        return day.isoformat() == text and day.year >= _FIRST_YEAR
    except ValueError:
        return False


def _is_mirror_path(text: str) -> bool:
    path = PurePosixPath(text)
    return not (
        not text
        or "\\" in text
        or path.is_absolute()
        or path.as_posix() != text
        or ".." in path.parts
        or text == "."
    )


def _is_address(text: str) -> bool:
    if not text:
        return True
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and " " not in text


_CHECKS: dict[str, tuple[Callable[[str], bool], str]] = {
    "id": (
        lambda text: re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text) is not None,
        "must be lower-case Latin words joined by hyphens",
    ),
    "version": (
        lambda text: re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", text) is not None,
        "must be Latin letters, digits, dots and hyphens",
    ),
    "date": (_is_date, "is no date (YYYY-MM-DD)"),
    "title": (bool, "must not be empty"),
    "publisher_url": (_is_address, "is no http(s) address"),
    "homepage": (_is_address, "is no http(s) address"),
    "mirror": (_is_mirror_path, "is no relative path inside a mirror"),
    "sha256": (
        lambda text: re.fullmatch(r"([0-9a-f]{64})?", text) is not None,
        "is no SHA-256 (64 lower-case hexadecimal digits, or empty)",
    ),
    "spdx": (bool, "must not be empty: name the licence, or LicenseRef-…"),
    "share_alike": (lambda text: text in ("yes", "no"), "must be yes or no"),
    "redistribute": (
        lambda text: text in ("yes", "derived", "no"),
        "must be yes, derived or no",
    ),
    "token_env": (
        lambda text: re.fullmatch(r"([A-Z][A-Z0-9_]*)?", text) is not None,
        "is no name of an environment variable",
    ),
    "redirect_hosts": (
        lambda text: all(_HOST.fullmatch(word) for word in text.split()),
        "must be names of hosts (files.example.org), parted by blanks",
    ),
}


def _row_faults(cells: dict[str, str]) -> list[str]:
    faults = [
        f"column {name!r}: {cells[name]!r} {words}"
        for name, (accepts, words) in _CHECKS.items()
        if name in cells and not accepts(cells[name])
    ]
    if bool(cells["token_env"]) != (TOKEN_MARK in cells["publisher_url"]):
        faults.append(
            f"column 'token_env': {cells['token_env']!r} does not fit the address; "
            f"{TOKEN_MARK} in publisher_url and token_env come together"
        )
    if cells["publisher_url"] and (TILE_MARK in cells["publisher_url"]) != (
        TILE_MARK in cells["mirror"]
    ):
        faults.append(
            f"column 'mirror': {cells['mirror']!r} does not fit the address; "
            f"{TILE_MARK} stands in publisher_url and mirror, or in neither"
        )
    if TILE_MARK in cells["mirror"] and cells["sha256"]:
        faults.append(
            f"column 'sha256': {cells['sha256']!r} cannot hold for a set of tiles"
        )
    return faults
