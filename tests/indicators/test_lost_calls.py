"""A complete timetable that lost rows keeps no upper bound that they might break."""

import pandas as pd
import pytest

from tests.indicators.journey_toy import (
    BACK,
    DAYS,
    MINUTES,
    THERE,
    WHOLE,
    bus,
    hospital,
    measuring,
    to_hospital,
    value,
)
from tests.layers import toy

TRIPS, SERVED = "transport.trips_per_week", "transport.days_per_week"


def lossy(*lost, complete=WHOLE, **changes):
    """Measure five trips a week each way, with lost calls (stop, trip, runs)."""
    table = pd.DataFrame(lost, columns=["stop_id", "trip_id", "runs"])
    gone = toy.feeding("bus", {"timetable_lost": table.astype({"runs": "Int64"})})
    return measuring(bus(THERE, BACK), hospital(), gone, complete=complete, **changes)


@pytest.mark.parametrize(
    ("lost", "trips", "days"),
    [
        ((), 10, 5),
        ((("sosny", "x", 7),), 17, 7),
        # a trip counts once, two trips twice
        ((("sosny", "x", 7), ("sosny", "x", 7), ("sosny", "y", 7)), 24, 7),
        # at another place
        ((("dalniy", "x", 7),), 10, 5),
        # nobody knows where: there or here, but once
        (((None, "x", 7),), 17, 7),
        (((None, "x", 7), ("sosny", "x", 7)), 17, 7),
        # nobody knows how often
        ((("sosny", "x", None),), None, 7),
        (((None, None, None),), None, 7),
    ],
)
def test_what_was_lost_widens_the_upper_bound(lost, trips, days):
    context = lossy(*lost)
    assert value(context, TRIPS) == [10, 10, trips, "declared"]
    assert value(context, SERVED) == [5, 5, days, "declared"]


def test_zero_is_no_upper_bound_where_a_bus_was_lost():
    # nothing stops at Хутор
    assert value(lossy(), TRIPS, "hutor") == [0, 0, 0, "declared"]
    assert value(lossy((None, "x", 7)), TRIPS, "hutor") == [0, 0, 7, "declared"]


def test_round_trips_are_halved():
    parameters = toy.DECLARED["parameters"] | {"trip_counting": "round_trips"}
    context = lossy(("sosny", "x", 7), parameters=parameters)
    assert value(context, TRIPS) == [5, 5, 8.5, "declared"]
    assert value(context, SERVED) == [5, 5, 7, "declared"]


def test_a_lost_call_anywhere_leaves_no_journey_exact():
    assert to_hospital(lossy())["exact"]
    assert value(lossy(), DAYS) == [5, 5, 5, "modelled"]
    context = lossy(("dalniy", "x", 7))
    assert not to_hospital(context)["exact"]
    assert value(context, DAYS) == [5, 5, None, "modelled"]


def test_nobody_is_cut_off_by_a_row_that_was_refused():
    assert value(lossy(), MINUTES, "hutor")[3] == "unreachable"
    for lost in ((None, "x", 7), (None, None, None)):
        context = lossy(lost)
        assert value(context, MINUTES, "hutor") == [None, None, None, "unknown"]
        assert value(context, DAYS, "hutor") == [None, None, None, "unknown"]


def test_calls_at_a_stop_without_a_place_are_lost():
    feed = bus(THERE, BACK, ("sosny", 9, "nameless", 10))
    stops = feed.result.tables["timetable_stops"]
    nameless = {"stop_id": "nameless", "place_ref": "Нет такого"}
    feed.result.tables["timetable_stops"] = pd.concat(
        [stops, pd.DataFrame([nameless])], ignore_index=True
    )
    context = measuring(feed, hospital(), complete=WHOLE)
    assert value(context, TRIPS, "krinica-b") == [10, 10, 17, "declared"]
