"""The declarations folders in use, and a hash that names what they say.

A release holds no path of the machine that made it; which declarations it rests on is
told by the hash of their content.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from geo.errors import DeclarationError
from geo.settings import Settings, declaration_dirs

ENDINGS = (".yaml", ".csv")


def declared_dirs(settings: Settings) -> tuple[Path, ...]:
    """Return the project's declarations folder and, if there is one, the overlay.

    Raises
    ------
    DeclarationError
        If the overlay is no folder, or holds nothing that a declaration may be.
    """
    overlay = settings.data
    if overlay is None:
        return declaration_dirs()
    if not overlay.is_dir():
        raise DeclarationError(
            "the declarations folder does not exist",
            where=str(overlay),
            remedy="Give an existing folder with --data (or PARITET_DATA).",
        )
    if not declaration_files(overlay):
        raise DeclarationError(
            "the declarations folder holds no sources.csv and no country",
            where=str(overlay),
            remedy="Lay it out as the project's data/: sources.csv, "
            "countries/<cc>/country.yaml, countries/<cc>/standards/*.yaml.",
        )
    return declaration_dirs(overlay)


def declaration_files(base: Path) -> list[Path]:
    """Return the files under ``base`` that may declare something, sorted by path."""
    found = [
        *base.glob("*"),
        *base.glob("countries/*/**/*"),
        *base.glob("international/**/*"),
    ]
    return sorted({path for path in found if path.suffix in ENDINGS and path.is_file()})


def declarations_sha256(base: Path, countries: Iterable[str] | None = None) -> str:
    """Return the SHA-256 of what a declarations folder says.

    Parameters
    ----------
    base
        The folder; only relative names and bytes count, not where it lies.
    countries
        Count only these countries' folders and, of the rest, all but the list of
        sources (a manifest names each source that it used); None counts every file.
    """
    wanted = None if countries is None else set(countries)
    lines = []
    for path in declaration_files(base):
        name = path.relative_to(base)
        if wanted is not None and not _concerns(name.parts, wanted):
            continue
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        lines.append(f"{digest}  {name.as_posix()}\n")
    return hashlib.sha256("".join(sorted(lines)).encode()).hexdigest()


def _concerns(parts: tuple[str, ...], countries: set[str]) -> bool:
    if parts[0] == "countries":
        return parts[1] in countries
    return parts != ("sources.csv",)
