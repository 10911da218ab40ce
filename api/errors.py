"""One table from exception to HTTP status; every fault is problem+json (RFC 9457)."""

import logging
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import quote

import orjson
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from api.security import ALWAYS
from geo.errors import ComparisonError, NotFoundError, ParitetError, ReleaseError
from geo.inert import visible

PROBLEM = "application/problem+json"
RELEASE_HEADER = "Paritet-Release"
#: Where a request notes which release answers it.
STATE_RELEASE = "paritet_release"
_log = logging.getLogger("paritet.api")


class ParameterError(ParitetError):
    """A query or path parameter that cannot be used as it stands.

    Parameters
    ----------
    parameter
        Name of the parameter.
    value
        What was sent.
    expected
        What would have been accepted, in plain words.
    """

    def __init__(self, parameter: str, value: object, expected: str) -> None:
        self.parameter = parameter
        self.value = value
        self.expected = expected
        super().__init__(
            f"the parameter {parameter!r} is {str(value)[:ECHOED]!r}",
            remedy=f"It must be {expected}.",
        )


class UnknownParameterError(ParameterError):
    """A query parameter that the address does not have."""

    def __init__(self, parameter: str, value: object, expected: str) -> None:
        super().__init__(parameter, value, expected)
        self.what = f"there is no parameter {parameter[:40]!r} here"


class RepeatedParameterError(ParameterError):
    """A query parameter that is given more than once where only one value counts."""

    def __init__(self, parameter: str, values: list[str]) -> None:
        super().__init__(parameter, ", ".join(values), "given once")
        self.what = f"the parameter {parameter!r} is given {len(values)} times"


#: First match wins; OGC paths answer 400 where /v1 answers 422 (see `_status`).
STATUS: dict[type[Exception], HTTPStatus] = {
    ParameterError: HTTPStatus.UNPROCESSABLE_ENTITY,
    RequestValidationError: HTTPStatus.UNPROCESSABLE_ENTITY,
    ComparisonError: HTTPStatus.UNPROCESSABLE_ENTITY,
    NotFoundError: HTTPStatus.NOT_FOUND,
    ReleaseError: HTTPStatus.SERVICE_UNAVAILABLE,
    ParitetError: HTTPStatus.INTERNAL_SERVER_ERROR,
    Exception: HTTPStatus.INTERNAL_SERVER_ERROR,
}
#: OGC API Features Part 1 (17-069r4) asks 400 for a bad parameter value or name.
OGC_PATHS = frozenset({"", "openapi.json", "collections", "conformance"})
#: Letters of an address or value that are repeated to who sent it.
ECHOED = 80
LONGEST_PATH = 200
#: pydantic's kind of fault -> what would have been right.
_EXPECTED = {
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "float_parsing": "a number",
    "finite_number": "a finite number",
    "bool_parsing": "true or false",
    "greater_than_equal": "at least {ge}",
    "less_than_equal": "at most {le}",
    "greater_than": "more than {gt}",
    "less_than": "less than {lt}",
    "enum": "one of {expected}",
    "literal_error": "one of {expected}",
    "missing": "given",
    "string_too_short": "at least {min_length} character long",
    "string_too_long": "at most {max_length} characters long",
}


def problem(
    status: int,
    detail: str,
    *,
    instance: str,
    errors: list[dict[str, Any]] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return an RFC 9457 answer; ``errors`` lists faulty parameters.

    ``instance`` is the path of the request as it was decoded.
    """
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": visible(detail),
        "instance": quote(instance[:LONGEST_PATH], safe="/:@,~", errors="replace"),
    }
    if errors:
        body["errors"] = errors
    kept = {"Cache-Control": "no-cache"} | dict(headers or {})
    kept.pop("content-length", None)
    return Response(orjson.dumps(body), status, kept, media_type=PROBLEM)


def install(app: FastAPI) -> None:
    """Register the handlers on the application."""
    app.add_exception_handler(RequestValidationError, _on_validation)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(ParitetError, _on_paritet)
    app.add_exception_handler(Exception, _on_unforeseen)


def _status(error: Exception, request: Request) -> int:
    found = next(code for kind, code in STATUS.items() if isinstance(error, kind))
    path = request.scope["path"].removeprefix(request.scope.get("root_path", ""))
    ogc = path.removeprefix("/").partition("/")[0] in OGC_PATHS
    if found == HTTPStatus.UNPROCESSABLE_ENTITY and ogc:
        return HTTPStatus.BAD_REQUEST
    return found


def _on_paritet(request: Request, error: Exception) -> Response:
    if not isinstance(error, ParitetError):
        raise error
    faults = None
    if isinstance(error, ParameterError):
        faults = [_fault(error.parameter, error.value, error.expected)]
    if isinstance(error, NotFoundError | ParameterError | ComparisonError):
        # Where it was looked for is a folder of the server: not the client's matter.
        detail = f"{error.what.rstrip('.')}. {error.remedy}".strip()
    else:
        _log.error("%s", visible(str(error)))
        detail = without_folders(error)
    return problem(
        _status(error, request), detail, instance=request.scope["path"], errors=faults
    )


def without_folders(error: ParitetError) -> str:
    """Return the sentence of an error, the folders of the server cut from its place.

    A place that begins with the id of a release is none of the server's folders.
    """
    where = error.where
    if Path(where).is_absolute():
        where = Path(where).name
    head = f"{where}: {error.what}" if where else error.what
    return f"{head.rstrip('.')}. {error.remedy}".strip()


def _fault(parameter: str, value: object, expected: str) -> dict[str, Any]:
    return {
        "parameter": visible(parameter[:ECHOED]),
        "value": visible(str(value)[:ECHOED]),
        "expected": expected,
    }


def _on_validation(request: Request, error: Exception) -> Response:
    if not isinstance(error, RequestValidationError):
        raise error
    faults = [_plain(fault) for fault in error.errors()]
    sentences = [
        f"The parameter {fault['parameter']!r} is missing."
        if fault["expected"] == "given"
        else f"The parameter {fault['parameter']!r} is {fault['value']!r}. "
        f"It must be {fault['expected']}."
        for fault in faults
    ]
    return problem(
        _status(error, request),
        " ".join(sentences),
        instance=request.scope["path"],
        errors=faults,
    )


def _plain(fault: Mapping[str, Any]) -> dict[str, Any]:
    pattern = _EXPECTED.get(fault["type"])
    expected = pattern.format(**fault.get("ctx", {})) if pattern else fault["msg"]
    value = "" if fault["type"] == "missing" else fault["input"]
    # ("query", name), and a position behind it where a name is given several times.
    return _fault(str(fault["loc"][1]), value, expected)


def _on_http(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    detail = error.detail
    if error.status_code == HTTPStatus.NOT_FOUND:
        page = request.scope["path"][:ECHOED]
        detail = f"There is no page {page!r}. See /docs for all addresses."
    elif error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        detail = (
            f"{request.method} is not offered here; the API only reads (GET, HEAD)."
        )
    return problem(
        error.status_code, detail, instance=request.scope["path"], headers=error.headers
    )


def _on_unforeseen(request: Request, error: Exception) -> Response:
    _log.error("unforeseen fault at %r", request.scope["path"], exc_info=error)
    # Starlette answers this one outside every middleware.
    headers = {"Access-Control-Allow-Origin": "*", **ALWAYS}
    if release := request.scope.get("state", {}).get(STATE_RELEASE):
        headers[RELEASE_HEADER] = release
    return problem(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "The server met a fault of its own; its log says more.",
        instance=request.scope["path"],
        headers=headers,
    )
