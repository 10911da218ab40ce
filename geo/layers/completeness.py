"""How whole a supply list is: by layer, kind, source, area and period.

What nobody has stated to be complete is incomplete. Near the border of a complete
area a nearer supply point may lie in the incomplete neighbour, so completeness is a
distance: how far around a settlement the list is known to be whole.
"""

from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.layers.names import area_key
from geo.sources.country import Completeness, Country


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
    units = areas[areas["level"] == "raion"]
    for said in statements:
        if said.layer != layer or said.kind not in ("*", kind):
            continue
        if said.valid_from and on < said.valid_from:
            continue
        if said.valid_to and on > said.valid_to:
            continue
        if said.area == "*":
            return None
        key = area_key(said.area)
        hits = units[
            (units["id"] == said.area)
            | (units["name_ru"].map(area_key) == key)
            | (units["name_be"].map(area_key) == key)
        ]
        found |= set(hits["id"])
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
