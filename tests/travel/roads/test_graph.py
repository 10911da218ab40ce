"""Hand-worked graphs: chains, gates, forbidden turns, rings."""

import math

import numpy as np
import pytest

from geo.errors import RoadError
from geo.travel.roads.attach import attach
from geo.travel.roads.build import build_graph, reweighted
from geo.travel.roads.components import components, islands
from geo.travel.roads.turns import holding
from tests.travel.roads.small_roads import places_at, roads_of
from tests.travel.roads.textbook import graph_times

INF = np.inf
LINE = {"a": (0, 0), "b": (1, 0), "c": (2, 0), "d": (3, 0)}


def both_ways(roads, seconds=10.0):
    return np.full((2, len(roads.segment_way)), seconds)


def no_gates(roads):
    return np.zeros(len(roads.lon), bool)


def built(roads, seconds=None, gates=None, **options):
    seconds = both_ways(roads) if seconds is None else seconds
    gates = no_gates(roads) if gates is None else gates
    return build_graph(roads, seconds, gates, **options)


def test_three_segments_become_one_edge_with_the_sum_of_their_seconds():
    roads = roads_of(LINE, ["abc", "dc"])
    seconds = np.array([[1.0, 2.0, 4.0], [10.0, 20.0, 40.0]])
    graph = built(roads, seconds)
    assert (graph.nodes, graph.edges) == (2, 1)
    assert graph.chain_segment.tolist() == [0, 1, 2]
    assert graph.chain_reversed.tolist() == [False, False, True]
    # the last segment is drawn against the edge
    assert graph.seconds.tolist() == [[1 + 2 + 40], [10 + 20 + 4]]


def test_a_one_way_middle_keeps_its_ends():
    roads = roads_of(LINE, ["abcd"])
    seconds = both_ways(roads)
    seconds[1, 1] = INF
    graph = built(roads, seconds)
    assert (graph.nodes, graph.edges) == (4, 3)
    found = graph_times(graph, places_at(roads, [(0, 0.5), (2, 0.5)]))
    assert found.tolist() == [[0, 20], [INF, 0]]


def test_a_gate_in_the_middle_can_be_reached_from_both_sides_but_not_passed():
    roads = roads_of(LINE, ["abcd"])
    gates = no_gates(roads)
    gates[1] = True
    graph = built(roads, gates=gates)
    assert (graph.nodes, graph.edges) == (4, 2)
    found = graph_times(graph, places_at(roads, [(0, 0.5), (1, 0.5), (2, 0.5)]))
    assert found.tolist() == [[0, INF, INF], [INF, 0, 10], [INF, 10, 0]]


CROSS = {"s": (0, -1), "m": (0, 0), "w": (-1, 0), "n": (0, 1), "e": (1, 0), "f": (0, 2)}
#: from the south to m; a road west; one north in two segments
WAYS = ["sm", "mw", "mnf", "me"]


@pytest.mark.parametrize("contracted", [False, True])
def test_no_left_turn_is_driven_by_turning_at_the_end_of_the_road_ahead(contracted):
    roads = roads_of(CROSS, WAYS, [("no_left_turn", 0, "m", 1)])
    graph = built(roads, contracted=contracted)
    at = places_at(roads, [(0, 0.5), (1, 0.5)])
    # east and back is 20 s longer; inside the road north (at n) nobody turns back
    assert graph_times(graph, at).tolist() == [[0, 5 + 20 + 5], [10, 0]]
    # from s by its port of entry to three roads, from the others by the node to four
    turns = np.diff(graph.chain_first) == 0
    assert turns.sum() == 3 + 4
    assert set(graph.seconds[0, turns]) == {0.0}
    assert set(graph.seconds[1, turns]) == {INF}
    without = built(roads, turns=np.array([False]), contracted=contracted)
    assert graph_times(without, at).tolist() == [[0, 10], [10, 0]]


@pytest.mark.parametrize("contracted", [False, True])
def test_nobody_turns_back_inside_a_road_to_get_round_a_forbidden_turn(contracted):
    roads = roads_of(CROSS, WAYS[:3], [("no_left_turn", 0, "m", 1)])
    graph = built(roads, contracted=contracted)
    at = places_at(roads, [(0, 0.5), (1, 0.5)])
    # to the end of the road north, f, and back: 4 segments, not 2
    # or back to s and again: no help
    assert graph_times(graph, at).tolist() == [[0, 5 + 40 + 5], [10, 0]]


@pytest.mark.parametrize("contracted", [False, True])
def test_only_straight_on_forbids_all_other_turns(contracted):
    roads = roads_of(CROSS, WAYS, [("only_straight_on", 0, "m", 2)])
    graph = built(roads, contracted=contracted)
    at = places_at(roads, [(0, 0.5), (1, 0.5), (2, 0.5), (4, 0.5)])
    found = graph_times(graph, at)
    assert found[0].tolist() == [0, 50, 10, 50]
    assert found[:, 0].tolist() == [0, 10, 10, 10]


def test_an_only_whose_target_is_closed_is_void():
    roads = roads_of(CROSS, WAYS, [("only_straight_on", 0, "m", 2)])
    seconds = both_ways(roads)
    seconds[:, 2] = INF
    at = places_at(roads, [(0, 0.5), (1, 0.5)])
    assert graph_times(built(roads, seconds), at).tolist() == [[0, 10], [10, 0]]


def test_no_u_turn_on_one_way_forbids_turning_not_driving_through():
    roads = roads_of(LINE, ["abcd"], [("no_u_turn", 0, "b", 0)])
    at = places_at(roads, [(0, 0.5), (2, 0.5)])
    assert graph_times(built(roads), at).tolist() == [[0, 20], [20, 0]]


def test_exempt_words_free_a_profile():
    rules = [("no_left_turn", 0, "m", 1), ("no_left_turn", 1, "m", 2)]
    roads = roads_of(CROSS, WAYS, rules)
    roads.restrictions["exempt"] = ["psv; emergency", ""]
    assert holding(roads, {"emergency"}).tolist() == [False, True]
    assert holding(roads, {"motorcar"}).tolist() == [True, True]


def test_a_restriction_of_no_known_kind_is_refused():
    roads = roads_of(CROSS, WAYS, [("give_way", 0, "m", 1)])
    with pytest.raises(RoadError, match="restriction 0: 'give_way' is no turn"):
        built(roads)


def test_two_onlies_from_one_road_are_both_allowed():
    rules = [("only_straight_on", 0, "m", 2), ("only_right_turn", 0, "m", 3)]
    roads = roads_of(CROSS, WAYS, rules)
    at = places_at(roads, [(0, 0.5), (1, 0.5), (2, 0.5), (4, 0.5)])
    # west only by turning at the end of the road east
    assert graph_times(built(roads), at)[0].tolist() == [0, 30, 10, 10]


def test_a_way_that_passes_the_node_is_meant_with_both_its_segments():
    # one way from south to north through m; no turn from it into the west
    roads = roads_of(CROSS, ["smn", "mw", "me"], [("no_left_turn", 0, "m", 1)])
    at = places_at(roads, [(0, 0.5), (1, 0.5), (2, 0.5)])
    found = graph_times(built(roads), at)
    assert found[:, 2].tolist() == [30, 30, 0]
    assert found[0, 1] == 10


def test_a_long_chain_is_added_up_in_full_precision():
    count = 3000
    nodes = {k: (k, 0) for k in range(count + 1)}
    roads = roads_of(nodes, [list(nodes)])
    seconds = np.random.default_rng(1).lognormal(0, 3, (2, count))
    graph = built(roads, seconds)
    assert graph.edges == 1
    for d in (0, 1):
        assert graph.seconds[d, 0] == pytest.approx(math.fsum(seconds[d]), rel=1e-13)


SQUARE = {"a": (0, 0), "b": (1, 0), "c": (1, 1), "d": (0, 1), "e": (-1, 0)}


def test_a_ring_on_its_own_keeps_one_node():
    roads = roads_of(SQUARE, ["abcda"])
    graph = built(roads)
    assert (graph.nodes, graph.edges) == (1, 1)
    assert graph.seconds.tolist() == [[40], [40]]
    found = graph_times(graph, places_at(roads, [(0, 0.5), (1, 0.5), (3, 0.5)]))
    assert found.tolist() == [[0, 10, 10], [10, 0, 20], [10, 20, 0]]


def test_a_chain_that_returns_to_its_start_is_a_loop():
    roads = roads_of(SQUARE, ["abcda", "ea"])
    graph = built(roads)
    assert (graph.nodes, graph.edges) == (2, 2)
    loop = graph.segment_edge[0]
    assert graph.tail[0, loop] == graph.head[0, loop]
    assert graph.seconds[:, loop].tolist() == [40, 40]


def test_parallel_chains_stay():
    roads = roads_of(SQUARE, ["abc", "adc", "ea", "ac"])
    graph = built(roads)
    assert sorted(graph.seconds[0].tolist()) == [10, 10, 20, 20]


def test_a_place_divides_its_edge_in_both_directions():
    roads = roads_of(LINE, ["abc", "dc"])
    seconds = np.array([[1.0, 2.0, 4.0], [10.0, 20.0, 40.0]])
    graph = built(roads, seconds)
    at = attach(graph, places_at(roads, [(2, 0.25), (0, 1.0)]))
    # 0.25 from d: direction 0 has 0.75 of 40 behind it
    assert at.since.tolist() == [[3 + 30, 1], [1, 24]]
    assert at.until.tolist() == [[10, 42], [3 + 30, 10]]


def test_a_closed_direction_is_infinite_and_an_unsnapped_place_on_no_edge():
    roads = roads_of(LINE, ["abcd"])
    seconds = both_ways(roads)
    seconds[1] = INF
    places = places_at(roads, [(1, 0.5), (1, 0.5)])
    places.segment[1] = -1
    at = attach(built(roads, seconds), places)
    assert at.edge.tolist() == [0, -1]
    assert at.since.tolist() == [[15, INF], [INF, INF]]
    assert at.until.tolist() == [[15, INF], [INF, INF]]


def test_a_place_on_a_closed_road_is_refused():
    roads = roads_of(LINE, ["ab", "cd"])
    seconds = both_ways(roads)
    seconds[:, 1] = INF
    with pytest.raises(RoadError) as fault:
        attach(built(roads, seconds), places_at(roads, [(0, 0.5), (1, 0.5)]))
    assert str(fault.value) == (
        "place 1: segment 1 is not open to this profile."
        " Snap the points with an index of the same graph"
    )


def test_other_seconds_may_not_open_a_road():
    roads = roads_of(LINE, ["abcd"])
    seconds = both_ways(roads)
    seconds[1, 2] = INF
    with pytest.raises(RoadError) as fault:
        reweighted(built(roads, seconds), both_ways(roads))
    assert str(fault.value).startswith("segment 2, direction 1: 1 directions are open")


@pytest.mark.parametrize(("bad", "word"), [(-1.0, "-1.0"), (np.nan, "nan")])
def test_a_time_below_zero_or_unknown_is_refused(bad, word):
    roads = roads_of(LINE, ["abcd"])
    seconds = both_ways(roads)
    seconds[1, 2] = bad
    with pytest.raises(RoadError, match=f"segment 2, direction 1: {word} is no time"):
        built(roads, seconds)


def test_arrays_of_other_roads_are_refused():
    roads = roads_of(LINE, ["abcd"])
    with pytest.raises(RoadError, match=r"seconds has the shape \(2, 2\)"):
        built(roads, np.ones((2, 2)))


def test_roads_closed_to_all_make_an_empty_graph():
    roads = roads_of(LINE, ["abcd"])
    graph = built(roads, both_ways(roads, INF))
    assert (graph.nodes, graph.edges) == (0, 0)
    assert graph.segment_edge.tolist() == [-1, -1, -1]


def test_nodes_that_follow_one_another_are_neighbours():
    grid = {(x, y): (x, y) for x in range(4) for y in range(4)}
    rows = [[(x, y) for x in range(4)] for y in range(4)]
    columns = [[(x, y) for y in range(4)] for x in range(4)]
    graph = built(roads_of(grid, rows + columns), contracted=False)
    assert graph.nodes == 16
    # a Hilbert curve through 4 x 4 cells goes from each to one beside it
    assert np.hypot(np.diff(graph.lon), np.diff(graph.lat)).tolist() == [1.0] * 15


def test_islands_are_small_parts_and_one_way_stubs():
    nodes = LINE | {"x": (9, 9), "y": (9, 9.5), "z": (3, 5)}
    # 300 m of road, an island of 50 m, a one-way stub of 500 m
    roads = roads_of(nodes, ["abcd", "xy", "dz"])
    seconds = both_ways(roads)
    seconds[1, 4] = INF
    graph = built(roads, seconds)
    assert sorted(components(graph, roads).km.round(6)) == [0.0, 0.05, 0.3]
    assert islands(graph, roads, 0.1).tolist() == [False, False, False, True, True]
    assert islands(graph, roads, 0.31).all()
