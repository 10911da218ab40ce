"""One cell: what can be read in one way is read, the rest is asked."""

from datetime import date, datetime, time, timedelta

import pytest

from geo.sources.workbook.cells import decode
from geo.sources.workbook.faults import CellError
from geo.sources.workbook.form import Cell, Column, Words, form
from geo.sources.workbook.times import departure_seconds, weekday_mask

MIDDAY = datetime.combine(date(2026, 3, 15), time(12))


def column(cell, **more):
    said = Words("Столбец", "", "Слупок", "")
    return Column(key="x", cell=cell, said=said, **more)


@pytest.mark.parametrize(
    ("raw", "cell", "value"),
    [
        ("  аг. \u00a0Залесье ", Cell.TEXT, "аг. Залесье"),
        (225301.0, Cell.TEXT, "225301"),
        ("   ", Cell.TEXT, None),
        (12.0, Cell.COUNT, 12),
        ("1 234", Cell.COUNT, 1234),
        ("1\u00a0234", Cell.COUNT, 1234),
        ("24,35", Cell.NUMBER, 24.35),
        (MIDDAY, Cell.DATE, date(2026, 3, 15)),
        ("15.03.2026", Cell.DATE, date(2026, 3, 15)),
        ("2026-03-15", Cell.DATE, date(2026, 3, 15)),
        (2009, Cell.DAY, 2009),
        ("2009 г.", Cell.DAY, 2009),
        ("01.01.2026", Cell.DAY, date(2026, 1, 1)),
        (time(6, 40), Cell.TIMES, "06:40"),
        (time(6, 39, 59, 999_999), Cell.TIMES, "06:40"),
        (time(6, 40, 0, 1), Cell.TIMES, "06:40"),
        (time(6, 40, 29), Cell.TIMES, "06:40"),
        (time(23, 59, 59, 999_999), Cell.TIMES, "00:00"),
        (datetime(1900, 1, 1, 6, 39, 59, 999_999), Cell.TIMES, "06:40"),  # noqa: DTZ001
        (timedelta(hours=6, minutes=40), Cell.TIMES, "06:40"),
        ("1 000,00", Cell.COUNT, 1000),
        ("1,234,567", Cell.COUNT, 1234567),
        ("-0", Cell.COUNT, 0),
        ("24.125", Cell.DEGREES, 24.125),
        ("-5", Cell.DEGREES, -5.0),
        ("01.01.2026\u00a0г.", Cell.DAY, date(2026, 1, 1)),
        ("06:40, 12.15", Cell.TIMES, "06:40, 12.15"),
        ("Так", Cell.CONFIRM, "да"),
        ("01.11.2026", Cell.CONFIRM, date(2026, 11, 1)),
        ("anything", Cell.INFO, None),
    ],
)
def test_read_in_one_way(raw, cell, value):
    assert decode(raw, column(cell)) == value


def test_only_degrees_are_no_thousands():
    with pytest.raises(CellError, match="непонятно, тысячи"):
        decode("24.125", column(Cell.NUMBER))


@pytest.mark.parametrize(
    ("raw", "cell", "words"),
    [
        ("=A1+1", Cell.COUNT, "формула"),
        ("#REF!", Cell.TEXT, "ошибка вычисления"),
        ("#N/A", Cell.TEXT, "ошибка вычисления"),
        ("#DIV/0!", Cell.TEXT, "ошибка вычисления"),
        ("#VALUE!", Cell.TEXT, "ошибка вычисления"),
        ("#NAME?", Cell.TEXT, "ошибка вычисления"),
        ("#NUM!", Cell.TEXT, "ошибка вычисления"),
        ("#NULL!", Cell.TEXT, "ошибка вычисления"),
        (-5, Cell.COUNT, "отрицательное"),
        (12.5, Cell.COUNT, "не целое"),
        ("много", Cell.COUNT, "не число"),
        ("1,000", Cell.COUNT, "«1,000»: непонятно, тысячи это или дробь"),
        ("1.000", Cell.COUNT, "непонятно, тысячи"),
        ("1e3", Cell.COUNT, "сокращённая запись"),
        ("1e400", Cell.COUNT, "сокращённая запись"),
        ("1_000", Cell.COUNT, "не число"),
        ("0x10", Cell.COUNT, "не число"),
        ("٥", Cell.COUNT, "не число"),
        ("~100", Cell.COUNT, "не число"),
        ("100 чел.", Cell.COUNT, "не число"),
        ("9" * 400, Cell.COUNT, "не число"),
        ("٢٠٢٦", Cell.DAY, "не дата"),
        ("٠٦:٤٠", Cell.TIMES, "нет такого времени"),
        (timedelta(days=1, hours=6), Cell.TIMES, "не время"),
        (timedelta(days=1), Cell.TIMES, "не время"),
        (timedelta(hours=-1), Cell.TIMES, "не время"),
        (0.27777, Cell.TIMES, "не время"),
        (True, Cell.COUNT, "должно быть число"),
        (MIDDAY, Cell.COUNT, "должно быть число"),
        ("nan", Cell.NUMBER, "не число"),
        (45366, Cell.DATE, "число, а не дата"),
        ("15.03.26", Cell.DATE, "не дата"),
        ("март 2026", Cell.DATE, "не дата"),
        ("31.02.2026", Cell.DATE, "нет такого дня"),
        ("01.01.1026", Cell.DATE, "год 1026 невозможен"),
        ("25:70", Cell.TIMES, "нет такого времени"),
        ("6.7", Cell.TIMES, "нет такого времени"),
        (6.4, Cell.TIMES, "не время"),
        ("пн-чтв", Cell.WEEKDAYS, "не день недели"),
        (MIDDAY, Cell.TEXT, "превратила"),
        (timedelta(hours=3), Cell.TEXT, "превратила"),
    ],
)
def test_asked(raw, cell, words):
    with pytest.raises(CellError, match=words):
        decode(raw, column(cell))


def test_choices_accept_both_languages():
    kinds = form(())["settlements"].column("kind")
    assert decode("Агрогородок", kinds) == "agrogorodok"
    assert decode("аграгарадок", kinds) == "agrogorodok"
    assert decode("поселок городского типа", kinds) == "urban_settlement"
    with pytest.raises(CellError, match="«село»: нет в списке"):
        decode("село", kinds)
    assert decode("не", form(())["fixed"].column("available")) == "no"


def test_maximum():
    with pytest.raises(CellError, match="больше возможного"):
        decode(8, column(Cell.COUNT, maximum=7))


@pytest.mark.parametrize(
    ("text", "mask"),
    [
        ("ежедневно", 127), ("пн-пт", 31), ("пн – пт", 31), ("сб, вс", 96),
        ("сб и нд", 96), ("1 3 5", 21), ("135", 21), ("сб-пн", 97), ("Ср.", 4),
        ("штодня", 127),
    ],
)  # fmt: skip
def test_weekdays(text, mask):
    assert weekday_mask(text) == mask


def test_departures_are_rounded_to_the_minute():
    assert departure_seconds("06:39:59 06:40:29") == [24000, 24000]


def test_departures():
    assert departure_seconds("06:40;-;23:59") == [24000, None, 86340]
