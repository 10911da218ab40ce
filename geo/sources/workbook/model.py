"""What the form is made of: sheets, columns, cells, drop-down entries."""

from dataclasses import dataclass, field
from enum import StrEnum


class Cell(StrEnum):
    """What a cell holds, and so how it is read."""

    TEXT = "text"
    CODE = "code"
    COUNT = "count"
    NUMBER = "number"
    DATE = "date"
    DAY = "day"  # a date, or a year alone
    CHOICE = "choice"
    WEEKDAYS = "weekdays"
    TIMES = "times"
    CONFIRM = "confirm"  # a date, or "да"
    INFO = "info"  # written for the clerk, never read


class Unit(StrEnum):
    """What one touch of the clerk declares: see ``content.declared_cells``."""

    CELL = "cell"
    ROW = "row"
    SETTLEMENT = "settlement"
    SHEET = "sheet"


@dataclass(frozen=True)
class Choice:
    """One entry of a drop-down; both languages are accepted, Russian is written."""

    code: str
    ru: str
    be: str


@dataclass(frozen=True)
class Column:
    """One column of a sheet.

    ``locked`` cells are coloured and protected where prefilled; a ``silent`` one
    says nothing by itself (a key, a remark, a confirmation).
    """

    key: str
    title: str
    title_be: str
    cell: Cell
    help_ru: str
    help_be: str
    width: int = 14
    choices: tuple[Choice, ...] = ()
    required: bool = False
    locked: bool = False
    maximum: float | None = None
    silent: bool = False

    @property
    def states(self) -> bool:
        """Tell whether a value here says something about the place itself."""
        return not self.silent and self.cell is not Cell.INFO


@dataclass(frozen=True)
class Sheet:
    """One sheet: one layer."""

    key: str
    title: str
    title_be: str
    help_ru: str
    help_be: str
    unit: Unit
    row_key: tuple[str, ...]
    columns: tuple[Column, ...] = field(repr=False)

    def column(self, key: str) -> Column:
        """Return the column with this key."""
        return next(column for column in self.columns if column.key == key)
