"""Roads of the invented country: a network between its settlements, with its traps.

A motorway and trunk roads join the cities, primary ones the towns, secondary ones lead
to agrogorodki, plain roads and tracks to hamlets; towns have streets. Then the special
cases that a planner should see (``docs/roads.md`` names the places): a river without a
bridge, hamlets without any road, one whose roads lead nowhere else, a ferry, a private
gate, one-way streets, a roundabout, a forbidden left turn.
"""

import numpy as np
import shapely

from geo.synthetic.motorway import add_motorway, motorway_axis
from geo.synthetic.places import Settlements
from geo.synthetic.road_draw import add_net
from geo.synthetic.road_net import make_net
from geo.synthetic.road_parts import RoadParts
from geo.synthetic.road_streets import Grid, add_lane, add_streets, forbid_left_turn
from geo.synthetic.road_traps import ROADLESS, dead_ends, with_river, without_roads
from geo.synthetic.streams import Stream
from geo.types import Kind

RIVER = "Вымышленка"
#: km round the hamlet whose roads lead nowhere else: an island of more than 5 km
_RING_KM = 1.0
#: km: radius of the roundabout, its nodes, its side arm, and the road that it cuts
_ROUND_KM, _ROUND_NODES, _ARM_KM, _CUT_KM = 0.03, 8, 0.12, 0.15


def make_roads(settlements: Settlements) -> RoadParts:
    """Return the roads of the invented country; nodes of settlements come first.

    ``special`` tells where the special cases are; in a country of a few hundred
    settlements some may find no place.
    """
    rng = settlements.stream(Stream.ROADS)
    net, river, beyond = with_river(make_net(rng, settlements), settlements)
    net, lonely = without_roads(net, settlements, beyond)
    ends = dead_ends(net, settlements, beyond)
    parts = RoadParts([(float(x), float(y)) for x, y in settlements.points])
    parts.special = {
        "missing_bridge": beyond,
        "roadless": lonely[:ROADLESS],
        "island": lonely[ROADLESS:],
        "private_gate": ends[:1],
        "ferry": ends[1:2],
    }
    grids = {
        town: add_streets(parts, rng, town, ground)
        for town, ground in settlements.ground.items()
    }
    for place in settlements.of_kind(Kind.AGROGORODOK).tolist():
        add_lane(parts, rng, place)
    axis = motorway_axis(settlements, lonely)
    below = river if axis is None else shapely.union(river, axis)
    add_net(parts, rng, net, settlements, grids, below)
    if axis is not None:
        add_motorway(parts, axis, settlements, net, grids, river)
    for city in settlements.of_kind(Kind.OBLAST_CITY).tolist():
        forbid_left_turn(parts, grids[city])
        _add_roundabout(parts, grids[city])
    for row in parts.special["island"]:
        _add_ring(parts, row)
    bank = [parts.add_point(spot) for spot in shapely.get_coordinates(river)]
    parts.add_way(bank, {"waterway": "river", "name": RIVER})
    return parts


def _add_ring(parts: RoadParts, row: int) -> None:
    """Give a hamlet a ring of roads that leads nowhere else."""
    middle = parts.spots([row])[0]
    angles = np.linspace(0, 2 * np.pi, 33)[:-1]
    ring = [
        parts.add_point(middle + _RING_KM * np.array([np.cos(a), np.sin(a)]))
        for a in angles
    ]
    spoke = [parts.add_point(middle + share * np.array([1, 0])) for share in (0.3, 0.6)]
    tags = {"highway": "unclassified", "surface": "gravel"}
    parts.add_way([*ring, ring[0]], tags)
    parts.add_way([row, *spoke, ring[0]], tags)


def _add_roundabout(parts: RoadParts, grid: Grid) -> None:
    """Put a roundabout where the first main road enters a city."""
    way = _main_road(parts, grid)
    if way is None:
        return
    path, tags = parts.ways[way]
    town, country = parts.spots(path[:2])
    middle = (town + country) / 2
    start = np.arctan2(*(town - middle)[::-1])
    # against the clock, as one drives on the right
    angles = start + np.linspace(0, 2 * np.pi, _ROUND_NODES + 1)
    rays = np.column_stack([np.cos(angles), np.sin(angles)])
    ring = [parts.add_point(middle + _ROUND_KM * ray) for ray in rays[:-1]]
    arm = parts.add_point(middle + _ARM_KM * rays[_ROUND_NODES // 4])
    parts.ways[way] = ([ring[_ROUND_NODES // 2], *path[1:]], tags)
    parts.add_way([path[0], ring[0]], tags)
    parts.add_way([ring[_ROUND_NODES // 4], arm], {"highway": "service"})
    circle = {"highway": tags["highway"], "surface": "asphalt"}
    parts.add_way([*ring, ring[0]], circle | {"junction": "roundabout"})


def _main_road(parts: RoadParts, grid: Grid) -> int | None:
    """Return the first main road that leaves a city's streets with room for a ring."""
    streets = set(grid.nodes.tolist())
    for way, (path, tags) in enumerate(parts.ways):
        main = tags.get("highway") in {"trunk", "primary"} and "bridge" not in tags
        if main and path[0] in streets:
            town, country = parts.spots(path[:2])
            if np.hypot(*(country - town)) > _CUT_KM:
                return way
    return None
