"""Which weeks of a timetable count: all that are regular, by exact days."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from geo.indicators.regular_weeks import HOLIDAY, STRAY, WEAK, feed_weeks
from geo.sources.transit import CountedWeeks, Season
from geo.travel.timetable.edits import ON_DEMAND

WORKDAYS, DAILY, MONDAY, WEDNESDAY, FRIDAY, SATURDAY = 31, 127, 1, 4, 16, 32
RULES = CountedWeeks(stray_load=0.1, low_load=0.5, rare=0.125)
ON = date(2026, 6, 15)
#: January 2026 begins on a Thursday; 51 whole weeks from the 5th to 27 December
YEAR = ("2026-01-01", "2026-12-31")
NO_DAYS = {"service": "str", "day": "datetime64[s]", "runs": "bool"}


def feed(*rows, stated="2025-12-01"):
    """Make trips of (number of trips, service, weekdays, first day, last day)."""
    table = pd.DataFrame(
        [row[1:] for row in rows for _ in range(row[0])],
        columns=["service", "weekdays", "first_day", "last_day"],
    )
    table["trip_id"] = [f"t{number}" for number in range(len(table))]
    days = dict.fromkeys(("first_day", "last_day"), "datetime64[s]")
    table = table.astype(days | {"service": "str"})
    return table.assign(_date=stated, carrier=None).astype({"carrier": "str"})


def days(service, *dates, runs=False):
    rows = [(service, day, runs) for day in dates]
    return pd.DataFrame(rows, columns=[*NO_DAYS]).astype(NO_DAYS)


NONE = days("none")


def weeks_of(trips, *exceptions, on=ON):
    table = pd.concat(exceptions) if exceptions else NONE
    return feed_weeks(trips, table, on, RULES)


def every(step, first, last):
    """Return each step-th day of a period as text."""
    begin, end = date.fromisoformat(first), date.fromisoformat(last)
    count = (end - begin).days // step + 1
    return [str(begin + timedelta(days=step * number)) for number in range(count)]


def left(weeks):
    return {why: [str(day) for day in starts] for why, starts in weeks.left_out.items()}


@pytest.mark.parametrize(
    ("period", "starts"),
    [
        (("2025-11-03", "2025-11-09"), ["2025-11-03"]),  # just one week
        (("2025-11-04", "2025-11-17"), ["2025-11-10"]),  # the only whole one
        (("2025-11-04", "2025-11-09"), ["2025-11-04"]),  # none: from the first day on
        (("2025-11-03", "2025-11-23"), ["2025-11-03", "2025-11-10", "2025-11-17"]),
        ((None, None), ["NaT"]),
    ],
)
def test_weeks_go_from_monday_to_sunday(period, starts):
    weeks = weeks_of(feed((1, "s", DAILY, *period)))
    assert [str(day) for day in weeks.running.starts] == starts
    assert weeks.regular.all()
    assert left(weeks) == {}


@pytest.mark.parametrize(
    ("last", "whole"), [("2025-11-09", False), ("2025-11-10", True)]
)
def test_a_timetable_of_less_than_seven_days_tells_no_whole_week(last, whole):
    assert weeks_of(feed((1, "s", DAILY, "2025-11-04", last))).whole is whole


@pytest.mark.parametrize(
    ("weekdays", "first", "last", "starts"),
    [
        # working days, told from a Monday to a Friday
        (WORKDAYS, "2025-11-03", "2025-11-14", ["2025-11-03", "2025-11-10"]),
        (WORKDAYS, "2025-11-04", "2025-11-14", ["2025-11-10"]),
        (WORKDAYS, "2025-11-03", "2025-11-13", ["2025-11-03"]),
        # one day of service is all of its week
        (WEDNESDAY, "2025-11-05", "2025-11-05", ["2025-11-03"]),
        (WEDNESDAY, "2025-11-06", "2025-11-11", ["2025-11-06"]),
    ],
)
def test_a_week_is_whole_if_it_holds_all_days_of_service(weekdays, first, last, starts):
    weeks = weeks_of(feed((1, "s", weekdays, first, last)))
    assert [str(day) for day in weeks.running.starts] == starts
    assert weeks.whole is (starts[0] != "2025-11-06")


def test_what_comes_when_called_fills_no_week():
    trips = feed((3, "bus", WORKDAYS, *YEAR), (90, "zone", DAILY, *YEAR))
    holiday = days("bus", "2026-05-01")
    assert left(weeks_of(trips, holiday)) == {}
    trips.loc[trips["service"] == "zone", "carrier"] = ON_DEMAND
    weeks = weeks_of(trips, holiday)
    assert left(weeks) == {HOLIDAY: ["2026-04-27"]}
    assert weeks.kinds().running.load.tolist() == [15]
    assert len(weeks.running.pattern) == 93


def test_days_told_one_by_one_make_whole_weeks_too():
    dates = ["2025-11-05", "2025-11-07", "2025-11-12", "2025-11-14"]
    trips = feed((1, "s", 0, dates[0], dates[-1]))
    weeks = weeks_of(trips, days("s", *dates, runs=True))
    assert [str(day) for day in weeks.running.starts] == ["2025-11-03", "2025-11-10"]


def test_weeks_that_are_alike_are_one_kind_and_the_last_stands_for_them():
    trips = feed((1, "a", MONDAY, *YEAR), (1, "b", SATURDAY, *YEAR))
    odd = days("a", *every(14, "2026-01-05", "2026-12-21"))
    weeks = weeks_of(trips, odd)
    kinds = weeks.kinds()
    assert [str(day) for day in kinds.running.starts] == ["2026-12-14", "2026-12-21"]
    assert not weeks.steady
    assert weeks_of(trips).steady
    # with the bus of Monday there are two trips, without it one
    assert kinds.running.load.tolist() == [2, 1]
    assert kinds.least == 1


def test_of_equal_weeks_the_last_is_the_least():
    trips = feed((1, "a", MONDAY, *YEAR), (1, "b", SATURDAY, *YEAR))
    swapped = (
        days("a", *every(14, "2026-01-05", "2026-12-21")),
        days("b", *every(14, "2026-01-17", "2026-12-19")),
    )
    kinds = weeks_of(trips, *swapped).kinds()
    assert kinds.running.load.tolist() == [1, 1]
    assert kinds.least == 1


def test_stray_service_at_the_ends_is_no_timetable():
    trips = feed(
        (30, "main", DAILY, "2026-03-02", "2026-08-30"),
        (2, "stray", DAILY, "2026-01-05", "2030-01-06"),
    )
    weeks = weeks_of(trips)
    assert str(weeks.running.starts[0]) == "2026-03-02"
    assert str(weeks.running.starts[-1]) == "2026-08-24"
    assert weeks.left_out[STRAY][0] == np.datetime64("2026-01-05")
    assert weeks.in_force
    assert str(weeks.day) == "2026-06-15"  # never after the release
    # when the main part is over the timetable is, whatever is left of it
    over = weeks_of(trips, on=date(2026, 8, 31))
    assert not over.in_force
    assert str(over.day) == "2026-08-30"
    assert not weeks_of(trips, on=date(2026, 3, 1)).in_force


def test_a_stray_service_without_an_end_keeps_nothing_in_force():
    trips = feed(
        (30, "main", DAILY, "2026-03-02", "2026-08-30"),
        (2, "stray", DAILY, None, None),
    )
    assert weeks_of(trips).in_force
    for day in (date(2026, 3, 1), date(2026, 8, 31)):
        assert not weeks_of(trips, on=day).in_force
    assert str(weeks_of(trips, on=date(2026, 8, 31)).day) == "2026-08-30"


def test_a_season_at_an_end_is_not_stray():
    # buses to the gardens: winter has a tenth of the summer's service, not less
    trips = feed(
        (10, "all", DAILY, *YEAR), (90, "garden", DAILY, "2026-05-04", "2026-09-27")
    )
    weeks = weeks_of(trips)
    assert str(weeks.running.starts[0]) == "2026-01-05"
    assert sorted(weeks.kinds().running.load) == [70, 700]
    assert STRAY not in weeks.left_out


@pytest.mark.parametrize(
    ("last", "counted"), [("2026-02-15", False), ("2026-02-22", True)]
)
def test_few_weak_weeks_do_not_count_and_many_do(last, counted):
    # 51 weeks, of which 6 (from 5 January) are less than one in eight and 7 are not
    begins = str(date.fromisoformat(last) + timedelta(days=1))
    trips = feed((1, "all", DAILY, *YEAR), (2, "more", DAILY, begins, YEAR[1]))
    weeks = weeks_of(trips)
    assert min(weeks.kinds().running.load) == (7 if counted else 21)
    assert (WEAK in weeks.left_out) is not counted


def test_just_one_week_in_eight_is_still_few():
    # 48 weeks, of which the first 6 are weak
    period = ("2026-01-05", "2026-12-06")
    trips = feed(
        (1, "all", DAILY, *period), (2, "more", DAILY, "2026-02-16", period[1])
    )
    assert weeks_of(trips).kinds().running.load.tolist() == [21]


def test_half_of_the_service_is_not_weak():
    trips = feed((1, "all", DAILY, *YEAR), (1, "more", DAILY, "2026-01-12", YEAR[1]))
    assert min(weeks_of(trips).kinds().running.load) == 7


HOLIDAYS = ("2026-01-07", "2026-03-09", "2026-05-01", "2026-07-03", "2026-12-25")


def test_a_holiday_of_the_whole_timetable_takes_its_week_out():
    trips = feed((3, "work", WORKDAYS, *YEAR), (4, "rest", SATURDAY + 64, *YEAR))
    # on a holiday the weekend's buses go instead
    changes = days("work", *HOLIDAYS), days("rest", *HOLIDAYS, runs=True)
    weeks = weeks_of(trips, *changes)
    assert left(weeks) == {
        HOLIDAY: ["2026-01-05", "2026-03-09", "2026-04-27", "2026-06-29", "2026-12-21"]
    }
    assert weeks.steady
    assert weeks.kinds().running.load.tolist() == [23]


def test_a_day_on_which_half_goes_is_no_holiday():
    trips = feed((1, "a", WORKDAYS, *YEAR), (1, "b", WORKDAYS, *YEAR))
    weeks = weeks_of(trips, days("a", "2026-05-01"))
    assert left(weeks) == {}
    assert min(weeks.kinds().running.load) == 9


def test_a_bus_that_rests_on_many_fridays_has_days_off():
    trips = feed((1, "a", FRIDAY, *YEAR))
    fridays = every(7, "2026-01-09", "2026-12-25")
    assert len(fridays) == 51
    few, many = fridays[10:16], fridays[10:17]
    assert min(weeks_of(trips, days("a", *few)).kinds().running.load) == 1
    assert min(weeks_of(trips, days("a", *many)).kinds().running.load) == 0


def test_each_weekday_is_judged_for_itself():
    # the large market bus comes every other Saturday: 25 of some 300 days of service
    trips = feed((1, "a", WORKDAYS, *YEAR), (4, "market", SATURDAY, *YEAR))
    off = days("market", *every(14, "2026-01-10", "2026-12-26"))
    assert sorted(weeks_of(trips, off).kinds().running.load) == [5, 9]


def test_a_bus_is_missed_on_no_day_before_its_first():
    # on six Saturdays there is a fifth of what runs on all that follow
    trips = feed(
        (1, "all", DAILY, *YEAR), (4, "market", SATURDAY, "2026-02-21", YEAR[1])
    )
    weeks = weeks_of(trips)
    assert left(weeks) == {}
    assert sorted(weeks.kinds().running.load) == [7, 11]


@pytest.mark.parametrize(
    ("last", "missed"),
    [("2026-03-28", ["2026-03-09", "2026-03-16"]), ("2026-04-04", None)],
)
def test_every_second_time_is_a_habit_and_less_is_none(last, missed):
    # two Saturdays, of the four or five from the first to the last
    trips = feed((1, "all", DAILY, *YEAR), (3, "market", 0, "2026-03-07", last))
    weeks = weeks_of(trips, days("market", "2026-03-07", last, runs=True))
    assert left(weeks) == ({HOLIDAY: missed} if missed else {})


def test_single_dates_have_a_habit_too():
    # every Monday as dates alone, but for New Year's week and one in summer
    dates = [day for day in every(7, "2026-01-05", "2026-12-28") if day != "2026-06-29"]
    trips = feed((1, "a", 0, dates[0], dates[-1]))
    weeks = weeks_of(trips, days("a", *dates, runs=True))
    # one week without any bus is weak, and a holiday
    assert left(weeks) == {WEAK: ["2026-06-29"], HOLIDAY: ["2026-06-29"]}
    assert weeks.kinds().running.load.tolist() == [1]


def test_where_no_week_would_be_left_all_count():
    rules = CountedWeeks(stray_load=0, low_load=0.99, rare=0.99)
    trips = feed((2, "a", DAILY, "2026-01-05", "2026-01-18"))
    off = days("a", "2026-01-06", "2026-01-14")
    weeks = feed_weeks(trips, off, ON, rules)
    assert weeks.regular.all()
    assert left(weeks) == {}


def test_what_replaces_a_route_is_not_added_to_it():
    # only the change is printed; both sides of it are open
    trips = feed(
        (1, "old", DAILY, None, "2026-05-31"), (1, "new", MONDAY, "2026-06-01", None)
    )
    weeks = weeks_of(trips)
    assert sorted(weeks.kinds().running.load) == [1, 7]
    assert weeks.in_force


@pytest.mark.parametrize(
    ("first", "last", "stated", "day"),
    [
        ("2026-01-05", None, "2026-02-01", "2026-02-01"),  # stated then, no end printed
        ("2026-03-02", None, "2026-02-01", "2026-03-02"),
        ("2026-03-02", None, "", "2026-03-02"),
        ("2026-03-02", None, "2026-12-01", "2026-06-15"),
        (None, "2026-05-31", "2026-02-01", "2026-05-31"),
        (None, None, "2026-02-01", "2026-02-01"),
        (None, None, "", "NaT"),
        ("2026-01-05", "2026-12-31", "2026-02-01", "2026-06-15"),
        ("2026-01-05", "2026-05-27", "2026-02-01", "2026-05-24"),  # a Wednesday
    ],
)
def test_the_day_of_a_timetable(first, last, stated, day):
    trips = feed((1, "s", DAILY, first, last), stated=stated)
    assert str(weeks_of(trips).day) == day


def test_a_century_is_looked_at_for_five_years_around_the_day():
    trips = feed((1, "s", DAILY, "1990-01-01", "2099-12-31"))
    weeks = weeks_of(trips)
    assert 510 < len(weeks.running.starts) < 525
    assert weeks.in_force
    assert str(weeks.day) == "2026-06-15"
    # of one that is over the last years are looked at
    old = weeks_of(feed((1, "s", DAILY, "1990-01-01", "2014-03-23")))
    assert str(old.running.starts[-1]) == "2014-03-17"


@pytest.mark.parametrize(
    ("begins", "ends", "monday"),
    [
        ((6, 1), (8, 31), "2026-08-24"),  # the 31st is a Monday: its week is autumn's
        ((9, 1), (5, 31), "2026-12-14"),  # over the new year, to the last whole week
        ((12, 25), (1, 10), "2025-12-29"),
        ((3, 1), (3, 5), None),  # shorter than a week
    ],
)
def test_the_weeks_of_a_season(begins, ends, monday):
    season = Season.model_validate(
        {
            "id": "s",
            "from": "{:02}-{:02}".format(*begins),
            "to": "{:02}-{:02}".format(*ends),
            "label": {},
        }
    )
    trips = feed((1, "s", DAILY, "2025-12-22", "2026-12-20"))
    kinds = weeks_of(trips, on=date(2027, 1, 1)).kinds(season)
    assert (None if kinds is None else str(kinds.running.starts[-1])) == monday
    if kinds is not None:
        assert kinds.day == kinds.running.starts[-1] + np.timedelta64(6, "D")
    # what states no period tells of no season
    assert weeks_of(feed((1, "s", DAILY, None, None))).kinds(season) is None
