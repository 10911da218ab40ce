"""Independent random streams, so that one theme can change without the others."""

from enum import IntEnum

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Geometries = npt.NDArray[np.object_]


class Stream(IntEnum):
    """One stream of random numbers per theme; a number is never used again."""

    TERRITORY = 1
    PLACES = 2
    NAMES = 3
    SOURCE_FAULTS = 4
    TIMETABLE = 5
    TOWN_BUSES = 6
    FACILITIES = 7
    POST_CODES = 8
    RAILWAY = 9
    AMBULANCE = 10
    MASTS = 11
    CELLS = 12
    SPEED = 13
    FIXED = 14
    PLACE_LIST = 15
    CENSUS_LIST = 16
    REGISTER = 17
    DECLARED = 30
    UNITS = 18
    ROADS = 19


def drawn(rng: np.random.Generator, share: "float | Floats", count: int) -> Flags:
    """Draw ``count`` times yes or no; yes with the chance ``share``."""
    return rng.random(count) < share


def random_stream(seed: int, stream: Stream) -> np.random.Generator:
    """Return the generator of one theme.

    Examples
    --------
    >>> first = random_stream(2026, Stream.PLACES).random()
    >>> first == random_stream(2026, Stream.PLACES).random()
    True
    >>> first == random_stream(2026, Stream.NAMES).random()
    False
    """
    return np.random.Generator(np.random.PCG64([seed, int(stream)]))
