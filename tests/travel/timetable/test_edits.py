from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import DeclarationError, TimetableError
from geo.sources.result import canonical
from geo.travel.timetable.calls import day_of_calls
from geo.travel.timetable.edit_kinds import (
    AddStop,
    AddTrip,
    OnDemandZone,
    RemoveTrip,
    RerouteTrip,
    RetimeTrip,
    read_edits,
)
from geo.travel.timetable.edits import Timetables, edited
from geo.travel.timetable.search import earliest_arrivals

WEDNESDAY = date(2026, 11, 25)
HOUR = 3600
#: 0.1 degree of latitude apart: 11.12 to 11.13 km
PLACES = {"a": 53.0, "b": 53.1, "c": 53.2, "d": 53.3}


def timetables(trips, source="s"):
    """Make trips of trip -> [(stop, time in hours) …], daily in November 2026."""
    stops = pd.DataFrame(
        {"stop_id": list(PLACES), "lon": 27.5, "lat": list(PLACES.values())}
    )
    rows = [
        {
            "stop_id": stop, "trip_id": trip, "route": "7", "direction": "0",
            "sequence": place, "arrival_s": round(at * HOUR),
            "departure_s": round(at * HOUR), "weekdays": 127, "service": "daily",
            "first_day": pd.Timestamp("2026-11-01"),
            "last_day": pd.Timestamp("2026-11-30"),
        }
        for trip, calls in trips.items()
        for place, (stop, at) in enumerate(calls)
    ]  # fmt: skip
    origin = {"_source": source, "_date": "2026-11-01", "_supplier": ""}
    return Timetables(
        canonical("timetable_stops", stops).assign(**origin),
        canonical("timetable_calls", pd.DataFrame(rows)).assign(**origin),
    )


BASE = {
    "t1": [("a", 7), ("b", 7.5), ("c", 8)],
    "t2": [("c", 15), ("b", 15.5), ("a", 16)],
}


def arrivals(tables, start="a", at=6.0):
    """Return stop -> hours of the earliest arrival on a Wednesday."""
    day = day_of_calls(tables.stops, tables.calls, WEDNESDAY, change_s=60).day
    ids = tables.stops["stop_id"].tolist()
    found = earliest_arrivals(
        day, np.array([ids.index(start)]), np.array([round(at * HOUR)])
    ).seconds
    return {
        name: None if np.isnan(seconds) else seconds / HOUR
        for name, seconds in zip(ids, found, strict=True)
    }


def rows(tables):
    """Return the calls as plain rows in one order, to compare two timetables."""
    names = ["trip_id", "sequence", "stop_id", "arrival_s", "weekdays", "first_day"]
    return sorted(map(tuple, tables.calls[names].astype("str").to_numpy().tolist()))


def trip(calls):
    return tuple((stop, f"{int(at):02}:{round(at % 1 * 60):02}") for stop, at in calls)


def test_a_trip_is_added_in_the_period_of_its_timetable():
    add = AddTrip(trip_id="n", calls=trip([("a", 6.5), ("d", 7.25)]), days="ср")
    after = edited(timetables(BASE), [add])
    new = after.calls[after.calls["trip_id"] == "n"]
    assert set(new["first_day"]) == {pd.Timestamp("2026-11-01")}
    assert set(new["last_day"]) == {pd.Timestamp("2026-11-30")}
    assert set(new["weekdays"]) == {0b100}
    assert set(new["_source"]) == {"s"}
    assert arrivals(after) == {"a": 6, "b": 7.5, "c": 8, "d": 7.25}


def test_a_trip_is_removed():
    after = edited(timetables(BASE), [RemoveTrip(trip_id="t1")])
    assert arrivals(after) == {"a": 6, "b": None, "c": None, "d": None}


def test_a_trip_goes_half_an_hour_earlier():
    after = edited(timetables(BASE), [RetimeTrip(trip_id="t1", minutes=-30)])
    assert arrivals(after) == {"a": 6, "b": 7, "c": 7.5, "d": None}


def test_a_trip_goes_another_way_on_its_days():
    reroute = RerouteTrip(trip_id="t1", calls=trip([("a", 7), ("d", 8.5)]))
    after = edited(timetables(BASE), [reroute])
    assert arrivals(after) == {"a": 6, "b": None, "c": None, "d": 8.5}
    new = after.calls[after.calls["trip_id"] == "t1"]
    assert set(new["weekdays"]) == {127}
    assert set(new["route"]) == {"7"}
    # also the days off of its service, which an added trip has not
    assert set(new["service"]) == {"daily"}
    add = AddTrip(trip_id="n", calls=trip([("a", 7), ("b", 8)]))
    added = edited(timetables(BASE), [add]).calls.query("trip_id == 'n'")
    assert added["service"].isna().all()


def test_edits_follow_each_other_and_change_nothing_that_was_given():
    before = timetables(BASE)
    kept = rows(before)
    edits = [
        AddStop(stop_id="e", lon=27.5, lat=53.4),
        AddTrip(trip_id="n", calls=trip([("c", 9), ("e", 9.5)])),
        RetimeTrip(trip_id="n", minutes=15),
    ]
    after = edited(before, edits)
    assert arrivals(after) == {"a": 6, "b": 7.5, "c": 8, "d": None, "e": 9.75}
    assert rows(before) == kept
    assert len(before.stops) == 4


def zone(**changes):
    given = {
        "zone_id": "z", "stops": ("a", "d"), "first": "08:00", "last": "10:00",
        "wait_minutes": 20, "kmh": 40, "detour": 1.2, "days": "пн-пт",
    }  # fmt: skip
    return OnDemandZone(**(given | changes))


@pytest.mark.parametrize("minute", [0, 1, 37, 120])
def test_who_calls_a_vehicle_is_there_after_the_wait_and_the_ride(minute):
    tables = timetables(BASE)
    km = 33.392  # WGS 84, 53.0 to 53.3 degrees north
    ride = km * 1.2 / 40
    at = 8 + minute / 60
    found = arrivals(edited(tables, [zone()]), at=at)
    assert found["d"] == pytest.approx(at + 20 / 60 + ride, abs=1.5 / HOUR)
    assert found["b"] is None


def test_nobody_is_brought_outside_the_hours_of_the_zone():
    after = edited(timetables(BASE), [zone()])
    assert arrivals(after, at=10 + 1 / 60)["d"] is None
    before = arrivals(after, at=6)
    # at 6 one waits until calls are taken
    assert before["d"] == pytest.approx(8 + 20 / 60 + 33.392 * 1.2 / 40, abs=1.5 / HOUR)


def test_a_zone_feeds_the_buses():
    # fetched at d, at c by bus 15:00 home to a
    back = {"t2": [("c", 15), ("a", 16)]}
    after = edited(
        timetables(back), [zone(stops=("c", "d"), first="13:00", last="15:00")]
    )
    assert arrivals(after, start="d", at=13)["a"] == 16
    assert arrivals(timetables(back), start="d", at=13)["a"] is None


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (RemoveTrip(trip_id="t3"), "no trip 't3'. Like it: t2, t1."),
        (
            AddTrip(trip_id="n", calls=(("a", "07:00"), ("x", "08:00"))),
            "no stop 'x'. The timetable has none like it.",
        ),
        (
            AddTrip(trip_id="t1", calls=(("a", "07:00"), ("b", "08:00"))),
            "trip 't1' is there already. Take another id.",
        ),
        (
            AddStop(stop_id="a", lon=27, lat=53),
            "stop 'a' is there already. Take another id.",
        ),
        (
            RetimeTrip(trip_id="t1", minutes=-421),
            (
                "trip 't1' would leave before the day begins. "
                "Remove it and add one that leaves late on the day before."
            ),
        ),
        (
            zone(step_minutes=1 / 6000, first="09:59"),
            (
                "the zone would be 122 rides, more than 100. "
                "Take fewer stops or a larger step_minutes."
            ),
        ),
        (zone(first="11:00"), "the zone ends before it begins. Mend first and last."),
        (
            AddStop(stop_id="e", lon=27, lat=53, source="q"),
            "no source 'q'. Name one of: s.",
        ),
    ],
)
def test_an_edit_that_cannot_be_done_says_why(edit, words, monkeypatch):
    monkeypatch.setattr("geo.travel.timetable.edits._MOST_RIDES", 100)
    with pytest.raises(TimetableError) as caught:
        edited(timetables(BASE), [edit])
    assert str(caught.value) == f"edit {type(edit).__name__}: {words}"


def test_of_two_timetables_the_source_must_be_named():
    one, other = timetables(BASE), timetables(BASE, "q")
    both = Timetables(
        pd.concat([one.stops, other.stops]), pd.concat([one.calls, other.calls])
    )
    for edit, words in (
        (RemoveTrip(trip_id="t1"), "trip 't1' is in q, s. Name one as source."),
        (
            AddTrip(trip_id="n", calls=(("a", "07:00"), ("b", "08:00"))),
            "its stops are in q, s. Name one as source.",
        ),
        (AddStop(stop_id="e", lon=1, lat=1), "no source is named. Name one of: q, s."),
    ):
        with pytest.raises(TimetableError) as caught:
            edited(both, [edit])
        assert str(caught.value).endswith(words)
    after = edited(both, [RemoveTrip(trip_id="t1", source="q")])
    left = after.calls[after.calls["trip_id"] == "t1"]
    assert set(left["_source"]) == {"s"}


FILE = """
- add_stop: {stop_id: e, lon: 27.5, lat: 53.4}
- add_trip: {trip_id: n, days: "пн, ср", calls: [[c, "09:00"], [e, "24:30"]]}
- retime_trip: {trip_id: n, minutes: 15}
- on_demand_zone:
    zone_id: z
    stops: [a, d]
    days: [1, 2]
    first: "08:00"
    last: "10:00"
    wait_minutes: 20
    kmh: 40
    detour: 1.2
"""


def test_edits_are_read_from_a_file(tmp_path):
    path = tmp_path / "edits.yaml"
    path.write_text(FILE, encoding="utf-8")
    stop, add, retime, on_demand = read_edits(path)
    assert stop == AddStop(stop_id="e", lon=27.5, lat=53.4)
    assert add.days == 0b101
    assert add.calls == (("c", 9 * HOUR), ("e", 24 * HOUR + 1800))
    assert retime == RetimeTrip(trip_id="n", minutes=15)
    assert on_demand.days == 0b11


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "the file must be a list of edits. Begin each with a dash"),
        ("- drive: {}", "edit 1: unknown edit 'drive'. It must be one of add_stop"),
        ("- 7", "edit 1: unknown edit '7'"),
        (
            "- remove_trip: {trip: x}",
            "edit 1 (remove_trip): key 'trip_id': field required",
        ),
        (
            "- add_trip: {trip_id: n, calls: [[a, 7:00], [b, '07:30']]}",
            "'7:00' is the number 420 in YAML (base 60). Put it in quotation marks",
        ),
        (
            "- add_trip: {trip_id: n, calls: [[a, '08:00'], [b, '07:30']]}",
            "the times of a trip must not fall; go on past 24:00",
        ),
        (
            "- add_trip: {trip_id: n, days: иногда, calls: [[a, '7:00'], [b, '7:30']]}",
            "иногда",
        ),
    ],
)
def test_a_file_of_edits_says_what_is_wrong_with_it(tmp_path, text, words):
    path = tmp_path / "edits.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises((TimetableError, DeclarationError)) as caught:
        read_edits(path)
    assert words in str(caught.value)
    assert str(path) in str(caught.value)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(TimetableError, match="there is no such file"):
        read_edits(tmp_path / "none.yaml")


stops_of_trips = st.lists(
    st.tuples(
        st.lists(st.sampled_from("abcd"), min_size=2, max_size=4),
        st.integers(5 * 60, 12 * 60),
        st.integers(1, 60),
    ),
    min_size=1,
    max_size=5,
)


def named(drawn):
    return {
        f"t{number}": [(s, (at + k * hop) / 60) for k, s in enumerate(path)]
        for number, (path, at, hop) in enumerate(drawn)
    }


@settings(max_examples=30, deadline=None)
@given(stops_of_trips, st.integers(0, 4), st.integers(-60, 60))
def test_edits_equal_the_timetable_built_so(drawn, which, minutes):
    trips = named(drawn)
    name = f"t{which % len(trips)}"
    own = trips.pop(name)
    whole, without = (
        timetables({**trips, name: own}),
        timetables({"x": BASE["t1"]} | trips),
    )
    if trips:
        less = edited(whole, [RemoveTrip(trip_id=name)])
        assert arrivals(less, at=5) == arrivals(timetables(trips), at=5)
    added = edited(without, [AddTrip(trip_id=name, calls=trip(own))])
    built = timetables({"x": BASE["t1"]} | trips | {name: own})
    assert arrivals(added, at=5) == arrivals(built, at=5)
    there = edited(whole, [RetimeTrip(trip_id=name, minutes=minutes)])
    again = edited(there, [RetimeTrip(trip_id=name, minutes=-minutes)])
    assert rows(again) == rows(whole)


@settings(max_examples=20, deadline=None)
@given(stops_of_trips, st.integers(0, 60), st.sampled_from(["ab", "ad", "bcd"]))
def test_a_zone_makes_nobody_later_and_nobody_earlier_than_its_ride(
    drawn, wait, served
):
    tables = timetables(named(drawn))
    after = edited(tables, [zone(stops=tuple(served), wait_minutes=wait)])
    before, now = arrivals(tables, at=8), arrivals(after, at=8)
    for stop, at in now.items():
        old = before[stop]
        assert old is None or at <= old
        if at is not None and (old is None or at < old):
            assert at >= 8 + wait / 60 + 11.12 * 1.2 / 40
