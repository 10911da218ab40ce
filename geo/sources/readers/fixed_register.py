"""An operator's list of settlements with fixed access (CSV)."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from geo.sources.country import Country
from geo.sources.quantities import unit_named
from geo.sources.readers.base import (
    Options,
    SourceInfo,
    finished,
    parse_options,
    read_rows,
    refusals,
)
from geo.sources.readers.fields import (
    days,
    read_numbers,
    refuse,
    refuse_each,
    truths,
)
from geo.sources.result import ReadResult

NEEDED = ("settlement", "available")
OPTIONAL = ("technology", "max_mbps", "date", "operator")


class FixedOptions(Options):
    """``operator``: who sent the list, for rows that do not say."""

    operator: str | None = None


def read(
    path: Path,
    source: SourceInfo,
    country: Country,  # noqa: ARG001 - the signature of all readers
    options: Mapping[str, Any],
) -> ReadResult:
    """Read fixed access by settlement into ``fixed``.

    ``available`` is yes or no, ``max_mbps`` the highest download speed on offer in
    Mbit/s, ``date`` the day it is true for (ISO). A settlement that is not in the list
    stays unknown.

    Raises
    ------
    SourceFormatError
        If the file as a whole is unusable.
    """
    chosen = parse_options(FixedOptions, options)
    refused = refusals(path, source)
    table = read_rows(path, refused, needed=NEEDED, separator=None)
    for column in OPTIONAL:
        if column not in table:
            table[column] = pd.Series(pd.NA, index=table.index, dtype="str")
    nameless = table["settlement"].isna()
    refuse(
        refused, table[nameless], field="settlement", reason="the settlement is missing"
    )
    table = truths(table[~nameless], "available", refused)
    table, day = days(table, "date", refused)
    table = table.assign(date=day)
    # what is on offer is round and runs into thousands: 1,000 is no speed of 1
    speed, reasons = read_numbers(table["max_mbps"], thousands=True)
    beyond = speed.dropna().map(unit_named("Mbit/s").fault).dropna()
    reasons[beyond.index] = beyond
    reasons += " (a speed is in Mbit/s)"
    refuse_each(refused, table, reasons, field="max_mbps")
    out = table.assign(max_mbps=speed, place_ref=table["settlement"])[reasons.isna()]
    if chosen.operator:
        out["operator"] = out["operator"].fillna(chosen.operator)
    return finished("fixed", out, refused)
