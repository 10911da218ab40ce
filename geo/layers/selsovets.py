"""Selsovets: which places are theirs, by the codes of the census.

No source has their outlines. The census tells the selsovet of the places that it
names; a book of names of its time tells that of smaller ones by its name. Selsovets
were merged since, so what is said here is the selsovet of the census's year.
"""

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.layers.census import NEAR_KM, raion_of_rows, selsovet_points
from geo.layers.geodesy import geodesic_km
from geo.layers.names import area_key
from geo.sources.country import Country
from geo.sources.result import REJECTED_COLUMNS

#: how far from the mean point of its other places a place of a selsovet may lie
_FAR_KM = 2 * NEAR_KM


def with_selsovets(
    places: pd.DataFrame, census: pd.DataFrame, areas: pd.DataFrame, country: Country
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give places without a code the selsovet that a register names, and all their id.

    Only a selsovet that the census has once by this name in the place's own raion, and
    whose other places lie near: else the register means one of another time or place.

    Parameters
    ----------
    places
        Settlements with ``selsovet_code``, ``_selsovet_said`` and ``_selsovet_by``.
    census, areas
        Release table with outcomes, and areas of the raion level.
    country
        Names the scheme of the codes.

    Returns
    -------
    tuple
        The places with ``selsovet_id``, and what was refused.
    """
    out = places.copy()
    raion = raion_of_rows(census, places, areas)
    known = pd.DataFrame(
        {"raion": raion, "key": census["selsovet_name"].map(area_key)}
    ).assign(code=census["code"], name=census["selsovet_name"])
    known = known.dropna().drop_duplicates(["raion", "key", "code"])
    known = known[~known.duplicated(["raion", "key"], keep=False)]
    known = known.set_index(["raion", "key"])
    said = out[out["selsovet_code"].isna() & out["_selsovet_said"].notna()]
    said = said[~said["_selsovet_declared"].astype(bool)]
    keys = pd.MultiIndex.from_arrays(
        [said["raion_id"], said["_selsovet_said"].map(area_key)]
    )
    found = known.reindex(keys).set_axis(said.index)
    centre = selsovet_points(census, places).reindex(found["code"])
    km = geodesic_km(
        *(said[name].to_numpy(float) for name in ("lon", "lat")),
        *(centre[name].to_numpy(float) for name in ("lon", "lat")),
    )
    far = pd.Series(km > _FAR_KM, index=said.index)
    taken = found[found["code"].notna() & ~far]
    out.loc[taken.index, "selsovet_code"] = taken["code"]
    out.loc[taken.index, "selsovet_name"] = taken["name"]
    code = out["selsovet_code"]
    coded = code.notna() & out["raion_id"].notna()
    out["selsovet_id"] = (f"{country.code_scheme}:" + code.astype("str")).where(coded)
    return out, _refused(said[found["code"].notna() & far])


def _refused(far: pd.DataFrame) -> pd.DataFrame:
    reason = f"more than {_FAR_KM:g} km from the other places of this selsovet"
    return pd.DataFrame(
        {
            "source": far["_selsovet_by"],
            "file": "layer places",
            "row": far["id"],
            "field": "selsovet_name",
            "value": far["_selsovet_said"],
            "reason": f"{reason} (selsovet left out, row kept)",
        },
        columns=list(REJECTED_COLUMNS),
    ).astype("str")


def selsovet_areas(places: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return the selsovets that are known by code, as areas without outlines."""
    known = places[places["selsovet_id"].notna()]
    # its parent is the raion of most of its places: a city may have swallowed some
    members = known.groupby(["selsovet_id", "raion_id"])["id"].transform("size")
    first = known.assign(_members=members).sort_values(
        ["selsovet_id", "_members", "id"], ascending=[True, False, True]
    )
    first = first.drop_duplicates("selsovet_id")
    return gpd.GeoDataFrame(
        {
            "id": first["selsovet_id"].to_numpy(),
            "level": "selsovet",
            "name": first["selsovet_name"].to_numpy(),
            "name_ru": first["selsovet_name"].to_numpy(),
            "parent": first["raion_id"].to_numpy(),
            "analytic": False,
            "source": first["_source"].to_numpy(),
            "geometry": np.full(len(first), None),
        },
        geometry="geometry",
        crs="EPSG:4326",
    )
