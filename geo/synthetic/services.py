"""Days on which buses run, and how often a selsovet is served.

Trips are counted as the norms count them: one bus to the town and one back are two.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geo.synthetic.territory import Ints

#: validity of the invented timetable
FIRST_DAY = "20251001"
LAST_DAY = "20261231"
#: holidays on which a Sunday timetable holds instead of a weekday's
HOLIDAYS = ("20251107", "20251225", "20260101", "20260102", "20260107", "20260309")

#: service id -> days, Monday first
WEEKS = {
    "daily": (1, 1, 1, 1, 1, 1, 1),
    "workdays": (1, 1, 1, 1, 1, 0, 0),
    "weekend": (0, 0, 0, 0, 0, 1, 1),
    "mon-wed-fri": (1, 0, 1, 0, 1, 0, 0),
    "four-days": (1, 1, 0, 0, 1, 0, 1),
    "market": (0, 1, 0, 0, 0, 1, 0),
    "friday": (0, 0, 0, 0, 1, 0, 0),
}


@dataclass(frozen=True)
class Frequency:
    """Round trips on the days of one service."""

    service: str
    round_trips: int

    @property
    def trips_per_week(self) -> int:
        """Return the trips per week, both directions."""
        return 2 * self.round_trips * sum(WEEKS[self.service])


@dataclass(frozen=True)
class Level:
    """How well a selsovet is served: its main line and its branches."""

    share: float
    main: tuple[Frequency, ...]
    branches: tuple[tuple[Frequency, ...], ...]


#: from three round trips a day to none at all; the branch is drawn
LEVELS = (
    Level(
        0.24,
        (Frequency("daily", 3),),
        (
            (Frequency("mon-wed-fri", 2),),
            (Frequency("workdays", 1),),
            (Frequency("market", 2),),
        ),
    ),
    Level(
        0.30,
        (Frequency("workdays", 2),),
        (
            (Frequency("market", 2),),
            (Frequency("market", 1),),
            (Frequency("friday", 1),),
        ),
    ),
    Level(0.18, (Frequency("four-days", 2),), ((Frequency("friday", 1),), ())),
    Level(
        0.16,
        (Frequency("workdays", 1),),
        ((Frequency("friday", 1),), ()),
    ),
    Level(0.08, (Frequency("market", 1),), ((), (Frequency("friday", 1),))),
    Level(0.04, (), ((),)),
)


def draw_levels(rng: np.random.Generator, count: int) -> Ints:
    """Return the number of a level for each of ``count`` selsovets."""
    shares = np.array([level.share for level in LEVELS])
    drawn: npt.NDArray[np.int64] = rng.choice(
        len(LEVELS), count, p=shares / shares.sum()
    )
    return drawn
