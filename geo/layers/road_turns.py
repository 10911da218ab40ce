"""Turn restrictions by position: those whose node and ways are all there."""

from collections import Counter

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.layers.road_cuts import positions_of
from geo.layers.roads import Roads

BEYOND = "turn restrictions on ways or nodes outside the extract: left out"
APART = "turn restrictions whose ways do not meet at their node: left out"


def placed_turns(
    table: pd.DataFrame, roads: Roads, faults: Counter[str]
) -> pd.DataFrame:
    """Return the restrictions that can be applied, by positions.

    Parameters
    ----------
    table
        Canonical table, ways and nodes by their numbers.
    roads
        Its nodes are in ascending order of their numbers.
    faults
        Takes what was left out.
    """
    ways = pd.Index(roads.way_id)
    placed = {
        "kind": table["kind"],
        "from_way": ways.get_indexer(pd.Index(table["from_way"])).astype(np.int32),
        "via_node": positions_of(table["via_node"].to_numpy(), roads.node_id),
        "to_way": ways.get_indexer(pd.Index(table["to_way"])).astype(np.int32),
        "exempt": table["exempt"],
    }
    turns = pd.DataFrame(placed, index=table.index).drop_duplicates()
    places = turns[["from_way", "via_node", "to_way"]]
    turns = _without(turns, (places < 0).any(axis=1).to_numpy(), BEYOND, faults)
    apart = ~(_meet(turns, "from_way", roads) & _meet(turns, "to_way", roads))
    return _without(turns, apart, APART, faults).reset_index(drop=True)


def _meet(turns: pd.DataFrame, side: str, roads: Roads) -> NDArray[np.bool_]:
    """Tell which of the ways touch the node of their restriction."""
    span = len(roads.node_id) + 1
    way = roads.segment_way.astype(np.int64)
    ends = np.concatenate([roads.segment_from, roads.segment_to])
    touching = np.concatenate([way, way]) * span + ends
    asked = turns[side].to_numpy(np.int64) * span + turns["via_node"].to_numpy()
    return np.isin(asked, touching)


def _without(
    turns: pd.DataFrame, bad: NDArray[np.bool_], fault: str, faults: Counter[str]
) -> pd.DataFrame:
    if bad.any():
        faults[fault] += int(bad.sum())
    return turns[~bad]
