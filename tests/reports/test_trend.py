"""An area from release to release, and what makes two of them unlike."""

from datetime import date

from geo.reports.trend import newest_of_each_day, trend
from tests.release.pair import TRIPS, known, norm, place, release, trips

BUS = "transport.trips_per_week"


def made(day, count, limit=20, name="", **manifest):
    return release(
        {"toy:0": place()},
        {BUS: {"toy:0": known(count)}},
        [trips(norm("ty.trips.v", limit))],
        date(2026, day, 1),
        name,
        **manifest,
    )


def test_scores_by_day_and_where_the_norm_moved():
    steps = trend([made(2, 10), made(3, 15), made(4, 15, limit=30)], "toy:raion")
    assert [step.on for step in steps] == ["2026-02-01", "2026-03-01", "2026-04-01"]
    subject = f"standard:{TRIPS}"
    assert [step.scores[subject]["score"] for step in steps] == [0.5, 0.25, 0.5]
    assert [step.norms for step in steps] == [[], [], [TRIPS]]
    assert [step.method for step in steps] == [[], [], []]


def test_another_way_of_computing_is_told():
    later = made(3, 10, parameters={"floor": 0.6})
    first, second = trend([made(2, 10), later], "toy:raion")
    assert first.method == []
    assert second.method == ["parameter"]


def test_of_each_day_the_last_build():
    names = [f"2026-02-01.{n}" for n in (10, 9)]
    found = newest_of_each_day([*(made(2, 10, name=n) for n in names), made(1, 10)])
    assert [one.on for one in found] == ["2026-01-01", "2026-02-01"]
    assert found[-1].id.endswith(".10")


def test_a_release_that_does_not_know_the_area_is_left_out():
    assert trend([made(2, 10)], "toy:elsewhere") == []
