"""The API definition in OpenAPI 3.0, which OGC API Features names.

FastAPI writes OpenAPI 3.1; the few words that differ are put into those of 3.0.
"""

from typing import Any

VERSION = "3.0.3"
#: Words of JSON Schema that OpenAPI 3.0 does not have.
_UNKNOWN = {"propertyNames"}
_LIMITS = {"exclusiveMinimum": "minimum", "exclusiveMaximum": "maximum"}


def openapi30(document: dict[str, Any]) -> dict[str, Any]:
    """Return an OpenAPI 3.1 document of FastAPI as OpenAPI 3.0.3.

    Examples
    --------
    >>> openapi30({"openapi": "3.1.0", "x": {"anyOf": [{"type": "string"},
    ...     {"type": "null"}], "examples": ["a"]}})["x"]
    {'type': 'string', 'nullable': True, 'example': 'a'}
    """
    converted: dict[str, Any] = _converted(document)
    return converted | {"openapi": VERSION}


def _converted(node: Any) -> Any:
    if isinstance(node, list):
        return [_converted(part) for part in node]
    if not isinstance(node, dict):
        return node
    out = {key: _converted(v) for key, v in node.items() if key not in _UNKNOWN}
    if isinstance(out.get("examples"), list):
        examples = out.pop("examples")
        out.setdefault("example", examples[0])
    if "const" in out:
        out["enum"] = [out.pop("const")]
    for exclusive, limit in _LIMITS.items():
        if isinstance(out.get(exclusive), int | float):
            out |= {limit: out[exclusive], exclusive: True}
    if isinstance(out.get("anyOf"), list):
        out = _nullable(out)
    if "$ref" in out and len(out) > 1:  # in 3.0 nothing may stand beside a $ref
        out = {"allOf": [{"$ref": out.pop("$ref")}]} | out
    return out


def _nullable(schema: dict[str, Any]) -> dict[str, Any]:
    """Return ``anyOf: [X, null]`` as X with ``nullable``."""
    parts = [part for part in schema["anyOf"] if part != {"type": "null"}]
    if len(parts) == len(schema["anyOf"]):
        return schema
    rest = {key: value for key, value in schema.items() if key != "anyOf"}
    if len(parts) > 1:
        return rest | {"anyOf": parts, "nullable": True}
    made: dict[str, Any] = parts[0] | rest | {"nullable": True}
    if "enum" in made:  # in 3.0 null is no exception to an enum
        made["enum"] = [*made["enum"], None]
    return made
