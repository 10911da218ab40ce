"""Which settlements of the invented country a road joins, and of what class it is.

Neighbours are joined by the Urquhart graph of their points (a planar net without its
longest chords, which holds the shortest tree); cities keep all roads to their
neighbours. The class follows from the ways between places that matter.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, dijkstra
from scipy.spatial import Delaunay

from geo.synthetic.places import Settlements
from geo.synthetic.streams import Floats, Geometries, Ints
from geo.types import Kind

CLASSES = ("track", "unclassified", "tertiary", "secondary", "primary", "trunk")
TRACK, PLAIN, TERTIARY, SECONDARY, PRIMARY, TRUNK = range(6)
CITIES = (Kind.CAPITAL, Kind.OBLAST_CITY)
TOWNS = (*CITIES, Kind.RAION_CITY)
#: km between the nodes of a road
STEP_KM = 0.2
#: share of its length by which a road swings aside, by waves along it; only so many km
#: of a long road count
_SWINGS, _SWUNG_KM = ((1, 0.07), (2, 0.05), (5, 0.012)), 6.0
#: a city keeps the roads to neighbours that lie so near its rim, km
_SPOKE_KM = 6.0
#: fewer people are reached by a track
_SMALL = 6
#: so many nearest towns a town, and a city, has a road of its class to
_TOWN_ROADS, _CITY_ROADS = 3, 4


@dataclass(frozen=True)
class Net:
    """Roads from settlement to settlement.

    Attributes
    ----------
    edges
        Rows of settlements, the smaller first, shape (e, 2).
    lines
        Course of each, from the first to the second (plane, km).
    count
        How many settlements there are.
    """

    edges: Ints
    lines: Geometries
    count: int

    def without(self, rows: Iterable[int]) -> "Net":
        """Return the net that lacks some edges."""
        keep = np.setdiff1d(np.arange(len(self.edges)), list(rows))
        return Net(self.edges[keep], self.lines[keep], self.count)

    def matrix(self) -> csr_array:
        """Return the lengths (km) as a sparse matrix, each edge once."""
        ends = (self.edges[:, 0], self.edges[:, 1])
        return csr_array(
            (shapely.length(self.lines), ends), shape=(self.count, self.count)
        )

    def parts(self) -> Ints:
        """Return the connected part of each settlement."""
        labels = connected_components(self.matrix(), directed=False)[1]
        return np.asarray(labels, dtype=np.int64)

    def degree(self) -> Ints:
        """Return how many roads each settlement has."""
        return np.bincount(self.edges.ravel(), minlength=self.count).astype(np.int64)

    def cut(self, rows: Iterable[int]) -> "Net":
        """Take edges away, the first ones put back last, so that all stay joined."""
        gone = [int(row) for row in rows]
        whole = len(np.unique(self.parts()))
        for row in reversed(gone.copy()):
            part = self.without(gone).parts()
            if len(np.unique(part)) == whole:
                break
            start, end = self.edges[row]
            if part[start] != part[end]:
                gone.remove(row)
        return self.without(gone)


def make_net(rng: np.random.Generator, settlements: Settlements) -> Net:
    """Join the neighbours by bent roads that pass through no town on the way."""
    points = settlements.points
    edges = _neighbours(settlements)
    net = Net(edges, bent(rng, points[edges]), len(points))
    towns = np.array(list(settlements.ground))
    ground = np.array(list(settlements.ground.values()), dtype=object)
    road, town = shapely.STRtree(ground).query(net.lines, "intersects")
    strange = (net.edges[road] != towns[town][:, None]).all(axis=1)
    return net.cut(np.unique(road[strange]).tolist())


def _neighbours(settlements: Settlements) -> Ints:
    """Return the edges of the Urquhart graph and the spokes of cities, each once."""
    points = settlements.points
    triangles = Delaunay(points).simplices
    sides = np.stack([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]])
    sides = np.sort(sides, axis=2)
    length = np.linalg.norm(points[sides[..., 0]] - points[sides[..., 1]], axis=2)
    longest = sides[length.argmax(axis=0), np.arange(len(triangles))]
    every = np.unique(sides.reshape(-1, 2), axis=0).astype(np.int64)
    chord = np.isin(every @ [len(points), 1], longest @ [len(points), 1])
    apart = np.linalg.norm(points[every[:, 0]] - points[every[:, 1]], axis=1)
    spoke = np.zeros(len(every), dtype=bool)
    for city in settlements.of_kind(*CITIES).tolist():
        rim = settlements.radii[city]
        spoke |= (every == city).any(axis=1) & (apart < rim + _SPOKE_KM)
    return every[~chord | spoke]


def bent(rng: np.random.Generator, ends: Floats) -> Geometries:
    """Return winding lines between pairs of points, shape (e, 2, 2), km."""
    lines = []
    for start, end in ends:
        along = end - start
        length = float(np.hypot(*along))
        share = np.linspace(0, 1, max(2, round(length / STEP_KM)) + 1)
        aside = sum(
            rng.uniform(-swing, swing) * np.sin(waves * np.pi * share)
            for waves, swing in _SWINGS
        )
        scale = min(length, _SWUNG_KM) / length
        across = scale * np.array([-along[1], along[0]])
        spots = start + share[:, None] * along + np.outer(aside, across)
        spots[[0, -1]] = start, end
        lines.append(shapely.LineString(spots))
    return np.array(lines, dtype=object)


def hamlets(settlements: Settlements) -> Ints:
    """Return the rural places that are no centre, the smallest first."""
    places = settlements.places
    rural = places["kind"].eq(Kind.RURAL) & ~places["centre"].astype(bool)
    rows = np.flatnonzero(rural)
    return rows[np.argsort(places["population"].to_numpy()[rows], kind="stable")]


def ranks(net: Net, settlements: Settlements) -> Ints:
    """Return the class of each edge, a position in :data:`CLASSES`, shape (e,)."""
    places = settlements.places
    people = places["population"].to_numpy()
    small = people[net.edges].min(axis=1) < _SMALL
    rank = np.where(small, TRACK, PLAIN).astype(np.int64)
    towns, cities = settlements.of_kind(*TOWNS), settlements.of_kind(*CITIES)
    chief = settlements.of_kind(Kind.AGROGORODOK, Kind.URBAN_SETTLEMENT)
    centres = np.flatnonzero(places["centre"].to_numpy(bool))
    matrix = net.matrix()
    to_town = dijkstra(
        matrix, directed=False, indices=towns, min_only=True, return_predecessors=True
    )[1]
    _raise(rank, net, _climbed(to_town, centres), TERTIARY)
    _raise(rank, net, _climbed(to_town, chief), SECONDARY)
    for level, starts, few in (
        (PRIMARY, towns, _TOWN_ROADS),
        (TRUNK, cities, _CITY_ROADS),
    ):
        for start in starts.tolist():
            far, before = dijkstra(
                matrix, directed=False, indices=start, return_predecessors=True
            )
            goals = towns[np.argsort(far[towns], kind="stable")][1 : few + 1]
            _raise(rank, net, _climbed(before, goals), level)
    return rank


def _climbed(before: npt.NDArray[np.int32], starts: Ints) -> Ints:
    """Return the edges of the ways from ``starts`` up a tree, shape (k, 2)."""
    steps = [np.empty((0, 2), dtype=np.int64)]
    at = np.unique(starts)
    while len(at):
        at = at[before[at] >= 0]
        steps.append(np.sort(np.column_stack([at, before[at]]), axis=1))
        at = np.unique(before[at])
    return np.concatenate(steps)


def _raise(rank: Ints, net: Net, ways: Ints, level: int) -> None:
    """Lift edges to a class, where they have none higher."""
    key = [net.count, 1]
    on_way = np.isin(net.edges @ key, ways @ key)
    rank[on_way] = np.maximum(rank[on_way], level)
