"""Isochrones: the area along the roads that are reached within some minutes."""

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import shapely

from geo.errors import RoadError
from geo.layers.geodesy import Floats
from geo.travel.roads.attach import attach
from geo.travel.roads.chains import join_order
from geo.travel.roads.graph import RoadGraph
from geo.travel.roads.nearest import one_to_all
from geo.travel.roads.places import Places
from geo.travel.roads.ways import Ground

#: how far from a reached road one still is inside: a plot beside the street
BUFFER_M = 100.0
#: bends of a road smaller than this do not show in a buffer
SIMPLE_M = 5.0


def isochrones(
    ground: Ground,
    place: Places,
    minutes: Sequence[float],
    crs_metric: str,
    *,
    towards: bool = False,
    buffer_m: float = BUFFER_M,
) -> gpd.GeoDataFrame:
    """Return the areas within ``buffer_m`` of what is reached within minutes.

    Roads are reached in part where the time ends between two crossings.

    Parameters
    ----------
    ground
        The network.
    place
        One place.
    minutes
        Each above 0.
    towards
        Whence one reaches the place; else where one gets from it.

    Returns
    -------
    GeoDataFrame
        ``minutes`` and ``geometry`` (EPSG:4326), the longest time first, so that the
        smaller areas lie above; no geometry where the place is unsnapped.

    Raises
    ------
    RoadError
        If a time or the buffer is not above 0.
    """
    bad = [value for value in (*minutes, buffer_m) if not value > 0]
    if bad or not minutes:
        raise RoadError(
            f"{bad[0] if bad else 'nothing'} is no time or width",
            where="isochrones",
            remedy="Give minutes and metres above 0",
        )
    order = sorted(minutes, reverse=True)
    shapes: list[shapely.Geometry | None] = [None] * len(order)
    if not place.unsnapped[0]:
        start, end, length = _reached(ground, place, max(order) * 60, towards=towards)
        stretch = start, end, length
        for at in reversed(range(len(order))):
            area = _area(ground, stretch, order[at] * 60, crs_metric, buffer_m)
            # each is simplified by itself, so the smaller one might stick out
            smaller = shapes[at + 1] if at + 1 < len(order) else None
            shapes[at] = area if smaller is None else shapely.union(area, smaller)
    return gpd.GeoDataFrame(
        {"minutes": order}, geometry=np.array(shapes, object), crs=4326
    )


#: per travelled segment: seconds at its beginning and its end, and (segment, whether it
#: is travelled along its drawing, fractions where travel begins and ends)
_Stretch = tuple[Floats, Floats, np.ndarray]


def _reached(ground: Ground, place: Places, limit: float, *, towards: bool) -> _Stretch:
    """Return the stretches that are travelled within the limit."""
    graph = ground.graph
    at = attach(graph, place)
    tree = one_to_all(graph, at, towards=towards, limit=limit)
    parts = [_of_edges(graph, tree.seconds, d, limit, towards=towards) for d in (0, 1)]
    parts.append(_of_start(graph, place, towards=towards))
    begin, end, rows = (np.concatenate(side) for side in zip(*parts, strict=True))
    leg = float(at.leg[0])
    return begin + leg, end + leg, rows


def _of_edges(
    graph: RoadGraph, seconds: Floats, d: int, limit: float, *, towards: bool
) -> _Stretch:
    """Return the segments of edges whose nearer end is reached, in one direction."""
    nearer = (graph.head if towards else graph.tail)[d]
    edges = np.flatnonzero((seconds[nearer] < limit) & np.isfinite(graph.seconds[d]))
    places, first = join_order(graph.chain_first, edges)
    edge = np.repeat(np.arange(len(edges)), np.diff(first))
    segment = graph.chain_segment[places]
    along = graph.chain_reversed[places] == bool(d)
    cost = graph.segment_seconds[np.where(along, 0, 1), segment]
    total = np.append(0.0, np.cumsum(cost))
    before = total[:-1] - total[first[:-1]][edge]
    whole = (total[first[1:]] - total[first[:-1]])[edge]
    # away from the place one meets the chain in its direction of travel or against it
    ahead = (d == 0) != towards
    begin = seconds[nearer[edges]][edge] + np.where(
        ahead, before, whole - before - cost
    )
    # whether one moves away from the place along the drawing
    forward = along != towards
    fractions = np.stack([segment, forward, ~forward, forward], axis=1).astype(float)
    return begin, begin + cost, fractions


def _of_start(graph: RoadGraph, place: Places, *, towards: bool) -> _Stretch:
    """Return the stretches of the place's own segment, both ways from it."""
    segment, fraction = int(place.segment[0]), float(place.fraction[0])
    begin, end, rows = [], [], []
    for forward in (True, False):
        # one leaves along the drawing in direction 0, and comes from there in 1
        d = int(forward == towards)
        cost = graph.segment_seconds[d, segment]
        if np.isfinite(cost):
            begin.append(0.0)
            end.append(cost * ((1 - fraction) if forward else fraction))
            rows.append([segment, forward, fraction, float(forward)])
    return np.array(begin), np.array(end), np.array(rows).reshape(-1, 4)


def _area(
    ground: Ground, stretch: _Stretch, limit: float, crs: str, buffer_m: float
) -> shapely.Geometry | None:
    begin, end, rows = stretch
    inside = begin < limit
    begin, end, rows = begin[inside], end[inside], rows[inside]
    if not len(begin):
        return None
    segment, start, last = rows[:, 0].astype(int), rows[:, 2], rows[:, 3]
    share = np.minimum((limit - begin) / np.maximum(end - begin, 1e-12), 1.0)
    # both directions of a road mostly cover the same stretch
    low, high = np.sort([start, start + (last - start) * share], axis=0)
    rows = np.unique(np.stack([segment, low, high], axis=1), axis=0)
    segment = rows[:, 0].astype(int)
    ends = [_spot(ground, segment, rows[:, k]) for k in (1, 2)]
    lines = gpd.GeoSeries(shapely.linestrings(np.stack(ends, axis=1)), crs=4326)
    flat = shapely.multilinestrings(lines.to_crs(crs).to_numpy())
    # one buffer per long line is many times faster than one of all lines at once
    parts = shapely.get_parts(shapely.line_merge(flat))
    areas = shapely.buffer(shapely.simplify(parts, SIMPLE_M), buffer_m, quad_segs=4)
    whole = gpd.GeoSeries([shapely.union_all(areas)], crs=crs)
    return whole.to_crs(4326).iloc[0]


def _spot(ground: Ground, segment: np.ndarray, fraction: Floats) -> np.ndarray:
    roads = ground.roads
    one, other = roads.segment_from[segment], roads.segment_to[segment]
    return np.stack(
        [
            axis[one] * (1 - fraction) + axis[other] * fraction
            for axis in (roads.lon, roads.lat)
        ],
        axis=1,
    )
