"""The form as it leaves the program: what is in it, and what is not."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from geo.errors import NotFoundError
from geo.release.read import open_release
from geo.reports.prefill import prefill
from geo.reports.workbook import write_workbook
from tests.workbook import toy

SHEETS = [
    "Инструкция", "Кто заполнил", "Населённые пункты", "Объекты", "Рейсы",
    "Расписание", "Мобильная связь", "Интернет", "Полнота", "Примечания",
    "_форма", "_исходное", "_списки",
]  # fmt: skip


def test_every_sheet_is_there_and_the_service_ones_are_hidden(empty_form):
    book = openpyxl.load_workbook(empty_form)
    assert book.sheetnames == SHEETS
    states = {name: book[name].sheet_state for name in SHEETS[-3:]}
    assert states == {
        "_форма": "veryHidden", "_исходное": "veryHidden", "_списки": "hidden",
    }  # fmt: skip


def test_settlements_are_prefilled_with_facts_and_nothing_modelled(empty_form):
    rows = toy.grid(empty_form, "Населённые пункты")
    by_id = {row[0]: row for row in rows[1:]}
    assert sorted(by_id) == ["toy:1", "toy:2", "toy:3", "toy:4", "toy:5"]
    head = rows[0]
    cell = {title: by_id["toy:4"][head.index(title)] for title in head}
    assert cell["Вид пункта"] == "агрогородок"
    assert (cell["Население"], cell["Население на дату"]) == (900, 2009)
    modelled = {title: by_id["toy:5"][head.index(title)] for title in head}
    assert modelled["Население"] is None
    assert modelled["Население на дату"] is None
    assert modelled["Вид пункта"] is None
    assert modelled["Центр сельсовета"] is None
    assert modelled["Что известно сейчас"] == "население 40 (рассчитано, 2009)"


def test_services_are_shown_only_where_declared(empty_form):
    mobile = toy.grid(empty_form, "Мобильная связь")
    assert mobile[0][:5] == [
        "Код пункта", "Населённый пункт", "Красный", "Синий", "Дата сведений",
    ]  # fmt: skip
    assert all(row[2] is None and row[3] is None for row in mobile[1:])
    town = next(row for row in mobile if row[0] == "toy:1")
    assert town[-1] == (
        "Показатель digital.generation.red: не менее 4 (рассчитано, cells, 2017-03-01)"
    )
    fixed = toy.grid(empty_form, "Интернет")
    assert [row[2] for row in fixed[1:]] == [None, None, None, None, "да"]


@pytest.mark.parametrize(
    ("hours", "shown"),
    [
        ("off", (None, "closed")),
        ("закрыт", (None, "closed")),
        ("Nov-Mar off", ("Nov-Mar off", None)),
        (None, (None, None)),
    ],
)
def test_closed_hours_are_shown_as_the_state(monkeypatch, tmp_path, hours, shown):
    rows = toy.facilities()
    rows[1]["hours"] = hours
    monkeypatch.setattr(toy, "facilities", lambda: rows)
    release = open_release(toy.write_release(tmp_path / "2026-11-22.1"))
    listed = prefill(release, toy.RAION)["facilities"]
    (hospital,) = [row for row in listed if row["facility_id"] == "hosp:1"]
    assert (hospital["hours"], hospital["state"]) == shown


def test_facilities_show_their_status(empty_form):
    rows = toy.grid(empty_form, "Объекты")
    assert [row[:5] for row in rows[1:]] == [
        ["hosp:1", "больница", "Озёрская ЦРБ", "toy:1", "Озёрск"],
        ["post:1", "отделение почты", "Отделение 225301", "toy:4", "Залесье"],
        ["post:2", "отделение почты", "Отделение 225302", None, None],
        ["stop:1", "железнодорожная остановка", "Бор", None, None],
    ]
    # too coarse a point is not shown; no settlement is guessed from the nearest
    assert [row[5:7] for row in rows[3:]] == [[None, None], [24.7, 52.41]]
    assert [row[-1] for row in rows[1:]] == [
        "измерено, osm, 2026-11-22",
        "предположено, by-post",
        "предположено, by-post; ближайший пункт Малые Ляды (toy:3)",
        "измерено, rail; ближайший пункт Бор (toy:5)",
    ]


def test_help_protection_and_drop_downs(empty_form):
    page = openpyxl.load_workbook(empty_form)["Населённые пункты"]
    assert page.freeze_panes == "C2"
    assert page.protection.sheet
    row = toy.row_of(page, "toy:2")
    code, kind = page.cell(row, 1), page.cell(row, toy.column_of(page, "Вид пункта"))
    assert code.protection.locked
    assert code.fill.start_color.rgb == "FFE7E6E6"
    assert not kind.protection.locked
    assert not page.column_dimensions["A"].protection.locked
    rules = page.data_validations.dataValidation
    assert {rule.type for rule in rules} == {"list", "whole"}
    comment = page.cell(1, toy.column_of(page, "Центр сельсовета")).comment.text
    assert "Является ли пункт центром" in comment
    assert "Ці з'яўляецца пункт цэнтрам" in comment


def test_a_made_up_country_says_so(empty_form):
    page = openpyxl.load_workbook(empty_form)["Инструкция"]
    assert "СИНТЕТИЧЕСКИЕ ДАННЫЕ" in page["A2"].value


def test_same_release_gives_the_same_bytes(release, tmp_path):
    one = write_workbook(release, toy.RAION, tmp_path / "one.xlsx").read_bytes()
    two = write_workbook(release, "Азёрскі раён", tmp_path / "x" / "two.xlsx")
    assert two.read_bytes() == one
    assert [path.name for path in tmp_path.iterdir()] == ["one.xlsx", "x"] or [
        path.name for path in tmp_path.iterdir()
    ] == ["x", "one.xlsx"]
    made = openpyxl.load_workbook(tmp_path / "one.xlsx").properties.created
    assert made.date() == date(2026, 11, 22)


@pytest.mark.parametrize("name", ["Озёрский", "озерский район", "Oziorsk District"])
def test_a_raion_is_found_in_any_language(release, tmp_path, name):
    write_workbook(release, name, tmp_path / "a.xlsx")
    meta = toy.grid(tmp_path / "a.xlsx", "_форма")
    assert ["raion_id", toy.RAION] in meta


def test_two_raions_of_one_name_are_asked(release, tmp_path):
    with pytest.raises(NotFoundError) as caught:
        write_workbook(release, "Борский", tmp_path / "a.xlsx")
    assert str(caught.value) == (
        "xx/2026-11-22.1: район «Борский» не один: "
        "Борский район, Западная область (area:bor); "
        "Борский район, Тойландия (area:bor2). Назовите код в скобках."
    )
    assert not (tmp_path / "a.xlsx").exists()


def test_an_unknown_raion_names_those_alike(release, tmp_path):
    with pytest.raises(NotFoundError, match=r"района «Озерскй» нет.*Похожи: Озёрский"):
        write_workbook(release, "Озерскй", Path(tmp_path / "a.xlsx"))
