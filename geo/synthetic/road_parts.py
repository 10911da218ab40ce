"""Nodes, ways and forbidden turns of an OSM file while it is being made."""

from dataclasses import dataclass, field

import numpy as np

from geo.synthetic.territory import Floats

Tags = dict[str, str]


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
