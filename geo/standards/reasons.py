"""Why a verdict is unknown: the one thing that would have to be found out first."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from geo.standards.grid import Bools
from geo.standards.possible import Possible
from geo.standards.values import Measured
from geo.types import Reason

Words = NDArray[np.object_]


def unknown_reasons(
    possible: Possible, value: Measured, sign: float, unknown: Bools
) -> Words:
    """Name the reason of every unknown verdict.

    In this order: the value is out of date (``stale``); nothing is known of it
    (``no_value``); some possible norm lies inside its range (``partial`` where only the
    bound on the bad side is known, because a supply list is incomplete, else
    ``value``); it would be certain if the population were known (``population``);
    otherwise the class decides (``class``). What no value could settle, an assumption,
    an old promise, a norm that was not read, the judge says before all of these.

    Parameters
    ----------
    possible
        The limits that are possible for each settlement.
    value
        The values, stale or not.
    sign
        -1 where lower is better.
    unknown
        Where a reason is asked for; elsewhere it is None.
    """
    worst, best = value.oriented(sign, fresh_only=False)
    straddles = _norm_inside(possible, worst, best)
    reasons: Any = np.full(len(unknown), None, object)
    rest = unknown & value.informed & ~straddles
    reasons[unknown & ~value.informed] = Reason.NO_VALUE.value
    inside = unknown & value.informed & straddles
    reasons[inside] = Reason.VALUE.value
    # what an incomplete list may lack would only be better
    partial = np.isfinite(worst) & np.isposinf(best)
    reasons[inside & partial] = Reason.PARTIAL.value
    for number in np.unique(possible.group[rest]):
        members = rest & (possible.group == number)
        limits = possible.blocks[number].limits
        x = worst[members][:, None]
        # within each population, do all classes agree?
        agree = (x >= limits.max(axis=0)) | (x < limits.min(axis=0))
        settled = agree.all(axis=1)
        reasons[members] = np.where(
            settled, Reason.POPULATION.value, Reason.CLASS.value
        )
    reasons[unknown & value.stale] = Reason.STALE.value
    return reasons  # type: ignore[no-any-return]


def _norm_inside(
    possible: Possible, worst: NDArray[np.float64], best: NDArray[np.float64]
) -> Bools:
    """Return where a possible limit is kept by the best and not by the worst value."""
    found = np.zeros(len(worst), bool)
    limits = {
        limit for block in possible.blocks for limit in np.unique(block.limits).tolist()
    }
    for limit in limits - {-np.inf}:
        able = np.array([(block.limits == limit).any() for block in possible.blocks])
        found |= able[possible.group] & (worst < limit) & (limit <= best)
    return found
