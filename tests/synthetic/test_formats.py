"""The files have the formats of the providers of a real country."""

import csv
import gzip
import json
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree as ET

import numpy as np
import pandas as pd
import pytest
import shapely

from geo.sources.country import load_country
from geo.synthetic.areas import residents_now

SIZE = 1200
OBSERVED = "indicator value low high status date supplier remark"
FIXED = "settlement available technology max_mbps date operator"
FACILITIES = "id kind name lon lat settlement address hours staff_days services remark"
DECLARED = ("vehicles", "health_points", "fibre", "water", "school_transport")
FILES = {
    *("SHA256SUMS", "ambulance.csv", "area_names.xml", "cells.csv.gz", "census.csv"),
    *("facilities.csv", "fixed.csv", "oblasts.geojson", "places.csv", "speed.csv"),
    *("polygons.geojson", "population.csv", "post_codes.tsv", "rail_stations.tsv"),
    *("kinds.csv", "roads.osm.pbf"),
    *(f"{name}.csv" for name in DECLARED),
    *("timetable.zip", "units.csv"),
}


def test_all_files_with_the_exact_columns_of_the_registers(demo, table):
    assert {path.name for path in demo.iterdir()} == FILES
    for name, columns in (
        ("facilities", FACILITIES),
        ("fixed", FIXED),
        *((name, f"settlement {OBSERVED}") for name in ("ambulance", "speed")),
        *((name, f"settlement {OBSERVED}") for name in DECLARED),
        ("units", f"unit_of_assessment unit {OBSERVED}"),
    ):
        assert list(table(demo / f"{name}.csv")) == columns.split(), name
    assert table(demo / "post_codes.tsv", "\t", None).shape[1] == 12
    with gzip.open(demo / "cells.csv.gz", "rt", encoding="utf-8") as stream:
        assert {len(row) for row in csv.reader(stream)} == {14}


def test_columns_are_those_of_the_real_files(mirror, demo):
    def header(path: Path, separator: str = ",") -> list[str]:
        return list(pd.read_csv(path, sep=separator, nrows=0))

    real = [*header(mirror / "by/settlements.csv"), "selsovet_centre"]
    assert header(demo / "places.csv") == real
    for ours, theirs, separator in (
        ("census.csv", "by/census2009.csv", ","),
        ("population.csv", "by/population_2019_raions_towns.csv", ","),
        ("rail_stations.tsv", "transit/rail_stations_by.tsv", "\t"),
    ):
        assert header(demo / ours, separator) == header(mirror / theirs, separator)


def test_polygons_tile_the_country_without_overlap(demo):
    collection = json.loads((demo / "polygons.geojson").read_text(encoding="utf-8"))
    properties = [feature["properties"] for feature in collection["features"]]
    raions = [p["name_ru"] for p in properties if p["kind"] == "raion_rest"]
    assert len(raions) == len(set(raions)) == 12
    assert collection["crs"]["properties"]["name"].endswith("CRS84")
    shapes = np.array(
        [shapely.geometry.shape(f["geometry"]) for f in collection["features"]]
    )
    assert shapely.is_valid(shapes).all()
    whole = shapely.union_all(shapes)
    assert shapely.area(shapes).sum() == pytest.approx(whole.area, rel=1e-5)
    oblasts = json.loads((demo / "oblasts.geojson").read_text(encoding="utf-8"))
    names = [feature["properties"]["name_ru"] for feature in oblasts["features"]]
    assert names == ["Демонстрационная область", "Примеровск"]
    country = shapely.union_all(
        [shapely.geometry.shape(f["geometry"]) for f in oblasts["features"]]
    )
    assert country.symmetric_difference(whole).area < 1e-5 * whole.area


def test_area_names_have_stress_marks_and_belarusian_letters(demo, truth):
    root = ET.parse(demo / "area_names.xml").getroot()  # noqa: S314 - our own file
    selsovets = [node.get("name_be", "") for node in root.iter("Vojtaustva")]
    assert len(selsovets) == len(truth.selsovets) == 95
    assert all(name.count("´") == 1 and name.endswith(" с/с") for name in selsovets)
    raions = [node.get("name_be", "") for node in root.iter("Rajon")]
    assert raions[2] == "Вяжбунскі раён"
    assert any("ў" in name for name in selsovets)


def test_population_adds_up(demo, truth, table):
    rows = table(demo / "population.csv")
    total = rows["all_total"].astype(int)
    by_level = total.groupby(rows["level"]).sum()
    assert by_level["country"] == residents_now(truth).sum()
    assert by_level["country"] == by_level["raion"] + by_level["city"]
    for age in ("all", "below_working_age", "working_age", "above_working_age"):
        parts = rows[f"{age}_urban"].astype(int) + rows[f"{age}_rural"].astype(int)
        assert (parts == rows[f"{age}_total"].astype(int)).all()


EXPECTED = {
    "demo-places": {"places": SIZE + 6},
    "demo-population": {"area_population": 36},
    "demo-polygons": {"areas": 34},
    "demo-oblasts": {"areas": 2},
    "demo-gtfs": {},
}
REFUSED = {
    "demo-places": 3,
    "demo-census": 1,
    "demo-opencellid": 2,
    "demo-rail-stations": 1,
    "demo-facilities": 3,
    "demo-fixed": 0,
    "demo-ambulance": 0,
    "demo-speed": 0,
    "demo-vehicles": 0,
    "demo-health-points": 0,
    "demo-fibre": 0,
    "demo-water": 0,
    "demo-school-transport": 0,
    "demo-units": 0,
    "demo-population": 0,
    "demo-polygons": 0,
    "demo-post-codes": 0,
    "demo-roads": 0,
}
PATHS = {
    "demo-area-names": "area_names.xml",
    "demo-census": "census.csv",
    "demo-facilities": "facilities.csv",
    "demo-opencellid": "cells.csv.gz",
    "demo-oblasts": "oblasts.geojson",
    "demo-polygons": "polygons.geojson",
    "demo-post-codes": "post_codes.tsv",
    "demo-rail-stations": "rail_stations.tsv",
    "demo-gtfs": "timetable.zip",
    "demo-roads": "roads.osm.pbf",
    "demo-health-points": "health_points.csv",
    "demo-school-transport": "school_transport.csv",
}


@pytest.mark.parametrize("number", range(22))
def test_the_readers_of_real_data_take_every_file(demo, number):
    country = load_country("demo")
    feed = country.feeds[number]
    module = pytest.importorskip(f"geo.sources.readers.{feed.reader}")
    path = demo / PATHS.get(feed.source, f"{feed.source.removeprefix('demo-')}.csv")
    source = SimpleNamespace(id=feed.source, date="2026-01-01")
    result = module.read(path, source, country, feed.options)
    for layer, count in EXPECTED.get(feed.source, {}).items():
        assert len(result.tables[layer]) == count
    # nothing is wrong with the roads
    filled = {
        name: rows for name, rows in result.tables.items() if name != "road_faults"
    }
    assert all(len(rows) for rows in filled.values())
    if feed.source in REFUSED:
        assert len(result.rejected) == REFUSED[feed.source], result.rejected.to_string()
