"""``/v1/standards``: what is promised, by which act, and how it is kept."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.answer import about, answer
from api.models_standards import StandardCard, StandardList
from api.parameters import Chosen
from api.query import known
from api.store import Store
from geo.errors import NotFoundError
from geo.types import Verdict

router = APIRouter(prefix="/v1", tags=["standards"])


def _counted(store: Store, standard: dict[str, Any]) -> dict[str, Any]:
    counts = store.manifest.get("verdicts", {}).get(standard["id"], {})
    return standard | {"verdicts": {v: counts.get(v, 0) for v in Verdict}}


@router.get("/standards", response_model=StandardList, summary="Standards")
def standards(request: Request, store: Chosen) -> Response:
    """List what is judged, and beside it, apart, what is known of and never judged."""
    items = [_counted(store, standard) for standard in store.standards.values()]
    body = {"items": items, "context": store.manifest.get("context", [])}
    return answer(request, about(store) | body)


@router.get("/standards/{id}", response_model=StandardCard, summary="One standard")
def standard(request: Request, store: Chosen, id: str) -> Response:  # noqa: A002 - its name in the address
    """Show one standard: act, item, revision, confidence, verdicts."""
    held = store.standards.get(id)
    if held is None:
        if id in {entry["id"] for entry in store.manifest.get("context", [])}:
            raise NotFoundError(
                f"{id!r} is context in {store.id}: documented and never judged",
                remedy="See the list 'context' of /v1/standards.",
            )
        raise NotFoundError(
            f"no standard {id[:60]!r} in {store.id}",
            remedy=f"It must be {known(store.standards, id)}.",
        )
    return answer(request, about(store) | {"standard": _counted(store, held)})
