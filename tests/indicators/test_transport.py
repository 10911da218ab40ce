"""Trips and days per week from timetables, in the least regular week."""

import numpy as np
import pandas as pd

from geo.indicators.measure import measured
from geo.sources.indicators import indicators
from tests.layers import toy

WORKDAYS, WEEKEND, DAILY = 31, 96, 127
#: 0.0135° of latitude are 1.50 km
STOPS = pd.DataFrame(
    {
        "stop_id": ["at", "by", "off"],
        "lon": [27.60, 27.60, 27.60],
        "lat": [53.10, 53.1080, 53.1135],
    }
)


def calls(*rows):
    columns = ["trip_id", "stop_id", "weekdays", "first_day", "last_day"]
    table = pd.DataFrame(rows, columns=columns)
    for column in ("first_day", "last_day"):
        table[column] = pd.to_datetime(table[column])
    return table


def feed(*rows, source="bus", day="2025-06-01"):
    tables = {"timetable_stops": STOPS, "timetable_calls": calls(*rows)}
    return toy.feeding(source, tables, day)


def trips(*feeds, complete=(), on=toy.ON, **changes):
    declared = toy.country(
        completeness=tuple(
            {"layer": "timetable", "area": area, "stated_by": "test"}
            for area in complete
        ),
        **changes,
    )
    context = toy.measuring(*feeds, declared=declared, on=on)
    listed = {one.code: one for one in indicators(declared)}
    return tuple(
        measured(listed[f"transport.{name}_per_week"], context)
        for name in ("trips", "days")
    )


# November 2025: the 3rd is a Monday, the 30th a Sunday
MONTH = ("2025-11-03", "2025-11-30")


def test_a_trip_at_two_stops_counts_once():
    count, days = trips(
        feed(
            ("t1", "at", WORKDAYS, *MONTH),
            ("t1", "by", WORKDAYS, *MONTH),
            ("t2", "by", WEEKEND, *MONTH),
            ("t3", "off", DAILY, *MONTH),  # 1.5 km away
        )
    )
    row = count.loc["ty:sosny"]
    assert row[["value", "low"]].tolist() == [7, 7]
    assert np.isnan(row["high"])  # another carrier may come
    assert row[["status", "source"]].tolist() == ["declared", "bus"]
    assert row["date"] == pd.Timestamp("2025-11-30")
    assert days.loc["ty:sosny", "value"] == 7


def test_the_origin_names_the_stops_and_counts_the_trips():
    # five stops of the village, one trip at all of them and one at the first
    many = pd.DataFrame(
        {"stop_id": [f"s{n}" for n in range(5)], "lon": 27.60, "lat": 53.10}
    )
    rows = [("t1", f"s{n}", WORKDAYS, *MONTH) for n in range(5)]
    tables = {
        "timetable_stops": many,
        "timetable_calls": calls(*rows, ("t2", "s0", WEEKEND, *MONTH)),
    }
    count, days = trips(toy.feeding("bus", tables), complete=("Белый район",))
    assert count.loc["ty:sosny", "origin"] == "stops s0,s1,s2 +2; 2 trips"
    assert days.loc["ty:sosny", "origin"] == "stops s0,s1,s2 +2; 2 trips"
    assert count.loc["ty:dalniy", "origin"] == "no stop; 0 trips"
    assert pd.isna(count.loc["ty:hutor", "origin"])


def test_two_timetables_are_both_named_as_origin():
    first = feed(("t1", "at", WORKDAYS, *MONTH))
    second = feed(("t1", "by", WORKDAYS, *MONTH), source="taxi")
    count, _ = trips(first, second)
    assert count.loc["ty:sosny", "origin"] == "stops at; 1 trips | stops by; 1 trips"


def test_without_stops_near_by_nothing_is_known():
    count, _ = trips(feed(("t1", "at", WORKDAYS, *MONTH)))
    far = count.loc["ty:dalniy"]
    assert far["status"] == "unknown"
    assert far[["value", "low", "high"]].isna().all()
    assert pd.isna(far["date"])


def test_no_timetable_at_all_is_unknown_even_where_complete():
    count, _ = trips(complete=("*",))
    assert (count["status"] == "unknown").all()


def test_a_complete_raion_without_calls_has_no_trip():
    count, days = trips(feed(("t1", "at", WORKDAYS, *MONTH)), complete=("Белый район",))
    none = ["value", "low", "high"]
    assert count.loc["ty:dalniy", none].tolist() == [0, 0, 0]
    assert days.loc["ty:dalniy", none].tolist() == [0, 0, 0]
    row = count.loc["ty:dalniy"]
    assert row[["status", "source"]].tolist() == ["declared", "bus"]
    assert row["date"] == pd.Timestamp("2025-11-30")
    assert count.loc["ty:sosny", none].tolist() == [5, 5, 5]
    assert count.loc["ty:hutor", "status"] == "unknown"  # the other raion


def test_round_trips():
    parameters = {"travel": toy.TRAVEL, "trip_counting": "round_trips"}
    there_and_back = feed(
        ("t1", "at", WORKDAYS, *MONTH), ("t2", "at", WORKDAYS, *MONTH)
    )
    count, days = trips(there_and_back, parameters=parameters)
    assert count.loc["ty:sosny", "value"] == 5
    assert days.loc["ty:sosny", "value"] == 5


def test_seasons_are_not_added_up_and_the_least_counts():
    seasons = feed(
        ("summer", "at", DAILY, "2025-11-03", "2025-11-16"),
        ("winter", "at", WORKDAYS, "2025-11-17", "2025-11-30"),
    )
    row = trips(seasons)[0].loc["ty:sosny"]
    assert row[["value", "low"]].tolist() == [5, 5]
    assert np.isnan(row["high"])
    assert row["date"] == pd.Timestamp("2025-11-30")
    # where all carriers are in, only what even the fullest week lacks is lacking
    count, days = trips(seasons, complete=("Белый район",))
    bounds = ["value", "low", "high"]
    assert count.loc["ty:sosny", bounds].tolist() == [5, 5, 7]
    assert days.loc["ty:sosny", bounds].tolist() == [5, 5, 7]


def test_a_service_counts_only_on_the_days_of_its_period():
    feeds = feed(
        ("t1", "at", DAILY, "2025-11-03", "2025-11-16"),
        ("t2", "at", DAILY, "2025-11-12", "2025-11-20"),  # from Wednesday on
    )
    count, days = trips(feeds, complete=("Белый район",))
    # the weeks from the 3rd and the 10th have 7 and 12 trips
    assert count.loc["ty:sosny", ["value", "high"]].tolist() == [7, 12]
    assert days.loc["ty:sosny", "value"] == 7


def test_a_feed_in_force_stands_before_one_that_is_over():
    old = feed(("o", "at", DAILY, "2014-02-24", "2014-03-23"), source="old")
    new = feed(("n", "at", WEEKEND, "2025-12-01", "2026-06-30"), source="new")
    row = trips(old, new)[0].loc["ty:sosny"]
    assert row[["value", "source"]].tolist() == [2, "new"]
    assert row["date"] == pd.Timestamp("2026-01-01")  # not after the release
    # where the new one does not come, the old one is all that is known
    assert trips(old)[0].loc["ty:sosny", "date"] == pd.Timestamp("2014-03-23")


def test_of_two_feeds_that_are_over_the_later_one_counts():
    old = feed(("o", "at", DAILY, "2014-02-24", "2014-03-23"), source="old")
    newer = feed(("n", "at", WEEKEND, *MONTH), source="newer")
    row = trips(old, newer)[0].loc["ty:sosny"]
    assert row[["value", "source"]].tolist() == [2, "newer"]


def test_two_feeds_in_force_add_up_and_are_as_old_as_the_older():
    one = feed(("o", "at", WORKDAYS, None, None), source="one", day="2025-03-01")
    two = feed(("t", "at", WEEKEND, "2025-12-01", "2026-06-30"), source="two")
    row = trips(one, two)[0].loc["ty:sosny"]
    assert row["value"] == 7
    assert row["date"] == pd.Timestamp("2025-03-01")  # stated then, no period given


def test_the_same_stop_id_of_two_feeds_is_two_stops():
    # the trips of the second feed call at its own stop, not at the first one's
    elsewhere = STOPS.assign(lat=53.4)
    tables = {
        "timetable_stops": elsewhere,
        "timetable_calls": calls(("t", "at", DAILY, *MONTH)),
    }
    count, _ = trips(feed(("t", "at", WORKDAYS, *MONTH)), toy.feeding("b", tables))
    assert count.loc["ty:sosny", "value"] == 5


def test_a_register_wins_and_a_bare_bound_only_raises():
    said = pd.DataFrame(
        {
            "place_ref": ["ty:sosny", "ty:dalniy"],
            "indicator": "transport.trips_per_week",
            "low": [3.0, 4.0],
            "status": "declared",
            "date": pd.Timestamp("2025-12-01"),
        }
    )
    count, _ = trips(
        feed(("t1", "at", WORKDAYS, *MONTH)),
        toy.feeding("raion", {"observations": said}),
    )
    assert count.loc["ty:sosny", ["value", "source"]].tolist() == [5, "bus"]
    assert count.loc["ty:dalniy", "low"] == 4
    assert np.isnan(count.loc["ty:dalniy", "value"])


def test_a_feed_without_a_whole_week_counts_the_days_that_it_has():
    count, days = trips(
        feed(("t", "at", DAILY, "2025-11-04", "2025-11-09")), complete=("*",)
    )
    row = count.loc["ty:sosny"]
    # of the Monday nobody knows anything
    assert row[["value", "low"]].tolist() == [6, 6]
    assert np.isnan(row["high"])
    assert row["date"] == pd.Timestamp("2025-11-09")
    assert days.loc["ty:sosny", ["value", "low"]].tolist() == [6, 6]
    assert np.isnan(days.loc["ty:sosny", "high"])
