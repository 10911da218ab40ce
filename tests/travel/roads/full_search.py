"""The peer of a scenario: a search of the edited network from nothing."""

from dataclasses import replace

import numpy as np

from geo.travel.roads.attach import attach
from geo.travel.roads.nearest import nearest


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
