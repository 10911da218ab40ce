"""Rules of a table: what a cell or a row must hold, and why it is refused.

A rule takes the table at work and whatever has ``refused`` (and, to ask of it more, is
the reading), and returns what is left of the table. It says beforehand with which
reasons it may refuse, ``…`` standing for what depends on the row; every one of them has
a counterexample in the tests.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import pandas as pd

from geo.sources.numerals import NumeralFault
from geo.sources.quantities import unit_named
from geo.sources.readers.base import ROW
from geo.sources.readers.fields import (
    NO,
    YES,
    bounds_text,
    measured,
    numbers,
    read_numbers,
    reasons_for,
    refuse_each,
)
from geo.sources.vocabulary import strange_word
from geo.sources.workbook.faults import CellError
from geo.types import Tristate

#: column and reason of each refusal that there may be
Sentences = tuple[tuple[str, str], ...]
Found = tuple[pd.Series, pd.Series]
#: what becomes of a cell that is refused without its row
KEPT = " (field left empty, row kept)"
#: why a text is no number
NO_NUMERAL = tuple(fault.value for fault in NumeralFault)
#: more than the people on Earth, and than the seconds since 1970: no list counts more
_MOST = 10_000_000_000
#: nothing that is measured here was known before; a year of four figures is no slip
_FIRST_DAY = pd.Timestamp("1900-01-01")
_YEARS = (1900, 2100)
_ANSWERS = (
    dict.fromkeys(YES, Tristate.YES.value)
    | dict.fromkeys(NO, Tristate.NO.value)
    | {Tristate.UNKNOWN.value: Tristate.UNKNOWN.value}
)


Made_co = TypeVar("Made_co", covariant=True)


@dataclass(frozen=True)
class Refusals(Generic[Made_co]):
    """A step that may refuse rows, and beforehand says why."""

    sentences: Sentences
    step: Callable[[pd.DataFrame, Any], Made_co]

    def __call__(self, table: pd.DataFrame, at: Any) -> Made_co:
        """Return what the step makes of the table."""
        return self.step(table, at)


#: one step of reading a table: the table and the reading -> what is left of it
Step = Callable[[pd.DataFrame, Any], pd.DataFrame]
Rule = Refusals[pd.DataFrame]


def passed(table: pd.DataFrame, at: Any, *steps: Step) -> pd.DataFrame:
    """Return what is left of a table after steps, one after another."""
    for step in steps:
        table = step(table, at)
    return table


def refuses(
    said: Mapping[str, Iterable[str]],
) -> Callable[[Callable[[pd.DataFrame, Any], Made_co]], Refusals[Made_co]]:
    """Declare for what reasons a function may refuse rows, by column."""
    sentences = tuple((column, one) for column, every in said.items() for one in every)
    return lambda step: Refusals(sentences, step)


def rule(
    column: str,
    reasons: Iterable[str],
    found: Callable[[pd.DataFrame, Any], Found],
    *,
    keep: bool = False,
    rest: str = "",
) -> Rule:
    """Return the rule that a cell stands for something, or its row is refused.

    A column that is not there is let be.

    Parameters
    ----------
    column
        Takes what its cells stand for.
    reasons
        That there may be.
    found
        Table and reading -> what each cell stands for, and why it cannot be (NA: it
        can).
    keep
        Only the cell is emptied, the row stays.
    rest
        Stands behind each reason.
    """
    rest = KEPT if keep else rest

    def step(table: pd.DataFrame, at: Any) -> pd.DataFrame:
        if column not in table:
            return table
        values, why = found(table, at)
        refuse_each(at.refused, table, why + rest, field=column)
        if keep:
            return table.assign(**{column: values.mask(why.notna())})
        return table.assign(**{column: values})[why.isna()]

    return Refusals(tuple((column, reason + rest) for reason in reasons), step)


def refuse_where(
    column: str, reason: str, where: Callable[[pd.DataFrame, Any], pd.Series]
) -> Rule:
    """Return the rule that refuses the rows where something holds.

    With … in the ``reason``, ``where`` gives the whole reason of each row instead, NA
    where there is none.
    """

    def found(table: pd.DataFrame, at: Any) -> Found:
        told = where(table, at)
        why = told if "…" in reason else reasons_for((told.astype(bool), reason))
        return table[column], why

    return rule(column, [reason], found)


def filled(*columns: str, **what: str) -> tuple[Rule, ...]:
    """Return the rules that cells are not empty; ``column="what"`` names it else."""
    named = {column: f"the {column}" for column in columns} | what

    def one(column: str, name: str) -> Rule:
        reason = f"{name} is missing"
        return refuse_where(column, reason, lambda table, _: table[column].isna())

    return tuple(one(column, name) for column, name in named.items())


def word(
    column: str,
    known: Iterable[str] | Callable[[Any], Iterable[str]],
    what: str = "word",
    *,
    keep: bool = False,
) -> Rule:
    """Return the rule of a vocabulary: its spelling, whatever the case; empty stays so.

    ``known`` may ask the reading; ``what`` each word is, in the singular.
    """

    def found(table: pd.DataFrame, at: Any) -> Found:
        # a class of words may be called too, but is what it lists
        listed = known if isinstance(known, Iterable) else known(at)
        words = [str(one) for one in listed]
        written = table[column].astype("str")
        meant = written.str.casefold().map({one.casefold(): one for one in words})
        strange = written.where(meant.isna()).dropna().unique()
        said = {one: strange_word(one, words, what=what) for one in strange}
        return meant.astype("str"), written.map(said).astype("str")

    return rule(
        column, [f"must be one of … | no {what} is called so; …"], found, keep=keep
    )


def yes_no(column: str) -> Rule:
    """Return the rule that a cell is yes or no, in the words of any language here."""
    reason = "must be yes or no; empty if unknown"

    def found(table: pd.DataFrame, _: Any) -> Found:
        answers = table[column].astype("str").str.casefold().map(_ANSWERS)
        sure = answers.where(answers != Tristate.UNKNOWN.value).astype("str")
        return sure, reasons_for((sure.isna(), reason))

    return rule(column, [reason], found)


def yes_no_unknown(column: str) -> Rule:
    """Return the rule that a cell is yes, no, unknown or empty, else it is emptied."""
    reason = "must be yes, no or unknown"

    def found(table: pd.DataFrame, _: Any) -> Found:
        cells = table[column].astype("str")
        answers = cells.str.casefold().map(_ANSWERS).astype("str")
        return answers, reasons_for((cells.notna() & answers.isna(), reason))

    return rule(column, [reason], found, keep=True)


def count(column: str, *, most: int = _MOST, keep: bool = False) -> Rule:
    """Return the rule of a whole number of people (or things), or nothing."""
    further = (
        "a count below zero",
        "not a whole number",
        f"more than there can be ({most:,})",
    )

    def found(table: pd.DataFrame, _: Any) -> Found:
        parsed, why = read_numbers(table[column], thousands=True)
        known = parsed.notna()
        faults = (parsed < 0, known & (parsed % 1 != 0), parsed > most)
        why = why.fillna(reasons_for(*zip(faults, further, strict=True)))
        return parsed.mask(why.notna()).astype("Int64"), why

    reasons = (*NO_NUMERAL, *further)
    return rule(column, reasons, found, keep=keep, rest=" (row refused)")


def year(column: str) -> Rule:
    """Return the rule of a year from 1900 to 2100, or nothing."""
    strange = f"not a year from {_YEARS[0]} to {_YEARS[1]}"

    def found(table: pd.DataFrame, _: Any) -> Found:
        parsed, why = read_numbers(table[column], thousands=True)
        fault = parsed.notna() & (~parsed.between(*_YEARS) | (parsed % 1 != 0))
        return parsed, why.fillna(reasons_for((fault, strange)))

    return rule(column, (*NO_NUMERAL, strange), found)


def day(column: str) -> Rule:
    """Return the rule of an ISO day, or nothing.

    A day like 01.02.2024 is refused: it reads differently in two countries. So is one
    before 1900, a slip of the hand.
    """
    reasons = (
        "not a day of the form YYYY-MM-DD",
        "there is no such day",
        "a day before 1900",
    )

    def found(table: pd.DataFrame, _: Any) -> Found:
        text = table[column].astype("str")
        iso = text.str.fullmatch(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}", na=False)
        parsed = pd.to_datetime(text.where(iso), format="%Y-%m-%d", errors="coerce")
        faults = (~iso, parsed.isna(), parsed < _FIRST_DAY)
        given = [text.notna() & fault for fault in faults]
        return (
            parsed.astype("datetime64[s]"),
            reasons_for(*zip(given, reasons, strict=True)),
        )

    return rule(column, reasons, found)


def measure(column: str, unit: str, said: str) -> Rule:
    """Return the rule of a number in a unit of ``data/indicators.yaml``, or nothing."""

    def found(table: pd.DataFrame, _: Any) -> Found:
        # what is on offer is round and runs into thousands: 1,000 is no speed of 1
        fault = unit_named(unit).fault
        return measured(table[column], fault, thousands=True)

    reasons = (*NO_NUMERAL, "below zero", "more than …")
    return rule(column, reasons, found, rest=f" ({said})")


def parsed(column: str, parse: Callable[[str], object], reasons: Iterable[str]) -> Rule:
    """Return the rule that a function can read a cell; an empty one is None.

    Its :class:`CellError` refuses the row; ``reasons`` are those that it may have.
    """

    def found(table: pd.DataFrame, _: Any) -> Found:
        made: dict[object, object] = {}
        said: dict[object, str] = {}
        for index, text in table[column].items():
            try:
                made[index] = None if pd.isna(text) else parse(str(text))
            except CellError as error:
                made[index], said[index] = None, str(error)
        why = pd.Series(said, dtype="str").reindex(table.index)
        return pd.Series(made, index=table.index, dtype="object"), why

    return rule(column, reasons, found)


def unique(column: str, what: str) -> Rule:
    """Return the rule that of several rows with one key the first has it."""
    again = f"{what} appears again (first in row "

    def found(table: pd.DataFrame, _: Any) -> Found:
        keys = table[column]
        first = table.drop_duplicates(column).set_index(column)[ROW].astype("str")
        why = again + keys.map(first) + ")"
        return keys, why.where(table.duplicated(column)).astype("str")

    return rule(column, [again + "…)"], found)


def key(column: str, what: str) -> tuple[Rule, ...]:
    """Return the rules that each row has a key of its own."""
    return (*filled(**{column: what}), unique(column, what))


def point(lon: str = "lon", lat: str = "lat", *, needed: bool = True) -> Rule:
    """Return the rule of two columns that become ``lon`` and ``lat`` in degrees.

    Refused are rows without coordinates (where they are needed), with a text that is no
    number, at 0,0 (a provider's way to say unknown) and outside the country.
    """
    partial = "one of the two coordinates is missing"
    broken, zero = "coordinates are not numbers", "coordinates 0,0 stand for unknown"
    absent, outside = "coordinates missing", "outside the bounds of …"
    reasons = (*([absent] if needed else []), partial, broken, zero, outside)

    def step(table: pd.DataFrame, at: Any) -> pd.DataFrame:
        x, y = numbers(table[lon]), numbers(table[lat])
        none = table[lon].isna() & table[lat].isna()
        west, south, east, north = at.country.bounds
        why = reasons_for(
            (none, absent),
            (table[lon].isna() | table[lat].isna(), partial),
            (x.isna() | y.isna(), broken),
            ((x == 0) & (y == 0), zero),
            (
                ~(x.between(west, east) & y.between(south, north)),
                outside.replace("…", bounds_text(at.country)),
            ),
        )
        if not needed:
            why = why.mask(none)
        both = table[[lon, lat]].astype("str").fillna("")
        named = table.assign(_point=both[lon] + " " + both[lat])
        refuse_each(at.refused, named, why, field=f"{lon},{lat}", value="_point")
        return table.assign(lon=x, lat=y)[why.isna()]

    return Refusals(tuple((f"{lon},{lat}", reason) for reason in reasons), step)
