"""Points beside a road network: where they touch it, and what that costs."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geo.layers.geodesy import Floats

Ints = NDArray[np.int32]


@dataclass(frozen=True)
class Places:
    """p points snapped to the nearest usable segment.

    Attributes
    ----------
    lon, lat
        Degrees of the points, shape (p,).
    segment
        Position of the segment, shape (p,); -1 where none is near enough: unsnapped.
    fraction
        Where on the segment, 0 at its first node, 1 at its last, shape (p,).
    road_lon, road_lat
        The spot on the segment in degrees, NaN where unsnapped.
    leg_m, leg_seconds
        The way on foot between point and road: geodesic metres, seconds.
    """

    lon: Floats
    lat: Floats
    segment: Ints
    fraction: Floats
    road_lon: Floats
    road_lat: Floats
    leg_m: Floats
    leg_seconds: Floats

    def __len__(self) -> int:
        """Return the number of points."""
        return len(self.lon)

    def take(self, rows: NDArray[np.signedinteger[Any]]) -> "Places":
        """Return some of the points, in this order."""
        return Places(**{name: values[rows] for name, values in vars(self).items()})

    @property
    def unsnapped(self) -> NDArray[np.bool_]:
        """Tell which points are too far from any road."""
        return self.segment < 0


@dataclass(frozen=True)
class Attached:
    """Places on the edges of one graph, in seconds.

    The time from o to t is ``leg[o] + leg[t]`` plus the least of, over directions d
    and f, ``until[d, o] + D(head[d, edge[o]], tail[f, edge[t]]) + since[f, t]``, and,
    where both lie on one edge and t lies ahead of o in an open direction d,
    ``since[d, t] - since[d, o]``.

    Attributes
    ----------
    edge
        Shape (p,); -1 where the place is unsnapped.
    since
        From the tail of the edge to the place per direction, shape (2, p); inf where
        closed.
    until
        From the place to the head of the edge per direction, likewise.
    leg
        On foot between point and road, shape (p,).
    """

    edge: Ints
    since: Floats
    until: Floats
    leg: Floats
