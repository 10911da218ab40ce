"""Heights of the ground at road nodes, out of rasters.

A height is that of the ground: on a bridge or in a tunnel it is not the road's.
"""

import warnings
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import rasterio
from numpy.typing import NDArray
from pyproj import Transformer
from rasterio.errors import NotGeoreferencedWarning, RasterioError
from rasterio.windows import Window

from geo.errors import SourceFormatError
from geo.layers.geodesy import Floats
from geo.layers.roads import Roads
from geo.sources.readers.elevation import raster_name

_WGS84 = "EPSG:4326"


def with_elevation(roads: Roads, tiles: Sequence[Path]) -> Roads:
    """Return the roads with the height of each node.

    Parameters
    ----------
    roads
        Any roads.
    tiles
        Rasters that GDAL reads, in any coordinate system, first band in metres; a
        ``.zip`` holds one (such as SRTM's ``N49E011.hgt.zip``). Where two overlap, the
        first that knows holds.

    Returns
    -------
    Roads
        ``elevation`` in metres, shape (n,): bilinear between the centres of the four
        cells around a node, as far as all four are known (in the outer half of an
        outermost cell: the ones there are); NaN in voids and outside.

    Raises
    ------
    SourceFormatError
        If a raster cannot be read, or does not say where it lies.
    """
    height = np.full(len(roads.lon), np.nan)
    for tile in tiles:
        open_ = np.flatnonzero(np.isnan(height))
        height[open_] = _sampled(tile, roads.lon[open_], roads.lat[open_])
    return replace(roads, elevation=height)


def _sampled(tile: Path, lon: Floats, lat: Floats) -> Floats:
    """Return the heights that one raster knows, NaN elsewhere."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", NotGeoreferencedWarning)
            with rasterio.open(raster_name(tile)) as raster:
                return _read_at(raster, tile, lon, lat)
    except RasterioError as error:
        raise SourceFormatError(
            f"the raster of heights cannot be read ({error})",
            where=str(tile),
            remedy="Fetch it again; a raster that GDAL reads is needed, such as a "
            "GeoTIFF or HGT file.",
        ) from error


def _read_at(
    raster: rasterio.DatasetReader, tile: Path, lon: Floats, lat: Floats
) -> Floats:
    if raster.crs is None:
        raise SourceFormatError(
            "the raster of heights names no coordinate system",
            where=str(tile),
            remedy="Give it one, for example with `gdal_edit.py -a_srs EPSG:4326`.",
        )
    across = Transformer.from_crs(_WGS84, raster.crs.to_wkt(), always_xy=True)
    x, y = across.transform(lon, lat)
    x, y, cells = np.asarray(x), np.asarray(y), ~raster.transform
    column = cells.a * x + cells.b * y + cells.c
    row = cells.d * x + cells.e * y + cells.f
    out = np.full(len(lon), np.nan)
    inside = (column >= 0) & (column <= raster.width)
    inside &= (row >= 0) & (row <= raster.height)
    if not inside.any():
        return out
    spots = tuple(
        _between(at[inside], size)
        for at, size in ((row, raster.height), (column, raster.width))
    )
    out[inside] = _bilinear(raster, *spots)
    return out


def _between(at: Floats, size: int) -> tuple[NDArray[np.int64], Floats]:
    """Return the cell before each place, and how far it is from its centre (0 to 1).

    Parameters
    ----------
    at
        Place along one side of the raster in cells, 0 at its edge, shape (k,).
    size
        Number of cells along that side.
    """
    centred = np.clip(at - 0.5, 0, size - 1)
    first = np.clip(np.floor(centred).astype(np.int64), 0, max(size - 2, 0))
    return first, centred - first


def _bilinear(
    raster: rasterio.DatasetReader,
    rows: tuple[NDArray[np.int64], Floats],
    columns: tuple[NDArray[np.int64], Floats],
) -> Floats:
    (row, down), (column, right) = rows, columns
    top, left = int(row.min()), int(column.min())
    window = Window(
        left,
        top,
        min(int(column.max()) + 2, raster.width) - left,
        min(int(row.max()) + 2, raster.height) - top,
    )
    cells = raster.read(1, window=window, masked=True).astype(np.float64)
    known = cells.filled(np.nan) * raster.scales[0] + raster.offsets[0]
    row, column = row - top, column - left
    below = np.minimum(row + 1, known.shape[0] - 1)
    beside = np.minimum(column + 1, known.shape[1] - 1)
    upper = known[row, column] * (1 - right) + known[row, beside] * right
    lower = known[below, column] * (1 - right) + known[below, beside] * right
    return np.asarray(upper * (1 - down) + lower * down)
