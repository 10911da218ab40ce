"""The special cases of the invented roads: who cannot drive straight.

``docs/roads.md`` lists the settlements that they fall on in the demo.
"""

from itertools import product

import numpy as np
import shapely
from scipy.sparse.csgraph import dijkstra

from geo.synthetic.places import Settlements
from geo.synthetic.road_net import TOWNS, Net, hamlets
from geo.synthetic.streams import Floats, Ints
from geo.types import Kind

#: how many hamlets have no road at all
ROADLESS = 3
#: km round such a hamlet without any road, and to its nearest neighbour at most: over
#: 5 km from every road the extract is taken to have ended (data/roads.yaml); its people
LONELY_KM, _NEIGHBOUR_KM, _PEOPLE = 1.3, 4.5, 4
_TRIED = 60
#: the road to a hamlet behind a gate or a ferry is at least so long, km
_LAST_KM = 1.5
#: km from the rim of its town to the river, and along it without a bridge either way
_BANK_KM, _GAP_KM = 1.0, 6.0
#: towns that are tried for the best place of the missing bridge
_TOWNS_TRIED = 12
#: km from the town, and times that distance by road, that make a village cut off; above
#: the 3 that a release explains, for it measures to the hospital, not to the middle
_ACROSS_KM, _ROUND = 8.0, 3.6
#: the river's bends: km aside and km from bend to bend
_BENDS = ((2.0, 40.0), (0.3, 7.0))


def with_river(
    net: Net, settlements: Settlements
) -> tuple[Net, shapely.LineString, list[int]]:
    """Let a river pass by a town without a bridge there.

    Returns
    -------
    tuple
        The net without the roads over that part of the river; the river (plane, km);
        the villages beyond it, whose way to the town is over 3 times as long as the
        straight line and yet the shortest to any town.
    """
    towns = settlements.of_kind(Kind.RAION_CITY)[:_TOWNS_TRIED]
    tried = []
    for town, axis, side in product(towns.tolist(), (0, 1), (-1, 1)):
        river = _river(settlements, town, axis, side)
        kept = _without_bridge(net, settlements.points[town], river)
        tried.append((kept, river, _cut_off(kept, settlements, town, river)))
    return max(tried, key=lambda one: len(one[2]))


def _river(
    settlements: Settlements, town: int, axis: int, side: int
) -> shapely.LineString:
    """Return a river across the country that passes a town on one side of it."""
    points = settlements.points
    rim = settlements.radii[town]
    along = np.arange(
        points[:, 1 - axis].min() - 1, points[:, 1 - axis].max() + 1, 0.25
    )
    away = along - points[town, 1 - axis]
    (wide, long), (small, short) = _BENDS
    aside = wide * (1 - np.cos(2 * np.pi * away / long))
    aside += small * np.sin(2 * np.pi * away / short)
    across = points[town, axis] + side * (rim + _BANK_KM + aside)
    spots = (across, along) if axis == 0 else (along, across)
    return shapely.LineString(np.column_stack(spots))


def _without_bridge(net: Net, town: Floats, river: shapely.LineString) -> Net:
    """Take away the roads that cross the river near the town."""
    crossing = np.flatnonzero(shapely.intersects(net.lines, river))
    spots = shapely.centroid(shapely.intersection(net.lines[crossing], river))
    apart = shapely.distance(spots, shapely.Point(town))
    near = crossing[np.argsort(apart, kind="stable")]
    return net.cut(near[np.sort(apart) < _GAP_KM].tolist())


def _cut_off(
    net: Net, settlements: Settlements, town: int, river: shapely.LineString
) -> list[int]:
    """Return the villages beyond the river that have to go a long way round."""
    points = settlements.points
    straight = np.linalg.norm(points - points[town], axis=1)
    rows = hamlets(settlements)
    rows = np.sort(rows[straight[rows] < _ACROSS_KM])
    views = np.stack([points[rows], np.broadcast_to(points[town], (len(rows), 2))], 1)
    rows = rows[shapely.intersects(shapely.linestrings(views), river)]
    towns, matrix = settlements.of_kind(*TOWNS), net.matrix()
    road = dijkstra(matrix, directed=False, indices=[town])[0]
    nearest = dijkstra(matrix, directed=False, indices=towns, min_only=True)
    far = (road[rows] > _ROUND * straight[rows]) & (road[rows] <= nearest[rows])
    out: list[int] = rows[far].tolist()
    return out


def without_roads(
    net: Net, settlements: Settlements, spared: list[int]
) -> tuple[Net, list[int]]:
    """Take all roads of a few lonely hamlets away.

    Returns
    -------
    tuple
        The rest of the net, and the hamlets: :data:`ROADLESS` and one more, or fewer
        in a small country. All others stay joined.
    """
    chosen: list[int] = []
    for row in _lonely(net, settlements, spared)[:_TRIED].tolist():
        trial = net.without(_touching(net, [*chosen, row]))
        # each hamlet without a road is a part of its own
        if len(np.unique(trial.parts())) == len(chosen) + 2:
            chosen.append(row)
        if len(chosen) > ROADLESS:
            break
    return net.without(_touching(net, chosen)), chosen


def _touching(net: Net, rows: list[int]) -> list[int]:
    touched: list[int] = np.flatnonzero(np.isin(net.edges, rows).any(axis=1)).tolist()
    return touched


def _lonely(net: Net, settlements: Settlements, spared: list[int]) -> Ints:
    """Return hamlets that no road but their own comes near to, the smallest first."""
    rows = hamlets(settlements)
    people = settlements.places["population"].to_numpy()
    rows = rows[~np.isin(rows, spared) & (people[rows] >= _PEOPLE)]
    spots = np.array([shapely.Point(spot) for spot in settlements.points])
    near, road = shapely.STRtree(net.lines).query(
        spots[rows], "dwithin", distance=LONELY_KM
    )
    passing = near[(net.edges[road] != rows[near][:, None]).all(axis=1)]
    close, other = shapely.STRtree(spots).query(
        spots[rows], "dwithin", distance=_NEIGHBOUR_KM
    )
    company = close[other != rows[close]]
    fit = np.isin(np.arange(len(rows)), company)
    fit &= ~np.isin(np.arange(len(rows)), passing)
    return rows[fit]


def dead_ends(net: Net, settlements: Settlements, spared: list[int]) -> list[int]:
    """Return hamlets at the end of a road of some length, the smallest first."""
    length = np.zeros(net.count)
    np.maximum.at(length, net.edges.ravel(), np.repeat(shapely.length(net.lines), 2))
    last = (net.degree() == 1) & (length > _LAST_KM)
    rows = hamlets(settlements).tolist()
    return [row for row in rows if last[row] and row not in spared]
