"""Whether an answer may leave compressed: Accept-Encoding as RFC 9110 reads it."""

import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_WEIGHT = re.compile(r"0(\.[0-9]{0,3})?|1(\.0{0,3})?")


def accepts_gzip(header: str) -> bool:
    """Say whether the client takes gzip, and likes it no less than plain.

    Who accepts nothing that there is (``identity;q=0``) still gets the plain answer:
    RFC 9110, 12.1 leaves that to the server, and data are worth more than a refusal.

    Examples
    --------
    >>> accepts_gzip("br, gzip;q=0.5"), accepts_gzip("gzip;q=0"), accepts_gzip("")
    (True, False, False)
    >>> accepts_gzip("*"), accepts_gzip("identity, gzip;q=0.5")
    (True, False)
    """
    weights: dict[str, float] = {}
    for part in header.lower().split(","):
        name, *parameters = (word.strip() for word in part.split(";"))
        weights[name] = _weight(parameters)
    rest = weights.get("*", 0.0)
    gzip = weights.get("gzip", weights.get("x-gzip", rest))
    return gzip > 0 and gzip >= weights.get("identity", 0.0)


def _weight(parameters: list[str]) -> float:
    """Return the weight of a coding; one that is no weight accepts nothing."""
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            return float(value) if _WEIGHT.fullmatch(value.strip()) else 0.0
    return 1.0


class OneCoding:
    """Leaves one word of what the client accepts: ``gzip`` or ``identity``.

    What compresses further inside looks for that word only.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Replace the header, and say that the answer depends on it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        sent = ",".join(Headers(scope=scope).getlist("accept-encoding"))
        word = b"gzip" if accepts_gzip(sent) else b"identity"
        others = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]

        async def varying(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if "accept-encoding" not in headers.get("vary", "").lower():
                    headers.add_vary_header("Accept-Encoding")
            await send(message)

        named = {**scope, "headers": [*others, (b"accept-encoding", word)]}
        await self.app(named, receive, varying)
