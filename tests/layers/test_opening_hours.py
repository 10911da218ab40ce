"""What opening hours are taken for: a week, closed, or nothing that can be read."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.layers.opening_hours import is_closed, week_of_hours, weekly_hours

NONE = (np.nan, np.nan)
ALL_WEEK = [(0, 24)] * 7
DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")


def hours(*pairs):
    """Return a week of (opens, closes) in hours, from Monday, closed on the rest."""
    week = [*pairs, *[NONE] * (7 - len(pairs))]
    return np.array(week, float) * 3600


@pytest.mark.parametrize(
    ("text", "week"),
    [
        ("Mo-Fr 08:00-17:00", hours(*[(8, 17)] * 5)),
        ("mo-fr 8:00-17:00;", hours(*[(8, 17)] * 5)),
        ("Mo - Fr 08:00 – 17:00", hours(*[(8, 17)] * 5)),
        ("Mo-Fr: 08:00-17:00", hours(*[(8, 17)] * 5)),
        ("пн–пт 8.00–17.00", hours(*[(8, 17)] * 5)),
        ("Пн-Пт: 8:00-17:00; Сб: 9-13", hours(*[(8, 17)] * 5, (9, 13))),
        ("пн-сб 8-20", hours(*[(8, 20)] * 6)),
        ("пн, ср 10-12", hours((10, 12), NONE, (10, 12))),
        ("аў-нд 09:00-13:00", hours(NONE, *[(9, 13)] * 6)),
        ("ежедневно 9-18", hours(*[(9, 18)] * 7)),
        ("штодня 9-18", hours(*[(9, 18)] * 7)),
        ("вт, чт 9-13", hours(NONE, (9, 13), NONE, (9, 13))),
        (
            "сер-чц 9-13; сб, вс 10-12",
            hours(NONE, NONE, (9, 13), (9, 13), NONE, (10, 12), (10, 12)),
        ),
        ("09:00–19:00", hours(*[(9, 19)] * 7)),
        # the whole day, on all days or on some
        ("круглосуточно", hours(*ALL_WEEK)),
        ("Круглосуточно, ежедневно", hours(*ALL_WEEK)),
        ("круглосуточно, без выходных", hours(*ALL_WEEK)),
        ("кругласутачна", hours(*ALL_WEEK)),
        ("24/7", hours(*ALL_WEEK)),
        ("24/7; PH off", hours(*ALL_WEEK)),
        ("24/7; Sa,Su off", hours(*[(0, 24)] * 5)),
        ("Mo-Fr 24/7", hours(*[(0, 24)] * 5)),
        ("пн-пт круглосуточно", hours(*[(0, 24)] * 5)),
        # of holidays nothing is said: a week has none
        ("Mo-Fr 08:00-17:00; PH off", hours(*[(8, 17)] * 5)),
        ("Mo,PH 08:00-12:00", hours((8, 12))),
        ('Mo-Fr 08:00-17:00; Sa off "inventory"', hours(*[(8, 17)] * 5)),
        # a break at noon is within
        (
            "Mo-Fr 08:00-12:00,13:00-17:00; Sa 09:00-13:00",
            hours(*[(8, 17)] * 5, (9, 13)),
        ),
        ("Mo-Fr 08:00-12:00, 13:00-17:00", hours(*[(8, 17)] * 5)),
        ("Mo-Fr 08:00-17:00; Mo-Fr 12:00-13:00 off", hours(*[(8, 17)] * 5)),
        ("пн-пт 8.00-17.00, сб 9.00-13.00", hours(*[(8, 17)] * 5, (9, 13))),
        # of two hours it is a break still
        ("Mo 08:00-12:00,14:00-18:00", hours((8, 18))),
        ("Mo 08:00-12:00,14:01-18:00", hours((8, 12))),
        # the night is no visit: of two parts the longer one
        ("Mo 20:00-06:00", hours((20, 24), (0, 6))),
        ("Mo 22:00-26:00", hours((22, 24), (0, 2))),
        ("Mo 07:00-09:00,14:00-18:00", hours((14, 18))),
        ("Mo, We 9:30-12:00", hours((9.5, 12), NONE, (9.5, 12))),
        ("mo, we 9:30-12:00", hours((9.5, 12), NONE, (9.5, 12))),
        ("off; Mo 08:00-12:00", hours((8, 12))),
    ],
)
def test_a_week_in_words_and_in_the_syntax_of_openstreetmap(text, week):
    np.testing.assert_array_equal(week_of_hours(text), week)
    assert not is_closed(text)


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        " ",
        # some weeks only
        "Mo[1] 09:00-12:00",
        "Mo[4] 09:00-12:00",
        "Mo[-1] 09:00-12:00",
        "week 1-53/2 Mo 08:00-12:00",
        "Nov-Mar Mo-Fr 09:00-17:00",
        "Oct 01-Jun 14: Mo-Fr 08:30-14:30; Jun 15-Sep 30: Mo-Fr 08:00-14:00",
        "2026 Mo-Fr 08:00-17:00",
        "Dec 25 off",
        "Mo-Fr 08:00-17:00; Dec 25 off",
        "SH Mo-Fr 09:00-12:00",
        "Mo-Fr 08:00-17:00; SH off",
        "easter off",
        "01.06-31.08",
        "с 01.06 по 31.08 круглосуточно",
        # not by the clock
        "sunrise-sunset",
        "Mo-Fr 08:00-sunset",
        "Mo-Fr 08:00+",
        "Mo-Fr 08:00-16:00/90",
        # not for everybody who comes
        '"by appointment"',
        'Mo-Fr 08:00-12:00 "по записи"',
        'Mo-Fr 08:00-17:00 || "call"',
        "Mo-Fr 08:00-17:00 unknown",
        "unknown",
        "open",
        "по записи",
        # not what it looks like
        "не круглосуточно",
        "пн-пт 8-20 (не круглосуточно)",
        "круглосуточно (кроме вс)",
        "приёмное отделение круглосуточно, поликлиника пн-пт 8-17",
        "24 часа",
        # days without hours, or half of them
        "Mo-Fr",
        "пн-пт",
        "ежедневно",
        "Mo-Fr 08:00-17:00; Sa",
        "Пн, Ср 9:30-12",
        "Mo-Fr 8 till late",
        "Mo-Fr 12:60-17:00",
        # closed on some days, and of the others nothing
        "PH off",
        "Su off",
        "Mo-Fr off",
        "закрыто на обед 13-14",
        "закрыто по воскресеньям",
        # open and closed at once
        "Mo-Fr 08:00-17:00; off",
        "24/7; off",
        "Mo-Su 08:00-12:00 off",
    ],
)
def test_what_is_no_week_is_not_read(text):
    assert week_of_hours(text) is None
    assert not is_closed(text)


@pytest.mark.parametrize(
    "text",
    [
        "off",
        "OFF",
        "closed",
        "24/7 off",
        '24/7 closed "for good"',
        'off "ремонт"',
        "Mo-Su off",
        "Mo-Su,PH off",
        "Mo-Fr off; Sa,Su off",
        "закрыт",
        "Закрыта.",
        "закрыто",
        "временно закрыто",
        "закрыто на капитальный ремонт",
        "не работает",
        "зачынена",
        "не працуе",
    ],
)
def test_closed_on_all_days(text):
    assert np.isnan(week_of_hours(text)).all()
    assert is_closed(text)


@given(
    st.dictionaries(
        st.sampled_from(range(7)),
        st.tuples(st.integers(0, 11), st.integers(12, 24)),
        min_size=1,
    ),
    st.sampled_from(["", "Mo[1] ", "Jan-Mar ", "week 2-52/2 ", "2026 ", "SH "]),
)
def test_a_week_is_read_back_and_part_of_a_year_is_not(open_, when):
    rules = [f"{DAYS[day]} {a:02}:00-{b:02}:00" for day, (a, b) in open_.items()]
    found = week_of_hours("; ".join(f"{when}{rule}" for rule in rules))
    if when:
        assert found is None
        return
    expected = hours(*[open_.get(day, NONE) for day in range(7)])
    np.testing.assert_array_equal(found, expected)


def test_a_long_list_of_times_is_read_or_not_at_once():
    # A pattern that tries each way to divide it would not come to an end.
    spans = ",".join(["08:00-09:00", "10:00-11:00"] * 30)
    week = week_of_hours(f"Mo {spans}, Tu 08:00-09:00")
    assert week is not None
    assert week_of_hours(f"{spans},08:00-09:0x") is None
    assert week_of_hours(f"Mo {spans},Xx 08:00-09:00") is None


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("Mo-Fr 08:00-17:00", 45),
        # the break is no part of them
        ("Mo-Fr 08:00-12:00,13:00-17:00; Sa 09:00-13:00", 44),
        # neither is the night between two halves of a day, of which one is longer
        ("Mo 08:00-10:00,15:00-20:00", 7),
        # what overlaps counts once, and a night counts once
        ("Mo 08:00-12:00,10:00-14:00", 6),
        ("Fr-Su 20:00-02:00", 18),
        ("ежедневно 9-18", 63),
        ("24/7", 168),
        ("закрыто", 0),
        ("по записи", None),
        ("Nov-Mar Mo-Fr 09:00-17:00", None),
        ("Su off", None),
        (None, None),
    ],
)
def test_hours_a_week_are_those_of_the_open_door(text, total):
    assert weekly_hours(text) == total
