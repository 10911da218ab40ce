import pytest
from pydantic import BaseModel

from api import (
    models,
    models_areas,
    models_card,
    models_ranks,
    models_standards,
    models_theme,
)
from maps.theme import theme
from tests.api.tiny_manifest import MOBILE, TRIPS, manifest_of


@pytest.mark.parametrize(
    ("path", "model"),
    [
        ("/v1/releases", models.ReleaseList),
        ("/v1/settlements", models.SettlementPage),
        ("/v1/agrogorodoks", models.SettlementPage),
        ("/v1/areas", models_areas.AreaPage),
        ("/v1/areas/zz:r1", models_areas.AreaCard),
        ("/v1/areas/zz:country", models_areas.AreaCard),
        ("/v1/standards", models_standards.StandardList),
        (f"/v1/standards/{TRIPS}", models_standards.StandardCard),
        ("/v1/evidence", models_areas.EvidenceAnswer),
        ("/v1/rejected", models.RejectedPage),
        ("/v1/robustness", models_ranks.RobustnessAnswer),
        ("/v1/theme", models_theme.Theme),
        ("/health", models.Health),
        *((f"/v1/settlements/zz:{n:02}", models_card.Scorecard) for n in range(1, 13)),
    ],
)
def test_bodies_are_what_their_models_say(client, path, model: type[BaseModel]):
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["paritet-release"] == "zz/2026-11-22.1"
    model.model_validate_json(answer.content)
    if path.startswith("/v1") and path != "/v1/releases":
        body = answer.json()
        assert (body["release"], body["on"]) == ("zz/2026-11-22.1", "2026-11-22")
        assert body["synthetic"] is False


def test_releases(client):
    assert client.get("/v1/releases").json() == {
        "default": "zz/2026-11-22.1",
        "releases": [
            {
                "release": "zz/2026-11-22.1",
                "country": "zz",
                "names": {"ru": "Тестландия", "en": "Testland"},
                "on": "2026-11-22",
                "synthetic": False,
                "counts": {"settlements": 12, "areas": 4, "facilities": 2},
                "default_view": "scores",
                "bounds": [25.0, 52.0, 27.0, 53.0],
                "languages": ["ru", "be", "en"],
                "latest": True,
            }
        ],
    }


def test_areas_by_level_and_parent(client):
    def ids(query: str) -> list[str]:
        page = client.get(f"/v1/areas?{query}").json()
        assert page["total"] == len(page["items"])
        return [area["id"] for area in page["items"]]

    assert ids("") == ["zz:country", "zz:o1", "zz:r1", "zz:r2"]
    assert ids("level=raion") == ["zz:r1", "zz:r2"]
    assert ids("parent=zz:country") == ["zz:o1"]
    assert ids("level=selsovet") == []


def test_names_of_areas_are_those_of_their_list(client):
    for query in ("level=raion&", "parent=zz:country&", ""):
        named = client.get(f"/v1/areas?{query}names_only=true").json()["items"]
        listed = client.get(f"/v1/areas?{query}").json()["items"]
        assert named == [{key: one[key] for key in named[0]} for one in listed]
    assert named[0].keys() == models_areas.AreaName.model_fields.keys()


def test_area_has_the_bounds_of_its_border_else_of_its_places(client):
    items = client.get("/v1/areas").json()["items"]
    assert {row["id"]: row["bounds"] for row in items} == {
        "zz:country": None,
        "zz:o1": [25.1, 52.1, 26.5, 52.6],
        "zz:r1": [25.0, 52.0, 26.0, 53.0],
        "zz:r2": [26.1, 52.1, 26.5, 52.5],
    }
    assert client.get("/v1/areas/zz:r2").json()["area"]["bounds"][0] == 26.1


def test_listed_area_has_scores_of_all_town_village(client):
    area = client.get("/v1/areas?level=raion").json()["items"][0]
    assert (area["name"], area["parent_name"]) == (
        "Берёзовский район",
        "Полесская область",
    )
    assert len(area["scores"]) == 9
    assert {row["subgroup"] for row in area["scores"]} == {"all", "town", "village"}
    whole = next(
        row
        for row in area["scores"]
        if (row["subgroup"], row["subject"]) == ("all", "overall")
    )
    assert (whole["score"], whole["settlements_kept"]) == (0.1, 1)
    assert whole["settlements_breached"] == 0
    assert [row["status"] for row in area["evidence"]] == ["measured", "unknown"]


def test_one_area(client):
    body = client.get("/v1/areas/zz:r1").json()
    area = body["area"]
    assert len(area["scores"]) == 12
    assert area["scores"][0]["fgt0"] == 0.5
    assert area["parity"][0]["ratio"] == 1.0
    assert area["reconciliation"]["difference"] == -125.0
    # from the top rung down, whatever the order of the table
    assert [row["rung"] for row in area["ladder"]] == ["raion_town", "agrogorodok"]
    assert area["ladder"][1]["order_of_magnitude"] == "unknown"
    assert area["inequality"][0]["erreygers"] == 0.25
    (age,) = area["ages"]
    assert (age["age"], age["population"]) == ("above_working", 9000.0)
    # 30,000 measured, of 5,010 nothing is known
    assert area["known_share"] == {
        "health.ambulance_minutes": pytest.approx(30_000 / 35_010)
    }
    assert body["children"] == []
    oblast = client.get("/v1/areas/zz:o1").json()
    assert oblast["area"]["reconciliation"] is None
    assert oblast["area"]["scores"] == []
    assert oblast["area"]["ladder"] == []
    assert [child["id"] for child in oblast["children"]] == ["zz:r1", "zz:r2"]


def test_area_faults(client):
    assert client.get("/v1/areas/zz:x").json()["detail"] == (
        "no area 'zz:x' in zz/2026-11-22.1. List them at /v1/areas?level=raion."
    )
    answer = client.get("/v1/areas?parent=zz:r")
    assert answer.status_code == 422
    assert "It must be one of zz:r2, zz:r1, zz:o1" in answer.json()["detail"]
    answer = client.get("/v1/areas?level=village")
    assert "one of 'country', 'oblast', 'raion', 'selsovet' or 'grid'" in answer.text


def test_standards_count_their_verdicts(client):
    items = client.get("/v1/standards").json()["items"]
    assert items[0]["id"] == TRIPS
    assert items[0]["verdicts"] == {
        "kept": 2,
        "breached": 4,
        "unknown": 3,
        "no_norm": 3,
        "not_due": 0,
    }
    assert [norm["value"] for norm in items[0]["norms"]] == [8.0, 20.0]
    assert items[0]["norms"][0]["source"]["act"] == "act-8"
    assert items[2]["id"] == MOBILE
    assert set(items[2]["verdicts"].values()) == {0}


def test_unknown_standard_names_the_known(client):
    answer = client.get("/v1/standards/zz.trips")
    assert answer.status_code == 404
    assert "no standard 'zz.trips' in zz/2026-11-22.1. It must be one of" in answer.text


def test_evidence_of_the_country_and_of_an_area(client):
    body = client.get("/v1/evidence").json()
    assert body["area"] == {"id": "zz:country", "name": "Тестландия"}
    minutes, trips = body["items"]
    assert minutes["population"] == {"measured": 30000.0, "unknown": 5010.0}
    assert minutes["settlements"] == {"measured": 1, "unknown": 11}
    assert minutes["supplier"] == {"ru": "Минздрав"}
    assert (minutes["date_min"], minutes["sources"]) == ("2026-05-01", ["hand"])
    # Nothing was said of it: listed, and nothing is made up.
    assert (trips["indicator"], trips["population"]) == ("transport.trips_per_week", {})
    assert trips["population_stale"] is None
    assert client.get("/v1/evidence?area=zz:r1").json()["area"]["id"] == "zz:r1"
    assert client.get("/v1/evidence?area=zz:q").status_code == 404


def test_rejected_rows(client):
    body = client.get("/v1/rejected?source=hand&limit=1&offset=1").json()
    assert body["total"] == 2
    assert body["items"] == [
        {
            "source": "hand",
            "file": "places.csv",
            "row": "15",
            "field": "lon",
            "value": "0",
            "reason": "point at 0,0",
        }
    ]
    assert [link["rel"] for link in body["links"]] == ["self", "prev"]
    answer = client.get("/v1/rejected?source=foot")
    assert "'source' is 'foot'. It must be one of hand." in answer.json()["detail"]


def test_theme_is_that_of_the_maps(client):
    body = client.get("/v1/theme").json()
    expected = theme(manifest_of("zz", "2026-11-22.1"))
    assert body["colours"] == expected["colours"]
    assert body["standards"] == expected["standards"]


def test_health(client):
    body = client.get("/health").json()
    assert (body["status"], body["faults"]) == ("ok", {})
    assert body["served"] == {"zz": "zz/2026-11-22.1"}
