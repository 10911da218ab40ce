"""Of how many people something is known: one count for every table, page and answer."""

from collections.abc import Iterable, Mapping
from typing import Any

from geo.types import KNOWN_STATUSES


def known_share(rows: Iterable[Mapping[Any, Any]]) -> float | None:
    """Return the share of the people whose value is known, 0 … 1, at least.

    A value that is assumed is not known (:data:`geo.types.KNOWN_STATUSES`). Where a
    population is not known and the value neither, as many live as possible; where that
    is open, the share is no larger than that of the settlements. So nothing is known
    whole beside a settlement where it is not.

    Parameters
    ----------
    rows
        Of the table ``evidence``, those of one indicator in one area.

    Returns
    -------
    float | None
        None where nobody's number is known.

    Examples
    --------
    >>> def row(status, settlements, population, possible=0.0, open_=0):
    ...     return {"status": status, "settlements": settlements,
    ...             "population": population, "population_possible": possible,
    ...             "settlements_open": open_}
    >>> known_share([row("measured", 1, 90.0), row("unknown", 2, 0.0, 10.0)])
    0.9
    >>> known_share([row("measured", 1, 90.0), row("assumed", 2, 0.0, open_=1)])
    0.3333333333333333
    """
    listed = list(rows)
    known = [row for row in listed if row["status"] in KNOWN_STATUSES]
    other = [row for row in listed if row["status"] not in KNOWN_STATUSES]

    def total(of: list[Mapping[Any, Any]], *columns: str) -> float:
        return sum(row[column] or 0.0 for row in of for column in columns)

    if total(listed, "population") <= 0:
        return None
    people = total(known, "population")
    share = people / (people + total(other, "population", "population_possible"))
    if not total(listed, "settlements_open"):
        return share
    return min(share, total(known, "settlements") / total(listed, "settlements"))
