"""The form that is written after an import holds what was sent."""

from datetime import date

import openpyxl
import pytest

from geo.reports.workbook import write_workbook
from geo.sources.workbook.store import store, supplied
from tests.workbook import toy
from tests.workbook.test_faults import stop
from tests.workbook.toy import fill

DATA = [
    "Населённые пункты", "Объекты", "Рейсы", "Расписание", "Мобильная связь",
    "Интернет", "Полнота", "Примечания",
]  # fmt: skip

SENT = {
    "Населённые пункты": {
        "toy:2": {"Население": 99, "Население на дату": date(2026, 1, 1),
                  "Вид пункта": "иной сельский пункт", "Дворов": 50,
                  "Примечание": "дачники летом"},
        "toy:4": {"Подтверждаю": date(2026, 11, 2)},
        "toy:5": {"Название по-белорусски": "Бор Стары", "Центр сельсовета": "нет"},
    },
    "Объекты": {
        "post:1": {"Часы работы": "вт, пт 9-13", "Работает или закрыт": "работает"},
        "hosp:1": {"Примечание": "приёмный покой круглосуточно"},
        6: {"Вид объекта": "магазин", "Название": "Продукты", "Код пункта": "toy:5",
            "Населённый пункт": "Бор", "Долгота": 24.7001, "Широта": 52.4002},
    },
    "Рейсы": {
        "toy:4": {"Рейсов в неделю": 28, "Дней в неделю": 7,
                  "Учтены все перевозчики": "да", "Действует с": date(2026, 1, 1)},
        "toy:5": {"Рейсов в неделю": 0, "Примечание": "по заявкам"},
    },
    "Расписание": {
        2: stop(1, "Озёрск", "06:40, 12:15"), 3: stop(2, "Залесье", "07:20, -"),
    },
    "Мобильная связь": {
        "toy:4": {"Красный": "4G", "Синий": "нет связи",
                  "Дата сведений": date(2026, 10, 1)},
    },
    "Интернет": {
        "toy:4": {"Есть интернет": "да", "Технология": "оптика", "До, Мбит/с": 200.5,
                  "Оператор": "Белтелеком"},
        7: {"Код пункта": "toy:4", "Населённый пункт": "Залесье", "Есть интернет": "да",
            "Технология": "радио"},
    },
    "Полнота": {
        "facilities:pharmacy": {"Список полон": "да", "Кто утверждает": "РИК"},
    },
    "Примечания": {
        2: {"О чём": "населённые пункты", "Текст": "Хутора Дальний нет с 2012 года"},
    },
}  # fmt: skip


@pytest.fixture
def sent(form, read, tmp_path):
    fill(form, SENT)
    store(form, read(form), tmp_path / "supplied")
    return form


def test_export_after_import_equals_what_was_sent(sent, release, tmp_path):
    kept = supplied("xx", tmp_path / "supplied")
    out = write_workbook(release, toy.RAION, tmp_path / "again.xlsx", kept)
    for sheet in DATA:
        # a new object has got its code; the last column is the program's own
        known = "Что известно сейчас"
        skip = (known,) if sheet not in ("Расписание", "Полнота", "Примечания") else ()
        one = toy.grid(sent, sheet, without=skip)
        two = toy.grid(out, sheet, without=skip)
        if sheet == "Объекты":
            assert two[5][0].startswith("supplied:")
            two[5][0] = None
        assert two == one, sheet


@pytest.mark.usefixtures("sent")
def test_sent_back_untouched_it_declares_nothing_new(release, read, tmp_path):
    kept = supplied("xx", tmp_path / "supplied")
    out = write_workbook(release, toy.RAION, tmp_path / "again.xlsx", kept)
    assert set(read(out).counts().values()) == {0}


@pytest.mark.usefixtures("sent")
def test_a_second_round_changes_nothing(release, read, tmp_path):
    folder = tmp_path / "supplied"
    first = write_workbook(
        release, toy.RAION, tmp_path / "one.xlsx", supplied("xx", folder)
    )
    data = first.read_bytes()
    store(first, read(first), folder, supplier="РИК", stated=date(2026, 11, 21))
    again = write_workbook(
        release, toy.RAION, tmp_path / "two.xlsx", supplied("xx", folder)
    )
    for sheet in DATA:
        assert toy.grid(again, sheet) == toy.grid(first, sheet)
    assert first.read_bytes() == data


@pytest.mark.usefixtures("sent")
def test_a_corrected_new_object_keeps_its_code(release, read, tmp_path):
    kept = supplied("xx", tmp_path / "supplied")
    out = write_workbook(release, toy.RAION, tmp_path / "again.xlsx", kept)
    code = toy.grid(out, "Объекты")[5][0]
    fill(out, {"Объекты": {code: {"Название": "Продукты, ООО «Бор»"}}})
    row = read(out).declared("facilities")[0]
    assert (row.cells["facility_id"], row.cells["name"]) == (
        code,
        "Продукты, ООО «Бор»",
    )


def test_the_raions_own_order_is_kept(form, release, read, tmp_path):
    fill(form, {"Интернет": {"toy:5": {"Есть интернет": "нет"}}})
    book = openpyxl.load_workbook(form)
    for sheet in ("Интернет", "Мобильная связь"):
        page = book[sheet]
        rows = list(page.iter_rows(min_row=2, values_only=True))
        for number, row in enumerate(sorted(rows, key=lambda r: r[0], reverse=True), 2):
            for column, value in enumerate(row, 1):
                page.cell(number, column).value = value
    book.save(form)
    folder = tmp_path / "supplied"
    store(form, read(form), folder)
    out = write_workbook(
        release, toy.RAION, tmp_path / "again.xlsx", supplied("xx", folder)
    )
    for sheet in ("Интернет", "Мобильная связь"):
        assert [row[0] for row in toy.grid(out, sheet)[1:]] == [
            "toy:5", "toy:4", "toy:3", "toy:2", "toy:1",
        ]  # fmt: skip
        assert toy.grid(out, sheet) == toy.grid(form, sheet)
