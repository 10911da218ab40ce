"""How an answer leaves: JSON bytes, release header, validator, links."""

import hashlib
from typing import Any
from urllib.parse import quote, urlencode

import orjson
from starlette.requests import Request
from starlette.responses import Response

from api.security import DOCUMENT, POLICY
from api.served import Served
from api.store import Store

JSON = "application/json"
GEOJSON = "application/geo+json"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
IMMUTABLE = "public, max-age=31536000, immutable"


def served(request: Request) -> Served:
    """Return the releases of this application."""
    found: Served = request.app.state.served
    return found


def answer(
    request: Request,
    body: Any,
    *,
    media: str = JSON,
    headers: dict[str, str] | None = None,
) -> Response:
    """Return a JSON answer, or 304 where the client already holds it.

    NaN and infinity become null: the status beside a value says what it means.
    """
    content = orjson.dumps(body, option=orjson.OPT_NON_STR_KEYS)
    tag = _validator(content)
    kept = {"Cache-Control": "no-cache", "ETag": tag} | (headers or {})
    if tag in _tags(request):
        return Response(status_code=304, headers=kept)
    return Response(content, headers=kept, media_type=media)


def file_answer(
    request: Request, content: bytes, media: str, name: str, *, shown: bool
) -> Response:
    """Return a document, or 304 where the client already holds it.

    Parameters
    ----------
    request
        What was asked.
    content
        The whole document.
    media
        Its media type.
    name
        What a browser calls the file, in any script (RFC 6266).
    shown
        Whether a browser shows it; otherwise it saves it.
    """
    tag = _validator(content)
    kept = {"Cache-Control": "no-cache", "ETag": tag} | file_headers(name, shown=shown)
    if tag in _tags(request):
        return Response(status_code=304, headers=kept)
    return Response(content, headers=kept, media_type=media)


def file_headers(name: str, *, shown: bool) -> dict[str, str]:
    """Return what says how a document is called and whether a browser shows it."""
    how = "inline" if shown else "attachment"
    plain = f"paritet.{name.rpartition('.')[2]}"
    called = f"filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    return {"Content-Disposition": f"{how}; {called}", POLICY: DOCUMENT}


def _validator(content: bytes) -> str:
    # Weak, since the same answer may also leave compressed.
    return f'W/"{hashlib.blake2b(content, digest_size=12).hexdigest()}"'


def _tags(request: Request) -> list[str]:
    sent = request.headers.get("if-none-match", "")
    return [tag.strip() for tag in sent.split(",")]


def about(store: Store) -> dict[str, Any]:
    """Return the three keys that every /v1 body carries."""
    return {"release": store.id, "on": store.on, "synthetic": store.synthetic}


def base(request: Request) -> str:
    """Return the address of the landing page without its last slash."""
    return str(request.base_url).rstrip("/")


def here(request: Request) -> str:
    """Return the address of this request without its query."""
    path: str = request.scope["path"]
    root = request.scope.get("root_path", "")
    return base(request) + quote(path.removeprefix(root), safe="/:@,~")


def link(href: str, rel: str, media: str = JSON, title: str = "") -> dict[str, str]:
    """Return one link object."""
    made = {"href": href, "rel": rel, "type": media}
    return made | {"title": title} if title else made


def segment(text: str) -> str:
    """Return an id as one path segment."""
    return quote(text, safe=":@,~")


def pinned(store: Store) -> dict[str, str]:
    """Return the parameters that make an address name this release."""
    return {"release": store.id}


def page_links(
    request: Request,
    total: int,
    limit: int,
    offset: int,
    release: dict[str, str],
    media: str = JSON,
) -> list[dict[str, str]]:
    """Return self, next and prev; they keep every parameter of the request.

    Parameters
    ----------
    request
        What was asked.
    total, limit, offset
        Of the rows.
    release
        Parameters that pin what answered: a walk along the links reads one release,
        even if a newer one is served meanwhile.
    media
        Media type of the pages.
    """
    kept = [
        (name, value)
        for name, value in request.query_params.multi_items()
        if name not in {"offset", "limit", *release}
    ]

    def at(place: int) -> str:
        paging = [("limit", str(limit)), ("offset", str(place))]
        return f"{here(request)}?{urlencode([*kept, *release.items(), *paging])}"

    links = [link(at(offset), "self", media)]
    if offset + limit < total:
        links.append(link(at(offset + limit), "next", media))
    if offset > 0:
        links.append(link(at(max(0, offset - limit)), "prev", media))
    return links
