"""Which releases lie in a folder, and which of them is the served one.

``<root>/<cc>/<date>.<n>/`` holds one release, ``<root>/<cc>/latest`` is a small text
file with the folder name of the served one. Nothing here opens a table.
"""

from dataclasses import dataclass
from pathlib import Path

from geo.codes import check_country_code, is_country_code, parse_release_name
from geo.errors import NotFoundError, ReleaseError

LATEST = "latest"
REMOVED = "removed"


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


def latest_name(root: Path, country: str) -> str | None:
    """Return the folder name that ``latest`` holds, None where there is no such file.

    Raises
    ------
    ReleaseError
        If the file holds anything but the name of a release folder.
    """
    path = root / check_country_code(country, where=str(root)) / LATEST
    text = _text(path, remedy=f"Run: paritet build {country}")
    if text is None:
        return None
    name = text.strip()
    if parse_release_name(name) is None:
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
        if path.is_dir() and is_country_code(path.name)
    ]
    return sorted(codes, key=lambda code: (code != "demo", code))


def country_folder(root: Path, country: str) -> Path:
    """Return the folder that holds the releases of a country; makes none.

    Raises
    ------
    NotFoundError
        If there is none; names the countries that have one.
    """
    known = countries(root)
    folder = root / check_country_code(country, known, str(root))
    if not folder.is_dir():
        raise NotFoundError(
            f"no country {country!r} has releases",
            where=str(root),
            remedy=f"There are: {', '.join(known)}."
            if known
            else f"Run: paritet build {country}",
        )
    return folder


def list_releases(root: Path, country: str | None = None) -> list[ReleaseEntry]:
    """Return the release folders under ``root``, oldest first within a country.

    Staging folders and foreign files are passed over; whether a folder holds a whole
    release is for :func:`geo.release.read.open_release` to say. A broken ``latest``
    marks none.

    Raises
    ------
    NotFoundError
        If ``country`` is no country code.
    """
    if country is not None:
        check_country_code(country, countries(root), str(root))
    found: list[ReleaseEntry] = []
    for code in countries(root) if country is None else [country]:
        try:
            served = latest_name(root, code)
        except ReleaseError:
            served = None
        entries = [
            ReleaseEntry(code, *parsed, path, latest=path.name == served)
            for path in _folders(root / code)
            if (parsed := parse_release_name(path.name)) is not None
        ]
        found.extend(sorted(entries))
    return found


def _folders(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return [path for path in folder.iterdir() if path.is_dir()]


def read_names(path: Path) -> list[str]:
    """Return the names in a small text file; none if there is no such file.

    There is one on each line, ``#`` begins a remark.

    Raises
    ------
    ReleaseError
        If it cannot be read.
    """
    text = _text(path, remedy="It must be UTF-8 text with one release name a line.")
    lines = [line.partition("#")[0].strip() for line in (text or "").splitlines()]
    return [line for line in lines if line]


def _text(path: Path, *, remedy: str) -> str | None:
    """Return what a small text file holds, None where there is none."""
    try:
        if path.exists() and not path.is_file():  # a pipe would be waited for
            raise ReleaseError("is no file", where=str(path), remedy=remedy)
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise ReleaseError(
            f"cannot be read ({error})", where=str(path), remedy=remedy
        ) from error


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
    entries = list_releases(root, country) if is_country_code(country) else []
    name = name or (entries and latest_name(root, country)) or ""
    for entry in entries:
        if entry.name == name:
            return entry
    raise _not_found(root, wanted, name, entries)


def _not_found(
    root: Path, wanted: str, name: str, entries: list[ReleaseEntry]
) -> NotFoundError:
    """Say what is there instead, and what to do."""
    country = wanted.partition("/")[0]
    known = ", ".join(one.id for one in (entries or list_releases(root))[-10:])
    what, remedy = f"no release {wanted[:60]!r}", f"Known: {known}."
    if is_country_code(country) and name in read_names(root / country / REMOVED):
        what = f"release {wanted[:60]!r} was removed"
    if not known:
        code = country if is_country_code(country) else "demo"
        remedy = f"Run: paritet build {code}"
    elif entries and not name:
        what = f"no release of {country!r} is served"
        remedy += f" Serve one with: paritet publish {entries[-1].id}"
    return NotFoundError(what, where=str(root), remedy=remedy)
