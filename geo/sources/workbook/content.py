"""What a workbook says once it is read: its rows, and which cells are a statement.

The rule, as it stands on the instruction sheet:

* a cell that the clerk filled or changed is declared;
* a prefilled cell that was left alone is not, unless the row is confirmed;
* an object is one thing: a touched row of facilities or trips is declared whole;
* the lines of one settlement on the sheet of fixed access stand together;
* a timetable is declared whole or not at all.

Remarks declare nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from geo.sources.workbook.cells import Value, same
from geo.sources.workbook.form import Operators, Sheet, Unit, form
from geo.sources.workbook.places import Place

Original = dict[str, str | float | None]

CONFIRM = "confirm"
_DATES = ("date",)


@dataclass(frozen=True)
class Row:
    """One row of a data sheet.

    Attributes
    ----------
    number
        Row in the spreadsheet, the header is 1.
    cells
        Column key -> value, all columns of the form.
    place_id
        The settlement meant, resolved; None where the sheet needs none.
    original
        What the row was prefilled with; None for a row the clerk added.
    declared
        Keys of the columns that count as the clerk's statement.
    """

    sheet: str
    number: int
    cells: Mapping[str, Value]
    place_id: str | None = None
    original: Original | None = None
    declared: frozenset[str] = frozenset()

    def touched(self, keys: Iterable[str]) -> frozenset[str]:
        """Return those of ``keys`` that no longer hold what was prefilled."""
        known = self.original or {}
        return frozenset(
            key for key in keys if not same(self.cells.get(key), known.get(key))
        )

    @property
    def confirmed(self) -> bool:
        """Tell whether the clerk has confirmed the row in this sending."""
        return self.cells.get(CONFIRM) is not None and bool(self.touched([CONFIRM]))

    def filled(self, keys: Iterable[str]) -> frozenset[str]:
        """Return those of ``keys`` that hold anything."""
        return frozenset(key for key in keys if self.cells.get(key) is not None)


@dataclass(frozen=True)
class Meta:
    """What a form knows of itself: its raion, release and operators, its version."""

    country: str
    raion_id: str
    raion_name: str
    release: str
    operators: Operators
    version: int


@dataclass(frozen=True)
class WorkbookContent(Meta):
    """A whole workbook, read and checked.

    Attributes
    ----------
    rows
        Sheet key -> its rows in the order of the spreadsheet.
    places
        Every settlement named in the workbook, by id.
    supplier, filled_on
        Who filled it in and when, from its own sheet; may be empty.
    emptied
        Keys of sheets that were prefilled and came back without a row.
    """

    supplier: str
    filled_on: date | None
    rows: Mapping[str, tuple[Row, ...]] = field(repr=False)
    places: Mapping[str, Place] = field(repr=False, default_factory=dict)
    emptied: frozenset[str] = frozenset()

    @property
    def sheets(self) -> Mapping[str, Sheet]:
        """The form this workbook was made from."""
        return form(self.operators, self.version)

    def declared(self, sheet: str) -> list[Row]:
        """Return the rows of a sheet that declare anything."""
        return [row for row in self.rows.get(sheet, ()) if row.declared]

    def counts(self) -> dict[str, int]:
        """Return the number of declared cells per sheet title."""
        return {
            sheet.title: sum(len(row.declared) for row in self.declared(key))
            for key, sheet in self.sheets.items()
        }

    @staticmethod
    def stated_on(row: Row, default: date) -> date:
        """Return the day on which a row's statement holds.

        The date of its confirmation, else its own date, else ``default``, the day
        that the whole workbook is dated.
        """
        for key in (CONFIRM, *_DATES):
            value = row.cells.get(key)
            if isinstance(value, date) and (key != CONFIRM or row.confirmed):
                return value
        return default


def declare(
    sheet: Sheet, rows: Iterable[Row], *, removed: bool = False
) -> tuple[Row, ...]:
    """Return the rows with ``declared`` set by the rule of the sheet's unit.

    Parameters
    ----------
    removed
        True where prefilled rows are gone: that touches a sheet that stands whole.
    """
    rows = list(rows)
    keys = [column.key for column in sheet.columns if column.states]
    marked = [replace(row, declared=_declared_cells(sheet, row, keys)) for row in rows]
    stated = {row.place_id for row in marked if row.declared}
    if sheet.unit is Unit.SETTLEMENT:
        together = [row.place_id in stated for row in marked]
    else:
        whole = sheet.unit is Unit.SHEET and (removed or bool(stated))
        together = [whole] * len(marked)
    return tuple(
        replace(row, declared=row.declared | row.filled(keys)) if taken else row
        for row, taken in zip(marked, together, strict=True)
    )


def _declared_cells(sheet: Sheet, row: Row, keys: list[str]) -> frozenset[str]:
    touched = row.touched(keys)
    if row.confirmed:
        return row.filled(keys) | touched
    if not touched:
        return frozenset()
    if sheet.unit is Unit.CELL and not touched.intersection(_DATES):
        return touched
    return row.filled(keys) | touched
