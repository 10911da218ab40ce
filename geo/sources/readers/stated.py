"""Values with status, date and supplier, row by row: what two readers share.

A register of settlements and one of raions, oblasts and operators differ in the
columns that name whom a value is of; how the value itself is stated is the same.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from geo.sources.readers.base import Options, read_rows
from geo.sources.readers.fields import NO, YES, days, numbers, refuse
from geo.sources.result import Rejections
from geo.types import Status

STATED = ("value", "status")
OPTIONAL = ("low", "high", "date", "supplier", "remark")
_WITHOUT_VALUE = (
    Status.UNKNOWN.value,
    Status.NOT_APPLICABLE.value,
    Status.UNREACHABLE.value,
)
# "1" and "0" are numbers here, not words.
_WORDS = {word: "1" for word in YES if word != "1"} | {
    word: "0" for word in NO if word != "0"
}


class StatedOptions(Options):
    """``supplier``: who sent the values, for rows that do not say."""

    supplier: str | None = None


def stated_values(
    path: Path, refused: Rejections, options: StatedOptions, names: Sequence[str]
) -> pd.DataFrame:
    """Read a CSV of stated values.

    ``value``, ``low`` and ``high`` are in the unit of the indicator; yes and no are
    1 and 0. A value without bounds is exact (``low = high = value``); bounds alone are
    a range. ``unreachable`` has no value and ``low = +inf``; ``unknown`` and
    ``not_applicable`` have neither value nor bounds.

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
    for column in names:
        missing = table[column].isna()
        refuse(refused, table[missing], field=column, reason=f"the {column} is missing")
        table = table[~missing]
    table = _stated(table, refused)
    table, day = days(table, "date", refused)
    table = _bounded(_measured(table.assign(date=day), refused), refused)
    if options.supplier:
        table["supplier"] = table["supplier"].fillna(options.supplier)
    return table


def _stated(table: pd.DataFrame, refused: Rejections) -> pd.DataFrame:
    # only our own network leaves a place unsnapped
    known = [status.value for status in Status if status != Status.UNSNAPPED]
    out = table.assign(status=table["status"].str.lower())
    bad = ~out["status"].isin(known)
    refuse(
        refused, out[bad], field="status", reason=f"must be one of {', '.join(known)}"
    )
    return out[~bad]


def _measured(table: pd.DataFrame, refused: Rejections) -> pd.DataFrame:
    """Turn value, low and high into numbers; a text that is none refuses the row."""
    out, good = table.copy(), pd.Series(data=True, index=table.index)
    for column in ("value", "low", "high"):
        word = table[column].str.lower().map(_WORDS)
        parsed = numbers(word.fillna(table[column]))
        bad = table[column].notna() & parsed.isna()
        refuse(refused, table[bad], field=column, reason="not a number, yes or no")
        out[column] = parsed
        good &= ~bad
    return out[good]


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
