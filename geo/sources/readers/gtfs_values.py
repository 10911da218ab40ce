"""What the texts of a GTFS feed stand for: whole numbers, codes, times and days."""

import re
from collections.abc import Callable, Collection
from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa

from geo.sources.readers.fields import refuse
from geo.sources.result import Rejections

#: "1", "01" and, as spreadsheets and pandas write it, "1.0"
_WHOLE = re.compile(r"0*([0-9]{1,9})(?:\.0*)?")
_DAY = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:\.0*)?")
_CLOCK = re.compile(r"([0-9]{1,3}):([0-5][0-9])(?::([0-5][0-9]))?")
#: a service day ends when its last vehicle does; no train rides longer than a week
LATEST_HOUR = 192
_EPOCH = date(1970, 1, 1)


def whole(text: str) -> int | None:
    """Return a whole number from 0 to 999,999,999, None for all else.

    Examples
    --------
    >>> whole("1"), whole("01"), whole("1.0"), whole("1.5"), whole("-1"), whole("да")
    (1, 1, 1, None, None, None)
    """
    found = _WHOLE.fullmatch(text)
    return int(found[1]) if found else None


def seconds(text: str) -> int | None:
    """Return seconds after the start of the service day, None for no time.

    Examples
    --------
    >>> seconds("25:10:00"), seconds("7:05"), seconds("07:05:30"), seconds("07:61:00")
    (90600, 25500, 25530, None)
    """
    found = _CLOCK.fullmatch(text)
    if not found:
        return None
    hours, minutes, rest = (int(part or 0) for part in found.groups())
    at = hours * 3600 + minutes * 60 + rest
    return at if at <= LATEST_HOUR * 3600 else None


def _epoch_day(text: str) -> int | None:
    found = _DAY.fullmatch(text)
    if not found:
        return None
    try:
        day = date(*(int(part) for part in found.groups()))
    except ValueError:
        return None
    return (day - _EPOCH).days


def days(column: pd.Series) -> pd.Series:
    """Return YYYYMMDD as days, NaT where it is none.

    Examples
    --------
    >>> days(pd.Series(["20260131", "20260230", "2026111", None])).tolist()
    [Timestamp('2026-01-31 00:00:00'), NaT, NaT, NaT]
    """
    number = by_value(column, _epoch_day)
    known = number.notna()
    out = np.full(len(number), np.datetime64("NaT", "s"))
    stated = number[known].to_numpy(np.int64).astype("datetime64[D]")
    out[known.to_numpy(bool)] = stated.astype("datetime64[s]")
    return pd.Series(out, index=column.index)


def by_value(column: pd.Series, parse: Callable[[str], int | None]) -> pd.Series:
    """Parse each different text once: a feed has few of them, used very often."""
    coded = pa.array(column, from_pandas=True).dictionary_encode()
    if isinstance(coded, pa.ChunkedArray):
        coded = coded.combine_chunks()
    values = [parse(text) for text in coded.dictionary.to_pylist()]
    lookup = pd.array([*values, None], dtype="Int64")
    index = coded.indices.fill_null(len(values)).to_numpy(zero_copy_only=False)
    return pd.Series(lookup.take(index), index=column.index)


def codes(
    table: pd.DataFrame,
    column: str,
    known: Collection[int],
    refused: Rejections,
    *,
    blank: int | None = None,
    rest: str = "row refused",
) -> pd.Series:
    """Return a column of codes as whole numbers, NA where it holds no known code.

    Parameters
    ----------
    table
        Has the text column and ``_row``.
    column
        Its name.
    known
        The codes of GTFS.
    refused
        Takes the rows that hold none.
    blank
        What an empty cell stands for; None: it is refused too.
    rest
        What becomes of such a row, for the reason.
    """
    number = by_value(table[column], whole)
    if blank is not None:
        number = number.mask(table[column].isna(), blank)
    good = number.isin(list(known))
    listed = ", ".join(map(str, sorted(known)))
    reason = f"no code of GTFS: it must be one of {listed} ({rest})"
    refuse(refused, table[~good], field=column, reason=reason)
    return number.where(good)
