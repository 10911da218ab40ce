"""Text on its way out, whatever it holds."""

import csv
import io
import json
import re
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from geo.inert import json_script, no_formula, visible

SIGNS = "=+-@＝＋－＠"
#: Any text, thick with what somebody obeys.
nasty = st.text(
    st.one_of(st.sampled_from(f"{SIGNS};,\t\r\n '\"\\<>/{{}}\x00\x1b\x9b\u2028\u202e"),
              st.characters(codec="utf-8"))
)  # fmt: skip


@given(nasty)
def test_what_is_visible_is_one_line_without_controls(text):
    made = visible(text)
    assert made.splitlines() in ([], [made])
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", made)
    made.encode()
    assert visible(made) == made


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"])))
def test_a_plain_text_stays_as_it_is(text):
    assert visible(text) == text


def test_marks_of_direction_are_written_out():
    assert visible("\u061c\u200e\u200f") == "\\u061c\\u200e\\u200f"
    assert visible("\u2028\u202a\u202e") == "\\u2028\\u202a\\u202e"
    assert visible("\u2066\u2069") == "\\u2066\\u2069"


def test_halves_of_characters_can_be_printed():
    assert visible("a\udcff") == "a\\udcff"


@given(st.lists(nasty, min_size=1, max_size=4), st.sampled_from(";\t,"))
def test_no_cell_begins_with_a_sign_however_the_file_is_parted(cells, separator):
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerow([no_formula(cell) for cell in cells])
    for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):
        parted = csv.reader(
            io.StringIO(out.getvalue(), newline=""),
            delimiter=separator,
            quoting=quoting,
        )
        for line in parted:
            # a comma is no separator of ours where the cell is quoted
            if separator == "," and quoting == csv.QUOTE_NONE:
                continue
            assert not [cell for cell in line if cell.lstrip()[:1] in {*SIGNS}]


@given(nasty)
def test_a_cell_can_be_taken_back(text):
    assert no_formula(text).replace("'", "") == text.replace("'", "")


def test_numbers_stay_numbers():
    assert no_formula(-1.5) == -1.5
    assert no_formula(None) is None


class Scripts(HTMLParser):
    def __init__(self, page):
        super().__init__()
        self.tags, self.held = [], ""
        self.feed(page)

    def handle_starttag(self, tag, _attrs):
        self.tags.append(tag)

    def handle_data(self, data):
        self.held += data


@given(nasty)
def test_no_text_ends_the_script_that_holds_it(text):
    page = f'<script type="application/json">{json_script({text: [text]})}</script>'
    seen = Scripts(page)
    assert seen.tags == ["script"]
    assert json.loads(seen.held) == {text: [text]}
