"""The schemas of the API definition as TypeScript, for the map's application.

What openapi-typescript would write needs the compiler's older interface, which the
compiler that builds the application no longer has; of OpenAPI the definition uses this
much.
"""

import json
from typing import Any

_HEAD = (
    "// Made by `python -m tools.generate` from the API's own definition; change the "
    "models in api/.\n"
)
_PLAIN = {
    "string": "string",
    "number": "number",
    "integer": "number",
    "boolean": "boolean",
}
Schema = dict[str, Any]


def interfaces(document: Schema) -> str:
    """Return a type per schema of an OpenAPI 3.0 document, in the order of names."""
    schemas = sorted(document["components"]["schemas"].items())
    return "\n".join([_HEAD, *(_declared(name, schema) for name, schema in schemas)])


def _declared(name: str, schema: Schema) -> str:
    about = str(schema.get("description", name)).partition("\n")[0]
    if "properties" not in schema:
        return f"/** {about} */\nexport type {name} = {_type(schema)}\n"
    required = set(schema.get("required", []))
    fields = "".join(
        f"  {field}{'' if field in required else '?'}: {_type(part)}\n"
        for field, part in schema["properties"].items()
    )
    return f"/** {about} */\nexport interface {name} {{\n{fields}}}\n"


def _type(schema: Schema) -> str:
    if "enum" in schema:  # null stands in it where it may be
        return " | ".join(json.dumps(word).replace('"', "'") for word in schema["enum"])
    made = _not_null(schema)
    return f"{made} | null" if schema.get("nullable") else made


def _not_null(schema: Schema) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    for word in ("allOf", "anyOf"):
        if word in schema:
            return " | ".join(_type(part) for part in schema[word])
    kind = schema.get("type")
    if kind == "array" and schema.get("minItems", 0) == schema.get("maxItems"):
        return f"[{', '.join([_type(schema['items'])] * schema['maxItems'])}]"
    if kind == "array":
        return f"Array<{_type(schema['items'])}>"
    if kind == "object":
        more = schema.get("additionalProperties")
        return f"Record<string, {_type(more) if isinstance(more, dict) else 'unknown'}>"
    return _PLAIN.get(str(kind), "unknown")
