"""OGC API Features, Part 1: settlements, areas, facilities, and ways to them."""

from typing import Annotated, Any, Literal, get_args
from urllib.parse import urlencode

import numpy as np
from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from api.answer import (
    GEOJSON,
    JSON,
    OPENAPI,
    answer,
    base,
    here,
    link,
    page_links,
    pinned,
    segment,
    served,
)
from api.errors import ParameterError
from api.features import FILTERS, TITLES, Collection, Kind, collection
from api.parameters import Bbox, Offset, PinnedRelease, answering
from api.query import known, parse_bbox
from api.store import Store
from api.vocabulary import check_filter
from geo.errors import NotFoundError
from geo.types import Level, Tristate

router = APIRouter(tags=["OGC API Features"])

MAX_LIMIT = 10_000
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
SCHEMA_JSON = "application/schema+json"
CONFORMANCE = [
    f"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/{name}"
    for name in ("core", "geojson", "oas30")
]
_DAY = r"(\.\.|\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2}))?)"
Format = Annotated[Literal["json"] | None, Query(description="Only json.")]


def landing(request: Request) -> dict[str, Any]:
    """Return the landing page."""
    root = base(request)
    attribution = [_attribution(s) for s in served(request).current().values()]
    return {
        "title": "Paritet",
        "description": "Settlements judged by the legal social standards.",
        "attribution": "; ".join(dict.fromkeys(text for text in attribution if text)),
        "links": [
            link(f"{root}/", "self", JSON, "This page"),
            link(f"{root}/openapi.json", "service-desc", OPENAPI, "API definition"),
            link(f"{root}/docs", "service-doc", "text/html", "API pages"),
            link(f"{root}/conformance", "conformance", JSON, "Conformance"),
            link(f"{root}/collections", "data", JSON, "Collections"),
            link(f"{root}/v1/releases", "related", JSON, "Releases"),
            link(f"{root}/map", "alternate", "text/html", "Map"),
        ],
    }


def _attribution(store: Store) -> str:
    """Return the attribution lines of the inputs, in the country's first language."""
    lines = []
    for source in store.manifest.get("inputs", []):
        texts = source.get("attribution") or {}
        spoken = [texts[code] for code in store.languages if code in texts]
        lines += (spoken or list(texts.values()))[:1]
    return "; ".join(dict.fromkeys(lines))


@router.get("/conformance", summary="Conformance classes")
def conformance(request: Request, f: Format = None) -> Response:  # noqa: ARG001 - OGC clients send it
    """List the conformance classes that hold."""
    return answer(request, {"conformsTo": CONFORMANCE})


@router.get("/collections", summary="Collections")
def collections(request: Request, f: Format = None) -> Response:  # noqa: ARG001
    """List the collections of each country that is served."""
    made = [
        _described(request, collection(store, kind))
        for store in served(request).current().values()
        for kind in get_args(Kind)
    ]
    root = link(f"{base(request)}/collections", "self")
    return answer(request, {"links": [root], "collections": made})


def _described(request: Request, held: Collection) -> dict[str, Any]:
    address = f"{base(request)}/collections/{held.id}"
    release = held.store
    names = release.manifest["country"].get("names", {})
    called = next((names[c] for c in ("en", *names) if c in names), release.country)
    made_up = " (synthetic)" if release.synthetic else ""
    queryables = "http://www.opengis.net/def/rel/ogc/1.0/queryables"
    bounds = release.manifest["country"].get("bounds") or [-180, -90, 180, 90]
    return {
        "id": held.id,
        "title": f"{called}{made_up}: {TITLES[held.kind]}",
        "description": f"Release {release.id}, judged on {release.on}{made_up}.",
        "attribution": _attribution(held.store),
        "itemType": "feature",
        "crs": [CRS84],
        "extent": {"spatial": {"bbox": [bounds], "crs": CRS84}},
        "links": [
            link(address, "self"),
            link(f"{address}/items", "items", GEOJSON, "Features"),
            link(f"{address}/schema", "describedby", SCHEMA_JSON, "Schema"),
            # GDAL takes the field types from the schema under this older spelling.
            link(f"{address}/schema", "describedBy", SCHEMA_JSON, "Schema"),
            link(f"{address}/queryables", queryables, SCHEMA_JSON, "Queryables"),
        ],
    }


def _found(request: Request, id_: str, release: str | None = None) -> Collection:
    """Return the collection with this id.

    Raises
    ------
    NotFoundError
        If no country has it; names the collections that there are.
    """
    country, _, name = id_.partition("-")
    kinds: tuple[Kind, ...] = get_args(Kind)
    kind = next((one for one in kinds if one == name), None)
    current, faults = served(request).current(), served(request).faults
    if kind is None or (release is None and country not in {*current, *faults}):
        ids = [f"{code}-{one}" for code in current for one in kinds]
        raise NotFoundError(
            f"no collection {id_[:60]!r}", remedy=f"It must be {known(ids, id_)}."
        )
    return collection(answering(request, country, release), kind)


@router.get("/collections/{collection_id}", summary="One collection")
def one_collection(request: Request, collection_id: str, f: Format = None) -> Response:  # noqa: ARG001
    """Describe one collection."""
    return answer(request, _described(request, _found(request, collection_id)))


@router.get("/collections/{collection_id}/schema", summary="Schema of the features")
def schema(request: Request, collection_id: str) -> Response:
    """Describe every property that each feature has, as JSON Schema."""
    held = _found(request, collection_id)
    # The id stands beside the properties too; said twice, GDAL shows it twice.
    properties = {name: kind for name, kind in held.schema.items() if name != "id"}
    body = _json_schema(request, held) | {
        "properties": {
            "type": {"const": "Feature"},
            "id": {"type": "string"},
            "geometry": {"type": ["object", "null"]},
            "properties": {"type": "object", "properties": properties},
        },
    }
    return answer(request, body, media=SCHEMA_JSON)


@router.get("/collections/{collection_id}/queryables", summary="Queryable properties")
def queryables(request: Request, collection_id: str) -> Response:
    """Describe the properties by which items can be filtered."""
    held = _found(request, collection_id)
    body = _json_schema(request, held) | {
        "properties": {name: held.schema[name] for name in FILTERS[held.kind]},
        "additionalProperties": False,
    }
    return answer(request, body, media=SCHEMA_JSON)


def _json_schema(request: Request, held: Collection) -> dict[str, Any]:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": here(request),
        "title": TITLES[held.kind],
        "type": "object",
    }


class ItemsQuery(BaseModel):
    """Parameters of items; which equality filters hold depends on the collection."""

    bbox: Bbox = None
    limit: Annotated[
        int,
        Field(
            ge=1,
            description=f"Features per page; more than {MAX_LIMIT} counts as that.",
            json_schema_extra={"maximum": MAX_LIMIT},
        ),
    ] = 100
    offset: Offset = 0
    datetime: Annotated[
        str | None,
        Field(
            pattern=f"^{_DAY}?(/{_DAY}?)?$",
            description="Without effect: features carry no time of their own.",
        ),
    ] = None
    release: PinnedRelease = None
    f: Format = None
    kind: Annotated[
        str | None, Field(description="Class of settlement or kind of facility.")
    ] = None
    urban: Tristate | None = None
    level: Level | None = None
    parent: Annotated[str | None, Field(description="Id of an area.")] = None
    status: Annotated[
        str | None, Field(description="Status of a facility or of a way.")
    ] = None
    reason: Annotated[
        str | None, Field(description="Why a detour is long: near, ferry, around.")
    ] = None
    settlement_id: str | None = None
    period: Annotated[
        str | None, Field(description="Part of the year: reference, or a season.")
    ] = None
    destination: Annotated[
        str | None, Field(description="Destination of a journey by timetable.")
    ] = None
    raion_id: str | None = None
    oblast_id: str | None = None

    def filters(self, held: Collection) -> dict[str, str]:
        """Return the equality filters, if the collection has them and their values."""
        every = dict.fromkeys(name for names in FILTERS.values() for name in names)
        given = {
            name: str(value)
            for name in every
            if (value := getattr(self, name)) is not None
        }
        for name, value in given.items():
            if name not in FILTERS[held.kind]:
                expected = f"left out; filters here: {', '.join(FILTERS[held.kind])}"
                raise ParameterError(name, value, expected)
            check_filter(held, name, value)
        return given


@router.get("/collections/{collection_id}/items", summary="Features of a collection")
def items(
    request: Request, collection_id: str, query: Annotated[ItemsQuery, Query()]
) -> Response:
    """Return one page of features, by id; `numberMatched` is exact."""
    held = _found(request, collection_id, query.release)
    box = None if query.bbox is None else parse_bbox(query.bbox)
    rows = held.select(query.filters(held), box)
    limit, offset = min(query.limit, MAX_LIMIT), query.offset
    page = held.features(rows[offset : offset + limit])
    body = {
        "type": "FeatureCollection",
        "numberMatched": len(rows),
        "numberReturned": len(page),
        "links": page_links(
            request, len(rows), limit, offset, pinned(held.store), GEOJSON
        ),
        "features": page,
    }
    return answer(request, body, media=GEOJSON)


@router.get("/collections/{collection_id}/items/{id:path}", summary="One feature")
def item(
    request: Request,
    collection_id: str,
    id: str,  # noqa: A002 - its name in the address
    release: PinnedRelease = None,
    f: Format = None,  # noqa: ARG001
) -> Response:
    """Return one feature."""
    held = _found(request, collection_id, release)
    row = held.position.get(id)
    if row is None:
        raise NotFoundError(
            f"no feature {id[:60]!r} in {held.id}",
            remedy=f"List them at /collections/{held.id}/items.",
        )
    address = f"{base(request)}/collections/{held.id}"
    pin = urlencode(pinned(held.store))
    links = [
        link(f"{address}/items/{segment(id)}?{pin}", "self", GEOJSON),
        link(address, "collection"),
    ]
    feature = held.features(np.array([row], dtype=np.int64))[0]
    return answer(request, feature | {"links": links}, media=GEOJSON)
