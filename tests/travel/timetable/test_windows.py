import numpy as np
import pytest

from geo.travel.timetable.search import profile_to
from geo.travel.timetable.windows import journey_minutes
from tests.travel.timetable.test_returns import HOUR, line, ways
from tests.travel.timetable.test_search import ints


def test_minutes_of_a_window_by_hand():
    # one bus at 7:00, there at 7:30; 5 minutes to the stop, 10 from it
    profile = profile_to(line((0, 7)), ints(1), ints(600))
    homes = ways([(0, 300)], [])
    window = (int(6.75 * HOUR), 7 * HOUR)  # set out at 6:45, 6:46 … 7:00
    table = journey_minutes(profile, homes, window, (0, 25, 50, 100))
    # until 6:55 one waits: 55, 54 … 45 minutes; the last five minutes miss it
    assert table.iloc[0].tolist() == [45.0, 48.0, 52.0, np.inf, 5 / 16]
    assert table.iloc[1].tolist() == [np.inf] * 4 + [1.0]


@pytest.mark.parametrize("share", [5, 50, 95])
def test_a_bus_every_minute_needs_no_waiting(share):
    day = line(*[(0, 7 + minute / 60) for minute in range(60)])
    table = journey_minutes(
        profile_to(day, ints(1), ints(0)), ways([(0, 60)]), (7 * HOUR, 7 * HOUR + 1800),
        (share,),
    )  # fmt: skip
    assert table.to_numpy().tolist() == [[31.0, 0.0]]


def test_who_may_walk_does_not_wait():
    # 20 minutes on foot; the bus at 7:00 needs 45 minutes with its walks
    profile = profile_to(line((0, 7)), ints(1), ints(600))
    homes = ways([(0, 300)], [])
    table = journey_minutes(
        profile, homes, (6 * HOUR, 7 * HOUR), (50,), np.array([1200.0, np.inf])
    )
    assert table.to_numpy().tolist() == [[20.0, 0.0], [np.inf, 1.0]]
