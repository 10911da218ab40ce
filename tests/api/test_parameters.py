"""No parameter is passed over in silence: unknown, given twice, or of no such word."""

import re

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.models import Problem
from tests.api.tiny_manifest import TRIPS

RELEASE = "zz/2026-11-22.1"
#: What stands in the addresses; what a parameter must have for the rest to be right.
PLACES = {
    "/v1/areas/{id}": "zz:r1",
    "/v1/areas/{id}/passport": "zz:r1",
    "/v1/areas/{id}/report": "zz:r1",
    "/v1/areas/{id}/trend": "zz:r1",
    "/v1/areas/{id}/workbook": "zz:r1",
    "/v1/standards/{id}": TRIPS,
    "collection_id": "zz-settlements",
    "id": "zz:04",
    "format": "csv",
    "country": "zz",
    "name": "2026-11-22.1",
    "layer": "areas",
    "z": "5",
    "x": "18",
    "y": "10",
}
NEEDED = {
    "/v1/diff": {"from": RELEASE, "to": RELEASE},
    "/v1/diff/places": {"from": RELEASE, "to": RELEASE},
    "/v1/settlements/{id}/explain": {"standard": TRIPS},
}
SAID = {"limit": "2", "offset": "0", "format": "html", "f": "json", "release": RELEASE}
OGC = re.compile(r"/(collections.*|conformance|openapi\.json)?")


@pytest.fixture(scope="module")
def routes(client):
    """Return path -> names of its query parameters, and which may be repeated."""
    document = client.get("/openapi.json").json()
    return {
        path: {
            entry["name"]: entry["schema"].get("type") == "array"
            for entry in methods["get"].get("parameters", [])
            if entry["in"] == "query"
        }
        for path, methods in document["paths"].items()
    }


def asked(path: str) -> str:
    """Return a path with something that exists in its places."""
    return re.sub(r"{(\w+)}", lambda m: PLACES.get(path) or PLACES[m[1]], path)


def refused(client, path: str, query: list[tuple[str, str]]) -> Problem:
    answer = client.get(asked(path), params=query)
    assert answer.status_code == (400 if OGC.fullmatch(path) else 422), path
    assert answer.headers["content-type"] == "application/problem+json"
    return Problem.model_validate_json(answer.content)


def test_every_address_refuses_a_parameter_that_it_does_not_have(client, routes):
    assert {"/health", "/docs", "/map", "/", "/v1/theme"} < set(routes)
    assert any(path.endswith(".mvt") for path in routes)
    for path in routes:
        problem = refused(client, path, [("colour", "red")])
        assert "there is no parameter 'colour' here" in problem.detail, path
        assert problem.errors[0].parameter == "colour"


def test_every_parameter_is_refused_twice_unless_it_may_be_repeated(client, routes):
    tried = 0
    for path, parameters in routes.items():
        for name, repeatable in parameters.items():
            needed = [p for p in NEEDED.get(path, {}).items() if p[0] != name]
            value = NEEDED.get(path, {}).get(name) or SAID.get(name, "1")
            if repeatable:
                continue
            tried += 1
            problem = refused(client, path, [*needed, (name, value), (name, value)])
            assert problem.detail == (
                f"the parameter {name!r} is given 2 times. It must be given once."
            )
            assert problem.errors[0].parameter == name
    assert tried > 60


def test_what_may_be_repeated_counts_every_time(client, routes):
    several = [
        (p, n) for p, names in routes.items() for n, more in names.items() if more
    ]
    lists = ["/v1/settlements.{format}", "/v1/settlements"]
    assert several == [(path, "kind") for path in lists]
    page = client.get("/v1/settlements?kind=agrogorodok&kind=raion_city").json()
    assert page["total"] == 3


@pytest.mark.parametrize(
    "query",
    [
        "limit=5&limit=6&limit=7",
        "limit=5&li%6dit=5",
        "limit=&limit=5",
        "bbox=1,2,3,4&bbox=1,2,3,4",
        "kind=agrogorodok&kind=raion_city",
        f"release={RELEASE}&release=by",
    ],
)
def test_however_it_is_written(client, query):
    answer = client.get(f"/collections/zz-settlements/items?{query}")
    assert answer.status_code == 400
    assert re.search(r"is given [23] times\.", answer.json()["detail"])


def test_a_reader_of_a_shared_link_sees_the_page(client):
    reader = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    assert client.get("/docs?fbclid=IwAR0", headers=reader).status_code == 200
    answer = client.get("/?f=json&f=html", headers=reader)
    assert (answer.status_code, answer.json()["status"]) == (400, 400)
    # A page only: no filter of data is passed over, whoever asks.
    assert client.get("/v1/areas?fbclid=IwAR0", headers=reader).status_code == 422


def test_behind_the_path_of_a_proxy_too(tiny_root):
    with TestClient(create_app(tiny_root), root_path="/maps") as proxied:
        assert proxied.get("/maps/collections?x=1").status_code == 400
        assert proxied.get("/maps/v1/areas?x=1").status_code == 422
        assert proxied.get("/maps/v1/areas").status_code == 200


@pytest.mark.parametrize(
    ("collection", "query", "words"),
    [
        ("settlements", "kind=nonsense", "one of capital, "),
        ("settlements", "kind=AGROGORODOK", "one of capital, oblast_city, raion_city"),
        ("settlements", "kind=", "one of capital, "),
        ("settlements", "raion_id=Берёзовский", "the id of a raion, see /v1/areas"),
        ("settlements", "raion_id=zz:o1", "the id of a raion, see /v1/areas"),
        ("settlements", "oblast_id=zz:r1", "the id of an oblast, see /v1/areas"),
        ("areas", "parent=zz:r9", "the id of an area, see /v1/areas"),
        ("facilities", "kind=school", "one of "),
        ("facilities", "status=unreachble", "one of unreachable, "),
        ("facilities", "raion_id=zz:r9", "the id of a raion, see /v1/areas"),
        ("access", "kind=masts", "one of mast, "),
        ("access", "reason=far", "one of near, ferry, around"),
        ("access", "status=Modelled", "one of modelled, "),
        (
            "access",
            "settlement_id=zz:99",
            "the id of a settlement, see /v1/settlements",
        ),
        ("service", "period=sommer", "one of "),
        ("service", "settlement_id=04", "the id of a settlement, see /v1/settlements"),
        ("journeys", "destination=hospitl", "one of hospital, pharmacy"),
        ("journeys", "status=known", "one of unknown, "),
    ],
)
def test_a_value_that_cannot_be_is_refused(client, collection, query, words):
    name = query.partition("=")[0]
    answer = client.get(f"/collections/zz-{collection}/items?{query}")
    assert answer.status_code == 400, answer.text
    assert answer.json()["errors"][0]["parameter"] == name
    assert answer.json()["errors"][0]["expected"].startswith(words)


@pytest.mark.parametrize(
    ("collection", "query"),
    [
        ("settlements", "kind=capital"),
        ("settlements", "raion_id=zz:r1"),
        ("areas", "parent=zz:country"),
        ("facilities", "kind=mast"),
        ("facilities", "status=unreachable"),
        ("access", "reason=ferry"),
        ("access", "status=not_applicable"),
        ("journeys", "status=not_applicable"),
        ("access", "settlement_id=zz:01"),
        ("service", "period=reference"),
        ("journeys", "destination=pharmacy"),
    ],
)
def test_a_value_that_could_be_is_answered(client, collection, query):
    answer = client.get(f"/collections/zz-{collection}/items?{query}")
    assert answer.status_code == 200, answer.text
