import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.travel.timetable.footpaths import closed, footpaths_of
from geo.travel.timetable.search import (
    arrivals_at,
    earliest_arrivals,
    profile_from,
    profile_to,
)
from tests.travel.timetable.oracle import Day

STOPS = 5


@st.composite
def trips(draw):
    """Trips with loops, zero-minute hops and waits, some past midnight."""
    at = draw(st.integers(0, 60))
    stop = draw(st.integers(0, STOPS - 1))
    hops = []
    for _ in range(draw(st.integers(1, 5))):
        leaves = at + draw(st.integers(0, 4))
        at = leaves + draw(st.integers(0, 12))
        following = draw(
            st.integers(0, STOPS - 1).filter(lambda s, here=stop: s != here)
        )
        hops.append((stop, following, leaves, at))
        stop = following
    return hops


@st.composite
def days(draw):
    pairs = [(a, b) for a in range(STOPS) for b in range(STOPS) if a != b]
    walks = draw(st.dictionaries(st.sampled_from(pairs), st.integers(1, 9), max_size=6))
    change = draw(st.lists(st.integers(1, 7), min_size=STOPS, max_size=STOPS))
    return Day(draw(st.lists(trips(), min_size=1, max_size=8)), change, walks)


def ints(*numbers):
    return np.array(numbers, np.int32)


@settings(max_examples=300, deadline=None)
@given(days(), st.integers(0, STOPS - 1), st.integers(0, 70))
def test_earliest_arrivals_equal_a_search_over_all_events(day, start, at):
    found = earliest_arrivals(day.timetable(), ints(start), ints(at)).seconds
    told = {s: int(v) for s, v in enumerate(found) if not np.isnan(v)}
    assert told == day.arrivals([(start, at)])


@settings(max_examples=100, deadline=None)
@given(days(), st.integers(0, STOPS - 1), st.integers(0, 5))
def test_the_profile_equals_the_earliest_arrival_at_every_minute(day, target, walk):
    table = day.timetable()
    egress = {target: walk}
    for (start, end), there in day.walks.items():
        if end == target:
            egress[start] = min(egress.get(start, 99), there + walk)
    profile = profile_to(table, ints(*egress), ints(*egress.values()))
    for start in set(range(STOPS)) - {target}:
        leave, arrive = profile.of(ints(start), ints(0))
        times = np.arange(0, 90)
        found = arrivals_at(leave, arrive, times)
        for time in times:
            # what is left without any vehicle is no entry of a profile
            reached = {
                stop: at
                for stop, at in day.arrivals([(start, int(time))]).items()
                if stop != start
            }
            ways = [at + walk for stop, at in reached.items() if stop == target]
            wanted = min(ways) if ways else None
            assert (None if np.isnan(found[time]) else found[time]) == wanted


@settings(max_examples=40, deadline=None)
@given(days(), st.integers(0, STOPS - 1))
def test_the_way_back_tells_the_latest_time_to_leave(day, start):
    table = day.timetable()
    back = profile_from(table, ints(start), ints(0))
    for stop in set(range(STOPS)) - {start}:
        leave, arrive = back.of(ints(stop), ints(0))
        there, away = -leave[::-1], -arrive[::-1]
        for by in range(0, 160, 7):
            # the oracle forwards: the last minute from which one is there in time
            fits = [
                at for at in range(160) if day.rides([(start, at)]).get(stop, 999) <= by
            ]
            told = away[: np.searchsorted(there, by, side="right")]
            assert (max(told) if len(told) else None) == (max(fits) if fits else None)


def test_two_buses_and_a_change_by_hand():
    # 0 -> 1 at 8:00-8:20; 1 -> 2 at 8:22 and 9:00; a change at stop 1 takes 3 minutes
    hour = 3600
    day = Day(
        [
            [(0, 1, 8 * hour, 8 * hour + 1200)],
            [(1, 2, 8 * hour + 1320, 8 * hour + 1800)],
            [(1, 2, 9 * hour, 9 * hour + 600)],
        ],
        [60, 180, 60],
        {},
    )
    found = earliest_arrivals(day.timetable(), ints(0), ints(7 * hour))
    assert found.seconds.tolist() == [7 * hour, 8 * hour + 1200, 9 * hour + 600]
    assert found.entered.tolist() == [-1, 0, 2]
    late = earliest_arrivals(day.timetable(), ints(0), ints(8 * hour + 1))
    assert np.isnan(late.seconds[1:]).all()


def test_a_trip_may_be_overtaken():
    # the slow bus leaves first and arrives last
    day = Day([[(0, 1, 10, 100)], [(0, 1, 20, 50)]], [1, 1], {})
    profile = profile_to(day.timetable(), ints(1), ints(0))
    leave, arrive = profile.of(ints(0), ints(0))
    assert (leave.tolist(), arrive.tolist()) == ([20], [50])


def test_chains_of_footpaths_are_closed_up_to_the_limit():
    chain = footpaths_of(4, ints(0, 1, 2), ints(1, 2, 3), ints(100, 100, 100))
    whole = closed(chain, 250)
    pairs = np.repeat(np.arange(4), np.diff(whole.first)).tolist()
    found = zip(pairs, whole.stop.tolist(), whole.seconds.tolist(), strict=True)
    assert list(found) == [
        (0, 1, 100), (0, 2, 200), (1, 2, 100), (1, 3, 200), (2, 3, 100),
    ]  # fmt: skip


def test_of_several_footpaths_between_two_stops_the_shortest_counts():
    both = footpaths_of(2, ints(0, 0, 1), ints(1, 1, 1), ints(90, 0, 5))
    assert both.stop.tolist() == [1]
    assert both.seconds.tolist() == [1]


@pytest.mark.parametrize("times", [[0], [10, 20, 21]])
def test_who_is_too_late_arrives_never(times):
    found = arrivals_at(ints(10, 20), ints(30, 40), np.array(times))
    wanted = {0: 30.0, 10: 30.0, 20: 40.0}
    assert [wanted.get(t) for t in times] == [None if np.isnan(v) else v for v in found]
