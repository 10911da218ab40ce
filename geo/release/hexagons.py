"""Geodesic hexagons: the cells of H3 in which settlements lie.

A country that fills a screen only from afar has more settlements than pixels, so it is
drawn by cells. Cells are of one size on the ground wherever they lie. They are numbered
in the order of their ids; numbers follow from the points of the settlements alone, so
that the maker of tiles and the server find the same.

Source: H3, a hexagonal hierarchical geospatial indexing system (Uber, h3geo.org).
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import h3.api.basic_int as h3
import numpy as np
import pyarrow as pa
import shapely
from numpy.typing import NDArray

from geo.errors import ReleaseError
from geo.layers.counted import counted_rows
from geo.release.columns import Floats, Positions, floats

#: Dots take over from this zoom of the map on.
DOTS_FROM = 8
#: The least screen, and the least width of a cell in the middle of a zoom, in pixels.
SCREEN, CELL = 320, 15
#: Pixels of the world at zoom 0, its metres around the equator, the poles of Mercator.
WORLD, EQUATOR, POLE = 512, 40_075_017, 85.0511
_COARSEST, _FINEST = 0, 15
_HALF_TURN = 180
#: How tiles number settlements: as :func:`numbered`, not as they stand in the table.
BY_CELL = "by_cell"
#: In no cell: without a point, or counted nowhere.
NOWHERE = -1


@dataclass(frozen=True)
class Resolution:
    """A size of cells, and the zooms of the map in which it is drawn.

    Attributes
    ----------
    resolution
        Of H3.
    start, end
        From the first zoom (included) to the last (excluded).
    """

    resolution: int
    start: int
    end: int

    @property
    def layer(self) -> str:
        """Name of the layer of the tiles."""
        return f"hexagons_{self.resolution}"


@dataclass(frozen=True, eq=False)
class Cells:
    """The cells of one resolution.

    Attributes
    ----------
    ids
        Of H3, ascending; the number of a cell is its place here.
    of
        The number of each settlement's cell, in the order of their table;
        :data:`NOWHERE` where it has none.
    """

    ids: NDArray[np.uint64]
    of: Positions


def resolutions(settlements: pa.Table) -> list[Resolution]:
    """Return the sizes of cells that suit the extent of a country, coarsest first.

    From the zoom at which it fits a small screen each zoom has the finest cells that
    are wide enough; none where that zoom is :data:`DOTS_FROM` or closer.

    Parameters
    ----------
    settlements
        The table of a release.
    """
    lon, lat, there = _points(settlements)
    if not there.any():
        return []
    start = _fitting_zoom(lon[there], lat[there])
    metres = EQUATOR * math.cos(math.radians(_middle(lat[there]))) / WORLD
    by_zoom = [
        _finest(metres / 2 ** (zoom + 0.5) * CELL) for zoom in range(start, DOTS_FROM)
    ]
    found = []
    for one in dict.fromkeys(by_zoom):
        first, many = by_zoom.index(one), by_zoom.count(one)
        # from afar the coarsest stay
        begin = start + first if first else 0
        found.append(Resolution(one, begin, start + first + many))
    return found


def described(settlements: pa.Table) -> dict[str, Any]:
    """Return what the manifest says of the tiles (``tiles``)."""
    sizes = [
        {"resolution": size.resolution, "from": size.start, "to": size.end}
        for size in resolutions(settlements)
    ]
    return {"settlements": BY_CELL, "hexagons": sizes}


def cells(settlements: pa.Table, resolution: int) -> Cells:
    """Return the cells in which settlements lie that have a point and are counted.

    Parameters
    ----------
    settlements
        The table of a release.
    resolution
        Of H3, 0 … 15.
    """
    lon, lat, there = _points(settlements)
    of: Positions = np.full(len(there), NOWHERE, np.int64)
    found = _cells_of(lon[there], lat[there], resolution)
    ids, of[there] = np.unique(found, return_inverse=True)
    return Cells(ids, of)


def numbered(settlements: pa.Table) -> Positions:
    """Return the rows of settlements in the order in which tiles number them.

    Neighbours follow each other (by their finest cell), so that what is said of them in
    this order is short. Who is in no tile comes last.

    Parameters
    ----------
    settlements
        The table of a release.
    """
    lon, lat, there = _points(settlements)
    last = np.iinfo(np.uint64).max
    cell = np.full(len(there), last, np.uint64)
    cell[there] = _cells_of(lon[there], lat[there], _FINEST)
    return np.argsort(cell, kind="stable")


def hexagons(settlements: pa.Table, size: Resolution) -> Iterator[dict[str, Any]]:
    """Yield the cells of a resolution as features of tiles, by their numbers.

    Raises
    ------
    ReleaseError
        If a pole lies in a cell: it has no outline on the map.
    """
    poles = {h3.latlng_to_cell(lat, 0.0, size.resolution) for lat in (-90.0, 90.0)}
    for number, cell in enumerate(cells(settlements, size.resolution).ids.tolist()):
        if cell in poles:
            raise ReleaseError(
                "a settlement lies at a pole, which has no place on the map",
                where="settlements.parquet",
                remedy="Correct its point.",
            )
        yield {
            "id": number,
            "properties": {},
            "geometry": shapely.geometry.mapping(outline(cell)),
            "tippecanoe": {"minzoom": size.start, "maxzoom": size.end - 1},
        }


def outline(cell: int) -> shapely.geometry.base.BaseGeometry:
    """Return the outline of a cell in degrees, cut in two at the 180th meridian."""
    lat, lon = np.array(h3.cell_to_boundary(cell)).T
    if np.ptp(lon) <= _HALF_TURN:
        return shapely.Polygon(np.column_stack((lon, lat)))
    whole = shapely.Polygon(np.column_stack((lon % 360, lat)))
    east = shapely.intersection(whole, shapely.box(0, -90, _HALF_TURN, 90))
    west = shapely.intersection(whole, shapely.box(_HALF_TURN, -90, 360, 90))
    return shapely.union(east, shapely.transform(west, lambda xy: xy - (360, 0)))


def _points(settlements: pa.Table) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    lon, lat = floats(settlements, "lon"), floats(settlements, "lat")
    counted = np.array(counted_rows(settlements).to_pylist(), bool)
    return lon, lat, counted & ~np.isnan(lon + lat)


def _cells_of(lon: Floats, lat: Floats, resolution: int) -> NDArray[np.uint64]:
    points = zip(lat.tolist(), lon.tolist(), strict=True)
    found = (h3.latlng_to_cell(*point, resolution) for point in points)
    return np.fromiter(found, np.uint64, len(lon))


def _fitting_zoom(lon: Floats, lat: Floats) -> int:
    """Return the closest whole zoom at which all points fit the least screen."""
    around = np.sort(lon % 360)
    gaps = np.diff(around, append=around[0] + 360)
    wide = (360 - gaps.max()) / 360
    inside = np.radians(np.clip([lat.min(), lat.max()], -POLE, POLE))
    high = np.ptp(np.arctanh(np.sin(inside))) / (2 * math.pi)
    extent = max(wide, high, 2.0**-20)
    return max(0, math.floor(math.log2(SCREEN / WORLD / extent)))


def _middle(lat: Floats) -> float:
    return float(lat.min() + lat.max()) / 2


def _finest(metres: float) -> int:
    """Return the finest resolution whose cells are so wide, from side to side."""
    fine = range(_FINEST, _COARSEST, -1)
    wide = (one for one in fine if _width(one) >= metres)
    return next(wide, _COARSEST)


def _width(resolution: int) -> float:
    return math.sqrt(3) * float(h3.average_hexagon_edge_length(resolution, "m"))
