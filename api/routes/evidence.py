"""``/v1/evidence`` and ``/v1/rejected``: what is known, and what was refused."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.answer import about, answer, page_links, pinned
from api.areas import evidence_by_indicator
from api.models import RejectedPage
from api.models_areas import EvidenceAnswer
from api.parameters import Chosen, LongLimit, Offset
from api.query import one_of
from api.routes.areas import find_area
from api.rows import area_ref
from api.store import Store
from geo.errors import NotFoundError
from geo.types import Level

router = APIRouter(prefix="/v1", tags=["evidence"])


def whole_country(store: Store) -> str:
    """Return the id of the country.

    Raises
    ------
    NotFoundError
        If the release has no such area.
    """
    for id_, row in store.areas.items():
        if row["level"] == Level.COUNTRY:
            return id_
    raise NotFoundError(
        f"no area of level country in {store.id}", remedy="Name one with area=."
    )


@router.get("/evidence", response_model=EvidenceAnswer, summary="What is known")
def evidence(
    request: Request,
    store: Chosen,
    area: Annotated[
        str | None, Query(description="Area id; by default the country.")
    ] = None,
) -> Response:
    """Count people by status per indicator; say who could supply the rest."""
    id_ = whole_country(store) if area is None else find_area(store, area)
    body = about(store) | {
        "area": area_ref(store, id_),
        "items": evidence_by_indicator(store, id_),
    }
    return answer(request, body)


@router.get("/rejected", response_model=RejectedPage, summary="Refused input rows")
def rejected(
    request: Request,
    store: Chosen,
    source: Annotated[
        str | None, Query(description="Only of this source (id of the manifest).")
    ] = None,
    limit: LongLimit = 100,
    offset: Offset = 0,
) -> Response:
    """List the input rows that were refused, with file, row, value and reason."""
    rows = store.table("rejected").to_pylist()
    one_of("source", source, sorted({row["source"] for row in rows}))
    found = [row for row in rows if source is None or row["source"] == source]
    body = about(store) | {
        "total": len(found),
        "limit": limit,
        "offset": offset,
        "items": found[offset : offset + limit],
        "links": page_links(request, len(found), limit, offset, pinned(store)),
    }
    return answer(request, body)
