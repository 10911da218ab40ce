"""Values that were measured or declared for a settlement itself (CSV)."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from geo.sources.country import Country
from geo.sources.readers.base import (
    Options,
    SourceInfo,
    finished,
    parse_options,
    read_rows,
    refusals,
)
from geo.sources.readers.fields import NO, YES, days, numbers, refuse
from geo.sources.result import ReadResult, Rejections
from geo.types import Status

NEEDED = ("settlement", "indicator", "value", "status")
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


class ObservationOptions(Options):
    """``supplier``: who sent the values, for rows that do not say."""

    supplier: str | None = None


def read(
    path: Path,
    source: SourceInfo,
    country: Country,  # noqa: ARG001 - the signature of all readers
    options: Mapping[str, Any],
) -> ReadResult:
    """Read values of settlements into ``observations``.

    ``value``, ``low`` and ``high`` are in the unit of the indicator; yes and no are
    1 and 0. A value without bounds is exact (``low = high = value``); bounds alone are
    a range. ``unreachable`` has no value and ``low = +inf``; ``unknown`` and
    ``not_applicable`` have neither value nor bounds.

    Raises
    ------
    SourceFormatError
        If the file as a whole is unusable.
    """
    chosen = parse_options(ObservationOptions, options)
    refused = refusals(path, source)
    table = read_rows(path, refused, needed=NEEDED, separator=None)
    for column in OPTIONAL:
        if column not in table:
            table[column] = pd.Series(pd.NA, index=table.index, dtype="str")
    for column in ("settlement", "indicator"):
        missing = table[column].isna()
        refuse(refused, table[missing], field=column, reason=f"the {column} is missing")
        table = table[~missing]
    table = _stated(table, refused)
    table, day = days(table, "date", refused)
    table = _bounded(_measured(table.assign(date=day), refused), refused)
    table["place_ref"] = table["settlement"]
    if chosen.supplier:
        table["supplier"] = table["supplier"].fillna(chosen.supplier)
    return finished("observations", table, refused)


def _stated(table: pd.DataFrame, refused: Rejections) -> pd.DataFrame:
    known = [status.value for status in Status]
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
