"""``/v1/robustness``: how far the ranking holds."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.answer import about, answer
from api.models_ranks import RobustnessAnswer
from api.parameters import Chosen
from api.ranks import robustness as held

router = APIRouter(prefix="/v1", tags=["robustness"])


@router.get("/robustness", response_model=RobustnessAnswer, summary="Robustness")
def robustness(request: Request, store: Chosen) -> Response:
    """Show the draws' parameters and seed, and which shares are told apart."""
    return answer(request, about(store) | held(store))
