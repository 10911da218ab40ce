"""Which releases lie in a folder, and which of them is the served one.

``<root>/<cc>/<date>.<n>/`` holds one release, ``<root>/<cc>/latest`` is a small text
file with the folder name of the served one. Nothing here opens a table.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from geo.errors import NotFoundError, ReleaseError

LATEST = "latest"
REMOVED = "removed"
_COUNTRY = re.compile(r"[a-z]{2,8}")
_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})\.(\d{1,9})")


@dataclass(frozen=True, order=True)
class ReleaseEntry:
    """One release folder; ``latest`` says that it is its country's served one.

    Entries sort by country, then day, then number.
    """

    country: str
    day: str
    number: int
    path: Path
    latest: bool = False

    @property
    def name(self) -> str:
        """Folder name, such as ``2026-11-22.1``."""
        return f"{self.day}.{self.number}"

    @property
    def id(self) -> str:
        """Release id, such as ``by/2026-11-22.1``."""
        return f"{self.country}/{self.name}"


def parse_name(name: str) -> tuple[str, int] | None:
    """Return day and number of a folder name, or None where it names no release.

    Examples
    --------
    >>> parse_name("2026-11-22.3")
    ('2026-11-22', 3)
    >>> parse_name(".staging-17") is None
    True
    """
    match = _NAME.fullmatch(name)
    return (match[1], int(match[2])) if match else None


def latest_name(root: Path, country: str) -> str | None:
    """Return the folder name that ``latest`` holds, None where there is no such file.

    Raises
    ------
    ReleaseError
        If the file holds anything but the name of a release folder.
    """
    path = root / country / LATEST
    try:
        name = path.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise ReleaseError(
            f"cannot be read ({error})",
            where=str(path),
            remedy=f"Run: paritet build {country}",
        ) from error
    if parse_name(name) is None:
        raise ReleaseError(
            f"names no release: {name[:40]!r}",
            where=str(path),
            remedy="It must hold one folder name such as 2026-11-22.1; "
            f"run: paritet build {country}",
        )
    return name


def countries(root: Path) -> list[str]:
    """Return the codes of the countries that have a folder, ``demo`` first."""
    if not root.is_dir():
        return []
    codes = [
        path.name
        for path in root.iterdir()
        if path.is_dir() and _COUNTRY.fullmatch(path.name)
    ]
    return sorted(codes, key=lambda code: (code != "demo", code))


def list_releases(root: Path, country: str | None = None) -> list[ReleaseEntry]:
    """Return the release folders under ``root``, oldest first within a country.

    Staging folders and foreign files are passed over; whether a folder holds a whole
    release is for :func:`geo.release.read.open_release` to say. A broken ``latest``
    marks none.
    """
    found: list[ReleaseEntry] = []
    for code in countries(root) if country is None else [country]:
        try:
            served = latest_name(root, code)
        except ReleaseError:
            served = None
        entries = [
            ReleaseEntry(code, *parsed, path, latest=path.name == served)
            for path in _folders(root / code)
            if (parsed := parse_name(path.name)) is not None
        ]
        found.extend(sorted(entries))
    return found


def _folders(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return [path for path in folder.iterdir() if path.is_dir()]


def _was_removed(folder: Path, name: str) -> bool:
    """Tell whether a release of this name was there once."""
    if not (folder / REMOVED).is_file():
        return False
    lines = (folder / REMOVED).read_text(encoding="utf-8").splitlines()
    return name in (line.partition("#")[0].strip() for line in lines)


def find_release(root: Path, wanted: str) -> ReleaseEntry:
    """Return the entry for ``cc`` (its served release) or ``cc/date.n``.

    Raises
    ------
    NotFoundError
        If there is none; names the releases (up to ten) that are there.
    ReleaseError
        If the country's ``latest`` is broken.
    """
    country, _, name = wanted.partition("/")
    entries = list_releases(root, country) if _COUNTRY.fullmatch(country) else []
    name = name or (entries and latest_name(root, country)) or ""
    for entry in entries:
        if entry.name == name:
            return entry
    known = [entry.id for entry in entries or list_releases(root)][-10:]
    gone = name and _was_removed(root / country, name)
    raise NotFoundError(
        f"release {wanted[:60]!r} was removed"
        if gone
        else f"no release {wanted[:60]!r}",
        where=str(root),
        remedy=f"Known: {', '.join(known)}."
        if known
        else f"Run: paritet build {country if _COUNTRY.fullmatch(country) else 'demo'}",
    )
