"""Values with status, date and supplier, row by row: what two readers share.

A register of settlements and one of raions, oblasts and operators differ in the
columns that name whom a value is of; how the value itself is stated is the same.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from geo.sources.quantities import Quantity
from geo.sources.readers.base import Options, read_rows
from geo.sources.readers.fields import (
    NO,
    YES,
    days,
    read_numbers,
    refuse,
    refuse_each,
)
from geo.sources.readers.words import worded
from geo.sources.result import Rejections
from geo.types import Status

STATED = ("value", "status")
OPTIONAL = ("low", "high", "date", "supplier", "remark")
_WITHOUT_VALUE = (
    Status.UNKNOWN.value,
    Status.NOT_APPLICABLE.value,
    Status.UNREACHABLE.value,
)
# only our own network leaves a place unsnapped
_STATUSES = tuple(status.value for status in Status if status != Status.UNSNAPPED)
_WORDS = dict.fromkeys(YES, "1") | dict.fromkeys(NO, "0")


class StatedOptions(Options):
    """``supplier``: who sent the values, for rows that do not say."""

    supplier: str | None = None


def stated_values(
    path: Path,
    refused: Rejections,
    options: StatedOptions,
    names: Sequence[str],
    known: Mapping[str, Quantity],
) -> pd.DataFrame:
    """Read a CSV of stated values.

    ``value``, ``low`` and ``high`` are in the unit of the indicator and within its
    bounds; only of a yes/no indicator yes is 1 and no is 0. A value without bounds is
    exact (``low = high = value``); bounds alone are a range. ``unreachable`` has no
    value and ``low = +inf``; ``unknown`` and ``not_applicable`` have neither value nor
    bounds.

    Parameters
    ----------
    path
        The file.
    refused
        Takes the rows that cannot be used.
    options
        Of the feed.
    names
        Columns that say of what the value is; none may be empty.
    known
        Indicators that may stand in the file.

    Returns
    -------
    DataFrame
        ``names``, value, low, high (float), status, date, supplier, remark and
        ``_row``, the line in the file.

    Raises
    ------
    SourceFormatError
        If the file as a whole is unusable.
    """
    table = read_rows(path, refused, needed=(*names, *STATED), separator=None)
    for column in OPTIONAL:
        if column not in table:
            table[column] = pd.Series(pd.NA, index=table.index, dtype="str")
    for column in (*names, "status"):
        missing = table[column].isna()
        refuse(refused, table[missing], field=column, reason=f"the {column} is missing")
        table = table[~missing]
    table = worded(table, "indicator", known, refused, what="indicator")
    table = worded(table, "status", _STATUSES, refused, what="status")
    table, day = days(table, "date", refused)
    table = _measured(table.assign(date=day), known, refused)
    table = _bounded(_reachable(table, known, refused), refused)
    if options.supplier:
        table["supplier"] = table["supplier"].fillna(options.supplier)
    return table


def _measured(
    table: pd.DataFrame, known: Mapping[str, Quantity], refused: Rejections
) -> pd.DataFrame:
    """Turn value, low and high into numbers; one that cannot be refuses the row."""
    out, good = table.copy(), pd.Series(data=True, index=table.index)
    for column in ("value", "low", "high"):
        parsed = pd.Series(np.nan, index=table.index)
        reasons = pd.Series(pd.NA, index=table.index, dtype="str")
        for code, cells in table[column].groupby(table["indicator"]):
            value, why = _in_unit(cells, known[str(code)])
            parsed[cells.index], reasons[cells.index] = value, why
        refuse_each(refused, table[good], reasons[good], field=column)
        out[column] = parsed
        good &= reasons.isna()
    return out[good]


def _in_unit(cells: pd.Series, quantity: Quantity) -> tuple[pd.Series, pd.Series]:
    """Return the numbers of one indicator, and why a cell holds none."""
    unit, text = quantity.unit, cells.astype("str")
    if unit.words:
        text = text.str.casefold().map(_WORDS).astype("str").fillna(text)
    numbers, reasons = read_numbers(text, thousands=unit.thousands)
    bounds = numbers.dropna().map(unit.fault).dropna()
    reasons[bounds.index] = bounds
    return numbers, reasons + f" ({quantity.code} is in {quantity.name})"


def _reachable(
    table: pd.DataFrame, known: Mapping[str, Quantity], refused: Rejections
) -> pd.DataFrame:
    """Refuse what is called unreachable and is no way to anywhere."""
    ways = table["indicator"].map(lambda code: known[code].unit.way).astype(bool)
    strange = table["status"].eq(Status.UNREACHABLE.value) & ~ways
    reason = "only a way is unreachable, and this indicator is none"
    refuse(refused, table[strange], field="status", reason=reason)
    return table[~strange]


def _bounded(table: pd.DataFrame, refused: Rejections) -> pd.DataFrame:
    """Check value and bounds against the status and fill in what they imply."""
    numbers_given = table[["value", "low", "high"]].notna()
    empty = table["status"].isin(_WITHOUT_VALUE)
    out = table.copy()
    value, low, high = table["value"], table["low"], table["high"]
    faults = (
        (
            empty & numbers_given.any(axis=1),
            "status",
            "this status has neither value nor bounds",
        ),
        (
            ~empty & ~numbers_given.any(axis=1),
            "value",
            "a value or a bound is missing; write status unknown if it is not known",
        ),
        (
            (low > value) | (value > high) | (low > high),
            "low",
            "low, value and high are not in this order",
        ),
    )
    good = pd.Series(data=True, index=table.index)
    for fault, column, reason in faults:
        refuse(refused, table[fault & good], field=column, reason=reason)
        good &= ~fault
    exact = value.notna() & low.isna() & high.isna()
    out["low"] = low.mask(exact, value)
    out["high"] = high.mask(exact, value)
    out.loc[out["status"] == Status.UNREACHABLE.value, "low"] = np.inf
    return out[good]
