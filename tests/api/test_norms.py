"""Norms as the API shows them: reported or verified, our reading, lists, context."""

import shutil

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.models_card import Scorecard
from api.models_standards import StandardCard, StandardList
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


def test_an_undecided_norm_is_reported_until_every_row_is_verified(client, changed):
    assert _trips(client, "03").confidence == "reported"
    sure = {"confidence": "verified"}
    one = changed(village=sure)
    assert _trips(one, "04").confidence == "verified"  # the village's row decided
    assert _trips(one, "03").confidence == "reported"  # the centre's may apply too
    both = changed(village=sure, centre=sure)
    assert _trips(both, "03").confidence == "verified"
