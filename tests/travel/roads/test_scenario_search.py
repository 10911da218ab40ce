"""What changes if: every edit equals a search of the edited network from nothing."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import RoadError
from geo.layers.roads_build import read_roads
from geo.travel.roads.build import build_graph
from geo.travel.roads.route import one_place
from geo.travel.roads.scenario import Scenario
from geo.travel.roads.snap import SnapIndex
from geo.travel.roads.weigh import weigh
from tests.travel.roads.full_search import full, full_of
from tests.travel.roads.small_roads import FRACTIONS, TIMES, cases, places_at, roads_of
from tests.travel.roads.test_tags import profile


@st.composite
def edits(draw, usable):
    """Names of edits with what they need."""
    spot = st.tuples(st.sampled_from(usable), FRACTIONS)
    segment = st.sampled_from(usable)
    times = st.tuples(*[st.one_of(TIMES, st.just(np.inf))] * 2)
    kind = st.sampled_from(["add", "close", "move", "road", "road", "new"])
    return [
        (draw(kind), draw(spot), draw(segment), draw(times), draw(st.integers(0, 99)))
        for _ in range(draw(st.integers(1, 6)))
    ]


def edited(made, roads, edit):
    """Do one edit if it can be done, and tell whether it was."""
    name, spot, segment, times, number = edit
    position = number % len(made.targets)
    try:
        if name == "add":
            made.add_facility(places_at(roads, [spot]))
        elif name == "close":
            made.close_facility(position)
        elif name == "move":
            made.move_facility(position, places_at(roads, [spot]))
        elif name == "road":
            made.set_road([segment], np.array(times)[:, None])
        else:
            nodes = made.graph.nodes
            made.add_road(number % nodes, number // 7 % nodes, times)
    except RoadError:
        # the segment is closed by an edit before: no place on it, no time for it
        assert made.graph.segment_edge[segment] < 0 or name in {"add", "move"}
        return False
    return True


@settings(max_examples=150, deadline=None)
@given(st.data(), cases(), st.booleans())
def test_any_edits_equal_a_full_search(data, case, towards):
    if not case.spots:
        return
    graph = build_graph(case.roads, case.seconds, case.impassable, turns=case.turns)
    usable = np.flatnonzero(graph.segment_edge >= 0).tolist()
    origins = case.places
    targets = places_at(case.roads, case.spots[:1])
    made = Scenario(graph, case.roads, origins, targets, towards=towards)
    states = [made.seconds]
    done = data.draw(edits(usable))
    for edit in done:
        was_done = edited(made, case.roads, edit)
        wanted = full(made, origins, towards=towards)
        assert made.seconds.tolist() == wanted.seconds[:, 0].tolist()
        assert made.target.tolist() == wanted.target[:, 0].tolist()
        if was_done:
            states.append(made.seconds)
    while len(states) > 1:
        states.pop()
        made.undo()
        assert made.seconds.tolist() == states[-1].tolist()


@st.composite
def road_edits(draw, segments):
    """Segments with times, one or both directions closed now and then."""
    times = st.tuples(*[st.one_of(TIMES, st.just(np.inf))] * 2)
    edit = st.tuples(st.integers(0, segments - 1), times)
    return draw(st.lists(edit, min_size=1, max_size=6))


def refusal(edit, *what):
    """Do an edit; return the words of a refusal, none if it was done."""
    try:
        edit(*what)
    except RoadError as error:
        return str(error)
    return ""


@settings(max_examples=60, deadline=None)
@given(st.data(), cases(), st.booleans())
def test_edited_roads_equal_a_graph_built_anew(data, case, towards):
    if not case.spots:
        return
    rest = (case.impassable,), {"turns": np.zeros_like(case.turns)}
    graph = build_graph(case.roads, case.seconds, *rest[0], **rest[1])
    targets = places_at(case.roads, case.spots[:1])
    made = Scenario(graph, case.roads, case.places, targets, towards=towards)
    seconds = case.seconds.copy()
    for segment, times in data.draw(road_edits(len(case.roads.segment_m))):
        both = np.array(times)[:, None]
        if made.graph.segment_edge[segment] >= 0:
            made.set_road([segment], both)
        elif np.isfinite(both).any():
            refused = refusal(made.open_road, [segment], both)
            if refused:
                assert "turns are forbidden or a barrier" in refused
                assert case.impassable.any()
                continue
        else:
            continue
        seconds[:, segment] = times
        anew = build_graph(case.roads, seconds, *rest[0], **rest[1])
        wanted = full_of(anew, case.places, targets, towards=towards)
        np.testing.assert_allclose(made.seconds, wanted.seconds[:, 0], rtol=1e-9)


@pytest.mark.parametrize("towards", [True, False])
def test_a_thousand_edits_of_a_town_equal_a_full_search(towards):
    chance = np.random.default_rng(11)
    nodes = {chr(0x100 + 20 * x + y): (x, y) for x in range(20) for y in range(20)}
    names = list(nodes)
    rows = ["".join(names[20 * x : 20 * x + 20]) for x in range(20)]
    roads = roads_of(nodes, rows + ["".join(row) for row in zip(*rows, strict=True)])
    count = len(roads.segment_m)
    seconds = chance.integers(1, 6, (2, count)).astype(float)
    closed = chance.random(count)
    seconds[1, closed < 0.2] = np.inf
    seconds[:, closed > 0.9] = np.inf
    graph = build_graph(roads, seconds, np.zeros(len(names), bool))
    before = {name: np.copy(values) for name, values in vars(graph).items()}
    usable = np.flatnonzero(graph.segment_edge >= 0)

    def some(number):
        return places_at(
            roads,
            list(
                zip(
                    chance.choice(usable, number),
                    chance.integers(1, 16, number) / 16,
                    strict=True,
                )
            ),
        )

    origins = some(200)
    made = Scenario(graph, roads, origins, some(8), towards=towards)
    for k in range(1000):
        name = random_edit(made, chance, some)
        wanted = full(made, origins, towards=towards)
        assert made.seconds.tolist() == wanted.seconds[:, 0].tolist(), (k, name)
        assert made.target.tolist() == wanted.target[:, 0].tolist(), (k, name)
    for name, values in before.items():
        np.testing.assert_array_equal(getattr(graph, name), values)


def random_edit(made, chance, some):
    """Do one edit of any kind; return its name."""
    in_graph = made.graph.segment_edge >= 0
    closed = np.flatnonzero(~in_graph)
    names = ["add", "close", "move", "move", "set", "speed", "shut", "new", "undo"]
    name = chance.choice([*names, *["open"] * min(len(closed), 1)])
    position = int(chance.integers(len(made.targets)))
    segments = chance.choice(np.flatnonzero(in_graph), 3, replace=False)
    times = chance.integers(1, 6, (2, 3)).astype(float)
    times[chance.random((2, 3)) < 0.2] = np.inf
    if name == "add":
        made.add_facility(some(1))
    elif name == "close":
        made.close_facility(position)
    elif name == "move":
        made.move_facility(position, some(1))
    elif name == "set":
        made.set_road(segments, times)
    elif name == "speed":
        made.speed_road(segments, 2.0 ** chance.integers(-2, 3))
    elif name == "shut":
        made.close_road(segments[:1])
    elif name == "open":
        made.open_road(closed[:1], times[:, :1])
    elif name == "new":
        ends = chance.integers(0, made.graph.nodes, 2).tolist()
        made.add_road(*ends, tuple(times[:, 0] + 10))
    elif said := refusal(made.undo):
        assert "there is no edit to undo" in said
    return name


@pytest.mark.realdata
@pytest.mark.parametrize("towards", [True, False])
def test_a_thousand_edits_of_liechtenstein_equal_a_full_search(mirror, towards):
    roads = read_roads(mirror / "osm/liechtenstein-2015.osm.pbf")
    nothing = np.zeros(len(roads.segment_m), bool)
    weights = weigh(roads, profile("car", "li"), nothing)
    graph = build_graph(roads, weights.seconds, weights.impassable)
    index = SnapIndex(roads, graph, "EPSG:32632", 5.0)
    chance = np.random.default_rng(7)

    def some(count):
        rows = chance.integers(0, len(roads.lon), count)
        return index.snap(roads.lon[rows], roads.lat[rows], max_m=2000, walk_kmh=4.5)

    origins = some(300)
    made = Scenario(graph, roads, origins, some(20), towards=towards)
    usable = np.flatnonzero(graph.segment_edge >= 0)
    for k in range(500):
        name = chance.choice(["add", "close", "move", "road", "speed"])
        number = int(chance.integers(len(made.targets)))
        segments = chance.choice(usable, 3, replace=False)
        if name == "add":
            made.add_facility(one_place(some(1), 0))
        elif name == "close":
            made.close_facility(number)
        elif name == "move":
            made.move_facility(number, one_place(some(1), 0))
        elif name == "road":
            times = chance.uniform(1, 100, (2, 3))
            times[chance.random((2, 3)) < 0.3] = np.inf
            made.set_road(segments, times)
        else:
            made.speed_road(segments, float(chance.uniform(0.2, 5)))
        wanted = full(made, origins, towards=towards)
        assert made.seconds.tolist() == wanted.seconds[:, 0].tolist(), (k, name)
        assert made.target.tolist() == wanted.target[:, 0].tolist(), (k, name)
