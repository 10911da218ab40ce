"""Door to door within a window of departures: the minutes a traveller must expect."""

import numpy as np
import pandas as pd

from geo.layers.geodesy import Floats
from geo.travel.timetable.returns import Ways
from geo.travel.timetable.search import Profile, arrivals_of_places

_MINUTE = 60
#: homes at a time: what is in memory at once
_AT_ONCE = 512


def journey_minutes(
    profile: Profile,
    homes: Ways,
    window: tuple[int, int],
    percentiles: tuple[float, ...] = (5, 50, 95),
    walk: Floats | None = None,
) -> pd.DataFrame:
    """Return minutes from each home to the target of a profile, with the waiting.

    Who sets out at every full minute of the window, and waits at home or on the way
    for what goes, needs these minutes (Owen and Levinson 2015 count so).

    Parameters
    ----------
    profile
        Of :func:`geo.travel.timetable.search.profile_to`.
    homes
        Ways on foot from each home to its stops.
    window
        First and last second after midnight to set out, both included.
    percentiles
        Between 0 and 100; the next higher minute that occurs, never a mean of two.
    walk
        Seconds on foot the whole way, shape (homes,), infinite where that is too far.

    Returns
    -------
    DataFrame
        One row per home: ``p5`` … as asked, and ``missed``: the share of the minutes
        from which one does not arrive that day. A percentile among the missed
        ones is infinite.
    """
    times = np.arange(window[0], window[1] + 1, _MINUTE)
    many = len(homes.first) - 1
    afoot = np.full(many, np.inf) if walk is None else walk / _MINUTE
    # who has no stop goes on foot at any minute, or at none
    rows = np.tile(afoot[:, None], len(percentiles) + 1)
    rows[:, -1] = np.isinf(afoot)
    served = np.flatnonzero(np.diff(homes.first) > 0)
    for first in range(0, len(served), _AT_ONCE):
        some = served[first : first + _AT_ONCE]
        near = homes.taken(some)
        taken = profile.of_places(near.first, near.stop, near.seconds)
        needed = (arrivals_of_places(len(some), taken, times) - times) / _MINUTE
        needed = np.where(np.isnan(needed), np.inf, needed)
        rows[some] = _spread(np.minimum(needed, afoot[some, None]), percentiles)
    names = [f"p{value:g}" for value in percentiles]
    return pd.DataFrame(rows, columns=[*names, "missed"])


def _spread(minutes: Floats, percentiles: tuple[float, ...]) -> Floats:
    """Return the percentiles and the share of infinite ones, row by row."""
    ordered = np.sort(minutes, axis=1)
    place = np.ceil(np.array(percentiles) / 100 * ordered.shape[1]).astype(int) - 1
    missed = np.isinf(ordered).mean(axis=1)
    return np.column_stack([ordered[:, np.maximum(place, 0)], missed])
