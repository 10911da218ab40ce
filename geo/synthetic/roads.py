"""Roads of the invented country: a network between its settlements, with its traps.

Neighbours are joined by the Urquhart graph of their points (a planar net without its
longest chords, which holds the shortest tree); roads between towns are of a higher
class. Then the special cases that a planner should see:

* a bridge is missing: the way round is several times as long (:data:`MISSING`);
* hamlets without any road, and one whose roads lead nowhere else;
* a ferry, a private gate before a hamlet, a forbidden left turn in a town.
"""

from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import Delaunay

from geo.synthetic.places import Settlements
from geo.synthetic.streams import Stream, random_stream
from geo.synthetic.territory import Floats, Ints
from geo.types import Kind

#: how many bridges are missing, and how many hamlets have no road
MISSING, ROADLESS = 4, 3
#: km between the nodes of a road, and how far it swings from the straight line
_STEP_KM, _SWING = 0.5, 0.06
#: a hamlet without a road is this far from others, and from its neighbours' roads
_LONELY_KM = 1.3
#: km round the hamlet whose roads lead nowhere else: an island of more than 5 km
_RING_KM = 1.0
_CLASSES = ("track", "unclassified", "tertiary", "secondary", "primary")
_TRACK, _PLAIN, _TERTIARY, _SECONDARY, _PRIMARY = range(5)
_SMALL = 25
_SURFACES = {
    "primary": ("asphalt",),
    "secondary": ("asphalt",),
    "tertiary": ("asphalt", "asphalt", "gravel"),
    "unclassified": ("asphalt", "gravel", "gravel", "dirt"),
    "track": ("dirt", "gravel"),
}

Tags = dict[str, str]


@dataclass
class RoadFile:
    """What the OSM file of the country holds.

    Attributes
    ----------
    points
        Nodes in the plane, km; the settlements come first.
    node_tags
        Node -> tags.
    ways
        Nodes and tags of each way.
    no_left_turn
        From way, via node, to way.
    special
        Name of a special case -> rows of settlements.
    """

    points: list[tuple[float, float]]
    node_tags: dict[int, Tags] = field(default_factory=dict)
    ways: list[tuple[list[int], Tags]] = field(default_factory=list)
    no_left_turn: list[tuple[int, int, int]] = field(default_factory=list)
    special: dict[str, list[int]] = field(default_factory=dict)


def make_roads(seed: int, settlements: Settlements) -> RoadFile:
    """Return the roads of the invented country; the same seed gives the same."""
    rng = random_stream(seed, Stream.ROADS)
    points = settlements.points
    made = RoadFile([(float(x), float(y)) for x, y in points])
    edges = _net(points)
    edges, roadless, lost = _without_roads(edges, settlements)
    edges, cut = _without_bridges(edges, points, settlements)
    rank = _ranks(edges, points, settlements)
    ends = _dead_ends(edges, settlements, (*roadless, lost))
    made.special = {
        "roadless": roadless,
        "island": [lost],
        "missing_bridge": cut,
        "ferry": ends[:1],
        "private_gate": ends[1:2],
    }
    for (start, end), level in zip(edges.tolist(), rank.tolist(), strict=True):
        _add_road(made, rng, (start, end), _CLASSES[level])
    _add_ring(made, lost)
    _forbid_a_turn(made, edges, settlements)
    return made


def _net(points: Floats) -> Ints:
    """Return the edges of the Urquhart graph, each once, shape (e, 2)."""
    triangles = Delaunay(points).simplices
    sides = np.stack([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]])
    sides = np.sort(sides, axis=2)
    length = np.linalg.norm(points[sides[..., 0]] - points[sides[..., 1]], axis=2)
    longest = sides[length.argmax(axis=0), np.arange(len(triangles))]
    every = np.unique(sides.reshape(-1, 2), axis=0)
    keys = every[:, 0] * len(points) + every[:, 1]
    chords = longest[:, 0] * len(points) + longest[:, 1]
    return every[~np.isin(keys, chords)].astype(np.int64)


def _lengths(edges: Ints, points: Floats) -> Floats:
    return np.asarray(np.linalg.norm(points[edges[:, 0]] - points[edges[:, 1]], axis=1))


def _matrix(edges: Ints, points: Floats) -> csr_array:
    count = len(points)
    return csr_array(
        (_lengths(edges, points), (edges[:, 0], edges[:, 1])), shape=(count, count)
    )


def _degree(edges: Ints, count: int) -> Ints:
    return np.bincount(edges.ravel(), minlength=count).astype(np.int64)


def _hamlets(settlements: Settlements) -> Ints:
    """Return the rural places that are no centre, the smallest first."""
    places = settlements.places
    rural = places["kind"].eq(Kind.RURAL) & ~places["centre"].astype(bool)
    rows = np.flatnonzero(rural)
    return rows[np.argsort(places["population"].to_numpy()[rows], kind="stable")]


def _without_roads(
    edges: Ints, settlements: Settlements
) -> tuple[Ints, list[int], int]:
    """Take the roads of some hamlets away; return the rest, and who has none."""
    points = settlements.points
    degree = _degree(edges, len(points))
    chosen: list[int] = []
    for row in _hamlets(settlements).tolist():
        apart = np.linalg.norm(points - points[row], axis=1)
        near = np.sort(apart)[1]
        if degree[row] == 1 and near > _LONELY_KM * 1.5 and near < 4 * _LONELY_KM:
            others = edges[(edges != row).all(axis=1)]
            if _apart(points[row], points[others]) > _LONELY_KM:
                chosen.append(row)
        if len(chosen) == ROADLESS + 1:
            break
    kept = ~np.isin(edges, chosen).any(axis=1)
    return edges[kept], chosen[:-1], chosen[-1]


def _apart(point: Floats, lines: Floats) -> float:
    """Return km from a point to the nearest of straight lines, shape (n, 2, 2)."""
    start, along = lines[:, 0], lines[:, 1] - lines[:, 0]
    share = ((point - start) * along).sum(axis=1) / (along**2).sum(axis=1)
    foot = start + np.clip(share, 0, 1)[:, None] * along
    return float(np.linalg.norm(foot - point, axis=1).min())


def _without_bridges(
    edges: Ints, points: Floats, settlements: Settlements
) -> tuple[Ints, list[int]]:
    """Take away the edges to centres that are longest to go round."""
    centre = settlements.places["centre"].to_numpy(bool)
    candidates = np.flatnonzero(centre[edges].sum(axis=1) == 1)
    lengths = _lengths(edges, points)
    ratios = []
    for edge in candidates.tolist():
        start, end = edges[edge]
        rest = np.delete(edges, edge, axis=0)
        round_ = dijkstra(
            _matrix(rest, points), directed=False, indices=[start], limit=60.0
        )[0, end]
        ratios.append(round_ / lengths[edge] if np.isfinite(round_) else 0.0)
    worst = candidates[np.argsort(ratios, kind="stable")[::-1]]
    gone: list[int] = []
    touched: set[int] = set()
    for edge in worst.tolist():
        if len(gone) < MISSING and not touched & set(edges[edge].tolist()):
            gone.append(edge)
            touched |= set(edges[edge].tolist())
    villages = [int(row) for edge in gone for row in edges[edge] if not centre[row]]
    return np.delete(edges, gone, axis=0), villages


def _ranks(edges: Ints, points: Floats, settlements: Settlements) -> Ints:
    """Return the class of each edge: where the ways between important places run."""
    rank = np.full(len(edges), _PLAIN)
    people = settlements.places["population"].to_numpy()
    ends = _degree(edges, len(points))[edges].min(axis=1) == 1
    rank[ends & (people[edges].min(axis=1) < _SMALL)] = _TRACK
    towns = settlements.of_kind(Kind.CAPITAL, Kind.OBLAST_CITY, Kind.RAION_CITY)
    cities = settlements.of_kind(Kind.CAPITAL, Kind.OBLAST_CITY)
    centres = np.flatnonzero(settlements.places["centre"].to_numpy(bool))
    number = {tuple(edge): k for k, edge in enumerate(edges.tolist())}
    net = _matrix(edges, points)
    for level, starts, goals, few in (
        (_TERTIARY, centres, towns, 1),
        (_SECONDARY, towns, towns, 4),
        (_PRIMARY, cities, cities, len(cities)),
    ):
        for start in starts.tolist():
            far, before = dijkstra(
                net, directed=False, indices=start, return_predecessors=True
            )
            for goal in goals[np.argsort(far[goals], kind="stable")][:few].tolist():
                at = goal
                while before[at] >= 0:
                    edge = number[tuple(sorted((at, int(before[at]))))]
                    rank[edge] = max(rank[edge], level)
                    at = int(before[at])
    return rank


def _dead_ends(
    edges: Ints, settlements: Settlements, spoken_for: tuple[int, ...]
) -> list[int]:
    """Return hamlets at the end of a road, the smallest first."""
    degree = _degree(edges, len(settlements.points))
    rows = _hamlets(settlements).tolist()
    return [row for row in rows if degree[row] == 1 and row not in spoken_for]


def _add_road(
    made: RoadFile, rng: np.random.Generator, ends: tuple[int, int], kind: str
) -> None:
    """Draw a road between two settlements, winding a little."""
    start, end = (np.array(made.points[row]) for row in ends)
    length = float(np.linalg.norm(end - start))
    count = max(2, int(length / _STEP_KM) + 1)
    share = np.linspace(0, 1, count + 1)[1:-1]
    side = np.array([start[1] - end[1], end[0] - start[0]])
    swing = rng.uniform(-_SWING, _SWING) * np.sin(np.pi * share)
    swing += rng.uniform(-_SWING, _SWING) / 2 * np.sin(2 * np.pi * share)
    spots = start + share[:, None] * (end - start) + swing[:, None] * side
    first = len(made.points)
    made.points += [(float(x), float(y)) for x, y in spots]
    path = [ends[0], *range(first, len(made.points)), ends[1]]
    tags = {"highway": kind, "surface": str(rng.choice(_SURFACES[kind]))}
    if kind == "secondary":
        tags["maxspeed"] = str(rng.choice(["90", "XD:rural", "70"]))
    if kind == "track":
        tags["tracktype"] = str(rng.choice(["grade2", "grade3"]))
    gate = made.special["private_gate"]
    if set(ends) & set(made.special["ferry"]):
        middle = len(path) // 2
        made.ways.append((path[: middle + 1], tags))
        made.ways.append(
            (path[middle : middle + 2], {"route": "ferry", "duration": "00:12"})
        )
        path = path[middle + 1 :]
    elif set(ends) & set(gate):
        near = path[1] if ends[0] in gate else path[-2]
        made.node_tags[near] = {"barrier": "gate", "access": "private"}
    if len(path) > 1:
        made.ways.append((path, tags))


def _add_ring(made: RoadFile, row: int) -> None:
    """Give a hamlet a ring of roads that leads nowhere else."""
    x, y = made.points[row]
    first = len(made.points)
    for angle in np.linspace(0, 2 * np.pi, 13)[:-1]:
        made.points.append(
            (x + _RING_KM * float(np.cos(angle)), y + _RING_KM * float(np.sin(angle)))
        )
    ring = [*range(first, first + 12), first]
    made.ways.append((ring, {"highway": "unclassified", "surface": "gravel"}))
    made.ways.append(([row, first], {"highway": "unclassified", "surface": "gravel"}))


def _forbid_a_turn(made: RoadFile, edges: Ints, settlements: Settlements) -> None:
    """Forbid a turn at the first town with a crossing."""
    degree = _degree(edges, len(settlements.points))
    for town in settlements.of_kind(Kind.RAION_CITY).tolist():
        if degree[town] > 2:  # noqa: PLR2004 - a crossing
            meeting = [k for k, (path, _) in enumerate(made.ways) if town in path]
            made.no_left_turn.append((meeting[0], town, meeting[1]))
            return
