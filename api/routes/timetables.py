"""``/v1/timetables``: what was wrong with them, and how journeys are searched."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.answer import about, answer
from api.models_transit import TimetablesAnswer
from api.parameters import Chosen
from api.query import one_of

router = APIRouter(prefix="/v1", tags=["evidence"])


@router.get(
    "/timetables", response_model=TimetablesAnswer, summary="Faults of the timetables"
)
def timetables(
    request: Request,
    store: Chosen,
    source: Annotated[
        str | None, Query(description="Only of this source (id of the manifest).")
    ] = None,
) -> Response:
    """Count what was wrong with each timetable, and say what was done about it."""
    rows = store.table("timetable_faults").to_pylist()
    inputs = {one["source"] for one in store.manifest["inputs"]}
    one_of("source", source, sorted(inputs | {row["source"] for row in rows}))
    found = [row for row in rows if source in (None, row["source"])]
    parameters = store.manifest["parameters"].get("transit", {})
    body = {"items": found, "parameters": parameters}
    return answer(request, about(store) | body)
