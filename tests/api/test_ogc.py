from typing import get_args

import pytest
import shapely
from fastapi.routing import APIRoute
from jsonschema import Draft202012Validator
from starlette.testclient import TestClient

from api.features import Kind
from api.models import Problem
from tests.api.tiny_manifest import MOBILE, TRIPS

GEOJSON = "application/geo+json"
ITEMS = "/collections/zz-settlements/items"


def features(client: TestClient, path: str) -> list[str]:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == GEOJSON
    body = answer.json()
    assert body["type"] == "FeatureCollection"
    assert body["numberReturned"] == len(body["features"])
    assert "timeStamp" not in body
    return [feature["id"].removeprefix("zz:") for feature in body["features"]]


def refused(client: TestClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 400
    return Problem.model_validate_json(answer.content).detail


def test_landing_page_links_to_what_exists(client):
    body = client.get("/", headers={"accept": "application/json"}).json()
    assert body["attribution"] == "Сделано руками"
    links = {link["rel"]: link for link in body["links"]}
    for rel in (
        "self",
        "service-desc",
        "service-doc",
        "conformance",
        "data",
        "related",
    ):
        answer = client.get(links[rel]["href"])
        assert answer.status_code == 200, rel
        assert answer.headers["content-type"].startswith(links[rel]["type"]), rel


def test_conformance(client):
    classes = client.get("/conformance").json()["conformsTo"]
    assert [name.rpartition("/")[2] for name in classes] == ["core", "geojson", "oas30"]


def test_collections(client):
    body = client.get("/collections").json()
    assert [one["id"] for one in body["collections"]] == [
        "zz-settlements",
        "zz-areas",
        "zz-facilities",
        "zz-access",
        "zz-service",
        "zz-journeys",
    ]
    for one in body["collections"]:
        assert one["itemType"] == "feature"
        assert one["extent"]["spatial"]["bbox"] == [[25.0, 52.0, 27.0, 53.0]]
        assert client.get(f"/collections/{one['id']}").json() == one
        for link in one["links"]:
            answer = client.get(link["href"])
            assert answer.headers["content-type"] == link["type"]


def test_every_collection_is_read_whole(client):
    assert features(client, ITEMS) == [f"{n:02}" for n in range(1, 13)]
    assert features(client, "/collections/zz-areas/items") == [
        "country",
        "o1",
        "r1",
        "r2",
    ]
    assert features(client, "/collections/zz-facilities/items") == ["f1", "f2"]


def test_every_feature_has_the_properties_of_the_schema(client):
    for name in get_args(Kind):
        schema = client.get(f"/collections/zz-{name}/schema").json()
        said = list(schema["properties"]["properties"]["properties"])
        body = client.get(f"/collections/zz-{name}/items").json()
        for feature in body["features"]:
            held = feature["properties"]
            assert sorted(held) == sorted([*said, "id"]), feature["id"]
            assert not [v for v in held.values() if isinstance(v, list | dict)]
        known = {
            "properties": {
                part: {"anyOf": [one, {"type": "null"}]}
                for part, one in schema["properties"]["properties"][
                    "properties"
                ].items()
            }
        }
        for feature in body["features"]:
            Draft202012Validator(known).validate(feature["properties"])


def test_settlement_feature(client):
    feature = client.get(f"{ITEMS}/zz:04").json()
    assert feature["id"] == "zz:04"
    assert feature["geometry"] == {"type": "Point", "coordinates": [25.4, 52.4]}
    held = feature["properties"]
    assert (held["id"], held["name"], held["name_be"]) == ("zz:04", "Вёска", "Вёска")
    assert (held["raion"], held["oblast"]) == ("Берёзовский район", "Полесская область")
    assert held["kinds_possible"] == "rural"
    assert held["verdict_zz_transport_trips"] == "breached"
    assert held["gap_zz_transport_trips"] == 0.5
    assert held["verdict_zz_digital_mobile"] == "not_due"
    assert held["gap_zz_digital_mobile"] is None
    assert (held["score_overall"], held["coverage_overall"]) == (0.5, 1.0)
    assert "gap_zz_health_beds" not in held  # a norm of raions
    assert {link["rel"] for link in feature["links"]} == {"self", "collection"}


def test_place_without_a_point_has_a_null_geometry(client):
    feature = client.get(f"{ITEMS}/zz:09").json()
    assert feature["geometry"] is None
    assert feature["properties"]["population"] is None


def test_area_features(client):
    raion = client.get("/collections/zz-areas/items/zz:r1").json()
    assert shapely.from_geojson(str(raion["geometry"]).replace("'", '"')).equals(
        shapely.box(25, 52, 26, 53)
    )
    held = raion["properties"]
    assert (held["settlements"], held["population"]) == (6, 31575.0)
    assert (held["score_overall"], held["coverage_overall"]) == (0.1, 0.5)
    assert held["score_transport"] == held["score_zz_transport_trips"] == 0.1
    unknown = client.get("/collections/zz-areas/items/zz:r2").json()
    assert unknown["geometry"] is None
    assert unknown["properties"]["score_overall"] is None


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (f"{ITEMS}?bbox=25.1,52.1,25.3,52.3", "01 02 03"),
        (f"{ITEMS}?bbox=25.1,52.1,0,25.3,52.3,9", "01 02 03"),
        (f"{ITEMS}?bbox=26.4,50,25.1,60", "01 10 11"),
        (f"{ITEMS}?bbox=-180,-90,180,90", "01 02 03 04 05 06 07 08 10 11 12"),
        (f"{ITEMS}?kind=agrogorodok", "02 07"),
        (f"{ITEMS}?kind=rural&raion_id=zz:r1", "04 05 12"),
        (f"{ITEMS}?urban=yes&oblast_id=zz:o1", "01 11"),
        (f"{ITEMS}?kind=capital", ""),
        (f"{ITEMS}?datetime=2026-01-01T00:00:00Z/..&limit=2", "01 02"),
        (f"{ITEMS}?f=json&limit=1", "01"),
        ("/collections/zz-areas/items?level=raion", "r1 r2"),
        ("/collections/zz-areas/items?parent=zz:o1", "r1 r2"),
        ("/collections/zz-areas/items?bbox=25.9,52.9,27,54", "r1"),
        ("/collections/zz-areas/items?bbox=26.1,52,27,53", ""),
        ("/collections/zz-facilities/items?kind=post_office", "f2"),
        ("/collections/zz-facilities/items?status=assumed&raion_id=zz:r1", "f1"),
    ],
)
def test_filters(client, path, expected):
    assert features(client, path) == expected.split()


def test_pages_keep_their_filters_and_count_exactly(client):
    path = f"{ITEMS}?bbox=25,52,27,53&kind=rural&limit=2"
    seen: list[str] = []
    while path:
        body = client.get(path).json()
        assert body["numberMatched"] == 6
        seen += [feature["id"] for feature in body["features"]]
        links = {link["rel"]: link for link in body["links"]}
        path = links["next"]["href"] if "next" in links else ""
    assert seen == ["zz:04", "zz:05", "zz:06", "zz:08", "zz:10", "zz:12"]
    back = client.get(links["prev"]["href"]).json()
    assert [feature["id"] for feature in back["features"]] == ["zz:06", "zz:08"]
    assert links["prev"]["type"] == GEOJSON


def test_limit_above_the_greatest_is_the_greatest(client):
    body = client.get(f"{ITEMS}?limit=1000000").json()
    assert body["numberReturned"] == 12
    assert "limit=10000&" in body["links"][0]["href"]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("limit=0", "The parameter 'limit' is '0'. It must be at least 1."),
        ("limit=ten", "The parameter 'limit' is 'ten'. It must be a whole number."),
        ("bbox=1,2,3", "the parameter 'bbox' is '1,2,3'."),
        ("bbox=25,91,26,92", "longitude comes first"),
        ("datetime=yesterday", "The parameter 'datetime' is 'yesterday'."),
        ("f=xml", "The parameter 'f' is 'xml'. It must be one of 'json'."),
        ("colour=red", "there is no parameter 'colour' here. It must be one of"),
        (
            "level=raion",
            "'level' is 'raion'. It must be left out; filters here: kind, ",
        ),
        ("urban=maybe", "It must be one of 'yes', 'no' or 'unknown'."),
    ],
)
def test_bad_parameters_are_400_as_the_standard_says(client, query, words):
    assert words in refused(client, f"{ITEMS}?{query}")


def test_queryables_are_the_filters_that_hold(client):
    for name, expected in (
        ("settlements", ["kind", "urban", "raion_id", "oblast_id"]),
        ("areas", ["level", "parent"]),
        ("facilities", ["kind", "status", "raion_id"]),
        ("access", ["kind", "status", "reason", "settlement_id"]),
        ("service", ["period", "settlement_id"]),
        ("journeys", ["destination", "status", "settlement_id"]),
    ):
        body = client.get(f"/collections/zz-{name}/queryables").json()
        assert list(body["properties"]) == expected
        assert body["$id"] == f"http://testserver/collections/zz-{name}/queryables"


def test_schema_gives_types_to_all_null_columns(client):
    schema = client.get("/collections/zz-settlements/schema").json()
    types = schema["properties"]["properties"]["properties"]
    assert types[f"gap_{MOBILE.replace('.', '_')}"] == {
        "type": "number",
        "description": f"{MOBILE}: Compliance gap, 0 (kept) to 1; null unless certain.",
        "x-ogc-unit": "1",
    }
    assert types["population_census"] == {
        "type": "integer",
        "description": "Residents by the census.",
        "x-ogc-unit": "{people}",
    }
    assert all(one["description"] for one in types.values())
    assert types[f"verdict_{TRIPS.replace('.', '_')}"]["enum"] == [
        "kept",
        "breached",
        "unknown",
        "no_norm",
        "not_due",
    ]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (
            "/collections/by-settlements/items",
            "no collection 'by-settlements'. It must be one of zz-settlements,",
        ),
        ("/collections/zz-cells", "no collection 'zz-cells'."),
        (f"{ITEMS}/zz:99", "no feature 'zz:99' in zz-settlements."),
        (
            f"{ITEMS}?release=zz/2020-01-01.1",
            "no release 'zz/2020-01-01.1'. Known: zz/",
        ),
    ],
)
def test_unknown_things_are_404(client, path, words):
    answer = client.get(path)
    assert answer.status_code == 404
    assert words in answer.json()["detail"]


def test_definition_is_openapi_3_0(client):
    answer = client.get("/openapi.json")
    body = answer.json()
    assert body["openapi"] == "3.0.3"
    text = answer.text
    for word in ('"anyOf":[{"type":"string"},{"type":"null"}]', '"const":', '"$defs"'):
        assert word not in text
    parameters = body["paths"]["/collections/{collection_id}/items"]["get"][
        "parameters"
    ]
    limit = next(one for one in parameters if one["name"] == "limit")
    assert limit["schema"]["maximum"] == 10_000
    assert limit["schema"]["minimum"] == 1
    assert limit["required"] is False


def test_definition_describes_every_route_and_its_faults(client):
    body = client.get("/openapi.json").json()
    described = set(body["paths"])
    served = {
        context.path_format
        for context in _routes(client.app.router)
        if not context.path_format.startswith("/static")
    }
    assert described == served
    for path, methods in body["paths"].items():
        for operation in methods.values():
            assert operation["summary"], path
            assert operation["responses"]["default"]["content"] == {
                "application/problem+json": {
                    "schema": {"$ref": "#/components/schemas/Problem"}
                }
            }
            assert "422" not in operation["responses"]


def _routes(router) -> list[APIRoute]:
    found = []
    for route in router.routes:
        if isinstance(route, APIRoute):
            found.append(route)
        elif hasattr(route, "original_router"):
            found += _routes(route.original_router)
    return found
