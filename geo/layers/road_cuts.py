"""Ways cut into segments, and mended: what a road graph cannot have is taken out."""

from collections import Counter
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from geo.layers.geodesy import WGS84, Floats
from geo.layers.roads import Ids, Ints

TWICE = "ways given twice by overlapping extracts: taken once"
LEAVING = "ways that leave the extract: cut where their nodes are missing"
OUTSIDE = "ways without two nodes in the extract: left out"
REPEATED = "nodes repeated one after another in a way: taken once"
ONE_SPOT = "segments of length 0 between two nodes at one spot: the nodes are joined"
POINTLESS = "ways of length 0: left out"

Longs = NDArray[np.int64]


@dataclass(frozen=True)
class Cuts:
    """Segments in the order of ways and of drawing, shape (m,).

    Attributes
    ----------
    way
        Row of the way in its table.
    start, end
        Positions of the end nodes.
    metres
        Geodesic length.
    """

    way: Ints
    start: Ints
    end: Ints
    metres: Floats

    def kept(self, keep: NDArray[np.bool_]) -> "Cuts":
        """Return some of the segments."""
        return Cuts(self.way[keep], self.start[keep], self.end[keep], self.metres[keep])


def positions_of(wanted: Longs, numbers: Ids) -> Ints:
    """Return where each number stands in ascending ``numbers``; -1 where nowhere.

    Examples
    --------
    >>> positions_of(np.array([7, 5, 9]), np.array([5, 7])).tolist()
    [1, 0, -1]
    """
    if len(numbers) == 0:
        return np.full(len(wanted), -1, np.int32)
    place = np.minimum(np.searchsorted(numbers, wanted), len(numbers) - 1)
    return np.where(numbers[place] == wanted, place, -1).astype(np.int32)


def cut_ways(
    ways: pd.DataFrame, refs: pd.DataFrame, nodes: pd.DataFrame, faults: Counter[str]
) -> Cuts:
    """Cut each way between its consecutive nodes.

    Parameters
    ----------
    ways, refs
        Canonical tables; row k of ``ways`` owns the next ``nodes`` rows of ``refs``.
    nodes
        Places of the nodes, ascending by number, each once.
    faults
        Takes what was mended.
    """
    again = ways["way_id"].duplicated().to_numpy()
    way = np.repeat(np.arange(len(ways), dtype=np.int32), ways["nodes"].to_numpy())
    place = positions_of(refs["node_id"].to_numpy(), nodes["node_id"].to_numpy())
    pair = (way[1:] == way[:-1]) & ~again[way[1:]]
    way, start, end = way[1:][pair], place[:-1][pair], place[1:][pair]
    missing = (start < 0) | (end < 0)
    repeated = (start == end) & ~missing
    sound = ~(missing | repeated)
    _count(faults, TWICE, again.sum())
    _count(faults, REPEATED, repeated.sum())
    whole, start, end = way[sound], start[sound], end[sound]
    cut = np.intersect1d(way[missing], whole)
    _count(faults, LEAVING, len(cut))
    _count(faults, OUTSIDE, (~again).sum() - len(np.union1d(whole, way[repeated])))
    lon, lat = nodes["lon"].to_numpy(), nodes["lat"].to_numpy()
    metres = WGS84.inv(lon[start], lat[start], lon[end], lat[end])[2]
    return Cuts(whole, start, end, np.asarray(metres, np.float64))


def joined_spots(cuts: Cuts, nodes: int, faults: Counter[str]) -> tuple[Cuts, Ints]:
    """Join the two nodes of each segment of length 0, and drop the segment.

    Returns
    -------
    tuple
        The other segments between the joined nodes, and for each of the ``nodes`` the
        one that stands for it (the first of those at its spot), shape (nodes,).
    """
    nothing = cuts.metres == 0
    spot = (cuts.start[nothing], cuts.end[nothing])
    _count(faults, ONE_SPOT, nothing.sum())
    touching = coo_array((np.ones(len(spot[0])), spot), shape=(nodes, nodes))
    _, group = connected_components(touching, directed=False)
    _, first = np.unique(group, return_index=True)
    stand_in = first[group].astype(np.int32)
    left = cuts.kept(~nothing)
    _count(faults, POINTLESS, len(np.unique(cuts.way)) - len(np.unique(left.way)))
    return (
        Cuts(left.way, stand_in[left.start], stand_in[left.end], left.metres),
        stand_in,
    )


def _count(faults: Counter[str], fault: str, times: int) -> None:
    if times:
        faults[fault] += int(times)
