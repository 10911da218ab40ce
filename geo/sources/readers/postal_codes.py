"""Postal codes of GeoNames, taken for post offices (status assumed).

A code is no proof of an open office. A point that GeoNames only estimated, or a code at
several points, is kept with ``located`` False.
"""

import pandas as pd

from geo.sources.readers.base import Options, Reading
from geo.sources.readers.rules import count, filled, point, refuse_where
from geo.sources.readers.table import Table, same
from geo.types import FacilityKind, Status

#: The columns of https://download.geonames.org/export/zip/readme.txt, in order.
HEADER = (
    "country", "code", "name", "admin1", "admin1_code", "admin2", "admin2_code",
    "admin3", "admin3_code", "lat", "lon", "accuracy",
)  # fmt: skip
_ISO_LENGTH = 2


class PostalOptions(Options):
    """``min_accuracy``: from here on the point is good enough for a distance.

    GeoNames: 1 estimated, 4 on the place, 6 centroid of addresses.
    ``country_code``: rows of other countries are refused; by default the country's
    own code where that has two letters.
    """

    min_accuracy: int = 4
    country_code: str | None = None


def _foreign(table: pd.DataFrame, at: Reading[PostalOptions]) -> pd.Series:
    code = (at.options.country_code or at.country.code).upper()
    known = (table["country"].str.upper() == code) | (len(code) != _ISO_LENGTH)
    said = f"the row is not of {code}"
    return pd.Series(said, index=table.index, dtype="str").mask(known)


def _less_exact(table: pd.DataFrame, _: Reading[PostalOptions]) -> pd.Series:
    """Tell the rows whose code has a more accurate row at the point, or an earlier."""
    ranked = table.sort_values(
        "accuracy", ascending=False, kind="stable", na_position="last"
    )
    return ranked.duplicated(["code", "lon", "lat"]).reindex(table.index)


def _offices(table: pd.DataFrame, at: Reading[PostalOptions]) -> pd.DataFrame:
    # A code at two points is one office at an unknown one of them.
    several = table.duplicated("code", keep=False)
    nth = table.groupby("code").cumcount()
    exact = (table["accuracy"] >= at.options.min_accuracy).fillna(value=False)
    located = exact.astype(bool) & table["lon"].notna() & ~several
    told = "GeoNames accuracy " + table["accuracy"].astype("str")
    remark = told.fillna("GeoNames accuracy not given")
    remark = remark.mask(~located, remark + ": too coarse for a distance")
    first = "post:" + table["code"]
    at.notes.append(
        f"{len(table)} postal codes, {int((~located).sum())} of them too coarse for a "
        "distance; a code is no proof of an open office"
    )
    return table.assign(
        facility_id=first.where(nth == 0, first + ":" + (nth + 1).astype("str")),
        kind=FacilityKind.POST_OFFICE.value,
        status=Status.ASSUMED.value,
        located=located,
        remark=remark.mask(several, "the code stands at several points"),
    )


read = Table(
    "facilities",
    same("country", "code", "name", "lat", "lon", "accuracy"),
    header=HEADER,
    separator="\t",
    options=PostalOptions,
    steps=(
        refuse_where("country", "the row is not of …", _foreign),
        *filled(code="the postal code"),
        point(needed=False),
        count("accuracy", keep=True),
        refuse_where(
            "code", "the postal code appears again at the same point", _less_exact
        ),
        _offices,
    ),
)
