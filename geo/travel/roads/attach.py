"""Places on the edges of one graph, in seconds."""

import numpy as np

from geo.errors import RoadError
from geo.travel.roads.chains import sums_beside
from geo.travel.roads.graph import RoadGraph
from geo.travel.roads.places import Attached, Places


def attach(graph: RoadGraph, places: Places) -> Attached:
    """Return where places lie on the edges of a graph.

    A spot divides the seconds of its segment in proportion to length. The sums on
    both sides are added up one by one, not subtracted from the whole edge.

    Parameters
    ----------
    graph
        Of the same roads; it may be contracted or not.
    places
        p points; unsnapped ones get edge -1 and inf.

    Raises
    ------
    RoadError
        If a place lies on a segment that the graph does not have.
    """
    snapped = np.flatnonzero(~places.unsnapped)
    segment = places.segment[snapped]
    gone = segment >= len(graph.segment_edge)
    gone[~gone] = graph.segment_edge[segment[~gone]] < 0
    if gone.any():
        raise RoadError(
            f"segment {segment[gone][0]} is not open to this profile",
            where=f"place {snapped[gone][0]}",
            remedy="Snap the points with an index of the same graph",
        )
    edge = np.full(len(places), -1, np.int32)
    place = np.full(len(places), -1, np.int32)
    edge[snapped] = graph.segment_edge[segment]
    place[snapped] = graph.segment_place[segment]
    since, until = np.full((2, 2, len(places)), np.inf)
    sums_beside(
        graph.segment_seconds,
        (graph.chain_first, graph.chain_segment, graph.chain_reversed),
        edge,
        place,
        places.fraction,
        (since, until),
    )
    return Attached(edge, since, until, places.leg_seconds)
