"""Norms of raions and operators over HTTP: judged at their level and nowhere else."""

import pytest

from api import models_areas, models_units
from tests.api.tiny_manifest import BEDS, PLAN, TRIPS


def ids(client, query: str = "") -> list[tuple[str, str]]:
    page = client.get(f"/v1/units{query}").json()
    return [(row["unit_id"], row["verdict"]) for row in page["items"]]


def test_bodies_are_what_their_models_say(client):
    page = client.get("/v1/units")
    assert page.headers["paritet-release"] == "zz/2026-11-22.1"
    models_units.UnitPage.model_validate_json(page.content)
    card = client.get("/v1/areas/zz:r1")
    models_areas.AreaCard.model_validate_json(card.content)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", [("uno", "breached"), ("zz:r1", "kept"), ("zz:r2", "unknown")]),
        ("?level=raion", [("zz:r1", "kept"), ("zz:r2", "unknown")]),
        ("?level=oblast", []),
        (f"?standard={PLAN}", [("uno", "breached")]),
        ("?verdict=unknown", [("zz:r2", "unknown")]),
        (f"?standard={BEDS}&verdict=breached", []),
        (f"?level=raion&standard={BEDS}&verdict=kept", [("zz:r1", "kept")]),
    ],
)
def test_filters(client, query, expected):
    assert ids(client, query) == expected


def test_a_row_says_value_norm_gap_act_and_confidence(client):
    row = client.get("/v1/units?level=raion").json()["items"][0]
    assert (row["name"], row["names"]["be"]) == ("Берёзовский район", "Бярозаўскі раён")
    assert (row["value"]["value"], row["value"]["unit"]) == (9.0, "beds")
    assert (row["value"]["supplier"], row["value"]["date"]) == (
        "Райздрав",
        "2026-10-01",
    )
    assert row["value"]["label"] == {"ru": "Койки", "en": "Beds"}
    assert (row["norm"], row["gap"], row["op"]) == (9.0, 0.0, ">=")
    assert row["confidence"] == "reported"
    assert [source["act"] for source in row["sources"]] == ["act-9"]


def test_an_operator_is_listed_by_name(client):
    row = client.get("/v1/units?level=operator").json()["items"][0]
    assert (row["unit_id"], row["name"], row["names"]) == ("uno", "Уно", {})


def test_pages_follow_each_other(client):
    first = client.get("/v1/units?limit=2").json()
    assert (first["total"], len(first["items"])) == (3, 2)
    links = {link["rel"]: link["href"] for link in first["links"]}
    rest = client.get(links["next"]).json()
    assert [row["unit_id"] for row in rest["items"]] == ["zz:r2"]
    assert "next" not in {link["rel"] for link in rest["links"]}


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        (f"standard={TRIPS}", f"It must be one of {BEDS}, {PLAN}."),
        ("level=village", "'selsovet', 'raion', 'oblast', 'country' or 'operator'"),
        ("verdict=good", "'kept', 'breached', 'unknown', 'no_norm' or 'not_due'"),
        ("limit=0", "The parameter 'limit' is '0'. It must be at least 1."),
        ("raion=zz:r1", "there is no parameter 'raion' here"),
    ],
)
def test_a_bad_parameter_is_refused_in_words(client, query, sentence):
    answer = client.get(f"/v1/units?{query}")
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert sentence in answer.json()["detail"]


def test_an_area_shows_its_own_values_and_norms_and_no_others(client):
    area = client.get("/v1/areas/zz:r1").json()["area"]
    assert [row["indicator"] for row in area["unit_values"]] == ["health.beds"]
    assert [row["standard"] for row in area["unit_judgements"]] == [BEDS]
    oblast = client.get("/v1/areas/zz:o1").json()["area"]
    assert (oblast["unit_values"], oblast["unit_judgements"]) == ([], [])


def test_a_standard_of_raions_counts_raions(client):
    counted = client.get(f"/v1/standards/{BEDS}").json()["standard"]["verdicts"]
    assert (counted["kept"], counted["unknown"]) == (1, 1)


def test_no_settlement_and_no_map_choice_speaks_of_a_norm_of_a_raion(client):
    row = client.get("/v1/settlements/zz:01").json()
    assert BEDS not in row["settlement"]["judgements"]
    shown = {entry["id"] for entry in client.get("/v1/theme").json()["standards"]}
    assert TRIPS in shown
    assert not shown & {BEDS, PLAN}
    refused = client.get(f"/v1/settlements?standard={BEDS}")
    assert refused.status_code == 422
