"""A made-up timetable of national size for bench/timetable.py: nothing in it is real.

118 raion centres on a grid, villages around them, bus lines from the rim of each raion
through its villages to the centre and back, and coaches between neighbouring centres.
"""

from dataclasses import dataclass

import numpy as np

from geo.travel.timetable.day import DayTimetable, Ints
from geo.travel.timetable.footpaths import straight_footpaths

CENTRES, STOPS, TRIPS, SEED = 118, 23_000, 60_000, 1
#: degrees between neighbouring centres, and how far villages lie from theirs
_EAST, _NORTH, _RADIUS = 0.75, 0.45, 0.3
_ACROSS, _CALLS, _COACH_SHARE = 12, 16, 0.1
_FIRST_S, _LAST_S, _METRES_PER_S = 5 * 3600, 21 * 3600, 11.0


@dataclass(frozen=True)
class National:
    """The timetable and the stops of its centres, where hospitals are taken to be."""

    day: DayTimetable
    centres: Ints


def national() -> National:
    """Return the same timetable whenever it is asked for."""
    rng = np.random.default_rng(SEED)
    own = np.arange(STOPS) % CENTRES
    angle, far = rng.uniform(0, 2 * np.pi, STOPS), np.sqrt(rng.uniform(0, 1, STOPS))
    far[:CENTRES] = 0.0
    lon = 24.0 + own % _ACROSS * _EAST + far * _RADIUS * np.cos(angle)
    lat = 51.5 + own // _ACROSS * _NORTH + far * _RADIUS * 0.6 * np.sin(angle)
    coaches = int(TRIPS * _COACH_SHARE)
    lines = [_line(rng, own, angle, far) for _ in range(TRIPS - coaches)]
    lines += [
        np.array([start, start + 1])[:: rng.choice([-1, 1])]
        for start in rng.integers(0, CENTRES - 1, coaches)
    ]
    sizes = np.array([len(line) for line in lines])
    calls = np.concatenate(lines)
    trip = np.repeat(np.arange(TRIPS), sizes)
    inside = np.flatnonzero(trip[1:] == trip[:-1])
    start, end = calls[inside], calls[inside + 1]
    metres = 111_000 * np.hypot((lon[start] - lon[end]) * 0.6, lat[start] - lat[end])
    took = (30 + metres * 1.3 / _METRES_PER_S).astype(np.int64)
    elapsed = np.cumsum(took) - took
    first = np.flatnonzero(np.diff(trip[inside], prepend=-1))
    begins = rng.integers(_FIRST_S, _LAST_S, TRIPS)
    offset = np.repeat(begins - elapsed[first], sizes - 1)
    departure = elapsed + offset
    order = np.lexsort((np.arange(len(inside)), trip[inside], departure))
    ints = [
        column[order].astype(np.int32)
        for column in (start, end, departure, departure + took - 10, trip[inside])
    ]
    walks = straight_footpaths(lon, lat, longest_s=600, kmh=4.5, detour=1.3)
    change = np.full(STOPS, 120, np.int32)
    day = DayTimetable(*ints, STOPS, TRIPS, change, walks)
    return National(day, np.arange(CENTRES, dtype=np.int32))


def _line(rng: np.random.Generator, own: Ints, angle: Ints, far: Ints) -> Ints:
    """Return the stops of a bus between the rim of a raion and its centre."""
    centre = int(rng.integers(CENTRES))
    towards = rng.uniform(0, 2 * np.pi)
    villages = np.arange(centre + CENTRES, len(own), CENTRES)
    aside = np.abs((angle[villages] - towards + np.pi) % (2 * np.pi) - np.pi)
    along = villages[np.argsort(aside)[: _CALLS - 1]]
    inwards = along[np.argsort(-far[along])]
    return np.append(inwards, centre)[:: rng.choice([-1, 1])]
