"""Mobile cells of OpenCelliD (CSV without a header line)."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

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
from geo.sources.readers.fields import counts, points, refuse, unique
from geo.sources.result import ReadResult

#: The columns of https://wiki.opencellid.org, in order.
COLUMNS = (
    "radio",
    "mcc",
    "net",
    "area",
    "cell",
    "unit",
    "lon",
    "lat",
    "range",
    "samples",
    "changeable",
    "created",
    "updated",
    "average_signal",
)
GENERATIONS = {"GSM": 2, "CDMA": 2, "UMTS": 3, "LTE": 4, "NR": 5}


class CellOptions(Options):
    """``mcc``: mobile country codes of the country; cells of others are refused."""

    mcc: tuple[int, ...] | int

    @property
    def codes(self) -> tuple[str, ...]:
        """The mobile country codes as text."""
        given = (self.mcc,) if isinstance(self.mcc, int) else self.mcc
        return tuple(str(code) for code in given)


def read(
    path: Path, source: SourceInfo, country: Country, options: Mapping[str, Any]
) -> ReadResult:
    """Read observed radio cells into ``cells``.

    ``updated`` is the UTC day of the last observation, ``range_m`` the provider's
    estimate in metres. Refused are cells of another country code, of an unknown radio,
    without a usable point, and second rows of a cell.

    Raises
    ------
    SourceFormatError
        If the file as a whole is unusable.
    """
    chosen = parse_options(CellOptions, options)
    refused = refusals(path, source)
    table = read_rows(path, refused, needed=(), header=COLUMNS)
    foreign = ~table["mcc"].isin(chosen.codes)
    refuse(
        refused,
        table[foreign],
        field="mcc",
        reason=f"the country code is not {' or '.join(chosen.codes)}",
    )
    table = table[~foreign]
    generation = table["radio"].str.upper().map(GENERATIONS)
    refuse(
        refused,
        table[generation.isna()],
        field="radio",
        reason=f"unknown radio; known are {', '.join(GENERATIONS)}",
    )
    table = table.assign(generation=generation)[generation.notna()]
    table = points(table, country, refused)
    table["cell_id"] = (
        table["radio"].str.upper()
        + "-"
        + table["mcc"]
        + "-"
        + table["net"]
        + "-"
        + table["area"]
        + "-"
        + table["cell"]
    )
    table = unique(table, "cell_id", refused, what="the cell")
    for column in ("range", "samples", "updated"):
        table = counts(table, column, refused)
    table = table.rename(columns={"range": "range_m"})
    table["updated"] = _utc_day(table["updated"])
    return finished("cells", table, refused)


def _utc_day(seconds: pd.Series) -> pd.Series:
    # 0 is how the provider writes "never", not a day of 1970.
    stamps = pd.to_datetime(seconds.where(seconds > 0), unit="s", errors="coerce")
    return stamps.dt.floor("D").astype("datetime64[s]")
