"""An office's own list of facilities (CSV), status declared."""

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
from geo.sources.readers.fields import points, refuse, unique, years
from geo.sources.readers.words import worded
from geo.sources.result import ReadResult, Rejections
from geo.sources.workbook.tables import CLOSED
from geo.types import FacilityKind, Status

NEEDED = ("id", "kind", "name", "lon", "lat", "settlement")
OPTIONAL = (
    "address",
    "hours",
    "staff_days",
    "services",
    "remark",
    "year_of_closing",
)


class RegisterOptions(Options):
    """``supplier``: the office that sent the list."""

    supplier: str = ""


def read(
    path: Path, source: SourceInfo, country: Country, options: Mapping[str, Any]
) -> ReadResult:
    """Read a register of facilities into ``facilities`` (status declared).

    Separator ``,``, ``;`` or tab; decimal comma allowed. A row needs an id, a kind of
    :class:`geo.types.FacilityKind` and either coordinates in degrees or a settlement
    (code or name); with a settlement alone it may stand anywhere within it. The
    address goes before the remark. One with a ``year_of_closing`` that has come by the
    day of the source is closed: it stays listed, and no way leads to it.

    Raises
    ------
    SourceFormatError
        If the file as a whole is unusable.
    """
    chosen = parse_options(RegisterOptions, options)
    refused = refusals(path, source)
    table = read_rows(path, refused, needed=NEEDED, separator=None)
    for column in OPTIONAL:
        if column not in table:
            table[column] = pd.Series(pd.NA, index=table.index, dtype="str")
    nameless = table["kind"].isna()
    refuse(refused, table[nameless], field="kind", reason="the kind is missing")
    table = worded(table[~nameless], "kind", FacilityKind, refused, what="kind")
    table = unique(table, "id", refused, what="the id")
    nowhere = table["lon"].isna() & table["lat"].isna() & table["settlement"].isna()
    refuse(
        refused,
        table[nowhere],
        field="settlement",
        reason="neither coordinates nor a settlement is given",
    )
    table = points(table[~nowhere], country, refused, missing="keep")
    table = _closed(table, source.date, refused)
    remark = table["address"].str.cat(table["remark"], sep="; ")
    out = table.assign(
        facility_id=f"{source.id}:" + table["id"],
        status=Status.DECLARED.value,
        located=True,
        place_ref=table["settlement"],
        remark=remark.fillna(table["address"]).fillna(table["remark"]),
    )
    notes = (f"supplied by {chosen.supplier}",) if chosen.supplier else ()
    return finished("facilities", out, refused, notes=notes)


def _closed(table: pd.DataFrame, day: str, refused: Rejections) -> pd.DataFrame:
    """Write over the hours of what has been closed; a year that is none is refused."""
    out = years(table, "year_of_closing", refused)
    # without a day of the source every closing has come
    come = out["year_of_closing"].notna()
    if day:
        come &= (out["year_of_closing"] <= int(day[:4])).fillna(value=False)
    return out.assign(hours=out["hours"].mask(come, CLOSED))
