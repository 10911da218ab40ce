"""Small made-up roads, and textbook times on them without any of the graph's code."""

import itertools
from dataclasses import dataclass

import networkx as nx
import numpy as np
import pandas as pd
from hypothesis import strategies as st

from geo.layers.roads import Roads
from geo.travel.roads.places import Places

COLUMNS = ["kind", "from_way", "via_node", "to_way", "exempt"]


def roads_of(nodes, ways, rules=()):
    """Roads out of ``{name: (lon, lat)}`` and ways as strings of node names.

    A rule is (kind, position of a way, node name, position of a way).
    """
    names = list(nodes)
    lon, lat = np.array(list(nodes.values()), float).reshape(-1, 2).T
    cuts = [
        (way, names.index(a), names.index(b))
        for way, path in enumerate(ways)
        for a, b in itertools.pairwise(path)
    ]
    way, start, end = np.array(cuts, np.int32).reshape(-1, 3).T
    # degrees as metres: 1 degree is 100 m
    metres = 100.0 * np.hypot(lon[start] - lon[end], lat[start] - lat[end])
    table = pd.DataFrame(
        [(kind, a, names.index(via), b, "") for kind, a, via, b in rules],
        columns=COLUMNS,
    )
    return Roads(
        node_id=np.arange(len(names)),
        lon=lon,
        lat=lat,
        node_tags=np.zeros(len(names), np.int32),
        way_id=np.arange(len(ways)),
        way_tags=np.zeros(len(ways), np.int32),
        tag_sets=({},),
        segment_way=way,
        segment_from=start,
        segment_to=end,
        segment_m=metres,
        restrictions=table,
    )


def places_at(roads, spots):
    """Places on (segment, fraction), without a way on foot."""
    segment, fraction = np.array(spots, float).reshape(-1, 2).T
    segment = segment.astype(np.int32)
    a, b = roads.segment_from[segment], roads.segment_to[segment]
    lon = roads.lon[a] * (1 - fraction) + roads.lon[b] * fraction
    lat = roads.lat[a] * (1 - fraction) + roads.lat[b] * fraction
    none, zero = np.zeros((2, len(segment)))
    return Places(lon, lat, segment, fraction, lon.copy(), lat.copy(), none, zero)


@dataclass(frozen=True)
class Case:
    roads: Roads
    seconds: np.ndarray
    impassable: np.ndarray
    turns: np.ndarray
    spots: list

    @property
    def places(self):
        return places_at(self.roads, self.spots)


TIMES = st.one_of(st.sampled_from([1.0, 2.0, 5.0]), st.floats(0.1, 100.0))
# inside a segment: on a one-way road the end of one segment and the start of the next
# are one spot, but only a contracted graph sees that
FRACTIONS = st.integers(1, 15).map(lambda k: k / 16)
KINDS = [
    "no_left_turn",
    "no_straight_on",
    "no_u_turn",
    "only_straight_on",
    "only_right_turn",
]


@st.composite
def cases(draw):
    """Ways that wander over a grid: rings, parallel roads, one-ways, gates, rules."""
    width, height = draw(st.integers(2, 4)), draw(st.integers(1, 3))
    grid = list(itertools.product(range(width), range(height)))
    nodes = {chr(97 + k): spot for k, spot in enumerate(grid)}
    ways = draw(st.lists(_walks(list(nodes)), min_size=1, max_size=5))
    bare = roads_of(nodes, ways)
    rules = draw(st.lists(_rules(bare, list(nodes)), max_size=4))
    roads = roads_of(nodes, ways, rules)
    segments = len(roads.segment_way)
    seconds = _directed(draw, roads, ways)
    gates = draw(st.lists(st.booleans(), min_size=len(nodes), max_size=len(nodes)))
    few = draw(st.integers(0, 3)) == 0
    usable = np.flatnonzero(np.isfinite(seconds).any(axis=0))
    spots = []
    if len(usable):
        spot = st.tuples(st.sampled_from(usable.tolist()), FRACTIONS)
        spots = draw(st.lists(spot, min_size=2, max_size=4))
    hold = draw(st.lists(st.booleans(), min_size=len(rules), max_size=len(rules)))
    assert seconds.shape == (2, segments)
    return Case(roads, seconds, np.array(gates) & few, np.array(hold, bool), spots)


@st.composite
def _walks(draw, names):
    path = draw(st.lists(st.sampled_from(names), min_size=2, max_size=8))
    path = [name for name, _ in itertools.groupby(path)]
    return path if len(path) > 1 else names[:2]


@st.composite
def _rules(draw, roads, names):
    """A restriction through a node that both ways touch."""
    one = draw(st.integers(0, len(roads.segment_way) - 1))
    via = int(draw(st.sampled_from([roads.segment_from[one], roads.segment_to[one]])))
    touching = (roads.segment_from == via) | (roads.segment_to == via)
    other = draw(st.sampled_from(np.unique(roads.segment_way[touching]).tolist()))
    kind = draw(st.sampled_from(KINDS))
    return kind, int(roads.segment_way[one]), names[via], other


def _directed(draw, roads, ways):
    """Seconds per direction; ways are two-way, one-way or closed as a whole, mostly."""
    seconds = np.array([[draw(TIMES), draw(TIMES)] for _ in roads.segment_way]).T
    for way in range(len(ways)):
        state = draw(st.sampled_from(["both", "both", "along", "against", "closed"]))
        own = roads.segment_way == way
        if state in {"along", "closed"}:
            seconds[1, own] = np.inf
        if state in {"against", "closed"}:
            seconds[0, own] = np.inf
    if draw(st.booleans()):
        segment = draw(st.integers(0, len(roads.segment_way) - 1))
        seconds[draw(st.integers(0, 1)), segment] = np.inf
    return seconds


def textbook_times(case):
    """Times between all spots, by networkx on arcs as nodes and turns as edges."""
    seconds = case.seconds
    arcs = [(s, d) for d, s in np.argwhere(np.isfinite(seconds)).tolist()]
    graph = nx.DiGraph()
    graph.add_nodes_from(arcs)
    banned = _banned(case, arcs)
    for a, b in itertools.product(arcs, arcs):
        if _may_follow(case, a, b, banned):
            graph.add_edge(a, b, weight=float(seconds[b[1], b[0]]))
    found = np.full((len(case.spots), len(case.spots)), np.inf)
    for i, (s, f) in enumerate(case.spots):
        for d in (0, 1):
            if (s, d) not in graph:
                continue
            rest = seconds[d, s] * (f if d else 1 - f)
            far = nx.single_source_dijkstra_path_length(graph, (s, d))
            for j, (t, g) in enumerate(case.spots):
                if s == t and (g >= f if d == 0 else g <= f):
                    found[i, j] = min(found[i, j], seconds[d, s] * abs(g - f))
                for e in (0, 1):
                    if (t, e) not in graph:
                        continue
                    # the way round comes back into the same arc
                    entries = graph.predecessors((t, e))
                    last = min((far.get(a, np.inf) for a in entries), default=np.inf)
                    part = seconds[e, t] * (1 - g if e else g)
                    found[i, j] = min(found[i, j], rest + last + part)
    return found


def _ends(case, arc):
    s, d = arc
    pair = int(case.roads.segment_from[s]), int(case.roads.segment_to[s])
    return pair if d == 0 else pair[::-1]


def _may_follow(case, a, b, banned):
    node = _ends(case, a)[1]
    if _ends(case, b)[0] != node or (a, b) in banned:
        return False
    back = a[0] == b[0]
    if case.impassable[node]:
        return back and _end_count(case, a, node) == 1
    return not (back and _is_inside(case, node, banned))


def _end_count(case, arc, node):
    """How often the segment of an arc ends at the node (a self-loop: twice)."""
    return _ends(case, arc).count(node)


def _is_inside(case, node, banned):
    """Whether nobody turns back here: two two-way segments, and no forbidden turn."""
    open_ = np.isfinite(case.seconds)
    near = [
        s
        for s in np.flatnonzero(open_.any(axis=0)).tolist()
        for end in _ends(case, (s, 0))
        if end == node
    ]
    turns = any(_ends(case, a)[1] == node for a, _ in banned)
    return len(near) == 2 and bool(open_[:, near].all()) and not turns


def _banned(case, arcs):
    """Pairs of arcs that the restrictions forbid."""
    way = case.roads.segment_way
    no, only = set(), {}
    for row in case.roads.restrictions[case.turns].itertuples():
        if case.impassable[row.via_node]:
            continue
        for a, b in itertools.product(arcs, arcs):
            if (way[a[0]], way[b[0]]) != (row.from_way, row.to_way):
                continue
            if _ends(case, a)[1] != row.via_node or _ends(case, b)[0] != row.via_node:
                continue
            if row.from_way == row.to_way and (a[0] == b[0]) != ("u_turn" in row.kind):
                continue
            if row.kind.startswith("no_"):
                no.add((a, b))
            else:
                only.setdefault(a, set()).add(b)
    for a, allowed in only.items():
        node = _ends(case, a)[1]
        no |= {(a, b) for b in arcs if _ends(case, b)[0] == node and b not in allowed}
    return no
