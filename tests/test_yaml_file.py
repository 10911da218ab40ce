"""What YAML would pass over is refused with file, line and key."""

import os
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import yaml_file
from geo.errors import DeclarationError
from geo.yaml_file import MOST_DEPTH, read_mapping, read_yaml


@pytest.fixture
def written(tmp_path):
    def write(content: str | bytes):
        path = tmp_path / "own.yaml"
        raw = content.encode() if isinstance(content, str) else content
        path.write_bytes(raw)
        return path

    return write


def fault(path) -> DeclarationError:
    with pytest.raises(DeclarationError) as caught:
        read_yaml(path)
    assert str(path) in caught.value.where
    assert caught.value.remedy
    return caught.value


def test_plain_declarations_are_read(written):
    text = "a: [1, 2.5, yes, да]\nb: {on_day: 2026-02-28, none: null}\n3: x\n"
    assert read_yaml(written(text)) == {
        "a": [1, 2.5, True, "да"],
        "b": {"on_day": date(2026, 2, 28), "none": None},
        3: "x",
    }


def test_a_byte_order_mark_and_an_empty_file(written):
    assert read_yaml(written(b"\xef\xbb\xbfa: 1\n")) == {"a": 1}
    assert read_yaml(written("# nothing\n")) is None


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "key 'a' stands twice, first in line 1"),
        ("b:\n- {x: 1,\n   x: 2}\n", 3, "key 'x' stands twice, first in line 2"),
        ("1: a\n0x1: b\n", 2, "key '0x1' stands twice, first in line 1"),
        ("on: 2026-01-01\n", 1, "key 'on': YAML reads it as yes or no"),
        ("a: 1\nn: {no: x}\n", 2, "key 'no': YAML reads it as yes or no"),
        ("? [a, b]\n: c\n", 1, "a key must be a word or a number"),
        (
            "norms:\n- {id: x,\n   valid_from: 2026-02-30}\n",
            3,
            "key 'valid_from': '2026-02-30' is no day of the calendar",
        ),
        ("at: 2026-01-01 25:00:00\n", 1, "'2026-01-01 25:00:00' is no day of the cal"),
        ("value: 010\n", 1, "key 'value': '010' is the number 8 in YAML (base 8)"),
        ("value: 16:40\n", 1, "'16:40' is the number 1000 in YAML (base 60)"),
        ("value: 1:30:00\n", 1, "'1:30:00' is the number 5400 in YAML (base 60)"),
        ("value: 190:20.5\n", 1, "'190:20.5' is the number 11420.5 in YAML (base 60)"),
        ("value: -010\n", 1, "key 'value': '-010' is the number -8 in YAML (base 8)"),
        ("value: +07\n", 1, "key 'value': '+07' is the number 7 in YAML (base 8)"),
        ("value: .nan\n", 1, "key 'value': '.nan' is no number"),
        ("values: [1, -.inf]\n", 1, "key 'values': '-.inf' is no number"),
        ("value: 1.0e+999\n", 1, "key 'value': '1.0e+999' is no number"),
        ("value: " + "9" * 5_000, 1, f"key 'value': '{'9' * 60}' is no int"),
        ("a: *b\nb: &b 1\n", 1, "the alias *b names nothing that stands before it"),
        ("a: &a [1, *a]\n", 1, "the alias *a names nothing that stands before it"),
    ],
)
def test_what_can_be_read_in_two_ways_is_refused(written, text, line, words):
    found = fault(written(text))
    assert found.what.startswith(words) or words in found.what
    assert found.where.endswith(f"own.yaml, line {line}")


@pytest.mark.parametrize(
    ("text", "value"),
    [("0", 0), ("-7", -7), ("1_000", 1000), ("0.05", 0.05), ("0x1F", 31),
     ('"010"', "010"), ("10", 10), ("0.1e+2", 10.0)],
)  # fmt: skip
def test_numbers_that_mean_what_they_show_are_read(written, text, value):
    assert read_yaml(written(f"value: {text}\n")) == {"value": value}


def test_an_alias_repeats_a_word_or_a_list(written):
    text = "a: &one x\nb: &two [*one, 1]\nc: [*one, *two]\n"
    assert read_yaml(written(text)) == {"a": "x", "b": ["x", 1], "c": ["x", ["x", 1]]}


def test_keys_taken_over_by_a_merge_may_be_said_anew(written):
    text = (
        "base: &b {a: 1, c: 2}\nlist:\n- deep: &m {<<: *b, a: 3}\ntop: {<<: *m, c: 4}\n"
    )
    assert read_yaml(written(text))["top"] == {"a": 3, "c": 4}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("a: [1\n", "not valid YAML ("),
        ("a: 1\n---\nb: 2\n", "not valid YAML (but found another document)"),
        ("a: !!python/object:os.system x\n", "not valid YAML (could not determine a"),
        (b"a: 1\nb: \x00\n", "not valid YAML (control characters are not allowed"),
        ("имя: Мінск".encode("cp1251"), "not UTF-8 text (byte 0xE8)"),
        ("a: 1".encode("utf-16"), "not UTF-8 text (byte 0xFF)"),
    ],
)
def test_what_is_no_yaml_is_one_sentence(written, content, words):
    found = fault(written(content))
    assert found.what.startswith(words)
    assert "\n" not in str(found)
    assert ", line " in found.where


def test_depth_has_a_limit_of_its_own(written):
    deep = "[" * MOST_DEPTH + "]" * MOST_DEPTH
    assert read_yaml(written(deep)) is not None
    assert fault(written(f"[{deep}]")).what == "the file nests more than 32 deep"
    # libyaml itself would overrun the stack here
    assert "32 deep" in fault(written("a: " + "[" * 100_000)).what


def test_who_changes_what_was_read_changes_it_for_nobody_else(written):
    path = written("a: [1]\n")
    read_yaml(path)["a"].append(2)
    assert read_yaml(path) == {"a": [1]}
    path.write_text("a: [3]\n", encoding="utf-8")
    assert read_yaml(path) == {"a": [3]}


def test_aliases_count_written_out(written, monkeypatch):
    """Three levels of three: 4, 1 + 3 x 4, 1 + 3 x 13, and four for the map's keys."""
    text = "a: &a [1, 1, 1]\nb: &b [*a, *a, *a]\nc: [*b, *b, *b]\n"
    whole = 4 + 4 + 13 + 40
    monkeypatch.setattr(yaml_file, "MOST_PARTS", whole)
    assert len(read_yaml(written(text))["c"]) == 3
    monkeypatch.setattr(yaml_file, "MOST_PARTS", whole - 1)
    found = fault(written(f"{text}\n"))  # what was read before is not weighed again
    assert found.what.startswith(f"the file holds more than {whole - 1} keys and val")
    assert found.where.endswith("line 3")


def test_an_alias_bomb_is_refused_before_it_grows(written):
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    for level in range(1, 20):
        nine = ", ".join([f"*a{level - 1}"] * 9)
        lines.append(f"a{level}: &a{level} [{nine}]")
    assert "aliases written out" in fault(written("\n".join(lines))).what


def test_size_has_a_limit(written, monkeypatch):
    path = written("a: 12345\n")
    monkeypatch.setattr(yaml_file, "MOST_BYTES", 9)
    assert read_yaml(path) == {"a": 12345}
    monkeypatch.setattr(yaml_file, "MOST_BYTES", 8)
    assert fault(path).what == "the file has 9 bytes, 8 at most can be read"


def test_a_pipe_a_folder_and_no_file_are_named_and_never_opened(tmp_path):
    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)
    assert fault(pipe).what == "no regular file"
    assert fault(tmp_path).what == "no regular file"
    assert fault(tmp_path / "none.yaml").what == "there is no such file"


@pytest.mark.parametrize(
    ("text", "found"), [("", "empty"), ("- a\n", "a list"), ("word\n", "a str")]
)
def test_a_root_that_is_no_mapping(written, text, found):
    with pytest.raises(DeclarationError) as caught:
        read_mapping(written(text))
    assert caught.value.what == f"the file must be a mapping of keys and is {found}"


@given(st.binary(max_size=60) | st.text("ab:[]{}&*!-?#'\"\n \t01.,<", max_size=40))
def test_any_bytes_give_a_value_or_a_named_fault(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("any") / "any.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with suppress(DeclarationError):
        read_yaml(path)
