"""``/v1/summary``: what one reading says of the country or an area, in sentences."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.answer import about, answer
from api.models_summary import SummaryAnswer
from api.parameters import Chosen
from api.readings import check
from api.routes.areas import find_area
from api.routes.evidence import whole_country
from api.rows import area_ref
from geo.reports.summary import summary
from geo.texts import Spoken

router = APIRouter(prefix="/v1", tags=["map"])


@router.get(
    "/summary",
    response_model=SummaryAnswer,
    summary="What a reading says of the country or an area",
)
def one_summary(
    request: Request,
    store: Chosen,
    of: Annotated[
        str,
        Query(description="As of `/v1/readings`.", examples=["value:digital.cell_km"]),
    ],
    area: Annotated[
        str | None, Query(description="Area id; by default the country.")
    ] = None,
    language: Annotated[Spoken, Query(description="Of the sentences.")] = "ru",
) -> Response:
    """Return promise, headline, classes, worst places, town against village, ages.

    All sums are of the settlements that are counted, in the classes of the map.
    """
    check(store, of)
    id_ = whole_country(store) if area is None else find_area(store, area)
    key = f"summary {of} {id_} {language}"
    if key not in store.made:
        told = summary(store, of, store.areas[id_], language)
        told |= {"of": of, "area": area_ref(store, id_), "language": language}
        if area is not None and id_ != whole_country(store):
            return answer(request, about(store) | told)
        store.made[key] = told
    return answer(request, about(store) | store.made[key])
