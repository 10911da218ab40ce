"""Timetables of Belarus: Minsk 2014, Brest 2019, and a raion's own sheet.

The numbers of the twenty settlements were counted from the rows of the files, without
the code: stops within 1 km, trips by the calendar, times by eye.
"""

from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from geo.release.read import open_release
from geo.reports.prefill import frame
from geo.reports.workbook import write_workbook
from geo.sources.workbook.read import read_workbook
from geo.sources.workbook.store import store
from tests.realdata.conftest import make
from tests.workbook.toy import column_of

pytestmark = pytest.mark.realdata

MINSK, BREST = "by-minsktrans-gtfs", "by-brest-suburban"
#: settlement, trips a week, days, first and last departure
COUNTED = [
    ("Столбуновичи", MINSK, 66, 7, "05:49", "20:12"),
    ("Заболотье", MINSK, 40, 5, "07:25", "19:49"),
    ("Городище", MINSK, 192, 7, "05:52", "22:08"),
    ("Дубицкая Слобода", MINSK, 66, 7, "06:02", "19:53"),
    ("Кругляк", MINSK, 66, 7, "05:50", "20:09"),
    ("Канютичи", MINSK, 71, 7, "05:23", "23:13"),
    ("Новая Вёска", MINSK, 192, 7, "05:51", "22:12"),
    ("Слобода", MINSK, 38, 7, "05:33", "23:21"),
    ("Василевщина", MINSK, 80, 5, "05:37", "20:29"),
    ("Рахманьки", MINSK, 83, 7, "07:10", "21:02"),
    ("Богушево", MINSK, 178, 7, "05:55", "21:17"),
    ("Цесино", MINSK, 278, 7, "05:42", "22:39"),
    ("Страдечь", BREST, 4, 1, "09:30", "18:40"),
    ("Теребунь", BREST, 4, 2, "15:02", "15:02"),
    ("Шестаково", BREST, 4, 1, "08:37", "18:42"),
    ("Блювиничи", BREST, 10, 5, "06:57", "06:57"),
    ("Великорита", BREST, 12, 3, "09:58", "16:53"),
    ("Волчин", BREST, 14, 7, "15:30", "15:30"),
    ("Бобинка", BREST, 16, 4, "09:30", "17:02"),
    ("Подлесье", BREST, 12, 3, "07:18", "17:24"),
]
#: days with a visit to the hospital of Brest, there, back, minutes to stay until 16:00
VISITS = [
    ("Страдечь", "2", "10:35", "17:40", 325),
    ("Великорита", "3", "10:52", "15:40", 288),
    ("Бобинка", "135", "11:55", "14:40", 165),
    ("Подлесье", "3", "08:17", "16:30", 463),
    ("Блювиничи", "12345", "07:45", "18:00", 480),
    # one bus a day, out in the afternoon: whoever takes it comes home the day after
    ("Волчин", None, None, None, None),
    # at weekends only, when the assumed hours are closed
    ("Теребунь", None, None, None, None),
]


def of_trips(made, ids):
    """Return the judgements of some settlements on trips per week."""
    standards = [
        one["id"]
        for one in made.manifest["standards"]
        if one.get("indicator") == "transport.trips_per_week"
    ]
    table = made["judgements"]
    return table[table["settlement_id"].isin(ids) & table["standard"].isin(standards)]


@pytest.fixture(scope="module")
def service(by):
    table = by["service"].query("period == 'reference'")
    names = by["settlements"].set_index("id")["name"]
    return table.assign(name=table["settlement_id"].map(names))


@pytest.mark.parametrize("row", COUNTED, ids=lambda row: row[0])
def test_a_settlement_counted_from_the_raw_rows(by, service, row):
    name, source, *wanted = row
    found = service[(service["name"] == name) & (service["source"] == source)]
    columns = ["trips", "days", "first_departure", "last_departure"]
    assert wanted in found[columns].to_numpy(object).tolist()
    ids = found["settlement_id"]
    for code, place in (("trips", 0), ("days", 1)):
        values = by.values(f"transport.{code}_per_week").loc[ids]
        assert wanted[place] in values["value"].tolist()
        # nobody says that all carriers are in: a lower bound
        assert values["high"].isna().all()


@pytest.mark.parametrize("row", VISITS, ids=lambda row: row[0])
def test_a_visit_to_the_hospital_read_off_the_table_of_the_station(by, service, row):
    name, days, there, back, stay = row
    table = by["journeys"].query("destination == 'hospital'")
    own = service[(service["name"] == name) & (service["source"] == BREST)]
    rows = table[table["settlement_id"].isin(own["settlement_id"])]
    if name == "Теребунь":  # nobody knows of a way: nothing is said
        assert rows.empty
        return
    (found,) = rows.astype("object").to_dict("records")
    told = [found[key] for key in ("weekdays", "arrival", "latest_return")]
    assert [None if pd.isna(one) else one for one in told] == [days, there, back]
    assert found["stay_minutes"] == stay or (stay is None and days is None)
    # no list of buses is whole: where no day is found none is told
    assert found["return_days"] == len(days) if days else pd.isna(found["return_days"])
    # the nearest hospital is listed, or assumed where the list has none
    assert found["status"] in ("assumed", "modelled")
    assert not found["exact"]
    assert str(found["date"]) == "2019-07-19"


def test_old_timetables_carry_no_verdict_and_tell_their_year(by):
    values = by.values("transport.trips_per_week")
    dated = values[values["source"].isin([MINSK, BREST])]
    assert {str(day)[:4] for day in dated["date"]} == {"2014", "2019"}
    ours = of_trips(by, dated.index)
    assert len(ours) > 100
    assert not ours["verdict"].isin(["kept", "breached"]).any()


def test_the_two_cities_share_no_journey(by):
    journeys = by["journeys"].query("method == 'timetable'")
    sources = journeys["source"].str.split(", ").map(set)
    # beside the lists of destinations one timetable, and the day of the oldest of all
    timetables = sources.map(lambda own: tuple(own & {MINSK, BREST}))
    assert set(timetables) == {(MINSK,), (BREST,)}
    days = (
        journeys.groupby(timetables)["date"].unique().map(lambda own: [*map(str, own)])
    )
    assert days.to_dict() == {(MINSK,): ["2014-03-23"], (BREST,): ["2019-07-19"]}


def test_the_faults_of_the_timetables_are_kept(by):
    table = by["timetable_faults"].set_index(["source", "fault"])["count"]
    assert table.loc[(BREST, "no settlement has this name")] == 12
    assert (BREST, "«17-05 вс»: не время. Пишите 7-35 12-00") in table.index
    refused = by["rejected"]
    assert (refused["source"] == BREST).sum() == 21
    assert by["timetable_faults"].query("done == 'refused'")["count"].sum() >= 20


#: made by hand for this test: no bus goes so
SHEET = [
    # route, direction, number, settlement, days, times
    ("пример", "туда", 1, "Хвалово", "пн-пт", "06:40, 15:10"),
    ("пример", "туда", 2, "Пружаны", "пн-пт", "07:20, 15:50"),
    ("пример", "обратно", 1, "Пружаны", "пн-пт", "13:30, 18:00"),
    ("пример", "обратно", 2, "Хвалово", "пн-пт", "14:10, 18:40"),
]
RAION = "Пружанский"


@pytest.fixture(scope="module")
def raion(by, mirror, tmp_path_factory):
    """Belarus once more, with the workbook of a raion and its sheet of a timetable."""
    base = tmp_path_factory.mktemp("raion")
    release = open_release(by.path)
    form = write_workbook(by.path, RAION, base / "form.xlsx")
    _fill(form)
    west, south, east, north = release.manifest["country"]["bounds"]
    content = read_workbook(
        form, frame(release, "settlements"), bounds=(west, south, east, north)
    )
    store(
        form,
        content,
        base / "supplied",
        supplier="Пример, сделан вручную",
        stated=date(2026, 11, 1),
    )
    return make("by", mirror, base)


def _fill(form: Path):
    book = openpyxl.load_workbook(form)
    page = book["Расписание"]
    titles = (
        "Маршрут", "Направление", "Номер остановки", "Населённый пункт", "Дни недели",
        "Время отправления",
    )  # fmt: skip
    for number, row in enumerate(SHEET, start=2):
        for title, value in zip(titles, row, strict=True):
            page.cell(number, column_of(page, title)).value = value
    book.save(form)


def test_a_raion_sends_its_timetable_and_is_scored(raion):
    names = raion["settlements"].set_index("id")["name"]
    service = raion["service"].query("period == 'reference'")
    own = service[service["source"].str.startswith("workbook:")]
    rows = own.assign(name=own["settlement_id"].map(names)).set_index("name")
    village = rows.loc["Хвалово"]
    assert village[["trips", "days", "first_departure", "last_departure"]].tolist() == [
        20, 5, "06:40", "15:10",
    ]  # fmt: skip
    visit = raion["journeys"].query(
        "destination == 'hospital' and settlement_id == @village.settlement_id"
    ).iloc[0]  # fmt: skip
    # 40 minutes by bus and a walk of 14 to the listed hospital; open from 8:00 to
    # 16:00, and back at 18:00 at the latest
    assert visit[["return_days", "weekdays"]].tolist() == [5, "12345"]
    assert visit["minutes"] == pytest.approx(53.8, abs=0.1)
    assert visit["stay_minutes"] == 480
    value = raion.values("transport.trips_per_week").loc[village["settlement_id"]]
    assert value[["value", "low", "status", "supplier"]].tolist() == [
        20, 20, "declared", "Пример, сделан вручную",
    ]  # fmt: skip
    # a fresh lower bound may prove a norm kept
    assert "kept" in set(of_trips(raion, [village["settlement_id"]])["verdict"])
