"""The API definition, and answers checked against it."""

from collections.abc import Iterator
from typing import Any

from jsonschema import Draft202012Validator
from starlette.testclient import TestClient

ONCE = (
    "/v1/releases",
    "/v1/agrogorodoks",
    "/v1/units",
    "/v1/estimates",
    "/v1/estimates/models",
    "/v1/evidence",
    "/v1/rejected",
    "/v1/timetables",
    "/v1/robustness",
    "/v1/theme",
    "/v1/places",
    "/health",
)
#: list -> what is told of each that is listed
OF_EACH = {
    "/v1/settlements": ("", "/access"),
    "/v1/areas": ("", "/trend"),
    "/v1/standards": ("",),
}


class Definition:
    """What a client may rely on: the server's own ``/openapi.json``."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.document = client.get("/openapi.json").json()
        self.checked: set[str] = set()
        self.validators: dict[str, Draft202012Validator] = {}

    def all_faults(self, most: int) -> list[str]:
        """Return the faults of every address but those that compare or explain."""
        return [*self._all(most)]

    def _all(self, most: int) -> Iterator[str]:
        for path in ONCE:
            yield from self.faults(path)
        for path, parts in OF_EACH.items():
            yield from self.faults(path)
            for one in self.client.get(path).json()["items"][:most]:
                for part in parts:
                    yield from self.faults(f"{path}/{{id}}{part}", id=one["id"])

    def faults(self, path: str, query: str = "", **parts: str) -> list[str]:
        """Return where the answer of an address is not what its definition says."""
        answer = self.client.get(path.format(**parts) + query)
        assert answer.status_code == 200, answer.text
        self.checked.add(path)
        if path not in self.validators:
            self.validators[path] = self._validator(path)
        return [
            f"{path} {parts} {error.json_path}: {error.message[:200]}"
            for error in self.validators[path].iter_errors(answer.json())
        ]

    def _validator(self, path: str) -> Draft202012Validator:
        described = self.document["paths"][path]["get"]["responses"]["200"]["content"]
        schema = json_schema(described["application/json"]["schema"])
        parts = json_schema(self.document["components"])
        return Draft202012Validator(schema | {"components": parts})


def json_schema(node: Any) -> Any:
    """Return a schema of OpenAPI 3.0 in the words of JSON Schema."""
    if isinstance(node, list):
        return [json_schema(part) for part in node]
    if not isinstance(node, dict):
        return node
    made = {key: json_schema(part) for key, part in node.items() if key != "nullable"}
    return {"anyOf": [made, {"type": "null"}]} if node.get("nullable") is True else made
