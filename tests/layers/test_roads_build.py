import gzip
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import osmium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from geo.errors import LayerError
from geo.layers import road_cuts as cuts
from geo.layers import road_turns as turns
from geo.layers.inputs import stack
from geo.layers.roads import Roads
from geo.layers.roads_build import build_roads, fault_notes, read_roads, roads_of
from geo.sources.feeding import Feeding
from geo.sources.readers.osm_road_tags import unknown_values
from geo.sources.readers.osm_roads import read_road_tables
from tests.sources.readers.conftest import make_country
from tests.sources.readers.test_osm_file import node, way, xml
from tests.sources.readers.test_osm_roads import PLAIN, turn

GEOD = Geod(ellps="WGS84")
#: node n at 25 + n / 100 east
NODES = [node(n, 25 + n / 100, 52) for n in range(1, 6)]


@pytest.fixture
def build(tmp_path):
    """Roads of one or more hand-made extracts."""

    def run(*texts: str) -> Roads:
        return roads_of(stack(feedings(tmp_path, texts)))

    return run


def feedings(folder: Path, texts) -> list[Feeding]:
    found = []
    for number, text in enumerate(texts):
        path = folder / f"{number}.osm"
        path.write_text(text, encoding="utf-8")
        found.append(Feeding(f"s{number}", "2024-01-01", read_road_tables(path)))
    return found


def drawn(roads: Roads) -> list[tuple[int, int, int]]:
    """Way and end nodes of each segment by OSM numbers."""
    ends = (roads.node_id[roads.segment_from], roads.node_id[roads.segment_to])
    columns = (roads.way_id[roads.segment_way], *ends)
    return list(zip(*(column.tolist() for column in columns), strict=True))


def test_segments_follow_the_drawing(build):
    roads = build(xml(NODES, [way(7, [3, 1, 2], highway="path")]))
    assert drawn(roads) == [(7, 3, 1), (7, 1, 2)]
    assert roads.node_id.tolist() == [1, 2, 3]  # 4 and 5 are on no road
    # 0.01 degrees of a parallel: 2 pi x 6378.137 km / 36000 x cos 52, and 0.2 % for
    # the flattening
    assert roads.segment_m.tolist() == pytest.approx([1373.6, 686.8], abs=0.1)
    assert roads.elevation is None
    assert roads.faults == {}
    assert [array.dtype for array in (roads.node_id, roads.way_id)] == [np.int64] * 2
    ints = (roads.segment_way, roads.segment_from, roads.segment_to, roads.node_tags)
    assert {array.dtype for array in ints} == {np.dtype(np.int32)}


def test_a_closed_way_and_parallel_ways_are_real(build):
    ways = [
        way(1, [1, 2, 3, 1], highway="service"),
        way(2, [1, 2], highway="track"),
    ]
    roads = build(xml(NODES, ways))
    assert drawn(roads) == [(1, 1, 2), (1, 2, 3), (1, 3, 1), (2, 1, 2)]
    assert roads.faults == {}


def test_tag_sets_stand_once(build):
    ways = [
        way(1, [1, 2], highway="track", surface="mud"),
        way(2, [2, 3], surface="mud", highway="track"),
        way(3, [3, 4], highway="track"),
    ]
    roads = build(xml([*NODES[:4], node(5, 25, 52, barrier="gate")], ways))
    assert roads.way_tags[0] == roads.way_tags[1] != roads.way_tags[2]
    assert roads.node_tags.tolist() == [0, 0, 0, 0]
    assert roads.tag_sets[0] == {}
    assert roads.tag_sets[roads.way_tags[0]] == {"highway": "track", "surface": "mud"}


def test_tags_of_nodes(build):
    nodes = [node(1, 25, 52), node(2, 25.1, 52, barrier="gate", access="no")]
    roads = build(xml(nodes, [way(1, [1, 2], highway="track")]))
    sets = [roads.tag_sets[k] for k in roads.node_tags]
    assert sets == [{}, {"access": "no", "barrier": "gate"}]


def test_a_way_that_leaves_the_extract_is_cut(build):
    ways = [
        way(1, [1, 2, 77, 3, 4], highway="primary"),
        way(2, [77, 1, 78], highway="path"),
        way(3, [5], highway="path"),
    ]
    roads = build(xml(NODES, ways))
    assert drawn(roads) == [(1, 1, 2), (1, 3, 4)]
    assert roads.faults == {cuts.LEAVING: 1, cuts.OUTSIDE: 2}


def test_a_node_repeated_makes_no_loop(build):
    roads = build(xml(NODES, [way(1, [1, 2, 2, 3], highway="path")]))
    assert drawn(roads) == [(1, 1, 2), (1, 2, 3)]
    assert roads.faults == {cuts.REPEATED: 1}


def test_nodes_at_one_spot_are_joined_where_a_way_joins_them(build):
    nodes = [
        node(1, 25, 52),
        node(2, 25.1, 52, barrier="gate"),
        node(3, 25.1, 52, foot="yes", barrier="bollard"),
        node(4, 25.2, 52),
        node(5, 25.1, 52),  # a bridge over the same spot: no way joins them
    ]
    ways = [
        way(1, [1, 2, 3, 4], highway="path"),
        way(2, [1, 5], highway="path"),
        way(9, [2, 3], highway="steps"),
    ]
    roads = build(xml(nodes, ways))
    assert drawn(roads) == [(1, 1, 2), (1, 2, 4), (2, 1, 5)]
    tags = {
        int(roads.node_id[k]): roads.tag_sets[t] for k, t in enumerate(roads.node_tags)
    }
    assert tags == {1: {}, 2: {"barrier": "gate", "foot": "yes"}, 4: {}, 5: {}}
    assert roads.faults == {cuts.ONE_SPOT: 2, cuts.POINTLESS: 1}
    assert (roads.segment_m > 0).all()


def test_a_restriction_follows_its_joined_node(build):
    nodes = [*NODES, node(6, 25.03, 52)]
    ways = [
        way(1, [1, 3, 6], highway="primary"),
        way(2, [6, 4], highway="primary"),
        way(3, [4, 5], highway="primary"),
    ]
    at_six = (("way", 1, "from"), ("node", 6, "via"), ("way", 2, "to"))
    apart = (("way", 1, "from"), ("node", 6, "via"), ("way", 3, "to"))
    beyond = (("way", 1, "from"), ("node", 6, "via"), ("way", 99, "to"))
    relations = [
        turn(k, *members, restriction="no_left_turn")
        for k, members in enumerate([at_six, apart, beyond, at_six], 1)
    ]
    roads = build(xml(nodes, ways, relations))
    via = int(np.flatnonzero(roads.node_id == 3)[0])
    assert roads.restrictions.to_numpy().tolist() == [["no_left_turn", 0, via, 1, ""]]
    assert roads.faults == {cuts.ONE_SPOT: 1, turns.APART: 1, turns.BEYOND: 1}


def test_overlapping_extracts_give_one_network(build):
    """The second extract brings the node that the first one lacks."""
    whole = [way(1, [1, 2, 3], highway="primary"), way(2, [3, 4], highway="primary")]
    relation = turn(1, *PLAIN, restriction="no_u_turn")
    one = xml(NODES[:2], whole[:1])
    two = xml(NODES[1:], whole[::-1], [relation])
    both, alone = build(one, two), build(xml(NODES, whole, [relation]))
    assert sorted(drawn(both)) == sorted(drawn(alone))
    assert both.faults == {cuts.TWICE: 1}
    assert len(both.restrictions) == len(alone.restrictions) == 1
    assert both.way_id.tolist() == [1, 2]


def test_no_feed_no_roads():
    assert build_roads(stack([]), make_country()) is None


def test_roads_of_another_country_are_refused(tmp_path):
    inputs = stack(feedings(tmp_path, [xml(NODES, [way(1, [1, 2], highway="path")])]))
    assert build_roads(inputs, make_country()) is not None
    with pytest.raises(LayerError) as caught:
        build_roads(inputs, make_country(bounds=(30.0, 50.0, 40.0, 56.0)))
    assert str(caught.value) == (
        "country xx, layer roads: no road of the extract lies within the bounds (30.0, "
        "50.0, 40.0, 56.0). Feed the extract of this country, or mend `bounds` in its "
        "country.yaml."
    )


def test_faults_are_told(build):
    roads = build(xml(NODES, [way(1, [1, 2, 2, 3], highway="path")]))
    assert fault_notes(roads) == (
        "roads: 1 nodes repeated one after another in a way: taken once",
    )
    assert fault_notes(None) == ()


walks = st.lists(st.lists(st.integers(1, 8), min_size=1, max_size=6), min_size=1)


@settings(deadline=None)
@given(walks)
def test_any_drawing_keeps_its_reach(tmp_path_factory, ways):
    """Whatever is drawn: no loop, no length 0, and each way's spots in their order.

    Nodes 6 and 7 lie at one spot, and node 8 is not in the file.
    """
    spots = {n: (25 + min(n, 6) / 100, 52.0) for n in range(1, 8)}
    nodes = [node(n, *spot) for n, spot in spots.items()]
    listed = [way(k, refs, highway="path") for k, refs in enumerate(ways, 1)]
    # one way that is always there, so that the extract is never empty
    listed.append(way(999, [1, 2], highway="path"))
    path = tmp_path_factory.mktemp("walk") / "x.osm"
    path.write_text(xml(nodes, listed), encoding="utf-8")
    roads = read_roads(path)
    assert (roads.segment_m > 0).all()
    assert (roads.segment_from != roads.segment_to).all()
    expected = [
        (k, spots[one], spots[two])
        for k, refs in [*enumerate(ways, 1), (999, [1, 2])]
        for one, two in pairwise(refs)
        if 8 not in (one, two) and spots[one] != spots[two]
    ]
    place = list(zip(roads.lon.tolist(), roads.lat.tolist(), strict=True))
    segments = zip(
        roads.way_id[roads.segment_way].tolist(),
        roads.segment_from.tolist(),
        roads.segment_to.tolist(),
        strict=True,
    )
    assert [(w, place[a], place[b]) for w, a, b in segments] == expected
    assert set(roads.segment_from) | set(roads.segment_to) == set(range(len(place)))


def plain_xml_count(path: Path) -> tuple[int, int, float]:
    """Ways, segments and metres by another road: ElementTree and Geod.line_length."""
    with gzip.open(path) as stream:
        root = ET.parse(stream).getroot()  # noqa: S314 - our own fixture mirror
    spot = {
        n.get("id"): (float(n.get("lon")), float(n.get("lat")))
        for n in root.iter("node")
    }
    ways = segments = 0
    metres = 0.0
    for item in root.iter("way"):
        tags = {tag.get("k"): tag.get("v") for tag in item.iter("tag")}
        if "highway" not in tags and tags.get("route") != "ferry":
            continue
        if tags.get("highway") in ("construction", "proposed"):
            continue
        line = [spot[nd.get("ref")] for nd in item.iter("nd")]
        ways += 1
        segments += len(line) - 1
        metres += GEOD.line_length(*zip(*line, strict=True))
    return ways, segments, metres


class Plain(osmium.SimpleHandler):
    """Ways, segments and metres (on a sphere) by a plain walk of pyosmium."""

    def __init__(self) -> None:
        super().__init__()
        self.ways = self.segments = 0
        self.metres = 0.0

    def way(self, item) -> None:
        if "ruins" in item.tags:
            return  # a path that is called «destroyed!!»
        if "highway" in item.tags or item.tags.get("route") == "ferry":
            self.ways += 1
            self.segments += len(item.nodes) - 1
            self.metres += osmium.geom.haversine_distance(item.nodes)


@pytest.mark.realdata
def test_north_bayreuth_against_a_plain_count(mirror):
    path = mirror / "osm" / "north-bayreuth-2014.osm.gz"
    roads = read_roads(path)
    ways, segments, metres = plain_xml_count(path)
    assert (len(roads.way_id), len(roads.segment_m)) == (ways, segments)
    assert roads.segment_m.sum() == pytest.approx(metres, rel=1e-12)
    assert (len(roads.node_id), ways, segments) == (14_166, 2_056, 14_964)
    assert len(roads.restrictions) == 38
    assert roads.faults == {
        turns.BEYOND: 2,
        "ways with tags that hold only at times: taken without them": 4,
    }


@pytest.mark.realdata
def test_liechtenstein_against_a_plain_walk(mirror):
    path = mirror / "osm" / "liechtenstein-2015.osm.pbf"
    roads = read_roads(path)
    plain = Plain()
    plain.apply_file(str(path), locations=True)
    assert (len(roads.way_id), len(roads.segment_m)) == (plain.ways, plain.segments)
    # a sphere against the ellipsoid
    assert roads.segment_m.sum() == pytest.approx(plain.metres, rel=3e-3)
    assert (len(roads.node_id), plain.ways) == (54_331, 4_659)
    assert roads.segment_m.sum() / 1000 == pytest.approx(1140.34, abs=0.01)
    assert len(roads.restrictions) == 2
    (strange,) = unknown_values({"motor_vehicle": "unbekannt"})
    assert roads.faults == {
        "roads with abandoned that are not in use: left out": 1,
        strange: 1,
        turns.BEYOND: 1,
    }
