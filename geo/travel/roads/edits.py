"""Other seconds on some segments of a graph: edges are split where it must be.

All segments of an edge are open in the same directions. Where an edit opens or closes
only some of them, the edge falls into pieces that meet in new nodes, as they would in
a graph built anew: one may turn back where a piece ends. Numbers never shift: the
first piece keeps the number of the edge, other pieces and all new nodes are appended.
"""

from dataclasses import dataclass, replace

import numpy as np

from geo.errors import RoadError
from geo.layers.geodesy import Floats
from geo.layers.roads import Roads
from geo.travel.roads.chains import join_order
from geo.travel.roads.contract import Chains, chain_seconds
from geo.travel.roads.graph import Bools, Ints, Longs, RoadGraph


@dataclass(frozen=True)
class Edited:
    """A graph after an edit.

    Attributes
    ----------
    graph
        The new graph.
    touched
        Edges of the old graph whose ends or seconds are others now; further ones are
        the edges from ``graph.edges`` of the old graph on.
    """

    graph: RoadGraph
    touched: Ints


def with_seconds(
    graph: RoadGraph, segments: Ints, seconds: Floats, roads: Roads | None = None
) -> Edited:
    """Return a graph in which some segments take other times.

    Parameters
    ----------
    segments
        Segments that have an edge, each once, shape (k,).
    seconds
        In and against the direction of drawing, inf where closed, shape (2, k).
    roads
        Where given, new nodes get their degrees from there, else NaN.

    Raises
    ------
    RoadError
        If a segment does not exist, has no edge or comes twice, or a time is bad.
    """
    segments = checked_segments(graph, segments)
    seconds = checked_seconds(seconds, (2, len(segments)))
    whole = graph.segment_seconds.copy()
    whole[:, segments] = seconds
    changed = (whole != graph.segment_seconds).any(axis=0)
    touched = np.unique(graph.segment_edge[segments[changed[segments]]])
    new = cut_at(graph, _joints(graph, touched, np.isfinite(whole)), roads)
    added = np.arange(graph.edges, new.edges, dtype=np.int32)
    return Edited(_summed(new, np.append(touched, added), whole), touched)


def cut_at(graph: RoadGraph, joints: Longs, roads: Roads | None = None) -> RoadGraph:
    """Return the graph with edges cut into pieces.

    Parameters
    ----------
    joints
        Places in ``chain_segment`` inside chains, in order, each once; a new piece
        starts there.
    """
    if not len(joints):
        return graph
    row = graph.segment_edge[graph.chain_segment[joints]]
    new = _with_ends(graph, row)
    lon, lat = _spots(graph, joints, roads)
    chains = _cut_chains(graph, joints)
    added = np.arange(graph.edges, new.edges, dtype=np.int32)
    rows = np.append(np.unique(row), added)
    at, _ = join_order(chains.first, rows.astype(np.int64))
    size = np.diff(chains.first)[rows]
    edge, place = graph.segment_edge.copy(), graph.segment_place.copy()
    edge[chains.segment[at]] = np.repeat(rows, size)
    place[chains.segment[at]] = at - np.repeat(chains.first[rows], size)
    new = replace(
        new,
        lon=np.append(graph.lon, lon),
        lat=np.append(graph.lat, lat),
        chain_first=chains.first,
        chain_segment=chains.segment,
        chain_reversed=chains.against,
        segment_edge=edge,
        segment_place=place,
    )
    return _summed(new, rows, graph.segment_seconds)


def with_edges(
    graph: RoadGraph,
    ends: tuple[Ints, Ints],
    seconds: Floats,
    segments: Ints | None = None,
) -> RoadGraph:
    """Return a graph with more edges between nodes that it has.

    Parameters
    ----------
    ends
        Nodes where each edge starts and ends, shape (k,) each.
    seconds
        Along and against each edge, inf where closed, shape (2, k).
    segments
        The one segment of each new edge, which has had none, shape (k,); by default
        the edges have no segments.
    """
    tail, head = (np.asarray(nodes, np.int32) for nodes in ends)
    count = len(tail)
    places, edges = graph.segment_place.copy(), graph.segment_edge.copy()
    own = graph.segment_seconds
    if segments is not None:
        edges[segments] = graph.edges + np.arange(count)
        places[segments] = 0
        own = own.copy()
        own[:, segments] = seconds
    added = np.empty(0, np.int32) if segments is None else segments
    step = 0 if segments is None else 1
    last = graph.chain_first[-1] + step * np.arange(1, count + 1)
    return replace(
        graph,
        tail=np.append(graph.tail, [tail, head], axis=1),
        head=np.append(graph.head, [head, tail], axis=1),
        seconds=np.append(graph.seconds, seconds, axis=1),
        chain_first=np.append(graph.chain_first, last),
        chain_segment=np.append(graph.chain_segment, added).astype(np.int32),
        chain_reversed=np.append(graph.chain_reversed, np.zeros(len(added), bool)),
        segment_edge=edges,
        segment_place=places,
        segment_seconds=own,
    )


def checked_segments(graph: RoadGraph, segments: Ints, *, edge: bool = True) -> Ints:
    """Return segments as numbers, each once.

    Parameters
    ----------
    edge
        Whether each must have an edge.

    Raises
    ------
    RoadError
        If a segment does not exist, has no edge or comes twice.
    """
    given = np.atleast_1d(np.asarray(segments))
    if given.ndim != 1 or not (len(given) and np.issubdtype(given.dtype, np.integer)):
        raise _unusable(f"{segments!r} are no segments")
    out = (given < 0) | (given >= len(graph.segment_edge))
    if out.any():
        raise _unusable(
            f"there is no segment {given[out][0]} among {len(graph.segment_edge)}"
        )
    if len(np.unique(given)) < len(given):
        raise _unusable("a segment is named twice")
    closed = graph.segment_edge[given] < 0
    if edge and closed.any():
        raise RoadError(
            f"segment {given[closed][0]} is closed to this profile both ways",
            where="edit of a road",
            remedy="Open it first; that needs the roads of the graph",
        )
    return given.astype(np.int32)


def checked_seconds(seconds: Floats | float, shape: tuple[int, ...]) -> Floats:
    """Return seconds as an array of a shape.

    Raises
    ------
    RoadError
        If they do not fit the shape, or a time is negative or no number.
    """
    try:
        given = np.asarray(seconds, np.float64)
    except (TypeError, ValueError):
        raise _no_time(seconds) from None
    try:
        given = np.broadcast_to(given, shape)
    except ValueError:
        raise RoadError(
            f"seconds of shape {np.shape(seconds)} where {shape} is needed",
            where="edit of a road",
            remedy="Give one number, or one per direction and segment",
        ) from None
    bad = ~(given >= 0)
    if bad.any():
        raise _no_time(given[bad][0])
    return given


def _no_time(given: object) -> RoadError:
    return RoadError(
        f"{given} is no time",
        where="edit of a road",
        remedy="Give seconds of 0 or more, and inf where the direction is closed",
    )


def _unusable(what: str) -> RoadError:
    return RoadError(
        what,
        where="edit of a road",
        remedy="Give positions of segments of the same roads",
    )


def _joints(graph: RoadGraph, touched: Ints, is_open: Bools) -> Longs:
    """Find the joints of edges where the open directions change."""
    at, first = join_order(graph.chain_first, touched.astype(np.int64))
    row = np.repeat(touched, np.diff(first))
    against = graph.chain_reversed[at].astype(int)
    segment = graph.chain_segment[at]
    ways = np.stack([is_open[against, segment], is_open[1 - against, segment]])
    change = (ways[:, 1:] != ways[:, :-1]).any(axis=0) & (row[1:] == row[:-1])
    return at[np.flatnonzero(change) + 1]


def _summed(graph: RoadGraph, rows: Ints, segment_seconds: Floats) -> RoadGraph:
    """Return the graph with the seconds of some edges added up from segments."""
    at, first = join_order(graph.chain_first, rows.astype(np.int64))
    chains = Chains(first, graph.chain_segment[at], graph.chain_reversed[at])
    seconds = graph.seconds.copy()
    seconds[:, rows] = chain_seconds(segment_seconds, chains)
    return replace(graph, seconds=seconds, segment_seconds=segment_seconds)


def _with_ends(graph: RoadGraph, row: Ints) -> RoadGraph:
    """Return the graph with a new node and a new piece per cut of an edge."""
    count = len(row)
    node = graph.nodes + np.arange(count, dtype=np.int32)
    piece = graph.edges + np.arange(count, dtype=np.int32)
    tail = np.append(graph.tail, graph.tail[:, row], axis=1)
    head = np.append(graph.head, graph.head[:, row], axis=1)
    # the last piece of an edge keeps its end, every other one ends at the next cut
    last = np.append(row[1:] != row[:-1], [True])
    inner = np.flatnonzero(~last)
    first = np.flatnonzero(np.append([True], last[:-1]))
    tail[0, piece], head[1, piece] = node, node
    head[0, piece[inner]], tail[1, piece[inner]] = node[inner + 1], node[inner + 1]
    head[0, row[first]], tail[1, row[first]] = node[first], node[first]
    seconds = np.append(graph.seconds, graph.seconds[:, row], axis=1)
    return replace(graph, tail=tail, head=head, seconds=seconds)


def _cut_chains(graph: RoadGraph, joints: Longs) -> Chains:
    """Return the chains of all pieces in the order of their numbers."""
    begins = np.append(graph.chain_first[:-1], joints)
    # an edge without segments begins where the next one does, and comes before it
    order = np.argsort(begins, kind="stable")
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    first = np.append(begins[order], graph.chain_first[-1])
    rows, new_first = join_order(first, rank)
    return Chains(new_first, graph.chain_segment[rows], graph.chain_reversed[rows])


def _spots(
    graph: RoadGraph, joints: Longs, roads: Roads | None
) -> tuple[Floats, Floats]:
    """Return degrees of the joints, NaN without the roads."""
    if roads is None:
        nothing = np.full(len(joints), np.nan)
        return nothing, nothing.copy()
    segment, against = graph.chain_segment[joints], graph.chain_reversed[joints]
    node = np.where(against, roads.segment_to[segment], roads.segment_from[segment])
    return roads.lon[node], roads.lat[node]
