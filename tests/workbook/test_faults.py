"""Everything wrong with a workbook is said at once, and nothing of it is taken."""

import zipfile
from datetime import date

import openpyxl
import pytest

from geo.errors import WorkbookError
from geo.sources.workbook.faults import WorkbookFaultsError
from geo.sources.workbook.read import read_workbook
from tests.workbook import toy
from tests.workbook.toy import fill


def faults(read, path):
    with pytest.raises(WorkbookFaultsError) as caught:
        read(path)
    return caught.value.faults


def one(read, path):
    found = faults(read, path)
    assert len(found) == 1, [str(fault) for fault in found]
    return found[0]


def test_all_faults_at_once(form, read):
    fill(
        form,
        {
            "Населённые пункты": {
                "toy:2": {"Население": -5, "Вид пункта": "хутор"},
                "toy:5": {"Население": "=40+2", "Население на дату": "вчера"},
            },
            "Рейсы": {"toy:4": {"Рейсов в неделю": 2, "Дней в неделю": 7}},
        },
    )
    with pytest.raises(WorkbookFaultsError) as caught:
        read(form)
    spots = [(f.sheet, f.row, f.column) for f in caught.value.faults]
    rows = {row[0]: n for n, row in enumerate(toy.grid(form, "Рейсы"), 1)}
    assert spots == [
        ("Населённые пункты", rows["toy:5"], "Население"),
        ("Населённые пункты", rows["toy:5"], "Население на дату"),
        ("Населённые пункты", rows["toy:2"], "Вид пункта"),
        ("Населённые пункты", rows["toy:2"], "Население"),
        ("Рейсы", rows["toy:4"], "Дней в неделю"),
    ]
    text = str(caught.value)
    assert text.startswith("ozersk.xlsx: ошибок: 5; ничего не принято\n1. лист")
    assert "отрицательное число. Впишите число не меньше 0" in text
    assert "дней 7, а рейсов 2. Дней не может быть больше, чем рейсов." in text
    assert text.endswith("Исправьте и отправьте ещё раз.")


def test_a_thousands_mark_is_asked_where_it_stands(form, read):
    fill(form, {"Населённые пункты": {"toy:2": {"Население": "1,000"}}})
    fault = one(read, form)
    rows = {row[0]: n for n, row in enumerate(toy.grid(form, "Населённые пункты"), 1)}
    spot = ("Населённые пункты", rows["toy:2"], "Население")
    assert (fault.sheet, fault.row, fault.column) == spot
    with pytest.raises(WorkbookFaultsError) as caught:
        read(form)
    assert "ошибок: 1; ничего не принято" in str(caught.value)
    assert "1,000" in str(caught.value)


def test_the_message_lists_fifty_and_counts_all(form, read):
    rows = {n: {"О чём": "погода", "Текст": "x"} for n in range(2, 62)}
    fill(form, {"Примечания": rows})
    with pytest.raises(WorkbookFaultsError) as caught:
        read(form)
    assert len(caught.value.faults) == 60
    assert "ошибок: 60" in str(caught.value)
    assert "\n50. " in str(caught.value)
    assert "\n51. " not in str(caught.value)
    assert "… и ещё 10" in str(caught.value)


def test_same_named_places_are_asked(form, read):
    fill(
        form,
        {
            "Объекты": {
                6: {"Вид объекта": "магазин", "Населённый пункт": "д. Малые Ляды"}
            }
        },
    )
    fault = one(read, form)
    assert (fault.row, fault.column, fault.value) == (
        6, "Населённый пункт", "д. Малые Ляды",
    )  # fmt: skip
    assert fault.what == "в районе 2 пункта с названием «д. Малые Ляды»"
    assert fault.remedy == (
        "Впишите код одного из них: "
        "toy:2 «Малые Ляды» (жителей по переписи 120; 52.2500, 24.4000); "
        "toy:3 «Малые Ляды» (52.3000, 24.5000)"
    )


@pytest.mark.parametrize(
    ("name", "what", "remedy"),
    [
        ("Залесе", "пункт «Залесе» неизвестен", "Похожи: toy:4 «Залесье»"),
        (
            "Борок",
            "в районе нет пункта «Борок», но есть в других",
            "Впишите код: toy:6",
        ),
        ("Атлантида", "пункт «Атлантида» неизвестен", "опишите на листе «Примечания»"),
    ],
)
def test_an_unknown_place_gets_advice(form, read, name, what, remedy):
    fill(form, {"Объекты": {6: {"Вид объекта": "магазин", "Населённый пункт": name}}})
    fault = one(read, form)
    assert fault.what == what
    assert remedy in fault.remedy


def test_code_and_name_of_two_places(form, read):
    shop = {
        "Вид объекта": "магазин",
        "Код пункта": "toy:5",
        "Населённый пункт": "Озёрск",
    }
    fill(form, {"Объекты": {6: shop}})
    assert one(read, form).what == "код toy:5 у пункта «Бор», а написано «Озёрск»"


def test_a_code_may_lack_its_scheme(form, read):
    fill(form, {"Объекты": {6: {"Вид объекта": "магазин", "Код пункта": 5}}})
    assert read(form).declared("facilities")[0].place_id == "toy:5"


def test_places_of_another_raion(form, read):
    fill(form, {"Рейсы": {7: {"Код пункта": "toy:6", "Рейсов в неделю": 3}}})
    assert one(read, form).what == "пункт «Борок» в другом районе"


@pytest.mark.parametrize(
    ("lon", "lat", "what", "remedy"),
    [
        (52.3, 24.6, "точка вне страны", "перепутаны"),
        (0, 0, "точка вне страны", "Проверьте долготу и широту"),
        (24.3, None, "есть только одна координата", "Впишите обе"),
    ],
)
def test_coordinates(form, read, lon, lat, what, remedy):
    shop = {
        "Вид объекта": "магазин",
        "Населённый пункт": "Бор",
        "Долгота": lon,
        "Широта": lat,
    }
    fill(form, {"Объекты": {6: shop}})
    fault = one(read, form)
    assert fault.what == what
    assert remedy in fault.remedy


def test_duplicates(form, read):
    shop = {"Вид объекта": "магазин", "Название": "Продукты", "Населённый пункт": "Бор"}
    fill(form, {
        "Объекты": {6: shop, 7: shop},
        "Рейсы": {7: {"Код пункта": "toy:5", "Рейсов в неделю": 3}},
    })  # fmt: skip
    whats = [fault.what for fault in faults(read, form)]
    rows = {row[0]: n for n, row in enumerate(toy.grid(form, "Рейсы"), 1) if n < 7}
    assert whats == ["то же, что в строке 6", f"то же, что в строке {rows['toy:5']}"]


def test_population_needs_its_day(form, read):
    fill(form, {"Населённые пункты": {
        "toy:2": {"Население": 99},
        "toy:5": {"Население": 31},
        "toy:4": {"Население": 880, "Население на дату": "01.01.2027"},
    }})  # fmt: skip
    assert [fault.what for fault in faults(read, form)] == [
        "нет даты, на которую посчитано население",
        "дата в будущем",
        "население изменено, а дата осталась прежней",
    ]


def test_two_centres_of_one_selsovet(form, read):
    centre = {"Сельсовет": "Залесский", "Центр сельсовета": "да"}
    fill(form, {"Населённые пункты": {"toy:4": centre, "toy:5": centre}})
    assert "у сельсовета уже есть центр в строке" in one(read, form).what


def test_fixed_access_contradicting_itself(form, read):
    fill(form, {"Интернет": {
        "toy:2": {"Есть интернет": "нет", "До, Мбит/с": 100},
        "toy:3": {"Технология": "оптика"},
    }})  # fmt: skip
    assert [fault.what for fault in faults(read, form)] == [
        "интернета нет, а технология или скорость указаны",
        "не отмечено, есть ли интернет",
    ]


def stop(sequence, place, times, days="пн-пт"):
    return {
        "Маршрут": "12", "Направление": "туда", "Номер остановки": sequence,
        "Населённый пункт": place, "Дни недели": days, "Время отправления": times,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("second", "what"),
    [
        ("07:00", "времён 1, а у строки 2 этого маршрута 2"),
        ("06:30, 13:00", "рейс 1 раньше, чем на предыдущей остановке"),
        ("07:00, 25:70", "«25:70»: нет такого времени"),
    ],
)
def test_timetable(form, read, second, what):
    fill(form, {"Расписание": {
        2: stop(1, "Озёрск", "06:40, 12:15"), 3: stop(2, "Бор", second),
    }})  # fmt: skip
    fault = one(read, form)
    assert (fault.row, fault.column, fault.what) == (3, "Время отправления", what)


def test_a_total_may_not_be_less_than_the_timetable(form, read):
    summer = {"Действует с": "01.06.2026", "Действует по": "31.08.2026"}
    lines = {
        2: stop(1, "Озёрск", "06:40, 12:15"), 3: stop(2, "Бор", "07:20, -"),
        4: stop(1, "Бор", "09:00", "сб") | summer,
    }  # fmt: skip
    fill(form, {"Расписание": lines, "Рейсы": {
        "toy:1": {"Рейсов в неделю": 10}, "toy:5": {"Рейсов в неделю": 4},
    }})  # fmt: skip
    assert one(read, form).what == "рейсов 4, а на листе «Расписание» их 5 в неделю"


def test_required_cells(form, read):
    fill(form, {"Расписание": {2: {"Маршрут": "12", "Населённый пункт": "Бор"}}})
    found = faults(read, form)
    assert [fault.column for fault in found] == [
        "Направление", "Номер остановки", "Дни недели", "Время отправления",
    ]  # fmt: skip
    assert {fault.what for fault in found} == {"ячейка пуста"}


def test_a_removed_row_is_missed_only_if_it_said_something(form, read):
    book = openpyxl.load_workbook(form)
    page = book["Объекты"]
    page.delete_rows(toy.row_of(page, "post:1"))
    page = book["Рейсы"]  # a row with nothing in it may go
    page.delete_rows(toy.row_of(page, "toy:5"))
    book.save(form)
    fault = one(read, form)
    assert (fault.sheet, fault.row, fault.value) == ("Объекты", None, "post:1")
    assert fault.what == "строка «Отделение 225301» удалена или её код изменён"


def test_structure(form, read):
    book = openpyxl.load_workbook(form)
    book.remove(book["Интернет"])
    page = book["Рейсы"]
    page.cell(1, toy.column_of(page, "Дней в неделю")).value = "Дни"
    book["Мобильная связь"].merge_cells("C2:D2")
    book.save(form)
    found = {fault.sheet: fault.what for fault in faults(read, form)}
    assert found["Интернет"] == "листа нет"
    assert found["Рейсы"] == "столбца нет"
    assert found["Мобильная связь"] == "объединённые ячейки C2:D2"


def test_columns_may_change_places(form, read):
    book = openpyxl.load_workbook(form)
    page = book["Рейсы"]
    page.move_range(f"C1:C{page.max_row}", cols=20)
    book.save(form)
    fill(form, {"Рейсы": {"toy:5": {"Рейсов в неделю": 8}}})
    assert read(form).declared("trips")[0].cells["trips"] == 8


def test_confirming_an_empty_row(form, read):
    fill(form, {"Рейсы": {"toy:5": {"Подтверждаю": "да"}}})
    assert one(read, form).what == "подтверждать нечего: строка пуста"


def test_the_senders_date(form, read):
    book = openpyxl.load_workbook(form)
    book["Кто заполнил"]["B3"] = "весной"
    book.save(form)
    fault = one(read, form)
    assert (fault.sheet, fault.what) == ("Кто заполнил", "«весной»: не дата")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("Населённый пункт;Население\nБор;40\n".encode("cp1251"), "текстовый файл"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "старая книга .xls"),
        (b"%PDF-1.4", "это PDF"),
        (b"", "файл пуст"),
        (b"PK\x03\x04 not a zip at all", "файл повреждён"),
    ],
)
def test_not_an_xlsx(tmp_path, read, data, words):
    path = tmp_path / "raion.xlsx"
    path.write_bytes(data)
    with pytest.raises(WorkbookError, match=words) as caught:
        read(path)
    assert caught.value.remedy


def test_other_zips_and_truncated_files(tmp_path, read, form):
    other = tmp_path / "book.ods"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("content.xml", "<x/>")
    with pytest.raises(WorkbookError, match=r"OpenDocument .*, а не книга Excel"):
        read(other)
    form.write_bytes(form.read_bytes()[:-3000])
    with pytest.raises(WorkbookError, match="файл повреждён"):
        read(form)


def test_a_foreign_workbook(tmp_path, read):
    path = tmp_path / "foreign.xlsx"
    openpyxl.Workbook().save(path)
    with pytest.raises(WorkbookError, match=r"это не форма района.*paritet workbook"):
        read(path)


def test_the_memory_of_the_form_may_not_be_removed(form, read):
    book = openpyxl.load_workbook(form)
    book.remove(book["_исходное"])
    book.save(form)
    with pytest.raises(WorkbookError, match="«_исходное» удалён или изменён"):
        read(form)


def test_a_form_of_another_country(form):
    foreign = toy.settlements_frame().assign(raion_id="area:else")
    with pytest.raises(WorkbookError, match=r"в выпуске нет.*Форма для страны «xx»"):
        read_workbook(form, foreign, today=date(2026, 11, 22))
