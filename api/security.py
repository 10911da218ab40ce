"""What a browser may do with an answer: no foreign script, no guessing of types.

The data hold names that anybody may have written, in OpenStreetMap or in a form. The
app and the documents escape them; these headers are the second wall.
"""

from base64 import b64encode
from hashlib import sha256

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    # Which place a reader looks at is nobody's business but this host's.
    "Referrer-Policy": "same-origin",
}
POLICY = "Content-Security-Policy"
_NOTHING_ELSE = "default-src 'none'; base-uri 'none'; form-action 'none'"
#: The app: everything from this host. MapLibre draws with images that it makes (blob)
#: and with symbols in its style sheet (data). Who may frame it is left open on purpose:
#: maps are embedded in pages of other ministries, and there is nothing on them that a
#: stolen click could write, send or spend.
APP = (
    f"{_NOTHING_ELSE}; script-src 'self'; worker-src 'self'; style-src 'self'; "
    "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'"
)
#: Passports and reports for print: no script, no picture, their style in the page.
DOCUMENT = f"{_NOTHING_ELSE}; style-src 'unsafe-inline'; frame-ancestors 'self'"


def pages_of_api(script: str) -> str:
    """Return the policy of the API pages, whose only own script is ``script``."""
    digest = b64encode(sha256(script.encode()).digest()).decode()
    return (
        f"{_NOTHING_ELSE}; script-src 'self' 'sha256-{digest}'; "
        "style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; frame-ancestors 'self'"
    )


class SecurityHeaders:
    """Adds these headers to every answer; a page may bring a policy of its own."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add the headers when the answer starts."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in ALWAYS.items():
                    headers.setdefault(name, value)
                if headers.get("content-type", "").startswith("text/html"):
                    headers.setdefault(POLICY, APP)
            await send(message)

        await self.app(scope, receive, secured)
