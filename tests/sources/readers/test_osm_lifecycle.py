"""What is no longer there, or not yet: no settlement, facility, boundary or road."""

import pytest

from geo.sources.readers.osm_lifecycle import LAST_DAY, NOT_IN_USE, not_in_use
from geo.sources.readers.osm_roads import read_road_tables
from geo.sources.readers.osm_tags import facility_kinds
from tests.sources.readers.conftest import refused
from tests.sources.readers.test_osm_file import BE, node, relation, square, way, xml

#: the day of the source in these tests
DAY = "2024-05-01"
GONE = [
    ("abandoned", "yes"),
    ("abandoned", "2015"),
    ("disused", "yes"),
    ("ruins", "yes"),
    ("ruins", "church"),
    ("demolished", "yes"),
    ("razed", "true"),
    ("removed", "yes"),
    ("destroyed", "yes"),
    ("closed", "yes"),
    ("dismantled", "yes"),
    ("ruined", "yes"),
    ("proposed", "yes"),
    ("planned", "yes"),
    ("construction", "yes"),
    ("historic", "ruins"),
    ("building", "construction"),
    ("operational_status", "closed"),
    ("operational_status", "Non-operational"),
    ("operational_status", "under construction"),
    ("operational_status", "suspended"),
    ("operational_status", "temporarily closed"),
    ("operational_status", "out of order"),
    ("operational_status", "no"),
    ("landuse", "construction"),
    ("status", "abandoned"),
    ("state", "proposed"),
    ("end_date", "2015"),
    ("end_date", "2024-05-01"),
    ("end_date", "2024"),
    ("end_date", "C19"),
    ("end_date", "unknown"),
    ("start_date", "2024-05-02"),
    ("start_date", "2025"),
    ("opening_date", "2024-06"),
]
THERE = [
    ("abandoned", "no"),
    ("ruins", "no"),
    ("disused", "false"),
    ("construction", "minor"),
    ("construction", "no"),
    ("proposed", "motorway"),
    ("historic", "yes"),
    ("building", "yes"),
    ("operational_status", "operational"),
    ("status", "active"),
    ("end_date", "2024-05-02"),
    ("end_date", "2025"),
    ("start_date", "2024-05-01"),
    ("start_date", "2024"),
    ("start_date", "C19"),
    ("opening_date", "2010"),
]


def key(name: str) -> str:
    return name.replace(":", "__")


@pytest.mark.parametrize(("name", "value"), GONE)
def test_what_is_not_in_use_is_no_facility_and_no_settlement(read, name, value):
    tags = {key(name): value}
    text = xml(
        [
            node(1, 25, 52, amenity="hospital", **tags),
            node(2, 25, 52, place="village", name="A", **tags),
            node(3, 25, 52, highway="bus_stop", **tags),
            node(4, 25, 52, amenity="bench", **tags),
        ]
    )
    result = read("osm_file", text, country=BE)
    assert result.tables["facilities"].empty
    assert result.tables["places"].empty
    # each place and facility has a reason; the bench is none of ours
    assert sorted(refused(result)) == [
        (ref, name, value, NOT_IN_USE) for ref in ("n1", "n2", "n3")
    ]


@pytest.mark.parametrize(("name", "value"), THERE)
def test_what_is_in_use_is_taken(read, name, value):
    tags = {key(name): value}
    text = xml(
        [
            node(1, 25, 52, amenity="hospital", **tags),
            node(2, 25, 52, place="village", name="A", **tags),
        ]
    )
    result = read("osm_file", text, country=BE)
    assert len(result.tables["facilities"]) == len(result.tables["places"]) == 1
    assert result.rejected.empty


@pytest.mark.parametrize(
    ("tags", "kinds"),
    [
        ({"disused:amenity": "hospital"}, []),
        ({"amenity": "hospital", "abandoned:amenity": "hospital"}, []),
        ({"healthcare": "hospital", "was:amenity": "hospital"}, []),
        ({"amenity": "hospital", "historic:amenity": "hospital"}, []),
        ({"man_made": "mast", "removed:man_made": "mast"}, []),
        ({"highway": "bus_stop", "proposed:highway": "bus_stop"}, []),
        # what has come in its place is there
        ({"amenity": "pharmacy", "disused:amenity": "hospital"}, ["pharmacy"]),
        ({"shop": "convenience", "disused:shop": "supermarket"}, ["shop"]),
        # one of two has ceased
        (
            {"amenity": "post_office", "shop": "general", "closed:shop": "general"},
            ["post_office"],
        ),
        # a street named so is no prefix
        ({"amenity": "hospital", "name:abandoned": "hospital"}, ["hospital"]),
        # under construction is the hospital itself, or a part of it
        ({"amenity": "hospital", "construction": "hospital"}, []),
        ({"amenity": "hospital", "construction": "minor"}, ["hospital"]),
    ],
)
def test_a_prefix_cancels_what_it_speaks_of(read, tags, kinds):
    named = {key(name): value for name, value in tags.items()}
    result = read("osm_file", xml([node(1, 25, 52, **named)]), country=BE)
    assert result.tables["facilities"]["kind"].tolist() == kinds
    lost = len(facility_kinds(tags)) - len(kinds)
    assert [reason for *_, reason in refused(result)] == [NOT_IN_USE] * lost


@pytest.mark.parametrize(
    ("tags", "kinds", "reason"),
    [
        (
            {"amenity": "clinic", "healthcare": "veterinary"},
            [],
            "medicine for animals",
        ),
        (
            {"amenity": "pharmacy", "healthcare:speciality": "Veterinary"},
            [],
            "medicine for animals",
        ),
        (
            {"amenity": "doctors", "healthcare": "dentist"},
            [],
            "another service than primary care",
        ),
        ({"amenity": "doctors", "healthcare": "doctor;dentist"}, ["primary_care"], ""),
        ({"amenity": "hospital", "healthcare": "dentist"}, ["hospital"], ""),
        ({"shop": "general", "healthcare": "veterinary"}, ["shop"], ""),
        (
            {"amenity": "clinic", "healthcare:speciality": "veterinary;general"},
            ["primary_care"],
            "",
        ),
    ],
)
def test_another_service_is_no_facility(read, tags, kinds, reason):
    named = {key(name): value for name, value in tags.items()}
    result = read("osm_file", xml([node(1, 25, 52, **named)]), country=BE)
    assert result.tables["facilities"]["kind"].tolist() == kinds
    assert [said for *_, said in refused(result)] == ([reason] if reason else [])


def test_a_place_that_was_one_is_no_settlement(read):
    text = xml(
        [
            node(1, 25, 52, place="village", abandoned__place="village", name="A"),
            node(2, 25, 52, place="hamlet", abandoned__place="village", name="B"),
            node(3, 25, 52, place="locality", abandoned__place="village", name="C"),
            node(4, 25, 52, place="locality", abandoned="yes", name="D"),
        ]
    )
    result = read("osm_file", text, country=BE)
    assert result.tables["places"]["place_id"].tolist() == ["osm:n2"]
    assert refused(result) == [("n1", "abandoned:place", "village", NOT_IN_USE)]
    assert result.notes == ("not taken for settlements: 2 locality",)


def test_a_former_boundary_is_no_area(read):
    nodes, ring = square(10, 5, 25.2, 52.2, 0.5)
    tags = {"type": "boundary", "boundary": "administrative", "admin_level": "6"}
    relations = [
        relation(2, [5], name="A", **tags),
        relation(3, [5], name="B", end_date="2013", **tags),
    ]
    result = read("osm_file", xml(nodes, [ring], relations), admin_levels={6: "raion"})
    assert result.tables["areas"]["area_id"].tolist() == ["osm:r2"]
    assert refused(result) == [("r3", "end_date", "2013", NOT_IN_USE)]


def test_a_former_country_is_no_frame(read):
    nodes, ring = square(10, 5, 25.2, 52.2, 0.5)
    tags = {"type": "boundary", "boundary": "administrative", "admin_level": "2"}
    former = relation(3, [5], name="Краіна", end_date="1991", **tags)
    text = xml([*nodes, node(1, 26, 53, amenity="hospital")], [ring], [former])
    result = read("osm_file", text, country=BE, country_relation="Краіна")
    assert len(result.tables["facilities"]) == 1
    assert result.notes[0].startswith("the boundary of Краіна is not complete")


NODES = [node(n, 25 + n / 100, 52) for n in (1, 2)]


@pytest.mark.parametrize(
    ("tags", "fault"),
    [
        ({"highway": "planned"}, "highway=planned: left out"),
        ({"highway": "ruins"}, "highway=ruins: left out"),
        ({"highway": "track", "proposed": "yes"}, "proposed"),
        ({"highway": "track", "construction": "track"}, "construction"),
        ({"highway": "track", "abandoned": "yes"}, "abandoned"),
        ({"highway": "track", "end_date": "2024-04"}, "end_date"),
        ({"highway": "track", "start_date": "2024-06"}, "start_date"),
        ({"highway": "track", "razed:highway": "track"}, "razed:highway"),
        ({"route": "ferry", "disused": "yes"}, "disused"),
        ({"highway": "primary", "construction": "minor"}, ""),
        ({"highway": "primary", "proposed": "motorway"}, ""),
        ({"highway": "cycleway", "abandoned:railway": "rail"}, ""),
        ({"highway": "track", "end_date": "2024-06"}, ""),
    ],
)
def test_roads_that_are_not_in_use_are_left_out_and_counted(read, tags, fault):
    named = {key(name): value for name, value in tags.items()}
    ways = [way(1, [1, 2], highway="path"), way(2, [1, 2], **named)]
    result = read("osm_roads", xml(NODES, ways))
    table = result.tables["road_faults"]
    counted = dict(zip(table["fault"], table["count"], strict=True))
    said = (
        fault if "=" in fault else f"roads with {fault} that are not in use: left out"
    )
    assert counted == ({said: 1} if fault else {})
    assert result.tables["road_ways"]["way_id"].tolist() == ([1] if fault else [1, 2])


def test_where_nobody_knows_the_day_what_ends_has_ended(tmp_path):
    assert not_in_use({"end_date": "2999"}, LAST_DAY) == ("end_date", "2999")
    assert not_in_use({"start_date": "2999"}, LAST_DAY) is None
    path = tmp_path / "x.osm"
    ways = [
        way(1, [1, 2], highway="path"),
        way(2, [1, 2], highway="path", end_date="2999"),
    ]
    path.write_text(xml(NODES, ways))
    assert len(read_road_tables(path).tables["road_ways"]) == 1
    assert len(read_road_tables(path, DAY).tables["road_ways"]) == 2


def test_of_several_tags_always_the_same_is_told():
    tags = {"ruins": "yes", "end_date": "2015", "abandoned": "yes", "name": "x"}
    assert not_in_use(tags, DAY) == ("abandoned", "yes")
