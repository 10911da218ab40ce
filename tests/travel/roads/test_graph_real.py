"""Real road networks: with and without contraction, and by networkx."""

import networkx as nx
import numpy as np
import pytest
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from geo.travel.roads.attach import attach
from geo.travel.roads.build import build_graph
from geo.travel.roads.snap import SnapIndex

reading = pytest.importorskip(
    "geo.layers.roads_build", reason="no reader of road files in this checkout"
)

pytestmark = pytest.mark.realdata
FILES = {
    "osm/liechtenstein-2015.osm.pbf": "EPSG:32632",
    "osm/north-bayreuth-2014.osm.gz": "EPSG:32632",
}
KMH = 50.0


def simple_seconds(roads):
    """50 km/h everywhere; of the one-ways only the plain ones."""
    seconds = np.tile(roads.segment_m * 3.6 / KMH, (2, 1))
    tags = [roads.tag_sets[k].get("oneway") for k in roads.way_tags]
    forward = np.array([tag == "yes" for tag in tags])[roads.segment_way]
    backward = np.array([tag == "-1" for tag in tags])[roads.segment_way]
    seconds[1, forward] = np.inf
    seconds[0, backward] = np.inf
    return seconds


def graph_times(graph, origins, targets):
    """Seconds from each origin to each target, by scipy on the arcs."""
    here, there = attach(graph, origins), attach(graph, targets)
    arcs = graph.leaving
    matrix = csr_array((arcs.seconds, arcs.node, arcs.first), (graph.nodes,) * 2)
    found = np.full((len(origins), len(targets)), np.inf)
    for d in (0, 1):
        far = dijkstra(matrix, indices=graph.head[d, here.edge])
        for f in (0, 1):
            way = far[:, graph.tail[f, there.edge]]
            found = np.minimum(found, here.until[d][:, None] + way + there.since[f])
        ahead = (
            there.since[d]
            - np.where(np.isfinite(here.since[d]), here.since[d], 0)[:, None]
        )
        ahead[np.isinf(here.since[d])] = np.inf
        same = (here.edge[:, None] == there.edge) & (ahead >= 0)
        found = np.where(same, np.minimum(found, ahead), found)
    return found


def networkx_times(roads, seconds, origins, targets):
    """The same without the graph's code: segments as arcs, spots as extra nodes."""
    net = nx.MultiDiGraph()
    for d, (a, b) in enumerate(
        [
            (roads.segment_from, roads.segment_to),
            (roads.segment_to, roads.segment_from),
        ]
    ):
        is_open = np.isfinite(seconds[d])
        net.add_weighted_edges_from(
            zip(a[is_open], b[is_open], seconds[d, is_open], strict=True)
        )
    for name, places in (("from", origins), ("to", targets)):
        for k in range(len(places)):
            s, share = places.segment[k], places.fraction[k]
            a, b = roads.segment_from[s], roads.segment_to[s]
            along, against = seconds[:, s]
            ways = [(b, along, 1 - share), (a, against, share)]
            if name == "to":
                ways = [(a, along, share), (b, against, 1 - share)]
            for node, cost, part in ways:
                if np.isfinite(cost):
                    pair = ((name, k), node) if name == "from" else (node, (name, k))
                    net.add_edge(*pair, weight=cost * part)
    found = np.full((len(origins), len(targets)), np.inf)
    for o in range(len(origins)):
        far = nx.single_source_dijkstra_path_length(net, ("from", o))
        for t in range(len(targets)):
            found[o, t] = far.get(("to", t), np.inf)
    return found


@pytest.fixture(scope="module", params=FILES)
def network(request, mirror):
    roads = reading.read_roads(mirror / request.param)
    seconds = simple_seconds(roads)
    gates = np.zeros(len(roads.lon), bool)
    none = np.zeros(len(roads.restrictions), bool)
    graph = build_graph(roads, seconds, gates, turns=none)
    index = SnapIndex(roads, graph, FILES[request.param], island_km=5.0)
    chance = np.random.default_rng(4)
    some = chance.choice(len(roads.lon), 200)
    spread = chance.normal(0, 0.002, (2, len(some)))
    places = index.snap(
        roads.lon[some] + spread[0], roads.lat[some] + spread[1], max_m=2000, walk_kmh=4
    )
    keep = np.flatnonzero(~places.unsnapped)
    taken = [
        type(places)(**{k: v[keep[rows]] for k, v in vars(places).items()})
        for rows in (slice(0, 20), slice(20, 45))
    ]
    return roads, seconds, gates, taken


def test_500_pairs_are_equal_with_and_without_contraction(network):
    roads, seconds, gates, (origins, targets) = network
    assert len(origins) * len(targets) == 500
    none = np.zeros(len(roads.restrictions), bool)
    small = build_graph(roads, seconds, gates, turns=none)
    full = build_graph(roads, seconds, gates, turns=none, contracted=False)
    assert small.nodes < 0.4 * full.nodes
    right = networkx_times(roads, seconds, origins, targets)
    assert np.isfinite(right).mean() > 0.9
    for graph in (small, full):
        np.testing.assert_allclose(
            graph_times(graph, origins, targets), right, rtol=0, atol=1e-6
        )


def test_500_pairs_are_equal_under_turn_restrictions(network):
    roads, seconds, gates, (origins, targets) = network
    assert len(roads.restrictions) > 0
    small = build_graph(roads, seconds, gates)
    full = build_graph(roads, seconds, gates, contracted=False)
    np.testing.assert_allclose(
        graph_times(small, origins, targets),
        graph_times(full, origins, targets),
        rtol=0,
        atol=1e-6,
    )
