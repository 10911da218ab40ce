import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import RoadError
from geo.travel.roads.attach import attach
from geo.travel.roads.build import build_graph
from geo.travel.roads.graph import graph_of_edges
from geo.travel.roads.nearest import nearest, one_to_all
from geo.travel.roads.places import Attached
from tests.travel.roads.small_roads import cases, textbook_times
from tests.travel.roads.textbook import between_nodes

INF = np.inf


def chain():
    """0 -10- 1 -20- 2 -inf/5- 3, the last edge open only against its drawing."""
    return graph_of_edges(
        4, np.array([0, 1, 2]), np.array([1, 2, 3]),
        np.array([10.0, 20.0, INF]), np.array([10.0, 20.0, 5.0]),
    )  # fmt: skip


def on(graph, *spots, leg=0.0):
    """Places at shares of edges; edge -1 is unsnapped."""
    edge = np.array([spot[0] for spot in spots], np.int32)
    share = np.array([spot[1] for spot in spots])
    since, until = np.full((2, 2, len(spots)), INF)
    for k in np.flatnonzero(edge >= 0):
        for d, part in ((0, share[k]), (1, 1 - share[k])):
            whole = graph.seconds[d, edge[k]]
            if np.isfinite(whole):
                since[d, k], until[d, k] = whole * part, whole * (1 - part)
    legs = np.broadcast_to(np.asarray(leg, float), len(spots)).copy()
    return Attached(edge, since, until, np.where(edge >= 0, legs, np.nan))


def test_the_nearest_by_hand():
    graph = chain()
    origins = on(graph, (0, 0.5), (1, 0.25), (2, 0.0), (-1, 0.0), leg=1.0)
    targets = on(graph, (0, 0.0), (1, 0.75), (-1, 0.0), leg=2.0)
    found = nearest(graph, origins, targets)
    # 5 s back to the start and 3 on foot; 10 s ahead on the same edge; 5 from node 2
    assert found.seconds[:, 0].tolist() == [8.0, 13.0, 8.0, INF]
    assert found.target[:, 0].tolist() == [0, 1, 1, -1]


def test_there_and_back_differ():
    graph = chain()
    end, start = on(graph, (2, 1.0)), on(graph, (0, 0.0))
    assert nearest(graph, end, start).seconds.tolist() == [[35.0]]
    assert nearest(graph, start, end).seconds.tolist() == [[INF]]
    assert nearest(graph, start, end, towards=False).seconds.tolist() == [[35.0]]


def test_of_equal_ways_the_first_target_counts():
    graph = chain()
    targets = on(graph, (0, 1.0), (1, 0.0), (0, 0.0))
    found = nearest(graph, on(graph, (0, 0.5)), targets, k=3)
    assert found.target.tolist() == [[0, 1, 2]]
    assert found.seconds.tolist() == [[5.0, 5.0, 5.0]]


def test_more_than_there_are():
    graph = chain()
    found = nearest(graph, on(graph, (0, 0.5)), on(graph, (1, 0.5)), k=3)
    assert found.target.tolist() == [[0, -1, -1]]
    assert found.seconds.tolist() == [[15.0, INF, INF]]


def test_extra_seconds_turn_the_choice():
    graph = chain()
    both = on(graph, (0, 0.0), (1, 0.0))
    extra = np.array([4.0, 0.0])
    found = nearest(graph, on(graph, (0, 0.25)), both, extra=extra)
    assert (found.target.tolist(), found.seconds.tolist()) == ([[0]], [[6.5]])


def test_a_target_that_costs_infinitely_more_is_none():
    graph = chain()
    both = on(graph, (0, 0.0), (1, 0.0))
    extra = np.array([INF, 0.0])
    for k, target, seconds in ((1, [1], [7.5]), (2, [1, -1], [7.5, INF])):
        found = nearest(graph, on(graph, (0, 0.25)), both, k=k, extra=extra)
        assert found.target.tolist() == [target]
        assert found.seconds.tolist() == [seconds]


def test_a_tree_names_the_arcs_it_came_by():
    graph = chain()
    tree = one_to_all(graph, on(graph, (0, 0.5)), towards=False)
    assert tree.seconds.tolist() == [5.0, 5.0, 25.0, INF]
    assert tree.parent.tolist() == [-1, -1, 2, -1]
    near = one_to_all(graph, on(graph, (0, 0.5)), towards=False, limit=24.9)
    assert near.seconds.tolist() == [5.0, 5.0, INF, INF]


@st.composite
def zero_cases(draw):
    """Small graphs of edges with zeros, loops, parallel edges, one-ways, islands."""
    nodes, edges = draw(st.integers(1, 7)), draw(st.integers(1, 12))
    node = st.integers(0, nodes - 1)
    ends = draw(st.lists(st.tuples(node, node), min_size=edges, max_size=edges))
    times = st.sampled_from([0.0, 0.0, 1.0, 1.5, 3.0, INF])
    both = draw(st.lists(st.tuples(times, times), min_size=edges, max_size=edges))
    tail, head = np.array(ends).T
    graph = graph_of_edges(nodes, tail, head, *np.array(both).T)
    spot = st.tuples(st.integers(-1, edges - 1), st.sampled_from([0.0, 0.25, 0.5, 1.0]))
    places = [draw(st.lists(spot, min_size=1, max_size=5)) for _ in range(2)]
    return graph, *(on(graph, *part, leg=0.5) for part in places)


def all_times(graph, origins, targets):
    """Times from each origin to each target by the formula of ``Attached``."""
    best = between_nodes(graph)
    found = np.full((len(origins.edge), len(targets.edge)), INF)
    for o, t in np.ndindex(found.shape):
        if origins.edge[o] < 0 or targets.edge[t] < 0:
            continue
        ways = [
            origins.until[d, o]
            + best[graph.head[d, origins.edge[o]], graph.tail[f, targets.edge[t]]]
            + targets.since[f, t]
            for d, f in np.ndindex(2, 2)
        ]
        if origins.edge[o] == targets.edge[t]:
            for d in (0, 1):
                one, other = origins.since[d, o], targets.since[d, t]
                if np.isfinite(one) and other >= one:
                    ways.append(other - one)
        found[o, t] = min(ways) + origins.leg[o] + targets.leg[t]
    return found


@settings(max_examples=200, deadline=None)
@given(zero_cases(), st.integers(1, 4), st.booleans())
def test_k_nearest_equal_all_ways(case, k, towards):
    graph, origins, targets = case
    times = (
        all_times(graph, origins, targets)
        if towards
        else all_times(graph, targets, origins).T
    )
    order = np.argsort(times, axis=1, kind="stable")
    wanted = np.full((len(origins.edge), k), INF)
    labels = np.full(wanted.shape, -1)
    for o, row in enumerate(order):
        good = [t for t in row if np.isfinite(times[o, t])][:k]
        wanted[o, : len(good)] = times[o, good]
        labels[o, : len(good)] = good
    found = nearest(graph, origins, targets, k=k, towards=towards)
    # halves and quarters add up exactly
    assert found.seconds.tolist() == wanted.tolist()
    assert found.target.tolist() == labels.tolist()


@settings(max_examples=60, deadline=None)
@given(cases(), st.booleans())
def test_roads_with_gates_and_turns_equal_the_textbook(case, contracted):
    if not case.spots:
        return
    graph = build_graph(
        case.roads, case.seconds, case.impassable,
        turns=case.turns, contracted=contracted,
    )  # fmt: skip
    places = attach(graph, case.places)
    wanted = textbook_times(case)
    found = nearest(graph, places, places, k=len(case.spots))
    for o, row in enumerate(wanted):
        np.testing.assert_allclose(np.sort(row), found.seconds[o], rtol=1e-12)


def test_bad_questions_are_refused():
    graph = chain()
    place = on(graph, (0, 0.5))
    with pytest.raises(RoadError, match=r"0 nearest were asked for.*Ask for 1 or more"):
        nearest(graph, place, place, k=0)
    with pytest.raises(RoadError, match="extra seconds do not fit"):
        nearest(graph, place, place, extra=np.array([-1.0]))
    with pytest.raises(RoadError, match="2 places were given"):
        one_to_all(graph, on(graph, (0, 0.5), (1, 0.5)), towards=True)
    with pytest.raises(RoadError, match="nan is no limit of time"):
        one_to_all(graph, place, towards=True, limit=np.nan)
    other = Attached(place.edge + 3, place.since, place.until, place.leg)
    words = r"on edge 3 of a graph with 3 edges\. Attach the places to this very graph"
    for pair in ((other, place), (place, other)):
        with pytest.raises(RoadError, match=words):
            nearest(graph, *pair)
    with pytest.raises(RoadError, match=words):
        one_to_all(graph, other, towards=True)
