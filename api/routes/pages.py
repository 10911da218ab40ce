"""``/``, ``/map``, ``/docs``, ``/openapi.json``: pages from this host only."""

import re
from html import escape
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from starlette.responses import FileResponse, HTMLResponse, Response

from api.answer import OPENAPI, answer
from api.routes.ogc import landing
from api.security import POLICY, pages_of_api
from geo.errors import NotFoundError

router = APIRouter(tags=["pages"])

SWAGGER = "vendor/swagger"
_START = 'SwaggerUIBundle({url: "openapi.json", dom_id: "#ui", validatorUrl: null})'
_HEADERS = {"Cache-Control": "no-cache", "Vary": "Accept"}
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Paritet API</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="favicon.svg">{styles}</head>
<body><header><h1>Paritet API</h1><p>{about}</p>
<p><a href="openapi.json">openapi.json</a></p><h2>Addresses</h2></header>
{content}</body></html>
"""
_STYLES = """
<link rel="stylesheet" href="{swagger}/swagger-ui.css">
<link rel="stylesheet" href="docs.css">"""
_CONTENT = """<div id="ui"></div><noscript>{listing}</noscript>
<script src="{swagger}/swagger-ui-bundle.js"></script>
<script>{start}</script>"""


def _app_page(request: Request) -> Path | None:
    static: Path | None = request.app.state.static
    page = static / "index.html" if static else None
    return page if page and page.is_file() else None


@router.get("/", summary="Landing page, or the map for a browser")
def root(
    request: Request,
    f: Annotated[Literal["json", "html"] | None, Query()] = None,
) -> Response:
    """Return JSON to clients, the map to browsers (`Accept: text/html`)."""
    page = _app_page(request)
    html = f == "html" or (
        f is None and "text/html" in request.headers.get("accept", "")
    )
    if html and page:
        return FileResponse(page, media_type="text/html", headers=_HEADERS)
    return answer(request, landing(request), headers=_HEADERS)


@router.get("/map", response_class=FileResponse, summary="The map")
def the_map(request: Request) -> Response:
    """Return the map application."""
    page = _app_page(request)
    if page is None:
        raise NotFoundError(
            "the web app is not built here",
            remedy="Run ./run.sh once; it builds maps/static.",
        )
    return FileResponse(page, media_type="text/html", headers=_HEADERS)


@router.get("/openapi.json", summary="API definition (OpenAPI 3.0)")
def definition(request: Request) -> Response:
    """Return the API definition."""
    return answer(request, request.app.openapi(), media=OPENAPI)


@router.get("/docs", response_class=HTMLResponse, summary="API pages")
def docs(request: Request) -> Response:
    """Return the API pages; without scripts, a plain list of addresses."""
    static: Path | None = request.app.state.static
    has_swagger = static and (static / SWAGGER / "swagger-ui-bundle.js").is_file()
    document = request.app.openapi()
    listing = _listing(document)
    content = _CONTENT if has_swagger else "{listing}"
    text = _PAGE.format(
        styles=_STYLES.format(swagger=SWAGGER) if has_swagger else "",
        about=re.sub(
            "`([^`]+)`", r"<code>\1</code>", escape(document["info"]["description"])
        ),
        content=content.format(swagger=SWAGGER, listing=listing, start=_START),
    )
    headers = {"Cache-Control": "no-cache", POLICY: pages_of_api(_START)}
    return HTMLResponse(text, headers=headers)


def _listing(document: dict[str, Any]) -> str:
    rows = "".join(
        f"<li><code>{escape(path)}</code> {escape(methods['get']['summary'])}</li>"
        for path, methods in document["paths"].items()
    )
    return f"<main><ul>{rows}</ul></main>"
