"""One-off import of a 70 MB OpenStreetMap extract against a plain walk of pyosmium.

    paritet bench road_import [--json]

The extract is the Liechtenstein one of the mirror (PARITET_MIRROR, by default
../shared/data), written again and again with new numbers and shifted coordinates, so
that it has the mixture of a real country. The peer only counts: it looks at the
number of every node and at the node list of every way, in one pass, and keeps
nothing. Each runs in a process of its own, which tells its peak memory.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import osmium
from osmium.osm.mutable import Node, Relation, Way

from geo.layers.roads_build import read_roads

MEGABYTES = 70
LIMIT_SECONDS, LIMIT_GIGABYTES = 60, 2
SOURCE = "osm/liechtenstein-2015.osm.pbf"
#: copies lie beside each other in rows
ACROSS, EAST, NORTH = 20, 0.25, 0.25
#: numbers of one copy: above every number of the extract
NUMBERS = 10_000_000_000


class Walk(osmium.SimpleHandler):
    """The peer: touches every node and every way."""

    def __init__(self) -> None:
        super().__init__()
        self.nodes = self.ways = self.refs = self.sum = 0

    def node(self, item: Node) -> None:
        """Look at a number."""
        self.nodes += 1
        self.sum += item.id

    def way(self, item: Way) -> None:
        """Look at the nodes."""
        self.ways += 1
        for ref in item.nodes:
            self.refs += 1
            self.sum += ref.ref


class Shifted(osmium.SimpleHandler):
    """Writes one kind of object of the extract with new numbers and places."""

    def __init__(self, writer: osmium.SimpleWriter, kind: str, copy: int) -> None:
        super().__init__()
        self._writer, self._kind = writer, kind
        self._by = copy * NUMBERS
        self._east, self._north = EAST * (copy % ACROSS), NORTH * (copy // ACROSS)

    def node(self, item: Node) -> None:
        """Write a node."""
        if self._kind == "node":
            place = (item.location.lon + self._east, item.location.lat + self._north)
            self._writer.add_node(item.replace(id=item.id + self._by, location=place))

    def way(self, item: Way) -> None:
        """Write a way."""
        if self._kind == "way":
            refs = [node.ref + self._by for node in item.nodes]
            self._writer.add_way(item.replace(id=item.id + self._by, nodes=refs))

    def relation(self, item: Relation) -> None:
        """Write a relation."""
        if self._kind == "relation":
            members = [(m.type, m.ref + self._by, m.role) for m in item.members]
            self._writer.add_relation(
                item.replace(id=item.id + self._by, members=members)
            )


def write_extract(source: Path, target: Path, copies: int) -> None:
    """Write the copies, sorted as extracts are: nodes, ways, relations."""
    with osmium.SimpleWriter(str(target), overwrite=True) as writer:
        for kind in ("node", "way", "relation"):
            for copy in range(copies):
                Shifted(writer, kind, copy).apply_file(str(source))


def measured(what: str, path: Path) -> dict[str, float]:
    """Run one of the two in a process of its own."""
    done = subprocess.run(  # noqa: S603 - this very program
        [sys.executable, __file__, what, str(path)],
        check=True,
        capture_output=True,
        text=True,
    )
    answer: dict[str, float] = json.loads(done.stdout)
    return answer


def one_run(what: str, path: Path) -> dict[str, float]:
    """Import or walk, and tell seconds and peak memory of this process."""
    start = time.perf_counter()
    told: dict[str, float]
    if what == "import":
        roads = read_roads(path)
        told = {
            "road_nodes": len(roads.node_id),
            "road_ways": len(roads.way_id),
            "segments": len(roads.segment_m),
            "km": round(float(roads.segment_m.sum()) / 1000),
        }
    else:
        walk = Walk()
        walk.apply_file(str(path))
        told = {"nodes": walk.nodes, "ways": walk.ways, "way_nodes": walk.refs}
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    return told | {"seconds": round(seconds, 2), "peak_gb": round(peak, 2)}


def compared(path: Path) -> dict[str, object]:
    """Run both and compare."""
    peer, ours = measured("walk", path), measured("import", path)
    return {
        "megabytes": round(path.stat().st_size / 1e6, 1),
        **{k: peer[k] for k in ("nodes", "ways", "way_nodes")},
        **{k: ours[k] for k in ("road_nodes", "road_ways", "segments", "km")},
        "seconds": ours["seconds"],
        "peak_gb": ours["peak_gb"],
        "peer": "plain pyosmium walk over all nodes and ways, keeping nothing",
        "peer_seconds": peer["seconds"],
        "peer_peak_gb": peer["peak_gb"],
        "ours_over_peer": round(ours["seconds"] / peer["seconds"], 2),
        "within_60_s_and_2_gb": ours["seconds"] <= LIMIT_SECONDS
        and ours["peak_gb"] <= LIMIT_GIGABYTES,
    }


def main() -> None:
    """Write the extract, measure and print."""
    mirror = Path(os.environ.get("PARITET_MIRROR", "../shared/data"))
    source = mirror / SOURCE
    if not source.is_file():
        sys.exit(f"{source} is missing; set PARITET_MIRROR to a mirror that has it")
    copies = round(MEGABYTES * 1e6 / source.stat().st_size)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "country.osm.pbf"
        write_extract(source, path, copies)
        result = {"copies": copies, **compared(path)}
    if "--json" in sys.argv:
        print(json.dumps(result))
        return
    for key, value in result.items():
        print(f"{key:<22} {value}")


if __name__ == "__main__":
    if len(sys.argv) > 2:  # noqa: PLR2004 - what and path: a process of its own
        print(json.dumps(one_run(sys.argv[1], Path(sys.argv[2]))))
    else:
        main()
