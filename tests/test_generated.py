"""What is made from declarations is as they make it."""

import pytest

from geo.layers.schema import TABLES
from tools.generate import GENERATED, ROOT
from tools.typescript import interfaces


@pytest.mark.parametrize("name", GENERATED)
def test_generated_files_are_as_their_declarations_make_them(name):
    held = (ROOT / name).read_text(encoding="utf-8")
    assert held == GENERATED[name](), "run: .venv/bin/python -m tools.generate"


def test_every_column_says_in_a_sentence_what_it_is():
    for table in TABLES.values():
        for said in (table, *table.columns):
            assert said.says[0].isupper() or said.says[0] == "`", said
            assert said.says.endswith("."), said


def test_types_of_every_kind():
    schemas = {
        "Word": {"type": "string", "enum": ["a", "b"], "description": "A word."},
        "Row": {
            "type": "object",
            "description": "A row.\n\nMore of it.",
            "required": ["word", "count", "maybe", "either"],
            "properties": {
                "word": {"$ref": "#/components/schemas/Word"},
                "count": {"type": "integer"},
                "maybe": {
                    "allOf": [{"$ref": "#/components/schemas/Word"}],
                    "nullable": True,
                },
                "either": {"anyOf": [{"type": "number"}, {"type": "boolean"}]},
                "one": {"type": "string", "enum": ["x", None], "nullable": True},
                "many": {"type": "array", "items": {"type": "string"}},
                "two": {
                    "type": "array",
                    "items": {"type": "number"},
                    "minItems": 2,
                    "maxItems": 2,
                },
                "by": {"type": "object", "additionalProperties": {"type": "number"}},
                "any": {"type": "object", "additionalProperties": True},
                "open": {},
            },
        },
    }
    schemas["Other"] = {"type": "string"}  # nobody asks for it
    document = {"components": {"schemas": schemas}}
    fields = (
        (
            "word: Word; count: number; maybe: Word | null; "
            "either: number | boolean; one?: 'x' | null"
        ),
        (
            "many?: Array<string>; two?: [number, number]; "
            "by?: Record<string, number>; any?: Record<string, unknown>"
        ),
        "open?: unknown",
    )
    assert interfaces(document, ["Row"]).split("\n\n", 1)[1].splitlines() == [
        "/** A row. */",
        "export interface Row {",
        *(f"  {line}" for line in fields),
        "}",
        "/** A word. */",
        "export type Word = 'a' | 'b'",
    ]


def test_a_short_type_stands_on_one_line():
    one = {"type": "object", "properties": {"n": {"type": "integer"}}}
    document = {"components": {"schemas": {"One": one}}}
    assert interfaces(document, ["One"]).splitlines()[2:] == [
        "/** One */",
        "export interface One { n?: number }",
    ]
