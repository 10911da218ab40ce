"""Turns text columns into numbers, codes, days and points, refusing what is none."""

from typing import Literal

import numpy as np
import pandas as pd

from geo.sources.country import Country
from geo.sources.numerals import NumeralError, NumeralFault, machine_numeral
from geo.sources.result import Rejections

#: what a program writes; all else is looked at text by text
_MACHINE = r"-?[0-9]{1,15}(?:\.[0-9]{1,20})?"
_MACHINE_COUNT = r"-?[0-9]{1,15}(?:\.[0-9]{1,2})?"
#: more than the people on Earth, and than the seconds since 1970: no list counts more
_MOST = 10_000_000_000
#: more than any country has, and than any settlement
RESIDENTS, INHABITANTS = 2_000_000_000, 100_000_000
#: nothing that is measured here was known before; a year of four figures is no slip
_FIRST_DAY = pd.Timestamp("1900-01-01")
_YEARS = (1900, 2100)
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
    rows = pd.DataFrame({"_row": table["_row"], field: shown})
    refused.add_frame(rows, field=field, reason=reason)


def refuse_each(
    refused: Rejections, table: pd.DataFrame, reasons: pd.Series, *, field: str
) -> None:
    """Refuse the rows that have a reason, each for its own."""
    for reason in reasons.dropna().unique():
        refuse(refused, table[reasons == reason], field=field, reason=str(reason))


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


def counts(
    table: pd.DataFrame,
    column: str,
    refused: Rejections,
    *,
    drop: bool = False,
    most: int = _MOST,
) -> pd.DataFrame:
    """Turn a column into whole numbers of people (or things), none below zero.

    Parameters
    ----------
    table
        Has the text column and ``_row``.
    column
        Empty stays NA; a negative, broken or fractional number is refused.
    refused
        Takes the bad values.
    drop
        True: the whole row goes; False: only the field becomes NA.
    most
        No more can be.
    """
    parsed, reasons = read_numbers(table[column], thousands=True)
    for fault, reason in (
        (parsed < 0, "a count below zero"),
        (parsed % 1 != 0, "not a whole number"),
        (parsed > most, f"more than there can be ({most:,})"),
    ):
        reasons = reasons.mask(reasons.isna() & parsed.notna() & fault, reason)
    rest = "row refused" if drop else "field left empty, row kept"
    refuse_each(refused, table, reasons + f" ({rest})", field=column)
    bad = reasons.notna()
    out = table.copy()
    out[column] = parsed.mask(bad).astype("Int64")
    return out[~bad] if drop else out


def years(table: pd.DataFrame, column: str, refused: Rejections) -> pd.DataFrame:
    """Return the rows whose year is one from 1900 to 2100 (or empty), as numbers."""
    parsed, reasons = read_numbers(table[column], thousands=True)
    strange = parsed.notna() & (~parsed.between(*_YEARS) | (parsed % 1 != 0))
    reasons = reasons.mask(strange, f"not a year from {_YEARS[0]} to {_YEARS[1]}")
    refuse_each(refused, table, reasons, field=column)
    return table.assign(**{column: parsed.astype("Float64")})[reasons.isna()]


def days(
    table: pd.DataFrame, column: str, refused: Rejections
) -> tuple[pd.DataFrame, pd.Series]:
    """Return the rows whose day is ISO (or empty), and these days.

    A day like 01.02.2024 is refused: it reads differently in two countries. So is one
    before 1900, a slip of the hand.
    """
    text = table[column].astype("str")
    iso = text.str.fullmatch(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}", na=False)
    parsed = pd.to_datetime(text.where(iso), format="%Y-%m-%d", errors="coerce")
    reasons = pd.Series(pd.NA, index=table.index, dtype="str")
    for fault, reason in (
        (~iso, "not a day of the form YYYY-MM-DD"),
        (parsed.isna(), "there is no such day"),
        (parsed < _FIRST_DAY, "a day before 1900"),
    ):
        reasons = reasons.mask(reasons.isna() & text.notna() & fault, reason)
    refuse_each(refused, table, reasons, field=column)
    good = reasons.isna()
    return table[good], parsed[good].astype("datetime64[s]")


def truths(table: pd.DataFrame, column: str, refused: Rejections) -> pd.DataFrame:
    """Turn a column into ``yes`` and ``no``; all else refuses the row."""
    text = table[column].str.lower()
    answer = pd.Series(pd.NA, index=table.index, dtype="str")
    answer[text.isin(YES)] = "yes"
    answer[text.isin(NO)] = "no"
    refuse(
        refused,
        table[answer.isna()],
        field=column,
        reason="must be yes or no; empty if unknown",
    )
    return table.assign(**{column: answer})[answer.notna()]


def unique(
    table: pd.DataFrame, key: str, refused: Rejections, *, what: str, value: str = ""
) -> pd.DataFrame:
    """Keep the first row of each key; a row without key or a second one is refused."""
    column = value or key
    missing = table[key].isna()
    refuse(refused, table[missing], field=column, reason=f"{what} is missing")
    table = table[~missing]
    again = table.duplicated(key)
    if again.any():
        first = table.drop_duplicates(key).set_index(key)["_row"]
        for row, name, shown in table.loc[again, ["_row", key, column]].itertuples(
            index=False
        ):
            refused.add(
                row=row,
                field=column,
                value=shown,
                reason=f"{what} appears again (first in row {first[name]})",
            )
    return table[~again]


def bounds_text(country: Country) -> str:
    """Return the bounds of the country for a message."""
    west, south, east, north = country.bounds
    return f"{country.code} (lon {west:g} to {east:g}, lat {south:g} to {north:g})"


def points(
    table: pd.DataFrame,
    country: Country,
    refused: Rejections,
    *,
    lon: str = "lon",
    lat: str = "lat",
    missing: Literal["refuse", "keep"] = "refuse",
) -> pd.DataFrame:
    """Turn two text columns into ``lon`` and ``lat`` in degrees.

    Refused are rows without coordinates (unless ``missing="keep"``), with a text that
    is no number, at 0,0 (a provider's way to say unknown) and outside the country.
    """
    x, y = numbers(table[lon]), numbers(table[lat])
    absent = table[lon].isna() & table[lat].isna()
    partial = (table[lon].isna() | table[lat].isna()) & ~absent
    broken = ~absent & ~partial & (x.isna() | y.isna())
    zero = (x == 0) & (y == 0)
    west, south, east, north = country.bounds
    inside = x.between(west, east) & y.between(south, north)
    outside = x.notna() & y.notna() & ~zero & ~inside
    for fault, reason in (
        (absent if missing == "refuse" else absent & False, "coordinates missing"),
        (partial, "one of the two coordinates is missing"),
        (broken, "coordinates are not numbers"),
        (zero, "coordinates 0,0 stand for unknown"),
        (outside, f"outside the bounds of {bounds_text(country)}"),
    ):
        both = table.loc[fault, [lon, lat]].astype("str").fillna("")
        refuse(
            refused,
            table[fault].assign(_point=both[lon] + " " + both[lat]),
            field=f"{lon},{lat}",
            value="_point",
            reason=reason,
        )
    good = inside | (absent if missing == "keep" else absent & False)
    return table.assign(lon=x, lat=y)[good]
