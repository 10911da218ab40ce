"""What a clerk is told when the workbook was taken."""

from pathlib import Path

from geo.reports.imported import taken
from tests.workbook.toy import fill

KEPT = Path("supplied/toy/2026-11-20-ozer.xlsx")


def told(read, form, rows):
    fill(form, {"Объекты": rows})
    kept, first, *lines, last = taken(read(form), KEPT).splitlines()
    assert (kept, first) == (str(KEPT), "Принято.")
    assert last == "Теперь соберите выпуск заново: paritet build xx"
    return lines


def test_hours_that_were_read_are_not_mentioned(form, read):
    rows = {
        "post:1": {"Часы работы": "вт, пт 9-13", "Дни приёма": "пт"},
        "hosp:1": {"Часы работы": "когда как", "Работает или закрыт": "закрыт"},
    }
    assert told(read, form, rows) == []


def test_hours_that_were_not_understood_are_named_with_their_cell(form, read):
    head, hours, days = told(
        read,
        form,
        {
            "post:1": {"Часы работы": "по записи", "Дни приёма": "пн"},
            "hosp:1": {"Часы работы": "8:00-17:00", "Дни приёма": "когда как"},
        },
    )
    assert head == "Объекты учтены, но их часы работы не поняты и не учитываются:"
    spots = {line.partition(", столбец ")[2] for line in (hours, days)}
    write = "Пишите дни и часы каждой недели: пн-пт 8:00-17:00; сб 9:00-13:00."
    name = "Пишите дни недели: пн, ср, пт или 1-5."
    assert spots == {
        f"«Часы работы», значение «по записи»: часы не поняты. {write}",
        f"«Дни приёма», значение «когда как»: дни приёма не поняты. {name}",
    }
