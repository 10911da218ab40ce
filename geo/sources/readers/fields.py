"""What the text of a cell stands for, and how a row is refused for it."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from geo.sources.country import Country
from geo.sources.numerals import NumeralError, NumeralFault, machine_numeral
from geo.sources.result import Rejections

#: what a program writes; all else is looked at text by text
_MACHINE = r"-?[0-9]{1,15}(?:\.[0-9]{1,20})?"
_MACHINE_COUNT = r"-?[0-9]{1,15}(?:\.[0-9]{1,2})?"
#: more than any country has, and than any settlement
RESIDENTS, INHABITANTS = 2_000_000_000, 100_000_000
YES = frozenset({"yes", "y", "true", "1", "да", "так", "иә"})
NO = frozenset({"no", "n", "false", "0", "нет", "не", "жоқ"})


def refuse(
    refused: Rejections,
    table: pd.DataFrame,
    *,
    field: str,
    reason: str,
    value: str | None = None,
) -> None:
    """Refuse all rows of ``table``; an empty cell is shown as empty text.

    ``field`` is the provider's word for the column, ``value`` ours if they differ.
    """
    if table.empty:
        return
    column = value or field
    shown = (
        table[column].astype("str").fillna("")
        if column in table
        else pd.Series("", index=table.index)
    )
    for row, bad in zip(table["_row"], shown, strict=True):
        refused.add(row=row, field=field, value=bad, reason=reason)


def refuse_each(
    refused: Rejections,
    table: pd.DataFrame,
    reasons: pd.Series,
    *,
    field: str,
    value: str | None = None,
) -> None:
    """Refuse the rows that have a reason, each for its own."""
    for reason in reasons.dropna().unique():
        rows = table[reasons == reason]
        refuse(refused, rows, field=field, reason=str(reason), value=value)


def reasons_for(*faults: tuple[pd.Series, str]) -> pd.Series:
    """Return the first reason that holds for each row, NA where none does.

    >>> reasons_for((pd.Series([True, False]), "one"), (pd.Series([True]*2), "two")
    ...     ).tolist()
    ['one', 'two']
    """
    out = pd.Series(pd.NA, index=faults[0][0].index, dtype="str")
    for fault, reason in faults:
        out = out.mask(out.isna() & fault, reason)
    return out


def read_numbers(
    column: pd.Series, *, thousands: bool = False
) -> tuple[pd.Series, pd.Series]:
    """Return finite numbers, NaN for all else, and why a text is none.

    Parameters
    ----------
    column
        Text; an empty cell is NaN without a reason.
    thousands
        The quantity runs into thousands: see :mod:`geo.sources.numerals`.
    """
    text = column.astype("str")
    plain = text.str.fullmatch(_MACHINE_COUNT if thousands else _MACHINE, na=False)
    found, faults = {}, {}
    for written in text[~plain].dropna().unique():
        try:
            found[written] = machine_numeral(written, thousands=thousands)
        except NumeralError as error:
            faults[written] = error.fault.value
    reasons = text.map(faults).astype("str")
    text = text.where(plain, text.map(found).astype("str"))
    parsed = pd.to_numeric(text, errors="coerce").astype("float64")
    lost = text.notna() & ~np.isfinite(parsed)
    reasons = reasons.mask(lost, NumeralFault.NO_NUMBER.value)
    return parsed.where(np.isfinite(parsed)) + 0.0, reasons  # -0 is 0


def measured(
    cells: pd.Series, fault: Callable[[float], str | None], *, thousands: bool
) -> tuple[pd.Series, pd.Series]:
    """Return the numbers of cells in one unit, and why a cell holds none.

    As :func:`read_numbers`; ``fault`` says why a number cannot be in this unit.
    """
    numbers, reasons = read_numbers(cells, thousands=thousands)
    bounds = numbers.dropna().map(fault).dropna()
    reasons[bounds.index] = bounds
    return numbers, reasons


def numbers(column: pd.Series) -> pd.Series:
    """Return finite numbers, NaN for all else; a decimal comma is understood.

    Examples
    --------
    >>> numbers(pd.Series(["53,9", "27.5", "nan", "inf", "x"])).tolist()
    [53.9, 27.5, nan, nan, nan]
    """
    return read_numbers(column)[0]


def plain_codes(column: pd.Series) -> pd.Series:
    """Return codes as text, without the ``.0`` that a spreadsheet adds.

    Examples
    --------
    >>> plain_codes(pd.Series(["1204755000.0", "BY-BR"])).tolist()
    ['1204755000', 'BY-BR']
    """
    return column.astype("str").str.replace(r"^(\d+)\.0$", r"\1", regex=True)


def bounds_text(country: Country) -> str:
    """Return the bounds of the country for a message."""
    west, south, east, north = country.bounds
    return f"{country.code} (lon {west:g} to {east:g}, lat {south:g} to {north:g})"
