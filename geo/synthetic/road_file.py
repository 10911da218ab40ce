"""The roads of the invented country as an OpenStreetMap file."""

from pathlib import Path

import numpy as np
import osmium
from osmium.osm.mutable import Node, Relation, Way

from geo.disk.faults import ask_disk
from geo.synthetic.road_parts import RoadParts
from geo.synthetic.territory import lon_lat

#: More than any node, or any mention of one in a way, takes in the file.
_BYTES_A_POINT = 8


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
