"""Walks an OpenStreetMap file and picks out roads, their nodes and restrictions.

The nodes of the whole file pass through osmium's own index, without becoming Python
objects; only those with a tag that matters, and the ways that are roads, do. The file
is read twice, so it does not matter whether its nodes or its ways come first.
"""

from array import array
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import osmium
import osmium.filter
import osmium.index
from osmium.osm import NODE, RELATION, WAY

from geo.sources.readers.osm_open import damage_told, day_of, osm_input
from geo.sources.readers.osm_road_tags import (
    NODE_KEYS,
    NOT_THERE,
    as_text,
    is_conditional,
    matters_to_way,
)
from geo.sources.readers.osm_turns import Turn, turn_of

#: 16 bytes per node of the file, whatever the numbers of the nodes are
_INDEX = "sparse_mmap_array"
CONDITIONAL = "ways with tags that hold only at times: taken without them"


@dataclass
class RoadScan:
    """What was found in one file, in its order.

    Attributes
    ----------
    way_id, way_nodes, way_tags
        Of each road: number, count of nodes, tags as text.
    refs, x, y
        Nodes of all roads, one road after another: number, and position in 1e-7
        degrees (osmium's mark of an unknown place where the node is not in the file).
    node_tags
        Number of a node -> tags as text, on roads or not.
    turns
        Turn restrictions through one node.
    faults
        What was left out -> how often.
    date
        Day of the extract (ISO) where its header tells, else empty.
    """

    way_id: "array[int]" = field(default_factory=lambda: array("q"))
    way_nodes: "array[int]" = field(default_factory=lambda: array("i"))
    way_tags: list[str] = field(default_factory=list)
    refs: "array[int]" = field(default_factory=lambda: array("q"))
    x: "array[int]" = field(default_factory=lambda: array("i"))
    y: "array[int]" = field(default_factory=lambda: array("i"))
    node_tags: dict[int, str] = field(default_factory=dict)
    turns: list[Turn] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)
    date: str = ""


class _Texts:
    """Tags as text; each combination is written once."""

    def __init__(self) -> None:
        self._known: dict[tuple[tuple[str, str], ...], str] = {}

    def of(self, item: Any, matters: Callable[[str], bool]) -> str:
        kept = tuple([(tag.k, tag.v) for tag in item.tags if matters(tag.k)])
        text = self._known.get(kept)
        if text is None:
            text = self._known[kept] = as_text(kept)
        return text


def scan_roads(path: Path) -> RoadScan:
    """Return the roads, the tagged nodes and the turn restrictions of an OSM file.

    Raises
    ------
    SourceFormatError
        If the file is no OSM file, or cut short.
    """
    found = RoadScan()
    source = osm_input(path)
    located = osmium.NodeLocationsForWays(osmium.index.create_map(_INDEX))
    located.ignore_errors()
    with damage_told(path):
        _take_nodes(source, located, found)
        processor = _ways_and_turns(source, located)
        texts = _Texts()
        for item in processor:
            if item.is_way():
                _take_way(item, texts, found)
            else:
                _take_turn(item, found)
        found.date = day_of(processor.header)
    return found


def _take_nodes(source: Any, located: Any, found: RoadScan) -> None:
    """Remember where each node is, and the tags of those that have any."""
    tagged = osmium.FileProcessor(source, NODE).with_filter(located)
    tagged = tagged.with_filter(osmium.filter.KeyFilter(*sorted(NODE_KEYS)))
    texts = _Texts()
    for item in tagged:
        found.node_tags[item.id] = texts.of(item, NODE_KEYS.__contains__)


def _ways_and_turns(source: Any, located: Any) -> Any:
    roads = osmium.filter.KeyFilter("highway", "route")
    roads.enable_for(WAY)
    turns = osmium.filter.TagFilter(("type", "restriction"))
    turns.enable_for(RELATION)
    processor = osmium.FileProcessor(source, WAY | RELATION)
    return processor.with_filter(roads).with_filter(turns).with_filter(located)


def _take_way(way: Any, texts: _Texts, found: RoadScan) -> None:
    highway = way.tags.get("highway")
    if highway in NOT_THERE:
        found.faults[f"highway={highway}: left out"] += 1
        return
    if highway is None and way.tags.get("route") != "ferry":
        return  # the route of a bus, a hike, a railway
    if any(is_conditional(tag.k) for tag in way.tags):
        found.faults[CONDITIONAL] += 1
    found.way_id.append(way.id)
    found.way_tags.append(texts.of(way, matters_to_way))
    nodes = [(node.ref, node.x, node.y) for node in way.nodes]
    found.way_nodes.append(len(nodes))
    for ref, x, y in nodes:
        found.refs.append(ref)
        found.x.append(x)
        found.y.append(y)


def _take_turn(relation: Any, found: RoadScan) -> None:
    turn = turn_of(relation)
    if isinstance(turn, str):
        found.faults[turn] += 1
    else:
        found.turns.append(turn)
