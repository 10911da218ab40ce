"""``/health``: for whoever watches the server."""

from importlib.metadata import version

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.answer import answer, served
from api.models import Health

router = APIRouter(tags=["health"])


@router.get("/health", response_model=Health, summary="Health check")
def health(request: Request) -> Response:
    """Say which release each country is served from, and what could not be read.

    503 where there is nothing to serve.
    """
    held = served(request)
    held.store()
    current = held.current()
    body = {
        "status": "degraded" if held.faults else "ok",
        "version": version("paritet"),
        "served": {code: store.id for code, store in current.items()},
        "faults": dict(held.faults),
    }
    return answer(request, body)
