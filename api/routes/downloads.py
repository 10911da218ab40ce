"""``/v1/settlements.csv`` and its like: the rows of a list as a file, all of them."""

from dataclasses import replace
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Request
from starlette.responses import Response, StreamingResponse

from api.answer import file_answer, file_headers
from api.parameters import Chosen
from api.query import Wanted, resolve_area
from api.routes.settlements import Filters, Kinds, Listed
from api.store import Store
from geo.reports.export_list import LIST_FORMATS, list_parts
from geo.reports.listed import Shown, explained, listed_table
from geo.reports.passport.make import held_name
from geo.types import Level

router = APIRouter(prefix="/v1", tags=["settlements"])

Format = Annotated[
    Literal["csv", "geojson", "xlsx", "gpkg"], Path(description="Of the file.")
]
_BINARY = {"schema": {"type": "string", "format": "binary"}}
_ANSWER: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The file.",
        "content": {name.partition(";")[0]: _BINARY for name in LIST_FORMATS.values()},
    }
}
#: Bytes of a file's name before its ending.
_LONGEST = 180


@router.get(
    "/settlements.{format}",
    response_class=Response,
    responses=_ANSWER,
    summary="Settlements as a file",
)
def download(
    request: Request,
    store: Chosen,
    wanted: Filters,
    listing: Listed,
    format: Format,  # noqa: A002 - its name in the address
    kind: Kinds = None,
) -> Response:
    """Return all rows of `/v1/settlements` in their order, one column per value.

    The file says its release, its filters and the attributions.
    """
    wanted = replace(wanted, kinds=tuple(kind or ()))
    rows, shown = listing.rows(store, wanted)
    filters = _filters(store, wanted)
    said = [
        *((f"shown {code}", title) for code, title in explained(store, shown)),
        *(("filter", f"{name}: {value}") for name, value in filters),
        ("sort", listing.sort or "id"),
        ("rows", str(len(rows))),
    ]
    table = listed_table(store, rows, shown)
    parts = list_parts(store, table, said, format)
    name = f"{_stem(store, shown, filters)}.{format}"
    if format in ("csv", "geojson"):
        headers = file_headers(name, shown=False)
        return StreamingResponse(
            parts, media_type=LIST_FORMATS[format], headers=headers
        )
    content = b"".join(parts)
    return file_answer(request, content, LIST_FORMATS[format], name, shown=False)


def _filters(store: Store, wanted: Wanted) -> list[tuple[str, str]]:
    """Return name and value of the filters that are set; areas by their names."""
    said: list[tuple[str, Any]] = []
    for level in (Level.OBLAST, Level.RAION):
        asked = getattr(wanted, level.value)
        if asked is not None:
            found = next(iter(resolve_area(store, level, asked)))
            said.append((level.value, store.areas[found]["name"] or found))
    said += [
        ("kind", ", ".join(wanted.kinds)),
        ("people", wanted.people and wanted.people.text),
        ("judgement", wanted.judgement),
        ("min_gap", wanted.min_gap),
        ("tier", wanted.tier),
        ("name", wanted.name),
        ("bbox", wanted.bbox and ",".join(f"{one:g}" for one in wanted.bbox)),
        ("uncounted", "true" if wanted.uncounted else None),
    ]
    return [(name, str(value)) for name, value in said if value not in (None, "")]


def _stem(store: Store, shown: Shown, filters: list[tuple[str, str]]) -> str:
    """Return a name that says release, subject and filters."""
    subject = shown.standard or shown.domain
    told = [subject] if subject else [*shown.values, *shown.estimates] or ["overall"]
    parts = [store.id.replace("/", "-"), *told, *(value for _, value in filters)]
    return held_name("_".join(parts), _LONGEST)
