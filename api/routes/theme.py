"""``/v1/theme``: the look and the words of the map, for one release."""

from collections import Counter
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.answer import about, answer
from api.models_theme import Theme
from api.parameters import Chosen
from api.store import Store

router = APIRouter(prefix="/v1", tags=["map"])


@router.get("/theme", response_model=Theme, summary="Texts, colours and breaks")
def map_theme(request: Request, store: Chosen) -> Response:
    """Return everything that the map draws with."""
    return answer(
        request, store.theme | {"facilities": _facilities(store)} | about(store)
    )


def _facilities(store: Store) -> list[dict[str, Any]]:
    """Return how many facilities of each kind are listed."""
    kinds = store.table("facilities", ["kind"])["kind"].to_pylist()
    return [
        {"kind": kind, "count": count} for kind, count in sorted(Counter(kinds).items())
    ]
