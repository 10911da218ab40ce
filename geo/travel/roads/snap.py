"""The nearest point on a usable road, and the way to it on foot."""

from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer

from geo.errors import RoadError
from geo.layers.geodesy import WGS84, Floats
from geo.layers.roads import Roads
from geo.travel.roads.components import islands
from geo.travel.roads.graph import Bools, Ints, RoadGraph
from geo.travel.roads.places import Places

#: degrees a point may have at most
_LIMITS = (("longitude", 180.0), ("latitude", 90.0))


class SnapIndex:
    """Segments of one graph by place; made once, searched for many points.

    The search runs in the metric CRS. That is meant to be conformal (a transverse
    Mercator): its scale grows away from the central meridian, but around any one
    point it is the same in all directions, so the nearest road is the right one even
    where lengths on the map are not. Lengths are geodesic.

    Parameters
    ----------
    roads, graph
        A graph of these roads.
    crs_metric
        What :class:`pyproj.CRS` understands, e.g. ``EPSG:32635``.
    island_km
        Parts with less road than this are not snapped to.

    Attributes
    ----------
    islands
        Open segments that are not snapped to, shape (m,).
    """

    def __init__(
        self, roads: Roads, graph: RoadGraph, crs_metric: str, island_km: float
    ) -> None:
        self._roads = roads
        self.islands: Bools = islands(graph, roads, island_km)
        self._usable = np.flatnonzero((graph.segment_edge >= 0) & ~self.islands)
        self._metric = Transformer.from_crs("EPSG:4326", crs_metric, always_xy=True)

    @cached_property
    def _tree(self) -> shapely.STRtree:
        """The usable segments in metres, made when the first point asks."""
        roads = self._roads
        x, y = self._metric.transform(roads.lon, roads.lat)
        ends = np.stack([roads.segment_from, roads.segment_to], axis=1)[self._usable]
        lines = np.asarray(shapely.linestrings(np.stack([x[ends], y[ends]], axis=-1)))
        return shapely.STRtree(lines)

    def snap(
        self, lon: Floats, lat: Floats, *, max_m: float, walk_kmh: float
    ) -> Places:
        """Return the nearest spot on a usable segment for each point.

        Of equally near segments the first is taken. The spot divides the straight
        line between the end nodes in degrees.

        Parameters
        ----------
        lon, lat
            Degrees, shape (p,).
        max_m
            Points farther than this from any road stay unsnapped, in metres.
        walk_kmh
            Speed on foot between point and road.

        Raises
        ------
        RoadError
            If a point is no place on earth, or a limit is not positive.
        """
        lon, lat = np.asarray(lon, np.float64), np.asarray(lat, np.float64)
        _check_points(lon, lat)
        _check_positive("max_m", max_m)
        _check_positive("walk_kmh", walk_kmh)
        segment, fraction = self._nearest(lon, lat)
        spot = _spots(self._roads, segment, fraction)
        near = np.flatnonzero(segment >= 0)
        _, _, metres = WGS84.inv(lon[near], lat[near], spot[0][near], spot[1][near])
        leg = np.full(len(lon), np.nan)
        leg[near] = metres
        far = ~(leg <= max_m)
        for values, nothing in ((segment, -1), (fraction, np.nan), (leg, np.nan)):
            values[far] = nothing
        spot[:, far] = np.nan
        return Places(
            lon=lon,
            lat=lat,
            segment=segment,
            fraction=fraction,
            road_lon=spot[0],
            road_lat=spot[1],
            leg_m=leg,
            leg_seconds=leg * 3.6 / walk_kmh,
        )

    def _nearest(self, lon: Floats, lat: Floats) -> tuple[Ints, Floats]:
        """Return the nearest segment (-1: there is none) and the fraction on it."""
        segment = np.full(len(lon), -1, np.int32)
        fraction = np.full(len(lon), np.nan)
        if not len(lon) or not len(self._usable):
            return segment, fraction
        here = shapely.points(*self._metric.transform(lon, lat))
        row, found = self._tree.query_nearest(here, all_matches=True)
        order = np.lexsort((found, row))
        chosen = order[np.flatnonzero(np.diff(row[order], prepend=-1))]
        row, found = row[chosen], found[chosen]
        segment[row] = self._usable[found]
        lines = self._tree.geometries.take(found)
        fraction[row] = shapely.line_locate_point(lines, here[row], normalized=True)
        return segment, fraction


def _spots(roads: Roads, segment: Ints, fraction: Floats) -> NDArray[np.float64]:
    """Return degrees of spots on segments, shape (2, p), NaN where there is none."""
    spot = np.full((2, len(segment)), np.nan)
    near = np.flatnonzero(segment >= 0)
    start = roads.segment_from[segment[near]]
    end = roads.segment_to[segment[near]]
    for axis, degrees in enumerate((roads.lon, roads.lat)):
        share = fraction[near]
        spot[axis, near] = degrees[start] * (1.0 - share) + degrees[end] * share
    return spot


def _check_points(lon: Floats, lat: Floats) -> None:
    if lon.ndim != 1 or lon.shape != lat.shape:
        raise RoadError(
            f"longitudes of shape {lon.shape} and latitudes of shape {lat.shape}",
            where="snapping to roads",
            remedy="Give one of each per point",
        )
    for (name, limit), values in zip(_LIMITS, (lon, lat), strict=True):
        bad = np.flatnonzero(~(np.abs(values) <= limit))
        if len(bad):
            raise RoadError(
                f"{values[bad[0]]} is no {name} ({len(bad)} such points)",
                where=f"point {bad[0]}",
                remedy=f"Give degrees between -{limit:.0f} and {limit:.0f}",
            )


def _check_positive(name: str, value: float) -> None:
    if not value > 0:
        raise RoadError(
            f"{name} is {value}",
            where="snapping to roads",
            remedy="Give a number above 0",
        )
