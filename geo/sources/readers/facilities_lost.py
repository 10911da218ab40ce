"""Supply points that may exist although their rows were refused."""

from typing import Any

import numpy as np
import pandas as pd

from geo.sources.readers.base import Reading
from geo.sources.readers.fields import numbers
from geo.types import FacilityKind

_KINDS = {kind.value.casefold(): kind.value for kind in FacilityKind}


def facilities_lost(
    refused: pd.DataFrame, at: Reading[Any], kind: FacilityKind | None = None
) -> pd.DataFrame:
    """Return what is left of refused rows: canonical ``facilities_lost``.

    Parameters
    ----------
    refused
        As they stand in the file, under our names: ``lon``, ``lat``, and ``kind`` and
        ``settlement`` where the file has such columns.
    at
        The reading.
    kind
        Of all rows, where the file lists one kind.
    """
    west, south, east, north = at.country.bounds
    lon, lat = numbers(refused["lon"]), numbers(refused["lat"])
    there = lon.between(west, east) & lat.between(south, north)
    there &= (lon != 0) | (lat != 0)
    words = getattr(at.options, "kinds", None)
    kinds = _KINDS if words is None else {w.casefold(): k for w, k in words.items()}
    said = refused["kind"].str.casefold().map(kinds) if "kind" in refused else kind
    return pd.DataFrame(
        {
            "kind": said,
            "lon": lon.where(there, np.nan),
            "lat": lat.where(there, np.nan),
            "place_ref": refused.get("settlement"),
        },
        index=refused.index,
    )
