"""Targets whose day has not come: how far they are, and how fast it must go on."""

from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geo.standards import gaps
from geo.standards.model import Standard
from geo.standards.possible import Possible
from geo.standards.values import Measured

Bools = NDArray[np.bool_]


def out_of_time(possible: Possible, value: Measured) -> tuple[Bools, Bools]:
    """Return which values are too old to tell whether a target is kept, or breached.

    What was so before a promise was made does not keep it, and what was lacking before
    its day may have come in time. A value without a date may be as old as that. Norms
    of law ask for no day: there the window of the indicator says what is too old.

    Parameters
    ----------
    possible, value
        What is judged; arrays in the order of the settlements.

    Returns
    -------
    kept, breached
        Where the value may be older than one of the promises that may bind, and than
        one of their days.
    """
    bound = [[possible.rows[n] for n in numbers] for numbers in possible.candidates]

    def before(days: list[list[date]]) -> Bools:
        last = [max(each, default=date.min) for each in days]
        day = np.array(last, "datetime64[D]")[possible.group]
        return np.asarray(~(value.day >= day))

    if all(norm.due is None for norm in possible.rows):
        nowhere = np.zeros(len(value.value), bool)
        return nowhere, nowhere
    return (
        before([[norm.known_from for norm in rows] for rows in bound]),
        before([[norm.due for norm in rows if norm.due] for rows in bound]),
    )


def targets(
    standard: Standard,
    possible: Possible,
    value: Measured,
    waits: NDArray[np.bool_],
    on: date,
) -> dict[str, Any]:
    """Return day, progress and required pace, settlement by settlement.

    Parameters
    ----------
    standard, possible, value
        What is judged; arrays in the order of the settlements.
    waits
        Where the target is not due yet.
    on
        Day of the release.

    Returns
    -------
    dict
        ``progress``: share of the target reached, one minus the gap; of a level 0 or
        1. ``required_pace``: units per year still needed, NaN where half a step says
        nothing (yes/no, levels). ``due``: also of targets that are judged now.
    """
    size = len(waits)
    reached, pace = np.full(size, np.nan), np.full(size, np.nan)
    due = np.full(size, np.datetime64("NaT", "s"))
    row = possible.waiting_row[possible.group]
    ordinal = standard.quantity == "ordinal"
    measure = gaps.gap_of(ordinal=ordinal)
    for number, norm in enumerate(possible.rows):
        here = waits & (row == number)
        if norm.due is None or not here.any():
            continue
        due[here] = np.datetime64(norm.due, "s")
        known = value.central[here]
        limit = np.full(len(known), norm.value)
        reached[here] = 1.0 - measure(known, limit, standard.better)
        if norm.op != "has" and not ordinal:
            years = gaps.years_between(on, norm.due)
            pace[here] = gaps.required_pace(known, limit, standard.better, years)
    pace[np.isinf(pace)] = np.nan
    judged_due = possible.row[possible.group]
    for number, norm in enumerate(possible.rows):
        if norm.due is not None:
            due[~waits & (judged_due == number)] = np.datetime64(norm.due, "s")
    return {"progress": reached, "required_pace": pace, "due": due}
