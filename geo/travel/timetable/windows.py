"""Door to door within a window of departures: the minutes a traveller must expect."""

import numpy as np
import pandas as pd

from geo.layers.geodesy import Floats
from geo.travel.timetable.returns import Ways
from geo.travel.timetable.search import Profile, arrivals_at

_MINUTE = 60


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
    rows = np.empty((len(homes.first) - 1, len(percentiles) + 1))
    for home, row in enumerate(rows):
        leave, arrive = profile.of(*homes.of(home))
        needed = (arrivals_at(leave, arrive, times) - times) / _MINUTE
        needed = np.where(np.isnan(needed), np.inf, needed)
        if walk is not None:
            needed = np.minimum(needed, walk[home] / _MINUTE)
        row[:] = _spread(needed, percentiles)
    names = [f"p{value:g}" for value in percentiles]
    return pd.DataFrame(rows, columns=[*names, "missed"])


def _spread(minutes: Floats, percentiles: tuple[float, ...]) -> Floats:
    """Return the percentiles and the share of infinite ones."""
    ordered = np.sort(minutes)
    place = np.ceil(np.array(percentiles) / 100 * len(ordered)).astype(int) - 1
    return np.append(ordered[np.maximum(place, 0)], np.isinf(ordered).mean())
