"""The way itself: from the arcs that a search came by to a line on the map."""

from dataclasses import dataclass

import numpy as np
from shapely import LineString

from geo.errors import RoadError
from geo.layers.geodesy import Floats
from geo.layers.roads import Roads
from geo.travel.roads.attach import attach
from geo.travel.roads.graph import Ints, Longs, RoadGraph
from geo.travel.roads.places import Attached, Places

#: an edge and the direction in which it is travelled
Step = tuple[int, int]
#: a segment, and the fractions of its drawing between which it is travelled
Piece = tuple[int, float, float]


@dataclass(frozen=True)
class Route:
    """The quickest way from one place to another.

    Attributes
    ----------
    steps
        Edge and direction in the order of travel; the first and the last are
        travelled in part. Turns at a node (edges without segments) are left out.
    line
        By road, in degrees; from the spot where the start touches the road to that of
        the end. Two equal vertices where both are one spot.
    walks
        On foot from the start to the road, and from the road to the end.
    km
        Length by road, without the walks.
    seconds
        Time by road and on foot.
    """

    steps: tuple[Step, ...]
    line: LineString
    walks: tuple[LineString, LineString]
    km: float
    seconds: float


def one_place(places: Places, row: int) -> Places:
    """Return one of many places as places of their own, for :func:`route_line`."""
    rows = slice(row, row + 1)
    return Places(**{name: values[rows] for name, values in vars(places).items()})


def route_line(
    ground: tuple[RoadGraph, Roads],
    reached: tuple[Floats, Ints | Longs],
    start: Places,
    end: Places,
) -> Route | None:
    """Return the way between two places out of a search from the start.

    For a search against the direction of travel (station -> settlement) search from
    the station, and give the station as the start.

    Parameters
    ----------
    ground
        The graph and its roads.
    reached
        Seconds from the start to each node without its walk (inf: not reached), and
        the arc (2 x edge + direction) that settled it (-1: the start itself), shape
        (n,).
    start, end
        One place each.

    Returns
    -------
    Route or None
        None where there is no way: a place is unsnapped, or the end is not reached.

    Raises
    ------
    RoadError
        If the arcs do not lead back to the start.
    """
    graph = ground[0]
    here, there = attach(graph, start), attach(graph, end)
    if here.edge[0] < 0 or there.edge[0] < 0:
        return None
    direct, way = _direct(here, there)
    through, last = _through(graph, reached[0], there)
    if not np.isfinite(min(direct, through)):
        return None
    if direct <= through:
        steps = [(int(here.edge[0]), way)]
    else:
        steps = _traced(graph, reached[1], here, last)
    walk = float(here.leg[0] + there.leg[0])
    seconds = min(direct, through) + walk
    return line_of_steps(ground, steps, start, end, seconds)


def line_of_steps(
    ground: tuple[RoadGraph, Roads],
    steps: list[Step],
    start: Places,
    end: Places,
    seconds: float,
) -> Route:
    """Return the way that travels these edges from one place to another.

    Parameters
    ----------
    ground
        The graph and its roads.
    steps
        In the order of travel; a single step holds both places.
    start, end
        One place each.
    seconds
        What the way takes.
    """
    graph, roads = ground
    pieces = _pieces(graph, steps, start, end)
    return Route(
        steps=tuple(step for step in steps if _chain(graph, step)),
        line=_line(roads, pieces, start),
        walks=(_leg(start), LineString(reversed(_leg(end).coords))),
        km=sum(abs(b - a) * float(roads.segment_m[s]) for s, a, b in pieces) / 1000.0,
        seconds=seconds,
    )


def _direct(here: Attached, there: Attached) -> tuple[float, int]:
    """Return the seconds along one edge without leaving it, and in which direction."""
    if here.edge[0] != there.edge[0]:
        return np.inf, 0
    ahead = there.since[:, 0] >= here.since[:, 0]
    is_open = np.isfinite(here.since[:, 0])
    seconds = np.full(2, np.inf)
    good = ahead & is_open
    seconds[good] = there.since[good, 0] - here.since[good, 0]
    way = int(np.argmin(seconds))
    return float(seconds[way]), way


def _through(graph: RoadGraph, seconds: Floats, there: Attached) -> tuple[float, Step]:
    """Return the seconds by a node of the last edge, and the last step."""
    edge = int(there.edge[0])
    total = seconds[graph.tail[:, edge]] + there.since[:, 0]
    way = int(np.argmin(total))
    return float(total[way]), (edge, way)


def _traced(
    graph: RoadGraph,
    parent: Ints | Longs,
    here: Attached,
    last: Step,
) -> list[Step]:
    """Return the steps back from the last one to the start, in the order of travel."""
    steps = [last]
    node = graph.tail[last[1], last[0]]
    while parent[node] >= 0:
        edge, way = divmod(int(parent[node]), 2)
        steps.append((edge, way))
        node = graph.tail[way, edge]
        if len(steps) > graph.nodes + 1:
            raise RoadError(
                "the arcs by which nodes were reached run in a circle",
                where=f"node {node}",
                remedy="Give the arcs of one search on this graph",
            )
    edge = int(here.edge[0])
    begun = np.where(graph.head[:, edge] == node, here.until[:, 0], np.inf)
    steps.append((edge, int(np.argmin(begun))))
    return steps[::-1]


def _chain(graph: RoadGraph, step: Step) -> list[tuple[int, bool]]:
    """Return the segments of a step in travel order, and which run along drawing."""
    edge, way = step
    rows = slice(graph.chain_first[edge], graph.chain_first[edge + 1])
    along = graph.chain_reversed[rows] == bool(way)
    chain = list(zip(graph.chain_segment[rows].tolist(), along.tolist(), strict=True))
    return chain if way == 0 else chain[::-1]


def _part(
    graph: RoadGraph, step: Step, start: Places | None, end: Places | None
) -> list[Piece]:
    """Return the pieces of a step, from a spot on it and to a spot on it if given."""
    chain = _chain(graph, step)
    names = [segment for segment, _ in chain]
    first = names.index(int(start.segment[0])) if start else 0
    last = names.index(int(end.segment[0])) if end else len(chain) - 1
    pieces = []
    for k in range(first, last + 1):
        segment, along = chain[k]
        a, b = (0.0, 1.0) if along else (1.0, 0.0)
        if start and k == first:
            a = float(start.fraction[0])
        if end and k == last:
            b = float(end.fraction[0])
        pieces.append((segment, a, b))
    return pieces


def _pieces(
    graph: RoadGraph, steps: list[Step], start: Places, end: Places
) -> list[Piece]:
    """Return all pieces of the way; a single step holds both the start and the end."""
    if len(steps) == 1:
        return _part(graph, steps[0], start, end)
    between = [_part(graph, step, None, None) for step in steps[1:-1]]
    parts = [
        _part(graph, steps[0], start, None),
        *between,
        _part(graph, steps[-1], None, end),
    ]
    return [piece for part in parts for piece in part]


def _line(roads: Roads, pieces: list[Piece], start: Places) -> LineString:
    """Return the pieces as one line in degrees, no vertex twice in a row."""
    spots = [(float(start.road_lon[0]), float(start.road_lat[0]))]
    for segment, _, b in pieces:
        spot = _spot(roads, segment, b)
        if spot != spots[-1]:
            spots.append(spot)
    return LineString(spots if len(spots) > 1 else spots * 2)


def _spot(roads: Roads, segment: int, fraction: float) -> tuple[float, float]:
    start, end = roads.segment_from[segment], roads.segment_to[segment]
    lon, lat = (
        float(degrees[start] * (1.0 - fraction) + degrees[end] * fraction)
        for degrees in (roads.lon, roads.lat)
    )
    return lon, lat


def _leg(place: Places) -> LineString:
    """Return the straight way on foot from a place to its road."""
    return LineString(
        [(place.lon[0], place.lat[0]), (place.road_lon[0], place.road_lat[0])]
    )
