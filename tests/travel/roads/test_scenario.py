"""What changes if: edits by hand, and the ones that are refused."""

import numpy as np
import pytest

from geo.errors import RoadError
from geo.travel.roads.build import build_graph
from geo.travel.roads.scenario import Scenario
from tests.travel.roads.full_search import full, full_of
from tests.travel.roads.small_roads import places_at, roads_of


def line():
    """a - b - c - d - e, a second each way between neighbours."""
    roads = roads_of({name: (k, 0) for k, name in enumerate("abcde")}, ["abcde"])
    gates = np.zeros(5, bool)
    return roads, build_graph(roads, np.ones((2, 4)), gates)


def scenario(**how):
    roads, graph = line()
    homes = places_at(roads, [(0, 0.0), (1, 0.0), (2, 0.0), (3, 1.0)])
    return roads, Scenario(graph, roads, homes, places_at(roads, [(0, 0.0)]), **how)


def test_facilities_by_hand():
    roads, made = scenario()
    assert made.seconds.tolist() == [0.0, 1.0, 2.0, 4.0]
    change = made.add_facility(places_at(roads, [(3, 0.0)]))
    assert made.seconds.tolist() == [0.0, 1.0, 1.0, 1.0]
    assert change.origin.tolist() == [2, 3]
    assert change.seconds_before.tolist() == [2.0, 4.0]
    assert change.target.tolist() == [1, 1]
    made.close_facility(0)
    assert made.target.tolist() == [1, 1, 1, 1]
    assert made.seconds.tolist() == [3.0, 2.0, 1.0, 1.0]
    made.move_facility(1, places_at(roads, [(3, 1.0)]))
    assert made.seconds.tolist() == [4.0, 3.0, 2.0, 0.0]
    made.close_facility(1)
    assert made.target.tolist() == [-1] * 4
    assert np.isinf(made.seconds).all()
    for _ in range(4):
        made.undo()
    assert made.seconds.tolist() == [0.0, 1.0, 2.0, 4.0]
    with pytest.raises(RoadError, match=r"no edit to undo"):
        made.undo()


def test_roads_by_hand():
    _, made = scenario()
    change = made.close_road([1])
    assert change.origin.tolist() == [1, 2, 3]
    assert np.isinf(made.seconds[2:]).all()
    made.set_road([1], np.array([[5.0], [3.0]]))
    assert made.seconds.tolist() == [0.0, 1.0, 4.0, 6.0]
    made.speed_road([2, 3], 2.0)
    assert made.seconds.tolist() == [0.0, 1.0, 4.0, 5.0]
    made.undo()
    assert made.seconds.tolist() == [0.0, 1.0, 4.0, 6.0]
    # a ferry from one end to the other
    ends = [int(np.flatnonzero(made.graph.lon == lon)[0]) for lon in (0, 4)]
    made.add_road(*ends, (9.0, 0.5))
    assert made.seconds.tolist() == [0.0, 1.0, 2.5, 0.5]


def test_a_closed_road_is_opened():
    roads = roads_of({"a": (0, 0), "b": (1, 0), "c": (2, 0)}, ["ab", "bc", "ac"])
    seconds = np.array([[1.0, 1.0, np.inf]] * 2)
    graph = build_graph(roads, seconds, np.zeros(3, bool))
    homes, clinic = places_at(roads, [(0, 0.0)]), places_at(roads, [(1, 1.0)])
    made = Scenario(graph, roads, homes, clinic)
    assert made.seconds.tolist() == [2.0]
    made.open_road([2], 0.25)
    assert made.seconds.tolist() == [0.25]
    assert full(made, homes).seconds.tolist() == [[0.25]]
    with pytest.raises(RoadError, match="only where the roads are known"):
        Scenario(graph, None, homes, clinic).open_road([2], 1.0)


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (lambda made, _: made.close_facility(3), "no facility 3 among 1"),
        (lambda made, _: made.speed_road([0], 0.0), r"cannot be 0\.0 times as fast"),
        (lambda made, _: made.close_road([9]), "no segment 9 among 4"),
        (lambda made, _: made.set_road([0], -1.0), r"-1\.0 is no time"),
        (lambda made, _: made.close_facility(-1), "no facility -1 among 1"),
        (lambda made, _: made.close_road([-1]), "no segment -1 among 4"),
        (lambda made, _: made.close_road([0.5]), r"\[0\.5\] are no segments"),
        (lambda made, _: made.close_road([1, 1]), "a segment is named twice"),
        (lambda made, _: made.speed_road([9], 2.0), "no segment 9 among 4"),
        (lambda made, _: made.speed_road([], 2.0), r"\[\] are no segments"),
        (lambda made, _: made.set_road([0], "soon"), "soon is no time"),
        (
            lambda made, _: made.set_road([0, 1], np.ones((3, 2))),
            r"seconds of shape \(3, 2\) where \(2, 2\) is needed",
        ),
        (lambda made, _: made.open_road([0], 0.5), "segment 0 is in the graph already"),
        (lambda made, _: made.open_road([9], 0.5), "no segment 9 among 4"),
        (lambda made, _: made.open_road([-1], 0.5), "no segment -1 among 4"),
        (lambda made, _: made.add_road(0, 99, (1.0, 1.0)), "no node 99 among 2"),
        (lambda made, _: made.add_road(0, 0.5, (1.0, 1.0)), r"no node 0\.5 among 2"),
        (lambda made, _: made.add_road(0, 1, (1.0, np.nan)), "nan is no time"),
        (
            lambda made, _: made.add_road(0, 1, (1.0, 1.0, 1.0)),
            r"seconds of shape \(3,\) where \(2,\) is needed",
        ),
        (
            lambda made, roads: made.add_facility(places_at(roads, [(0, 0), (1, 0)])),
            "2 places were given",
        ),
    ],
)
def test_bad_edits_are_refused_and_change_nothing(edit, words):
    roads, made = scenario()
    with pytest.raises(RoadError, match=words):
        edit(made, roads)
    assert made.seconds.tolist() == [0.0, 1.0, 2.0, 4.0]


def test_a_closed_road_leaves_its_junction_and_the_rules_of_turns():
    """x - b - c - e, a way to y at b that x may not turn into, a side road at c."""
    nodes = {
        "x": (0, 0),
        "b": (1, 0),
        "c": (2, 0),
        "e": (5, 0),
        "y": (1, 1),
        "s": (2, 1),
    }
    ways, seconds = ["xb", "bc", "ce", "by", "cs"], np.array([[1.0, 1, 3, 1, 1]] * 2)
    roads = roads_of(nodes, ways, [("no_left_turn", 0, "b", 3)])
    turns, gates = np.array([True]), np.zeros(6, bool)
    home, clinic = places_at(roads, [(0, 0.0)]), places_at(roads, [(3, 1.0)])
    graph = build_graph(roads, seconds, gates, turns=turns)
    made = Scenario(graph, roads, home, clinic)
    # past b to the junction c, back there, and into the way from the other side
    assert made.seconds.tolist() == [4.0]
    made.close_road([4])
    assert made.seconds.tolist() == [4.0]
    # built anew c is no junction: one turns back at the end of the road
    seconds[:, 4] = np.inf
    anew = build_graph(roads, seconds, gates, turns=turns)
    found = full_of(anew, home, clinic, towards=True)
    assert found.seconds.tolist() == [[10.0]]


def test_a_closed_target_keeps_the_rule_that_one_must_turn_into_it():
    """x may only go on to y at b: with that road closed nobody passes in a scenario."""
    nodes = {"x": (0, 0), "b": (1, 0), "y": (1, 1), "z": (2, 0)}
    roads = roads_of(nodes, ["xb", "by", "bz"], [("only_left_turn", 0, "b", 1)])
    seconds, gates, turns = np.ones((2, 3)), np.zeros(4, bool), np.array([True])
    home, clinic = places_at(roads, [(0, 0.0)]), places_at(roads, [(2, 1.0)])
    graph = build_graph(roads, seconds, gates, turns=turns)
    made = Scenario(graph, roads, home, clinic)
    # to y, back there, and straight on
    assert made.seconds.tolist() == [4.0]
    made.close_road([1])
    assert np.isinf(made.seconds).all()
    seconds[:, 1] = np.inf
    anew = build_graph(roads, seconds, gates, turns=turns)
    found = full_of(anew, home, clinic, towards=True)
    assert found.seconds.tolist() == [[2.0]]
