"""Which rows of a norm a judgement names: what the judge recorded, and no more.

Nothing here compares a class: which norms may hold for a place is decided once, by the
judge. A release of schema version 4 or before does not record it; only this module
knows what is said then.
"""

from collections.abc import Mapping
from typing import Any

Norm = Mapping[str, Any]


def decisive_row(standard: Mapping[str, Any], judged: Mapping[str, Any]) -> Norm | None:
    """Return the row that certainly decided, None where none did."""
    named = (row for row in _rows(standard) if row["id"] == judged["norm_id"])
    return next(named, None)


def possible_rows(
    standard: Mapping[str, Any], judged: Mapping[str, Any]
) -> list[Norm] | None:
    """Return the rows that the judge held possible, in the order of the standard.

    Parameters
    ----------
    standard
        Its entry in the manifest.
    judged
        The row of ``judgements`` or ``unit_judgements``.

    Returns
    -------
    list or None
        Empty where there is no norm; None where the release does not record it.
    """
    held = judged.get("norms_possible")
    if held is None:
        return None
    return [row for row in _rows(standard) if row["id"] in set(held)]


def cited_rows(standard: Mapping[str, Any], judged: Mapping[str, Any]) -> list[Norm]:
    """Return the row that decided; where none did, those that are possible.

    Of no norm, and where a release does not record what is possible, all rows are
    cited: they are what was looked at.
    """
    decisive = decisive_row(standard, judged)
    if decisive is not None:
        return [decisive]
    return possible_rows(standard, judged) or _rows(standard)


def _rows(standard: Mapping[str, Any]) -> list[Norm]:
    return list(standard.get("norms", []))
