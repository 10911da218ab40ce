"""Buses that do not come every week, from the GTFS file to the value of the norm."""

from datetime import date, timedelta
from functools import reduce
from operator import and_, or_

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.indicators.journey_values import journeys
from geo.indicators.least_weeks import least_week
from geo.indicators.service_table import service_table
from geo.indicators.timetable_faults import faults_table
from geo.indicators.transport import days_per_week, trips_per_week
from geo.sources.feeding import Feeding
from geo.sources.readers.catalog import READERS
from geo.standards.judge import judge
from geo.standards.model import Standard
from geo.travel.timetable.running import Running
from tests.layers import toy
from tests.sources.readers.conftest import Vintage, make_country
from tests.sources.readers.test_gtfs import feed as gtfs_zip

#: Сосны has a stop at its very point, Дальний another one
STOPS = (
    "stop_id,stop_name,stop_lat,stop_lon\n"
    "sosny,Сосны,53.10,27.60\ndalniy,Дальний,53.40,27.90\n"
)
WORKDAYS, DAILY = "1,1,1,1,1,0,0", "1,1,1,1,1,1,1"
HALF_YEAR = "20260302,20260830"
MONDAY = date(2026, 3, 2)
BOUNDS = ["value", "low", "high"]


@pytest.fixture
def read(tmp_path):
    def run(content, name):
        path = tmp_path / f"{name}.zip"
        path.write_bytes(content)
        return READERS["gtfs"](path, Vintage(), make_country(), {})

    return run


def feed(read, trips, *, calendar=(), dates=(), source="bus"):
    """Read a feed of trips {id: (service, hour)} between the two stops."""
    rows = [f"r,{service},{trip},0\n" for trip, (service, _) in trips.items()]
    calls = [
        f"{trip},{hour}:00:00,{hour}:00:00,sosny,1\n"
        f"{trip},{hour + 1}:00:00,{hour + 1}:00:00,dalniy,2\n"
        for trip, (_, hour) in trips.items()
    ]
    files = {
        "stops": STOPS,
        "trips": "route_id,service_id,trip_id,direction_id\n" + "".join(rows),
        "stop_times": "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
        + "".join(calls),
        "calendar": "service_id,monday,tuesday,wednesday,thursday,friday,saturday,"
        "sunday,start_date,end_date\n" + "".join(f"{row}\n" for row in calendar),
        "calendar_dates": "service_id,date,exception_type\n"
        + "".join(f"{service},{day},{kind}\n" for service, day, kind in dates),
    }
    result = read(gtfs_zip(files), source)
    assert result.rejected.empty
    return Feeding(source, "2026-03-01", result)


def weekdays_of(service, weeks, days=range(5), kind=1):
    """Return dates of some weeks, counted from the 2nd of March 2026, a Monday."""
    return [
        (service, f"{MONDAY + timedelta(days=7 * week + day):%Y%m%d}", kind)
        for week in weeks
        for day in days
    ]


def measuring(*feeds, complete=True):
    said = {"layer": "timetable", "area": "*", "stated_by": "test"}
    declared = toy.country(completeness=(said,) if complete else ())
    return toy.measuring(*feeds, declared=declared, on=date(2026, 5, 1))


def value(context, function=trips_per_week):
    return function(context).loc["ty:sosny"]


def service(context, period="reference"):
    table = service_table(context).set_index(["settlement_id", "period"])
    return table.loc[("ty:sosny", period)]


EVEN, ODD = range(0, 12, 2), range(1, 12, 2)
TWO_A_DAY = {"a1": ("a", 7), "a2": ("a", 15), "b1": ("b", 7), "b2": ("b", 15)}


def test_two_weeks_that_take_turns_are_not_added_up(read):
    dates = [*weekdays_of("a", EVEN), *weekdays_of("b", ODD)]
    context = measuring(feed(read, TWO_A_DAY, dates=dates))
    assert value(context)[BOUNDS].tolist() == [10, 10, 10]
    assert value(context, days_per_week)[BOUNDS].tolist() == [5, 5, 5]
    row = service(context)
    assert row[["trips", "days", "first_departure"]].tolist() == [10, 5, "07:00"]
    assert row["week"] == pd.Timestamp("2026-05-18")  # the last one
    # in no week are there four buses a day
    assert [int(n) for n in np.bitwise_count(context.trips["weekdays"])] == [0, 0, 5, 5]


def test_the_same_timetable_told_by_removed_dates(read):
    calendar = [f"{one},{WORKDAYS},20260302,20260524" for one in ("a", "b")]
    dates = [
        *weekdays_of("a", ODD, kind=2), *weekdays_of("b", EVEN, kind=2),
    ]  # fmt: skip
    context = measuring(feed(read, TWO_A_DAY, calendar=calendar, dates=dates))
    assert value(context)[BOUNDS].tolist() == [10, 10, 10]


def test_of_a_full_and_a_thin_week_the_thin_one_counts(read):
    trips = {"a1": ("a", 7), "a2": ("a", 15), "b1": ("b", 9)}
    dates = [
        *weekdays_of("a", EVEN), *weekdays_of("b", ODD),
        *weekdays_of("b", ODD, days=[5]),
    ]  # fmt: skip
    context = measuring(feed(read, trips, dates=dates))
    # ten trips one week, six the other
    assert value(context)[BOUNDS].tolist() == [6, 6, 10]
    assert value(context, days_per_week)[BOUNDS].tolist() == [6, 5, 6]
    assert service(context)[["trips", "days", "last_departure"]].tolist() == [
        6, 6, "09:00",
    ]  # fmt: skip
    # without a word that all carriers are in there is no upper bound
    open_ = measuring(feed(read, trips, dates=dates), complete=False)
    assert value(open_)[BOUNDS[:2]].tolist() == [6, 6]
    assert np.isnan(value(open_)["high"])


def test_one_monday_bus_of_even_and_one_of_odd_weeks(read):
    trips = {"t1": ("even", 7), "t2": ("odd", 7)}
    dates = [
        *weekdays_of("even", (0, 2, 4, 6), days=[0]),
        *weekdays_of("odd", (1, 3, 5), days=[0]),
    ]
    context = measuring(feed(read, trips, dates=dates))
    assert value(context)[BOUNDS].tolist() == [1, 1, 1]
    assert value(context, days_per_week)["value"] == 1
    faults = faults_table(context).set_index("fault")
    (said,) = [fault for fault in faults.index if "not the same" in fault]
    assert faults.loc[said, ["count", "done", "example"]].tolist() == [
        2, "counted", "trip t1",
    ]  # fmt: skip


def test_a_bus_of_another_day_every_other_week(read):
    trips = {"t1": ("even", 7), "t2": ("odd", 7)}
    dates = [
        *weekdays_of("even", EVEN, days=[0]), *weekdays_of("odd", ODD, days=[1]),
    ]  # fmt: skip
    context = measuring(feed(read, trips, dates=dates))
    assert value(context)[BOUNDS].tolist() == [1, 1, 1]
    # always one day, though not always the same
    assert value(context, days_per_week)[BOUNDS].tolist() == [1, 1, 1]


def test_a_bus_of_one_week_in_four_is_no_weekly_bus(read):
    dates = weekdays_of("a", (0, 4, 8, 12), days=[0, 3])
    context = measuring(feed(read, {"t": ("a", 7)}, dates=dates))
    row = value(context)
    assert row[BOUNDS].tolist() == [0, 0, 2]
    # it is told as a bus that is there and does not come that week
    assert row[["status", "origin"]].tolist() == ["declared", "stops sosny; 0 trips"]
    assert value(context, days_per_week)[BOUNDS].tolist() == [0, 0, 2]
    table = service(context).astype("object")
    assert table[["trips", "days", "stops"]].tolist() == [0, 0, "sosny"]
    assert table[["first_departure", "routes"]].isna().all()
    assert table["week"] == pd.Timestamp("2026-05-18")


def test_two_villages_have_weeks_of_their_own(read):
    # a comes five times in even weeks, b ten times in odd ones, d every day
    trips = {"a1": ("a", 7), "b1": ("b", 7), "b2": ("b", 9), "d": ("d", 12)}
    dates = [*weekdays_of("a", EVEN), *weekdays_of("b", ODD)]
    daily = [f"d,{DAILY},20260302,20260524"]
    whole = feed(read, trips, calendar=daily, dates=dates)
    calls = whole.result.tables["timetable_calls"]
    there = (calls["stop_id"] == "dalniy") & calls["trip_id"].isin(["b1", "b2"])
    whole.result.tables["timetable_calls"] = calls[~there]
    context = measuring(whole)
    table = trips_per_week(context)
    assert table.loc["ty:sosny", BOUNDS].tolist() == [12, 12, 17]
    # at Дальний b does not stop: its least week is the other one
    assert table.loc["ty:dalniy", BOUNDS].tolist() == [7, 7, 12]
    rows = service_table(context).set_index(["settlement_id", "period"])["week"]
    assert rows[("ty:sosny", "reference")] == pd.Timestamp("2026-05-11")
    assert rows[("ty:dalniy", "reference")] == pd.Timestamp("2026-05-18")


def test_a_holiday_does_not_pull_the_norm_down_and_is_told(read):
    calendar = [f"w,{WORKDAYS},{HALF_YEAR}", f"s,0,0,0,0,0,1,1,{HALF_YEAR}"]
    holiday = [("w", "20260501", 2), ("s", "20260501", 1)]
    trips = {"t1": ("w", 7), "t2": ("w", 15), "t3": ("s", 9)}
    context = measuring(feed(read, trips, calendar=calendar, dates=holiday))
    assert value(context)[BOUNDS].tolist() == [12, 12, 12]
    faults = faults_table(context).set_index("fault")
    told = faults.loc["weeks with a holiday of the whole timetable: not counted"]
    assert told[["count", "done", "example"]].tolist() == [
        1, "counted", "week of 2026-04-27",
    ]  # fmt: skip


def test_what_may_be_otherwise_in_another_week_is_not_exact(read):
    trips = {"a1": ("a", 7), "b1": ("b", 8)}
    turns = [*weekdays_of("a", EVEN), *weekdays_of("b", ODD)]
    steady = [f"{one},{WORKDAYS},{HALF_YEAR}" for one in ("a", "b")]
    centre = lambda context: journeys(context).set_index(  # noqa: E731
        ["destination", "settlement_id"]
    )
    for days, exact in (({"dates": turns}, False), ({"calendar": steady}, True)):
        context = measuring(feed(read, trips, **days))
        areas = context.layers.areas
        own = context.layers.settlements.loc["ty:sosny", "raion_id"]
        areas.loc[areas["id"] == own, "centre"] = "ty:dalniy"
        row = centre(context).loc[("raion_centre", "ty:sosny")]
        assert row["exact"] == exact
        assert row["minutes"] == 60


def test_a_copy_that_ends_on_another_week_is_a_copy(read):
    # a comes at 7 in even weeks, b at 9 in odd ones; the copy lacks the last week, so
    # its own last week is another one than that of the first
    trips = {"a1": ("a", 7), "b1": ("b", 9)}
    turns = [*weekdays_of("a", EVEN), *weekdays_of("b", ODD)]
    shorter = [*weekdays_of("a", EVEN), *weekdays_of("b", ODD[:-1])]
    context = measuring(
        feed(read, trips, dates=turns), feed(read, trips, dates=shorter, source="copy")
    )
    assert value(context)[BOUNDS].tolist() == [5, 5, 5]


def test_what_a_copy_has_more_is_counted_and_nothing_else(read):
    one = feed(read, {"a": ("w", 7)}, calendar=[f"w,{WORKDAYS},{HALF_YEAR}"])
    copy = {"calendar": [f"d,{DAILY},{HALF_YEAR}"], "source": "copy"}
    context = measuring(one, feed(read, {"b": ("d", 7)}, **copy))
    assert value(context)[BOUNDS].tolist() == [7, 7, 7]
    assert value(context, days_per_week)[BOUNDS].tolist() == [7, 7, 7]


def test_two_timetables_add_up_their_least_weeks(read):
    one = feed(read, {"a1": ("a", 7)}, dates=weekdays_of("a", range(12)))
    sundays = weekdays_of("c", EVEN, days=[6]), weekdays_of("c", ODD, days=[5, 6])
    other = feed(read, {"c1": ("c", 11)}, dates=[*sundays[0], *sundays[1]], source="o")
    context = measuring(one, other)
    assert value(context)[BOUNDS].tolist() == [6, 6, 7]
    # Monday to Friday and Sunday always, Saturday sometimes
    assert value(context, days_per_week)[BOUNDS].tolist() == [6, 6, 7]


def test_a_season_has_least_weeks_of_its_own(read):
    calendar = [f"w,{WORKDAYS},20260302,20261129", f"d,{DAILY},20260601,20260830"]
    trips = {"t1": ("w", 7), "t2": ("d", 15)}
    context = measuring(feed(read, trips, calendar=calendar))
    assert value(context)["value"] == 5
    rows = {name: service(context, name)["trips"] for name in ("summer", "school_year")}
    assert rows == {"summer": 12, "school_year": 5}


STANDARD = {
    "id": "t.trips", "domain": "transport", "indicator": "transport.trips_per_week",
    "title": {"ru": "рейсы"}, "responsible": {"ru": "нет"},
    "unit_of_assessment": "settlement", "force": "law",
}  # fmt: skip
NORM = {
    "op": ">=", "source": {"act": "нет", "title": "нет", "item": None,
    "revision": "1", "url": "https://example.org"}, "confidence": "reported",
    "note": "", "applies": {}, "valid_from": "2020-01-01",
}  # fmt: skip


@pytest.mark.parametrize(
    ("norm", "verdict"),
    [(6, "kept"), (7, "unknown"), (10, "unknown"), (11, "breached")],
)
def test_a_norm_is_kept_by_the_least_week_and_broken_by_the_fullest(
    read, norm, verdict
):
    trips = {"a1": ("a", 7), "a2": ("a", 15), "b1": ("b", 9)}
    dates = [
        *weekdays_of("a", EVEN), *weekdays_of("b", ODD),
        *weekdays_of("b", ODD, days=[5]),
    ]  # fmt: skip
    context = measuring(feed(read, trips, dates=dates))
    values = trips_per_week(context).assign(indicator="transport.trips_per_week")
    law = Standard.model_validate(
        STANDARD | {"norms": [NORM | {"id": "t.trips.all", "value": norm}]}
    )
    judged = judge(
        context.layers.settlements,
        values.rename_axis("settlement_id").reset_index(),
        [law],
        context.on,
        {"transport.trips_per_week": 3},
        context.layers.areas,
    )
    rows = judged.set_index("settlement_id")
    assert rows.loc["ty:sosny", "verdict"] == verdict


masks = st.integers(0, 127)


@given(
    st.integers(1, 4).flatmap(
        lambda kinds: st.lists(
            st.lists(masks, min_size=kinds, max_size=kinds), min_size=1, max_size=4
        )
    ),
    st.lists(
        st.tuples(st.sampled_from("ab"), st.integers(0, 3), masks),
        min_size=1,
        max_size=8,
    ),
)
def test_no_week_has_fewer_trips_than_the_least(patterns, trips):
    weeks = Running(
        np.datetime64("2026-01-05") + 7 * np.arange(len(patterns[0])),
        np.array(patterns, np.uint8),
        np.arange(len(patterns)),
        np.ones(len(patterns), np.int64),
    )
    rides = pd.DataFrame(trips, columns=["settlement_id", "pattern", "weekdays"])
    rides["pattern"] %= len(patterns)
    found = least_week(rides, weeks, whole=True)
    for place, own in found.groupby("settlement_id"):
        counts, days = [], []
        for week in range(len(patterns[0])):
            runs = [
                patterns[pattern % len(patterns)][week] & allowed
                for name, pattern, allowed in trips
                if name == place
            ]
            counts.append(sum(mask.bit_count() for mask in runs))
            days.append(reduce(or_, runs))
        told = sum(int(mask).bit_count() for mask in own["weekdays"])
        assert told == min(counts)
        row = own.iloc[0]
        assert row["most_trips"] == max(counts)
        assert row["least_days"] == min(mask.bit_count() for mask in days)
        assert row["most_days"] == max(mask.bit_count() for mask in days)
        assert row["every_day"] == reduce(and_, days)
        assert row["any_day"] == reduce(or_, days)
        last = len(counts) - 1 - counts[::-1].index(min(counts))
        assert row["monday"] == pd.Timestamp(weeks.starts[last])
