"""What is deleted, not yet uploaded or of another day, and files that are odd."""

import bz2
import gzip

import osmium
import osmium.osm.mutable as osm
import pytest

from geo.errors import SourceFormatError
from geo.sources.readers.osm_living import DELETED, living
from geo.sources.readers.osm_road_scan import DRAFTS
from tests.sources.readers.conftest import refused
from tests.sources.readers.test_osm_file import node, relation, square, way, xml

EXTRACT = "`osmium time-filter history.osh.pbf -o extract.osm.pbf` makes one."


def marked(element: str, **attributes: str) -> str:
    """Return an element with further attributes."""
    text = " ".join(f'{key}="{value}"' for key, value in attributes.items())
    return element.replace(' version="1"', f' version="1" {text}', 1)


def faults(result) -> dict[str, int]:
    table = result.tables["road_faults"]
    return dict(zip(table["fault"], table["count"], strict=True))


def said(caught) -> str:
    """The sentence, from the name of the file on."""
    message = str(caught.value)
    return message[message.index("x.osm") :]


@pytest.mark.parametrize("pack", [bytes, gzip.compress, bz2.compress])
def test_deleted_objects_are_left_out_and_counted(read, pack):
    gone = {"action": "delete", "visible": "true"}
    nodes, outline = square(10, 5, 25.5, 52.5, 0.002, amenity="clinic")
    text = xml(
        [
            marked(node(1, 25, 52, place="village", name="A"), **gone),
            marked(node(2, 25, 52, amenity="pharmacy"), visible="false"),
            node(3, 25, 52, amenity="pharmacy"),
            marked(node(4, 25, 52, amenity="hospital"), action="modify"),
            *nodes,
        ],
        [marked(outline, **gone)],
    )
    result = read("osm_file", pack(text.encode()), name="x.osm")
    facilities = result.tables["facilities"]
    assert facilities["facility_id"].tolist() == ["osm:n3", "osm:n4"]
    assert result.tables["places"].empty
    assert result.notes == (f"3 {DELETED}",)
    assert result.rejected.empty


@pytest.mark.parametrize("number", ["1", "01", "-1", "-01"])
def test_a_deleted_object_is_found_however_its_number_is_written(read, number):
    dead = marked(node(1, 25, 52, amenity="pharmacy"), action="delete")
    text = xml(
        [dead.replace('id="1"', f'id="{number}"'), node(2, 25, 52, amenity="pharmacy")]
    )
    facilities = read("osm_file", text).tables["facilities"]
    assert facilities["facility_id"].tolist() == ["osm:n2"]


def test_deleted_boundaries_are_no_areas(read):
    nodes, ring = square(10, 5, 25.2, 52.2, 0.5)
    tags = {"type": "boundary", "boundary": "administrative", "admin_level": "6"}
    both = [relation(2, [5], name="A", **tags), relation(3, [5], name="B", **tags)]
    text = xml(nodes, [ring], [both[0], marked(both[1], action="delete")])
    result = read("osm_file", text, admin_levels={6: "raion"})
    assert result.tables["areas"]["area_id"].tolist() == ["osm:r2"]


def test_deleted_roads_and_their_nodes_are_left_out(read):
    nodes = [node(n, 25 + n / 100, 52) for n in (1, 2, 3)]
    ways = [
        way(10, [1, 2, 3], highway="primary"),
        marked(way(11, [1, 3], highway="primary"), action="delete"),
    ]
    dead = marked(node(2, 25.02, 52, barrier="gate"), visible="false")
    result = read("osm_roads", xml([nodes[0], dead, nodes[2]], ways))
    assert result.tables["road_ways"]["way_id"].tolist() == [10]
    assert result.tables["road_refs"]["node_id"].tolist() == [1, 2, 3]
    assert result.tables["road_nodes"]["node_id"].tolist() == [1, 3]
    assert result.tables["road_node_tags"].empty
    assert faults(result) == {DELETED: 2}


def test_drafts_are_read_under_their_negative_numbers(read):
    nodes, outline = square(-14, -5, 25.5, 52.5, 0.002, amenity="hospital")
    text = xml([*nodes, node(-1, 25, 52, place="village", name="A")], [outline])
    result = read("osm_file", text, name="x.osm")
    assert result.tables["places"]["place_id"].tolist() == ["osm:n-1"]
    (hospital,) = result.tables["facilities"].to_dict("records")
    assert (hospital["facility_id"], hospital["origin"]) == ("osm:w-5", "x.osm:w-5")
    assert 25.5 < hospital["lon"] < 25.502
    assert result.notes == ()


def test_roads_of_drafts_are_read(read):
    nodes = [
        node(1, 25.01, 52),
        node(-2, 25.02, 52, barrier="gate"),
        node(3, 25.03, 52),
    ]
    ways = [way(-7, [1, -2], highway="primary"), way(8, [-2, 3], highway="primary")]
    turn = relation(9, [], type="restriction", restriction="no_left_turn").replace(
        "<tag",
        '<member type="way" ref="-7" role="from"/><member type="node" ref="-2" '
        'role="via"/><member type="way" ref="8" role="to"/><tag',
        1,
    )
    result = read("osm_roads", xml(nodes, ways, [turn]))
    assert result.tables["road_ways"]["way_id"].tolist() == [-7, 8]
    assert result.tables["road_refs"]["node_id"].tolist() == [1, -2, -2, 3]
    places = result.tables["road_nodes"].to_numpy().tolist()
    assert places == [[-2, 25.02, 52], [1, 25.01, 52], [3, 25.03, 52]]
    assert result.tables["road_node_tags"]["node_id"].tolist() == [-2]
    turns = result.tables["road_restrictions"]
    assert turns[["from_way", "via_node", "to_way"]].to_numpy().tolist() == [
        [-7, -2, 8]
    ]
    assert faults(result) == {}


def test_drafts_in_pbf_are_told(read, tmp_path):
    path = tmp_path / "x.osm.pbf"
    with osmium.SimpleWriter(str(path)) as writer:
        for ref, lon in ((-1, 25.0), (2, 25.1), (3, 25.2)):
            writer.add_node(osm.Node(id=ref, version=1, location=(lon, 52)))
        tags = {"highway": "track"}
        writer.add_way(osm.Way(id=5, version=1, nodes=[-1, 2, 3], tags=tags))
    result = read("osm_roads", path)
    assert result.tables["road_nodes"]["node_id"].tolist() == [2, 3]
    assert faults(result) == {DRAFTS: 1}


@pytest.mark.parametrize("reader", ["osm_file", "osm_roads"])
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_change_file_is_refused(read, reader, pack):
    body = node(1, 25, 52, amenity="hospital")
    text = f'<osmChange version="0.6"><delete>{body}</delete></osmChange>'
    with pytest.raises(SourceFormatError) as caught:
        read(reader, pack(text.encode()), name="x.osm")
    assert said(caught) == (
        "x.osm: the file holds changes of the map (osmChange), not its state on a day. "
        "Apply it to an extract and take the result: `osmium apply-changes "
        "extract.osm.pbf changes.osc -o new.osm.pbf`."
    )


@pytest.mark.parametrize("reader", ["osm_file", "osm_roads"])
def test_a_history_is_refused(read, reader):
    older = node(7, 25, 52)
    text = xml([older, older.replace('version="1"', 'version="2"'), node(8, 25, 52)])
    with pytest.raises(SourceFormatError) as caught:
        read(reader, text, name="x.osm")
    assert said(caught) == (
        "x.osm: the file is a history of the map, not its state on a day: node 7 "
        f"stands in it in the versions 1 and 2. Take an extract of one day; {EXTRACT}"
    )


@pytest.mark.parametrize("reader", ["osm_file", "osm_roads"])
def test_a_history_in_pbf_is_refused(read, tmp_path, reader):
    path = tmp_path / "x.osm.osh.pbf"
    with osmium.SimpleWriter(str(path)) as writer:
        writer.add_node(osm.Node(id=1, version=1, visible=True, location=(25, 52)))
        writer.add_node(osm.Node(id=1, version=2, visible=False))
    with pytest.raises(SourceFormatError) as caught:
        read(reader, path)
    assert said(caught) == (
        "x.osm.osh.pbf: the file is a history of the map, not its state on a day: its "
        f"header says so. Take an extract of one day; {EXTRACT}"
    )


def test_two_extracts_in_one_file_may_not_disagree(read):
    first = node(1, 25, 52, amenity="hospital", name="A")
    newer = first.replace('version="1"', 'version="3"')
    with pytest.raises(SourceFormatError, match="node 1 stands in it in the versions"):
        read("osm_file", xml([first, node(2, 25, 52), newer]))
    assert len(read("osm_file", xml([first, first])).tables["facilities"]) == 1
    result = read("osm_file", xml([first, node(2, 25, 52), first]))
    assert result.tables["facilities"]["facility_id"].tolist() == ["osm:n1"]
    assert refused(result) == [
        ("n1", "id", "A", "stands in the file again: taken once")
    ]
    nodes = [node(1, 25, 52), node(2, 25.1, 52)]
    road, other = way(5, [1, 2], highway="track"), way(6, [1, 2], highway="track")
    again = road.replace('version="1"', 'version="2"')
    with pytest.raises(
        SourceFormatError, match="way 5 stands in it in the versions 1 "
    ):
        read("osm_roads", xml(nodes, [road, other, again]))
    assert len(read("osm_roads", xml(nodes, [road, other])).tables["road_ways"]) == 2


BOMB = (
    b'<!DOCTYPE osm [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    b'<osm version="0.6"><node id="1" user="&b;"/></osm>'
)
HOSPITAL = '<tag k="amenity" v="hospital"/>'


@pytest.mark.parametrize("reader", ["osm_file", "osm_roads"])
@pytest.mark.parametrize(
    ("element", "says"),
    [
        ('<node id="1" lat="953" lon="25"/>', "wrong format for coordinate: '953'"),
        ('<node id="1" lat="52,5" lon="25"/>', "characters after coordinate: ',5'"),
        (
            '<node id="9223372036854775808" lat="52" lon="25"/>',
            "illegal id: '9223372036",
        ),
        ('<node id="seven" lat="52" lon="25"/>', "illegal id: 'seven'"),
        ('<node id="1" version="x" lat="52" lon="25"/>', "illegal version: 'x'"),
        (f'<node id="1"><tag k="name" v="{"x" * 70_000}"/></node>', "too long"),
        ("<a>" * 300_000 + "</a>" * 300_000, "xml file nested too deep"),
        (
            "<node id='1'><tag k='a' v='b'><tag/></tag></node>",
            "No element inside <tag>",
        ),
        ("<node id='1' lat='52'", "not well-formed"),
        ('<action type="delete"><old><node id="1"/></old></action>', "too deep"),
    ],
)
def test_odd_xml_ends_in_one_sentence(read, reader, element, says):
    with pytest.raises(SourceFormatError) as caught:
        read(reader, xml([node(5, 25, 52), element]), name="x.osm")
    message = said(caught)
    assert message.startswith("x.osm: the OSM file is cut short or damaged (")
    assert says in message
    assert message.endswith("(plain, .gz or .bz2) is needed.")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (BOMB, "XML entities are not supported"),
        (b"<html><body>404</body></html>", "Unknown top-level element: html"),
        (b"<osm>" + node(1, 25, 52).encode() + b"</osm>", "Can not read file without"),
        (
            '<?xml version="1.0" encoding="windows-1251"?><osm version="0.6"/>'.encode(
                "cp1251"
            ),
            "unknown encoding",
        ),
        (xml([node(1, 25, 52, name="Бор")]).encode("cp1251"), "not well-formed"),
        (gzip.compress(b"hello", mtime=0), "syntax error"),
        (bz2.compress(xml([node(1, 25, 52)]).encode())[:-9], "bzip2 error"),
    ],
)
def test_odd_files_end_in_one_sentence(read, content, says):
    with pytest.raises(SourceFormatError) as caught:
        read("osm_file", content, name="x.osm")
    assert said(caught).startswith("x.osm: the OSM file is cut short or damaged (")
    assert says in str(caught.value)


def test_a_zip_is_to_be_unpacked(read):
    with pytest.raises(SourceFormatError) as caught:
        read("osm_file", b"PK\x03\x04zip", name="x.osm")
    assert said(caught) == (
        "x.osm: the file is no OpenStreetMap file (neither PBF nor XML). "
        "Unpack the zip first."
    )


def test_an_object_without_a_place_on_earth_is_refused_and_the_rest_read(read):
    text = xml(
        [
            node(1, 25, 91, amenity="hospital", name="A"),
            f'<node id="2" version="1">{HOSPITAL}</node>',
            node(3, 25, 91, amenity="bench"),
            node(2**62, 25, 52, amenity="hospital", name="B"),
        ]
    )
    result = read("osm_file", text)
    assert result.tables["facilities"]["facility_id"].tolist() == [f"osm:n{2**62}"]
    assert refused(result) == [
        ("n1", "lon,lat", "A", "no coordinates, or none on Earth"),
        ("n2", "lon,lat", "", "no coordinates, or none on Earth"),
    ]


def test_a_number_that_drafts_are_given_in_the_copy_is_refused(read):
    text = xml([node(-1, 25, 52), node(2**60, 25, 52)])
    with pytest.raises(SourceFormatError) as caught:
        read("osm_file", text, name="x.osm")
    assert said(caught) == (
        f"x.osm: an object has the number {2**60}, which OpenStreetMap has not given. "
        "Take the file anew from where it came."
    )


def test_the_copy_is_removed(tmp_path):
    path = tmp_path / "x.osm"
    path.write_text(xml([node(-1, 25, 52)]))
    with living(path) as source:
        assert len(list(source.objects(osmium.FileProcessor(source.file)))) == 1
        assert source.copied
        assert [source.number(one) for one in (2**60 + 1, 7)] == [-1, 7]
    with living(path) as again, pytest.raises(SourceFormatError):
        # the first copy is gone, so its file can no longer be read
        list(again.objects(osmium.FileProcessor(source.file)))
