"""The roads of an OpenStreetMap file (PBF or XML), as they are drawn.

Whose they are and how fast they are is no matter of a reader; :mod:`geo.layers` cuts
them into segments.
"""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from geo.errors import SourceFormatError
from geo.sources.readers.base import Options, Reading, reader
from geo.sources.readers.osm_road_scan import RoadScan, scan_roads
from geo.sources.readers.osm_turns import Turn
from geo.sources.result import REJECTED_COLUMNS, ReadResult, canonical

_DEGREE = 10_000_000
_EAST, _NORTH = 180 * _DEGREE, 90 * _DEGREE


@reader(Options)
def read(at: Reading[Options]) -> ReadResult:
    """Read the roads of an OSM file into the layers ``road_…``.

    Ways with highway=* and ferry lines, but for those that are not in use on the day of
    the file (:mod:`geo.sources.readers.osm_lifecycle`) or deleted in an editor; tags
    that can matter to a profile; turn restrictions through one node. What is left out
    is counted in ``road_faults``; the layer tells it with its own.

    Raises
    ------
    SourceFormatError
        If the file is no OSM file, cut short, or holds no road or no place of any.
    """
    return read_road_tables(at.path, at.source.date)


def read_road_tables(path: Path, day: str = "") -> ReadResult:
    """Read the roads of an OSM file that belongs to no country; as :func:`read`.

    ``day`` (ISO) is that of the file where its header does not tell; where nobody
    knows it, a road that has an end is taken to have ended.
    """
    found = scan_roads(path, day)
    if not found.way_id:
        raise SourceFormatError(
            "the extract holds no road (no way with highway=* or route=ferry)",
            where=str(path),
            remedy="Take an extract with all ways; one of places or points of interest "
            "only will not do.",
        )
    tables = {layer: canonical(layer, table) for layer, table in _tables(found).items()}
    if tables["road_nodes"].empty:
        raise SourceFormatError(
            f"the extract holds {len(found.way_id)} roads and no node of them",
            where=str(path),
            remedy="Take an extract with the nodes of its ways (Overpass: `(._;>;);`).",
        )
    nothing = pd.DataFrame(columns=list(REJECTED_COLUMNS), dtype="str")
    return ReadResult(tables, nothing, found.date)


def _tables(found: RoadScan) -> dict[str, pd.DataFrame]:
    refs = np.asarray(found.refs, np.int64)
    counts = np.asarray(found.way_nodes, np.int32)
    ways = np.asarray(found.way_id, np.int64)
    nodes = _nodes(found, refs)
    tagged = pd.DataFrame(
        {"node_id": list(found.node_tags), "tags": list(found.node_tags.values())}
    )
    return {
        "road_nodes": nodes,
        "road_node_tags": tagged[tagged["node_id"].isin(nodes["node_id"])],
        "road_ways": pd.DataFrame(
            {"way_id": ways, "nodes": counts, "tags": found.way_tags}
        ),
        "road_refs": pd.DataFrame({"way_id": np.repeat(ways, counts), "node_id": refs}),
        "road_restrictions": pd.DataFrame(found.turns, columns=list(Turn._fields)),
        "road_faults": pd.DataFrame(
            sorted(found.faults.items()), columns=["fault", "count"]
        ),
    }


def _nodes(found: RoadScan, refs: "np.ndarray[Any, np.dtype[np.int64]]") -> Any:
    """Return each node of a road once, by number, where the file has its place."""
    numbers, first = np.unique(refs, return_index=True)
    x = np.asarray(found.x, np.int32)[first].astype(np.int64)
    y = np.asarray(found.y, np.int32)[first].astype(np.int64)
    here = (np.abs(x) <= _EAST) & (np.abs(y) <= _NORTH)
    return pd.DataFrame({"node_id": numbers, "lon": x / _DEGREE, "lat": y / _DEGREE})[
        here
    ]
