"""Places that a source flags as a second point of another one.

A flagged place is counted nowhere, so a flag must lead to a place that is, and to one
of its name: what a list holds to be one place, a register may know to be two.
"""

import pandas as pd

from geo.layers.names import NAME_COLUMNS, best_likeness
from geo.sources.result import REJECTED_COLUMNS

#: likeness of names below which two places are not one
_ALIKE = 0.8


def checked_flags(places: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the places without flags that lead nowhere, and the refused flags.

    Parameters
    ----------
    places
        Columns ``id``, ``duplicate_of`` (an id), names, ``_name_said`` (name in a
        register) and ``_source``.
    """
    flagged = places[places["duplicate_of"].notna()]
    flags = dict(zip(flagged["id"], flagged["duplicate_of"], strict=True))
    known = set(places["id"])
    names = places.set_index("id").reindex(columns=[*NAME_COLUMNS, "_name_said"])
    names = names.loc[list(known & {*flags, *flags.values()})]
    reasons = {
        own: _reason(own, flags, known) or _other_name(names, own, flags[own])
        for own in flags
    }
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


def _other_name(names: pd.DataFrame, own: str, other: str) -> str:
    """Return that a register calls the other place otherwise, empty if it does not."""
    called = names.at[other, "_name_said"]
    if not isinstance(called, str) or best_likeness(names.loc[own], called) >= _ALIKE:
        return ""
    return f"a register calls that place {called} (flag left out, row kept)"
