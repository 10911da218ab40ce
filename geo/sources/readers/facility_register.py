"""A list of facilities (CSV): an office's own, or one compiled from their pages.

A row needs an id, a kind of :class:`geo.types.FacilityKind` (or a word that the feed
translates) and either coordinates in degrees or a settlement (code or name); with a
settlement alone it may stand anywhere within it. The address goes before the remark.
One with a ``year_of_closing`` that has come by the day of the source is closed: it
stays listed, and no way leads to it.
"""

from collections.abc import Iterable
from typing import Any

import pandas as pd
from pydantic import Field

from geo.sources.readers.base import Reading
from geo.sources.readers.doubt import DOUBTFUL, doubt, fits
from geo.sources.readers.facilities_lost import facilities_lost
from geo.sources.readers.fields import plain_codes
from geo.sources.readers.rules import filled, key, point, refuse_where, word, year
from geo.sources.readers.table import ColumnOptions, Table, same
from geo.sources.workbook.tables import CLOSED
from geo.types import FacilityKind, Status

OPTIONAL = (
    "address", "hours", "staff_days", "services", "remark", "year_of_closing",
)  # fmt: skip
#: of a list that was compiled: how a row was matched, whose the point is, and the raion
#: of its address, in which it must lie
_COMPILED = ("match", "point_of", "raion_name")


class RegisterOptions(ColumnOptions):
    """Options of this reader.

    Attributes
    ----------
    supplier
        The office that sent the list.
    kinds
        Word of the file -> our kind, or nothing where it means none of ours: such rows
        are counted in a note and left out. Without it the words are our own.
    named
        What a name may be like (``*`` for any text) -> the kind that it means, or
        nothing, whatever kind the list says: the first that fits holds.
    settlement_points
        What stands in ``point_of`` where the point is not the facility's own, but that
        of its settlement: then the settlement alone is known.
    doubtful
        What stands in ``match`` (``*`` for any text) where the row is refused.
    """

    supplier: str = ""
    kinds: dict[str, FacilityKind | None] | None = None
    named: dict[str, FacilityKind | None] = Field(default_factory=dict)
    settlement_points: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()


_At = Reading[RegisterOptions]


def _words(at: _At) -> Iterable[str]:
    return FacilityKind if at.options.kinds is None else at.options.kinds


def _ours(table: pd.DataFrame, at: _At) -> pd.DataFrame:
    """Translate the kinds, and leave out what is none of ours."""
    kinds = table["kind"]
    if at.options.kinds is not None:
        kinds = kinds.map(at.options.kinds).astype("str")
    ours = kinds.notna()
    for pattern, meant in reversed(at.options.named.items()):
        named = ours & fits(table["name"].str.casefold(), [pattern.casefold()])
        kinds = kinds.mask(named, meant)
    left = table.loc[kinds.isna(), "kind"].value_counts()
    if len(left):
        listed = ", ".join(f"{kind} {count}" for kind, count in left.items())
        at.notes.append(f"{left.sum()} rows are no facility of ours: {listed}")
    return table.assign(kind=kinds)[kinds.notna()]


def _placed(table: pd.DataFrame, at: _At) -> pd.DataFrame:
    """Forget the points that are those of the settlements."""
    theirs = table["point_of"].isin(at.options.settlement_points)
    theirs &= table["settlement"].notna()
    return table.assign(
        settlement=plain_codes(table["settlement"]),
        lon=table["lon"].mask(theirs),
        lat=table["lat"].mask(theirs),
    )


def _declared(table: pd.DataFrame, at: _At) -> pd.DataFrame:
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


def _nowhere(table: pd.DataFrame, _: Any) -> pd.Series:
    return table[["lon", "lat", "settlement"]].isna().all(axis=1)


read = Table(
    "facilities",
    same("id", "kind", "name", "lon", "lat", "settlement", *OPTIONAL, *_COMPILED),
    optional=(*OPTIONAL, *_COMPILED),
    must=("id", "kind", "name", "lon", "lat", "settlement"),
    also=("name_",),
    separator=None,
    options=RegisterOptions,
    steps=(
        *filled("kind"),
        word("kind", _words, "kind"),
        _ours,
        *key("id", "the id"),
        refuse_where("match", DOUBTFUL, doubt),
        _placed,
        refuse_where(
            "settlement", "neither coordinates nor a settlement is given", _nowhere
        ),
        point(needed=False),
        year("year_of_closing"),
        _declared,
    ),
    losing=facilities_lost,
)
