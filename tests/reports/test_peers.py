"""Areas of like size: the nearest in residents and share of villagers."""

import math

from geo.reports.peers import Size, area_sizes, nearest
from tests.release.pair import known, norm, place, release, trips

#: Doubling the residents is one step, and so is a fifth of villagers more: the
#: logarithms 0, 1, 2, 3 (times ln 2) and the shares .2, .4, .6, .8 spread alike.
GRID = {
    "a": Size(1000, 0.2),
    "b": Size(2000, 0.6),
    "c": Size(4000, 0.4),
    "d": Size(8000, 0.8),
}


def test_distance_counts_both_in_their_own_spread():
    # from a: b is 1 and 2 steps away, c 2 and 1, d 3 and 3
    assert nearest(GRID, "a") == ["b", "c", "d"]
    # from d: b is 2 and 1, c 1 and 2; equals stand by id
    assert nearest(GRID, "d") == ["b", "c", "a"]


def test_no_more_than_asked_and_never_itself():
    assert nearest(GRID, "c", 2) == ["b", "a"]
    assert nearest({"a": Size(5, 0)}, "a") == []


def test_one_without_residents_has_no_peers():
    assert nearest(GRID, "elsewhere") == []


def test_what_is_the_same_everywhere_tells_nothing_apart():
    sizes = {"a": Size(100, 1.0), "b": Size(300, 1.0), "c": Size(200, 1.0)}
    assert nearest(sizes, "a") == ["c", "b"]


def test_sizes_are_those_of_the_published_scores():
    places = {
        "toy:0": place("rural", 100),
        "toy:1": place("agrogorodok", 300),
        "toy:2": place("rural", None),
        "toy:3": place("raion_city", 600),
    }
    values = {"transport.trips_per_week": {"toy:0": known(10)}}
    made = release(places, values, [trips(norm("ty.trips.v", 20))])
    (raion,) = area_sizes(made, "raion").values()
    assert raion.population == 1000
    assert math.isclose(raion.villagers, 0.4)
    assert area_sizes(made, "grid") == {}
