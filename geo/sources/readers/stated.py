"""Values with status, date and supplier, row by row: what two readers share.

A register of settlements and one of raions, oblasts and operators differ in the
columns that name whom a value is of; how the value itself is stated is the same.

``value``, ``low`` and ``high`` are in the unit of the indicator and within its bounds;
only of a yes/no indicator yes is 1 and no is 0. A value without bounds is exact
(``low = high = value``); bounds alone are a range. ``unreachable`` has no value and
``low = +inf``; ``unknown`` and ``not_applicable`` have neither value nor bounds.
"""

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import pandas as pd

from geo.sources.quantities import Quantity
from geo.sources.readers.base import Options, Reading
from geo.sources.readers.fields import NO, YES, measured
from geo.sources.readers.rules import (
    NO_NUMERAL,
    Found,
    Rule,
    Step,
    day,
    filled,
    refuse_where,
    rule,
    word,
)
from geo.types import Status

STATED = ("value", "status")
OPTIONAL = ("low", "high", "date", "supplier", "remark")
_NUMBERS = ["value", "low", "high"]
_WITHOUT_VALUE = (Status.UNKNOWN, Status.NOT_APPLICABLE, Status.UNREACHABLE)
# what only a journey of ours may be
_OUR_OWN = (Status.UNSNAPPED, Status.AT_HOME)
_STATUSES = tuple(status.value for status in Status if status not in _OUR_OWN)
_WORDS = dict.fromkeys(YES, "1") | dict.fromkeys(NO, "0")
_OUT_OF_UNIT = ("below zero", "more than …", "must be …", "not a whole number")


class StatedOptions(Options):
    """``supplier``: who sent the values, for rows that do not say."""

    supplier: str | None = None


def stated(*names: str, known: Callable[[Quantity], bool]) -> tuple[Step, ...]:
    """Return the steps that read stated values.

    Parameters
    ----------
    names
        Columns that say of what the value is; none may be empty.
    known
        Tells whether an indicator may stand in the file.
    """

    def codes(at: Reading[StatedOptions]) -> Iterable[str]:
        return [code for code, one in at.quantities.items() if known(one)]

    return (
        *filled(*names, "status"),
        word("indicator", codes, "indicator"),
        word("status", _STATUSES, "status"),
        day("date"),
        *(_in_unit(column) for column in _NUMBERS),
        refuse_where(
            "status", "only a way is unreachable, and this indicator is none", _no_way
        ),
        refuse_where(
            "status",
            "this status has neither value nor bounds",
            lambda table, _: _empty(table) & table[_NUMBERS].notna().any(axis=1),
        ),
        refuse_where(
            "value",
            "a value or a bound is missing; write status unknown if it is not known",
            lambda table, _: ~_empty(table) & table[_NUMBERS].isna().all(axis=1),
        ),
        refuse_where("low", "low, value and high are not in this order", _turned),
        _bounded,
    )


def _in_unit(column: str) -> Rule:
    """Return the rule that a cell holds a number in the unit of its indicator."""

    def found(table: pd.DataFrame, at: Reading[StatedOptions]) -> Found:
        values = pd.Series(np.nan, index=table.index)
        reasons = pd.Series(pd.NA, index=table.index, dtype="str")
        for code, cells in table[column].groupby(table["indicator"]):
            one = at.quantities[str(code)]
            text = cells.astype("str")
            if one.unit.words:
                text = text.str.casefold().map(_WORDS).astype("str").fillna(text)
            numbers, why = measured(text, one.unit.fault, thousands=one.unit.thousands)
            values[cells.index] = numbers
            reasons[cells.index] = why + f" ({one.code} is in {one.name})"
        return values, reasons

    said = [f"{reason} (… is in …)" for reason in (*NO_NUMERAL, *_OUT_OF_UNIT)]
    return rule(column, said, found)


def _no_way(table: pd.DataFrame, at: Reading[StatedOptions]) -> pd.Series:
    ways = table["indicator"].map(lambda code: at.quantities[code].unit.way)
    return table["status"].eq(Status.UNREACHABLE.value) & ~ways.astype(bool)


def _empty(table: pd.DataFrame) -> pd.Series:
    return table["status"].isin([status.value for status in _WITHOUT_VALUE])


def _turned(table: pd.DataFrame, _: Any) -> pd.Series:
    value, low, high = (table[column] for column in _NUMBERS)
    return (low > value) | (value > high) | (low > high)


def _bounded(table: pd.DataFrame, at: Reading[StatedOptions]) -> pd.DataFrame:
    """Fill in the bounds that value and status imply, and who sent it."""
    exact = table["value"].notna() & table["low"].isna() & table["high"].isna()
    low = table["low"].mask(exact, table["value"])
    return table.assign(
        low=low.mask(table["status"] == Status.UNREACHABLE.value, np.inf),
        high=table["high"].mask(exact, table["value"]),
        supplier=table["supplier"].fillna(at.options.supplier),
    )
