"""Weeks of a timetable that are unlike the others, as long as they are few.

New Year, a public holiday: no norm is meant to be broken by them. Where they are many
they are no exception but a season, or a bus that comes every other week, and count.
"""

import numpy as np
from numpy.typing import NDArray

from geo.sources.transit import CountedWeeks
from geo.travel.timetable.running import WEEK, Running

Flags = NDArray[np.bool_]
#: a service promises a weekday that it serves at least every second time
_HABIT = 2


def weak(weeks: Running, rules: CountedWeeks) -> Flags:
    """Tell which weeks have little service, shape (w,); none if they are many."""
    load = weeks.load
    low = load < rules.low_load * load.max()
    return _if_rare(low, len(low), rules)


def holidays(weeks: Running, rules: CountedWeeks) -> Flags:
    """Tell which weeks hold a holiday of the whole timetable, shape (w,).

    That is a day on which less than ``low_load`` of the trips run that usually do on
    this weekday, whatever runs instead. A service usually runs on a weekday if, from
    its first to its last week, it does at least every second time. Each weekday is
    judged for itself: a bus that rests on many Fridays has no holidays, but days off.
    """
    promised, kept = np.zeros((2, WEEK, len(weeks.starts)), np.int64)
    for rows in weeks.blocks():
        trips, masks = weeks.trips[rows], weeks.masks[rows]
        lasts = _lasts(masks > 0)
        for weekday in range(WEEK):
            runs = (masks >> weekday) & 1 == 1
            habit = _HABIT * runs.sum(axis=1) >= lasts.sum(axis=1)
            usual = lasts & habit[:, None]
            promised[weekday] += trips @ usual
            kept[weekday] += trips @ (usual & runs)
    lost = kept < rules.low_load * promised
    dates = (promised > 0).sum(axis=1)
    found = [_if_rare(lost[day], int(dates[day]), rules) for day in range(WEEK)]
    return np.asarray(np.logical_or.reduce(found))


def _if_rare(flagged: Flags, total: int, rules: CountedWeeks) -> Flags:
    rare = flagged.sum() <= rules.rare * total
    return flagged if rare else np.zeros_like(flagged)


def _lasts(served: Flags) -> Flags:
    """Tell which weeks lie from the first to the last that is served, row by row."""
    before = np.logical_or.accumulate(served, axis=1)
    after = np.logical_or.accumulate(served[:, ::-1], axis=1)[:, ::-1]
    return np.asarray(before & after)
