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

import numpy as np
import osmium
import osmium.filter
import osmium.index
from osmium.osm import NODE, RELATION, WAY

from geo.sources.readers.osm_lifecycle import LAST_DAY, gone
from geo.sources.readers.osm_living import (
    DELETED,
    NODE_INDEX,
    OsmInput,
    living,
    several_versions,
)
from geo.sources.readers.osm_road_tags import (
    NODE_KEYS,
    NOT_THERE,
    as_text,
    is_conditional,
    matters_to_way,
    unknown_values,
)
from geo.sources.readers.osm_turns import Turn, turn_of

DRAFTS = "nodes of drafts (negative numbers) have no place: save all as OSM XML (.osm)"
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


def scan_roads(path: Path, day: str = "") -> RoadScan:
    """Return the roads, the tagged nodes and the turn restrictions of an OSM file.

    Parameters
    ----------
    path
        PBF or OSM XML.
    day
        Day of the file (ISO) where its header does not tell.

    Raises
    ------
    SourceFormatError
        If the file is no OSM file, cut short, or holds several versions of a road.
    """
    located = osmium.NodeLocationsForWays(osmium.index.create_map(NODE_INDEX))
    located.ignore_errors()
    with living(path) as source:
        found = RoadScan(date=source.date)
        if source.deleted:
            found.faults[DELETED] = source.deleted
        _take_nodes(source, located, found)
        walk = _Ways(found, source.date or day or LAST_DAY)
        for item in source.objects(_ways_and_turns(source.file, located)):
            if item.is_way():
                walk.take(item)
            else:
                _take_turn(item, found)
        if source.copied:
            _renumber(found, source.number)
    _require_one_version(path, found, walk.versions)
    drafts = int((np.asarray(found.refs) < 0).sum())
    if drafts and not source.copied:
        found.faults[DRAFTS] = drafts
    return found


def _take_nodes(source: OsmInput, located: Any, found: RoadScan) -> None:
    """Remember where each node is, and the tags of those that have any."""
    tagged = osmium.FileProcessor(source.file, NODE).with_filter(located)
    tagged = tagged.with_filter(osmium.filter.KeyFilter(*sorted(NODE_KEYS)))
    texts = _Texts()
    for item in source.objects(tagged):
        found.node_tags[item.id] = texts.of(item, NODE_KEYS.__contains__)


def _ways_and_turns(file: Any, located: Any) -> Any:
    roads = osmium.filter.KeyFilter("highway", "route")
    roads.enable_for(WAY)
    turns = osmium.filter.TagFilter(("type", "restriction"))
    turns.enable_for(RELATION)
    processor = osmium.FileProcessor(file, WAY | RELATION)
    return processor.with_filter(roads).with_filter(turns).with_filter(located)


class _Ways:
    """Takes the roads that are in use on a day, and remembers their versions."""

    def __init__(self, found: RoadScan, day: str) -> None:
        self.found = found
        self.day = day
        self.versions = array("i")
        self._texts = _Texts()

    def take(self, way: Any) -> None:
        """Take a way, or count why it is left out."""
        found, tags = self.found, {tag.k: tag.v for tag in way.tags}
        highway = tags.get("highway")
        if highway is None and tags.get("route") != "ferry":
            return  # the route of a bus, a hike, a railway
        left_out = self._left_out(tags)
        if left_out:
            found.faults[left_out] += 1
            return
        found.faults.update(unknown_values(tags))
        if any(is_conditional(key) for key in tags):
            found.faults[CONDITIONAL] += 1
        found.way_id.append(way.id)
        found.way_tags.append(self._texts.of(way, matters_to_way))
        self.versions.append(way.version)
        nodes = [(node.ref, node.x, node.y) for node in way.nodes]
        found.way_nodes.append(len(nodes))
        for ref, x, y in nodes:
            found.refs.append(ref)
            found.x.append(x)
            found.y.append(y)

    def _left_out(self, tags: dict[str, str]) -> str:
        """Return what says that a way is not there, as a fault; empty where it is."""
        highway = tags.get("highway")
        if highway in NOT_THERE:
            return f"highway={highway}: left out"
        said = gone(tags, "highway", self.day)
        return f"roads with {said.key} that are not in use: left out" if said else ""


def _renumber(found: RoadScan, own: Callable[[int], int]) -> None:
    """Give all objects the numbers that they have in the file itself."""
    found.way_id = array("q", map(own, found.way_id))
    found.refs = array("q", map(own, found.refs))
    found.node_tags = {own(node): tags for node, tags in found.node_tags.items()}
    found.turns = [
        turn._replace(
            from_way=own(turn.from_way),
            via_node=own(turn.via_node),
            to_way=own(turn.to_way),
        )
        for turn in found.turns
    ]


def _require_one_version(path: Path, found: RoadScan, versions: "array[int]") -> None:
    """Refuse a file in which a road stands in two versions."""
    ways, version = np.asarray(found.way_id), np.asarray(versions)
    order = np.lexsort((version, ways))
    ways, version = ways[order], version[order]
    again = np.flatnonzero((ways[1:] == ways[:-1]) & (version[1:] != version[:-1]))
    for place in again[:1]:
        raise several_versions(path, "way", ways[place], *version[place : place + 2])


def _take_turn(relation: Any, found: RoadScan) -> None:
    turn = turn_of(relation)
    if isinstance(turn, str):
        found.faults[turn] += 1
    else:
        found.turns.append(turn)
