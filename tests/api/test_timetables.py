"""Service, journeys and the faults of timetables: in the card and as collections."""

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.models_transit import Journey, Service, TimetablesAnswer
from geo.layers.schema import SCHEMA_VERSION
from tests.api.tiny import manifest_in, seal, write_release


def test_the_card_tells_how_often_a_bus_comes(client):
    rows = client.get("/v1/settlements/zz:04").json()["service"]
    assert [(row["period"], row["trips"]) for row in rows] == [
        ("reference", 10.0),
        ("summer", 15.0),
    ]
    first = Service.model_validate(rows[0])
    assert (first.first_departure, first.last_departure) == ("06:40", "24:10")
    assert "settlement_id" not in rows[0]


def test_journeys_come_in_the_declared_order_with_their_words(client):
    rows = client.get("/v1/settlements/zz:04").json()["journeys"]
    assert [row["destination"] for row in rows] == ["pharmacy", "hospital"]
    lost, found = (Journey.model_validate(row) for row in rows)
    assert found.label == {"ru": "больница", "en": "hospital"}
    assert (found.return_days, found.weekdays, found.stay_minutes) == (2, "13", 95)
    assert found.facility is not None
    assert found.facility.name == "Станция скорой"
    # nobody gets there: a word, and no number of minutes
    assert (lost.status, lost.minutes, lost.return_days) == ("unreachable", None, 0)


def test_a_settlement_without_a_timetable_has_empty_lists(client):
    card = client.get("/v1/settlements/zz:01").json()
    assert (card["service"], card["journeys"]) == ([], [])


def test_the_faults_of_the_timetables(client):
    body = TimetablesAnswer.model_validate(client.get("/v1/timetables").json())
    (fault,) = body.items
    assert (fault.source, fault.count, fault.done) == ("hand", 3, "counted")
    assert [one["id"] for one in body.parameters["destinations"]] == [
        "pharmacy",
        "hospital",
    ]
    assert len(client.get("/v1/timetables?source=hand").json()["items"]) == 1
    answer = client.get("/v1/timetables?source=bus")
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert "It must be one of hand." in answer.json()["detail"]


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("zz-journeys/items?destination=hospital", ["zz:04:hospital"]),
        ("zz-journeys/items?status=unreachable", ["zz:04:pharmacy"]),
        ("zz-service/items?period=summer", ["zz:04:summer"]),
        ("zz-service/items?settlement_id=zz:01", []),
    ],
)
def test_collections_are_filtered(client, query, ids):
    body = client.get(f"/collections/{query}").json()
    assert [one["id"] for one in body["features"]] == ids
    assert body["numberMatched"] == len(ids)
    for one in body["features"]:
        assert one["geometry"]["type"] == "Point"
        assert one["properties"]["settlement"]


def test_a_filter_of_another_collection_is_refused(client):
    answer = client.get("/collections/zz-journeys/items?period=summer")
    assert answer.status_code == 400
    detail = answer.json()["detail"]
    assert "filters here: destination, status, settlement_id" in detail


def test_an_older_release_has_no_timetables(tmp_path):
    folder = write_release(tmp_path, schema_version=SCHEMA_VERSION - 1)
    manifest = manifest_in(folder)
    for name in ("service", "journeys", "timetable_faults"):
        (folder / f"{name}.parquet").unlink()
    del manifest["parameters"]["transit"]
    seal(folder, manifest)
    with TestClient(create_app(tmp_path)) as client:
        card = client.get("/v1/settlements/zz:04").json()
        assert (card["service"], card["journeys"]) == ([], [])
        assert client.get("/v1/timetables").json()["items"] == []
