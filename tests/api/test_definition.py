"""Real answers are what the API definition says, neither more nor less."""

import pytest

from tests.api.definition import Definition, json_schema
from tests.api.tiny_manifest import TRIPS


@pytest.fixture(scope="module")
def definition(client) -> Definition:
    return Definition(client)


def test_every_answer_is_what_the_definition_says(definition):
    assert definition.all_faults(most=12) == []
    story = "/v1/settlements/{id}/explain"
    assert definition.faults(story, f"?standard={TRIPS}", id="zz:03") == []
    for path in ("/v1/diff", "/v1/diff/places"):
        assert definition.faults(path, "?from=zz&to=zz") == []
    for of in (f"verdict:{TRIPS}", "score:overall", "value:transport.trips_per_week"):
        assert definition.faults("/v1/readings", f"?of={of}") == []
        assert definition.faults("/v1/summary", f"?of={of}") == []
        assert definition.faults("/v1/readings", f"?of={of}&by=raion") == []
    assert definition.faults("/v1/readings", "?of=known&by=oblast") == []
    described = {
        path
        for path, methods in definition.document["paths"].items()
        if {"$ref", "anyOf"} & set(_schema(methods["get"]["responses"]["200"]))
    }
    assert described == definition.checked


def _schema(answer: dict) -> dict:
    return answer.get("content", {}).get("application/json", {}).get("schema", {})


def test_a_wrong_answer_would_be_found(definition):
    schemas = definition.document["components"]["schemas"]
    way = json_schema(schemas["WayBrief"])["properties"]
    assert way["reason"]["anyOf"][0]["enum"] == ["near", "ferry", "around", None]
    validator = definition.validators["/v1/settlements/{id}"]
    body = definition.client.get("/v1/settlements/zz:04").json()
    body["access"][0]["minutes"] = "long"
    body["values"][0]["status"] = None
    body["judgements"][0]["verdict"] = "perhaps"
    body["settlement"]["colour"] = "red"
    paths = {error.json_path for error in validator.iter_errors(body)}
    assert paths == {
        "$.access[0].minutes",
        "$.judgements[0].verdict",
        "$.settlement",
        "$.values[0].status",
    }


def test_columns_say_what_they_are_and_in_which_unit(definition):
    schemas = definition.document["components"]["schemas"]
    assert schemas["WayBrief"]["properties"]["km"] == {
        "type": "number",
        "title": "Km",
        "description": "Length of the way, walks included.",
        "x-ogc-unit": "km",
        "nullable": True,
    }
    assert schemas["Value"]["properties"]["status"] == {
        "allOf": [{"$ref": "#/components/schemas/Status"}],
        "description": "How the value is known.",
    }
    assert "nullable" not in schemas["Rank"]["properties"]["tier_low"]
