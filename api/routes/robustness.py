"""``/v1/robustness``: how far the ranking holds, and what drives it."""

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from api.answer import about, answer
from api.models_ranks import RobustnessAnswer
from api.parameters import Chosen, only_known
from api.ranks import robustness as held

router = APIRouter(
    prefix="/v1", tags=["robustness"], dependencies=[Depends(only_known)]
)


@router.get("/robustness", response_model=RobustnessAnswer, summary="Robustness")
def robustness(request: Request, store: Chosen) -> Response:
    """Show the draws' parameters and seed, shares told apart, and Sobol' indices."""
    return answer(request, about(store) | held(store))
