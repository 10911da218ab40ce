"""GeoJSON of odd shape: one feature refused, or one sentence for the file."""

import gzip
import json
from typing import Any

import pytest

from geo.errors import SourceFormatError
from geo.sources.readers import geojson
from tests.sources.readers.conftest import refused

RING = [[25, 52], [26, 52], [26, 53], [25, 52]]
TRIANGLE = {"type": "Polygon", "coordinates": [RING]}
GOOD = {"type": "Feature", "properties": {"n": "Лідскі"}, "geometry": TRIANGLE}


def text(*features: Any, **more: Any) -> str:
    content = {"type": "FeatureCollection", "features": list(features)} | more
    return json.dumps(content, ensure_ascii=False)


def area(coordinates: Any, kind: Any = "Polygon", **properties: Any) -> dict[str, Any]:
    geometry = {"type": kind, "coordinates": coordinates}
    properties = properties or {"n": "x"}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def reason(read, odd: Any) -> str:
    """Read an odd feature before a good one; why it was refused."""
    raw = odd if isinstance(odd, str) else json.dumps(odd)
    content = text("ODD", GOOD).replace('"ODD"', raw)
    result = read("polygons", content, kind="raion", names={"ru": "n"})
    assert result.tables["areas"]["area_id"].tolist() == ["made-up:2"]
    ((row, _, _, why),) = refused(result)
    assert row == "1"
    return why


@pytest.mark.parametrize("odd", [None, "oops", 7, [], [[1]], True])
def test_what_is_no_feature(read, odd):
    assert reason(read, odd if odd != "oops" else '"oops"') == (
        "no feature: a JSON object is expected"
    )


@pytest.mark.parametrize("odd", ["x", 5, [1], True])
def test_properties_that_are_no_object(read, odd):
    assert reason(read, GOOD | {"properties": odd}) == (
        "the properties are no JSON object"
    )


def test_a_feature_without_properties_has_no_name(read):
    content = text(GOOD | {"properties": None}, GOOD)
    areas = read("polygons", content, kind="raion", names={"ru": "n"}).tables["areas"]
    assert areas["name_ru"].isna().tolist() == [True, False]


@pytest.mark.parametrize("odd", [{"ru": "x"}, ["x"], float("nan")])
def test_a_property_that_is_no_text(read, odd):
    assert reason(read, area([RING], n=odd)) == "the property is no text and no number"


@pytest.mark.parametrize(
    ("odd", "words"),
    [
        (GOOD | {"geometry": None}, "no geometry"),
        (GOOD | {"geometry": {}}, "no geometry"),
        (GOOD | {"geometry": "POLYGON"}, "the geometry is broken (it has no type"),
        (GOOD | {"geometry": {"coordinates": [RING]}}, "the geometry is broken (it ha"),
        (GOOD | {"geometry": {"type": "Polygon"}}, "the geometry is broken ('coordi"),
        (area([RING], kind=["Polygon"]), "the geometry is broken (it has no type"),
        (area([25, 52], kind="Point"), "a Point is no area"),
        (area([], kind="GeometryCollection"), "a GeometryCollection is no area"),
        (area([]), "the geometry is empty"),
        (area([[]]), "the geometry is empty"),
        (area([[[]]], kind="MultiPolygon"), "the geometry is empty"),
        (area(None), "the geometry is broken ("),
        (area("abc"), "the geometry is broken ("),
        (area({"a": 1}), "the geometry is broken ("),
        (area([RING], kind="MultiPolygon"), "the geometry is broken ("),
        (area([[RING]]), "the geometry is broken ("),
        (area([[[25], [26], [27], [25]]]), "the geometry is broken ("),
        (area([[[25, 52], [26, 52]]]), "the geometry is broken (A linearring requires"),
        (area([[[25, 52], [26, None], [26, 53]]]), "the geometry is broken ("),
        (area([[[25, 52], "26 52", [26, 53]]]), "the geometry is broken ("),
    ],
)
def test_a_geometry_that_is_none(read, odd, words):
    assert reason(read, odd).startswith(words)


@pytest.mark.parametrize("number", ["NaN", "1e999", "-Infinity", "9" * 400])
def test_a_coordinate_that_is_no_number(read, number):
    odd = json.dumps(area([[[25, 52], ["X", 52], [26, 53], [25, 52]]]))
    assert reason(read, odd.replace('"X"', number)).startswith(
        "the geometry is broken ("
    )


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('"n": "x"', '"n": "x", "n": "y"', "n"),
        ('"type": "Feature"', '"type": "Feature", "type": "Feature"', "type"),
    ],
)
def test_a_key_that_stands_twice_costs_its_feature(read, old, new, key):
    content = text(area([RING]), GOOD).replace(old, new, 1)
    result = read("polygons", content, kind="raion", names={"ru": "n"})
    assert len(result.tables["areas"]) == 1
    ((row, field, _, why),) = refused(result)
    assert (row, field, why) == ("1", key, "the key stands twice")


def test_coordinates_that_stand_twice_are_no_geometry(read):
    odd = json.dumps(area([RING])).replace(
        '"coordinates"', '"coordinates": [], "coordinates"'
    )
    assert reason(read, odd).startswith("the geometry is broken (")


def test_heights_and_further_numbers_of_a_position_are_left_out(read):
    high = [[25, 52, 180.5], [26, 52, 181, 7], [26, 53], [25, 52, None]]
    areas = read("polygons", text(area([high], n="x")), kind="raion").tables["areas"]
    (shape,) = areas.geometry
    assert (shape.area, shape.has_z) == (0.5, False)


def test_an_empty_hole_or_part_is_none(read):
    odd = area([[RING, []], [], [[]]], kind="MultiPolygon")
    (shape,) = read("polygons", text(odd), kind="raion").tables["areas"].geometry
    assert (shape.geom_type, shape.area) == ("Polygon", 0.5)


@pytest.mark.parametrize(
    "crs",
    [
        None,
        "EPSG:4326",
        {"type": "name", "properties": "EPSG:4326"},
        {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}},
    ],
)
def test_degrees_are_named_in_many_ways(read, crs):
    assert len(read("polygons", text(GOOD, crs=crs), kind="raion").tables["areas"]) == 1


@pytest.mark.parametrize(
    ("crs", "said"),
    [
        ("EPSG:3857", "EPSG:3857"),
        ({"type": "name", "properties": {"name": 4326}}, '{"type": "name", "prop'),
        ({"type": "link", "properties": {"href": "x"}}, '{"type": "link", "prop'),
        (7, "7"),
        ([], "[]"),
    ],
)
def test_another_coordinate_system_is_refused_however_it_is_written(read, crs, said):
    with pytest.raises(SourceFormatError) as caught:
        read("polygons", text(GOOD, crs=crs), kind="raion")
    assert f"the coordinate system is {said}" in str(caught.value)


def test_a_key_of_the_file_that_stands_twice(read):
    content = text(GOOD).replace('"features"', '"features": [], "features"', 1)
    with pytest.raises(SourceFormatError, match="the key 'features' stands twice"):
        read("polygons", content, kind="raion")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('{"features": ' + "[" * 100_000, "not valid JSON (it nests too deep)"),
        ('{"features": [' + "9" * 5_000 + "]}", "not valid JSON (Exceeds the limit"),
        ("5", "no GeoJSON feature collection"),
        ('{"features": {"type": "Feature"}}', "no GeoJSON feature collection"),
    ],
)
def test_a_file_that_cannot_be_parsed_is_one_sentence(read, content, words):
    with pytest.raises(SourceFormatError) as caught:
        read("polygons", content, kind="raion", name="deep.geojson")
    assert words in str(caught.value)
    assert "deep.geojson" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_feature_of_too_many_positions_is_refused_alone(read, monkeypatch):
    fine = [[25, 52], [26, 52], [26, 52.5], [26, 53], [25, 52]]
    monkeypatch.setattr(geojson, "MOST_VERTICES", 5)
    assert len(read("polygons", text(area([fine])), kind="raion").rejected) == 0
    monkeypatch.setattr(geojson, "MOST_VERTICES", 4)
    assert reason(read, area([fine])) == (
        "5 positions, 4 at most can be used: simplify the outline"
    )
    two = area(
        [[RING], [[[27, 52], [28, 52], [28, 53], [27, 52]]]], kind="MultiPolygon"
    )
    assert reason(read, two).startswith("8 positions")


def test_a_file_of_too_many_positions_or_bytes_is_refused(read, monkeypatch):
    content = text(GOOD, GOOD)
    brackets = content.count("[") + content.count("{")
    monkeypatch.setattr(geojson, "MOST_POSITIONS", brackets)
    assert len(read("polygons", content, kind="raion").tables["areas"]) == 2
    monkeypatch.setattr(geojson, "MOST_POSITIONS", brackets - 1)
    with pytest.raises(SourceFormatError, match="more than 19 positions and objects"):
        read("polygons", content, kind="raion")
    size = len(content.encode())
    monkeypatch.setattr(geojson, "MOST_POSITIONS", brackets)
    monkeypatch.setattr(geojson, "MOST_BYTES", size)
    assert len(read("polygons", content, kind="raion").tables["areas"]) == 2
    monkeypatch.setattr(geojson, "MOST_BYTES", size - 1)
    with pytest.raises(SourceFormatError, match=f"larger than {size - 1} bytes"):
        read("polygons", content, kind="raion")
    packed = gzip.compress(content.encode())
    monkeypatch.setattr(geojson, "MOST_BYTES", len(content) - 1)
    assert len(packed) < len(content) - 1
    with pytest.raises(SourceFormatError, match="the file is larger than"):
        read("polygons", packed, kind="raion", name="p.geojson.gz")
