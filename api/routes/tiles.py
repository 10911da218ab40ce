"""``/tiles``: whole PMTiles archives (with Range), and single tiles."""

from pathlib import Path as FilePath
from typing import Annotated

from fastapi import APIRouter, Path, Request
from starlette.responses import FileResponse, Response

from api.answer import IMMUTABLE, served
from api.errors import STATE_RELEASE
from api.query import known
from api.sound import untrusted
from api.store import Store
from geo.errors import NotFoundError

router = APIRouter(prefix="/tiles", tags=["tiles"])

PMTILES = "application/vnd.pmtiles"
MVT = "application/vnd.mapbox-vector-tile"
MAX_ZOOM = 30

Coordinate = Annotated[int, Path(ge=0)]
Zoom = Annotated[int, Path(ge=0, le=MAX_ZOOM)]


def _pinned(request: Request, country: str, name: str) -> Store:
    store = served(request).store(country, f"{country}/{name}")
    setattr(request.state, STATE_RELEASE, store.id)
    return store


def _known_layer(store: Store, layer: str) -> str:
    if layer not in store.archives:
        raise NotFoundError(
            f"no tile layer {layer[:40]!r} in {store.id}",
            remedy=f"It must be {known(store.archives, layer)}.",
        )
    return layer


def _headers(store: Store, layer: str) -> dict[str, str]:
    digest = store.manifest["checksums"][f"tiles/{layer}.pmtiles"]
    return {"Cache-Control": IMMUTABLE, "ETag": f'"{digest[:32]}"'}


@router.get(
    "/{country}/{name}/{layer}.pmtiles",
    response_class=FileResponse,
    summary="Tile archive (Range)",
)
def archive(request: Request, country: str, name: str, layer: str) -> Response:
    """Send an archive, or the asked range of its bytes."""
    store = _pinned(request, country, name)
    path = _path(store, _known_layer(store, layer))
    headers = _headers(store, layer)
    if headers["ETag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return FileResponse(path, media_type=PMTILES, headers=headers)


@router.get(
    "/{country}/{name}/{layer}/{z}/{x}/{y}.mvt",
    response_class=Response,
    summary="One vector tile",
)
def tile(  # noqa: PLR0913 - one argument per part of the address
    request: Request,
    country: str,
    name: str,
    layer: str,
    *,
    z: Zoom,
    x: Coordinate,
    y: Coordinate,
) -> Response:
    """Send one tile; 204 where nothing lies in it."""
    store = _pinned(request, country, name)
    layer = _known_layer(store, layer)
    if max(x, y) >= 1 << z:
        raise NotFoundError(
            f"no tile {x}/{y} at zoom {z}", remedy=f"x and y end at {(1 << z) - 1}."
        )
    held = store.archives[layer]
    packed = held.gzipped and "gzip" in request.headers.get("accept-encoding", "")
    with untrusted(store.id, store.path):
        data = (held.tile if packed else held.plain)(z, x, y)
    headers = {"Cache-Control": IMMUTABLE}
    if not data:
        return Response(status_code=204, headers=headers)
    if packed:
        headers["Content-Encoding"] = "gzip"
    return Response(data, headers=headers, media_type=MVT)


def _path(store: Store, layer: str) -> FilePath:
    path = store.tiles(layer)
    if path is None:
        raise NotFoundError(f"the tiles {layer!r} of {store.id} are gone")
    return path
