"""The schemas of the API definition as TypeScript, for the map's application.

What openapi-typescript would write needs the compiler's older interface, which the
compiler that builds the application no longer has; of OpenAPI the definition uses this
much.
"""

import json
import re
from collections.abc import Collection
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
_WIDTH = 110
#: So many fields in common are no accident: the one model is made from the other.
_SHARED = 6
Schema = dict[str, Any]


def interfaces(document: Schema, wanted: Collection[str]) -> str:
    """Return a type per schema that is wanted, or that one of these speaks of.

    Parameters
    ----------
    document
        OpenAPI 3.0.
    wanted
        Names of schemas.
    """
    schemas: Schema = document["components"]["schemas"]
    found: set[str] = set()
    ahead = set(wanted)
    while ahead:
        name = ahead.pop()
        found.add(name)
        named = re.findall(r"#/components/schemas/(\w+)", json.dumps(schemas[name]))
        ahead |= set(named) - found
    fields = {name: _fields(schemas[name]) for name in sorted(found)}
    declared = (_declared(name, schemas[name], fields) for name in fields)
    return "\n".join([_HEAD, *declared, ""])


def _fields(schema: Schema) -> dict[str, str]:
    """Return the fields of a schema as they are written; of a list of words none."""
    required = set(schema.get("required", []))
    return {
        name: f"{name}{'' if name in required else '?'}: {_type(part)};"
        for name, part in schema.get("properties", {}).items()
    }


def _base(name: str, fields: dict[str, dict[str, str]]) -> str:
    """Return the largest other interface of which this one has every field."""
    own = fields[name].items()
    inside = [other for other in fields if fields[other].items() < own]
    largest = max(inside, key=lambda other: len(fields[other]), default="")
    return largest if len(fields.get(largest, ())) >= _SHARED else ""


def _declared(name: str, schema: Schema, fields: dict[str, dict[str, str]]) -> str:
    about = str(schema.get("description", name)).partition("\n")[0]
    if "properties" not in schema:
        return f"/** {about} */\nexport type {name} = {_type(schema)}"
    base = _base(name, fields)
    lines = [""]
    for field, said in fields[name].items():
        if base and field in fields[base]:
            continue
        if lines[-1] and len(lines[-1]) + len(said) >= _WIDTH:
            lines.append("")
        lines[-1] += f" {said}"
    head = f"export interface {name}{f' extends {base}' if base else ''} {{"
    own = [line.removesuffix(";") for line in lines]
    if len(own) == 1 and len(head + own[0]) + len(" }") <= _WIDTH:
        return f"/** {about} */\n{head}{own[0]} }}"
    return "\n".join([f"/** {about} */", head, *(f" {line}" for line in own), "}"])


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
