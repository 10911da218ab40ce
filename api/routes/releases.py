"""``/v1/releases``: what is served, and what can be pinned."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.answer import answer, served
from api.models import ReleaseList
from geo.release.read import Release

router = APIRouter(prefix="/v1", tags=["releases"])


def _info(release: Release, *, latest: bool) -> dict[str, Any]:
    manifest = release.manifest
    return {
        "release": release.id,
        "country": release.country,
        "names": manifest["country"].get("names", {}),
        "on": release.on,
        "synthetic": release.synthetic,
        "counts": manifest.get("counts", {}),
        "default_view": manifest.get("default_view", "scores"),
        "bounds": manifest["country"].get("bounds"),
        "languages": release.languages,
        "latest": latest,
    }


@router.get("/releases", response_model=ReleaseList, summary="Releases")
def releases(request: Request) -> Response:
    """List every whole release; `latest` marks the served one of each country."""
    held = served(request)
    current = next(iter(held.current().values()), None)
    body = {
        "default": current.id if current else None,
        "releases": [_info(one, latest=latest) for one, latest in held.releases()],
    }
    return answer(request, body)
