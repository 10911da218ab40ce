"""The roads of the invented country as an OpenStreetMap file."""

from pathlib import Path

import numpy as np
import osmium
from osmium.osm.mutable import Node, Relation, Way

from geo.synthetic.road_parts import RoadParts
from geo.synthetic.territory import lon_lat


def write_roads(path: Path, made: RoadParts) -> None:
    """Write nodes, ways and the turn restriction, sorted as extracts are."""
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
