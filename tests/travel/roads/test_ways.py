from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import geo.travel.roads.ways
from geo.travel.roads.attach import attach
from geo.travel.roads.build import build_graph, reweighted
from geo.travel.roads.nearest import one_to_all
from geo.travel.roads.places import Places
from geo.travel.roads.route import one_place, route_line
from geo.travel.roads.ways import Ground, Ways
from tests.travel.roads.small_roads import cases, places_at, roads_of


def ground_of(roads, seconds, **how):
    graph = build_graph(roads, seconds, np.zeros(len(roads.lon), bool), **how)
    metres = np.where(np.isfinite(seconds), roads.segment_m, np.inf)
    return Ground(roads, graph, reweighted(graph, metres))


def walked(places, metres, seconds):
    """The same places, each so far from the road."""
    count = len(places)
    return Places(
        **vars(places)
        | {"leg_m": np.full(count, metres), "leg_seconds": np.full(count, seconds)}
    )


def ladder():
    """A quick way round (a b c d) beside a slow straight one (a d); e is a spur."""
    roads = roads_of(
        {"a": (0, 0), "b": (0, 10), "c": (10, 10), "d": (10, 0), "e": (20, 0)},
        ["abcd", "ad", "de"],
    )
    seconds = np.tile(roads.segment_m / 20.0, (2, 1))
    seconds[:, 3] = 1000.0
    return roads, seconds


@pytest.mark.parametrize("towards", [True, False])
def test_the_quickest_way_need_not_be_the_shortest(towards):
    roads, seconds = ladder()
    ground = ground_of(roads, seconds)
    home = walked(places_at(roads, [(3, 0.0)]), 30.0, 60.0)
    clinic = walked(places_at(roads, [(4, 1.0)]), 10.0, 20.0)
    ways = Ways(ground, home, clinic, towards)
    # 3 km round and 1 km along the spur at 20 m/s, and two legs
    assert ways.nearest.seconds.tolist() == [[4000 / 20 + 80]]
    assert ways.km.tolist() == [4.04]
    route = ways.route(0)
    assert route.km == pytest.approx(4.0)
    assert route.seconds == 280.0
    spots = [(0, 0), (0, 10), (10, 10), (10, 0), (20, 0)]
    wanted = spots if towards else spots[::-1]
    assert [tuple(spot) for spot in route.line.coords] == wanted


def test_no_way_has_no_length_and_no_line():
    roads, seconds = ladder()
    seconds[0, 4] = np.inf  # the spur is open only towards d
    ground = ground_of(roads, seconds)
    home = places_at(roads, [(3, 0.0)])
    clinic = places_at(roads, [(4, 1.0)])
    ways = Ways(ground, home, clinic)
    assert ways.nearest.target.tolist() == [[-1]]
    assert np.isnan(ways.km).all()
    assert ways.route(0) is None
    assert Ways(ground, home, clinic, towards=False).km.tolist() == [4.0]


@settings(max_examples=150, deadline=None)
@given(cases(), st.booleans(), st.integers(1, 3))
def test_ways_equal_the_routes_of_single_searches(case, towards, few):
    if not case.spots:
        return
    graph = build_graph(case.roads, case.seconds, case.impassable, turns=case.turns)
    metres = np.where(np.isfinite(case.seconds), case.roads.segment_m, np.inf)
    ground = Ground(case.roads, graph, reweighted(graph, metres))
    origins = walked(case.places, 5.0, 1.0)
    targets = places_at(case.roads, case.spots[:few])
    ways = Ways(ground, origins, targets, towards)
    odd = np.arange(len(case.roads.segment_m)) % 2 == 1
    with patch.object(geo.travel.roads.ways, "_AT_ONCE", 2):
        lines, crossing = ways.lines(odd)
    for o, (t,) in enumerate(ways.nearest.target):
        if t < 0:
            assert ways.route(o) is None
            assert lines[o] is None
            assert not crossing[o]
            assert np.isnan(ways.km[o])
            continue
        pair = one_place(origins, o), one_place(targets, t)
        start, end = pair if towards else pair[::-1]
        tree = one_to_all(graph, attach(graph, start), towards=False)
        wanted = route_line(
            (graph, case.roads), (tree.seconds, tree.parent), start, end
        )
        found = ways.route(o)
        assert found.seconds == pytest.approx(wanted.seconds, rel=1e-12)
        assert lines[o].wkb == found.line.wkb
        begins = [graph.chain_segment[graph.chain_first[e]] for e, _ in found.steps]
        assert crossing[o] == odd[begins].any()
        assert found.line.coords[0] == wanted.line.coords[0]
        assert found.line.coords[-1] == wanted.line.coords[-1]
        # the length of the line is the length that is told, whichever of equal ways
        assert ways.km[o] == pytest.approx(found.km + 0.005, abs=1e-9)
        assert found.line.length / 10 == pytest.approx(found.km, abs=1e-9)
