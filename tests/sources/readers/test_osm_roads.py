import bz2
import gzip
import json

import numpy as np
import pytest

from geo.errors import DeclarationError, SourceFormatError
from geo.sources.readers.osm_road_scan import CONDITIONAL
from geo.sources.readers.osm_turns import (
    AT_TIMES,
    NOT_ONE_NODE,
    OTHERS,
    UNREADABLE,
)
from tests.sources.readers.test_osm_file import node, pbf, way, xml

AGAIN = "Fetch it again; a PBF or OSM XML file (plain, .gz or .bz2) is needed."
NODES = [node(n, 25 + n / 100, 52) for n in range(1, 6)]


def turn(number: int, *members: tuple[str, int, str], **tags: str) -> str:
    inner = "".join(
        f'<member type="{kind}" ref="{ref}" role="{role}"/>'
        for kind, ref, role in members
    )
    tags = {"type": "restriction"} | tags
    inner += "".join(
        f'<tag k="{key.replace("__", ":")}" v="{value}"/>'
        for key, value in tags.items()
    )
    return f'<relation id="{number}" version="1">{inner}</relation>'


PLAIN = (("way", 1, "from"), ("node", 3, "via"), ("way", 2, "to"))


def faults(result) -> dict[str, int]:
    table = result.tables["road_faults"]
    return dict(zip(table["fault"], table["count"], strict=True))


def way_tags(result) -> list[dict[str, str]]:
    return [json.loads(text) for text in result.tables["road_ways"]["tags"]]


def test_ways_nodes_and_their_order(read):
    text = xml(
        [*NODES, node(9, 24, 52, barrier="gate"), node(10, 24, 52, barrier="fence")],
        [
            way(8, [3, 2, 9], highway="primary", name="Шоссе", surface="asphalt"),
            way(7, [2, 77], route="ferry", duration="00:20"),
            way(6, [1, 2], route="bicycle"),
            way(5, [1, 2], building="yes"),
        ],
    )
    tables = read("osm_roads", text).tables
    ways = tables["road_ways"]
    assert ways["way_id"].tolist() == [8, 7]
    assert ways["nodes"].tolist() == [3, 2]
    assert [json.loads(tags) for tags in ways["tags"]] == [
        {"highway": "primary", "surface": "asphalt"},
        {"duration": "00:20", "route": "ferry"},
    ]
    assert tables["road_refs"]["way_id"].tolist() == [8, 8, 8, 7, 7]
    assert tables["road_refs"]["node_id"].tolist() == [3, 2, 9, 2, 77]
    nodes = tables["road_nodes"]
    assert nodes["node_id"].tolist() == [2, 3, 9]  # 77 is not in the file
    assert nodes["lon"].tolist() == [25.02, 25.03, 24.0]
    tagged = tables["road_node_tags"]  # node 10 is on no road
    assert tagged["node_id"].tolist() == [9]
    assert tagged["tags"].tolist() == ['{"barrier":"gate"}']


def test_the_order_of_the_file_does_not_matter(read):
    ways = [way(8, [3, 2, 1], highway="primary")]
    usual = read("osm_roads", xml(NODES, ways)).tables
    turned = read("osm_roads", xml(ways, NODES[::-1])).tables
    for name in usual:
        assert usual[name].equals(turned[name]), name


def test_only_tags_that_can_matter_are_kept(read):
    kept = {
        "highway": "residential",
        "oneway": "-1",
        "oneway__bicycle": "no",
        "motor_vehicle__forward": "destination",
        "maxspeed__backward": "BY:rural",
        "source__maxspeed": "sign",
        "winter_road": "yes",
        "ice_road": "yes",
        "motorroad": "yes",
        "junction": "roundabout",
        "sidewalk": "no",
        "zone__maxspeed": "BY:20",
    }
    dropped = {
        "name": "x",
        "lit": "yes",
        "oneway__conditional": "yes @ (10:00-12:00)",
        "parking__lane__both": "no",
    }
    ways = [way(1, [1, 2], **kept, **dropped), way(2, [1, 3], highway="path", lit="no")]
    result = read("osm_roads", xml(NODES, ways))
    assert way_tags(result)[0] == {k.replace("__", ":"): v for k, v in kept.items()}
    assert faults(result) == {CONDITIONAL: 1}


@pytest.mark.parametrize("value", ["construction", "proposed", "razed"])
def test_what_is_not_there_is_left_out_and_counted(read, value):
    ways = [way(1, [1, 2], highway=value), way(2, [2, 3], highway="track")]
    result = read("osm_roads", xml(NODES, ways))
    assert result.tables["road_ways"]["way_id"].tolist() == [2]
    assert faults(result) == {f"highway={value}: left out": 1}


@pytest.mark.parametrize(
    ("relation", "expected"),
    [
        (turn(1, *PLAIN, restriction="no_left_turn"), ("no_left_turn", "")),
        (
            turn(1, *PLAIN, restriction="only_right_turn", **{"except": "psv; bus"}),
            ("only_right_turn", "psv;bus"),
        ),
        (turn(1, *PLAIN, restriction__motorcar="no_u_turn"), ("no_u_turn", "")),
        (turn(1, *PLAIN, restriction__hgv="no_left_turn"), OTHERS),
        (turn(1, *PLAIN, restriction__conditional="no_left_turn @ (Mo)"), AT_TIMES),
        (turn(1, *PLAIN, restriction="no_left_turn", hour_on="7:00"), AT_TIMES),
        (turn(1, *PLAIN, restriction="yes"), UNREADABLE),
        (turn(1, *PLAIN), UNREADABLE),
        (
            turn(
                1,
                ("way", 1, "from"),
                ("way", 3, "via"),
                ("way", 2, "to"),
                restriction="no_u_turn",
            ),
            NOT_ONE_NODE,
        ),
        (turn(1, *PLAIN, ("way", 5, "to"), restriction="no_entry"), NOT_ONE_NODE),
        (turn(1, *PLAIN[:2], restriction="no_left_turn"), NOT_ONE_NODE),
    ],
)
def test_turn_restrictions(read, relation, expected):
    ways = [way(1, [1, 3], highway="primary"), way(2, [3, 4], highway="primary")]
    result = read("osm_roads", xml(NODES, ways, [relation]))
    table = result.tables["road_restrictions"]
    if isinstance(expected, str):
        assert faults(result) == {expected: 1}
        assert table.empty
    else:
        assert faults(result) == {}
        kind, exempt = expected
        assert table.to_numpy().tolist() == [[kind, 1, 3, 2, exempt]]


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress])
def test_packed_and_named_as_one_likes(read, pack):
    content = pack(xml(NODES, [way(1, [1, 2], highway="track")]).encode())
    assert len(read("osm_roads", content, name="x").tables["road_ways"]) == 1


def said(caught) -> str:
    """The sentence, from the name of the file on."""
    message = str(caught.value)
    return message[message.index("roads.osm") :]


def test_an_extract_without_roads(read):
    with pytest.raises(SourceFormatError) as caught:
        read("osm_roads", xml(NODES, [way(1, [1, 2], building="y")]), name="roads.osm")
    assert said(caught) == (
        "roads.osm: the extract holds no road (no way with highway=* or route=ferry). "
        "Take an extract with all ways; one of places or points of interest only will "
        "not do."
    )


def test_an_extract_without_nodes(read):
    with pytest.raises(SourceFormatError) as caught:
        read("osm_roads", xml([], [way(1, [1, 2], highway="path")]), name="roads.osm")
    assert said(caught) == (
        "roads.osm: the extract holds 1 roads and no node of them. Take an extract "
        "with the nodes of its ways (Overpass: `(._;>;);`)."
    )


def test_a_pbf_cut_in_the_middle(read, tmp_path):
    content = pbf(tmp_path / "whole.osm.pbf", 2000)
    with pytest.raises(SourceFormatError) as caught:
        read("osm_roads", content[: len(content) // 2], name="roads.osm.pbf")
    assert said(caught) == (
        "roads.osm.pbf: the OSM file is cut short or damaged (PBF error: unexpected "
        f"EOF). {AGAIN}"
    )


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_an_xml_cut_short(read, pack):
    whole = xml(NODES * 99, [way(1, [1, 2], highway="track")]).encode()
    with pytest.raises(SourceFormatError) as caught:
        read("osm_roads", pack(whole[: len(whole) // 2]), name="roads.osm")
    message = said(caught)
    assert message.startswith("roads.osm: the OSM file is cut short or damaged (")
    assert message.endswith(f"). {AGAIN}")


def test_no_osm_file(read):
    with pytest.raises(SourceFormatError) as caught:
        read("osm_roads", b"hello world", name="roads.osm")
    assert said(caught) == (
        "roads.osm: the file is no OpenStreetMap file (neither PBF nor XML). " + AGAIN
    )


def test_options_are_refused(read):
    with pytest.raises(DeclarationError, match="Known options: none"):
        read("osm_roads", xml(NODES), tables=["x"])


@pytest.mark.realdata
@pytest.mark.parametrize(
    ("name", "ways", "refs", "day"),
    [
        # one path of the 4,660 ways is in ruins
        ("liechtenstein-2015.osm.pbf", 4_659, 60_617, "2015-07-27"),
        ("north-bayreuth-2014.osm.gz", 2_056, 17_020, ""),
    ],
)
def test_real_extracts(mirror, read, name, ways, refs, day):
    result = read("osm_roads", mirror / "osm" / name)
    assert len(result.tables["road_ways"]) == ways
    assert len(result.tables["road_refs"]) == refs
    assert result.date == day
    assert np.isin(
        result.tables["road_refs"]["node_id"], result.tables["road_nodes"]["node_id"]
    ).all()
