"""Each rule of refusal of the readers of tables has a file that breaks it.

A file of ``counterexamples`` names the reader, a table, and what must be said: line,
column and reason of every row that is refused, or the error of the file as a whole.
"""

import ast
import re
from pathlib import Path

import pytest

from geo.errors import ParitetError
from geo.sources.readers import base, delimited, files, table
from geo.sources.readers.catalog import READERS
from geo.sources.readers.table import RECORDS, Table
from geo.yaml_file import read_mapping
from tests.sources.readers.conftest import declared, refused

FOLDER = Path(__file__).parents[1] / "counterexamples"
FILES = sorted(FOLDER.glob("*/*.yaml"))
CASES = {str(path.relative_to(FOLDER)): read_mapping(path) for path in FILES}
TABLES = {name: one for name, one in READERS.items() if isinstance(one, Table)}


def read_case(read, case):
    content = case["file"].encode(case.get("encoding", "utf-8"))
    name = case.get("name", "table.csv")
    return read(case["reader"], content, name=name, **case.get("options", {}))


@pytest.mark.parametrize("name", [name for name in CASES if "refused" in CASES[name]])
def test_rows_are_refused_for_what_the_file_says(read, name):
    case = CASES[name]
    said = {
        int(row): [field, reason]
        for row, field, _, reason in refused(read_case(read, case))
    }
    assert said == case["refused"]


@pytest.mark.parametrize("name", [name for name in CASES if "error" in CASES[name]])
def test_a_file_is_refused_for_what_it_says(read, name):
    with pytest.raises(ParitetError) as caught:
        read_case(read, CASES[name])
    assert CASES[name]["error"] in str(caught.value)


def shown(reader, rule):
    """Tell whether a counterexample of a reader is refused by one of its rules."""
    return any(
        declared(TABLES[reader], [rule], *pair, case.get("options", {}).get("columns"))
        for case in CASES.values()
        if case["reader"] == reader
        for pair in case.get("refused", {}).values()
    )


@pytest.mark.parametrize(
    ("reader", "column", "sentence"),
    [
        (name, *pair)
        for name, table in TABLES.items()
        for pair in dict.fromkeys(table.sentences)
    ],
)
def test_every_rule_has_a_counterexample(reader, column, sentence):
    todo = f"write one that says {sentence!r} into counterexamples/{reader}/"
    assert shown(reader, (column, sentence)), todo


@pytest.mark.parametrize("rule", RECORDS)
def test_every_rule_of_a_record_has_a_counterexample(rule):
    assert shown("fixed_register", rule)


def test_a_sentence_that_is_not_declared_is_noticed():
    table = TABLES["census_list"]
    ours = ("population", "the population is missing")
    assert declared(table, [ours], "pop2009", "the population is missing")
    assert not declared(table, [ours], "pop2009", "the population is odd")
    assert not declared(table, [ours], "name", "the population is missing")


#: what no small text file is; test_opening.py and test_delimited.py make such files
TOO_LARGE_OR_PACKED = {
    "the file cannot be opened (…)",
    "the file is too large (…)",
    "the gzip file is cut short or damaged (…)",
    "a line of … characters",
    "more than … rows",
}

_ERRORS = ("SourceFormatError", "DeclarationError")


def raised(module):
    """Return what the errors of a module say, … for what depends on the file."""
    tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return {
        sentence_of(call.args[0])
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id in _ERRORS
    }


def sentence_of(text):
    parts = text.values if isinstance(text, ast.JoinedStr) else [text]
    told = (part.value if isinstance(part, ast.Constant) else "…" for part in parts)
    return "".join(told).replace("……", "…")


@pytest.mark.parametrize("module", [base, delimited, files, table])
def test_every_fault_of_a_file_has_a_counterexample(module):
    errors = [case["error"] for case in CASES.values() if "error" in case]
    for sentence in raised(module) - TOO_LARGE_OR_PACKED:
        known = re.escape(sentence).replace("…", ".+")
        assert any(re.search(known, error) for error in errors), sentence


def test_sentences_are_found_in_the_code():
    found = {sentence for module in (delimited, files) for sentence in raised(module)}
    assert found >= TOO_LARGE_OR_PACKED
    assert "the file is empty" in found
