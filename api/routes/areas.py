"""``/v1/areas``: raions, oblasts, selsovets with scores and evidence."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.answer import about, answer, page_links, pinned, served
from api.areas import area_card, area_name, area_row, area_trend
from api.models_areas import AreaCard, AreaNamePage, AreaPage, Trend
from api.parameters import Chosen, LongLimit, Offset
from api.query import one_of
from api.store import Store
from geo.errors import NotFoundError
from geo.types import Level

router = APIRouter(prefix="/v1", tags=["areas"])


@router.get("/areas", response_model=AreaPage | AreaNamePage, summary="Areas")
def areas(  # noqa: PLR0913 - what an address may ask for
    request: Request,
    store: Chosen,
    level: Annotated[Level | None, Query(description="Only of this level.")] = None,
    parent: Annotated[
        str | None, Query(description="Only those directly within this area (id).")
    ] = None,
    *,
    names_only: Annotated[
        bool, Query(description="Only what they are called, and their bounds.")
    ] = False,
    limit: LongLimit = 100,
    offset: Offset = 0,
) -> Response:
    """List areas with the scores of all, towns, small towns and villages."""
    row = area_name if names_only else area_row
    one_of("parent", parent, store.areas)
    found = [
        id_
        for id_, row in store.areas.items()
        if (level is None or row["level"] == level)
        and (parent is None or row["parent"] == parent)
    ]
    body = about(store) | {
        "total": len(found),
        "limit": limit,
        "offset": offset,
        "items": [row(store, id_) for id_ in found[offset : offset + limit]],
        "links": page_links(request, len(found), limit, offset, pinned(store)),
    }
    return answer(request, body)


@router.get(
    "/areas/{id:path}/trend", response_model=Trend, summary="One area over time"
)
def area_over_time(request: Request, store: Chosen, id: str) -> Response:  # noqa: A002 - its name in the address
    """Show the scores of an area in every release of its country, by day."""
    releases = [release for release, _ in served(request).releases()]
    body = area_trend(store, releases, find_area(store, id))
    return answer(request, about(store) | body)


# After the trend: `{id:path}` takes everything that follows.
@router.get("/areas/{id:path}", response_model=AreaCard, summary="One area")
def area(request: Request, store: Chosen, id: str) -> Response:  # noqa: A002 - its name in the address
    """Show scores, parity, evidence, and the values and norms of the area itself."""
    return answer(request, about(store) | area_card(store, find_area(store, id)))


def find_area(store: Store, id_: str) -> str:
    """Return the id if the release holds it.

    Raises
    ------
    NotFoundError
        If it does not.
    """
    if id_ not in store.areas:
        raise NotFoundError(
            f"no area {id_[:60]!r} in {store.id}",
            remedy="List them at /v1/areas?level=raion.",
        )
    return id_
