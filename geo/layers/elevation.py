"""Heights of the ground at road nodes, out of rasters.

A height is that of the ground: on a bridge or in a tunnel it is not the road's.
"""

import warnings
from collections import Counter
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

#: the cell before each place, and how far the place is from its centre (0 to 1)
Spots = tuple[NDArray[np.int64], Floats]
_WGS84 = "EPSG:4326"
#: Metres that no ground on Earth leaves: the shore of the Dead Sea lies at -430, the
#: top of Everest at 8,849. What lies beyond is a void that the raster does not declare.
_LOWEST, _HIGHEST = -500.0, 9_000.0
#: Cells that are voids even where a scale would make them a height.
_VOIDS = (-9_999.0, -32_768.0)


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
        outermost cell: the ones there are); NaN in voids and outside. Voids are what
        the raster declares, and what can be no height (-9999, -32768, NaN, whatever
        is below -500 or above 9,000 m): ``faults`` counts the cells of the latter.

    Raises
    ------
    SourceFormatError
        If a raster cannot be read, or does not say where it lies.
    """
    height = np.full(len(roads.lon), np.nan)
    faults = Counter(roads.faults)
    for tile in tiles:
        open_ = np.flatnonzero(np.isnan(height))
        height[open_] = _sampled(tile, roads.lon[open_], roads.lat[open_], faults)
    return replace(roads, elevation=height, faults=dict(faults))


def _sampled(tile: Path, lon: Floats, lat: Floats, faults: Counter[str]) -> Floats:
    """Return the heights that one raster knows, NaN elsewhere."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", NotGeoreferencedWarning)
            with rasterio.open(raster_name(tile)) as raster:
                return _read_at(raster, tile, lon, lat, faults)
    except RasterioError as error:
        raise SourceFormatError(
            f"the raster of heights cannot be read ({error})",
            where=str(tile),
            remedy="Fetch it again; a raster that GDAL reads is needed, such as a "
            "GeoTIFF or HGT file.",
        ) from error


def _read_at(
    raster: rasterio.DatasetReader,
    tile: Path,
    lon: Floats,
    lat: Floats,
    faults: Counter[str],
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
    spots = (
        _between(row[inside], raster.height),
        _between(column[inside], raster.width),
    )
    cells, void, spots = _cells(raster, spots)
    if void.any():
        such = f"such as {cells[void][0]:g}"
        faults[f"undeclared voids among the heights of {tile.name}, {such}"] += int(
            void.sum()
        )
    out[inside] = _bilinear(np.where(void, np.nan, cells), *spots)
    return out


def _between(at: Floats, size: int) -> Spots:
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


def _cells(
    raster: rasterio.DatasetReader, spots: tuple[Spots, Spots]
) -> tuple[Floats, NDArray[np.bool_], tuple[Spots, Spots]]:
    """Return the part of a raster around some spots, and the spots in that part.

    Returns
    -------
    cells
        Metres, NaN where the raster declares a void.
    void
        Cells that hold no height though the raster does not say so.
    spots
        As given, counted from the first row and column of the part.
    """
    (row, down), (column, right) = spots
    top, left = int(row.min()), int(column.min())
    window = Window(
        left,
        top,
        min(int(column.max()) + 2, raster.width) - left,
        min(int(row.max()) + 2, raster.height) - top,
    )
    read = raster.read(1, window=window, masked=True).astype(np.float64)
    declared, held = np.ma.getmaskarray(read), read.filled(np.nan)
    metres = held * raster.scales[0] + raster.offsets[0]
    # a comparison with NaN is false, so that NaN is a void too
    height = (metres >= _LOWEST) & (metres <= _HIGHEST) & ~np.isin(held, _VOIDS)
    return metres, ~height & ~declared, ((row - top, down), (column - left, right))


def _bilinear(known: Floats, rows: Spots, columns: Spots) -> Floats:
    (row, down), (column, right) = rows, columns
    below = np.minimum(row + 1, known.shape[0] - 1)
    beside = np.minimum(column + 1, known.shape[1] - 1)
    upper = known[row, column] * (1 - right) + known[row, beside] * right
    lower = known[below, column] * (1 - right) + known[below, beside] * right
    return np.asarray(upper * (1 - down) + lower * down)
