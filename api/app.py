"""The application: releases in, answers out."""

from importlib.metadata import version
from pathlib import Path
from typing import Any

from fastapi import Depends, FastAPI
from fastapi.openapi.utils import get_openapi
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES, GZipMiddleware
from starlette.staticfiles import StaticFiles

from api import errors
from api.coding import OneCoding
from api.errors import PROBLEM, RELEASE_HEADER
from api.middleware import HeadAsGet, PlainTextToProblem, ReleaseHeader
from api.models import Problem
from api.openapi import openapi30
from api.parameters import declared_once
from api.routes import (
    areas,
    diff,
    downloads,
    estimates,
    evidence,
    health,
    ogc,
    pages,
    passports,
    readings,
    releases,
    robustness,
    settlements,
    standards,
    summary,
    theme,
    tiles,
    timetables,
    units,
)
from api.security import SecurityHeaders
from api.served import Served

DESCRIPTION = (
    "Settlements judged by the legal social standards of their country. Every answer "
    f"names its release (header `{RELEASE_HEADER}`); `release=cc/date.n` pins one. "
    "Null means unknown, never zero. Errors are `application/problem+json`."
)
ROUTERS = (
    pages.router,
    ogc.router,
    passports.router,  # before the ids, which may hold a slash
    downloads.router,
    settlements.router,
    areas.router,
    units.router,
    standards.router,
    summary.router,
    estimates.router,
    evidence.router,
    timetables.router,
    robustness.router,
    releases.router,
    diff.router,
    theme.router,
    readings.router,
    tiles.router,
    health.router,
)


class ParitetAPI(FastAPI):
    """FastAPI that describes itself in OpenAPI 3.0."""

    def openapi(self) -> dict[str, Any]:
        """Return the API definition, made once."""
        if self.openapi_schema is None:
            made = get_openapi(
                title=self.title,
                version=self.version,
                description=self.description,
                routes=self.routes,
                # Relative, so that it holds behind a proxy's path too.
                servers=[{"url": "."}],
            )
            self.openapi_schema = openapi30(_with_problems(made))
        return self.openapi_schema


def _with_problems(document: dict[str, Any]) -> dict[str, Any]:
    """Return the definition with problem+json as the answer to every fault."""
    schemas = document["components"]["schemas"]
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    made = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas |= made.pop("$defs", {}) | {"Problem": made}
    answer = {
        "description": "A fault, in plain words.",
        "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    for methods in document["paths"].values():
        for operation in methods.values():
            operation["responses"].pop("422", None)
            operation["responses"]["default"] = answer
    return document


def create_app(releases: Path, static: Path | None = None) -> FastAPI:
    """Make the application over a folder of releases.

    Parameters
    ----------
    releases
        Folder with ``<cc>/<date>.<n>/`` and ``<cc>/latest``; may still be empty:
        then every answer that needs a release is a 503 that says so.
    static
        Folder of the built web app; None serves the API alone.
    """
    app = ParitetAPI(
        title="Paritet",
        version=version("paritet"),
        description=DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        dependencies=[Depends(declared_once)],
    )
    app.state.served = Served(releases)
    app.state.static = static
    errors.install(app)
    for router in ROUTERS:
        app.include_router(router)
    if static is not None and static.is_dir():
        app.mount("/", StaticFiles(directory=static), name="static")
    _add_middleware(app)
    # Made before the first request: FastAPI's maker does not bear two at once.
    app.openapi()
    app.state.served.refresh()
    return app


def _add_middleware(app: FastAPI) -> None:
    """Add what every answer passes on its way out; the last added is outermost."""
    app.add_middleware(PlainTextToProblem)
    app.add_middleware(
        GZipMiddleware,
        compresslevel=6,
        exclude_content_types=(*DEFAULT_EXCLUDED_CONTENT_TYPES, tiles.PMTILES),
    )
    app.add_middleware(OneCoding)
    # Outside the compression, so that HEAD tells the length that GET would have.
    app.add_middleware(HeadAsGet)
    # Maps are embedded in pages of other ministries; there is nothing to write.
    app.add_middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_methods=["GET", "HEAD"],
        allow_headers=["Range", "If-None-Match", "If-Range"],
        expose_headers=[
            RELEASE_HEADER,
            "ETag",
            "Accept-Ranges",
            "Content-Range",
            "Content-Length",
            "Content-Disposition",
        ],
    )
    app.add_middleware(ReleaseHeader, served=app.state.served)
    app.add_middleware(SecurityHeaders)
