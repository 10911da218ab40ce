from datetime import date

import pandas as pd
import pytest

from geo.sources.result import canonical
from geo.travel.timetable.calls import day_of_calls

WEDNESDAY = date(2026, 11, 25)
STOPS = pd.DataFrame({"_source": "s", "stop_id": list("abcd")})
DAILY, WED, TUE = 127, 4, 2


def called(*trips, on=WEDNESDAY, **columns):
    """Read trips: (id, weekdays, [(stop, arrival, departure) …]), times in seconds."""
    rows = [
        {
            "stop_id": stop, "trip_id": trip, "sequence": place, "arrival_s": arrival,
            "departure_s": departure, "weekdays": weekdays,
        }
        for trip, weekdays, calls in trips
        for place, (stop, arrival, departure) in enumerate(calls)
    ]  # fmt: skip
    table = canonical("timetable_calls", pd.DataFrame(rows)).assign(_source="s")
    for name, value in columns.items():
        table[name] = pd.Timestamp(value)
    return day_of_calls(STOPS, table, on, change_s=60)


def hops(found):
    day = found.day
    rows = zip(
        day.trip.tolist(), day.from_stop.tolist(), day.to_stop.tolist(),
        day.departure.tolist(), day.arrival.tolist(), strict=True,
    )  # fmt: skip
    return list(rows)


def test_a_trip_becomes_its_hops():
    found = called(("t", DAILY, [("a", 10, 10), ("c", 30, 40), ("b", 55, 55)]))
    # today's trip is sorted after yesterday's, which has no hop after midnight
    assert hops(found) == [(0, 0, 2, 10, 30), (0, 2, 1, 40, 55)]
    assert found.trips.to_numpy().tolist() == [["s", "t", False]]
    assert found.faults == {}
    assert found.day.change.tolist() == [60] * 4


def test_only_trips_of_the_day_run():
    trips = [
        ("w", WED, [("a", 0, 0), ("b", 9, 9)]),
        ("t", TUE, [("a", 0, 0), ("b", 9, 9)]),
    ]
    assert called(*trips).trips["trip_id"].tolist() == ["w"]


def test_exceptions_are_those_of_the_day_and_of_the_own_timetable():
    rows = [
        {
            "stop_id": stop, "trip_id": trip, "sequence": place, "arrival_s": at,
            "departure_s": at, "weekdays": weekdays, "service": service,
        }
        for trip, service, weekdays in (
            ("daily", "d", DAILY), ("tuesday", "t", TUE), ("other", None, DAILY),
        )
        for place, (stop, at) in enumerate((("a", 0), ("b", 9)))
    ]  # fmt: skip
    calls = canonical("timetable_calls", pd.DataFrame(rows)).assign(_source="s")
    given = [
        ("s", "d", WEDNESDAY, False), ("s", "t", WEDNESDAY, True),
        ("s", "t", date(2026, 12, 2), False), ("x", "d", date(2026, 11, 26), False),
    ]  # fmt: skip
    table = pd.DataFrame(given, columns=["_source", "service", "day", "runs"])
    table = table.astype({"day": "datetime64[s]"})

    def trips(on):
        found = day_of_calls(STOPS, calls, on, change_s=60, exceptions=table)
        return found.trips["trip_id"].tolist()

    assert trips(WEDNESDAY) == ["other", "tuesday"]
    assert trips(date(2026, 11, 26)) == ["daily", "other"]


@pytest.mark.parametrize(
    ("first", "last", "runs"),
    [
        ("2026-11-25", "2026-11-25", True),
        ("2026-11-26", "2026-12-31", False),
        ("2026-11-01", "2026-11-24", False),
    ],
)
def test_a_trip_runs_within_its_period(first, last, runs):
    trip = ("t", DAILY, [("a", 0, 0), ("b", 9, 9)])
    found = called(trip, first_day=first, last_day=last)
    assert (~found.trips["yesterday"]).any() == runs


def test_a_trip_of_yesterday_goes_on_after_midnight():
    day = 86_400
    night = ("n", TUE, [("a", day - 60, day - 60), ("b", day + 60, day + 90),
                        ("c", day + 300, day + 300)])  # fmt: skip
    found = called(night)
    # who boards it at midnight is at b; the hop that left yesterday is over
    assert hops(found) == [(0, 1, 2, 90, 300)]
    assert found.trips["yesterday"].tolist() == [True]


def test_blank_times_are_spread_evenly_and_counted():
    found = called(
        ("t", WED, [("d", None, None), ("a", 0, 0), ("b", None, None),
                    ("c", None, None), ("d", 90, 95), ("a", None, None)])
    )  # fmt: skip
    assert hops(found) == [(0, 0, 1, 0, 30), (0, 1, 2, 30, 60), (0, 2, 3, 60, 90)]
    assert found.faults == {
        "blank times interpolated": 2,
        "blank times at an end of a trip left out": 2,
    }


def test_a_trip_is_cut_where_time_goes_backwards():
    found = called(
        ("t", WED, [("a", 100, 100), ("b", 200, 200), ("c", 150, 150), ("d", 300, 300)])
    )
    assert hops(found) == [(0, 0, 1, 100, 200), (1, 2, 3, 150, 300)]
    assert found.faults == {"times that go backwards: the trip is cut there": 1}


def test_a_stop_called_at_twice_in_a_row_is_no_hop():
    found = called(("t", WED, [("a", 0, 0), ("a", 5, 6), ("b", 20, 20)]))
    assert hops(found) == [(0, 0, 1, 6, 20)]


def test_calls_at_stops_that_nobody_lists_are_left_out():
    found = called(("t", WED, [("a", 0, 0), ("?", 5, 6), ("b", 20, 20)]))
    assert hops(found) == [(0, 0, 1, 0, 20)]


def test_a_day_without_trips_is_empty():
    found = called(("t", TUE, [("a", 0, 0), ("b", 9, 9)]))
    assert hops(found) == []
    assert found.day.trips == 0
