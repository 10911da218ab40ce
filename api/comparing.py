"""Which two releases a request compares; the comparison is kept with the newer."""

import threading
from collections import OrderedDict
from typing import Annotated

from fastapi import Query, Request

from api.answer import served
from api.errors import STATE_RELEASE, ParameterError
from api.store import Store
from geo.reports.diff.compare import Diff, compare

DIFFS_KEPT = 4
_MADE = "diffs"
_making = threading.Lock()

From = Annotated[
    str,
    Query(
        alias="from",
        description="Older release; a bare country code is its served release.",
        examples=["by/2025-12-31.1"],
        max_length=40,
    ),
]
To = Annotated[
    str,
    Query(
        description="Newer release; a bare country code is its served release.",
        examples=["by/2026-11-25.1"],
        max_length=40,
    ),
]


def compared(request: Request, older: From, to: To) -> Diff:
    """Return the comparison of two releases, and note the newer one for the header.

    Raises
    ------
    ParameterError
        If they are of different countries.
    NotFoundError
        If one of them is not there, or was removed.
    """
    before, after = (_store(request, name) for name in (older, to))
    if before.country != after.country:
        raise ParameterError("to", to, f"a release of {before.country!r}, like `from`")
    setattr(request.state, STATE_RELEASE, after.id)
    with _making:  # who asks for the same at once waits for the first
        held: OrderedDict[str, Diff] = after.made.setdefault(_MADE, OrderedDict())
        found = held.get(before.id)
        if found is None:
            found = compare(before, after)
            held[before.id] = found
            while len(held) > DIFFS_KEPT:
                held.popitem(last=False)
    return found


def _store(request: Request, name: str) -> Store:
    if "/" in name:
        return served(request).store(release=name)
    return served(request).store(country=name)
