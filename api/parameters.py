"""Parameters that many addresses share, with the words that describe them."""

from typing import Annotated

from fastapi import Depends, Query, Request
from pydantic import StringConstraints

from api.answer import served
from api.errors import STATE_RELEASE, UnknownParameterError
from api.query import known
from api.store import Store

Country = Annotated[
    str | None,
    Query(
        description="Country code; by default the first one served.",
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
Offset = Annotated[int, Query(ge=0, description="Rows to pass over.")]
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
        description="Part of a name in any language; ё = е, case does not matter. "
        "Names that begin with it come first.",
        examples=["Берёз"],
    ),
]
AreaName = Annotated[
    str | None,
    Query(description="Id, or name in any language.", examples=["Кобринский"]),
]


def chosen(
    request: Request, country: Country = None, release: PinnedRelease = None
) -> Store:
    """Return the release that answers this request, and note it for the header."""
    store = served(request).store(country, release)
    setattr(request.state, STATE_RELEASE, store.id)
    return store


Chosen = Annotated[Store, Depends(chosen)]


def only_known(request: Request) -> None:
    """Refuse a parameter that this address does not have.

    Otherwise a slip of the pen would silently be no filter.

    Raises
    ------
    UnknownParameterError
        Naming the parameters that there are.
    """
    if not request.query_params:
        return
    paths = request.app.openapi()["paths"]
    path = request.scope["route"].path_format
    declared = paths[path]["get"].get("parameters", []) if path in paths else []
    names = [entry["name"] for entry in declared if entry["in"] == "query"]
    for name, value in request.query_params.items():
        if name not in names:
            raise UnknownParameterError(name, value, known(names, name))
