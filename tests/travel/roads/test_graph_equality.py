"""Contracted, uncontracted and textbook times are the same."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.travel.roads.build import build_graph, reweighted
from geo.travel.roads.components import islands
from tests.travel.roads.small_roads import cases, textbook_times
from tests.travel.roads.textbook import graph_times


def graph_of(case, *, contracted):
    return build_graph(
        case.roads,
        case.seconds,
        case.impassable,
        turns=case.turns,
        contracted=contracted,
    )


@settings(max_examples=150, deadline=None)
@given(cases())
def test_times_equal_the_textbook_with_and_without_contraction(case):
    right = textbook_times(case)
    for contracted in (False, True):
        found = graph_times(graph_of(case, contracted=contracted), case.places)
        np.testing.assert_allclose(found, right, rtol=1e-9, atol=1e-9)


@settings(max_examples=30, deadline=None)
@given(cases())
def test_the_graph_holds_every_open_segment_once(case):
    is_open = np.isfinite(case.seconds)
    for contracted in (False, True):
        graph = graph_of(case, contracted=contracted)
        usable = np.flatnonzero(is_open.any(axis=0))
        assert sorted(graph.chain_segment) == usable.tolist()
        assert (np.flatnonzero(graph.segment_edge >= 0) == usable).all()
        for k in range(graph.edges):
            first, last = graph.chain_first[k], graph.chain_first[k + 1]
            chain = graph.chain_segment[first:last]
            assert (graph.segment_edge[chain] == k).all()
            assert graph.segment_place[chain].tolist() == list(range(last - first))
            for d in (0, 1):
                rows = np.where(graph.chain_reversed[first:last], 1 - d, d)
                assert (is_open[rows, chain] == np.isfinite(graph.seconds[d, k])).all()
        assert set(graph.tail.ravel()) | set(graph.head.ravel()) == set(
            range(graph.nodes)
        )


@settings(max_examples=60, deadline=None)
@given(cases(), st.sampled_from([0.05, 0.155, 0.333, 0.777]))
def test_islands_are_the_same_with_and_without_contraction(case, island_km):
    small, full = (graph_of(case, contracted=c) for c in (True, False))
    found = islands(small, case.roads, island_km)
    assert (found == islands(full, case.roads, island_km)).all()
    assert not found[small.segment_edge < 0].any()


@settings(max_examples=30, deadline=None)
@given(cases())
def test_other_seconds_on_the_same_graph_equal_a_new_graph(case):
    graph = graph_of(case, contracted=True)
    other = case.seconds * 3.0 + 0.25
    changed = reweighted(graph, other)
    anew = build_graph(case.roads, other, case.impassable, turns=case.turns)
    assert (changed.seconds == anew.seconds).all()
    assert (changed.tail == anew.tail).all()
    assert (changed.segment_seconds == other).all()
