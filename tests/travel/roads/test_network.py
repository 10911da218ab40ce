"""The Python API: tables with a status in each row, areas, routes, and osmnx."""

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from shapely import Point

from geo.errors import DeclarationError, RoadError, SourceFormatError
from geo.travel.roads import osmnx_bridge
from geo.travel.roads.attach import attach
from geo.travel.roads.nearest import one_to_all
from geo.travel.roads.network import RoadNetwork
from geo.travel.roads.osmnx_bridge import from_osmnx, to_osmnx
from geo.travel.roads.weigh import weigh
from tests.travel.roads.test_tags import profile
from tests.travel.test_road_engine import SOUTH, SPEEDS, STEP, WEST, roads

NODES = {"a": (0, 0), "b": (0, 20), "c": (20, 20), "d": (20, 0)}


def network(ways=("abc", "cd"), **changes):
    made = roads(NODES, list(ways), **changes)
    return RoadNetwork.of(
        made,
        profile("car"),
        SPEEDS.snap,
        "EPSG:32635",
        np.zeros(len(made.segment_m), bool),
    )


def spot(x, y):
    return WEST + x * STEP, SOUTH + y * STEP


def places(net, *spots):
    return net.places(*np.array([spot(*one) for one in spots]).T)


def test_every_row_says_how_it_is_known():
    net = network()
    homes = places(net, (0, 5), (9, 9))
    found = net.nearest(homes, places(net, (0, 15), (20, 10)), k=2)
    assert found["origin"].tolist() == [0, 0, 1]
    assert found["rank"].tolist() == [1, 2, 1]
    assert found["status"].tolist() == ["modelled", "modelled", "unsnapped"]
    assert found["target"].tolist() == [0, 1, pd.NA]
    metres = net.ground.roads.segment_m
    assert found["minutes"][0] == pytest.approx(metres[0] / 2 / 58_000 * 60, rel=1e-3)
    assert np.isnan(found["minutes"][2])


def test_a_network_in_two_parts_is_unreachable():
    net = network(("ab", "cd"))
    found = net.nearest(places(net, (0, 5)), places(net, (20, 5)))
    assert found["status"].tolist() == ["unreachable"]


def test_a_matrix_holds_only_pairs_in_reach():
    net = network()
    homes, clinics = places(net, (0, 5), (20, 5)), places(net, (0, 15), (20, 15))
    near = net.matrix(homes, clinics, minutes=15)
    assert near[["from_id", "to_id"]].to_numpy().tolist() == [[0, 0], [1, 1]]
    assert len(net.matrix(homes, clinics, minutes=999)) == 4


def test_a_route_between_two_spots():
    net = network()
    route = net.route(spot(0, 5), spot(20, 5))
    corners = np.array(route.line.coords)[1:-1]
    np.testing.assert_allclose(corners, [spot(*NODES["b"]), spot(*NODES["c"])])
    assert net.route(spot(0, 5), spot(9, 9)) is None


def test_isochrones_are_nested_and_as_far_as_one_gets():
    net = network()
    start = spot(0, 10)
    table = net.isochrones(start, [5, 15, 40])
    assert table["minutes"].tolist() == [40, 15, 5]
    large, middle, small = table.to_crs("EPSG:32635").geometry
    assert middle.difference(large).area < 1e-3
    assert small.difference(middle).area < 1e-3
    # 5 minutes at 58 km/h both ways along a straight road, 100 m wide at each side
    reach = 5 / 60 * 58_000
    # a metre of the projection is a metre within a thousandth
    assert small.area == pytest.approx(2 * reach * 200 + np.pi * 100**2, rel=5e-3)
    # the corner at b is 11.1 km away: within 15 minutes, not within 5
    corner = table.geometry.map(lambda area: area.covers(Point(spot(0, 20))))
    assert corner.tolist() == [True, True, False]


def test_an_isochrone_follows_the_direction_of_travel():
    tags = ({}, {"highway": "tertiary", "oneway": "yes"})
    net = network(("abcda",), tag_sets=tags)
    start = spot(0, 10)
    away = net.isochrones(start, [8]).geometry[0]
    home = net.isochrones(start, [8], towards=True).geometry[0]
    ahead, behind = Point(spot(0, 15)), Point(spot(0, 5))
    assert (away.covers(ahead), away.covers(behind)) == (True, False)
    assert (home.covers(ahead), home.covers(behind)) == (False, True)


def test_isochrones_refuse_bad_times_and_have_nothing_off_the_network():
    net = network()
    with pytest.raises(RoadError, match=r"0 is no time or width"):
        net.isochrones(spot(0, 5), [0])
    with pytest.raises(RoadError, match=r"nothing is no time"):
        net.isochrones(spot(0, 5), [])
    assert net.isochrones(spot(9, 9), [10]).geometry.isna().all()


def test_there_and_back_through_osmnx():
    tags = ({}, {"highway": "tertiary", "oneway": "yes"}, {"highway": "tertiary"})
    net = network(("abc", "cd"), tag_sets=tags, way_tags=np.array([1, 2], np.int32))
    made = to_osmnx(net.ground)
    assert made.graph["crs"] == "EPSG:4326"
    lines = [data["geometry"] for *_, data in made.edges(data=True)]
    assert sorted(len(line.coords) for line in lines) == [2, 2, 3]
    total = sum(data["length"] for *_, data in made.edges(data=True))
    metres = net.ground.roads.segment_m
    assert total == pytest.approx(metres[:2].sum() + 2 * metres[2])
    for *_, data in made.edges(data=True):
        data["highway"] = "tertiary"
    back = from_osmnx(made)
    assert sorted(back.segment_m) == pytest.approx(sorted(metres))
    again = weigh(back, profile("car"), np.zeros(3, bool)).seconds
    assert np.isinf(again).sum() == 2  # the one-way road is open one way


def street(**edges):
    """A two-way street of osmnx from 1 to 2, and a wall that stands alone."""
    made = nx.MultiDiGraph()
    made.add_node(1, x=9.0, y=47.0)
    made.add_node(2, x=9.01, y=47.0)
    made.add_node(3, x=9.5, y=47.5, barrier="wall")
    data = {"osmid": [7, 8], "length": 758.3, "oneway": False} | edges
    made.add_edge(1, 2, **data)
    made.add_edge(2, 1, **data)
    return made


def test_a_two_way_road_is_one_road_whatever_osmnx_merged():
    back = from_osmnx(street(highway=["residential"], reversed=[False, True]))
    assert len(back.segment_m) == 1
    assert back.tag_sets[back.way_tags[0]] == {"highway": "residential", "oneway": "no"}
    # the wall is on no road
    assert set(back.node_tags) == {0}


def test_merged_ways_with_different_tags_are_refused():
    words = (
        r"several values of highway: residential, tertiary\. Bring the graph with simp"
    )
    with pytest.raises(RoadError, match=words):
        from_osmnx(street(highway=["tertiary", "residential"]))


def test_an_osmnx_graph_needs_edges_and_places():
    with pytest.raises(RoadError, match="no edge with a length"):
        from_osmnx(nx.MultiDiGraph())
    lost = nx.MultiDiGraph()
    lost.add_edge(1, 2)
    with pytest.raises(RoadError, match="node 1 has no x and y"):
        from_osmnx(lost)


def test_a_graph_may_be_too_large_for_objects(monkeypatch):
    monkeypatch.setattr(osmnx_bridge, "MOST_EDGES", 0)
    with pytest.raises(RoadError, match="too many for a graph of Python objects"):
        to_osmnx(network().ground)


def test_files_that_are_no_roads_are_refused(tmp_path):
    path = tmp_path / "x.osm.pbf"
    path.write_bytes(b"no")
    with pytest.raises(SourceFormatError):
        RoadNetwork.read(path, "li")
    with pytest.raises(DeclarationError):
        RoadNetwork.read(path, "nowhere")


FILES = ["osm/liechtenstein-2015.osm.pbf", "osm/north-bayreuth-2014.osm.gz"]


@pytest.mark.realdata
@pytest.mark.parametrize("name", ["car", "foot"])
@pytest.mark.parametrize("file", FILES)
def test_every_time_equals_networkx_on_the_osmnx_graph(mirror, file, name):
    net = RoadNetwork.read(mirror / file, "li", name)
    graph = net.ground.graph
    made = to_osmnx(net.ground)
    turned = made.reverse()
    chance = np.random.default_rng(3)
    rows = chance.integers(0, len(net.ground.roads.lon), 8)
    spots = net.places(
        net.ground.roads.lon[rows], net.ground.roads.lat[rows], max_m=5000
    )
    checked = 0
    for row in range(len(spots)):
        one = type(spots)(**{k: v[row : row + 1] for k, v in vars(spots).items()})
        at = attach(graph, one)
        for towards in (True, False):
            tree = one_to_all(graph, at, towards=towards)
            arcs = turned if towards else made
            wanted = np.full(graph.nodes, np.inf)
            for d in (0, 1):
                near = graph.tail if towards else graph.head
                start = (at.since if towards else at.until)[d, 0]
                if not np.isfinite(start):
                    continue
                far = nx.single_source_dijkstra_path_length(
                    arcs, int(near[d, at.edge[0]]), weight="travel_time"
                )
                for node, seconds in far.items():
                    wanted[node] = min(wanted[node], start + seconds)
            np.testing.assert_allclose(tree.seconds, wanted, rtol=0, atol=1e-6)
            checked += int(np.isfinite(wanted).sum())
    assert checked > 10_000


@pytest.mark.realdata
def test_isochrones_of_vaduz(mirror):
    net = RoadNetwork.read(mirror / FILES[0], "li")
    table = net.isochrones((9.5215, 47.1411), [5, 10, 20])
    areas = table.to_crs("EPSG:32632").geometry.area / 1e6
    assert areas.is_monotonic_decreasing
    assert 3 < areas.iloc[-1] < 40  # km2 within five minutes
    assert table.geometry.is_valid.all()
    # each lies in the next larger one, to the last bits of a degree
    larger, smaller = table.geometry[:-1], table.geometry[1:]
    for outer, inner in zip(larger, smaller, strict=True):
        assert inner.difference(outer).area < 1e-14
    assert table.geometry[0].covers(Point(9.5095, 47.1660))  # Schaan, 3 km away
