"""Routes: the steps, the line, the length and the seconds."""

import heapq

import numpy as np
import pytest
from hypothesis import given, settings

from geo.errors import RoadError
from geo.travel.roads.attach import attach
from geo.travel.roads.build import build_graph
from geo.travel.roads.route import one_place, route_line
from tests.travel.roads.small_roads import cases, places_at, roads_of
from tests.travel.roads.textbook import graph_times


def search(graph, start):
    """Seconds and parent arcs from one place (Dijkstra)."""
    at = attach(graph, start)
    seconds = np.full(graph.nodes, np.inf)
    parent = np.full(graph.nodes, -1)
    heap = []
    for d in (0, 1):
        if np.isfinite(at.until[d, 0]):
            node = int(graph.head[d, at.edge[0]])
            heapq.heappush(heap, (at.until[d, 0], node, -1))
    arcs = graph.leaving
    while heap:
        cost, node, arc = heapq.heappop(heap)
        if np.isfinite(seconds[node]):
            continue
        seconds[node], parent[node] = cost, arc
        for k in range(arcs.first[node], arcs.first[node + 1]):
            heapq.heappush(
                heap, (cost + arcs.seconds[k], int(arcs.node[k]), int(arcs.arc[k]))
            )
    return seconds, parent


def route(graph, roads, places, o=0, t=1):
    start, end = one_place(places, o), one_place(places, t)
    return route_line((graph, roads), search(graph, start), start, end)


SPOTS = {"a": (0, 0), "b": (1, 0), "c": (2, 0), "d": (2, 1), "e": (3, 0)}


def tee(rules=()):
    roads = roads_of(SPOTS, ["abc", "dc", "ce"], rules)
    seconds = np.full((2, 4), 10.0)
    return roads, build_graph(roads, seconds, np.zeros(5, bool))


def test_a_route_over_two_edges_begins_and_ends_inside_them():
    roads, graph = tee()
    found = route(graph, roads, places_at(roads, [(0, 0.5), (2, 0.25)]))
    assert list(found.line.coords) == [(0.5, 0), (1, 0), (2, 0), (2, 0.75)]
    assert found.km == pytest.approx(0.225)
    assert found.seconds == pytest.approx(22.5)
    assert [edge for edge, _ in found.steps] == graph.segment_edge[[0, 2]].tolist()


def test_a_route_within_one_edge_never_leaves_it():
    roads, graph = tee()
    for o, t in ((0, 1), (1, 0)):
        found = route(graph, roads, places_at(roads, [(0, 0.5), (1, 0.5)]), o, t)
        line = [(0.5, 0), (1, 0), (1.5, 0)]
        assert list(found.line.coords) == (line if o == 0 else line[::-1])
        assert (found.seconds, len(found.steps)) == (10.0, 1)
        assert found.km == pytest.approx(0.1)


def test_from_a_spot_to_itself_is_no_way_at_all():
    roads, graph = tee()
    found = route(graph, roads, places_at(roads, [(0, 0.5), (0, 0.5)]))
    assert list(found.line.coords) == [(0.5, 0), (0.5, 0)]
    assert (found.seconds, found.km) == (0.0, 0.0)


def test_behind_on_a_one_way_ring_the_way_leads_round():
    roads = roads_of({"a": (0, 0), "b": (1, 0), "c": (1, 1), "d": (0, 1)}, ["abcda"])
    seconds = np.stack([np.full(4, 10.0), np.full(4, np.inf)])
    graph = build_graph(roads, seconds, np.zeros(4, bool))
    found = route(graph, roads, places_at(roads, [(1, 0.75), (1, 0.25)]))
    assert found.seconds == pytest.approx(35)
    assert found.km == pytest.approx(0.35)
    assert list(found.line.coords) == [
        (1, 0.75), (1, 1), (0, 1), (0, 0), (1, 0), (1, 0.25),
    ]  # fmt: skip


def test_turns_at_a_split_node_leave_no_trace_in_the_line():
    roads, graph = tee([("no_left_turn", 0, "c", 1)])
    found = route(graph, roads, places_at(roads, [(0, 0.5), (2, 0.5)]))
    assert list(found.line.coords) == [
        (0.5, 0), (1, 0), (2, 0), (3, 0), (2, 0), (2, 0.5),
    ]  # fmt: skip
    assert found.km == pytest.approx(0.4)


def test_walks_are_lines_of_their_own_and_count_in_the_seconds():
    roads, graph = tee()
    places = places_at(roads, [(0, 0.5), (2, 0.25)])
    places.lat[0], places.lon[1] = 0.5, 2.5
    places.leg_seconds[:] = [7.0, 11.0]
    found = route(graph, roads, places)
    assert found.seconds == pytest.approx(22.5 + 18)
    assert [list(walk.coords) for walk in found.walks] == [
        [(0.5, 0.5), (0.5, 0)],
        [(2, 0.75), (2.5, 0.75)],
    ]


def test_no_way_is_none():
    roads = roads_of(SPOTS, ["ab", "cd"])
    graph = build_graph(roads, np.full((2, 2), 10.0), np.zeros(5, bool))
    places = places_at(roads, [(0, 0.5), (1, 0.5), (1, 0.5)])
    assert route(graph, roads, places) is None
    places.segment[2] = -1
    assert route(graph, roads, places, 1, 2) is None


def test_arcs_that_run_in_a_circle_are_refused():
    roads, graph = tee()
    places = places_at(roads, [(0, 0.5), (2, 0.25)])
    node = graph.head[0, graph.segment_edge[3]], graph.tail[0, graph.segment_edge[3]]
    seconds = np.zeros(graph.nodes)
    parent = np.full(graph.nodes, 2 * graph.segment_edge[3])
    parent[node[1]] += 1
    with pytest.raises(RoadError, match="run in a circle"):
        route_line(
            (graph, roads),
            (seconds, parent),
            one_place(places, 0),
            one_place(places, 1),
        )


@settings(max_examples=60, deadline=None)
@given(cases())
def test_the_seconds_along_a_route_are_those_of_the_search(case):
    if len(case.spots) < 2:
        return
    graph = build_graph(case.roads, case.seconds, case.impassable, turns=case.turns)
    right = graph_times(graph, case.places)[0, 1]
    found = route(graph, case.roads, case.places)
    assert (found is None) == (not np.isfinite(right))
    if found is not None:
        assert found.seconds == pytest.approx(right, rel=1e-9, abs=1e-9)
        # 1 degree of these roads is 100 m
        assert found.km == pytest.approx(found.line.length / 10, abs=1e-9)
        assert found.line.coords[0] == pytest.approx(
            (case.places.road_lon[0], case.places.road_lat[0])
        )
        assert found.line.coords[-1] == pytest.approx(
            (case.places.road_lon[1], case.places.road_lat[1])
        )
