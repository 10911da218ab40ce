"""``/v1/readings`` and ``/v1/places``: what the map joins to its tiles."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.answer import about, answer
from api.models_readings import PlacesAnswer, ReadingAnswer
from api.parameters import Chosen
from api.query import one_of
from api.readings import places, reading

router = APIRouter(prefix="/v1", tags=["map"])


@router.get(
    "/readings",
    response_model=ReadingAnswer,
    response_model_exclude_none=True,
    summary="One reading of all settlements",
)
def one_reading(
    request: Request,
    store: Chosen,
    of: Annotated[
        str,
        Query(
            description="`verdict:<standard>`, `score:<group>`, `status:<indicator>`, "
            "`value:<indicator>`, `estimate:<what is estimated>` or `people`.",
            examples=["verdict:by.transport.trips"],
        ),
    ],
) -> Response:
    """Return what is said of each settlement, in the order of the tiles' features."""
    return answer(request, about(store) | {"of": of} | reading(store, of))


@router.get("/places", response_model=PlacesAnswer, summary="Ids and names of tiles")
def all_places(
    request: Request,
    store: Chosen,
    language: Annotated[
        str | None, Query(description="Of the names, one of the country's.")
    ] = None,
) -> Response:
    """Return ids and names of the settlements, in the order of the tiles' features."""
    one_of("language", language, store.languages)
    return answer(request, about(store) | places(store, language))
