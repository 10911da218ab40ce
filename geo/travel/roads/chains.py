"""Loops over segments: chains walked from end to end, and sums along them.

End 2s of segment s is the node where its drawing starts, end 2s + 1 the other one.
"""

import numpy as np
from numpy.typing import NDArray

from geo.layers.geodesy import Floats
from geo.travel.roads.graph import Bools, Ints, Longs
from geo.travel.roads.kernels.jit import kernel


@kernel
def _follow(
    start: int, mate: Longs, seen: Bools, path: Ints, against: Bools, filled: int
) -> int:
    """Write the chain that starts at an end; return how far ``path`` is filled."""
    end = start
    while True:
        segment = end >> 1
        seen[segment] = True
        path[filled] = segment
        against[filled] = (end & 1) == 1
        filled += 1
        end = mate[end ^ 1]
        if end < 0 or seen[end >> 1]:
            return filled


@kernel
def walk_chains(
    mate: Longs, usable: Bools, path: Ints, against: Bools, first: Longs
) -> int:
    """Write every usable segment into one chain; return the number of chains.

    Parameters
    ----------
    mate
        The end that continues each end inside a chain, -1 where a chain ends, shape
        (2m,).
    usable
        Which segments are taken, shape (m,).
    path, against, first
        Filled: segments in order, whether each is walked against its drawing, and
        where each chain starts (one more than there are chains). Chains come in the
        order of their lowest end segment, then rings in that of their lowest segment.
    """
    seen = ~usable
    filled = 0
    chains = 0
    for rings in range(2):
        for segment in range(len(usable)):
            if seen[segment]:
                continue
            start = 2 * segment
            if rings == 0 and mate[start] >= 0:
                start += 1
                if mate[start] >= 0:
                    continue
            first[chains] = filled
            filled = _follow(start, mate, seen, path, against, filled)
            chains += 1
    first[chains] = filled
    return chains


@kernel
def sums_beside(
    segment_seconds: Floats,
    chain: tuple[Longs, Ints, Bools],
    edge: Ints,
    place: Ints,
    fraction: Floats,
    out: tuple[Floats, Floats],
) -> None:
    """Add up the seconds of each edge on both sides of a spot, per direction.

    Parameters
    ----------
    segment_seconds
        Shape (2, m), inf where closed.
    chain
        ``chain_first``, ``chain_segment`` and ``chain_reversed`` of the graph.
    edge, place, fraction
        Edge of each spot (-1: none), place of its segment in the chain, and where on
        the segment it lies in the direction of drawing, shape (p,).
    out
        ``since`` and ``until``, shape (2, p), written where the direction is open.
    """
    first, path, against = chain
    since, until = out
    for p in range(len(edge)):
        if edge[p] < 0:
            continue
        own = first[edge[p]] + place[p]
        for direction in range(2):
            if segment_seconds[int(direction != against[own]), path[own]] == np.inf:
                continue
            before = 0.0
            after = 0.0
            for k in range(first[edge[p]], first[edge[p] + 1]):
                cost = segment_seconds[int(direction != against[k]), path[k]]
                if k == own:
                    share = 1.0 - fraction[p] if against[k] else fraction[p]
                    before += cost * share
                    after += cost * (1.0 - share)
                elif k < own:
                    before += cost
                else:
                    after += cost
            # before and after are meant in the sense of direction 0
            since[direction, p] = before if direction == 0 else after
            until[direction, p] = after if direction == 0 else before


def join_order(first: Longs, order: Longs) -> tuple[NDArray[np.int64], Longs]:
    """Return the rows of ragged lists in a new order of the lists, and their starts.

    Examples
    --------
    >>> rows, first = join_order(np.array([0, 2, 3]), np.array([1, 0]))
    >>> rows.tolist(), first.tolist()
    ([2, 0, 1], [0, 1, 3])
    """
    size = np.diff(first)[order]
    new = np.zeros(len(order) + 1, np.int64)
    np.cumsum(size, out=new[1:])
    shift = np.repeat(first[:-1][order] - new[:-1], size)
    return np.arange(new[-1], dtype=np.int64) + shift, new
