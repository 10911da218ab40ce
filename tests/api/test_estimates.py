"""Estimates over HTTP and in words: beside the verdicts, and never in their words."""

import re

import pytest
from starlette.testclient import TestClient

from api import models_estimates
from api.app import create_app
from api.models_card import Scorecard
from geo.layers.schema import SCHEMA_VERSION
from geo.release.read import open_release
from geo.reports.estimated import estimate_lines, report
from geo.reports.scorecard import scorecard
from geo.texts import LANGUAGES
from tests.api.tiny import manifest_in, seal, write_release
from tests.api.tiny_estimates import LTE, OTHER

#: stems of the words for verdicts, which no estimate may use
VERDICT = re.compile(
    r"kept|breach|выполн|наруш|соблюд|выкан|парушан|захав", re.IGNORECASE
)


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    return open_release(write_release(tmp_path_factory.mktemp("estimates")))


def ids(client, query=""):
    return [
        row["settlement_id"][-2:]
        for row in client.get(f"/v1/estimates{query}").json()["items"]
    ]


def test_bodies_are_what_their_models_say(client):
    page = client.get("/v1/estimates").content
    models_estimates.EstimatePage.model_validate_json(page)
    models = client.get("/v1/estimates/models").content
    models_estimates.EstimateModels.model_validate_json(models)
    Scorecard.model_validate_json(client.get("/v1/settlements/zz:01").content)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["01", "02", "03", "04", "05", "06", "07"]),
        ("?band=value", ["05", "06"]),
        (f"?indicator={LTE}&band=probably", ["01"]),
        ("?band=open", ["02", "03"]),
        ("?limit=1&offset=2", ["03"]),
    ],
)
def test_filters(client, query, expected):
    assert ids(client, query) == expected


def test_an_area_filters_and_counts_what_it_leaves(client):
    raion = client.get("/v1/settlements/zz:01").json()["settlement"]["raion"]["id"]
    inside = client.get(f"/v1/settlements?raion={raion}").json()["items"]
    mine = {row["id"][-2:] for row in inside} & {f"{n:02}" for n in range(1, 8)}
    page = client.get(f"/v1/estimates?raion={raion}").json()
    assert {row["settlement_id"][-2:] for row in page["items"]} == mine
    assert page["total"] == len(mine)


@pytest.mark.parametrize("query", ["indicator=x", "operator=x", "band=kept"])
def test_a_filter_that_means_nothing_is_told(client, query):
    assert client.get(f"/v1/estimates?{query}").status_code in {400, 422}


def test_an_estimate_is_no_value_and_no_verdict(client):
    card = client.get("/v1/settlements/zz:01").json()
    assert [row["indicator"] for row in card["estimates"]] == [LTE]
    assert LTE not in {row["indicator"] for row in card["values"]}
    assert LTE not in {row["indicator"] for row in card["judgements"]}


def test_a_failed_model_is_listed_with_why_and_says_nothing(client):
    body = client.get("/v1/estimates/models?language=en").json()
    passed, failed, _ = body["models"]
    assert (failed["indicator"], failed["failed"]) == (OTHER, ["skill"])
    assert failed["groups"] == failed["headline"] == []
    assert [row["part"] for row in passed["checks"]] == ["all", "band:probably"]
    assert [row["group"] for row in passed["groups"]] == ["all", "town", "village"]


def test_where_an_anchor_was_seen_is_not_served(client):
    (anchor,) = client.get("/v1/estimates/models").json()["anchors"]
    assert anchor["share"] == 0.99
    assert "seen_at" not in anchor


def test_each_estimate_is_a_sentence_with_its_check(release):
    said = [estimate_lines(release, f"zz:{n:02}", "ru")[0] for n in range(1, 5)]
    assert said[0] == (
        "по модели, вероятно есть LTE (≥ 80 %); "
        "проверено в 321\u00a0населённом пункте: верно в 95 %"
    )
    assert said[1] == (
        "LTE: по модели сказать нельзя (60 %, скорее всего от 40 до 80 %); "
        "запись не дальше 5 км есть"
    )
    assert said[2] == (
        "LTE: люди с телефонами были рядом (дней: 7), записи нет; "
        "вероятным это модель не называет"
    )
    assert said[3] == "LTE: оценки нет, таких мест почти никто не проверял"


def test_minutes_are_a_value_with_an_interval_and_its_assumption(release):
    said = [estimate_lines(release, f"zz:{n:02}", "en")[0] for n in (5, 6, 7)]
    assert said == [
        "to a hospital: about 14 min (most likely 7 to 34)",
        (
            "to a hospital: about 20 min (most likely 9 to 40); "
            "rests on the assumption central-raion-hospital"
        ),
        "to a hospital: no estimate, no way was found",
    ]


def test_the_headline_stands_beside_raw_share_and_anchor(client):
    model = client.get("/v1/estimates/models?language=en").json()["models"][0]
    whole, split, equal, anchor = model["headline"]
    assert "800\u00a0people (80 %), of these on record 50 %" in whole
    assert "cannot be told of 200\u00a0people" in whole
    assert "on record: 67 % of the people in towns, 40 % in villages" in split
    assert "97 % in towns, 25 % in villages" in split
    assert "95 % of the people in towns and 75 % in villages (70 to 80 %)" in equal
    assert "−20 points (−25 to −15)" in equal
    # 1 % of 1,000 people are 10, who may all live in the villages of 1,000
    assert "at most 10\u00a0people are without it" in anchor
    assert "in villages at least 99 % have it" in anchor


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_of_a_verdict(release, language):
    said = [*report(release, language)]
    for n in range(1, 8):
        said += estimate_lines(release, f"zz:{n:02}", language)
    assert len(said) > 12
    assert not [line for line in said if VERDICT.search(line)]


def test_the_card_has_them_after_the_verdicts(release):
    card = scorecard(release, "zz:01", "en")
    assert card.index("Estimates by a model") > card.index("Norms")


def test_the_story_of_a_verdict_has_them_beside(release):
    assert estimate_lines(release, "zz:01", "en", "digital.best_generation")
    assert estimate_lines(release, "zz:01", "en", "digital.best_generation.uno")
    assert not estimate_lines(release, "zz:01", "en", "digital.best")


def test_an_older_release_has_none(tmp_path):
    folder = write_release(tmp_path, schema_version=SCHEMA_VERSION - 1)
    manifest = {k: v for k, v in manifest_in(folder).items() if k != "estimates"}
    for name in ("estimates", "estimate_checks", "estimate_groups"):
        (folder / f"{name}.parquet").unlink()
    seal(folder, manifest)
    with TestClient(create_app(tmp_path)) as client:
        models = client.get("/v1/estimates/models").json()
        page = client.get("/v1/estimates").json()
        card = client.get("/v1/settlements/zz:01").json()
    assert (models["models"], models["gate"]) == ([], None)
    assert (page["total"], card["estimates"]) == (0, [])
    assert report(open_release(folder), "en")[-1] == "There are no models."
