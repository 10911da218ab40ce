"""The ledger of checks: who compared which norm with the text of its act.

``verifications.csv`` lies beside the standards of a country. A line holds the
fingerprint of the figure that was compared: as soon as the figure changes, the check
says nothing about the new one, and the norm is *reported* again.
"""

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import date
from pathlib import Path

from geo.errors import DeclarationError
from geo.standards.model import Norm, Standard, Verified

LEDGER = "verifications.csv"
_SHA256 = re.compile(r"^[0-9a-f]{64}$")


@dataclass(frozen=True)
class Checked:
    """One line of the ledger.

    Attributes
    ----------
    norm
        Id of the row.
    valid_from
        First day of the revision that was compared; None where it has none.
    by, date
        Who compared it, and when.
    copy, copy_sha256
        Name and hash of the file that was read: the copy of the act.
    figure_sha256
        :func:`fingerprint` of the figure that was found to agree.
    """

    norm: str
    valid_from: date | None
    by: str
    date: date
    copy: str
    copy_sha256: str
    figure_sha256: str


COLUMNS = tuple(field.name for field in fields(Checked))


def fingerprint(norm: Norm) -> str:
    """Return the SHA-256 of what a check is about: figure, class, days, act, item."""
    row = norm.model_dump(
        mode="json", include={"op", "value", "valid_from", "valid_to"}
    )
    applies = norm.applies
    row["due"] = None if norm.due is None else norm.due.isoformat()
    row["act"], row["item"] = norm.source.act, norm.source.item
    row["applies"] = {
        name: value
        for name in type(applies).model_fields
        if (value := _plain(getattr(applies, name))) is not None
    }
    text = json.dumps(row, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return [str(part) for part in value]
    return getattr(value, "text", value)


def read_ledgers(folders: Sequence[Path]) -> list[Checked]:
    """Read ``verifications.csv`` of the folders in their order.

    Raises
    ------
    DeclarationError
        If a line does not say what it must; names file, line and column.
    """
    found: list[Checked] = []
    for folder in folders:
        path = folder / LEDGER
        if path.is_file():
            found += read_ledger(path)
    return found


def read_ledger(path: Path) -> list[Checked]:
    """Read one ledger.

    Raises
    ------
    DeclarationError
        As :func:`read_ledgers`.
    """
    try:
        rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DeclarationError(
            f"the ledger cannot be read ({error})",
            where=str(path),
            remedy="Restore it from a copy; it must be CSV in UTF-8.",
        ) from error
    if not rows or tuple(rows[0]) != COLUMNS:
        raise DeclarationError(
            f"the header is {','.join(rows[0]) if rows else ''!r}",
            where=str(path),
            remedy=f"It must be {','.join(COLUMNS)}.",
        )
    return [_parsed(path, number, row) for number, row in enumerate(rows[1:], 2) if row]


def _parsed(path: Path, number: int, row: list[str]) -> Checked:
    def fault(column: str, what: str) -> DeclarationError:
        return DeclarationError(
            f"column {column!r}: {what}",
            where=f"{path}, line {number}",
            remedy="Write lines with `paritet standards verify` only.",
        )

    def day(column: str, text: str) -> date:
        try:
            return date.fromisoformat(text)
        except ValueError as error:
            raise fault(column, f"{text!r} is no day such as 2026-11-25") from error

    if len(row) != len(COLUMNS):
        raise fault(COLUMNS[0], f"the line has {len(row)} cells, not {len(COLUMNS)}")
    cell = dict(zip(COLUMNS, (text.strip() for text in row), strict=True))
    for column in ("norm", "by", "copy"):
        if not cell[column]:
            raise fault(column, "the cell is empty")
    for column in ("copy_sha256", "figure_sha256"):
        if not _SHA256.match(cell[column]):
            raise fault(column, f"{cell[column][:20]!r} is no SHA-256")
    return Checked(
        norm=cell["norm"],
        valid_from=day("valid_from", cell["valid_from"])
        if cell["valid_from"]
        else None,
        by=cell["by"],
        date=day("date", cell["date"]),
        copy=cell["copy"],
        copy_sha256=cell["copy_sha256"],
        figure_sha256=cell["figure_sha256"],
    )


def line_of(check: Checked) -> str:
    """Return the check as one line of the ledger, with its end of line."""
    cells = ["" if cell is None else str(cell) for cell in astuple(check)]
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()


def with_checks(
    standards: Iterable[Standard], checks: Iterable[Checked]
) -> tuple[list[Standard], list[str]]:
    """Turn the rows that the ledger holds into verified ones.

    Parameters
    ----------
    standards
        As declared.
    checks
        Lines of the ledgers; of several for one revision the last that agrees counts.

    Returns
    -------
    list of Standard, list of str
        The standards, and one sentence for every check that says nothing any more.
    """
    given = list(standards)
    known = {(n.id, n.valid_from): n for s in given for n in s.norms}
    valid: dict[tuple[str, date | None], Checked] = {}
    remarks: dict[tuple[str, date | None], str] = {}
    for check in checks:
        key = (check.norm, check.valid_from)
        norm = known.get(key)
        if norm is not None and fingerprint(norm) == check.figure_sha256:
            valid[key] = check
        elif norm is not None or check.norm in {name for name, _ in known}:
            remarks[key] = _changed(check)
    done = [_checked(standard, valid) for standard in given]
    return done, [text for key, text in sorted_remarks(remarks) if key not in valid]


def sorted_remarks(
    remarks: Mapping[tuple[str, date | None], str],
) -> list[tuple[tuple[str, date | None], str]]:
    """Return the sentences in the order of id and first day."""
    return sorted(remarks.items(), key=lambda item: (item[0][0], str(item[0][1])))


def _changed(check: Checked) -> str:
    return (
        f"{check.norm}: checked by {check.by} on {check.date} against {check.copy}, "
        "but the figure has changed since, so it counts as reported again"
    )


def _checked(
    standard: Standard, valid: Mapping[tuple[str, date | None], Checked]
) -> Standard:
    rows = []
    for norm in standard.norms:
        check = valid.get((norm.id, norm.valid_from))
        if check is None:
            rows.append(norm)
            continue
        verified = Verified(by=check.by, date=check.date, copy_of=check.copy)
        rows.append(
            norm.model_copy(update={"confidence": "verified", "verified": verified})
        )
    return standard.model_copy(update={"norms": tuple(rows)})
