"""To and from osmnx, for small areas: its graphs are Python objects, edge by edge."""

import json
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
import requests
from shapely import LineString

from geo.errors import RoadError
from geo.layers.geodesy import geodesic_km
from geo.layers.road_tags import TagSets
from geo.layers.roads import Roads
from geo.sources.readers.osm_road_tags import NODE_KEYS, WAY_KEYS
from geo.travel.roads.ways import Ground

#: above this an osmnx graph takes gigabytes
MOST_EDGES = 1_000_000


def to_osmnx(ground: Ground) -> nx.MultiDiGraph:
    """Return a graph with the attributes that osmnx works with.

    Nodes have ``x`` and ``y``; edges ``osmid`` (ways), ``length`` in metres,
    ``travel_time`` in seconds and ``geometry``. Node numbers are positions.

    Raises
    ------
    RoadError
        If the graph is too large.
    """
    graph = ground.graph
    if graph.edges > MOST_EDGES:
        raise RoadError(
            f"{graph.edges} edges are too many for a graph of Python objects",
            where="to osmnx",
            remedy=f"Take an area with at most {MOST_EDGES} edges",
        )
    made = nx.MultiDiGraph(crs="EPSG:4326", simplified=True)
    for node, (x, y) in enumerate(
        zip(graph.lon.tolist(), graph.lat.tolist(), strict=True)
    ):
        made.add_node(node, x=x, y=y)
    for d in (0, 1):
        for edge in np.flatnonzero(np.isfinite(graph.seconds[d])).tolist():
            tail, head = int(graph.tail[d, edge]), int(graph.head[d, edge])
            made.add_edge(
                tail,
                head,
                osmid=_ways(ground, edge),
                length=_metres(ground, d, edge),
                travel_time=float(graph.seconds[d, edge]),
                oneway=bool(np.isinf(graph.seconds[1 - d, edge])),
                reversed=bool(d),
                geometry=_line(ground, d, edge),
            )
    return made


def from_osmnx(made: nx.MultiDiGraph) -> Roads:
    """Return the roads of an osmnx graph, each of its edges a way.

    The tags that osmnx kept are those that a profile sees
    (``osmnx.settings.useful_tags_way``); a direction that osmnx left out is closed.
    Turn restrictions are not in an osmnx graph. Take it with ``simplify=False``: where
    osmnx merged ways whose tags differ, nobody can say which part has which.

    Raises
    ------
    RoadError
        If the graph has no edge, a node without ``x`` and ``y``, or an edge with
        several values of a tag.
    """
    spots: dict[tuple[float, float], int] = {}
    ways: list[str] = []
    cuts: list[tuple[int, int, int]] = []
    sets = TagSets()
    for tail, head, data in _each_once(made):
        line = data.get("geometry") or LineString(
            [_point(made, tail), _point(made, head)]
        )
        path = [spots.setdefault((x, y), len(spots)) for x, y in line.coords]
        cuts += [(len(ways), a, b) for a, b in pairwise(path) if a != b]
        ways.append(_tag_text(data))
    if not cuts:
        raise RoadError(
            "the graph has no edge with a length",
            where="from osmnx",
            remedy="Take an area with roads",
        )
    way, start, end = np.array(cuts, np.int32).T
    lon, lat = np.array(list(spots), float).T
    tags = [""] * len(spots)
    for node, data in made.nodes(data=True):
        spot = spots.get(_point(made, node))
        if spot is not None:
            tags[spot] = _tag_text(data, NODE_KEYS)
    way_tags = sets.positions(ways)
    node_tags = sets.positions([text or "{}" for text in tags])
    return Roads(
        node_id=np.arange(len(spots)),
        lon=lon,
        lat=lat,
        node_tags=node_tags,
        way_id=np.arange(len(ways)),
        way_tags=way_tags,
        tag_sets=sets.listed,
        segment_way=way,
        segment_from=start,
        segment_to=end,
        segment_m=1000 * geodesic_km(lon[start], lat[start], lon[end], lat[end]),
        restrictions=pd.DataFrame(
            columns=["kind", "from_way", "via_node", "to_way", "exempt"]
        ),
    )


def of_place(name: str) -> Roads:
    """Return the roads of a named place from OpenStreetMap, through osmnx.

    Raises
    ------
    RoadError
        If the services of OpenStreetMap cannot be reached or know no such place.
    """
    import osmnx  # noqa: PLC0415 - takes five seconds

    osmnx.settings.useful_tags_way = sorted(WAY_KEYS)
    osmnx.settings.useful_tags_node = sorted(NODE_KEYS)
    try:
        made = osmnx.graph_from_place(
            name, network_type="all", simplify=False, retain_all=True
        )
    except (OSError, requests.RequestException, ValueError) as error:
        raise RoadError(
            f"the roads of {name!r} could not be brought ({type(error).__name__})",
            where="OpenStreetMap (Nominatim, Overpass)",
            remedy="This needs the Internet and a name that OpenStreetMap knows; in a"
            " closed network give an OSM file instead",
        ) from error
    return from_osmnx(made)


def _each_once(
    made: nx.MultiDiGraph,
) -> Iterator[tuple[object, object, dict[str, Any]]]:
    """Give each road once: osmnx holds one that is open both ways twice."""
    twins: set[tuple[object, ...]] = set()
    # as drawn before the reverse: tags may speak of forward and backward
    edges = sorted(
        made.edges(data=True), key=lambda edge: edge[2].get("reversed") is True
    )
    for tail, head, data in edges:
        if not data.get("oneway"):
            length = round(float(data.get("length", 0.0)), 3)
            key = frozenset((tail, head)), str(data.get("osmid")), length
            if key in twins:
                twins.remove(key)
                continue
            twins.add(key)
        yield tail, head, data


def _tag_text(data: dict[str, Any], keys: frozenset[str] = WAY_KEYS) -> str:
    tags = {}
    for key in keys & set(data):
        value = data[key]
        several = set(map(str, value)) if isinstance(value, list) else {str(value)}
        if len(several) > 1:
            raise RoadError(
                f"an edge has several values of {key}: {', '.join(sorted(several))}",
                where=f"from osmnx, way {data.get('osmid')}",
                remedy="Bring the graph with simplify=False, so that ways stay apart",
            )
        tags[key] = several.pop() if several else ""
    if isinstance(data.get("oneway"), bool):
        tags["oneway"] = "yes" if data["oneway"] else "no"
    if data.get("ref") is None:
        tags.pop("ref", None)
    return json.dumps(tags, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _point(made: nx.MultiDiGraph, node: object) -> tuple[float, float]:
    data = made.nodes[node]
    if "x" not in data or "y" not in data:
        raise RoadError(
            f"node {node!r} has no x and y", where="from osmnx", remedy="Give both"
        )
    return float(data["x"]), float(data["y"])


def _ways(ground: Ground, edge: int) -> int | list[int]:
    graph, roads = ground.graph, ground.roads
    rows = slice(graph.chain_first[edge], graph.chain_first[edge + 1])
    ids = np.unique(roads.way_id[roads.segment_way[graph.chain_segment[rows]]]).tolist()
    return int(ids[0]) if len(ids) == 1 else [int(one) for one in ids]


def _metres(ground: Ground, d: int, edge: int) -> float:
    metres = float(ground.metric.seconds[d, edge])
    return metres if np.isfinite(metres) else 0.0


def _line(ground: Ground, d: int, edge: int) -> LineString:
    graph, roads = ground.graph, ground.roads
    rows = slice(graph.chain_first[edge], graph.chain_first[edge + 1])
    nodes = []
    for segment, turned in zip(
        graph.chain_segment[rows].tolist(),
        graph.chain_reversed[rows].tolist(),
        strict=True,
    ):
        pair = [roads.segment_from[segment], roads.segment_to[segment]]
        nodes += pair[::-1] if turned else pair
    if not nodes:
        spot = graph.lon[graph.tail[d, edge]], graph.lat[graph.tail[d, edge]]
        return LineString([spot, spot])
    nodes = nodes if d == 0 else nodes[::-1]
    kept = nodes[:1] + nodes[1::2]
    return LineString(np.stack([roads.lon[kept], roads.lat[kept]], axis=1))
