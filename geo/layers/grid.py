"""An analytic grid for countries whose administrative outlines are not supplied.

It is marked ``analytic`` everywhere: a cell is no administrative unit.
"""

import geopandas as gpd
import numpy as np
import shapely

from geo.sources.country import Country


def grid_areas(
    settlements: gpd.GeoDataFrame, country: Country
) -> tuple[gpd.GeoDataFrame, np.ndarray]:
    """Return square cells that hold settlements, and each settlement's cell id.

    Parameters
    ----------
    settlements
        Points in EPSG:4326.
    country
        ``grid_km`` is the side of a cell in the metric CRS.
    """
    side = float(country.grid_km or 0) * 1000.0
    metric = settlements.geometry.to_crs(country.crs_metric)
    column = np.floor(metric.x.to_numpy() / side).astype(int)
    row = np.floor(metric.y.to_numpy() / side).astype(int)
    ids = np.array(
        [f"grid:{int(side / 1000)}km:{c}:{r}" for c, r in zip(column, row, strict=True)]
    )
    cells, first = np.unique(ids, return_index=True)
    x, y = column[first] * side, row[first] * side
    boxes = gpd.GeoSeries(
        shapely.box(x, y, x + side, y + side), crs=country.crs_metric
    ).to_crs("EPSG:4326")
    named = [name.removeprefix("grid:") for name in cells]
    return (
        gpd.GeoDataFrame(
            {
                "id": cells,
                "level": "grid",
                "name": named,
                "parent": country.code,
                "analytic": True,
                "source": "analytic grid",
            },
            geometry=boxes.to_numpy(),
            crs="EPSG:4326",
        ),
        ids,
    )
