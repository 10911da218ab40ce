"""What changes if: every edit equals a search of the edited network from nothing."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import RoadError
from geo.layers.roads_build import read_roads
from geo.travel.roads.attach import attach
from geo.travel.roads.build import build_graph
from geo.travel.roads.nearest import nearest
from geo.travel.roads.route import one_place
from geo.travel.roads.scenario import Scenario
from geo.travel.roads.snap import SnapIndex
from geo.travel.roads.weigh import weigh
from tests.travel.roads.small_roads import FRACTIONS, TIMES, cases, places_at, roads_of
from tests.travel.roads.test_tags import profile


def line():
    """a - b - c - d - e, a second each way between neighbours."""
    roads = roads_of({name: (k, 0) for k, name in enumerate("abcde")}, ["abcde"])
    gates = np.zeros(5, bool)
    return roads, build_graph(roads, np.ones((2, 4)), gates)


def scenario(**how):
    roads, graph = line()
    homes = places_at(roads, [(0, 0.0), (1, 0.0), (2, 0.0), (3, 1.0)])
    return roads, Scenario(graph, roads, homes, places_at(roads, [(0, 0.0)]), **how)


def full(made, origins, *, towards=True):
    """Search the edited network from nothing."""
    return full_of(made.graph, origins, made.targets, towards=towards)


def full_of(graph, origins, places, *, towards):
    """Search a network; places on segments that it does not have are nowhere."""
    closed = (places.segment >= 0) & (
        graph.segment_edge[np.maximum(places.segment, 0)] < 0
    )
    places = replace(places, segment=np.where(closed, -1, places.segment))
    lost = (origins.segment >= 0) & (
        graph.segment_edge[np.maximum(origins.segment, 0)] < 0
    )
    origins = replace(origins, segment=np.where(lost, -1, origins.segment))
    return nearest(
        graph, attach(graph, origins), attach(graph, places), towards=towards
    )


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
    """Do one edit if it can be done."""
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
        before = len(made._before)
        edited(made, case.roads, edit)
        wanted = full(made, origins, towards=towards)
        assert made.seconds.tolist() == wanted.seconds[:, 0].tolist()
        assert made.target.tolist() == wanted.target[:, 0].tolist()
        if len(made._before) > before:
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
    elif made._before:
        made.undo()
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
