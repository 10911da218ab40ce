"""Turn restrictions as forbidden pairs of arcs, and nodes split so that none is left.

An arc is one direction of a segment: 2s along the drawing of segment s, 2s + 1 against
it. Reading of the rules (https://wiki.openstreetmap.org/wiki/Relation:restriction):

* ``no_*`` forbids the turn from one way into the other, ``only_*`` every other turn
  (turning back too). Of several ``only_*`` for one arc each stays allowed.
* Where a way touches the node with two segments (a ring that closes there, or a way
  that was not cut at the node) both are meant: the relation does not tell them apart,
  and forbidding too much errs on the slow side. If both members are the same way,
  ``*_u_turn`` means turning back on a segment, any other kind changing over between
  its two segments.
* An ``only_*`` whose target cannot be entered from the node is void: nobody can be held
  to a way that is closed.
"""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.errors import RoadError
from geo.layers.roads import Roads
from geo.travel.roads.graph import Bools, Longs


def holding(roads: Roads, words: Collection[str]) -> Bools:
    """Tell which restrictions hold for a profile, by their ``except`` words.

    Parameters
    ----------
    words
        What the profile counts as, e.g. ``{"motorcar"}``; an ambulance on duty adds
        ``emergency``. On foot no restriction holds: do not ask.

    Returns
    -------
    array
        One bool per row of ``roads.restrictions``.
    """
    exempt = roads.restrictions["exempt"].fillna("").astype(str)
    free = [
        not {word.strip() for word in text.split(";")}.isdisjoint(words)
        for text in exempt
    ]
    return ~np.array(free, dtype=bool)


@dataclass(frozen=True)
class Ports:
    """How the nodes with forbidden turns are split.

    Attributes
    ----------
    entry, entry_node
        Arcs that may not turn everywhere, and the roads node each enters.
    leave, leave_node
        All arcs that leave such nodes, likewise.
    allowed
        Pairs of rows of ``entry`` and ``leave``, shape (2, k).
    free
        Rows of ``leave`` that other arcs (without a forbidden turn) go on to.
    """

    entry: Longs
    entry_node: Longs
    leave: Longs
    leave_node: Longs
    allowed: Longs
    free: Longs


def ports_of(roads: Roads, is_open: Bools, whole: Bools, rows: Bools) -> Ports:
    """Return the ports that make forbidden turns impossible.

    Parameters
    ----------
    is_open
        Which directions of segments are open, shape (2, m).
    whole
        Which nodes can be passed, shape (n,): a barrier has no turns anyway.
    rows
        Which restrictions hold.

    Raises
    ------
    RoadError
        If a restriction is neither a ``no_*`` nor an ``only_*``.
    """
    rules = roads.restrictions.loc[rows, ["kind", "from_way", "via_node", "to_way"]]
    _check_kinds(rules["kind"])
    rules = rules[whole[rules["via_node"].to_numpy(np.int64)]]
    entering, leaving = _arcs_at(roads, is_open, rules["via_node"].to_numpy(np.int64))
    banned = _banned(rules, entering, leaving)
    split = np.unique(banned["node"].to_numpy(np.int64))
    entry = np.unique(banned["entry"].to_numpy(np.int64))
    at_split = entering[entering["node"].isin(split)]
    strict = at_split[at_split["arc"].isin(entry)].sort_values("arc")
    others = at_split.loc[~at_split["arc"].isin(entry), "node"]
    outward = leaving[leaving["node"].isin(split)].sort_values("arc")
    pairs = _pairs(strict, outward)
    pairs = pairs[~_index(pairs).isin(_index(banned))]
    leave = outward["arc"].to_numpy(np.int64)
    return Ports(
        entry=strict["arc"].to_numpy(np.int64),
        entry_node=strict["node"].to_numpy(np.int64),
        leave=leave,
        leave_node=outward["node"].to_numpy(np.int64),
        allowed=np.stack(
            [
                np.searchsorted(strict["arc"].to_numpy(np.int64), pairs["entry"]),
                np.searchsorted(leave, pairs["leave"]),
            ]
        ).astype(np.int64),
        free=np.flatnonzero(outward["node"].isin(others).to_numpy()),
    )


def _check_kinds(kinds: "pd.Series[str]") -> None:
    strange = ~kinds.str.startswith(("no_", "only_"))
    if strange.any():
        raise RoadError(
            f"{kinds[strange].iloc[0]!r} is no turn restriction",
            where=f"restriction {kinds.index[strange][0]}",
            remedy="Give kinds that begin with no_ or only_, or leave the row out",
        )


def _arcs_at(
    roads: Roads, is_open: Bools, nodes: NDArray[np.int64]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the open arcs that enter and that leave the nodes, with their ways."""
    at = np.zeros(len(roads.lon), bool)
    at[nodes] = True
    tail = np.stack([roads.segment_from, roads.segment_to])
    found = []
    for node in (tail[::-1], tail):
        direction, segment = np.nonzero(is_open & at[node])
        found.append(
            pd.DataFrame(
                {
                    "arc": 2 * segment + direction,
                    "node": node[direction, segment].astype(np.int64),
                    "way": roads.segment_way[segment].astype(np.int64),
                }
            )
        )
    return found[0], found[1]


def _banned(
    rules: pd.DataFrame, entering: pd.DataFrame, leaving: pd.DataFrame
) -> pd.DataFrame:
    """Return the forbidden pairs ``entry``, ``leave`` with their ``node``."""
    named = rules.merge(
        entering.rename(columns={"arc": "entry", "node": "via_node", "way": "from_way"})
    ).merge(
        leaving.rename(columns={"arc": "leave", "node": "via_node", "way": "to_way"})
    )
    back = named["entry"] // 2 == named["leave"] // 2
    about = named["kind"].str.endswith("u_turn")
    named = named[(named["from_way"] != named["to_way"]) | (back == about)]
    named = named.rename(columns={"via_node": "node"})
    only = named[named["kind"].str.startswith("only_")]
    strict = entering[entering["arc"].isin(only["entry"])]
    other = _pairs(strict, leaving)
    other = other[~_index(other).isin(_index(only))]
    no = named[named["kind"].str.startswith("no_")]
    return pd.concat([no[["entry", "leave", "node"]], other]).drop_duplicates()


def _pairs(entering: pd.DataFrame, leaving: pd.DataFrame) -> pd.DataFrame:
    """Return every turn from the one into the other arcs."""
    return (
        entering[["arc", "node"]]
        .rename(columns={"arc": "entry"})
        .merge(leaving[["arc", "node"]].rename(columns={"arc": "leave"}))[
            ["entry", "leave", "node"]
        ]
    )


def _index(pairs: pd.DataFrame) -> pd.MultiIndex:
    return pd.MultiIndex.from_frame(pairs[["entry", "leave"]])
