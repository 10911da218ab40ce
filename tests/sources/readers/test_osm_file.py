import bz2
import gzip
from pathlib import Path

import osmium
import osmium.osm.mutable as osm
import pandas as pd
import pytest

from geo.errors import SourceFormatError
from geo.types import Status
from tests.sources.readers.conftest import refused

BE = {"languages": ("be", "ru"), "bounds": (20.0, 50.0, 30.0, 56.0)}
#: The country is the square 25-26 x 52-53; node -> lon, lat.
CORNERS = {1: (25.0, 52.0), 2: (26.0, 52.0), 3: (26.0, 53.0), 4: (25.0, 53.0)}


def node(number: int, lon: float, lat: float, **tags: str) -> str:
    inner = "".join(f'<tag k="{_key(k)}" v="{v}"/>' for k, v in tags.items())
    return f'<node id="{number}" version="1" lon="{lon}" lat="{lat}">{inner}</node>'


def way(number: int, nodes: list[int], **tags: str) -> str:
    inner = "".join(f'<nd ref="{n}"/>' for n in nodes)
    inner += "".join(f'<tag k="{_key(k)}" v="{v}"/>' for k, v in tags.items())
    return f'<way id="{number}" version="1">{inner}</way>'


def relation(number: int, ways: list[int], **tags: str) -> str:
    inner = "".join(f'<member type="way" ref="{w}" role="outer"/>' for w in ways)
    inner += "".join(f'<tag k="{_key(k)}" v="{v}"/>' for k, v in tags.items())
    return f'<relation id="{number}" version="1">{inner}</relation>'


def _key(key: str) -> str:
    return key.replace("__", ":")


def square(first: int, way_ref: int, lon: float, lat: float, side: float, **tags: str):
    """Return four nodes and a closed way around them."""
    corners = enumerate([(0, 0), (1, 0), (1, 1), (0, 1)])
    nodes = [node(first + n, lon + x * side, lat + y * side) for n, (x, y) in corners]
    ring = [first, first + 1, first + 2, first + 3, first]
    return nodes, way(way_ref, ring, **tags)


def xml(nodes: list[str], ways: list[str] = (), relations: list[str] = ()) -> str:
    body = "\n".join([*nodes, *ways, *relations])
    return f'<?xml version="1.0"?>\n<osm version="0.6">\n{body}\n</osm>\n'


def country_parts(**tags: str) -> tuple[list[str], list[str], list[str]]:
    nodes = [node(ref, *point) for ref, point in CORNERS.items()]
    ways = [way(1, [1, 2, 3]), way(2, [3, 4, 1])]
    usual = {"type": "boundary", "boundary": "administrative", "admin_level": "2"}
    return nodes, ways, [relation(1, [1, 2], **(usual | {"name": "Краіна"} | tags))]


def test_settlement_in_full(read):
    text = xml(
        [
            node(
                7,
                25.5,
                52.5,
                place="village",
                name="Вароніна",
                name__ru="Воронино",
                population="412",
                population__date="2019-01-01",
                addr__district="Расонскі раён",
                addr__region="Віцебская вобласць",
                wikidata="Q1",
            )
        ]
    )
    place = read("osm_file", text, name="x.osm", country=BE).tables["places"].iloc[0]
    assert place["place_id"] == "osm:n7"
    assert (place["lon"], place["lat"]) == (25.5, 52.5)
    assert place["name_be"] == "Вароніна"
    assert place["name_ru"] == "Воронино"
    assert (place["population"], place["population_year"]) == (412, 2019)
    assert place["place_type"] == "village"
    assert place["raion_name"] == "Расонскі раён"
    assert place["oblast_name"] == "Віцебская вобласць"
    assert place["code_wikidata"] == "Q1"


def test_populations_in_words_are_refused_and_zero_is_unknown(read):
    text = xml(
        [
            node(1, 25, 52, place="village", name="A", population="~500"),
            node(2, 25, 52, place="hamlet", name="B", population="0"),
        ]
    )
    result = read("osm_file", text, country=BE)
    assert result.tables["places"]["population"].isna().all()
    assert refused(result) == [
        ("n1", "population", "~500", "not a number (field left empty, row kept)")
    ]
    assert result.notes == ("1 settlements give the population 0, that is unknown",)


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("1,000", "a comma or dot before three figures: thousands or a fraction? "),
        ("12.000", "a comma or dot before three figures: thousands or a fraction? "),
        ("9" * 20, "more than there can be (100,000,000) "),
    ],
)
def test_a_thousands_mark_or_a_count_beyond_reason(read, value, reason):
    village = node(1, 25, 52, place="village", name="A", population=value)
    nodes = "osm_node,lat,lon,name,key,value,population\n1,52,25,A,place,village,"
    for reader, content in (
        ("osm_file", xml([village])),
        ("osm_nodes", f'{nodes}"{value}"\n'),
    ):
        result = read(reader, content, country=BE)
        assert result.tables["places"]["population"].isna().tolist() == [True]
        ((_, field, said, why),) = refused(result)
        assert (field, said) == ("population", value)
        assert why.startswith(reason)


@pytest.mark.parametrize(
    ("tags", "kinds"),
    [
        ({"amenity": "hospital"}, ["hospital"]),
        ({"healthcare": "hospital"}, ["hospital"]),
        ({"amenity": "clinic", "healthcare": "clinic"}, ["primary_care"]),
        ({"amenity": "doctors"}, ["primary_care"]),
        ({"healthcare": "centre"}, ["primary_care"]),
        ({"amenity": "pharmacy"}, ["pharmacy"]),
        ({"amenity": "post_office", "shop": "convenience"}, ["post_office", "shop"]),
        ({"shop": "general"}, ["shop"]),
        ({"shop": "hairdresser"}, []),
        ({"highway": "bus_stop"}, ["bus_stop"]),
        ({"railway": "halt"}, ["rail_stop"]),
        ({"railway": "station", "station": "subway"}, []),
        ({"man_made": "mast"}, ["mast"]),
        ({"man_made": "tower", "tower__type": "communication"}, ["mast"]),
        ({"man_made": "tower", "tower__type": "bell_tower"}, []),
        ({"emergency": "ambulance_station"}, ["ambulance_station"]),
        ({"amenity": "bank"}, ["bank"]),
        ({"amenity": "bank", "abandoned": "yes"}, []),
        ({"amenity": "blood_bank"}, []),
        ({"amenity": "pharmacy", "disused": "yes"}, []),
        ({"disused__amenity": "pharmacy"}, []),
    ],
)
def test_tags_give_the_kind(read, tags, kinds):
    table = read("osm_file", xml([node(1, 25, 52, **tags)]), country=BE)
    assert table.tables["facilities"]["kind"].tolist() == kinds
    assert table.tables["facilities"]["facility_id"].is_unique
    assert all(one.endswith(":n1") for one in table.tables["facilities"]["origin"])


def test_facility_mapped_as_a_building_gets_a_point_inside(read):
    nodes, building = square(
        10,
        5,
        25.5,
        52.5,
        0.002,
        amenity="pharmacy",
        name="Аптэка",
        opening_hours="24/7",
    )
    table = read("osm_file", xml(nodes, [building]), country=BE).tables["facilities"]
    facility = table.iloc[0]
    assert facility["facility_id"] == "osm:w5"
    assert 25.5 < facility["lon"] < 25.502
    assert 52.5 < facility["lat"] < 52.502
    assert facility["name"] == "Аптэка"
    assert facility["hours"] == "24/7"
    assert facility["status"] == Status.MEASURED.value
    assert facility["located"]


def test_outline_of_a_settlement_with_a_node_is_refused(read):
    near, outline = square(10, 5, 25.5, 52.5, 0.002, place="hamlet", name="Вёска")
    far, other = square(20, 6, 25.8, 52.8, 0.002, place="hamlet", name="Вёска")
    alone, third = square(30, 7, 25.2, 52.2, 0.002, place="hamlet", name="Хутар")
    text = xml(
        [node(1, 25.503, 52.5, place="hamlet", name="вёска"), *near, *far, *alone],
        [outline, other, third],
    )
    result = read("osm_file", text, country=BE)
    ids = result.tables["places"]["place_id"].tolist()
    assert sorted(ids) == ["osm:n1", "osm:w6", "osm:w7"]
    assert refused(result) == [
        ("w5", "place", "Вёска", "outline of the settlement that node n1 stands for")
    ]


def test_boundaries_become_areas(read):
    nodes, ways, relations = country_parts(name__ru="Страна")
    inner, ring = square(10, 5, 25.2, 52.2, 0.5)
    away, foreign = square(20, 6, 27.0, 52.2, 0.5)
    tags = {"type": "boundary", "boundary": "administrative", "admin_level": "6"}
    relations += [
        relation(2, [5], name="Раён", ref="4236", **tags),
        relation(3, [6], name="Чужы раён", **tags),
        relation(4, [99], name="Абрэзаны раён", **tags),
        relation(5, [5], name="Сельсавет", **(tags | {"admin_level": "8"})),
    ]
    result = read(
        "osm_file",
        xml([*nodes, *inner, *away], [*ways, ring, foreign], relations),
        country=BE,
        admin_levels={2: "country", 6: "raion"},
        country_relation="Страна",
        code_tag="ref",
    )
    areas = result.tables["areas"].set_index("area_id")
    assert areas.crs.to_epsg() == 4326
    assert areas["area_kind"].to_dict() == {"osm:r1": "country", "osm:r2": "raion"}
    assert areas.loc["osm:r2", "code"] == "4236"
    assert areas.loc["osm:r2", "name_be"] == "Раён"
    assert areas.loc["osm:r1"].geometry.area == pytest.approx(1.0)
    assert refused(result) == [
        (
            "r4",
            "geometry",
            "Абрэзаны раён",
            "no closed outline in this file: incomplete, or not an area",
        ),
        ("r3", "geometry", "Чужы раён", "outside the boundary of the country"),
    ]


def test_objects_beyond_the_border_are_refused(read):
    nodes, ways, relations = country_parts()
    nodes += [
        node(11, 25.5, 52.5, place="village", name="Тут"),
        node(12, 26.5, 52.5, place="village", name="Там"),
        node(13, 26.5, 52.5, amenity="pharmacy"),
    ]
    text = xml(nodes, ways, relations)
    inside = read("osm_file", text, country=BE, country_relation="Краіна")
    assert inside.tables["places"]["name_be"].tolist() == ["Тут"]
    assert len(inside.tables["facilities"]) == 0
    assert refused(inside) == [
        ("n12", "lon,lat", "n12", "outside the boundary of the country"),
        ("n13", "lon,lat", "n13", "outside the boundary of the country"),
    ]
    everything = read("osm_file", text, country=BE)
    assert len(everything.tables["places"]) == 2


def test_incomplete_country_falls_back_to_the_bounds(read):
    nodes, ways, relations = country_parts()
    nodes.append(node(12, 26.5, 52.5, place="village", name="Там"))
    text = xml(nodes, ways[:1], relations)
    result = read("osm_file", text, country=BE, country_relation="Краіна")
    assert len(result.tables["places"]) == 1
    assert result.notes[0].startswith("the boundary of Краіна is not complete")


def test_only_the_tables_asked_for(read):
    text = xml([node(1, 25, 52, place="village"), node(2, 25, 52, amenity="clinic")])
    result = read("osm_file", text, country=BE, tables=["facilities"])
    assert list(result.tables) == ["facilities"]
    assert len(result.tables["facilities"]) == 1


def test_other_places_are_counted(read):
    places = ("locality", "suburb", "suburb", "isolated_dwelling")
    text = xml([node(n, 25, 52, place=value) for n, value in enumerate(places, 1)])
    result = read("osm_file", text, country=BE)
    assert len(result.tables["places"]) == 0
    assert result.notes == (
        "not taken for settlements: 1 isolated_dwelling, 1 locality, 2 suburb",
    )


@pytest.mark.parametrize("pack", [str.encode, lambda t: gzip.compress(t.encode())])
def test_the_format_is_told_by_the_content_not_the_name(read, pack):
    content = pack(xml([node(1, 25, 52, place="village", name="A")]))
    result = read("osm_file", content, name="extract", country=BE)
    assert len(result.tables["places"]) == 1


def test_bzip2(read):
    content = bz2.compress(xml([node(1, 25, 52, place="village")]).encode())
    assert len(read("osm_file", content, country=BE).tables["places"]) == 1


def pbf(path: Path, count: int) -> bytes:
    with osmium.SimpleWriter(str(path)) as writer:
        for ref in range(1, count + 1):
            point = (25 + ref / (count * 2), 52 + (ref * 7919 % count) / (count * 2))
            tags = {"place": "village", "name": f"Вёска {ref}"}
            writer.add_node(osm.Node(id=ref, version=1, location=point, tags=tags))
    return path.read_bytes()


def test_pbf_and_a_pbf_cut_in_the_middle(read, tmp_path):
    content = pbf(tmp_path / "whole.osm.pbf", 2000)
    whole = read("osm_file", content, name="a.osm.pbf", country=BE)
    assert len(whole.tables["places"]) == 2000
    with pytest.raises(SourceFormatError) as caught:
        read("osm_file", content[: len(content) // 2], name="cut.osm.pbf", country=BE)
    message = str(caught.value)
    assert "cut.osm.pbf: the OSM file is cut short or damaged" in message
    assert message.endswith("a PBF or OSM XML file (plain, .gz or .bz2) is needed.")


@pytest.mark.parametrize(
    "content",
    [
        xml([node(n, 25, 52, place="village") for n in range(1, 99)])[:2000].encode(),
        gzip.compress(xml([node(1, 25, 52)] * 999).encode(), mtime=0)[:60],
        b"<html><body>404</body></html>",
    ],
)
def test_cut_or_foreign_xml(read, content):
    with pytest.raises(SourceFormatError, match="cut short or damaged"):
        read("osm_file", content, country=BE)


@pytest.mark.parametrize("content", [b"hello world", b"", b"PK\x03\x04zip"])
def test_no_osm_file_at_all(read, content):
    with pytest.raises(SourceFormatError, match="no OpenStreetMap file"):
        read("osm_file", content, country=BE)


@pytest.mark.realdata
def test_liechtenstein(mirror, read):
    result = read(
        "osm_file",
        mirror / "osm" / "liechtenstein-2015.osm.pbf",
        country={"languages": ("de", "en"), "bounds": (9.4, 47.0, 9.7, 47.3)},
        country_relation="Liechtenstein",
        admin_levels={2: "country", 8: "raion"},
    )
    assert result.date == "2015-07-27"
    places = result.tables["places"].set_index("name_de")
    assert len(places) == 19
    assert places.loc["Vaduz", "population"] == 5_229
    assert pd.isna(places.loc["Malbun", "population"])
    kinds = result.tables["facilities"]["kind"].value_counts().to_dict()
    assert (kinds["hospital"], kinds["pharmacy"], kinds["post_office"]) == (1, 3, 8)
    assert kinds["bank"] == 4
    assert (kinds["bus_stop"], kinds["rail_stop"]) == (308, 4)
    areas = result.tables["areas"]["area_kind"].value_counts().to_dict()
    assert areas == {"raion": 11, "country": 1}
    # Swiss and Austrian boundaries do not close in this extract
    assert "r75155" in result.rejected["row"].tolist()


@pytest.mark.realdata
def test_outline_and_node_of_one_hamlet(mirror, read):
    path = mirror / "osm" / "belarus-east-micro.osm.gz"
    result = read("osm_file", path, country={"bounds": (23, 51.1, 33, 56.3)})
    assert result.tables["places"]["name_ru"].tolist() == ["Воронино"]
    assert result.rejected["row"].tolist() == ["w25105678"]


def test_each_of_several_values_in_one_tag_counts(read):
    nodes, outline = square(10, 20, 25.1, 52.1, 0.001, amenity="pharmacy; clinic")
    text = xml(
        [
            node(1, 25, 52, amenity="clinic;pharmacy"),
            node(2, 25, 52, shop="bakery;convenience"),
            node(3, 25, 52, amenity="bench;toilets"),
            node(4, 25, 52, amenity="hospital;clinic", disused__amenity="hospital"),
            *nodes,
        ],
        [outline],
    )
    result = read("osm_file", text, country=BE)
    table = result.tables["facilities"]
    assert table[["facility_id", "kind"]].to_numpy().tolist() == [
        ["osm:n1", "primary_care"],
        ["osm:n1#pharmacy", "pharmacy"],
        ["osm:n2", "shop"],
        ["osm:n4", "primary_care"],
        ["osm:w20", "primary_care"],
        ["osm:w20#pharmacy", "pharmacy"],
    ]
    assert [(row, field) for row, field, *_ in refused(result)] == [
        ("n4", "disused:amenity")
    ]
