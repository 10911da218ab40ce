"""``/v1/readings`` and ``/v1/places``: what the map joins to its tiles."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.answer import about, answer
from api.errors import ParameterError
from api.grouped import HEXAGON, by_area, by_hexagon
from api.models_readings import GroupedAnswer, PlacesAnswer, ReadingAnswer
from api.parameters import Chosen
from api.query import one_of
from api.readings import places, reading

router = APIRouter(prefix="/v1", tags=["map"])


@router.get(
    "/readings",
    response_model=ReadingAnswer | GroupedAnswer,
    response_model_exclude_none=True,
    summary="One reading of all settlements, or of hexagons or areas",
)
def one_reading(
    request: Request,
    store: Chosen,
    of: Annotated[
        str,
        Query(
            description="`verdict:<standard>`, `score:<group>`, `status:<indicator>`, "
            "`value:<indicator>`, `estimate:<what is estimated>` or `people`. "
            "By area also `known`: of all indicators together.",
            examples=["verdict:by.transport.trips"],
        ),
    ],
    by: Annotated[
        str | None,
        Query(description="`hexagon`, or a level of areas such as `raion`."),
    ] = None,
    resolution: Annotated[
        int | None, Query(description="Of the hexagons, one of those in /v1/theme.")
    ] = None,
) -> Response:
    """Return what is said of each feature, in the order of the numbers of the tiles.

    By area in the order of their ids.
    """
    if resolution is not None and by != HEXAGON:
        raise ParameterError("resolution", resolution, f"left out unless by={HEXAGON}")
    if by is None:
        told = reading(store, of)
    elif by == HEXAGON:
        told = by_hexagon(store, of, resolution)
    else:
        told = by_area(store, of, by)
    return answer(request, about(store) | {"of": of} | told)


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
