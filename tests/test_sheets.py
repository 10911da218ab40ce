"""A cell of a spreadsheet is what its value is, and never a formula."""

import io
from datetime import date, datetime

import openpyxl
import pytest

from geo.sheets import CELL_TEXT, Book, for_print, put, put_row, tall

DAY = date(2026, 11, 22)


def read(book):
    return openpyxl.load_workbook(io.BytesIO(book.content()))


@pytest.mark.parametrize(
    ("value", "found", "kind"),
    [
        ("=1+1", "=1+1", "s"),
        ("http://x.by", "http://x.by", "s"),
        ("007", "007", "s"),
        (7, 7, "n"),
        (0.5, 0.5, "n"),
        (True, True, "b"),
        (None, None, "n"),
        (float("inf"), "∞", "s"),
        (float("-inf"), "-∞", "s"),
        ("x" * (CELL_TEXT + 1), "x" * CELL_TEXT, "s"),
    ],
)
def test_a_cell_is_what_its_value_is(value, found, kind):
    book = Book(DAY)
    put(book.sheet("one"), 2, 1, value)
    cell = read(book)["one"].cell(3, 2)
    assert (cell.value, cell.data_type) == (found, kind)
    assert cell.hyperlink is None


def test_a_day_is_shown_as_its_look_says():
    book = Book(DAY)
    put(book.sheet("one"), 0, 0, DAY, book.look(num_format="dd.mm.yyyy"))
    cell = read(book)["one"]["A1"]
    assert (cell.value, cell.number_format) == (datetime(2026, 11, 22), "dd.mm.yyyy")  # noqa: DTZ001


def test_an_empty_cell_keeps_its_look():
    book = Book(DAY)
    put(book.sheet("one"), 0, 0, None, book.look(bg_color="#EEEEEE"))
    assert read(book)["one"]["A1"].fill.fgColor.rgb == "FFEEEEEE"


def test_the_same_look_is_made_once():
    book = Book(DAY)
    assert book.look(bold=True, border=1) is book.look(border=1, bold=True)
    assert book.look(bold=True) is not book.look(bold=False)


def test_what_a_value_cannot_be_is_refused():
    with pytest.raises(TypeError):
        put(Book(DAY).sheet("one"), 0, 0, ["a", "b"])


@pytest.mark.parametrize("spilt", [False, True])
def test_rows_print_and_birthday(tmp_path, spilt):
    book = Book(DAY, tmp_path if spilt else None, title="Title")
    sheet = book.sheet("one")
    put_row(sheet, 0, ("a", 1))
    tall(sheet, 1, 2)
    put_row(sheet, 1, ("b", None, 2))
    for_print(sheet)
    made = read(book)
    assert [*made["one"].values] == [("a", 1, None), ("b", None, 2)]
    assert made["one"].row_dimensions[2].height == 30
    assert made["one"].page_setup.orientation == "landscape"
    assert (made.properties.title, made.properties.created.date()) == ("Title", DAY)
    assert list(tmp_path.iterdir()) == []
