"""Chains of segments that leave a traveller no choice become one edge.

A node is inside a chain if exactly two usable segments end there, nothing keeps it (it
is neither split nor a port), and who comes in by one may go on by the other in the same
directions: both are two-way, or both are one-way and one continues the other. A ring
of such nodes keeps the node where its lowest segment starts.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geo.layers.geodesy import Floats
from geo.layers.roads import Roads
from geo.travel.roads.chains import join_order, walk_chains
from geo.travel.roads.graph import Bools, Ints, Longs

#: segments that end at a node inside a chain: one to come by, one to go on
_THROUGH = 2


@dataclass(frozen=True)
class Chains:
    """Segments by chain.

    Attributes
    ----------
    first
        Chain k is ``first[k]:first[k + 1]``, shape (chains + 1,).
    segment, against
        Segments in order, and which are walked against their drawing.
    """

    first: Longs
    segment: Ints
    against: Bools

    def __len__(self) -> int:
        """Return the number of chains."""
        return len(self.first) - 1

    def ordered(self, order: NDArray[np.int64]) -> "Chains":
        """Return the chains in another order."""
        rows, first = join_order(self.first, order)
        return Chains(first, self.segment[rows], self.against[rows])

    def apart(self) -> "Chains":
        """Return every segment as its own chain, in its direction of drawing."""
        segment = np.sort(self.segment)
        count = len(segment)
        return Chains(np.arange(count + 1), segment, np.zeros(count, bool))

    def ends(self, tail: Ints, head: Ints) -> tuple[Ints, Ints]:
        """Return start and end node per direction and chain, shape (2, chains).

        Parameters
        ----------
        tail, head
            Nodes per direction and segment, shape (2, m).
        """
        left, right = self.first[:-1], self.first[1:] - 1
        start, stop = self.segment[left], self.segment[right]
        row, last = self.against[left].astype(int), self.against[right].astype(int)
        return (
            np.stack([tail[row, start], tail[1 - last, stop]]),
            np.stack([head[last, stop], head[1 - row, start]]),
        )


def chains_of(roads: Roads, is_open: Bools, kept: Bools) -> Chains:
    """Return every segment that is open in some direction, in chains.

    Parameters
    ----------
    is_open
        Shape (2, m).
    kept
        Nodes that no chain may run through, shape (n,).
    """
    usable: Bools = np.asarray(is_open.any(axis=0))
    mate = np.full(2 * len(usable), -1, np.int64)
    one, other = _joints(roads, is_open, kept)
    mate[one], mate[other] = other, one
    path = np.zeros(np.count_nonzero(usable), np.int32)
    against = np.zeros(len(path), bool)
    first = np.zeros(len(path) + 1, np.int64)
    count = walk_chains(mate, usable, path, against, first)
    return Chains(first[: count + 1].copy(), path, against)


def _joints(roads: Roads, is_open: Bools, kept: Bools) -> tuple[Longs, Longs]:
    """Return the pairs of segment ends that continue one another in a chain."""
    usable = is_open.any(axis=0)
    at = np.stack([roads.segment_from, roads.segment_to], axis=1).ravel()
    counted = np.repeat(usable, 2)
    plain = np.bincount(at[counted], minlength=len(kept)) == _THROUGH
    plain &= ~kept
    ends = np.flatnonzero(counted & plain[at])
    ends = ends[np.argsort(at[ends], kind="stable")]
    one, other = ends[::2], ends[1::2]
    come, go = _passage(is_open, one), _passage(is_open, other)
    fit = (come == go[::-1]).all(axis=0)
    return one[fit], other[fit]


def _passage(is_open: Bools, ends: Longs) -> Bools:
    """Tell whether one may come to, and go from, the node at each segment end."""
    segment, side = ends // 2, ends % 2
    return np.stack([is_open[1 - side, segment], is_open[side, segment]])


def chain_seconds(segment_seconds: Floats, chains: Chains) -> Floats:
    """Return seconds per direction and chain, shape (2, chains); no chain is empty.

    Added up in float64 by ``np.add.reduceat``: the terms are not negative, so the
    relative error is below the number of segments x 1.2e-16.

    Parameters
    ----------
    segment_seconds
        Shape (2, m), inf where closed.
    """
    if not len(chains):
        return np.empty((2, 0))
    row = chains.against.astype(int)
    terms = np.stack(
        [segment_seconds[row, chains.segment], segment_seconds[1 - row, chains.segment]]
    )
    return np.asarray(np.add.reduceat(terms, chains.first[:-1], axis=1))
