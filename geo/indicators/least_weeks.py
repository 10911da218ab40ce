"""Of all regular weeks the one in which a settlement has the fewest trips."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.travel.timetable.running import Masks, Running

#: columns that tell how the other weeks differ
SPREAD = ("most_trips", "least_days", "most_days", "every_day", "any_day")


def least_week(rides: pd.DataFrame, weeks: Running, *, whole: bool) -> pd.DataFrame:
    """Return the rides of one timetable as they are in each settlement's least week.

    Of equal weeks the last counts.

    Parameters
    ----------
    rides
        ``settlement_id``, ``pattern`` and ``weekdays``, the days (7-bit mask) on which
        the trip may count at all; at least one.
    weeks
        Regular weeks, each kind once, in order.
    whole
        False: days beyond the timetable are not known, so there is no upper bound.

    Returns
    -------
    DataFrame
        The rides with ``weekdays`` and ``monday`` of that week, and per settlement:
        ``most_trips`` of any week (NaN: not known), ``least_days`` and ``most_days`` of
        any week, and as masks ``every_day`` and ``any_day``: served in all weeks, in
        some.
    """
    settlement, ids = pd.factorize(rides["settlement_id"])
    pattern = rides["pattern"].to_numpy(np.int64)
    allowed = rides["weekdays"].to_numpy(np.uint8)
    trips, days = _counted(settlement, pattern, allowed, weeks, len(ids))
    week = len(weeks.starts) - 1 - trips[:, ::-1].argmin(axis=1)
    most = trips.max(axis=1) if whole else np.full(len(ids), np.nan)
    number = np.bitwise_count(days)
    return rides.assign(
        weekdays=(weeks.masks[pattern, week[settlement]] & allowed).astype(np.int64),
        monday=weeks.starts[week].astype("datetime64[s]")[settlement],
        most_trips=most.astype(np.float64)[settlement],
        least_days=number.min(axis=1)[settlement],
        most_days=number.max(axis=1)[settlement],
        every_day=np.bitwise_and.reduce(days, axis=1)[settlement],
        any_day=np.bitwise_or.reduce(days, axis=1)[settlement],
    )


def _counted(
    settlement: NDArray[np.int64],
    pattern: NDArray[np.int64],
    allowed: Masks,
    weeks: Running,
    settlements: int,
) -> tuple[NDArray[np.int64], Masks]:
    """Return trip-days, and the mask of days, of each settlement in each week."""
    keys = np.column_stack([settlement, pattern, allowed])
    alike, times = np.unique(keys, axis=0, return_counts=True)
    first = np.searchsorted(alike[:, 0], np.arange(settlements))
    trips = np.empty((settlements, len(weeks.starts)), np.int64)
    days = np.empty(trips.shape, np.uint8)
    for week in range(len(weeks.starts)):
        masks = weeks.masks[alike[:, 1], week] & alike[:, 2].astype(np.uint8)
        trips[:, week] = np.add.reduceat(np.bitwise_count(masks) * times, first)
        days[:, week] = np.bitwise_or.reduceat(masks, first)
    return trips, days
