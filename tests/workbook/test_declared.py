"""What counts as the raion's own word, and what only stood in the form."""

from datetime import date

import openpyxl
import pandas as pd

from geo.sources.workbook.tables import completeness, to_read_result
from tests.workbook import toy
from tests.workbook.test_faults import faults, one, stop
from tests.workbook.toy import fill

DAY = date(2026, 11, 20)


def tables(content, on=None):
    return to_read_result(
        content, source="workbook:area:ozer", file="ozersk.xlsx",
        supplier="Озёрский райисполком", stated=DAY, on=on,
    )  # fmt: skip


def observed(content, indicator):
    rows = tables(content).tables["observations"]
    return rows[rows["indicator"] == indicator].set_index("place_ref")


def test_an_untouched_form_declares_nothing(form, read):
    content = read(fill(form, {}))
    assert content.supplier == "Озёрский райисполком"
    assert content.filled_on == DAY
    assert set(content.counts().values()) == {0}
    assert tables(content).tables == {}
    assert completeness(content, source="x", stated=DAY) == ()


def test_saving_in_another_program_changes_nothing(form, read):
    book = openpyxl.load_workbook(form)
    for sheet in ("Населённые пункты", "Объекты", "Рейсы"):
        for row in book[sheet].iter_rows(min_row=2):
            for cell in row:
                if isinstance(cell.value, str):
                    cell.value = f" {cell.value}  "
                elif isinstance(cell.value, int):
                    cell.value = f"{cell.value}.0".removesuffix(".0")
    book.save(form)
    assert set(read(form).counts().values()) == {0}


def test_settlements_are_declared_cell_by_cell(form, read):
    fill(form, {"Населённые пункты": {
        "toy:4": {"Центр сельсовета": "да", "Название по-русски": "Залесье-1"},
        "toy:5": {"Население": 31, "Население на дату": "01.01.2026", "Дворов": 14},
    }})  # fmt: skip
    content = read(form)
    places = tables(content).tables["places"].set_index("place_id")
    assert list(places.index) == ["toy:5", "toy:4"]
    big = places.loc["toy:4"]
    assert big["selsovet_centre"] == "yes"
    assert big["name_ru"] == "Залесье-1"
    # agrogorodok and 900 people stood there already: not the raion's word
    assert pd.isna(big["kind"])
    assert pd.isna(big["population"])
    assert pd.isna(big["lon"])
    small = places.loc["toy:5"]
    assert (small["population"], small["population_year"]) == (31, 2026)
    assert observed(content, "population.households").loc["toy:5", "value"] == 14


def test_a_confirmed_row_is_declared_whole(form, read):
    fill(form, {"Населённые пункты": {"toy:4": {"Подтверждаю": "01.11.2026"}}})
    content = read(form)
    place = tables(content).tables["places"].iloc[0]
    assert (place["kind"], place["population"], place["population_year"]) == (
        "agrogorodok", 900, 2009,
    )  # fmt: skip
    row = content.declared("settlements")[0]
    assert content.stated_on(row, DAY) == date(2026, 11, 1)


def test_a_remark_declares_nothing(form, read):
    fill(form, {"Объекты": {"post:1": {"Примечание": "ремонт крыши"}}})
    assert read(form).counts()["Объекты"] == 0


def test_a_touched_facility_is_declared_and_the_others_are_not(form, read):
    fill(form, {"Объекты": {
        "post:1": {"Часы работы": "вт, пт 9-13"},
        6: {"Вид объекта": "амбулатория или ФАП", "Название": "ФАП Бор",
            "Населённый пункт": "Бор"},
    }})  # fmt: skip
    table = tables(read(form)).tables["facilities"].set_index("facility_id")
    assert len(table) == 2
    post = table.loc["post:1"]
    assert (post["status"], post["hours"], post["lon"]) == (
        "declared",
        "вт, пт 9-13",
        24.601,
    )
    new = table.drop("post:1").iloc[0]
    assert new.name.startswith("supplied:")
    assert (new["kind"], new["place_ref"], new["located"]) == (
        "primary_care",
        "toy:5",
        True,
    )
    assert pd.isna(new["lon"])


def test_a_closed_facility_stays_listed_but_serves_nobody(form, read):
    fill(form, {"Объекты": {"post:1": {"Работает или закрыт": "закрыт"}}})
    row = tables(read(form)).tables["facilities"].iloc[0]
    assert (row["facility_id"], row["located"], row["hours"]) == (
        "post:1",
        False,
        "закрыт",
    )


def test_trips_without_the_word_of_all_carriers_are_a_lower_bound(form, read):
    fill(form, {"Рейсы": {
        "toy:4": {"Рейсов в неделю": 28, "Дней в неделю": 7,
                  "Учтены все перевозчики": "да"},
        "toy:5": {"Рейсов в неделю": 4, "Дней в неделю": 2},
        "toy:2": {"Рейсов в неделю": 0, "Учтены все перевозчики": "да"},
    }})  # fmt: skip
    content = read(form)
    trips = observed(content, "transport.trips_per_week")
    assert trips.loc["toy:4", ["value", "low", "high"]].tolist() == [28.0, 28.0, 28.0]
    bound = trips.loc["toy:5"]
    assert (bound["low"], pd.isna(bound["value"]), pd.isna(bound["high"])) == (
        4.0,
        True,
        True,
    )
    assert trips.loc["toy:2", "value"] == 0.0
    assert set(trips["status"]) == {"declared"}
    assert set(trips["supplier"]) == {"Озёрский райисполком"}
    assert trips.loc["toy:4", "date"] == pd.Timestamp(DAY)
    days = observed(content, "transport.days_per_week")
    assert sorted(days.index) == ["toy:4", "toy:5"]


def test_what_has_ended_is_refused_with_the_reason(form, read):
    fill(form, {"Рейсы": {"toy:5": {
        "Рейсов в неделю": 4, "Действует с": "01.01.2026", "Действует по": "31.08.2026",
    }}})  # fmt: skip
    content = read(form)
    assert len(tables(content, on=date(2026, 8, 31)).tables["observations"]) == 1
    late = tables(content, on=date(2026, 9, 1))
    assert "observations" not in late.tables
    assert late.rejected.iloc[0]["reason"] == (
        "the statement ended before the day of the release"
    )
    assert late.rejected.iloc[0]["value"] == "2026-08-31"
    early = tables(content, on=date(2025, 12, 31)).rejected
    assert early.iloc[0]["field"] == "valid_from"


def test_mobile_answers_by_operator(form, read):
    fill(form, {"Мобильная связь": {
        "toy:4": {"Красный": "4G", "Синий": "нет связи"},
        "toy:5": {"Синий": "нет связи"},
        "toy:2": {"Красный": "2G", "Дата сведений": "01.10.2026"},
    }})  # fmt: skip
    content = read(form)
    rows = tables(content).tables["observations"]
    found = {
        (row.place_ref, row.indicator): (row.low, row.high) for row in rows.itertuples()
    }
    nothing = found.pop(("toy:2", "digital.best_generation"))
    assert nothing[0] == 2.0
    assert pd.isna(nothing[1])
    assert rows["origin"].str.contains(r"\.xlsx:mobile!\d+$").all()
    assert found == {
        ("toy:4", "digital.generation.red"): (4.0, 4.0),
        ("toy:4", "digital.generation.blue"): (0.0, 0.0),
        ("toy:4", "digital.best_generation"): (4.0, 4.0),
        ("toy:4", "digital.cellular_service"): (1.0, 1.0),
        ("toy:5", "digital.generation.blue"): (0.0, 0.0),
        ("toy:2", "digital.generation.red"): (2.0, 2.0),
        ("toy:2", "digital.cellular_service"): (1.0, 1.0),
    }  # one operator's "no" says nothing of the other
    dates = rows.set_index("place_ref")["date"]
    assert set(dates["toy:2"]) == {pd.Timestamp(2026, 10, 1)}


def test_fixed_access(form, read):
    fill(form, {"Интернет": {
        "toy:4": {"Есть интернет": "да", "Технология": "оптика", "До, Мбит/с": 200,
                  "Оператор": "Белтелеком", "Дата сведений": date(2026, 5, 1)},
        "toy:5": {"Есть интернет": "нет"},
        7: {"Код пункта": "toy:4", "Есть интернет": "да", "Технология": "радио"},
    }})  # fmt: skip
    table = tables(read(form)).tables["fixed"]
    rows = table[["place_ref", "available", "technology", "max_mbps"]].astype(object)
    assert rows.where(rows.notna(), None).to_numpy().tolist() == [
        ["toy:5", "no", None, None],
        ["toy:4", "yes", "fibre", 200.0],
        ["toy:4", "yes", "radio", None],
    ]
    assert table["date"].tolist() == [
        pd.Timestamp(DAY), pd.Timestamp(2026, 5, 1), pd.Timestamp(DAY),
    ]  # fmt: skip


def test_timetable_becomes_calls(form, read):
    fill(form, {"Расписание": {
        2: stop(1, "Озёрск", "06:40, 23:30", "пн-пт"),
        3: stop(2, "Залесье", "-, 23:55", "1-5"),
        4: stop(3, "Бор", "07:20, 00:15", "пн-пт"),
    }})  # fmt: skip
    result = tables(read(form))
    calls = result.tables["timetable_calls"]
    got = calls[["stop_id", "sequence", "departure_s", "weekdays"]].to_numpy().tolist()
    assert got == [
        ["workbook:toy:1", 1, 24000, 31],
        ["workbook:toy:1", 1, 84600, 31],
        ["workbook:toy:4", 2, 86100, 31],
        ["workbook:toy:5", 3, 26400, 31],
        ["workbook:toy:5", 3, 87300, 31],  # after midnight of the same day of service
    ]
    assert calls["trip_id"].nunique() == 2
    stops = result.tables["timetable_stops"].set_index("stop_id")
    assert stops.loc["workbook:toy:5", ["name", "lon", "lat"]].tolist() == [
        "Бор", 24.70, 52.40,
    ]  # fmt: skip


COMPLETE = {"Список полон": "да", "Кто утверждает": "Райисполком, нач. отдела"}


def test_a_list_with_open_rows_is_not_complete(form, read):
    fill(form, {"Полнота": {
        "facilities:post_office": COMPLETE, "timetable": COMPLETE,
        "facilities:pharmacy": {"Список полон": "да"},
    }})  # fmt: skip
    found = {fault.row: fault.what for fault in faults(read, form)}
    rows = {row[0]: n for n, row in enumerate(toy.grid(form, "Полнота"), 1)}
    assert found == {
        rows["facilities:pharmacy"]: "не сказано, кто это утверждает",
        rows["facilities:post_office"]: "список назван полным, но не сказано о 2: "
        "строка 3 «Отделение 225301»; строка 4 «Отделение 225302»",
        rows["timetable"]: "список назван полным, но не сказано о 5: "
        "«Озёрск» (toy:1); «Малые Ляды» (toy:2); «Малые Ляды» (toy:3); "
        "«Залесье» (toy:4); «Бор» (toy:5)",
    }


def test_complete_lists_become_statements(form, read):
    every = {
        f"toy:{n}": {"Рейсов в неделю": n, "Учтены все перевозчики": "да"}
        for n in range(1, 5)
    }
    fill(form, {
        "Объекты": {
            "post:1": {"Подтверждаю": "да"}, "post:2": {"Населённый пункт": "Бор"},
        },
        "Рейсы": every,
        "Расписание": {2: stop(1, "Бор", "06:40")},
        "Полнота": {
            "facilities:post_office": COMPLETE,
            "facilities:pharmacy": COMPLETE | {"Дата сведений": "01.11.2026"},
            "timetable": COMPLETE,
            "fixed": {"Список полон": "нет", "Кто утверждает": "РИК"},
        },
    })  # fmt: skip
    content = read(form)
    said = completeness(content, source="workbook:area:ozer", stated=DAY)
    assert [(s.layer, s.kind, s.area, s.valid_from) for s in said] == [
        ("facilities", "pharmacy", "area:ozer", date(2026, 11, 1)),
        ("facilities", "post_office", "area:ozer", DAY),
        ("timetable", "*", "area:ozer", DAY),
    ]
    assert {s.stated_by for s in said} == {"Райисполком, нач. отдела"}
    posts = tables(content).tables["facilities"]
    assert posts[["facility_id", "status", "place_ref"]].to_numpy().tolist() == [
        ["post:1", "declared", "toy:4"], ["post:2", "declared", "toy:5"],
    ]  # fmt: skip


def test_mobile_and_fixed_lists_need_an_answer_everywhere(form, read):
    fill(form, {
        "Мобильная связь": {f"toy:{n}": {"Красный": "4G"} for n in range(1, 6)},
        "Полнота": {"cells": COMPLETE},
    })  # fmt: skip
    assert "не сказано о 5" in one(read, form).what
    fill(form, {
        "Мобильная связь": {f"toy:{n}": {"Синий": "нет связи"} for n in range(1, 6)},
        "Интернет": {f"toy:{n}": {"Есть интернет": "нет"} for n in range(2, 6)},
        "Полнота": {"fixed": COMPLETE},
    })  # fmt: skip
    said = completeness(read(form), source="w", stated=DAY)
    assert [s.layer for s in said] == ["cells", "fixed"]


def test_a_touched_object_must_stand_somewhere(form, read):
    fill(form, {"Объекты": {"post:2": {"Часы работы": "пн 9-12"}}})
    assert one(read, form).what == "не назван пункт"
