"""Journeys on one day: earliest arrivals, and profiles to or from a target."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geo.layers.geodesy import Floats
from geo.travel.timetable.day import DayTimetable, Footpaths, Ints, Longs
from geo.travel.timetable.kernels import NEVER, scan_forward, scan_profile


@dataclass(frozen=True)
class Reached:
    """Earliest arrivals of one start.

    Attributes
    ----------
    seconds
        After midnight, shape (stops,), NaN where nothing goes that day.
    entered, left
        Connections at which the last vehicle was boarded and left, -1 where none was.
    """

    seconds: Floats
    entered: Ints
    left: Ints


@dataclass(frozen=True)
class Profile:
    """All departures worth taking from each stop to one target, on one day.

    The entries of stop s are ``first[s]:first[s] + count[s]``; departures and arrivals
    fall, so a later departure never arrives earlier.
    """

    first: Longs
    count: Ints
    departure: Ints
    arrival: Ints

    def of(self, stops: Ints, walk: Ints) -> tuple[Ints, Ints]:
        """Return the departures worth taking from a place that is near some stops.

        Parameters
        ----------
        stops, walk
            Stops and the seconds on foot to each, shape (k,).

        Returns
        -------
        tuple
            When to leave the place and when one arrives, both rising, shape (j,).
        """
        own = [
            slice(self.first[s], self.first[s] + self.count[s]) for s in stops.tolist()
        ]
        if not own:
            return np.empty(0, np.int32), np.empty(0, np.int32)
        leave = np.concatenate(
            [self.departure[part] - w for part, w in zip(own, walk, strict=True)]
        )
        arrive = np.concatenate([self.arrival[part] for part in own])
        order = np.lexsort((-leave, arrive))
        leave, arrive = leave[order], arrive[order]
        # by rising arrival, only a later departure is worth waiting for
        latest = np.maximum.accumulate(leave)
        kept = np.diff(latest, prepend=np.iinfo(np.int32).min) > 0
        return leave[kept], arrive[kept]


def arrivals_at(leave: Ints, arrive: Ints, times: NDArray[np.int64]) -> Floats:
    """Return the earliest arrival of who is ready at each time, NaN where too late.

    Parameters
    ----------
    leave, arrive
        Of :meth:`Profile.of`.
    times
        Seconds after midnight, any shape.
    """
    place = np.searchsorted(leave, times, side="left")
    later = np.append(arrive.astype(np.float64), np.nan)
    return np.asarray(later[place])


def earliest_arrivals(day: DayTimetable, stops: Ints, at: Ints) -> Reached:
    """Return the earliest arrival everywhere of who is at these stops at these times.

    Parameters
    ----------
    day
        The timetable.
    stops, at
        Where the journey starts, and the second after midnight, shape (k,).
    """
    arrive, entered, left = scan_forward(
        _connections(day),
        day.change,
        _foot(day.footpaths),
        (stops.astype(np.int32), at.astype(np.int32)),
        day.trips,
    )
    seconds = np.where(arrive == NEVER, np.nan, arrive.astype(np.float64))
    return Reached(seconds, entered, left)


def profile_to(day: DayTimetable, stops: Ints, walk: Ints) -> Profile:
    """Return the profile to a target near these stops, from everywhere.

    Parameters
    ----------
    day
        The timetable.
    stops, walk
        Stops and the seconds on foot from each to the target, shape (k,).
    """
    egress = np.full(day.stops, NEVER, np.int32)
    np.minimum.at(egress, stops, walk.astype(np.int32))
    return Profile(
        *scan_profile(
            _connections(day), day.change, _foot(day.footpaths), egress, day.trips
        )
    )


def profile_from(day: DayTimetable, stops: Ints, walk: Ints) -> Profile:
    """Return, for every stop, when to leave a place to be there: the way back.

    The timetable is read backwards: in the result, ``-departure`` is when one is at the
    stop and ``-arrival`` when one leaves the place near ``stops`` at the latest.
    """
    return profile_to(backwards(day), stops, walk)


def backwards(day: DayTimetable) -> DayTimetable:
    """Return the timetable with time and all ways turned round."""
    departure, arrival = -day.arrival, -day.departure
    own = np.arange(len(day.trip))
    order = np.lexsort((-own, day.trip, departure))
    walks = day.footpaths
    start = np.repeat(np.arange(day.stops, dtype=np.int32), np.diff(walks.first))
    turned = np.lexsort((start, walks.stop))
    first = np.zeros(day.stops + 1, np.int64)
    np.cumsum(np.bincount(walks.stop, minlength=day.stops), out=first[1:])
    return DayTimetable(
        from_stop=day.to_stop[order],
        to_stop=day.from_stop[order],
        departure=departure[order],
        arrival=arrival[order],
        trip=day.trip[order],
        stops=day.stops,
        trips=day.trips,
        change=day.change,
        footpaths=Footpaths(first, start[turned], walks.seconds[turned]),
    )


def _connections(day: DayTimetable) -> tuple[Ints, Ints, Ints, Ints, Ints]:
    return day.from_stop, day.to_stop, day.departure, day.arrival, day.trip


def _foot(footpaths: Footpaths) -> tuple[Longs, Ints, Ints]:
    return footpaths.first, footpaths.stop, footpaths.seconds
