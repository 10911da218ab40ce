"""Parameters that many addresses share, with the words that describe them."""

from collections import Counter
from typing import Annotated

from fastapi import Depends, Query, Request
from pydantic import StringConstraints

from api.answer import served
from api.errors import STATE_RELEASE, RepeatedParameterError, UnknownParameterError
from api.query import known
from api.store import Store
from geo.errors import NotFoundError

Country = Annotated[
    str | None,
    Query(
        description="Country code; by default the first real one.",
        examples=["by"],
        max_length=8,
    ),
]
PinnedRelease = Annotated[
    str | None,
    Query(
        description="Pins one release; its answers never change.",
        examples=["by/2026-11-22.1"],
        max_length=40,
    ),
]
Limit = Annotated[int, Query(ge=1, le=1000, description="Rows per page.")]
LongLimit = Annotated[int, Query(ge=1, le=10_000, description="Rows per page.")]
Offset = Annotated[
    # More rows than any table has; a larger number would not fit its index.
    int, Query(ge=0, le=10**9, description="Rows to pass over.")
]
Bbox = Annotated[
    str | None,
    Query(
        description="west,south,east,north in degrees (CRS84).",
        examples=["23.1,51.2,32.8,56.2"],
    ),
]
NamePart = Annotated[
    str | None,
    StringConstraints(min_length=1, max_length=100),
    Query(
        description="Part of a name in any language; ё = е, і = и, ў = у; case and "
        "a word for the kind before it («аг.») do not matter. "
        "Names that begin with it come first.",
        examples=["Берёз"],
    ),
]
People = Annotated[
    str | None,
    Query(
        description="Residents, least-most, both included; an end that is left out is "
        "open. Places of unknown size never match.",
        examples=["100-299"],
    ),
]
AreaName = Annotated[
    str | None,
    Query(description="Id, or name in any language.", examples=["Кобринский"]),
]


def answering(request: Request, country: str | None, release: str | None) -> Store:
    """Return the release that answers this request, and note it for the header.

    Raises
    ------
    NotFoundError
        If it is not there; the links between pages name their release, so whoever
        follows them learns here that it was removed meanwhile.
    """
    try:
        store = served(request).store(country, release)
    except NotFoundError as error:
        if release is None:
            raise
        again = "Who reads page by page starts again, without `release`."
        raise NotFoundError(error.what, remedy=f"{error.remedy} {again}") from error
    setattr(request.state, STATE_RELEASE, store.id)
    return store


def chosen(
    request: Request, country: Country = None, release: PinnedRelease = None
) -> Store:
    """Return the release that a country or a release id chooses."""
    return answering(request, country, release)


Chosen = Annotated[Store, Depends(chosen)]


#: Pages for readers; what social networks append to a shared link (fbclid, …) must
#: not turn them into an error.
_PAGES = frozenset({"/", "/map", "/docs"})


def declared_once(request: Request) -> None:
    """Refuse a parameter that this address does not have, or that is given twice.

    Otherwise a slip of the pen would silently be no filter, and of two values one
    would silently not count.

    Raises
    ------
    UnknownParameterError
        Naming the parameters that there are.
    RepeatedParameterError
        Unless the address documents that several values may be given.
    """
    given = request.query_params.multi_items()
    if not given:
        return
    path = request.scope["route"].path_format
    operation = request.app.openapi()["paths"].get(path, {}).get("get", {})
    declared = {
        entry["name"]: entry["schema"].get("type") == "array"
        for entry in operation.get("parameters", [])
        if entry["in"] == "query"
    }
    read = path in _PAGES and "text/html" in request.headers.get("accept", "")
    for name, value in given:
        if name not in declared and not read:
            raise UnknownParameterError(name, value, known(declared, name))
    counted = Counter(name for name, _ in given)
    for name, count in counted.items():
        if count > 1 and declared.get(name) is False:
            raise RepeatedParameterError(name, request.query_params.getlist(name))
