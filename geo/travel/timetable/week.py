"""The seven days of one week, each different one made once."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo.travel.timetable.calls import DAY_S, Called, NumberedCalls, day_of_runs
from geo.travel.timetable.day import Footpaths

WEEK = 7


@dataclass(frozen=True)
class Week:
    """Timetables of a week that follows itself: Sunday night runs into Monday.

    Attributes
    ----------
    days
        The different ones.
    of
        Which of them each weekday is, Monday first.
    """

    days: tuple[Called, ...]
    of: tuple[int, ...]

    @property
    def faults(self) -> dict[str, int]:
        """What was mended or left out on the worst day -> how often."""
        found: dict[str, int] = {}
        for called in self.days:
            for what, count in called.faults.items():
                found[what] = max(count, found.get(what, 0))
        return found


def week_of_calls(
    stops: pd.DataFrame,
    calls: pd.DataFrame,
    *,
    change_s: int,
    footpaths: Footpaths | None = None,
) -> Week:
    """Return the days of one week.

    Parameters
    ----------
    stops
        ``_source`` and ``stop_id``; their order is that of the positions.
    calls
        Canonical ``timetable_calls`` with ``_source``; ``weekdays`` are the days of
        that week, whatever ``first_day``, ``last_day`` and exceptions say.
    change_s, footpaths
        See :func:`geo.travel.timetable.calls.day_of_calls`.
    """
    numbered = NumberedCalls.of(stops, calls)
    masks = calls["weekdays"].to_numpy(np.int64, na_value=0)
    clock = calls[["arrival_s", "departure_s"]].max(axis=1)
    late = clock.to_numpy(np.float64, na_value=0.0) >= DAY_S
    days: list[Called] = []
    of: list[int] = []
    known: dict[bytes, int] = {}
    for weekday in range(WEEK):
        today, before = ((masks >> w) & 1 == 1 for w in (weekday, (weekday - 1) % WEEK))
        key = np.packbits(today).tobytes() + np.packbits(before[late]).tobytes()
        if key not in known:
            known[key] = len(days)
            days.append(
                day_of_runs(
                    numbered, before, today, change_s=change_s, footpaths=footpaths
                )
            )
        of.append(known[key])
    return Week(tuple(days), tuple(of))
