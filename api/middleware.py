"""What happens to every answer on its way out: release header, HEAD, plain faults."""

from http import HTTPStatus

from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import RELEASE_HEADER, STATE_RELEASE, problem
from api.served import Served


class ReleaseHeader:
    """Names the release that answered, else the one served by default."""

    def __init__(self, app: ASGIApp, served: Served) -> None:
        self.app = app
        self.served = served

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add the header when the answer starts."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        state = scope.setdefault("state", {})

        async def named(message: Message) -> None:
            if message["type"] == "http.response.start":
                release = state.get(STATE_RELEASE) or self.served.default_id()
                if release:
                    MutableHeaders(scope=message).setdefault(RELEASE_HEADER, release)
            await send(message)

        await self.app(scope, receive, named)


class HeadAsGet:
    """Answers HEAD with the headers of GET, on every address."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run the request as GET and keep the body back."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return

        async def bodiless(message: Message) -> None:
            if message["type"] == "http.response.body":
                message["body"] = b""
            await send(message)

        as_get = dict(scope)
        as_get["method"] = "GET"
        await self.app(as_get, receive, bodiless)


class PlainTextToProblem:
    """Rewrites the plain-text faults of library responses (bad Range, …)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything through but text/plain answers of 400 and above."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        held: list[Message] = []

        async def filtered(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_plain_fault(message):
                held.append(message)
            elif not held:
                await send(message)
            elif not message.get("more_body", False):
                text = message.get("body", b"").decode(errors="replace")
                answer = _rewritten(held[0], text, scope["path"])
                await answer(scope, receive, send)

        await self.app(scope, receive, filtered)


def _is_plain_fault(message: Message) -> bool:
    kind = dict(message.get("headers", [])).get(b"content-type", b"")
    fault = bool(message["status"] >= HTTPStatus.BAD_REQUEST)
    return fault and bytes(kind).startswith(b"text/plain")


def _rewritten(start: Message, text: str, path: str) -> Response:
    kept = {
        name.decode(): value.decode()
        for name, value in start["headers"]
        if name not in (b"content-type", b"content-length")
    }
    status = HTTPStatus(start["status"])
    detail = text or status.description
    return problem(status, detail, instance=path, headers=kept)
