"""Ranks and tiers: as the release holds them, nothing computed."""

from starlette.testclient import TestClient

from api.app import create_app
from geo.layers.schema import SCHEMA_VERSION
from tests.api.tiny import manifest_in, seal, write_release


def ids(client, query: str) -> list[str]:
    page = client.get(f"/v1/settlements?{query}").json()
    assert page["total"] == len(page["items"])
    return [row["id"] for row in page["items"]]


def test_scorecard_shows_rank_interval_and_tier(client):
    card = client.get("/v1/settlements/zz:07").json()
    assert card["rank"] == {
        "score_median": 0.5,
        "score_low": 0.25,
        "score_high": 0.75,
        "rank_median": 3.0,
        "rank_low": 1.0,
        "rank_high": 4.0,
        "ranked": 3,
        "worst_decile": 0.4,
        "tier": 2,
        "tier_low": 1,
        "tier_high": 3,
    }
    settlement = card["settlement"]
    tiers = [settlement[name] for name in ("tier", "tier_low", "tier_high")]
    assert tiers == [2, 1, 3]


def test_a_place_without_a_norm_has_no_rank(client):
    card = client.get("/v1/settlements/zz:06").json()
    assert card["rank"] is None
    assert card["settlement"]["tier"] is None


def test_filter_by_tier(client):
    assert ids(client, "tier=1") == ["zz:04", "zz:10"]
    assert ids(client, "tier=1&raion=zz:r1") == ["zz:04"]
    assert ids(client, "tier=5") == []
    answer = client.get("/v1/settlements?tier=6")
    assert answer.status_code == 422
    assert (
        "The parameter 'tier' is '6'. It must be at most 5." in answer.json()["detail"]
    )
    assert client.get("/v1/agrogorodoks?tier=2").json()["items"][0]["id"] == "zz:07"


def test_only_raions_are_ranked_among_areas(client):
    raion = client.get("/v1/areas/zz:r1").json()["area"]
    assert (raion["rank"]["rank_median"], raion["rank"]["tier"]) == (1.0, 3)
    for other in ("zz:r2", "zz:o1", "zz:country"):
        assert client.get(f"/v1/areas/{other}").json()["area"]["rank"] is None


def test_robustness_says_how_the_ranking_was_made(client):
    body = client.get("/v1/robustness").json()
    assert body["parameters"] == {"draws": 500, "seed": 7, "interval": 0.9}
    assert body["units"]["settlement"]["within_one_tier"] == 0.3333
    assert body["units"]["settlement"]["tiers"]["1"] == 2


def test_features_carry_the_tier(client):
    found = client.get("/collections/zz-settlements/items").json()["features"]
    tiers = {feature["id"]: feature["properties"]["tier"] for feature in found}
    assert (tiers["zz:04"], tiers["zz:07"], tiers["zz:06"]) == (1, 2, None)


def test_a_release_of_the_version_before_has_no_ranks(tmp_path):
    folder = write_release(tmp_path, schema_version=SCHEMA_VERSION - 1)
    manifest = manifest_in(folder)
    del manifest["robustness"], manifest["parameters"]["robustness"]
    (folder / "ranks.parquet").unlink()
    seal(folder, manifest)
    with TestClient(create_app(tmp_path)) as client:
        body = client.get("/v1/robustness").json()
        card = client.get("/v1/settlements/zz:04").json()
    assert (body["parameters"], body["units"]) == (None, {})
    assert card["rank"] is None
