"""Draws the roads of a net: from street to street, over rivers by bridges."""

from itertools import pairwise

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
    """Draw all roads of a net, from the streets of one place to those of another.

    ``grids`` are the streets by town, ``below`` what roads cross by bridges.
    """
    classes = [CLASSES[rank] for rank in ranks(net, settlements).tolist()]
    crossing = shapely.intersects(net.lines, below)
    for row, ends in enumerate(net.edges.tolist()):
        inner = shapely.get_coordinates(net.lines[row])[1:-1]
        for end in set(ends) & settlements.ground.keys():
            inner = inner[~shapely.contains_xy(settlements.ground[end], inner)]
        near = inner[[0, -1]] if len(inner) else parts.spots(ends[::-1])
        path = [
            nearest_street(parts, grids[end], spot) if end in grids else end
            for end, spot in zip(ends, near, strict=True)
        ]
        path[1:1] = map(parts.add_point, inner)
        tags = _tags(rng, classes[row], row)
        if set(ends) & set(parts.special["ferry"]):
            start, end = len(path) // 2 - _FERRY_HALF, len(path) // 2 + _FERRY_HALF
            parts.add_way(path[: start + 1], tags)
            parts.add_way([path[start], path[end]], _FERRY)
            parts.add_way(path[end:], tags)
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
    over = np.zeros(len(path) - 1, dtype=bool)
    if below is not None:
        spots = parts.spots(path)
        views = shapely.linestrings(np.stack([spots[:-1], spots[1:]], axis=1))
        over = np.asarray(shapely.intersects(views, below))
    changes = np.flatnonzero(np.diff(over)) + 1
    for start, end in pairwise([0, *changes.tolist(), len(over)]):
        way_tags = tags | _BRIDGE if over[start] else tags
        parts.add_way(path[start : end + 1], way_tags)


def nearest_street(parts: RoadParts, grid: Grid, spot: Floats) -> int:
    """Return the crossing of a town nearest to a spot."""
    apart = np.linalg.norm(parts.spots(grid.nodes.tolist()) - spot, axis=1)
    return int(grid.nodes[apart.argmin()])


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
