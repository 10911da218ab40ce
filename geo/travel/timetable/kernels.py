"""Compiled scans over the connections of a day (the Connection Scan Algorithm).

Dibbelt, Pajor, Strasser, Wagner: Connection Scan Algorithm, 2018. Every change takes at
least a second, so a connection can only be reached by those that left before it, and
one pass in the order of departure is exact, whatever overtakes what.
"""

import numpy as np

from geo.travel.roads.kernels.jit import kernel
from geo.travel.timetable.day import Ints, Longs

#: later than any time of a day
NEVER = 2**31 - 1


@kernel
def _walk(
    stop: int,
    at: int,
    foot: tuple[Longs, Ints, Ints],
    arrive: Ints,
    board: Ints,
    came: tuple[Ints, Ints, int, int],
) -> None:
    """Walk on from a stop; ``came`` is entered, left and what to write into them."""
    foot_first, foot_stop, foot_seconds = foot
    entered, left, enters, leaves = came
    for f in range(foot_first[stop], foot_first[stop + 1]):
        v, there = foot_stop[f], at + foot_seconds[f]
        board[v] = min(board[v], there)
        if there < arrive[v]:
            arrive[v], entered[v], left[v] = there, enters, leaves


@kernel
def scan_forward(
    connections: tuple[Ints, Ints, Ints, Ints, Ints],
    change: Ints,
    foot: tuple[Longs, Ints, Ints],
    seeds: tuple[Ints, Ints],
    trips: int,
    until: int,
) -> tuple[Ints, Ints, Ints]:
    """Return the earliest arrival at each stop.

    Parameters
    ----------
    connections
        from_stop, to_stop, departure, arrival, trip; in the order of a
        :class:`geo.travel.timetable.day.DayTimetable`.
    change, foot
        Of the timetable; ``foot`` is first, stop, seconds.
    seeds
        Stops where the journey starts, and when the traveller is there; ways on foot
        before the first vehicle are already in them.
    trips
        Number of trips.
    until
        Nobody boards later.

    Returns
    -------
    tuple
        ``arrive`` (stops,): :data:`NEVER` where nothing goes; ``entered`` and
        ``left`` (stops,): the connections at which the last vehicle was boarded and
        left, -1 where the journey starts there or nothing goes. Where a footpath
        follows the vehicle, ``left`` ends at another stop.
    """
    from_stop, to_stop, departure, arrival, trip = connections
    arrive = np.full(len(change), NEVER, np.int32)
    board = np.full(len(change), NEVER, np.int32)
    ride = np.full(len(change), NEVER, np.int32)
    entered = np.full(len(change), -1, np.int32)
    left = np.full(len(change), -1, np.int32)
    for k in range(len(seeds[0])):
        s, at = seeds[0][k], seeds[1][k]
        arrive[s] = min(arrive[s], at)
        board[s] = min(board[s], at)
    boarded = np.full(trips, -1, np.int32)
    start = NEVER
    for at in seeds[1]:
        start = min(start, at)
    for c in range(np.searchsorted(departure, start), len(trip)):
        if departure[c] > until:
            break
        if boarded[trip[c]] < 0 and board[from_stop[c]] <= departure[c]:
            boarded[trip[c]] = c
        s, at = to_stop[c], arrival[c]
        if boarded[trip[c]] < 0 or at >= ride[s]:
            continue
        # being there on foot earlier does not help whom the change time keeps
        ride[s] = at
        board[s] = min(board[s], at + change[s])
        if at < arrive[s]:
            arrive[s], entered[s], left[s] = at, boarded[trip[c]], c
        _walk(s, at, foot, arrive, board, (entered, left, boarded[trip[c]], c))
    return arrive, entered, left


@kernel
def _sooner(
    stop: int, at: int, best: int, profile: tuple[Longs, Ints, Ints, Ints]
) -> int:
    """Return when one arrives who leaves the stop by vehicle at or after ``at``.

    ``best`` if that is no later. The departures of a stop fall, so do their arrivals,
    and all that were found so far leave no earlier than the vehicle at hand: the one
    that is wanted, the last that still fits, is near the end.
    """
    first, count, leaves, arrives = profile
    k = first[stop] + count[stop] - 1
    if k < first[stop] or arrives[k] >= best:
        return best
    while k >= first[stop] and leaves[k] < at:
        k -= 1
    return min(best, arrives[k]) if k >= first[stop] else best


@kernel
def scan_profile(
    connections: tuple[Ints, Ints, Ints, Ints, Ints],
    change: Ints,
    foot: tuple[Longs, Ints, Ints],
    egress: Ints,
    trips: int,
) -> tuple[Longs, Ints, Ints, Ints]:
    """Return, per stop, every departure worth taking and when it arrives.

    Parameters
    ----------
    connections, change, foot, trips
        As in :func:`scan_forward`.
    egress
        Seconds on foot from each stop to the target, :data:`NEVER` where too far;
        footpaths between stops are already in it. Shape (stops,).

    Returns
    -------
    tuple
        ``first`` (stops + 1,), ``count`` (stops,), ``departure`` and ``arrival``: the
        entries of stop s are at ``first[s]:first[s] + count[s]``, departure and arrival
        falling; each leaves the stop by vehicle and arrives at the target.
    """
    from_stop, to_stop, departure, arrival, trip = connections
    first = np.zeros(len(change) + 1, np.int64)
    for c in range(len(trip)):
        first[from_stop[c] + 1] += 1
    for s in range(len(change)):
        first[s + 1] += first[s]
    count = np.zeros(len(change), np.int32)
    leaves = np.empty(len(trip), np.int32)
    arrives = np.empty(len(trip), np.int32)
    profile = (first, count, leaves, arrives)
    foot_first, foot_stop, foot_seconds = foot
    stay = np.full(trips, NEVER, np.int32)
    for c in range(len(trip) - 1, -1, -1):
        s, at = to_stop[c], arrival[c]
        best = stay[trip[c]]
        if egress[s] != NEVER:
            best = min(best, at + egress[s])
        best = _sooner(s, at + change[s], best, profile)
        for f in range(foot_first[s], foot_first[s + 1]):
            best = _sooner(foot_stop[f], at + foot_seconds[f], best, profile)
        if best == NEVER:
            continue
        stay[trip[c]] = best
        u = from_stop[c]
        last = first[u] + count[u] - 1
        if count[u] and arrives[last] <= best:
            continue
        if count[u] and leaves[last] == departure[c]:
            arrives[last] = best
        else:
            leaves[last + 1], arrives[last + 1] = departure[c], best
            count[u] += 1
    return first, count, leaves, arrives
