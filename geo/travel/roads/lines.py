"""The lines of many ways at once, each as :mod:`geo.travel.roads.route` draws one."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from shapely import linestrings

from geo.layers.geodesy import Floats
from geo.layers.roads import Roads
from geo.travel.roads.graph import Bools, RoadGraph
from geo.travel.roads.places import Places

Rows = NDArray[np.signedinteger[Any]]
Lines = NDArray[np.object_]


@dataclass(frozen=True)
class Steps:
    """The steps of many ways, those of a way together and in the order of travel.

    Attributes
    ----------
    owner
        Number of the way, rising from 0; each way has at least one step.
    edge, way
        The edge, and the direction in which it is travelled.
    """

    owner: Rows
    edge: Rows
    way: Rows

    @classmethod
    def of(cls, parts: list[tuple[Rows, Rows, Rows, Rows]]) -> "Steps":
        """Put steps in order: owner, edge, direction, and its number on the way."""
        owner, edge, way, number = (
            np.concatenate(one).astype(np.int64) for one in zip(*parts, strict=True)
        )
        order = np.lexsort((number, owner))
        return cls(owner[order], edge[order], way[order])

    def crossing(self, graph: RoadGraph, segments: Bools, ways: int) -> Bools:
        """Tell which ways take an edge that begins with one of these segments."""
        begin, end = graph.chain_first[self.edge], graph.chain_first[self.edge + 1]
        real = np.flatnonzero(end > begin)
        there = segments[graph.chain_segment[begin[real]]]
        out = np.zeros(ways, bool)
        out[self.owner[real[there]]] = True
        return out


@dataclass(frozen=True)
class _Pieces:
    """The segments of all steps, and where on its drawing each is left."""

    owner: Rows
    segment: Rows
    fraction: Floats


def lines_of_steps(
    ground: tuple[RoadGraph, Roads], steps: Steps, start: Places, end: Places
) -> Lines:
    """Return the lines of ways in degrees, no vertex twice in a row.

    Parameters
    ----------
    ground
        The graph and its roads.
    steps
        In the order of travel; where a way has a single step, it holds both places.
    start, end
        Of each way.

    Returns
    -------
    ndarray
        From the spot where the start touches the road to that of the end. Two equal
        vertices where both are one spot.
    """
    graph, roads = ground
    pieces = _pieces(graph, steps, start, end)
    one, other = roads.segment_from[pieces.segment], roads.segment_to[pieces.segment]
    spots = [
        np.append(
            begun,
            degrees[one] * (1.0 - pieces.fraction) + degrees[other] * pieces.fraction,
        )
        for begun, degrees in (
            (start.road_lon, roads.lon),
            (start.road_lat, roads.lat),
        )
    ]
    owner = np.append(np.arange(len(start)), pieces.owner)
    order = np.argsort(owner, kind="stable")
    return _joined(owner[order], np.column_stack(spots)[order])


def _pieces(graph: RoadGraph, steps: Steps, start: Places, end: Places) -> _Pieces:
    """Return the pieces of all ways, from the start's segment to the end's."""
    size = np.diff(graph.chain_first)[steps.edge]
    step = np.repeat(np.arange(len(size)), size)
    place = np.arange(len(step)) - np.repeat(np.cumsum(size) - size, size)
    owner, against = steps.owner[step], steps.way[step] == 1

    def travelled(along: Rows) -> Rows:
        """Return places in a chain as counted in the direction of travel, or back."""
        return np.asarray(np.where(against, size[step] - 1 - along, along))

    row = graph.chain_first[steps.edge][step] + travelled(place)
    fraction = np.where(graph.chain_reversed[row] == against, 1.0, 0.0)
    is_first = (np.diff(steps.owner, prepend=-1) > 0)[step]
    is_last = (np.diff(steps.owner, append=len(start)) > 0)[step]
    begin = travelled(graph.segment_place[start.segment][owner])
    stop = travelled(graph.segment_place[end.segment][owner])
    fraction = np.where(is_last & (place == stop), end.fraction[owner], fraction)
    kept = (~is_first | (place >= begin)) & (~is_last | (place <= stop))
    return _Pieces(owner[kept], graph.chain_segment[row[kept]], fraction[kept])


def _joined(owner: Rows, spots: Floats) -> Lines:
    """Return one line per owner; a line of one spot has it twice."""
    again = np.zeros(len(owner), bool)
    again[1:] = (owner[1:] == owner[:-1]) & (spots[1:] == spots[:-1]).all(axis=1)
    spots, owner = spots[~again], owner[~again]
    times = np.where(np.bincount(owner)[owner] == 1, 2, 1)
    drawn = linestrings(
        np.repeat(spots, times, axis=0), indices=np.repeat(owner, times)
    )
    return np.asarray(drawn, object)
