"""Nodes that are split: barriers, forbidden turns, and where nobody turns back."""

from dataclasses import dataclass, replace

import numpy as np

from geo.layers.roads import Roads
from geo.travel.roads.contract import Chains
from geo.travel.roads.graph import Bools, Ints
from geo.travel.roads.turns import Ports


@dataclass(frozen=True)
class Split:
    """Segments between nodes, some of which lie at one spot.

    Attributes
    ----------
    tail, head
        Node per direction and segment, shape (2, m).
    spot
        Node of the roads where each node lies; the first n nodes are those of the
        roads.
    kept
        Nodes of the roads that are no inside of a chain, shape (n,).
    ports
        The nodes from this number on are ports.
    turn_tail, turn_head
        Nodes joined by a turn that is allowed.
    """

    tail: Ints
    head: Ints
    spot: Ints
    kept: Bools
    ports: int
    turn_tail: Ints
    turn_head: Ints


def split_nodes(roads: Roads, is_open: Bools, impassable: Bools, ports: Ports) -> Split:
    """Give barriers a node per segment, and forbidden turns their ports.

    A port of entry leads only to the ports where one may leave from there; every other
    arc goes to the node itself, which leads to all of them.

    Parameters
    ----------
    is_open
        Which directions of segments are open, shape (2, m).
    impassable
        Shape (n,).
    """
    tail = np.stack([roads.segment_from, roads.segment_to])
    # both directions of a segment end in the same copy: one may turn back at a gate
    barred = impassable[tail] & is_open.any(axis=0)
    count, copied = len(impassable), tail[barred]
    tail[barred] = count + np.arange(len(copied))
    head = tail[::-1].copy()
    start = count + len(copied)
    leave = start + np.arange(len(ports.leave), dtype=np.int32)
    entry = start + len(leave) + np.arange(len(ports.entry), dtype=np.int32)
    tail[ports.leave % 2, ports.leave // 2] = leave
    head[ports.entry % 2, ports.entry // 2] = entry
    kept = impassable.copy()
    kept[ports.leave_node] = True
    kept[ports.entry_node] = True
    by_entry, by_leave = ports.allowed
    own = np.arange(count, dtype=np.int64)
    spots = (own, copied.astype(np.int64), ports.leave_node, ports.entry_node)
    middle = ports.leave_node[ports.free].astype(np.int32)
    return Split(
        tail=tail,
        head=head,
        spot=np.concatenate(spots).astype(np.int32),
        kept=kept,
        ports=start,
        turn_tail=np.append(entry[by_entry], middle),
        turn_head=np.append(leave[by_leave], leave[ports.free]),
    )


def without_turning_back(split: Split, is_open: Bools, chains: Chains) -> Split:
    """Return nodes split so that nobody turns back inside a chain that ends at ports.

    Elsewhere turning back inside a chain gains nothing. Beside a forbidden turn it
    would: a few metres past the junction, round, and into the other road. In a
    contracted graph that cannot be done, and so it must not be where chains are kept
    as single segments.
    """
    tail, head = chains.ends(split.tail, split.head)
    at_ports = np.maximum(tail, head).max(axis=0) >= split.ports
    chain = np.repeat(np.arange(len(chains)), np.diff(chains.first))
    joint = np.flatnonzero((chain[1:] == chain[:-1]) & at_ports[chain[1:]])
    joint = joint[(is_open[0] & is_open[1])[chains.segment[joint]]]
    # direction 1 of the chain gets nodes of its own
    near, far = chains.segment[joint], chains.segment[joint + 1]
    row = 1 - chains.against.astype(int)
    tail, head = split.tail.copy(), split.head.copy()
    spot = np.append(split.spot, tail[row[joint], near])
    new = len(split.spot) + np.arange(len(joint))
    tail[row[joint], near] = new
    head[row[joint + 1], far] = new
    return replace(split, tail=tail, head=head, spot=spot)
