"""Faults of a workbook: all of them at once, in the clerk's language.

Each has a name; its words stand in ``data/texts/ru.yaml`` under ``workbook.faults``.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from geo.errors import WorkbookError
from geo.sources.workbook.form import Sheet
from geo.texts import wording

SHOWN = 50


def sentences(fault: str, /, **values: object) -> tuple[str, str]:
    """Return what is wrong and what to do, in Russian, with the values filled in."""
    said = wording(f"workbook.faults.{fault}", "ru")
    return said["what"].format(**values), said["remedy"].format(**values)


def refusal(fault: str, where: str | Path, /, **values: object) -> WorkbookError:
    """Return the error about a file as a whole."""
    what, remedy = sentences(fault, **values)
    return WorkbookError(what, where=str(where), remedy=remedy)


def listed(
    items: Sequence[str], most: int, more: str = "list", between: str = "; "
) -> str:
    """Return the first items, and how many more there are.

    >>> listed(["Бор", "Лес", "Дом"], 2)
    'Бор; Лес; и ещё 1'
    """
    shown = between.join(items[:most])
    rest = len(items) - most
    said = wording("workbook.more", "ru")[more]
    return said.format(shown=shown, more=rest) if rest > 0 else shown


class CellError(ValueError):
    """A cell that cannot be read; ``what`` is wrong and the ``remedy``, in Russian.

    Parameters
    ----------
    fault
        Its name among ``workbook.faults`` of the texts.
    values
        What the sentences are filled in with.
    """

    def __init__(self, fault: str, /, **values: object) -> None:
        self.what, self.remedy = sentences(fault, **values)
        super().__init__(f"{self.what}. {self.remedy}")


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
        said = wording("workbook.spot", "ru")
        spot = [said["sheet"].format(sheet=self.sheet)]
        if self.row is not None:
            spot.append(said["row"].format(row=self.row))
        if self.column:
            spot.append(said["column"].format(column=self.column))
        if self.value and self.value not in self.what:
            spot.append(said["value"].format(value=self.value))
        return f"{', '.join(spot)}: {self.what}. {self.remedy}".rstrip(". ") + "."


class WorkbookFaultsError(WorkbookError):
    """A workbook with faults; its message lists the first of them, ``faults`` all."""

    def __init__(self, path: Path, faults: Sequence[WorkbookFault]) -> None:
        self.faults = tuple(faults)
        lines = [f"{number}. {fault}" for number, fault in enumerate(faults, 1)]
        shown = listed(lines, SHOWN, "faults", "\n")
        what, remedy = sentences("faults", count=len(faults), listed=shown)
        super().__init__(what, where=path.name, remedy=remedy)


@dataclass
class Faults:
    """Collects the faults of one sheet."""

    sheet: Sheet
    found: list[WorkbookFault] = field(default_factory=list)

    def add(
        self, row: int | None, key: str, shown: object, fault: str, /, **values: object
    ) -> None:
        """Note a fault.

        Parameters
        ----------
        row
            Its number; None for the whole sheet.
        key
            Key of the column; empty for the whole row.
        shown
            What stands there.
        fault, values
            As of :class:`CellError`.
        """
        self._note(row, key, shown, *sentences(fault, **values))

    def cell(self, row: int, key: str, shown: object, error: CellError) -> None:
        """Note a cell that could not be read."""
        self._note(row, key, shown, error.what, error.remedy)

    def _note(
        self, row: int | None, key: str, shown: object, what: str, remedy: str
    ) -> None:
        title = self.sheet.column(key).title if key else ""
        text = "" if shown is None else str(shown)[:60]
        self.found.append(
            WorkbookFault(self.sheet.title, row, title, text, what, remedy)
        )
