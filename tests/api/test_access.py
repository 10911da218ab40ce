"""Ways to facilities: of one settlement, and as a collection."""

from starlette.testclient import TestClient

from api.app import create_app
from geo.layers.schema import SCHEMA_VERSION
from tests.api.tiny import manifest_in, seal, write_release

STATION = "Станция скорой"


def test_the_ways_of_a_settlement_have_their_lines(client):
    body = client.get("/v1/settlements/zz:04/access").json()
    assert body["settlement_id"] == "zz:04"
    (way,) = body["items"]
    assert way["facility"]["name"] == STATION
    assert (way["minutes"], way["km"], way["detour"]) == (42.5, 35.1, 3.191)
    assert (way["status"], way["reason"]) == ("modelled", "around")
    assert way["geometry"] == {
        "type": "LineString",
        "coordinates": [[25.4, 52.4], [25.4, 52.5], [25.1, 52.5]],
    }


def test_no_way_is_no_number(client):
    (way,) = client.get("/v1/settlements/zz:05/access").json()["items"]
    assert way["status"] == "unsnapped"
    told = {key for key, value in way.items() if value is not None}
    assert told == {"kind", "status", "method", "straight_minutes"}


def test_a_settlement_without_ways_has_an_empty_list(client):
    assert client.get("/v1/settlements/zz:01/access").json()["items"] == []


def test_the_scorecard_has_the_ways_without_lines(client):
    (way,) = client.get("/v1/settlements/zz:04").json()["access"]
    assert way["minutes"] == 42.5
    assert "geometry" not in way


def test_a_kind_that_is_not_there_is_named(client):
    found = client.get("/v1/settlements/zz:04/access?kind=ambulance_station").json()
    assert len(found["items"]) == 1
    answer = client.get("/v1/settlements/zz:04/access?kind=castle")
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert "It must be" in answer.json()["detail"]
    assert "ambulance_station" in answer.json()["detail"]


def test_unknown_settlements_are_404(client):
    answer = client.get("/v1/settlements/zz:99/access")
    assert answer.status_code == 404


def test_ways_are_a_collection_that_can_be_filtered(client):
    body = client.get("/collections/zz-access/items?reason=around").json()
    (feature,) = body["features"]
    assert feature["id"] == "zz:04:ambulance_station"
    assert feature["geometry"]["type"] == "LineString"
    assert feature["properties"]["settlement"] == "Вёска"
    lost = client.get("/collections/zz-access/items?status=unsnapped").json()
    (feature,) = lost["features"]
    assert feature["geometry"] is None
    assert feature["properties"]["minutes"] is None
    one = client.get("/collections/zz-access/items/zz:05:ambulance_station")
    assert one.json() == feature | {"links": one.json()["links"]}


def test_a_kind_of_the_release_is_no_fault_where_a_settlement_has_no_way(client):
    answer = client.get("/v1/settlements/zz:01/access?kind=ambulance_station")
    assert (answer.status_code, answer.json()["items"]) == (200, [])


def test_a_release_of_the_version_before_has_no_ways(tmp_path):
    folder = write_release(tmp_path, schema_version=SCHEMA_VERSION - 1)
    manifest = manifest_in(folder)
    (folder / "access.parquet").unlink()
    seal(folder, manifest)
    with TestClient(create_app(tmp_path)) as client:
        ways = client.get("/v1/settlements/zz:04/access?kind=hospital")
        card = client.get("/v1/settlements/zz:04").json()
        lines = client.get("/collections/zz-access/items").json()
    assert (ways.status_code, ways.json()["items"]) == (200, [])
    assert (card["access"], lines["numberMatched"]) == ([], 0)
