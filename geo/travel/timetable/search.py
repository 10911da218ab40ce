"""Journeys on one day: earliest arrivals, and profiles to or from a target."""

from dataclasses import dataclass

import numpy as np

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

    def of(self, stops: Ints, walk: Ints) -> tuple[Longs, Longs]:
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
        _, leave, arrive = self.of_places(np.array([0, len(stops)]), stops, walk)
        return leave, arrive

    def of_places(
        self, first: Ints | Longs, stops: Ints, walk: Ints
    ) -> tuple[Longs, Longs, Longs]:
        """Return the departures worth taking from many places.

        Parameters
        ----------
        first, stops, walk
            Stops and the seconds on foot to each; those of place p are
            ``first[p]:first[p + 1]``.

        Returns
        -------
        tuple
            The place, when to leave it and when one arrives: places rise, and within
            a place both times do, shape (j,).
        """
        size = self.count[stops].astype(np.int64)
        way = np.repeat(np.arange(len(stops)), size)
        number = np.arange(len(way)) - np.repeat(np.cumsum(size) - size, size)
        row = self.first[stops][way] + number
        place = np.repeat(np.arange(len(first) - 1), np.diff(first))[way]
        leave = self.departure[row].astype(np.int64) - walk[way]
        arrive = self.arrival[row].astype(np.int64)
        order = np.lexsort((-leave, arrive, place))
        place, leave, arrive = place[order], leave[order], arrive[order]
        # by rising arrival, only a later departure is worth waiting for; all times of
        # a place are made to lie after those of the place before it
        since = leave - leave.min(initial=0)
        key = place * (since.max(initial=0) + 1) + since
        kept = np.diff(np.maximum.accumulate(key), prepend=-1) > 0
        return place[kept], leave[kept], arrive[kept]


def arrivals_at(leave: Longs, arrive: Longs, times: Longs) -> Floats:
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


def arrivals_of_places(
    places: int, taken: tuple[Longs, Longs, Longs], times: Longs
) -> Floats:
    """Return :func:`arrivals_at` for many places, places by times.

    Parameters
    ----------
    places
        How many.
    taken
        Of :meth:`Profile.of_places`.
    times
        Seconds after midnight, rising, shape (t,).
    """
    place, leave, arrive = taken
    # all times of a place are made to lie after those of the place before it
    base = min(leave.min(initial=times[0]), times[0])
    span = max(leave.max(initial=times[-1]), times[-1]) - base + 2
    own = np.arange(places)[:, None]
    asked = own * span + (times - base)
    found = np.searchsorted(place * span + (leave - base), asked, side="left")
    later = np.append(arrive.astype(np.float64), np.nan)[found]
    return np.where(np.append(place, -1)[found] == own, later, np.nan)


def earliest_arrivals(
    day: DayTimetable, stops: Ints, at: Ints, until: int = NEVER
) -> Reached:
    """Return the earliest arrival everywhere of who is at these stops at these times.

    Parameters
    ----------
    day
        The timetable.
    stops, at
        Where the journey starts, and the second after midnight, shape (k,).
    until
        Second after which no vehicle is asked for; what is reached later may be missing
        or late.
    """
    arrive, entered, left = scan_forward(
        _connections(day),
        day.change,
        _foot(day.footpaths),
        (stops.astype(np.int32), at.astype(np.int32)),
        day.trips,
        until,
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
