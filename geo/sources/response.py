"""What a server's answer means for a download: go on, start over, wait or stop."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import quote

import httpx2

from geo.errors import FetchError
from geo.sources.partial import PartialFile, Validators

#: digits of ``Retry-After`` that count; a wait of more than 30 years is as long
_LONGEST_DIGITS = 9
_BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})


class MissingSourceError(FetchError):
    """The mirror or the publisher does not have the file at all."""


class BrokenOffError(Exception):
    """One try ended early; the next may go on, after ``wait_s`` seconds at least."""

    def __init__(self, cause: str, wait_s: float = 0.0) -> None:
        self.wait_s = wait_s
        super().__init__(cause)


@dataclass(frozen=True)
class Order:
    """What to download.

    Attributes
    ----------
    url
        Full address, token included.
    public
        The address as messages show it: without token and password.
    secret
        The token, which no message may show; empty if there is none.
    hashed
        Whether a hash is known that will prove the file whole.
    known
        Validators of the copy at hand; if they still hold nothing is downloaded.
    hosts
        Further hosts (``name`` or ``name:port``) that the server may redirect to.
    """

    url: str
    public: str
    secret: str = ""
    hashed: bool = False
    known: Validators = field(default_factory=Validators)
    hosts: tuple[str, ...] = ()

    def hide(self, text: str) -> str:
        """Return a text without the token and without a password in an address."""
        for form in (self.secret, quote(self.secret, safe="")):
            text = text.replace(form, "***") if form else text
        return re.sub(r"(?<=//)[^/@\s]+@", "", text)

    def tells(self, text: str) -> bool:
        """Return whether a text holds the token."""
        forms = (self.secret, quote(self.secret, safe=""))
        return bool(self.secret) and any(form in text for form in forms)


def check_status(response: httpx2.Response, order: Order, partial: PartialFile) -> None:
    """Return if a body follows.

    Raises
    ------
    MissingSourceError
        If the server has no such file.
    BrokenOffError
        If it may have it later.
    FetchError
        If it refuses.
    """
    status = response.status_code
    if status in (httpx2.codes.OK, httpx2.codes.PARTIAL_CONTENT):
        return
    if status in (httpx2.codes.NOT_FOUND, httpx2.codes.GONE):
        raise MissingSourceError(
            f"the server has no such file (HTTP {status})",
            where=order.public,
            remedy="Put the file there, or mend the address or path in sources.csv.",
        )
    if status == httpx2.codes.RANGE_NOT_SATISFIABLE and partial.size:
        partial.discard()
        raise BrokenOffError("the server no longer has the rest of the file")
    if status in _BUSY:
        raise BrokenOffError(
            f"the server is busy or at fault (HTTP {status})", _retry_after(response)
        )
    remedy = "Try the address in a browser, or take the file from a mirror."
    if status in (httpx2.codes.UNAUTHORIZED, httpx2.codes.FORBIDDEN):
        remedy = "Check the token or the password, or take the file from a mirror."
    raise FetchError(
        f"the server refuses (HTTP {status} {response.reason_phrase})",
        where=order.public,
        remedy=remedy,
    )


def _retry_after(response: httpx2.Response) -> float:
    """Return the seconds that a server asks to wait, 0 where it does not say."""
    told = response.headers.get("retry-after", "").strip()
    if told.isdecimal():
        return float(told[:_LONGEST_DIGITS])
    try:
        when = parsedate_to_datetime(told)
    except ValueError:
        return 0.0
    if when.tzinfo is None:  # -0000: no zone is known
        when = when.replace(tzinfo=UTC)
    return max(0.0, (when - datetime.now(UTC)).total_seconds())


def check_range(response: httpx2.Response, partial: PartialFile, asked: int) -> None:
    """Make sure that the server continues the same file at the byte asked for."""
    told = response.headers.get("content-range", "")
    match = re.fullmatch(r"bytes (\d+)-\d+/(\d+|\*)", told)
    etag = response.headers.get("etag", partial.validators.etag)
    same = etag == partial.validators.etag or not partial.validators.etag
    if asked and match and int(match[1]) == asked and same:
        total = None if match[2] == "*" else int(match[2])
        if partial.total in (None, total):
            partial.total = total
            return
    partial.discard()
    raise BrokenOffError(f"the server continued another file or place ({told!r})")


def start_over(response: httpx2.Response, order: Order, partial: PartialFile) -> None:
    """Take the body from its first byte; refuse one whose end could not be seen."""
    headers = response.headers
    encoding = headers.get("content-encoding", "identity")
    if encoding != "identity" and not partial.path.name.endswith(".gz.part"):
        raise FetchError(
            f"the server compresses on the way ({encoding!r}) though asked not to",
            where=order.public,
            remedy="Turn that off for this folder of the server.",
        )
    length = headers.get("content-length", "")
    total = int(length) if length.isdecimal() else None
    framed = total is not None or "chunked" in headers.get("transfer-encoding", "")
    if not framed and not order.hashed:
        raise FetchError(
            "the server does not tell the length of the file and no hash is known, "
            "so a broken download could not be noticed",
            where=order.public,
            remedy="Take the file from a mirror, or add its sha256 to sources.csv.",
        )
    partial.start_over(
        Validators(headers.get("etag", ""), headers.get("last-modified", "")), total
    )
