"""Postal codes of GeoNames, taken for post offices (status assumed)."""

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
from geo.sources.readers.fields import counts, points, refuse
from geo.sources.result import ReadResult, Rejections
from geo.types import FacilityKind, Status

#: The columns of https://download.geonames.org/export/zip/readme.txt, in order.
COLUMNS = (
    "country",
    "code",
    "name",
    "admin1",
    "admin1_code",
    "admin2",
    "admin2_code",
    "admin3",
    "admin3_code",
    "lat",
    "lon",
    "accuracy",
)
_ISO_LENGTH = 2


class PostalOptions(Options):
    """``min_accuracy``: from here on the point is good enough for a distance.

    GeoNames: 1 estimated, 4 on the place, 6 centroid of addresses.
    ``country_code``: rows of other countries are refused; by default the country's
    own code where that has two letters.
    """

    min_accuracy: int = 4
    country_code: str | None = None


def read(
    path: Path, source: SourceInfo, country: Country, options: Mapping[str, Any]
) -> ReadResult:
    """Read postal codes into ``facilities`` of kind post_office.

    A code is no proof of an open office, so the status is ``assumed``. A point that
    GeoNames only estimated, or a code at several points, is kept with ``located``
    False. Refused are rows of another country, second rows of a code at the same point,
    and points outside the country.

    Raises
    ------
    SourceFormatError
        If the file as a whole is unusable.
    """
    chosen = parse_options(PostalOptions, options)
    refused = refusals(path, source)
    table = read_rows(path, refused, needed=(), separator="\t", header=COLUMNS)
    code = chosen.country_code or country.code
    if len(code) == _ISO_LENGTH:
        foreign = table["country"].str.upper() != code.upper()
        refuse(
            refused,
            table[foreign],
            field="country",
            reason=f"the row is not of {code.upper()}",
        )
        table = table[~foreign]
    missing = table["code"].isna()
    refuse(refused, table[missing], field="code", reason="the postal code is missing")
    table = points(table[~missing], country, refused, missing="keep")
    out = _offices(_one_per_point(table, refused), chosen.min_accuracy)
    coarse = int((~out["located"]).sum())
    note = (
        f"{len(out)} postal codes, {coarse} of them too coarse for a distance; a code "
        "is no proof of an open office"
    )
    return finished("facilities", out, refused, notes=(note,))


def _one_per_point(table: pd.DataFrame, refused: Rejections) -> pd.DataFrame:
    """Keep the most accurate row of each code and point; the others name one office."""
    ranked = counts(table, "accuracy", refused).sort_values(
        "accuracy", ascending=False, kind="stable", na_position="last"
    )
    again = ranked.duplicated(["code", "lon", "lat"])
    refuse(
        refused,
        ranked[again].sort_values("_row"),
        field="code",
        reason="the postal code appears again at the same point",
    )
    return ranked[~again].sort_values("_row")


def _offices(table: pd.DataFrame, min_accuracy: int) -> pd.DataFrame:
    # A code at two points is one office at an unknown one of them.
    several = table.duplicated("code", keep=False)
    nth = table.groupby("code").cumcount()
    exact = (table["accuracy"] >= min_accuracy).fillna(value=False).astype(bool)
    located = exact & table["lon"].notna() & ~several
    told = "GeoNames accuracy " + table["accuracy"].astype("str")
    remark = told.fillna("GeoNames accuracy not given")
    remark = remark.mask(~located, remark + ": too coarse for a distance")
    return pd.DataFrame(
        {
            "facility_id": ("post:" + table["code"]).where(
                nth == 0, "post:" + table["code"] + ":" + (nth + 1).astype("str")
            ),
            "kind": FacilityKind.POST_OFFICE.value,
            "name": table["name"],
            "lon": table["lon"],
            "lat": table["lat"],
            "status": Status.ASSUMED.value,
            "located": located,
            "remark": remark.mask(several, "the code stands at several points"),
            "_row": table["_row"],
        }
    )
