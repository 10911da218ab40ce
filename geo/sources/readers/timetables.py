"""What the readers of timetables share: how they end."""

from collections.abc import Iterable

import pandas as pd

from geo.sources.result import ReadResult, Rejections, canonical


def timetable(
    stops: pd.DataFrame,
    calls: pd.DataFrame,
    refused: Rejections,
    *,
    exceptions: pd.DataFrame | None = None,
    notes: Iterable[str] = (),
) -> ReadResult:
    """Return the tables of a timetable.

    Without any usable call there is no timetable and so no table: a file that is
    refused row by row does not say that no bus comes.

    Parameters
    ----------
    stops, calls, exceptions
        Columns of the canonical tables; no exceptions where None.
    refused
        The rows refused.
    notes
        Sentences for the build report.
    """
    if calls.empty:
        said = "no trip of it can be used, so it tells nothing"
        return ReadResult({}, refused.frame(), notes=(*notes, said))
    tables = {
        "timetable_stops": canonical("timetable_stops", stops),
        "timetable_calls": canonical("timetable_calls", calls),
    }
    if exceptions is not None and len(exceptions):
        tables["timetable_exceptions"] = canonical("timetable_exceptions", exceptions)
    return ReadResult(tables, refused.frame(), notes=tuple(notes))
