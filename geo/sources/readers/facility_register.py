"""An office's own list of facilities (CSV), status declared.

A row needs an id, a kind of :class:`geo.types.FacilityKind` and either coordinates in
degrees or a settlement (code or name); with a settlement alone it may stand anywhere
within it. The address goes before the remark. One with a ``year_of_closing`` that has
come by the day of the source is closed: it stays listed, and no way leads to it.
"""

import pandas as pd

from geo.sources.readers.base import Options, Reading
from geo.sources.readers.facilities_lost import facilities_lost
from geo.sources.readers.rules import filled, key, point, refuse_where, word, year
from geo.sources.readers.table import Table, same
from geo.sources.workbook.tables import CLOSED
from geo.types import FacilityKind, Status

OPTIONAL = (
    "address", "hours", "staff_days", "services", "remark", "year_of_closing",
)  # fmt: skip


class RegisterOptions(Options):
    """``supplier``: the office that sent the list."""

    supplier: str = ""


def _declared(table: pd.DataFrame, at: Reading[RegisterOptions]) -> pd.DataFrame:
    if at.options.supplier:
        at.notes.append(f"supplied by {at.options.supplier}")
    # without a day of the source every closing has come
    closed = table["year_of_closing"].notna()
    if at.source.date:
        closed &= table["year_of_closing"] <= int(at.source.date[:4])
    remark = table["address"].str.cat(table["remark"], sep="; ")
    return table.assign(
        facility_id=f"{at.source.id}:" + table["id"],
        status=Status.DECLARED.value,
        located=True,
        place_ref=table["settlement"],
        hours=table["hours"].mask(closed, CLOSED),
        remark=remark.fillna(table["address"]).fillna(table["remark"]),
    )


read = Table(
    "facilities",
    same("id", "kind", "name", "lon", "lat", "settlement", *OPTIONAL),
    optional=OPTIONAL,
    also=("name_",),
    separator=None,
    options=RegisterOptions,
    steps=(
        *filled("kind"),
        word("kind", FacilityKind, "kind"),
        *key("id", "the id"),
        refuse_where(
            "settlement",
            "neither coordinates nor a settlement is given",
            lambda table, _: table[["lon", "lat", "settlement"]].isna().all(axis=1),
        ),
        point(needed=False),
        year("year_of_closing"),
        _declared,
    ),
    losing=facilities_lost,
)
