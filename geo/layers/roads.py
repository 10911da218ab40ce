"""The road layer: ways cut into segments between consecutive OSM nodes.

Nothing here depends on who travels; a profile (:mod:`geo.travel.roads`) says how
fast each segment is, and whether it may be used at all.
"""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.layers.geodesy import Floats

Ints = NDArray[np.int32]
Ids = NDArray[np.int64]
TagSet = dict[str, str]


@dataclass(frozen=True)
class Roads:
    """All ways of a country that anybody may travel on.

    n nodes, w ways, m segments. Every position is an index into the arrays of this
    object, never an OSM number.

    Attributes
    ----------
    node_id, way_id
        OSM numbers, shapes (n,) and (w,).
    lon, lat
        Degrees, shape (n,).
    node_tags, way_tags
        Index into ``tag_sets``, shapes (n,) and (w,); 0 is the empty set.
    tag_sets
        Each combination of tags that matters to a profile, once.
    segment_way, segment_from, segment_to
        Way and end nodes of each segment in the direction of drawing, shape (m,). No
        segment has two equal ends or length 0.
    segment_m
        Geodesic length in metres, shape (m,).
    restrictions
        ``kind`` (no_left_turn, only_straight_on …), ``from_way``, ``via_node``,
        ``to_way`` (positions) and ``exempt`` (words of ``except``, joined by ;). Only
        restrictions through one node; others are counted in ``faults``.
    faults
        What was mended or left out while reading -> how often, for the notes.
    elevation
        Metres per node, shape (n,), NaN in a void; None without elevation data.
    """

    node_id: Ids
    lon: Floats
    lat: Floats
    node_tags: Ints
    way_id: Ids
    way_tags: Ints
    tag_sets: tuple[TagSet, ...]
    segment_way: Ints
    segment_from: Ints
    segment_to: Ints
    segment_m: Floats
    restrictions: pd.DataFrame
    faults: dict[str, int] = field(default_factory=dict)
    elevation: Floats | None = None
