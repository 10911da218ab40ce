"""``/v1/units``: norms of raions, oblasts, the country and operators."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from api.answer import about, answer, page_links, pinned
from api.models_units import UnitPage
from api.parameters import Chosen, LongLimit, Offset
from api.query import one_of
from api.units import WantedUnits, matching_units
from geo.types import AssessedUnit, Verdict

router = APIRouter(prefix="/v1", tags=["units"])


def _wanted(
    level: Annotated[
        AssessedUnit | None, Query(description="Only units of this level.")
    ] = None,
    standard: Annotated[
        str | None, Query(description="Only by this standard (id).")
    ] = None,
    verdict: Annotated[Verdict | None, Query(description="Only this verdict.")] = None,
) -> WantedUnits:
    return WantedUnits(level, standard, verdict)


@router.get("/units", response_model=UnitPage, summary="Norms of whole units")
def units(
    request: Request,
    store: Chosen,
    wanted: Annotated[WantedUnits, Depends(_wanted)],
    limit: LongLimit = 100,
    offset: Offset = 0,
) -> Response:
    """List verdicts with value, norm, gap, act and confidence, by unit and standard.

    A norm of a raion, an oblast or an operator is judged at that level only.
    """
    one_of("standard", wanted.standard, store.unit_standards)
    found = matching_units(store, wanted)
    body = about(store) | {
        "total": len(found),
        "limit": limit,
        "offset": offset,
        "items": found[offset : offset + limit],
        "links": page_links(request, len(found), limit, offset, pinned(store)),
    }
    return answer(request, body)
