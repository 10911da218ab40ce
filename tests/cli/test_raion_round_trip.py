"""A raion's workbook through the command line: written, filled, taken, built."""

import re
from datetime import date

import openpyxl
import pytest

from geo.release.catalog import find_release
from geo.release.read import open_release
from tests.build.small import contents, manifest, served
from tests.workbook.toy import column_of

RAION = "Вежбунский"
TRIPS = "transport.trips_per_week"
SENDER = "Вежбунский райисполком"


def rows(root, table, **equal):
    """Return the rows of a table of the served release that agree."""
    found = open_release(find_release(root, "demo").path).table(table).to_pylist()
    return [row for row in found if all(row[k] == v for k, v in equal.items())]


@pytest.fixture
def form(paritet, releases, tmp_path):
    path = tmp_path / "raion.xlsx"
    words = ("workbook", "demo", "--raion", RAION, "--releases", releases)
    assert paritet(*words, "-o", path) == (0, f"{path}\n", "")
    return path


def fill(path, sheet, key, **cells):
    book = openpyxl.load_workbook(path)
    page = book[sheet]
    number = next(row[0].row for row in page.iter_rows() if row[0].value == key)
    for title, value in cells.items():
        page.cell(number, column_of(page, title.replace("_", " "))).value = value
    book.save(path)


def test_what_a_raion_sends_is_declared_by_it_in_the_next_release(
    paritet, kitchen, releases, form
):
    raion = rows(releases, "areas", level="raion", name="Вежбунский район")[0]["id"]
    village = rows(releases, "settlements", raion_id=raion, urban="no")[0]["id"]
    before = rows(releases, "values", settlement_id=village, indicator=TRIPS)[0]
    assert before["supplier"] != SENDER
    fill(form, "Рейсы", village, Рейсов_в_неделю=17, Дней_в_неделю=5)
    counted = {"Население": 41, "Население на дату": date(2026, 1, 1)}
    fill(form, "Населённые пункты", village, **counted)
    words = ("import", form, "--supplier", SENDER, "--date", "2026-01-10")
    code, out, err = paritet(*words, "--releases", releases)
    assert (err, code) == ("", 0)
    *_, last = out.splitlines()
    assert last == "Теперь соберите выпуск заново: paritet build demo"

    words = ("build", "demo", "--data", kitchen.data, "--out", releases)
    assert paritet(*words)[0] == 0
    assert served(releases) == "2026-01-15.2"
    after = rows(releases, "values", settlement_id=village, indicator=TRIPS)[0]
    assert (after["status"], after["supplier"]) == ("declared", SENDER)
    assert after["low"] == 17
    assert after["date"].isoformat() == "2026-01-10"
    made = manifest(releases / "demo" / "2026-01-15.2")
    sent = [entry for entry in made["inputs"] if entry["reader"] == "workbook"]
    assert [(e["version"], e["attribution"]["ru"]) for e in sent] == [
        ("2026-01-10", SENDER)
    ]
    place = rows(releases, "settlements", id=village)[0]
    assert (place["population"], place["population_status"]) == (41, "declared")
    card = paritet("show", village, "--releases", releases)[1]
    assert re.search(r" 17 .*сообщено", card)


def test_faults_of_a_workbook_are_told_at_once_and_nothing_is_taken(
    paritet, releases, form, tmp_path
):
    raion = rows(releases, "areas", level="raion", name="Вежбунский район")[0]["id"]
    one, other = rows(releases, "settlements", raion_id=raion, urban="no")[:2]
    fill(form, "Рейсы", one["id"], Рейсов_в_неделю="много")
    fill(form, "Населённые пункты", other["id"], Население=-4)
    before = contents(releases)
    code, out, err = paritet("import", form, "--supplier", "x", "--releases", releases)
    assert (code, out) == (2, "")
    assert re.search(r"Рейсы.*много", err, re.DOTALL)
    assert re.search(r"Населённые пункты.*-4", err, re.DOTALL)
    assert "Traceback" not in err
    assert contents(releases) == before
    assert not (tmp_path / "supplied").exists()


def test_check_says_what_to_send_first(paritet, releases):
    words = ("check", "demo", "--raion", RAION, "--releases", releases)
    code, out, err = paritet(*words)
    assert (err, code) == ("", 0)
    assert out.startswith("Вежбунский район: что известно на 2026-01-15 (выпуск demo/")
    named = ("check", "demo/2026-01-15.1", *words[2:])
    assert paritet(*named) == (code, out, err)
    code, out, _ = paritet("check", "demo", "--releases", releases, "--lang", "en")
    assert code == 0
    assert "2026-01-15" in out.splitlines()[0]
    # three facilities are refused, and the lists of hospitals are called whole
    assert "  demo-facilities: rows refused: 3;" in out
    assert "demo-post-codes: rows" not in out


def test_a_raion_that_is_not_there(paritet, releases, tmp_path):
    words = ("workbook", "demo", "--raion", "Нигдеевский", "--releases", releases)
    code, out, err = paritet(*words, "-o", tmp_path / "x.xlsx")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "Нигдеевский" in err
    assert not (tmp_path / "x.xlsx").exists()
