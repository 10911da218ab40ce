"""What the readers of timetables share: how they end."""

from typing import Any

import pandas as pd

from geo.sources.readers.base import Reading
from geo.sources.result import ReadResult


def timetable(
    at: Reading[Any],
    stops: pd.DataFrame,
    calls: pd.DataFrame,
    exceptions: pd.DataFrame | None = None,
    lost: pd.DataFrame | None = None,
) -> ReadResult:
    """Return the tables of a timetable.

    Without any usable call there is no timetable and so no table: a file that is
    refused row by row does not say that no bus comes. What was refused is told as lost
    calls, so that no upper bound rests on what is left.

    Parameters
    ----------
    at
        The reading, with its notes.
    stops, calls, exceptions
        Columns of the canonical tables; no exceptions where None.
    lost
        Calls that may be missing (``timetable_lost``). None: where any row was refused
        one call of which nothing is known.
    """
    if lost is None:
        lost = pd.DataFrame(index=range(min(len(at.refused.rows), 1)))
    tables = {"timetable_lost": lost} if len(lost) else {}
    if calls.empty:
        at.notes.append("no trip of it can be used, so it tells nothing")
        return at.result(tables)
    tables |= {"timetable_stops": stops, "timetable_calls": calls}
    if exceptions is not None and len(exceptions):
        tables["timetable_exceptions"] = exceptions
    return at.result(tables)
