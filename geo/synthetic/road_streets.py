"""Streets of the invented towns: a turned grid on the ground of each.

The middle of the grid is the point of the settlement; its two main streets cross
there. A city has one-way streets beside a main one, and a forbidden left turn off it.
"""

from dataclasses import dataclass
from itertools import groupby, pairwise

import numpy as np
import shapely

from geo.synthetic.road_parts import RoadParts, Tags
from geo.synthetic.streams import Floats, Ints
from geo.synthetic.territory import radius_km

#: km between parallel streets: at least, and as a share of the town's radius
_BLOCK_KM, _BLOCK_SHARE = 0.2, 0.09
#: a town of this radius (km) is a city; its one-way streets go so many blocks each way
_CITY_KM, _ONE_WAY_BLOCKS = 3.0, 2
#: every such street has a sign, a zone, or is a living street
_SIGNED, _ZONED, _LIVING = 3, 5, 7
#: half the length of the cross street of an agrogorodok, km
_LANE_KM = 0.3
MAIN_STREETS = ("Центральная улица", "Советская улица")
_NAMES = (
    *("Садовая", "Школьная", "Полевая", "Лесная", "Заречная", "Новая", "Озёрная"),
    *("Луговая", "Молодёжная", "Северная", "Вокзальная", "Больничная", "Почтовая"),
)

Place = tuple[int, int]


@dataclass(frozen=True)
class Grid:
    """Streets of a town.

    Attributes
    ----------
    crossings
        Column and row of each crossing (the middle is 0, 0) -> its node.
    city
        Whether it has one-way streets.
    first_name
        Where its names start in the list of names.
    """

    crossings: dict[Place, int]
    city: bool
    first_name: int

    @property
    def nodes(self) -> Ints:
        """Nodes of all crossings."""
        return np.array(list(self.crossings.values()))


def add_streets(
    parts: RoadParts, rng: np.random.Generator, town: int, ground: shapely.Polygon
) -> Grid:
    """Draw the streets of a town; its point is the node of the same number."""
    radius = radius_km(ground)
    spots = _crossings(parts, town, ground, rng.uniform(0, np.pi / 2))
    nodes = {
        place: town if place == (0, 0) else parts.add_point(spot)
        for place, spot in spots.items()
    }
    grid = Grid(nodes, radius > _CITY_KM, int(rng.integers(len(_NAMES))))
    for axis in (0, 1):
        for number in sorted({place[1 - axis] for place in nodes}):
            _add_street(parts, grid, axis, number)
    parts.node_tags[town] = {"highway": "traffic_signals"}
    return grid


def _crossings(
    parts: RoadParts, town: int, ground: shapely.Polygon, angle: float
) -> dict[Place, Floats]:
    """Return the crossings on the ground that hang together with the middle."""
    radius = radius_km(ground)
    block = max(_BLOCK_KM, _BLOCK_SHARE * radius)
    steps = np.arange(-int(2 * radius / block), int(2 * radius / block) + 1)
    places = np.stack(np.meshgrid(steps, steps, indexing="ij"), axis=-1).reshape(-1, 2)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    spots = parts.spots([town]) + block * places @ turn
    inside = shapely.contains_xy(ground, spots)
    there = {
        (int(column), int(row)): spot
        for (column, row), spot in zip(places[inside], spots[inside], strict=True)
    }
    joined: set[Place] = set()
    rest = [(0, 0)]
    while rest:
        column, row = place = rest.pop()
        if place in there and place not in joined:
            joined.add(place)
            rest += [(column + 1, row), (column - 1, row)]
            rest += [(column, row + 1), (column, row - 1)]
    return {place: spot for place, spot in there.items() if place in joined}


def _add_street(parts: RoadParts, grid: Grid, axis: int, number: int) -> None:
    """Draw one row (axis 0) or column (axis 1), a way for each run of equal tags."""
    at = sorted(place[axis] for place in grid.crossings if place[1 - axis] == number)

    def node(position: int) -> int:
        return grid.crossings[(position, number) if axis == 0 else (number, position)]

    blocks = [low for low, high in pairwise(at) if high == low + 1]
    tags = {low: _tags(grid, axis, number, low) for low in blocks}
    # numbers grow in step with their order inside a run; ways part at the main streets
    # and one block on, where a turn may be forbidden
    runs = groupby(
        enumerate(blocks),
        key=lambda one: (
            one[1] - one[0],
            (one[1] >= 0) + (one[1] >= 1),
            sorted(tags[one[1]].items()),
        ),
    )
    for _, members in runs:
        run = [low for _, low in members]
        parts.add_way([*map(node, run), node(run[-1] + 1)], tags[run[0]])


def _tags(grid: Grid, axis: int, number: int, position: int) -> Tags:
    """Return the tags of one block of a street."""
    if number == 0:
        return {"highway": "secondary", "maxspeed": "60", "surface": "asphalt"} | {
            "name": MAIN_STREETS[axis]
        }
    name = _NAMES[(grid.first_name + 2 * number + axis) % len(_NAMES)]
    tags = {"highway": "residential", "surface": "asphalt", "name": f"{name} улица"}
    beside = axis == 0 and abs(number) == 1
    if grid.city and beside and -_ONE_WAY_BLOCKS <= position < _ONE_WAY_BLOCKS:
        return tags | {"oneway": "yes" if number > 0 else "-1"}
    if number % _LIVING == _LIVING - 1:
        return tags | {"highway": "living_street"}
    if number % _ZONED == _ZONED - 1:
        return tags | {"maxspeed": "XD:zone30"}
    return tags | ({"maxspeed": "XD:urban"} if number % _SIGNED == 0 else {})


def forbid_left_turn(parts: RoadParts, grid: Grid) -> None:
    """Forbid to turn left off the main street, one block behind the middle."""
    crossings = grid.crossings
    if not {(0, 0), (1, 0), (1, 1)} <= crossings.keys():
        return
    middle, via, left = crossings[0, 0], crossings[1, 0], crossings[1, 1]
    ends = {(path[0], path[-1]): way for way, (path, _) in enumerate(parts.ways)}
    start = ends[middle, via]
    end = next(
        way
        for way, (path, _) in enumerate(parts.ways)
        if path[0] == via and path[1] == left
    )
    parts.no_left_turn.append((start, via, end))


def add_lane(parts: RoadParts, rng: np.random.Generator, place: int) -> None:
    """Draw the one street of an agrogorodok, across its middle."""
    angle = rng.uniform(0, np.pi)
    arm = _LANE_KM * np.array([np.cos(angle), np.sin(angle)])
    middle = parts.spots([place])[0]
    far = [parts.add_point(middle + share * arm) for share in (-1, -0.5, 0.5, 1)]
    tags = {"highway": "residential", "surface": "asphalt", "name": MAIN_STREETS[0]}
    parts.add_way([*far[:2], place, *far[2:]], tags | {"maxspeed": "XD:urban"})
