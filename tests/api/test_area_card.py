"""An area beside its equals and over time, and the form that asks for the rest."""

import io

import openpyxl
import pytest
from starlette.testclient import TestClient

from api.app import create_app
from tests.api.tiny import write_release
from tests.api.tiny_manifest import TRIPS


def area(client, id_="zz:r1"):
    return client.get(f"/v1/areas/{id_}").json()["area"]


def test_peers_are_the_other_areas_of_the_level_with_their_scores(client):
    (peer,) = area(client)["peers"]
    assert (peer["id"], peer["name"]) == ("zz:r2", "Зеленоборский район")
    assert (peer["population"], peer["village_share"]) == (4000.0, 1.0)
    assert peer["scores"]["overall"] == {
        "score": None, "low": None, "high": None, "coverage": 0.5,
    }  # fmt: skip
    assert list(peer["scores"]) == ["overall", "domain:transport", f"standard:{TRIPS}"]
    assert area(client, "zz:country")["peers"] == []


def test_parts_that_do_not_sum_to_the_score_are_not_told(client):
    # the scores of this release are written by hand, not made of its verdicts
    assert area(client)["contributions"] == {}


@pytest.fixture
def two(tmp_path):
    """Serve two releases of one country; yields the client and their folder."""
    write_release(tmp_path, "zz", "2025-11-22.1", code_version="0.0.9")
    write_release(tmp_path, "zz", "2026-11-22.1")
    write_release(tmp_path, "demo", "2026-01-01.1")
    with TestClient(create_app(tmp_path)) as client:
        yield client, tmp_path / "zz"


def trend(client):
    return client.get("/v1/areas/zz:r1/trend?country=zz").json()


def test_an_area_over_time_in_the_releases_of_its_country(two):
    client, _ = two
    body = trend(client)
    assert body["area"] == {"id": "zz:r1", "name": "Берёзовский район"}
    assert [(one["release"], one["method"]) for one in body["items"]] == [
        ("zz/2025-11-22.1", []),
        ("zz/2026-11-22.1", ["code"]),
    ]
    first = body["items"][0]
    assert first["scores"]["overall"]["score"] == 0.1
    assert first["norms"] == []


def test_scores_that_were_altered_are_left_out(two):
    client, folder = two
    path = folder / "2025-11-22.1" / "area_scores.parquet"
    path.write_bytes(path.read_bytes() + b"more")
    assert [one["release"] for one in trend(client)["items"]] == ["zz/2026-11-22.1"]


def test_a_raion_gets_its_form(client):
    answer = client.get("/v1/areas/zz:r1/workbook")
    assert answer.status_code == 200
    assert "attachment" in answer.headers["content-disposition"]
    book = openpyxl.load_workbook(io.BytesIO(answer.content), read_only=True)
    assert len(book.sheetnames) > 3
    names = {
        cell
        for sheet in book
        for row in sheet.iter_rows(values_only=True)
        for cell in row
    }
    assert {"Берёзовка", "Вёска"} <= names
    assert "Ёлкино" not in names  # of another raion


def test_only_a_raion_has_a_form(client):
    answer = client.get("/v1/areas/zz:o1/workbook")
    assert answer.status_code == 404
    assert "'zz:o1' is no raion: only raions have a form" in answer.json()["detail"]


def test_a_card_tells_each_verdict_in_one_sentence_and_what_is_out_of_date(client):
    card = client.get("/v1/settlements/zz:04").json()
    told = {one["standard"]: one["brief"] for one in card["judgements"]}
    assert set(told[TRIPS]) == {"ru", "be", "en"}
    assert told[TRIPS]["en"].startswith("The norm is breached: ")
    assert {one["stale"] for one in card["values"]} <= {True, False}
    story = client.get(f"/v1/settlements/zz:04/explain?standard={TRIPS}&language=en")
    assert story.json()["brief"] == told[TRIPS]["en"]
