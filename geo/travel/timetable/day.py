"""The timetable of one day as the router reads it: connections and footpaths.

A connection is one hop of one trip, from a stop to the next. Times are whole seconds
after midnight of the day, in the time zone of the country; trips of the day before that
run past midnight are there with times from 0, and trips of the day itself may pass
86,400.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]


@dataclass(frozen=True)
class Footpaths:
    """Ways on foot between stops: those of stop s come together.

    Nobody walks two of them in a row, so chains of short ways must be there as ways of
    their own: :func:`geo.travel.timetable.footpaths.closed`.

    Attributes
    ----------
    first
        Shape (stops + 1,), int64: those of s are ``first[s]:first[s + 1]``.
    stop
        The other end, shape (f,), int32; never s itself.
    seconds
        Walking time, shape (f,), int32, at least 1.
    """

    first: Longs
    stop: Ints
    seconds: Ints


@dataclass(frozen=True)
class DayTimetable:
    """c connections of t trips between s stops on one day.

    Attributes
    ----------
    from_stop, to_stop
        Positions of stops, shape (c,).
    departure, arrival
        Seconds, shape (c,); ``arrival >= departure``. Connections are sorted by
        (departure, trip, place in the trip), so that those of one trip are in order.
    trip
        Position of the trip, shape (c,).
    stops, trips
        How many there are.
    change
        Seconds needed at each stop from one vehicle to another, shape (s,), int32, at
        least 1; boarding first and alighting last need no change time.
    footpaths
        One footpath may stand between two vehicles, in the place of the change time,
        and one after the last.
    """

    from_stop: Ints
    to_stop: Ints
    departure: Ints
    arrival: Ints
    trip: Ints
    stops: int
    trips: int
    change: Ints
    footpaths: Footpaths


def no_footpaths(stops: int) -> Footpaths:
    """Return that no stop can be reached on foot from another."""
    none = np.empty(0, np.int32)
    return Footpaths(np.zeros(stops + 1, np.int64), none, none)
