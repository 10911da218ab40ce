"""The form is one file: what it may say, and that it names only what there is."""

from datetime import date
from fnmatch import fnmatchcase
from functools import partial

import openpyxl
import pytest
import yaml

from geo.errors import DeclarationError, TextError, WorkbookError
from geo.settings import DECLARATIONS
from geo.sources.indicators import supplying_sheet
from geo.sources.quantities import HOUSEHOLDS
from geo.sources.result import CANONICAL
from geo.sources.workbook import book
from geo.sources.workbook import content as content_module
from geo.sources.workbook import form as form_module
from geo.sources.workbook import read as reader
from geo.sources.workbook.content import Row, WorkbookContent
from geo.sources.workbook.faults import WorkbookFaultsError
from geo.sources.workbook.form import FILE, SETTLEMENTS, Words, declared
from geo.sources.workbook.form import form as laid_out
from geo.sources.workbook.tables import to_read_result

OPERATORS = (("red", "Красный"),)
INDICATORS = yaml.safe_load((DECLARATIONS / "indicators.yaml").read_text("utf-8"))
CODES = {one["code"] for one in INDICATORS["indicators"]} | {HOUSEHOLDS}


def altered(tmp_path, change):
    said = yaml.safe_load(FILE.read_text("utf-8"))
    change(said)
    path = tmp_path / "workbook.yaml"
    path.write_text(yaml.safe_dump(said, allow_unicode=True, sort_keys=False), "utf-8")
    return path


def columns_of(said, sheet):
    return said["sheets"][sheet]["columns"]


def test_every_part_is_explained_in_two_languages():
    for sheet in laid_out(OPERATORS).values():
        assert all(sheet.said), sheet.key
        for column in sheet.columns:
            assert all(column.said), column.key


def test_what_columns_feed_is_there():
    for sheet in laid_out(OPERATORS).values():
        fed = [column.feeds for column in sheet.columns if column.feeds]
        known = {*CANONICAL[sheet.table], "name_ru", "name_be"} if fed else set()
        assert set(fed) <= known
        for column in sheet.columns:
            if column.indicator:
                assert any(fnmatchcase(column.indicator, code) for code in CODES)


def test_an_indicator_is_supplied_by_the_sheet_that_has_a_column_for_it():
    for key, sheet in laid_out(OPERATORS).items():
        for column in sheet.columns:
            if column.indicator and not column.feeds and key != SETTLEMENTS:
                assert supplying_sheet(column.indicator) == key, column.key


def test_a_column_per_operator_has_its_name_and_indicator():
    (column,) = [c for c in laid_out(OPERATORS)["mobile"].columns if c.per_operator]
    assert (column.key, column.title) == ("generation.red", "Красный")
    assert column.indicator == "digital.generation.red"
    assert "оператора «Красный»" in column.said.help
    assert "аператара «Красный»" in column.said.help_be
    assert not [c for c in laid_out(())["mobile"].columns if c.per_operator]


def test_shared_columns_may_be_told_anew():
    trips, shops = laid_out(())["trips"], laid_out(())["facilities"]
    assert trips.column("settlement_id").locked
    assert not shops.column("settlement_id").locked
    assert trips.column("settlement_id").said != shops.column("settlement_id").said


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (
            lambda said: columns_of(said, "trips").update(seats={"cell": "number "}),
            r"workbook\.yaml: key 'sheets\.trips\.columns\.seats\.cell': .*'number '",
        ),
        (
            lambda said: columns_of(said, "trips").update(seats={"kind": "count"}),
            r"key 'sheets\.trips\.columns\.seats\.cell': field required",
        ),
        (
            lambda said: columns_of(said, "trips").update(seats=None),
            "column 'seats' of the sheet 'trips' says nothing and is not among shared",
        ),
        (
            lambda said: columns_of(said, "trips").update(low={"cell": "choice"}),
            "choices belong to a cell of kind choice",
        ),
        (
            lambda said: columns_of(said, "trips").update(
                seats={"cell": "count", "feeds": "seats"}
            ),
            "the column 'seats' feeds a table, which is not named",
        ),
        (
            lambda said: said["sheets"]["trips"].update(once=["seats"]),
            "row_key and once name no column 'seats'",
        ),
        (
            lambda said: columns_of(said, "trips")["trips"].update(since=2),
            "the sheet 'trips' is of a later version than all",
        ),
        (lambda said: said["weekdays"].pop(), "key 'weekdays': .*7 items"),
        (lambda said: said.pop("version"), "key 'version': field required"),
    ],
)
def test_a_fault_is_named(tmp_path, change, what):
    with pytest.raises(DeclarationError, match=what) as caught:
        declared(altered(tmp_path, change))
    assert caught.value.remedy == (
        "The comment at the head of the file explains every key."
    )


def test_a_column_without_words_is_named(tmp_path):
    path = altered(
        tmp_path, lambda said: columns_of(said, "trips").update(seats={"cell": "count"})
    )
    with pytest.raises(TextError, match=r"ru\.yaml, workbook\.columns\.trips\.seats"):
        laid_out(OPERATORS, path=path)


@pytest.mark.parametrize(
    ("column", "cell", "value"),
    [
        ({"cell": "choice", "choices": "tristate", "only": ["yes", "no"]}, "no", 0.0),
        ({"cell": "choice", "choices": "tristate", "only": ["yes", "no"]}, "yes", 1.0),
        ({"cell": "count"}, 12, 12.0),
    ],
)
def test_a_column_is_one_entry_and_its_words(
    tmp_path, monkeypatch, column, cell, value
):
    """With nothing but the two, what a clerk writes becomes a declared value."""
    entry = column | {"indicator": "education.school_bus"}
    path = altered(
        tmp_path, lambda said: columns_of(said, "settlements").update(school_bus=entry)
    )
    known = form_module._words
    monkeypatch.setattr(
        form_module,
        "_words",
        lambda section, *more: (
            Words("Школьный автобус", "?", "Школьны аўтобус", "?")
            if section.endswith(".settlements.school_bus")
            else known(section, *more)
        ),
    )
    sheets = laid_out((), path=path)
    assert sheets["settlements"].column("school_bus").title == "Школьный автобус"
    monkeypatch.setattr(content_module, "form", lambda _operators, _version: sheets)
    row = Row(
        "settlements", 2, {"school_bus": cell}, "toy:1", None, frozenset({"school_bus"})
    )
    said = WorkbookContent(
        "xx", "r", "Р", "xx/1", (), 1, "РИК", None, rows={"settlements": (row,)}
    )
    read = to_read_result(
        said, source="w", file="f", supplier="РИК", stated=date(2026, 11, 20)
    )
    (stated,) = read.tables["observations"].to_dict("records")
    assert (stated["indicator"], stated["value"]) == ("education.school_bus", value)
    assert (stated["low"], stated["high"]) == (value, value)
    assert stated["origin"] == "f:settlements!2"


def test_forms_from_before_a_column_are_read_without_it(
    tmp_path, monkeypatch, form, read
):
    """What raions have sent stays what it says when the form grows."""

    def grown(said):
        said["version"] = 2
        columns_of(said, "trips")["trips"]["since"] = 2
        said["sheets"]["fixed"]["since"] = 2

    later = declared(altered(tmp_path, grown))
    sheets = partial(form_module.form, path=tmp_path / "workbook.yaml")
    assert [c.key for c in sheets((), 1)["trips"].columns][2:4] == [
        "days",
        "all_carriers",
    ]
    assert "fixed" not in sheets((), 1)
    assert sheets(())["trips"].columns[2].key == "trips"
    monkeypatch.setattr(book, "declared", lambda: later)
    monkeypatch.setattr(reader, "form", sheets)
    monkeypatch.setattr(content_module, "form", sheets)
    filled = openpyxl.load_workbook(form)
    filled["Рейсы"].delete_cols(3)
    del filled["Интернет"]
    filled.save(form)
    content = read(form)
    assert (content.version, len(content.rows["trips"])) == (1, 5)
    assert "trips" not in content.rows["trips"][0].cells
    filled["_форма"]["B1"] = "2"
    filled.save(form)
    with pytest.raises(WorkbookFaultsError) as caught:
        read(form)
    assert [(f.sheet, f.what) for f in caught.value.faults] == [
        ("Рейсы", "столбца нет"),
        ("Интернет", "листа нет"),
    ]
    filled["_форма"]["B1"] = "3"
    filled.save(form)
    with pytest.raises(WorkbookError, match="форма версии '3', а читается версия 2"):
        read(form)
