"""A road network of country size out of real extracts, for bench/roads.py.

2.33 million road nodes make 1.4 million that a car may use.

Copies of Liechtenstein and of north Bayreuth, each turned by another angle, side by
side; neighbours are joined by long straight roads between random nodes. The mixture of
real streets is real, the country is not.
"""

from pathlib import Path

import numpy as np
import pandas as pd

from geo.layers.geodesy import geodesic_km
from geo.layers.roads import Roads
from geo.layers.roads_build import read_roads
from geo.sources.country import load_country
from geo.travel.roads.places import Places
from geo.travel.roads.speeds import load_speeds
from geo.travel.roads.weigh import Weights, weigh

EXTRACTS = ("osm/liechtenstein-2015.osm.pbf", "osm/north-bayreuth-2014.osm.gz")
NODES, LINKS, SEED, ACROSS, STEP = 2_330_000, 12, 1, 9, 0.6


def country(mirror: Path) -> tuple[Roads, Weights, int]:
    """Return the roads, their seconds by car, and how many copies they are of."""
    pair = [read_roads(mirror / name) for name in EXTRACTS]
    size = sum(len(roads.lon) for roads in pair)
    copies = round(NODES / size)
    rng = np.random.default_rng(SEED)
    parts = []
    for copy in range(copies):
        for which, roads in enumerate(pair):
            cell = 2 * copy + which
            parts.append(_turned(roads, cell, rng.uniform(0, 2 * np.pi)))
    roads = _joined(parts, rng)
    profile = load_speeds(load_country("li")).profile("car")
    built_up = np.zeros(len(roads.segment_m), bool)
    return roads, weigh(roads, profile, built_up), copies


def spots(roads: Roads, usable: np.ndarray, count: int, seed: int) -> Places:
    """Return places at the first node of random usable segments."""
    rng = np.random.default_rng(seed)
    segment = rng.choice(usable, count).astype(np.int32)
    node = roads.segment_from[segment]
    zero = np.zeros(count)
    lon, lat = roads.lon[node], roads.lat[node]
    return Places(lon, lat, segment, zero, lon, lat, zero, zero)


def _turned(roads: Roads, cell: int, angle: float) -> Roads:
    """Return an extract turned round its middle and moved to a cell of a grid."""
    east = 12.0 + (cell % ACROSS) * STEP
    north = 46.0 + (cell // ACROSS) * STEP * 0.7
    narrow = np.cos(np.radians(np.median(roads.lat)))
    x = (roads.lon - np.median(roads.lon)) * narrow
    y = roads.lat - np.median(roads.lat)
    lon = east + (x * np.cos(angle) - y * np.sin(angle)) / narrow
    lat = north + x * np.sin(angle) + y * np.cos(angle)
    return Roads(**vars(roads) | {"lon": lon, "lat": lat})


def _joined(parts: list[Roads], rng: np.random.Generator) -> Roads:
    nodes = np.cumsum([0, *(len(part.lon) for part in parts)])
    ways = np.cumsum([0, *(len(part.way_id) for part in parts)])
    sets = np.cumsum([0, *(len(part.tag_sets) for part in parts)])
    start, end = _links(nodes, rng)
    lon, lat = (
        np.concatenate([getattr(p, axis) for p in parts]) for axis in ("lon", "lat")
    )
    metres = 1000 * geodesic_km(lon[start], lat[start], lon[end], lat[end])
    link_way = ways[-1] + np.arange(len(start))

    def stacked(name: str, shift: np.ndarray, more: np.ndarray) -> np.ndarray:
        own = [getattr(part, name) + by for part, by in zip(parts, shift, strict=False)]
        return np.concatenate([*own, more]).astype(np.int32)

    tag_sets = [tags for part in parts for tags in part.tag_sets]
    count = len(start)
    return Roads(
        node_id=np.arange(nodes[-1]),
        lon=lon,
        lat=lat,
        node_tags=stacked("node_tags", sets, np.empty(0, int)),
        way_id=np.arange(ways[-1] + count),
        way_tags=stacked("way_tags", sets, np.full(count, len(tag_sets))),
        tag_sets=(*tag_sets, {"highway": "primary"}),
        segment_way=stacked("segment_way", ways, link_way),
        segment_from=stacked("segment_from", nodes, start),
        segment_to=stacked("segment_to", nodes, end),
        segment_m=np.concatenate([*(part.segment_m for part in parts), metres]),
        restrictions=pd.DataFrame(
            columns=["kind", "from_way", "via_node", "to_way", "exempt"]
        ),
    )


def _links(
    nodes: np.ndarray, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Return the ends of roads between neighbours in a row and in a column."""
    cells = len(nodes) - 1
    pairs = [(c, c + 1) for c in range(cells - 1) if (c + 1) % ACROSS]
    pairs += [(c, c + ACROSS) for c in range(cells - ACROSS)]
    ends = [
        (rng.integers(nodes[a], nodes[a + 1]), rng.integers(nodes[b], nodes[b + 1]))
        for a, b in pairs
        for _ in range(LINKS)
    ]
    start, end = np.array(ends).T
    return start, end
