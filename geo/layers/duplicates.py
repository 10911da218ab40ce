"""Places that a source flags as a second point of another one.

A flagged place is counted nowhere, so a flag must lead to a place that is.
"""

import pandas as pd

from geo.sources.result import REJECTED_COLUMNS


def checked_flags(places: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the places without flags that lead nowhere, and the refused flags.

    Parameters
    ----------
    places
        Columns ``id``, ``duplicate_of`` (an id) and ``_source``.
    """
    flagged = places[places["duplicate_of"].notna()]
    flags = dict(zip(flagged["id"], flagged["duplicate_of"], strict=True))
    known = set(places["id"])
    reasons = {own: _reason(own, flags, known) for own in flags}
    astray = places[places["id"].map(reasons).astype("str").fillna("").ne("")]
    rejected = pd.DataFrame(
        {
            "source": astray["_source"],
            "file": "layer places",
            "row": astray["id"],
            "field": "duplicate_of",
            "value": astray["duplicate_of"],
            "reason": astray["id"].map(reasons),
        },
        columns=list(REJECTED_COLUMNS),
    ).astype("str")
    kept = places["duplicate_of"].mask(places.index.isin(astray.index))
    return places.assign(duplicate_of=kept), rejected


def _reason(own: str, flags: dict[str, str], known: set[str]) -> str:
    """Return why the flag of a place leads nowhere, empty if it leads to a place."""
    seen, at = {own}, own
    while at in flags:
        at = flags[at]
        if at in seen:
            return "places that are said to repeat each other (flag left out, row kept)"
        seen.add(at)
    if at not in known:
        return "no settlement has this id (flag left out, row kept)"
    return ""
