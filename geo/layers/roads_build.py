"""The road layer out of the readers' tables, for a country or for one file."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from geo.errors import LayerError
from geo.layers.elevation import with_elevation
from geo.layers.inputs import Inputs, stack
from geo.layers.road_cuts import cut_ways, joined_spots, positions_of
from geo.layers.road_tags import TagSets, united
from geo.layers.road_turns import placed_turns
from geo.layers.roads import Ints, Roads
from geo.sources.country import Country
from geo.sources.feeding import Feeding
from geo.sources.readers.osm_roads import read_road_tables


def build_roads(inputs: Inputs, country: Country) -> Roads | None:
    """Join the roads of all extracts of a country, with the heights it declares.

    Parameters
    ----------
    inputs
        Stacked canonical tables; of a way or node given twice the first holds.
    country
        Its bounds must hold some of the roads.

    Returns
    -------
    Roads or None
        None where no source feeds roads.

    Raises
    ------
    LayerError
        If no road lies within the bounds of the country.
    SourceFormatError
        If a raster of heights cannot be read.
    """
    if not inputs.fed("road_ways"):
        return None
    roads = roads_of(inputs)
    _require_inside(roads, country)
    tiles = [Path(path) for path in inputs.table("elevation_tiles")["path"]]
    return with_elevation(roads, tiles) if tiles else roads


def read_roads(path: Path) -> Roads:
    """Read the roads of one OpenStreetMap file, without any country.

    Parameters
    ----------
    path
        PBF or OSM XML (plain, gzip or bzip2).

    Raises
    ------
    SourceFormatError
        If the file is no OSM file, cut short, or holds no road.
    """
    result = read_road_tables(path)
    return roads_of(stack([Feeding(path.name, result.date, result)]))


def fault_notes(roads: Roads | None) -> tuple[str, ...]:
    """Return what was mended or left out as sentences for the build report."""
    faults = roads.faults if roads else {}
    return tuple(f"roads: {count:,} {fault}" for fault, count in faults.items())


def roads_of(inputs: Inputs) -> Roads:
    """Return the roads of the stacked tables, wherever they lie."""
    faults = _told(inputs.table("road_faults"))
    nodes = inputs.table("road_nodes").drop_duplicates("node_id").sort_values("node_id")
    ways = inputs.table("road_ways")
    cuts = cut_ways(ways, inputs.table("road_refs"), nodes, faults)
    cuts, stand_in = joined_spots(cuts, len(nodes), faults)
    used, ends = np.unique(np.concatenate([cuts.start, cuts.end]), return_inverse=True)
    rows, way = np.unique(cuts.way, return_inverse=True)
    start, end = np.split(ends.astype(np.int32), 2)
    sets = TagSets()
    way_tags = sets.positions(ways["tags"].iloc[rows])
    node_tags = _node_tags(inputs.table("road_node_tags"), nodes, stand_in, sets)
    roads = Roads(
        node_id=nodes["node_id"].to_numpy()[used],
        lon=nodes["lon"].to_numpy()[used],
        lat=nodes["lat"].to_numpy()[used],
        node_tags=node_tags[used],
        way_id=ways["way_id"].to_numpy()[rows],
        way_tags=way_tags,
        tag_sets=sets.listed,
        segment_way=way.astype(np.int32),
        segment_from=start,
        segment_to=end,
        segment_m=cuts.metres,
        restrictions=pd.DataFrame(),
    )
    turns = _via_stand_ins(inputs.table("road_restrictions"), nodes, stand_in)
    return replace(
        roads,
        restrictions=placed_turns(turns, roads, faults),
        faults=dict(sorted(faults.items())),
    )


def _told(table: pd.DataFrame) -> Counter[str]:
    """Return what the readers have counted."""
    faults: Counter[str] = Counter()
    for fault, count in zip(table["fault"], table["count"], strict=True):
        faults[fault] += count
    return faults


def _node_tags(
    table: pd.DataFrame, nodes: pd.DataFrame, stand_in: Ints, sets: TagSets
) -> Ints:
    """Return the tag set of each node; those at one spot share theirs."""
    place = positions_of(table["node_id"].to_numpy(), nodes["node_id"].to_numpy())
    here = place >= 0
    group = table["tags"][here].groupby(stand_in[place[here]], sort=True)
    one = group.agg(lambda tags: united(tags) if len(tags) > 1 else tags.iloc[0])
    out = np.zeros(len(nodes), np.int32)
    out[one.index.to_numpy(np.int64)] = sets.positions(one)
    return out


def _via_stand_ins(
    turns: pd.DataFrame, nodes: pd.DataFrame, stand_in: Ints
) -> pd.DataFrame:
    """Let each restriction name the node that stands for its own."""
    number = nodes["node_id"].to_numpy()
    via = turns["via_node"].to_numpy()
    place = positions_of(via, number)
    found = place >= 0
    via = via.copy()
    via[found] = number[stand_in[place[found]]]
    return turns.assign(via_node=via)


def _require_inside(roads: Roads, country: Country) -> None:
    west, south, east, north = country.bounds
    inside = (west <= roads.lon) & (roads.lon <= east)
    inside &= (south <= roads.lat) & (roads.lat <= north)
    if not inside.any():
        raise LayerError(
            f"no road of the extract lies within the bounds {country.bounds}",
            where=f"country {country.code}, layer roads",
            remedy="Feed the extract of this country, or mend `bounds` in its "
            "country.yaml.",
        )
