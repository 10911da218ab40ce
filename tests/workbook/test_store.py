"""Stored workbooks: byte for byte, dated, superseded statement by statement."""

import json
import pickle
import shutil
from dataclasses import replace
from datetime import date
from hashlib import sha256
from types import SimpleNamespace

import pytest

from geo.errors import NotFoundError, WorkbookError
from geo.reports.workbook import write_workbook
from geo.sources.workbook.store import (
    read_supplied,
    stated_completeness,
    store,
    supplied,
)
from tests.disk.nobody import as_nobody
from tests.disk.small_files import TOO_LARGE, files_up_to
from tests.workbook import toy
from tests.workbook.toy import fill

COUNTRY = SimpleNamespace(code="xx")


@pytest.fixture
def keep(tmp_path):
    return tmp_path / "supplied"


def test_the_original_bytes_are_kept_with_their_origin(form, read, keep):
    fill(form, {"Рейсы": {"toy:5": {"Рейсов в неделю": 8}}})
    data = form.read_bytes()
    digest = sha256(data).hexdigest()
    path = store(form, read(form), keep)
    assert path == keep / "xx" / f"2026-11-20-area_ozer-{digest[:8]}.xlsx"
    assert path.read_bytes() == data
    said = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    places = said.pop("places")
    assert said == {
        "country": "xx", "raion_id": "area:ozer", "raion": "Озёрский район",
        "supplier": "Озёрский райисполком", "date": "2026-11-20", "sha256": digest,
        "release": "xx/2026-11-22.1", "form_version": 1, "number": 1,
    }  # fmt: skip
    assert [place[0] for place in places] == [f"toy:{n}" for n in range(1, 6)]
    [item] = supplied("xx", keep)
    assert (item.raion, item.date, item.source) == (
        "Озёрский район", date(2026, 11, 20), "workbook:area:ozer",
    )  # fmt: skip


def test_the_same_bytes_are_stored_once(form, read, keep):
    content = read(fill(form, {}))
    first = store(form, content, keep)
    again = store(form, content, keep, supplier="кто-то другой")
    assert again == first
    assert sorted(path.suffix for path in (keep / "xx").iterdir()) == [".json", ".xlsx"]


def test_somebody_must_answer_for_it(form, read, keep):
    content = read(form)
    with pytest.raises(WorkbookError, match="не сказано, кто прислал сведения"):
        store(form, content, keep, stated=date(2026, 11, 1))
    with pytest.raises(WorkbookError, match="не сказано, на какой день сведения"):
        store(form, content, keep, supplier="РИК")
    assert not keep.exists()
    path = store(form, content, keep, supplier="РИК", stated=date(2026, 11, 1))
    assert path.name.startswith("2026-11-01-")


def test_nothing_is_known_of_a_day_to_come(form, read, keep):
    content, today = read(fill(form, {})), date(2026, 11, 20)
    said = "день сведений 21.11.2026 ещё не наступил. Назовите день, на который собраны"
    with pytest.raises(WorkbookError, match=said):
        store(form, content, keep, stated=date(2026, 11, 21), today=today)
    assert not keep.exists()
    assert store(form, content, keep, stated=today, today=today).exists()


def test_a_changed_file_is_not_trusted(form, read, keep):
    path = store(form, read(fill(form, {})), keep)
    path.write_bytes(path.read_bytes() + b"x")
    with pytest.raises(WorkbookError, match="книга района изменена после приёма"):
        supplied("xx", keep)
    path.unlink()
    with pytest.raises(WorkbookError, match="нет самой книги района"):
        supplied("xx", keep)
    path.with_suffix(".json").write_text("{}", encoding="utf-8")
    with pytest.raises(WorkbookError, match="описание книги района повреждено"):
        supplied("xx", keep)


def test_an_interrupted_import_leaves_nothing_that_is_read(form, read, keep):
    path = store(form, read(fill(form, {})), keep)
    path.with_suffix(".json").unlink()
    assert supplied("xx", keep) == []
    assert supplied("yy", keep) == []


def test_a_stored_workbook_needs_no_release(form, read, keep):
    fill(form, {
        "Объекты": {6: {"Вид объекта": "магазин", "Населённый пункт": "Бор"}},
        "Рейсы": {"toy:5": {"Рейсов в неделю": 8}},
    })  # fmt: skip
    store(form, read(form), keep)
    [item] = supplied("xx", keep)
    tables = read_supplied(item, COUNTRY).tables
    assert sorted(tables) == ["facilities", "observations"]
    assert tables["facilities"]["place_ref"].tolist() == ["toy:5"]
    with pytest.raises(WorkbookError, match="страны «xx», а не «yy»"):
        read_supplied(item, SimpleNamespace(code="yy"))


def send(release, keep, tmp_path, read, cells, day):
    """Ask for the form as it is now, fill it in, and take it."""
    path = tmp_path / f"{day}.xlsx"
    write_workbook(release, toy.RAION, path, supplied("xx", keep))
    content = read(fill(path, cells))
    return store(path, content, keep, supplier="РИК", stated=day)


def observations(keep, indicator):
    found = {}
    for item in supplied("xx", keep):
        table = read_supplied(item, COUNTRY).tables.get("observations")
        if table is not None:
            for row in table[table["indicator"] == indicator].itertuples():
                assert row.place_ref not in found
                found[row.place_ref] = (row.low, row.date.date())
    return found


def test_a_newer_word_replaces_the_older_and_the_rest_stands(
    release, keep, tmp_path, read
):
    spring, autumn = date(2026, 4, 1), date(2026, 11, 20)
    send(release, keep, tmp_path, read, {
        "Рейсы": {"toy:4": {"Рейсов в неделю": 20}, "toy:5": {"Рейсов в неделю": 4}},
        "Мобильная связь": {"toy:4": {"Красный": "3G", "Синий": "2G"}},
    }, spring)  # fmt: skip
    send(release, keep, tmp_path, read, {
        "Рейсы": {"toy:5": {"Рейсов в неделю": 8}},
        "Мобильная связь": {"toy:4": {"Красный": "4G"}},
    }, autumn)  # fmt: skip
    assert observations(keep, "transport.trips_per_week") == {
        "toy:4": (20.0, spring), "toy:5": (8.0, autumn),
    }  # fmt: skip
    assert observations(keep, "digital.generation.red") == {"toy:4": (4.0, autumn)}
    assert observations(keep, "digital.generation.blue") == {"toy:4": (2.0, spring)}
    newest = read_supplied(supplied("xx", keep)[1], COUNTRY).tables["observations"]
    assert "digital.generation.blue" not in set(newest["indicator"])


def test_an_emptied_cell_withdraws(release, keep, tmp_path, read):
    send(release, keep, tmp_path, read, {
        "Рейсы": {"toy:5": {"Рейсов в неделю": 4}},
        "Полнота": {
            "facilities:pharmacy": {"Список полон": "да", "Кто утверждает": "РИК"},
        },
    }, date(2026, 4, 1))  # fmt: skip
    assert [len(stated_completeness(item)) for item in supplied("xx", keep)] == [1]
    send(release, keep, tmp_path, read, {
        "Рейсы": {"toy:5": {"Рейсов в неделю": None}},
        "Полнота": {"facilities:pharmacy": {"Список полон": "нет"}},
    }, date(2026, 5, 1))  # fmt: skip
    assert observations(keep, "transport.trips_per_week") == {}
    assert [stated_completeness(item) for item in supplied("xx", keep)] == [(), ()]


def test_another_raion_does_not_supersede(form, read, keep):
    fill(form, {"Рейсы": {"toy:5": {"Рейсов в неделю": 4}}})
    path = store(form, read(form), keep)
    said = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    copy = path.with_name("2026-11-21-area_bor-00000000.xlsx")
    shutil.copy(path, copy)
    said |= {"raion_id": "area:bor", "number": 2, "date": "2026-11-21"}
    copy.with_suffix(".json").write_text(json.dumps(said), encoding="utf-8")
    assert [item.newer for item in supplied("xx", keep)] == [(), ()]


def test_a_folder_that_takes_nothing_is_one_sentence(form, read, keep):
    content = read(fill(form, {}))
    for count in (0, 5000):  # below the workbook, and below both files
        with pytest.raises(WorkbookError) as caught, files_up_to(count):
            store(form, content, keep)
        assert str(caught.value).startswith(f"{keep}/xx/2026-11-20-area_ozer-")
        assert str(caught.value).endswith(
            f".xlsx: the workbook cannot be kept {TOO_LARGE}"
        )
        assert list((keep / "xx").iterdir()) == []
    assert supplied("xx", keep) == []


def test_a_folder_of_somebody_else(form, read, keep):
    (keep / "xx").mkdir(parents=True)
    for folder in (keep, keep / "xx"):
        folder.chmod(0o755)
    (keep / "content").write_bytes(pickle.dumps(read(fill(form, {}))))
    (keep / "form.xlsx").write_bytes(form.read_bytes())
    said = as_nobody(
        "import pickle; from geo.sources.workbook.store import store",
        "content = pickle.loads(Path('content').read_bytes())\n"
        "store(Path('form.xlsx'), content, Path())",
        keep,
    )
    assert said.startswith("geo.errors.WorkbookError: xx/2026-11-20-area_ozer-")
    assert said.endswith(
        ".xlsx: the workbook cannot be kept (Permission denied). Ask for the right to "
        "do that, or choose another folder."
    )
    assert list((keep / "xx").iterdir()) == []


def test_what_a_killed_import_left_goes_with_the_next(form, read, keep):
    (keep / "xx").mkdir(parents=True)
    (keep / "xx" / ".abcd1234.part").write_bytes(b"half")
    store(form, read(fill(form, {})), keep)
    assert sorted(path.suffix for path in (keep / "xx").iterdir()) == [".json", ".xlsx"]


@pytest.mark.parametrize("code", ["../xx", "/xx", "xx/..", "", "XX"])
def test_a_workbook_cannot_leave_the_folder(form, read, keep, code):
    content = replace(read(fill(form, {})), country=code)
    with pytest.raises(NotFoundError, match="is no country code"):
        store(form, content, keep)
    with pytest.raises(NotFoundError, match="is no country code"):
        supplied(code, keep)
    assert not keep.exists()
