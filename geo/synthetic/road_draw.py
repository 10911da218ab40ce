"""Draws the roads of a net: from street to street, over rivers by bridges."""

from collections.abc import Iterable
from itertools import groupby, pairwise

import numpy as np
import shapely

from geo.synthetic.places import Settlements
from geo.synthetic.road_net import CLASSES, Net, ranks
from geo.synthetic.road_parts import RoadParts, Tags
from geo.synthetic.road_streets import Grid
from geo.synthetic.streams import Floats

#: nodes from a hamlet to its gate; segments of a ferry line each side of the middle
_GATE_AT, _FERRY_HALF = 2, 1
_FERRY = {"route": "ferry", "duration": "00:12"}
_BRIDGE = {"bridge": "yes", "layer": "1"}
_SURFACES = {
    "trunk": ("asphalt",),
    "primary": ("asphalt",),
    "secondary": ("asphalt",),
    "tertiary": ("asphalt", "asphalt", "gravel"),
    "unclassified": ("asphalt", "gravel", "gravel", "compacted"),
    "track": ("dirt", "gravel", "grass"),
}
_SIGNS = {
    "trunk": ("90", "XD:rural"),
    "primary": ("90", "XD:rural", ""),
    "secondary": ("90", "XD:rural", "70", ""),
    "tertiary": ("60", "", ""),
}
_LETTERS = {"trunk": "М", "primary": "Р", "secondary": "Н"}


def add_net(
    parts: RoadParts,
    rng: np.random.Generator,
    net: Net,
    settlements: Settlements,
    grids: dict[int, Grid],
    below: shapely.Geometry,
) -> None:
    """Draw all roads of a net.

    Parameters
    ----------
    grids
        Streets by town: a road ends at the crossing nearest to where it comes in.
    below
        Rivers and motorways (plane, km) that roads cross by bridges.
    """
    classes = [CLASSES[rank] for rank in ranks(net, settlements).tolist()]
    crossing = shapely.intersects(net.lines, below)
    for row, ends in enumerate(net.edges.tolist()):
        grounds = [settlements.ground.get(end) for end in ends]
        inner = _outside(shapely.get_coordinates(net.lines[row])[1:-1], grounds)
        way_in, way_out = (
            _entry(parts, grids.get(end), end, spot)
            for end, spot in zip(ends, _next_to_ends(parts, inner, ends), strict=True)
        )
        path = [way_in, *map(parts.add_point, inner), way_out]
        tags = _tags(rng, classes[row], row)
        if set(ends) & set(parts.special["ferry"]):
            _add_ferry(parts, path, tags)
            continue
        add_road(parts, path, tags, below if crossing[row] else None)
        for hamlet in set(ends) & set(parts.special["private_gate"]):
            at = _GATE_AT if path[0] == hamlet else -1 - _GATE_AT
            parts.node_tags[path[at]] = {"barrier": "gate", "access": "private"}


def add_road(
    parts: RoadParts,
    path: list[int],
    tags: Tags,
    below: shapely.Geometry | None = None,
) -> None:
    """Draw a road, with a bridge on each segment that crosses what lies below."""
    segments = list(pairwise(path))
    over = np.zeros(len(segments), dtype=bool)
    if below is not None:
        views = shapely.linestrings([parts.spots(list(pair)) for pair in segments])
        over = np.asarray(shapely.intersects(views, below))
    for bridge, members in groupby(
        zip(over.tolist(), segments, strict=True), lambda one: one[0]
    ):
        run = [pair for _, pair in members]
        nodes = [run[0][0], *(end for _, end in run)]
        parts.add_way(nodes, tags | _BRIDGE if bridge else tags)


def _add_ferry(parts: RoadParts, path: list[int], tags: Tags) -> None:
    """Draw a road whose middle is a ferry line."""
    middle = len(path) // 2
    start, end = middle - _FERRY_HALF, middle + _FERRY_HALF
    parts.add_way(path[: start + 1], tags)
    parts.add_way([path[start], path[end]], _FERRY)
    parts.add_way(path[end:], tags)


def _outside(spots: Floats, grounds: Iterable[shapely.Polygon | None]) -> Floats:
    for ground in grounds:
        if ground is not None:
            spots = spots[~shapely.contains_xy(ground, spots)]
    return spots


def _next_to_ends(
    parts: RoadParts, inner: Floats, ends: list[int]
) -> tuple[Floats, Floats]:
    """Return the first and last spot of a road between its ends, or the other end."""
    first, last = parts.spots(ends)
    return (inner[0], inner[-1]) if len(inner) else (last, first)


def _entry(parts: RoadParts, grid: Grid | None, place: int, spot: Floats) -> int:
    """Return the node where a road that comes from a spot meets the streets."""
    if grid is None:
        return place
    apart = np.linalg.norm(parts.spots(grid.nodes.tolist()) - spot, axis=1)
    return int(grid.nodes[apart.argmin()])


def nearest_street(parts: RoadParts, grid: Grid, node: int) -> int:
    """Return the crossing of a town nearest to a node."""
    return _entry(parts, grid, node, parts.spots([node])[0])


def _tags(rng: np.random.Generator, kind: str, number: int) -> Tags:
    """Return the tags of a road between settlements."""
    tags = {"highway": kind, "surface": str(rng.choice(_SURFACES[kind]))}
    sign = str(rng.choice(_SIGNS.get(kind, ("",))))
    if sign:
        tags["maxspeed"] = sign
    if kind == "track":
        tags["tracktype"] = str(rng.choice(["grade2", "grade3"]))
    if kind in _LETTERS:
        tags["ref"] = f"{_LETTERS[kind]}{number + 1}"
    return tags
