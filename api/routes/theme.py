"""``/v1/theme``: the look and the words of the map, for one release."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.answer import about, answer
from api.models_theme import Theme
from api.parameters import Chosen

router = APIRouter(prefix="/v1", tags=["map"])


@router.get("/theme", response_model=Theme, summary="Texts, colours and breaks")
def map_theme(request: Request, store: Chosen) -> Response:
    """Return everything that the map draws with."""
    return answer(request, store.theme | about(store))
