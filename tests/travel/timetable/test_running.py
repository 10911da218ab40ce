"""On which days trips run, counted by the calendar and by a plain loop over days."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.travel.timetable.running import running

NONE = pd.DataFrame({"service": [], "day": [], "runs": []}).astype(
    {"service": "str", "day": "datetime64[s]", "runs": "bool"}
)


def trips(*rows):
    """Make trips of (service, weekdays, first day, last day)."""
    table = pd.DataFrame(rows, columns=["service", "weekdays", "first_day", "last_day"])
    return table.astype(
        {"service": "str", "first_day": "datetime64[s]", "last_day": "datetime64[s]"}
    )


def exceptions(*rows):
    table = pd.DataFrame(rows, columns=["service", "day", "runs"])
    return table.astype(NONE.dtypes.to_dict())


def mondays(*days):
    return np.array(days, dtype="datetime64[D]")


def test_weekdays_hold_within_the_period():
    # from Wednesday the 7th to Tuesday the 20th of January 2026
    found = running(
        trips(("w", 0b0011111, "2026-01-07", "2026-01-20")),
        NONE,
        mondays("2025-12-29", "2026-01-05", "2026-01-12", "2026-01-19", "2026-01-26"),
    )
    assert found.masks.tolist() == [[0, 0b0011100, 0b0011111, 0b0000011, 0]]
    assert found.load.tolist() == [0, 3, 5, 2, 0]


def test_open_ends_never_end_and_the_year_9999_is_one_of_them():
    rows = ("a", 1, None, "2026-01-05"), ("b", 1, "2026-01-05", "9999-12-31")
    weeks = mondays("1990-01-01", "2026-01-05", "2080-01-01")
    found = running(trips(*rows), NONE, weeks)
    assert found.masks[found.pattern].tolist() == [[1, 1, 0], [0, 1, 1]]


def test_exceptions_are_those_of_the_own_service():
    rows = ("a", 1, "2026-01-05", "2026-01-31"), ("b", 1, "2026-01-05", "2026-01-31")
    days = exceptions(
        ("a", "2026-01-12", False),
        ("a", "2026-01-25", True),  # a Sunday
        ("a", "2026-02-02", True),  # after the period, as GTFS allows
        # in none of the weeks that are asked for: before, between and after them
        ("a", "2025-12-30", True),
        ("a", "2026-01-27", True),
        ("a", "2026-02-10", True),
        ("gone", "2026-01-05", False),
    )
    weeks = mondays("2026-01-05", "2026-01-12", "2026-01-19", "2026-02-02")
    found = running(trips(*rows), days, weeks)
    assert found.masks[found.pattern].tolist() == [[1, 0, 65, 1], [1, 1, 1, 0]]


def test_what_is_alike_is_one_pattern():
    rows = [("a", 1, "2026-01-05", "2026-01-31"), ("b", 1, "2026-01-05", "2026-01-31")]
    found = running(trips(*rows, rows[0]), NONE, mondays("2026-01-05"))
    assert found.pattern.tolist() == [0, 0, 0]
    assert found.trips.tolist() == [3]
    apart = running(
        trips(*rows, rows[0]),
        exceptions(("b", "2026-01-12", False)),
        mondays("2026-01-05"),
    )
    assert sorted(apart.trips.tolist()) == [1, 2]


def test_without_any_period_one_week_stands_for_all():
    found = running(
        trips(("a", 31, None, None)), NONE, np.array(["NaT"], dtype="datetime64[D]")
    )
    assert found.masks.tolist() == [[31]]


def test_a_week_may_begin_on_any_day():
    # Thursday to Wednesday: the Monday in it is the 12th
    found = running(
        trips(("a", 0b0000001, "2026-01-08", "2026-01-14")),
        exceptions(("a", "2026-01-08", True)),
        mondays("2026-01-08"),
    )
    assert found.masks.tolist() == [[0b0001001]]


FIRST = date(2026, 1, 5)
moments = st.integers(0, 40)


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 127),
            st.one_of(st.none(), moments),
            st.one_of(st.none(), moments),
            st.dictionaries(moments, st.booleans(), max_size=6),
        ),
        min_size=1,
        max_size=5,
    )
)
def test_every_day_is_that_of_a_loop_over_the_calendar(services):
    day = lambda number: None if number is None else FIRST + timedelta(days=number)  # noqa: E731
    rows, days = [], []
    for number, (mask, first, last, single) in enumerate(services):
        rows.append((f"s{number}", mask, day(first), day(last)))
        days += [(f"s{number}", day(at), runs) for at, runs in single.items()]
    weeks = mondays(*(FIRST + timedelta(days=7 * week) for week in range(6)))
    found = running(trips(*rows), exceptions(*days) if days else NONE, weeks)
    for number, (mask, first, last, single) in enumerate(services):
        for at in range(42):
            inside = (first is None or first <= at) and (last is None or at <= last)
            wanted = single.get(at, bool(inside and mask >> at % 7 & 1))
            told = found.masks[found.pattern[number], at // 7] >> at % 7 & 1
            assert bool(told) == wanted
