import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.travel.timetable.returns import Visit, Ways, days_of_return, longest_stays
from tests.travel.timetable.oracle import Day
from tests.travel.timetable.test_search import STOPS, days

HOUR = 3600


def ways(*of_places):
    """Return ways from lists of (stop, seconds), one list per place."""
    first = np.cumsum([0, *(len(own) for own in of_places)])
    pairs = np.array([pair for own in of_places for pair in own], np.int32)
    stop, seconds = pairs.reshape(-1, 2).T
    return Ways(first.astype(np.int32), stop, seconds)


def stays(day, homes, facilities, *hours, stay=HOUR, **more):
    """Visit facilities with these hours, from 6:00 at the earliest until 21:00."""
    opens, closes = np.array(hours, float).T * HOUR
    visit = Visit(facilities, opens, closes, stay, **more)
    (table,) = longest_stays(day, homes, [visit], leave=6 * HOUR, home=21 * HOUR)
    return table


def line(*times):
    """Buses between stop 0 (the village) and stop 1 (the town), half an hour each."""
    return Day(
        [[(a, 1 - a, int(h * HOUR), int(h * HOUR) + 1800)] for a, h in times],
        [60, 60],
        {},
    ).timetable()


def test_a_morning_at_the_clinic_by_hand():
    # out at 7:00 and 10:00, back at 9:00 and 14:00; 5 minutes to walk at each end
    day = line((0, 7), (0, 10), (1, 9), (1, 14))
    table = stays(day, ways([(0, 300)]), ways([(1, 300)]), (8, 20))
    row = table.iloc[0]
    # at the clinic at 7:35, it opens at 8:00; one must leave at 13:55
    assert row["facility"] == 0
    assert row["arrival"] == 7 * HOUR + 35 * 60
    assert row["back"] == 14 * HOUR - 300
    assert row["stay"] == 5 * HOUR + 55 * 60
    assert row["feasible"]


@pytest.mark.parametrize(
    ("times", "hours", "stay"),
    [
        ([(0, 7), (1, 7.6)], (7, 20), 60),  # 7:35 there (7:30 + 5), away at 7:31: no
        ([(0, 7)], (8, 20), None),  # no way back
        ([(1, 14)], (8, 20), None),  # no way there
        ([(0, 5), (1, 14)], (8, 20), None),  # leaves before anybody gets up
        ([(0, 7), (1, 20.9)], (8, 20), None),  # home too late
        ([(0, 12), (1, 14)], (8, 12), None),  # it has closed by then
        ([(0, 7), (1, 9)], (np.nan, np.nan), None),  # closed all day
    ],
)
def test_what_stops_a_visit(times, hours, stay):
    day = line(*times)
    row = stays(day, ways([(0, 60)]), ways([(1, 300)]), hours).iloc[0]
    assert not row["feasible"]
    if stay is None:
        assert row["facility"] == -1
        assert np.isnan([row["stay"], row["arrival"], row["back"]]).all()


def test_there_and_back_are_of_one_facility():
    # the first clinic can be reached but not left, the second only left
    day = Day(
        [[(0, 1, 7 * HOUR, 8 * HOUR)], [(2, 0, 15 * HOUR, 16 * HOUR)]], [60] * 3, {}
    ).timetable()
    both = ways([(1, 60)], [(2, 60)])
    row = stays(day, ways([(0, 60)]), both, (8, 20), (8, 20)).iloc[0]
    assert row["facility"] == -1


def test_a_settlement_or_facility_without_a_stop_has_no_visit():
    day = line((0, 7), (1, 14))
    table = stays(day, ways([], [(0, 60)]), ways([], [(1, 60)], []), *[(8, 20)] * 3)
    assert table["facility"].tolist() == [-1, 1]


def test_who_lives_near_walks_and_needs_no_bus():
    # the second clinic is ten minutes on foot from the first village, which has no stop
    day = line((0, 7), (1, 14))
    walks = ways([(1, 600)], [])
    table = stays(
        day, ways([], [(0, 60)]), ways([(1, 60)], []), (8, 20), (9, 17), walks=walks
    )
    assert table["facility"].tolist() == [1, 0]
    row = table.iloc[0]
    assert row["arrival"] == 6 * HOUR + 600
    assert row["back"] == 21 * HOUR - 600
    assert row["stay"] == 8 * HOUR


def test_only_the_own_centre_counts():
    day = line((0, 7), (1, 14))
    homes, centres = ways(*[[(0, 60)]] * 3), ways([(1, 60)], [(1, 900)])
    own = np.array([1, 0, -1], np.int32)
    table = stays(day, homes, centres, (8, 20), (8, 20), own=own)
    assert table["facility"].tolist() == [1, 0, -1]
    assert table["back"].tolist()[:2] == [14 * HOUR - 900, 14 * HOUR - 60]


def test_visits_share_a_search_and_keep_their_own_hours():
    day = line((0, 7), (1, 14))
    at = ways([(1, 60)])
    asked = [
        Visit(at, np.array([opens * HOUR]), np.array([20.0 * HOUR]), HOUR)
        for opens in (8, 13.5)
    ]
    both = longest_stays(day, ways([(0, 60)]), asked, leave=6 * HOUR, home=21 * HOUR)
    assert [table["stay"].iloc[0] for table in both] == [6 * HOUR - 60, 1740]
    assert [bool(table["feasible"].iloc[0]) for table in both] == [True, False]


def test_a_week_counts_its_days():
    good, bad = line((0, 7), (1, 14)), line((0, 7))
    tables = [
        stays(day, ways([(0, 60)]), ways([(1, 60)]), (8, 20))
        for day in (good, bad, good, bad, bad, bad, bad)
    ]
    week = days_of_return(tables).iloc[0]
    assert week["weekdays"] == 0b101
    assert week["days"] == 2
    assert week["stay"] == 14 * HOUR - 60 - 8 * HOUR
    assert week[["weekday", "facility"]].tolist() == [0, 0]
    assert week["back"] == 14 * HOUR - 60
    none = days_of_return([tables[1]] * 7).iloc[0]
    assert none[["days", "weekdays", "weekday", "facility"]].tolist() == [0, 0, -1, -1]
    assert none[["stay", "arrival", "back"]].isna().all()


def test_the_best_day_tells_its_own_times():
    # on Tuesday there is a later way back than on Monday
    tables = [
        stays(line((0, 7), (1, back)), ways([(0, 60)]), ways([(1, 60)]), (8, 20))
        for back in (12, 14, 14, 8.5, 12, 12, 12)
    ]
    week = days_of_return(tables).iloc[0]
    assert week["weekdays"] == 0b1110111  # on Thursday the stay is too short
    assert week["weekday"] == 1
    assert week["back"] == 14 * HOUR - 60
    assert week["arrival"] == 7.5 * HOUR + 60


@settings(max_examples=30, deadline=None)
@given(days(), st.integers(0, STOPS - 1), st.integers(0, 20), st.integers(60, 160))
def test_the_stay_equals_a_search_of_all_ways_there_and_back(day, clinic, leave, home):
    village = (clinic + 1) % STOPS
    wanted = Visit(ways([(clinic, 2)]), np.array([0.0]), np.array([500.0]), 5)
    (table,) = longest_stays(
        day.timetable(), ways([(village, 1)]), [wanted], leave=leave, home=home
    )
    found = table.iloc[0]
    there = day.arrivals([(village, leave + 1)]).get(clinic)
    walks = {to: s for (start, to), s in day.walks.items() if start == clinic} | {
        clinic: 0
    }
    away = [
        at
        for at in range(200)
        if day.rides([(stop, at + 2 + s) for stop, s in walks.items()]).get(
            village, 999
        )
        + 1
        <= home
    ]
    longest = max(away) - (there + 2) if away and there is not None else -1
    assert found["feasible"] == (longest >= 5)
    assert (found["stay"] == longest) if longest >= 0 else (found["facility"] == -1)
