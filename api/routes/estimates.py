"""``/v1/estimates``: what is probably so; no verdict, score or rank knows it."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from api.answer import about, answer, page_links, pinned
from api.estimates import WantedEstimates, estimate_models, matching_estimates
from api.models_estimates import EstimateModels, EstimatePage
from api.parameters import AreaName, Chosen, LongLimit, Offset
from api.query import Wanted
from geo.texts import Spoken

router = APIRouter(prefix="/v1", tags=["estimates"])


def _wanted(
    indicator: Annotated[
        str | None, Query(description="Only this, such as digital.lte_found.")
    ] = None,
    operator: Annotated[
        str | None, Query(description="Only of this operator (id).")
    ] = None,
    band: Annotated[
        Literal["probably", "probably_not", "open", "value"] | None,
        Query(description="Only estimates in this band."),
    ] = None,
) -> WantedEstimates:
    return WantedEstimates(indicator, operator, band)


def _place(oblast: AreaName = None, raion: AreaName = None) -> Wanted:
    return Wanted(oblast=oblast, raion=raion)


@router.get("/estimates", response_model=EstimatePage, summary="Estimates")
def estimates(
    request: Request,
    store: Chosen,
    wanted: Annotated[WantedEstimates, Depends(_wanted)],
    place: Annotated[Wanted, Depends(_place)],
    limit: LongLimit = 100,
    offset: Offset = 0,
) -> Response:
    """List what is probably so, settlement by settlement, with interval and basis."""
    total, rows = matching_estimates(store, wanted, place, limit, offset)
    body = about(store) | {
        "total": total,
        "limit": limit,
        "offset": offset,
        "items": rows,
        "links": page_links(request, total, limit, offset, pinned(store)),
    }
    return answer(request, body)


@router.get("/estimates/models", response_model=EstimateModels, summary="Models")
def models(
    request: Request,
    store: Chosen,
    language: Annotated[Spoken, Query(description="Of the headlines.")] = "ru",
) -> Response:
    """Show each model, published or failed, with its checks and its groups."""
    return answer(request, about(store) | estimate_models(store, language))
