import numpy as np
import pandas as pd

from geo.sources.result import canonical
from geo.travel.timetable.week import week_of_calls

STOPS = pd.DataFrame({"_source": "s", "stop_id": ["a", "b"]})
HOUR = 3600
DAILY, WORKDAYS, SUNDAY = 127, 31, 64


def week(*trips):
    """Read trips from a to b: (id, weekdays, departure, arrival), times in hours."""
    rows = [
        {
            "stop_id": stop, "trip_id": trip, "sequence": place, "weekdays": weekdays,
            "arrival_s": int(at * HOUR), "departure_s": int(at * HOUR),
            # a period that is long over does not count: the week is typical
            "first_day": pd.Timestamp("2014-01-01"),
            "last_day": pd.Timestamp("2014-02-01"),
        }
        for trip, weekdays, *times in trips
        for place, (stop, at) in enumerate(zip("ab", times, strict=True))
    ]  # fmt: skip
    calls = canonical("timetable_calls", pd.DataFrame(rows)).assign(_source="s")
    return week_of_calls(STOPS, calls, change_s=60)


def departures(found, weekday):
    return found.days[found.of[weekday]].day.departure.tolist()


def test_equal_days_are_made_once():
    found = week(("d", DAILY, 7, 8), ("w", WORKDAYS, 9, 10))
    assert found.of == (0, 0, 0, 0, 0, 1, 1)
    assert departures(found, 2) == [7 * HOUR, 9 * HOUR]
    assert departures(found, 6) == [7 * HOUR]


def test_sunday_night_runs_into_monday():
    found = week(("n", SUNDAY, 24.5, 25), ("d", DAILY, 7, 8))
    assert found.of == (0, 1, 1, 1, 1, 1, 2)
    assert departures(found, 0) == [HOUR // 2, 7 * HOUR]
    assert departures(found, 1) == [7 * HOUR]
    assert departures(found, 6) == [7 * HOUR, 24 * HOUR + HOUR // 2]


def test_a_week_without_trips_has_one_empty_day():
    found = week()
    assert found.of == (0,) * 7
    assert len(found.days[0].day.trip) == 0
    assert found.faults == {}


def test_the_faults_of_a_week_are_those_of_its_worst_day():
    rows = pd.DataFrame(
        {
            "stop_id": ["a", "b", "a"],
            "trip_id": "t",
            "sequence": [1, 2, 3],
            "arrival_s": [HOUR, np.nan, 2 * HOUR],
            "departure_s": [HOUR, np.nan, 2 * HOUR],
            "weekdays": SUNDAY,
        }
    )
    calls = canonical("timetable_calls", rows).assign(_source="s")
    found = week_of_calls(STOPS, calls, change_s=60)
    assert found.faults == {"blank times interpolated": 1}
