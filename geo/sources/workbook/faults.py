"""Faults of a workbook: all of them at once, in the clerk's language."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from geo.errors import WorkbookError
from geo.sources.workbook.cells import CellError
from geo.sources.workbook.model import Sheet

SHOWN = 50


@dataclass(frozen=True)
class WorkbookFault:
    """One fault: where it is, what stands there, what is wrong, what to do."""

    sheet: str
    row: int | None
    column: str
    value: str
    what: str
    remedy: str

    def __str__(self) -> str:
        """Return the fault as one sentence."""
        spot = [f"лист «{self.sheet}»"]
        if self.row is not None:
            spot.append(f"строка {self.row}")
        if self.column:
            spot.append(f"столбец «{self.column}»")
        if self.value and self.value not in self.what:
            spot.append(f"значение «{self.value}»")
        return f"{', '.join(spot)}: {self.what}. {self.remedy}".rstrip(". ") + "."


class WorkbookFaultsError(WorkbookError):
    """A workbook with faults; its message lists the first of them, ``faults`` all."""

    def __init__(self, path: Path, faults: Sequence[WorkbookFault]) -> None:
        self.faults = tuple(faults)
        lines = [f"{number}. {fault}" for number, fault in enumerate(faults, 1)]
        more = len(lines) - SHOWN
        if more > 0:
            lines = [*lines[:SHOWN], f"… и ещё {more}"]
        super().__init__(
            f"ошибок: {len(faults)}; ничего не принято\n" + "\n".join(lines),
            where=path.name,
            remedy="\nИсправьте и отправьте ещё раз.",
        )


@dataclass
class Faults:
    """Collects the faults of one sheet."""

    sheet: Sheet
    found: list[WorkbookFault] = field(default_factory=list)

    def add(
        self, row: int | None, key: str, value: object, what: str, remedy: str
    ) -> None:
        """Note a fault; ``key`` is the column's key, empty for the whole row."""
        title = self.sheet.column(key).title if key else ""
        text = "" if value is None else str(value)[:60]
        self.found.append(
            WorkbookFault(self.sheet.title, row, title, text, what, remedy)
        )

    def cell(self, row: int, key: str, value: object, error: CellError) -> None:
        """Note a cell that could not be read."""
        self.add(row, key, value, error.what, error.remedy)
