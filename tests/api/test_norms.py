"""Norms as the API shows them: reported or verified, our reading, lists, context."""

import shutil

import pyarrow.parquet as pq
import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.models_card import Scorecard
from api.models_diff import Explanation
from api.models_standards import StandardCard, StandardList
from api.models_units import UnitPage
from geo.layers.schema import SCHEMA_VERSION
from tests.api.tiny import manifest_in, seal, write_release
from tests.api.tiny_manifest import GP, READING, TRIPS


@pytest.fixture
def changed(tmp_path):
    """Return a client on a release whose rows of the trips were changed."""

    def make(**rows):
        root = tmp_path / "releases"
        shutil.rmtree(root, ignore_errors=True)
        path = write_release(root)
        manifest = manifest_in(path)
        for norm in manifest["standards"][0]["norms"]:
            norm.update(rows.get(norm["id"].rpartition(".")[2], {}))
        seal(path, manifest)
        return TestClient(create_app(root))

    return make


def _trips(client, number):
    answer = client.get(f"/v1/settlements/zz:{number}")
    card = Scorecard.model_validate_json(answer.content)
    return next(row for row in card.judgements if row.standard == TRIPS)


def test_context_stands_beside_the_standards_and_apart(client):
    body = StandardList.model_validate_json(client.get("/v1/standards").content)
    assert [entry.id for entry in body.context] == [GP]
    assert body.context[0].status == "superseded"
    assert body.context[0].confidence == "read"
    assert GP not in {item.id for item in body.items}


def test_context_asked_for_as_a_standard_says_where_it_is(client):
    answer = client.get(f"/v1/standards/{GP}")
    assert answer.status_code == 404
    detail = answer.json()["detail"]
    assert "is context in zz/2026-11-22.1: documented and never judged" in detail
    assert "/v1/standards" in detail


def test_the_card_of_a_standard_shows_our_reading_and_the_list(client):
    card = StandardCard.model_validate_json(
        client.get(f"/v1/standards/{TRIPS}").content
    )
    village, centre = card.standard.norms
    assert (village.reading, centre.reading) == (READING, None)
    assert (village.list, village.confidence) == ("national", "reported")


def test_the_scorecard_shows_the_reading_of_the_rows_that_may_apply(client):
    assert _trips(client, "04").readings == [READING]
    assert _trips(client, "03").readings == [READING]


def test_the_card_names_the_rows_that_the_judge_held_possible(client):
    village, centre = f"{TRIPS}.village", f"{TRIPS}.centre"
    assert _trips(client, "04").norms_possible == [village]
    assert _trips(client, "03").norms_possible == [village, centre]
    assert _trips(client, "01").norms_possible == []


def test_the_story_tells_the_rows_that_are_recorded(client):
    path = f"/v1/settlements/zz:09/explain?standard={TRIPS}"
    told = Explanation.model_validate_json(client.get(path).content)
    assert [norm.id for norm in told.norms] == [f"{TRIPS}.village"]


def test_a_release_of_the_version_before_records_no_possible_rows(tmp_path):
    path = write_release(tmp_path, schema_version=SCHEMA_VERSION - 1)
    for name in ("judgements", "unit_judgements"):
        file = path / f"{name}.parquet"
        pq.write_table(pq.read_table(file).drop_columns(["norms_possible"]), file)
    manifest = manifest_in(path)
    manifest["standards"][0]["norms"][0]["confidence"] = "verified"
    seal(path, manifest)
    with TestClient(create_app(tmp_path)) as older:
        card = _trips(older, "09")
        story = f"/v1/settlements/zz:09/explain?standard={TRIPS}&language=en"
        told = Explanation.model_validate_json(older.get(story).content)
        units = UnitPage.model_validate_json(older.get("/v1/units").content)
    assert (card.norms_possible, card.confidence) == (None, "reported")
    assert told.norms == []
    assert "does not record which are possible" in told.text
    assert [row.norms_possible for row in units.items] == [None] * 3


def test_an_undecided_norm_is_reported_until_every_row_is_verified(client, changed):
    assert _trips(client, "03").confidence == "reported"
    sure = {"confidence": "verified"}
    one = changed(village=sure)
    assert _trips(one, "04").confidence == "verified"  # the village's row decided
    assert _trips(one, "03").confidence == "reported"  # the centre's may apply too
    # of 09 the centre's row was ruled out
    assert _trips(one, "09").confidence == "verified"
    both = changed(village=sure, centre=sure)
    assert _trips(both, "03").confidence == "verified"
