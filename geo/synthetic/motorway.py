"""The motorway of the invented country: two carriageways from city to city."""

import numpy as np
import shapely

from geo.synthetic.places import Settlements
from geo.synthetic.road_draw import add_road, nearest_street
from geo.synthetic.road_net import STEP_KM, Net
from geo.synthetic.road_parts import RoadParts, Tags
from geo.synthetic.road_streets import Grid
from geo.synthetic.streams import Floats
from geo.types import Kind

#: km from the rim of a city to the motorway's end; shorter ones are not built
_RIM_KM, _SHORTEST_KM = 0.8, 6.0
#: bends that are tried, as shares of its length, to keep away from settlements
_BENDS = np.linspace(-0.15, 0.15, 13)
#: km that it keeps from places without a road, so that they stay without
_LONELY_KM = 2.5
#: km between the axis and a carriageway, and from the axis to a junction
_HALF_KM, _JUNCTION_KM = 0.015, 0.35
#: nodes from junction to junction, and from a junction to the end of a slip road
_JUNCTION_NODES, _SLIP_NODES = 50, 2
#: km from a junction to the place that it serves; none near a missing bridge
_SERVED_KM, _GAP_KM = 5.0, 14.0
_MOTORWAY = {"highway": "motorway", "oneway": "yes", "ref": "М1", "surface": "asphalt"}


def motorway_axis(
    settlements: Settlements, lonely: list[int]
) -> shapely.LineString | None:
    """Return the course from the capital to the nearest city, None if too short."""
    points = settlements.points
    cities = settlements.of_kind(Kind.OBLAST_CITY)
    capital = settlements.of_kind(Kind.CAPITAL)[0]
    apart = np.linalg.norm(points[cities] - points[capital], axis=1)
    ends = [int(capital), int(cities[apart.argmin()])]
    rims = settlements.radii[ends] + _RIM_KM
    along = points[ends[1]] - points[ends[0]]
    unit = along / apart.min()
    start, end = points[ends[0]] + rims[0] * unit, points[ends[1]] - rims[1] * unit
    length = float(apart.min() - rims.sum())
    if length < _SHORTEST_KM:
        return None
    share = np.linspace(0, 1, round(length / STEP_KM) + 1)[:, None]
    across = np.array([-unit[1], unit[0]]) * length
    courses = [
        shapely.LineString(
            start + share * (end - start) + bend * np.sin(np.pi * share) * across
        )
        for bend in _BENDS
    ]
    need = settlements.radii
    need[lonely] = _LONELY_KM
    room = [
        float((shapely.distance(shapely.points(points), course) - need).min())
        for course in courses
    ]
    return courses[int(np.argmax(room))]


def add_motorway(
    parts: RoadParts,
    axis: shapely.LineString,
    settlements: Settlements,
    net: Net,
    grids: dict[int, Grid],
    river: shapely.LineString,
) -> None:
    """Draw both carriageways, their ends at the cities, and the junctions between."""
    spots = shapely.get_coordinates(axis)
    along = np.gradient(spots, axis=0)
    right = np.column_stack([along[:, 1], -along[:, 0]])
    right *= _HALF_KM / np.linalg.norm(right, axis=1)[:, None]
    ends = [parts.add_point(spots[0]), parts.add_point(spots[-1])]
    out, back = (
        [ends[0], *map(parts.add_point, (spots + side * right)[1:-1]), ends[1]]
        for side in (1, -1)
    )
    sign = {"maxspeed": "XD:motorway"}
    add_road(parts, out, _MOTORWAY | sign, river)
    add_road(parts, back[::-1], _MOTORWAY | {"maxspeed": "110"}, river)
    for end in ends:
        towns = list(grids)
        apart = np.linalg.norm(parts.spots(towns) - parts.spots([end]), axis=1)
        town = towns[int(apart.argmin())]
        street = nearest_street(parts, grids[town], parts.spots([end])[0])
        tags = {"highway": "trunk", "surface": "asphalt", "ref": "М1"}
        parts.add_way(_straight(parts, end, street), tags)
    served: set[int] = set()
    at = _JUNCTION_NODES // 2
    while at < len(spots) - _JUNCTION_NODES // 4:
        place = _served(parts, settlements, net, spots[at], river)
        if place is None or place in served:
            at += 5
            continue
        served.add(place)
        _add_junction(parts, (out, back), at, place)
        at += _JUNCTION_NODES


def _straight(parts: RoadParts, start: int, end: int) -> list[int]:
    """Return a straight path between two nodes, with nodes of its own between."""
    first, last = parts.spots([start, end])
    pieces = max(1, round(float(np.hypot(*(last - first))) / STEP_KM))
    shares = np.linspace(0, 1, pieces + 1)[1:-1]
    inner = [parts.add_point(first + share * (last - first)) for share in shares]
    return [start, *inner, end]


def _served(
    parts: RoadParts,
    settlements: Settlements,
    net: Net,
    spot: Floats,
    river: shapely.LineString,
) -> int | None:
    """Return the place that a junction can be joined to without any crossing."""
    points = settlements.points
    beyond = points[parts.special["missing_bridge"]]
    if len(beyond) and np.linalg.norm(beyond - spot, axis=1).min() < _GAP_KM:
        return None
    apart = np.linalg.norm(points - spot, axis=1)
    apart[[*parts.special["roadless"], *parts.special["island"]]] = np.inf
    apart[list(settlements.ground)] = np.inf
    place = int(apart.argmin())
    view = shapely.LineString([spot, points[place] + 0.03 * (spot - points[place])])
    free = not shapely.intersects(net.lines, view).any()
    near = 2 * _JUNCTION_KM < apart[place] < _SERVED_KM
    return place if near and free and not view.intersects(river) else None


def _add_junction(
    parts: RoadParts, ways: tuple[list[int], list[int]], at: int, place: int
) -> None:
    """Join both carriageways with a place by slip roads and a plain road."""
    out, back = ways
    middle = parts.spots([out[at], back[at]]).mean(axis=0)
    aim = parts.spots([place])[0] - middle
    length = float(np.linalg.norm(aim))
    meeting = parts.add_point(middle + _JUNCTION_KM / length * aim)
    before, after = at - _SLIP_NODES, at + _SLIP_NODES
    link = {"highway": "motorway_link", "oneway": "yes", "surface": "asphalt"}
    # the carriageway back is numbered against its traffic
    for start, end in (
        (out[before], meeting),
        (meeting, out[after]),
        (back[after], meeting),
        (meeting, back[before]),
    ):
        parts.add_way([start, end], link)
    tags: Tags = {"highway": "tertiary", "surface": "asphalt", "maxspeed": "60"}
    parts.add_way(_straight(parts, meeting, place), tags)
