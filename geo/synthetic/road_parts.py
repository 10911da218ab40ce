"""Nodes, ways and forbidden turns of an OpenStreetMap file, and the file itself."""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import osmium
from osmium.osm.mutable import Node, Relation, Way

from geo.disk.faults import ask_disk
from geo.synthetic.streams import Floats
from geo.synthetic.territory import lon_lat

Tags = dict[str, str]
#: More than any node, or any mention of one in a way, takes in the file.
_BYTES_A_POINT = 8


@dataclass
class RoadParts:
    """What the OSM file of the country holds.

    Attributes
    ----------
    points
        Nodes in the plane, km; the settlements come first.
    node_tags
        Node -> tags.
    ways
        Nodes and tags of each way.
    no_left_turn
        From way, via node, to way (positions).
    special
    """

    points: list[tuple[float, float]]
    node_tags: dict[int, Tags] = field(default_factory=dict)
    ways: list[tuple[list[int], Tags]] = field(default_factory=list)
    no_left_turn: list[tuple[int, int, int]] = field(default_factory=list)
    special: dict[str, list[int]] = field(default_factory=dict)

    def add_point(self, spot: Floats) -> int:
        """Add a node and return its number."""
        self.points.append((float(spot[0]), float(spot[1])))
        return len(self.points) - 1

    def add_way(self, path: list[int], tags: Tags) -> int:
        """Add a way and return its position."""
        self.ways.append((path, tags))
        return len(self.ways) - 1

    def spots(self, nodes: list[int]) -> Floats:
        """Return the points of nodes, shape (n, 2)."""
        return np.array([self.points[node] for node in nodes])


def write_roads(path: Path, made: RoadParts) -> None:
    """Write nodes, ways and the turn restriction, sorted as extracts are.

    Raises
    ------
    OSError
        If the disk does not take the file.
    """
    # asked before: osmium ends the whole process where it cannot write
    points = len(made.points) + sum(len(nodes) for nodes, _ in made.ways)
    ask_disk(path.parent, _BYTES_A_POINT * points)
    spots = lon_lat(np.array(made.points))
    with osmium.SimpleWriter(str(path), overwrite=True) as writer:
        for number, (lon, lat) in enumerate(spots.tolist(), start=1):
            tags = made.node_tags.get(number - 1, {})
            writer.add_node(Node(id=number, location=(lon, lat), tags=tags))
        for number, (nodes, tags) in enumerate(made.ways, start=1):
            refs = [node + 1 for node in nodes]
            writer.add_way(Way(id=number, nodes=refs, tags=tags))
        for number, (start, via, end) in enumerate(made.no_left_turn, start=1):
            members = [
                ("w", start + 1, "from"),
                ("n", via + 1, "via"),
                ("w", end + 1, "to"),
            ]
            tags = {"type": "restriction", "restriction": "no_left_turn"}
            writer.add_relation(Relation(id=number, members=members, tags=tags))
