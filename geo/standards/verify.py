"""Records that somebody compared a norm with the text of its act."""

import fcntl
import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Literal

from geo.disk.faults import disk_faults
from geo.disk.whole import write_bytes_whole
from geo.errors import DeclarationError, NotFoundError
from geo.sources.country import country_codes
from geo.standards.ledger import (
    COLUMNS,
    LEDGER,
    Checked,
    fingerprint,
    line_of,
    read_ledger,
    read_ledgers,
    with_checks,
)
from geo.standards.load import load_standards
from geo.standards.model import Norm

WORLD = "international"


@dataclass(frozen=True)
class Home:
    """Where standards are declared: a country's folder, or the international one.

    Attributes
    ----------
    name
        Country code, or ``international``.
    folders
        The folder in each declarations folder that has it, the overlay's last.
    """

    name: str
    folders: tuple[Path, ...]

    def norms(self) -> list[Norm]:
        """Return all rows of the home, those that the ledger holds as verified."""
        own = [
            folder if self.name == WORLD else folder / "standards"
            for folder in self.folders
        ]
        standards = load_standards([folder for folder in own if folder.is_dir()])
        checked, _ = with_checks(standards, read_ledgers(self.folders))
        return [norm for standard in checked for norm in standard.norms]


def homes(dirs: Sequence[Path], country: str | None = None) -> list[Home]:
    """Return the homes of standards: one country, or all and the international one.

    Parameters
    ----------
    dirs
        Declarations folders, the overlay last.
    country
        Code, ``international``, or None for all.

    Raises
    ------
    NotFoundError
        If no such country is declared.
    """
    known = [*country_codes(dirs), WORLD]
    if country is not None and country not in known:
        raise NotFoundError(
            f"no country {country!r}", remedy=f"It must be one of {', '.join(known)}."
        )
    return [
        Home(name, tuple(_folder(base, name) for base in dirs))
        for name in known
        if country in (None, name)
    ]


def _folder(base: Path, name: str) -> Path:
    return base / WORLD if name == WORLD else base / "countries" / name


def verify(  # noqa: PLR0913 - what a check consists of
    norm_id: str,
    *,
    by: str,
    on: date,
    copy: Path,
    dirs: Sequence[Path],
    today: date,
    country: str | None = None,
    valid_from: date | Literal["none"] | None = None,
) -> tuple[Checked, Path]:
    """Write a check into the ledger of the norm's country.

    Parameters
    ----------
    norm_id
        Id of a row, such as ``by.transport.trips.agrogorodok_1000``.
    by, on
        Who compared it, and when.
    copy
        The file that was read; its name and hash are kept, not the file.
    dirs
        Declarations folders; the last one keeps the ledger.
    today
        No check may lie after it.
    country
        Where the id stands in more than one country.
    valid_from
        First day of the revision, where the id has more than one; ``none`` is the one
        without a first day.

    Returns
    -------
    Checked, Path
        The line, and the ledger it was written to.

    Raises
    ------
    NotFoundError
        If no norm has this id (near ones are named) or the copy is not there.
    DeclarationError
        If the day lies ahead, the revision is not clear, the norm is verified
        already, or the ledger cannot be written.
    """
    who = " ".join(by.split())
    if not who:
        raise DeclarationError("--by is empty", remedy="Say who compared the text.")
    if on > today:
        raise DeclarationError(
            f"the day {on} lies in the future",
            where="--date",
            remedy="Give the day on which the text was compared.",
        )
    if not copy.is_file():
        raise NotFoundError(
            "there is no such file",
            where=str(copy),
            remedy="Give the copy of the act that was read with --copy.",
        )
    home, norm = _norm(norm_id, homes(dirs, country), valid_from)
    if norm.verified is not None:
        raise DeclarationError(
            f"{norm.id} is verified already, by {norm.verified.by} on "
            f"{norm.verified.date}",
            remedy="Nothing is left to do; a changed figure can be verified again.",
        )
    digest = hashlib.sha256(copy.read_bytes()).hexdigest()
    check = Checked(
        norm=norm.id,
        valid_from=norm.valid_from,
        by=who,
        date=on,
        copy=copy.name,
        copy_sha256=digest,
        figure_sha256=fingerprint(norm),
    )
    path = _folder(dirs[-1], home.name) / LEDGER
    _append(path, check)
    return check, path


def _norm(
    norm_id: str,
    where: Sequence[Home],
    valid_from: date | Literal["none"] | None,
) -> tuple[Home, Norm]:
    """Return the one revision that is meant, and its home."""
    rows = [(home, norm) for home in where for norm in home.norms()]
    found = [(home, norm) for home, norm in rows if norm.id == norm_id]
    if not found:
        raise _unknown(norm_id, sorted({norm.id for _, norm in rows}))
    names = sorted({home.name for home, _ in found})
    if len(names) > 1:
        raise DeclarationError(
            f"{norm_id} stands in {' and '.join(names)}",
            remedy="Say which with --country.",
        )
    meant = [
        (home, norm)
        for home, norm in found
        if valid_from is None or (norm.valid_from or "none") == valid_from
    ]
    if len(meant) != 1:
        days = ", ".join(str(norm.valid_from or "none") for _, norm in found)
        raise DeclarationError(
            f"{norm_id} has revisions by first day: {days}",
            remedy="Say which with --valid-from (a day, or none for no first day).",
        )
    return meant[0]


def _unknown(norm_id: str, known: Sequence[str]) -> NotFoundError:
    """Return the sentence; a standard's id is answered with its rows."""
    near = [name for name in known if name.startswith(f"{norm_id}.")]
    near = near or get_close_matches(norm_id, known, 3, 0.5)
    hint = f"Near it: {', '.join(near)}. " if near else ""
    return NotFoundError(
        f"no norm {norm_id!r}",
        remedy=f"{hint}`paritet standards list` names all of them.",
    )


def _append(path: Path, check: Checked) -> None:
    """Add a line: readers see the old ledger or the new one, two writers take turns."""
    hint = "--data names a declarations folder of your own."
    with disk_faults(
        "the ledger cannot be written", path, hint=hint, kind=DeclarationError
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        with _alone(path.parent):
            before = ",".join(COLUMNS) + "\n"
            if path.is_file():
                read_ledger(path)  # never add to what cannot be read
                before = path.read_text(encoding="utf-8-sig")
                before += "" if before.endswith("\n") else "\n"
            write_bytes_whole(path, (before + line_of(check)).encode())


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold a folder for one writer; the kernel lets go when the process ends."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
