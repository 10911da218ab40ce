"""How whole a supply list is: by layer, kind, source, area and period.

What nobody has stated to be complete is incomplete. Near the border of a complete
area a nearer supply point may lie in the incomplete neighbour, so completeness is a
distance: how far around a settlement the list is known to be whole.
"""

from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.layers.names import area_key
from geo.sources.country import Completeness, Country

#: all kinds, all areas
_ALL = "*"


def complete_areas(
    statements: tuple[Completeness, ...],
    areas: pd.DataFrame,
    *,
    layer: str,
    kind: str,
    on: date,
) -> set[str] | None:
    """Return the raion ids for which the list is stated to be whole.

    Returns
    -------
    set or None
        None means the whole country.
    """
    found: set[str] = set()
    for said in statements:
        if said.layer != layer or said.kind not in (_ALL, kind):
            continue
        if said.valid_from and on < said.valid_from:
            continue
        if said.valid_to and on > said.valid_to:
            continue
        if said.area == _ALL:
            return None
        found |= area_ids(areas, (said.area,)) or set()
    return found


def known_radius_km(
    settlements: gpd.GeoDataFrame,
    areas: gpd.GeoDataFrame,
    country: Country,
    complete: set[str] | None,
) -> np.ndarray:
    """Return how many km around each settlement the list is known to be whole.

    Parameters
    ----------
    settlements, areas
        Layers; raion polygons in EPSG:4326.
    complete
        Raion ids with a complete list, or None for the whole country.

    Returns
    -------
    ndarray
        Shape (n,): +inf where the whole country is complete, 0 in an incomplete
        raion, else the distance to the nearest incomplete raion.
    """
    count = len(settlements)
    if complete is None:
        return np.full(count, np.inf)
    inside = settlements["raion_id"].isin(complete).to_numpy()
    radius = np.zeros(count)
    units = areas[(areas["level"] == "raion") & areas.geometry.notna()]
    open_ = units[~units["id"].isin(complete)]
    if not inside.any():
        return radius
    if open_.empty:
        radius[inside] = np.inf
        return radius
    shapes = open_.to_crs(country.crs_metric)
    points = settlements.loc[inside].to_crs(country.crs_metric)
    _, metres = shapes.sindex.nearest(
        points.geometry.to_numpy(), return_all=False, return_distance=True
    )
    # one UTM zone errs by up to 5 % across a wide country; stay on the safe side
    radius[inside] = np.asarray(metres) / 1000.0 * 0.95
    return radius


def whole_timetable(
    settlements: pd.DataFrame, areas: pd.DataFrame, country: Country, on: date
) -> NDArray[np.bool_]:
    """Tell where the trips of all carriers are in, shape (settlements,).

    A statement of kind ``*`` speaks of all carriers. Those of single carriers (their
    name is the kind) amount to the same where the country declares who serves the area
    and every one of them has one.
    """

    def raions(kind: str) -> set[str] | None:
        return complete_areas(
            country.completeness, areas, layer="timetable", kind=kind, on=on
        )

    def inside(found: set[str] | None) -> NDArray[np.bool_]:
        if found is None:
            return np.ones(len(settlements), bool)
        return settlements["raion_id"].isin(found).to_numpy(bool)

    if not country.carriers:
        return inside(raions(_ALL))
    told = np.ones(len(settlements), bool)
    served = np.zeros(len(settlements), bool)
    for carrier in country.carriers:
        here = inside(area_ids(areas, carrier.areas))
        told &= ~here | inside(raions(carrier.name))
        served |= here
    return inside(raions(_ALL)) | (served & told)


def area_ids(areas: pd.DataFrame, names: tuple[str, ...]) -> set[str] | None:
    """Return the ids of raions by name or id; None, everywhere, for ``*``."""
    if _ALL in names:
        return None
    units = areas[areas["level"] == "raion"]
    keys = {area_key(name) for name in names}
    hits = (
        units["id"].isin(names)
        | units["name_ru"].map(area_key).isin(keys)
        | units["name_be"].map(area_key).isin(keys)
    )
    return set(units.loc[hits, "id"])
