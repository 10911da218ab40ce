import json
from typing import Any

import pandas as pd
import pytest
import shapely

from geo.errors import DeclarationError, SourceFormatError
from tests.sources.readers.conftest import refused

OUTSIDE = "outside the bounds of xx (lon 20 to 30, lat 50 to 56)"
SQUARE = [[[25, 52], [26, 52], [26, 53], [25, 53], [25, 52]]]


def feature(
    coordinates: Any, kind: str = "Polygon", **properties: Any
) -> dict[str, Any]:
    geometry = {"type": kind, "coordinates": coordinates} if coordinates else None
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def geojson(*features: dict[str, Any], crs: str | None = None) -> str:
    content: dict[str, Any] = {"type": "FeatureCollection", "features": list(features)}
    if crs:
        content["crs"] = {"type": "name", "properties": {"name": crs}}
    return json.dumps(content, ensure_ascii=False)


def test_properties_become_names_kind_code_and_parent(read):
    text = geojson(
        feature(SQUARE, n="Мінск", k="urban_settlement", c=5000, o="Мінская"),
        feature(SQUARE, n="Лідскі раён", k="raion_rest", c="4236", o=""),
        crs="urn:ogc:def:crs:OGC:1.3:CRS84",
    )
    areas = read(
        "polygons",
        text,
        names={"be": "n"},
        kind_property="k",
        kinds={"raion_rest": "raion", "urban_settlement": "town"},
        code="c",
        parent="o",
    ).tables["areas"]
    assert areas.crs.to_epsg() == 4326
    assert areas["area_id"].tolist() == ["made-up:1", "made-up:2"]
    assert areas["area_kind"].tolist() == ["town", "raion"]
    assert areas["code"].tolist() == ["5000", "4236"]
    assert areas["name_be"].tolist() == ["Мінск", "Лідскі раён"]
    assert areas["parent_name"][0] == "Мінская"
    assert pd.isna(areas["parent_name"][1])
    assert [shape.area for shape in areas.geometry] == [1.0, 1.0]


def test_id_property(read):
    areas = read("polygons", geojson(feature(SQUARE, w=85)), kind="oblast", id="w")
    assert areas.tables["areas"]["area_id"].tolist() == ["made-up:85"]


@pytest.mark.parametrize("crs", ["EPSG:32635", "urn:ogc:def:crs:EPSG::3857"])
def test_named_wrong_crs(read, crs):
    with pytest.raises(SourceFormatError) as caught:
        read("polygons", geojson(feature(SQUARE), crs=crs), kind="raion", name="r.json")
    message = str(caught.value)
    assert f"the coordinate system is {crs}" in message
    assert "r.json" in message
    assert message.endswith("ogr2ogr -t_srs EPSG:4326 out.geojson in.geojson.")


def test_metric_coordinates_without_a_crs(read):
    metres = [[[500000, 5900000], [501000, 5900000], [501000, 5901000]]]
    with pytest.raises(SourceFormatError) as caught:
        read("polygons", geojson(feature(metres)), kind="raion")
    assert "coordinates up to 501000, 5901000 are no longitude and latitude" in str(
        caught.value
    )


def test_swapped_coordinates(read):
    swapped = [[[52, 25], [53, 25], [53, 26], [52, 25]]]
    with pytest.raises(SourceFormatError, match="longitude and latitude are swapped"):
        read("polygons", geojson(feature(swapped)), kind="raion")


def test_what_a_refused_outline_costs_is_told(read):
    bow_tie = [[[25, 52], [26, 53], [26, 52], [25, 53], [25, 52]]]
    text = geojson(feature(SQUARE), feature(bow_tie), feature(SQUARE), feature(None))
    result = read("polygons", text, kind="raion", name="b.json")
    assert result.rejected["row"].tolist() == ["4", "2"]
    assert result.notes == (
        (
            "b.json: without an outline that can be used are the features 2, 4; "
            "settlements in them are refused as outside all areas"
        ),
    )


def test_what_was_mended_stands_in_the_notes_with_file_and_feature(read):
    outside = [*SQUARE, [[27, 52], [27.5, 52], [27.5, 52.5], [27, 52]]]
    text = geojson(feature(SQUARE), feature(outside))
    result = read("polygons", text, kind="raion", name="b.json")
    assert [shape.area for shape in result.tables["areas"].geometry] == [1.0, 1.0]
    assert result.rejected.empty
    (note,) = result.notes
    assert note.startswith("b.json, feature 2: Hole lies outside shell[27 52]; the pol")


def test_a_bow_tie_is_refused_with_figures(read):
    bow_tie = [[[25, 52], [26, 53], [26, 52], [25, 53], [25, 52]]]
    result = read("polygons", geojson(feature(bow_tie), feature(SQUARE)), kind="raion")
    assert result.tables["areas"]["area_id"].tolist() == ["made-up:2"]
    ((row, field, value, reason),) = refused(result)
    assert (row, field) == ("1", "geometry")
    assert value.startswith("Self-intersection[25.5 52.5")
    assert "a ring crosses itself, and what lies inside is not clear" in reason


def test_a_file_whose_features_are_all_refused_gives_no_area(read):
    result = read("polygons", geojson(feature(None, n="a")), kind="raion", id="n")
    assert result.tables["areas"].empty
    assert len(result.rejected) == 1


def test_one_wild_or_swapped_position_costs_one_feature_and_not_the_file(read):
    wild = [[[245.3, 52], [26, 52], [26, 53], [245.3, 52]]]
    turned = [[[52, 25], [53, 25], [53, 26], [52, 25]]]
    text = geojson(feature(wild), feature(turned), feature(SQUARE))
    result = read("polygons", text, kind="raion")
    assert result.tables["areas"]["area_id"].tolist() == ["made-up:3"]
    assert [(row, reason) for row, _, _, reason in refused(result)] == [
        ("1", "a position is none on Earth: lon 26 to 245.3, lat 52 to 53"),
        ("2", f"{OUTSIDE}: longitude and latitude are swapped"),
    ]


def test_a_spike_leaves_the_polygon_without_its_line(read):
    spike = [[[25, 52], [26, 52], [26, 53], [27, 54], [26, 53], [25, 53], [25, 52]]]
    result = read("polygons", geojson(feature(spike)), kind="raion")
    assert result.tables["areas"].geometry.iloc[0].geom_type == "Polygon"
    assert len(result.notes) == 1


def test_shapes_that_are_no_areas_are_refused(read):
    far = [[[60, 10], [61, 10], [61, 11], [60, 10]]]
    flat = [[[25, 52], [26, 53], [25, 52], [25, 52]]]
    text = geojson(
        feature(None, k="r"),
        feature([25, 52], kind="Point", k="r"),
        feature([[[25, 52], [26, 52]]], k="r"),
        feature([[["x", 52], [26, 52], [26, 53], ["x", 52]]], k="r"),
        feature(far, k="r"),
        feature(SQUARE, k="new"),
        feature(flat, k="r"),
        feature(SQUARE, k="r"),
    )
    result = read("polygons", text, kind_property="k", kinds={"r": "raion"})
    assert result.tables["areas"]["area_id"].tolist() == ["made-up:8"]
    reasons = {row: reason for row, _, _, reason in refused(result)}
    assert list(reasons) == ["1", "2", "3", "4", "7", "5", "6"]
    assert reasons["1"] == "no geometry"
    assert reasons["2"] == "a Point is no area"
    assert reasons["3"].startswith("the geometry is broken")
    assert reasons["4"].startswith("the geometry is broken")
    assert reasons["5"] == OUTSIDE
    assert reasons["6"] == "no area kind; known are r"
    assert reasons["7"] == "no area is left of it"


def test_second_polygon_of_an_id_is_refused(read):
    text = geojson(feature(SQUARE, w=1), feature(SQUARE, w=1))
    result = read("polygons", text, kind="raion", id="w")
    assert len(result.tables["areas"]) == 1
    assert refused(result) == [("2", "w", "1", "the id is missing or appears again")]


def test_missing_property_names_those_found(read):
    with pytest.raises(SourceFormatError) as caught:
        read("polygons", geojson(feature(SQUARE, a=1, b=2)), kind="raion", code="soato")
    assert "no feature has the property 'soato'; found are a, b" in str(caught.value)


@pytest.mark.parametrize("text", ['{"type": "Feature"}', "[]", '{"features": []}'])
def test_json_that_is_no_collection(read, text):
    with pytest.raises(SourceFormatError, match="no GeoJSON feature collection"):
        read("polygons", text, kind="raion")


def test_cut_geojson(read):
    text = geojson(feature(SQUARE), feature(SQUARE))
    with pytest.raises(SourceFormatError, match=r"not valid JSON .*cut short"):
        read("polygons", text[:-60], kind="raion")


def test_kind_of_area_that_does_not_exist(read):
    with pytest.raises(DeclarationError, match="reader polygons"):
        read("polygons", geojson(feature(SQUARE)), kind="county")


@pytest.mark.realdata
def test_belarus(mirror, read):
    by = {"bounds": (23, 51.1, 33, 56.3)}
    result = read(
        "polygons",
        mirror / "by" / "raions_towns_2019.geojson",
        country=by,
        names={"be": "name_be"},
        kind_property="kind",
        kinds={"raion_rest": "raion", "urban_settlement": "town"},
    )
    areas = result.tables["areas"]
    assert areas["area_kind"].value_counts().to_dict() == {"town": 200, "raion": 118}
    assert result.rejected.empty
    older = read(
        "polygons",
        mirror / "by" / "raions_geoboundaries.geojson",
        country=by,
        names={"ru": "name_ru"},
        kind="raion",
        code="soato4",
        parent="oblast",
    ).tables["areas"]
    assert len(older) == 118
    cells = read(
        "opencellid",
        mirror / "by" / "opencellid_257_2023-12-14.csv.gz",
        country=by,
        mcc=257,
    ).tables["cells"]
    ground = older.geometry.union_all()
    shapely.prepare(ground)
    inside = shapely.contains_xy(ground, cells["lon"], cells["lat"])
    assert (~inside).sum() == 463


@pytest.mark.realdata
def test_kazakhstan(mirror, read):
    areas = read(
        "polygons",
        mirror / "kz" / "admin_wof.geojson",
        country={"bounds": (46.4, 40.5, 87.4, 55.5)},
        names={"ru": "name_ru"},
        kind_property="level",
        kinds={"region": "oblast", "county": "raion"},
        id="wof_id",
    ).tables["areas"]
    assert areas["area_kind"].value_counts().to_dict() == {"raion": 195, "oblast": 18}
