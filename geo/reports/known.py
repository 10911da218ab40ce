"""Of how many people something is known: one count for every table, page and answer."""

from collections.abc import Iterable, Mapping
from typing import Any

from geo.types import KNOWN_STATUSES


def known_share(rows: Iterable[Mapping[Any, Any]]) -> float | None:
    """Return the share of the people whose value is known and fresh, 0 … 1, at least.

    A value that is assumed is not known (:data:`geo.types.KNOWN_STATUSES`), and one out
    of date no longer is. Where a population is not known and the value neither, as many
    live as possible; where that is open, the share is no larger than that of the
    settlements. So nothing is known whole beside a settlement where it is not.

    Parameters
    ----------
    rows
        Of the table ``evidence``, those of one indicator in one area.

    Returns
    -------
    float | None
        Of settlements where nobody's number is known; None where there are none.

    Examples
    --------
    >>> def row(status, settlements, population, possible=0.0, open_=0, stale=0):
    ...     return {"status": status, "settlements": settlements,
    ...             "population": population, "population_possible": possible,
    ...             "settlements_open": open_, "settlements_stale": stale,
    ...             "population_stale": population * stale / settlements}
    >>> known_share([row("measured", 1, 90.0), row("unknown", 2, 0.0, 10.0)])
    0.9
    >>> known_share([row("measured", 1, 90.0), row("assumed", 2, 0.0, open_=1)])
    0.3333333333333333
    >>> known_share([row("measured", 3, 90.0, stale=1), row("unknown", 1, 30.0)])
    0.5
    """
    listed = list(rows)
    known = [row for row in listed if row["status"] in KNOWN_STATUSES]
    rest = [row for row in listed if row not in known or row["settlements_stale"]]

    def total(of: list[Mapping[Any, Any]], column: str) -> float:
        return sum(row[column] or 0.0 for row in of)

    places, people = (
        total(known, what) - total(known, f"{what}_stale")
        for what in ("settlements", "population")
    )
    every = total(listed, "settlements")
    if not every:
        return None
    whole = total(listed, "population")
    if whole <= 0:
        return places / every
    share = people / (whole + total(rest, "population_possible"))
    return min(share, places / every) if total(listed, "settlements_open") else share
