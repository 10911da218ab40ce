"""Readings by hexagon and by area, on the release by hand."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from geo.release.hexagons import cells
from geo.release.read import open_release
from tests.api.tiny import (
    TILE,
    TILE_BYTES,
    manifest_in,
    seal,
    write_archive,
    write_release,
)
from tests.api.tiny_manifest import TRIPS

SIZE = {"resolution": 5, "from": 0, "to": 8}


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Return the release with tiles of hexagons."""
    made = write_release(tmp_path_factory.mktemp("hexagons"))
    write_archive(made / "tiles/hexagons.pmtiles", {TILE: TILE_BYTES})
    tiles = {"settlements": "by_cell", "hexagons": [SIZE]}
    seal(made, manifest_in(made) | {"tiles": tiles})
    return made


@pytest.fixture(scope="module")
def by_cell(folder):
    with TestClient(create_app(folder.parents[1])) as client:
        yield client


def read(client, **asked):
    answer = client.get("/v1/readings", params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_the_theme_names_the_sizes(by_cell, client):
    assert by_cell.get("/v1/theme").json()["hexagons"] == [SIZE]
    # a release without tiles of them is served all the same
    assert client.get("/v1/theme").json()["hexagons"] == []


def test_each_settlement_with_a_point_is_counted_in_its_cell(by_cell, folder):
    """All but two neighbours lie in a cell of their own."""
    told = read(by_cell, of=f"verdict:{TRIPS}", by="hexagon", resolution=5)
    assert told["release"] == "zz/2026-11-22.1"
    assert told["classes"] == ["breached", "kept", "unknown", "no_norm"]
    held = open_release(folder)
    found = cells(held.table("settlements"), 5)
    assert len(told["class"]) == len(found.ids) == 10
    alone = {"04": [1, 0, 0, 0], "05": [0, 0, 1, 0], "01": [0, 0, 0, 1]}
    # 800 people with a breach, 40 without
    for id_, counts in (alone | {"07": [1, 1, 0, 0], "08": [1, 1, 0, 0]}).items():
        cell = found.of[held.position[f"zz:{id_}"]]
        assert told["class"][cell] == counts.index(1)
        assert [row[cell] for row in told["settlements"]] == counts
    assert [sum(row) for row in told["settlements"]] == [4, 2, 2, 3]
    # 60 + 800 + 90 + 15; 1,200 + 40; 300; 30,000 + 5 + 2,500
    assert [sum(row) for row in told["people"]] == [965, 1240, 300, 32_505]
    assert told["old"] == [0] * 10


def test_settlements_have_the_numbers_of_the_tiles(by_cell, client):
    new, old = (one.get("/v1/places").json()["ids"] for one in (by_cell, client))
    assert sorted(new) == old
    assert new[-1] == "zz:09"  # it has no point
    assert new != old
    one, other = (read(c, of=f"verdict:{TRIPS}") for c in (by_cell, client))
    for n, id_ in enumerate(new):
        assert one["coded"][n] == other["coded"][old.index(id_)]


def test_a_raion_has_the_class_of_most_and_the_mean_gap_of_all(client):
    told = read(client, of=f"verdict:{TRIPS}", by="raion")
    assert told["ids"] == ["zz:r1", "zz:r2"]
    # r1: 75 breached, 1,200 kept, 300 unknown, 30,000 without norm
    assert told["people"] == [[75, 890], [1200, 40], [300, 0], [30_000, 2505]]
    assert told["settlements"] == [[2, 2], [1, 1], [2, 0], [1, 2]]
    # the towns without a norm do not hide the rest
    assert told["class"] == [1, 0]


def test_the_score_and_the_known_share_of_areas_are_those_of_their_list(client):
    listed = client.get("/v1/areas?level=raion").json()["items"]
    shares = [area["known_share"] for area in listed]
    code = "transport.trips_per_week"
    assert read(client, of=f"status:{code}", by="raion")["values"] == [
        share.get(code) for share in shares
    ]
    scores = [
        {
            row["subject"]: row["score"]
            for row in area["scores"]
            if row["subgroup"] == "all"
        }
        for area in listed
    ]
    told = read(client, of="score:overall", by="raion")["values"]
    assert told == [score.get("overall") for score in scores]
    known = read(client, of="known", by="raion")
    # one indicator has evidence in r1, none in r2
    assert [len(one) for one in shares] == [1, 0]
    assert known["values"] == [round(*shares[0].values(), 3), None]
    assert known["classes"] == known["people"] == []
    assert known["class"] == [None, None]


@pytest.mark.parametrize(
    ("asked", "parameter"),
    [
        ({"of": "people", "by": "hexagon"}, "resolution"),
        ({"of": "people", "by": "hexagon", "resolution": 4}, "resolution"),
        ({"of": "people", "by": "raion", "resolution": 5}, "resolution"),
        ({"of": "people", "resolution": 5}, "resolution"),
        ({"of": "people", "by": "street"}, "by"),
        ({"of": "people", "by": "hexagon", "resolution": "five"}, "resolution"),
        ({"of": "known", "by": "hexagon", "resolution": 5}, "of"),
        ({"of": "known"}, "of"),
        ({"of": "nothing", "by": "raion"}, "of"),
    ],
)
def test_what_is_not_there_is_refused_with_what_is(by_cell, asked, parameter):
    answer = by_cell.get("/v1/readings", params=asked)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert [one["parameter"] for one in answer.json()["errors"]] == [parameter]


def test_the_levels_that_there_are_are_named(client):
    detail = client.get("/v1/readings?of=people&by=street").json()["detail"]
    assert detail == (
        "the parameter 'by' is 'street'. "
        "It must be one of hexagon, country, oblast, raion."
    )


def test_without_tiles_there_is_no_resolution(client):
    answer = client.get("/v1/readings?of=people&by=hexagon&resolution=5")
    assert answer.status_code == 422
    assert "left out: this release has none" in answer.json()["detail"]
