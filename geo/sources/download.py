"""One file over HTTP: resumed where it broke off, never longer or shorter than said.

Redirects are followed by hand (:mod:`geo.sources.redirects`), and a watch ends what
drips (:mod:`geo.sources.watch`). Bodies are taken raw: a server that compresses on the
way would change the hash.
"""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from errno import EDQUOT, ENOSPC

import httpx2

from geo.errors import FetchError
from geo.sources.partial import PartialFile
from geo.sources.redirects import redirected
from geo.sources.response import (
    BrokenOffError,
    Order,
    check_range,
    check_status,
    start_over,
)
from geo.sources.watch import Watch

MAX_REDIRECTS = 10
#: No source of a country is larger: the roads of all Europe have 32 GB.
MAX_BYTES = 64 * 2**30
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_NO_SERVER = (httpx2.ConnectError, httpx2.ConnectTimeout)

#: Called with the bytes that are here and the bytes that will be, None if unknown.
ByteCount = Callable[[int, int | None], None]


@dataclass(frozen=True)
class Patience:
    """How long to wait for a server and how often to take up a broken download.

    Attributes
    ----------
    connect_s, read_s
        Seconds without a connection, seconds without a byte.
    attempts
        Number of tries in all.
    pause_s
        Seconds before the second try, doubled before each further one.
    wait_s
        The longest pause that a server may ask for (``Retry-After``).
    total_s
        Seconds for a file in all, tries and pauses together.
    slow_s, slow_bytes
        A try ends when fewer bytes than this came in so many seconds. No line is
        slower than 1 kB/s; a server that sends a byte now and then would never end.
    """

    connect_s: float = 10.0
    read_s: float = 30.0
    attempts: int = 5
    pause_s: float = 1.0
    wait_s: float = 300.0
    total_s: float = 6 * 3600.0
    slow_s: float = 60.0
    slow_bytes: int = 60_000


def download(
    order: Order, partial: PartialFile, patience: Patience, progress: ByteCount
) -> bool:
    """Bring a file into ``partial``, whole and forced to the disk.

    Returns
    -------
    bool
        False if the server says that the copy at hand (``order.known``) is current.

    Raises
    ------
    MissingSourceError
        If the server has no such file.
    FetchError
        If it cannot be reached, refuses, is too slow, breaks off each time, sends more
        than any source has, or if the disk is full; each says so with figures.
    """
    if partial.complete:
        return True
    watch = Watch(patience.total_s, patience.slow_s, patience.slow_bytes, order.public)
    cause, tried = "", 0
    with _client(patience) as client, _unlogged(order):
        while tried < patience.attempts:
            tried += 1
            wait_s = 0.0
            try:
                with _disk_faults(partial, order), watch.over_one_try():
                    return _attempt(client, order, partial, progress, watch)
            except BrokenOffError as error:
                cause, wait_s = order.hide(str(error)), error.wait_s
            except httpx2.TransportError as error:
                if tried == 1 and isinstance(error, _NO_SERVER) and not watch.cause:
                    raise _unreachable(order, error, patience) from error
                cause = _broken(error, order, patience)
            cause = watch.cause or cause
            pause_s = max(patience.pause_s * 2 ** (tried - 1), wait_s)
            if watch.left <= 0:
                break
            if wait_s > patience.wait_s or pause_s >= watch.left:
                cause += f", and the next try could only be in {pause_s:,.0f} seconds"
                break
            if tried < patience.attempts:
                time.sleep(pause_s)
    raise _given_up(cause, tried, order, partial)


def _given_up(cause: str, tried: int, order: Order, partial: PartialFile) -> FetchError:
    times = "once" if tried == 1 else f"{tried} times"
    said = f" of {partial.total}" if partial.total is not None else ""
    return FetchError(
        f"the download broke off {times}, at last because {cause}; "
        f"{partial.size}{said} bytes are here",
        where=order.public,
        remedy="Fetch again later"
        + ("; it goes on from there." if partial.resumable else "."),
    )


def _broken(error: httpx2.TransportError, order: Order, patience: Patience) -> str:
    if isinstance(error, httpx2.TimeoutException) and not isinstance(error, _NO_SERVER):
        return f"the server sent nothing for {patience.read_s:g} seconds"
    return order.hide(str(error))


def _client(patience: Patience) -> httpx2.Client:
    return httpx2.Client(
        timeout=httpx2.Timeout(patience.read_s, connect=patience.connect_s),
        follow_redirects=False,
        headers={"User-Agent": "paritet", "Accept-Encoding": "identity"},
    )


@contextmanager
def _unlogged(order: Order) -> Iterator[None]:
    """Keep an address with a token out of the HTTP library's own log."""
    log = logging.getLogger("httpx2")

    def without_secret(record: logging.LogRecord) -> bool:
        return not order.secret or order.hide(text := record.getMessage()) == text

    log.addFilter(without_secret)
    try:
        yield
    finally:
        log.removeFilter(without_secret)


def _unreachable(order: Order, error: Exception, patience: Patience) -> FetchError:
    why = order.hide(str(error))
    if isinstance(error, httpx2.ConnectTimeout):
        why = f"no connection within {patience.connect_s:g} seconds"
    return FetchError(
        f"the server cannot be reached ({why})",
        where=order.public,
        remedy="Check the address, the network and the proxy, or give a folder with "
        "--mirror.",
    )


def _attempt(
    client: httpx2.Client,
    order: Order,
    partial: PartialFile,
    progress: ByteCount,
    watch: Watch,
) -> bool:
    asked = partial.size if partial.resumable else 0
    with closing(_open(client, order, _headers(order, partial), watch)) as response:
        if response.status_code == httpx2.codes.NOT_MODIFIED and order.known.strong:
            return False
        check_status(response, order, partial)
        if response.status_code == httpx2.codes.PARTIAL_CONTENT:
            check_range(response, partial, asked)
        else:
            start_over(response, order, partial)
        _check_space(partial, order)
        with partial:
            progress(partial.size, partial.total)
            # No chunk size: chunks would be held back and lost when it breaks off.
            for chunk in response.iter_raw():
                partial.append(chunk)
                watch.arrived += len(chunk)
                progress(partial.size, partial.total)
                if partial.size > _bound(partial):
                    break
        _check_length(partial, order)
        partial.finish()
    return True


def _bound(partial: PartialFile) -> int:
    """Return the bytes after which nothing more is taken, whatever was announced."""
    return MAX_BYTES if partial.total is None else partial.total


def _check_length(partial: PartialFile, order: Order) -> None:
    """Take a body only whole; one that is too long is nobody's."""
    if partial.size > _bound(partial):
        announced = partial.total
        partial.discard()
        if announced is None:
            raise _too_large(MAX_BYTES, order)
        raise BrokenOffError(
            f"the server sent more than the {announced} bytes that it announced"
        )
    if partial.total is not None and partial.size < partial.total:
        raise BrokenOffError(f"the server sent {partial.size} of {partial.total} bytes")


def _headers(order: Order, partial: PartialFile) -> dict[str, str]:
    if partial.resumable:
        return {
            "Range": f"bytes={partial.size}-",
            "If-Range": partial.validators.strong,
        }
    if order.known.etag:
        return {"If-None-Match": order.known.etag}
    if order.known.last_modified:
        return {"If-Modified-Since": order.known.last_modified}
    return {}


def _open(
    client: httpx2.Client, order: Order, headers: dict[str, str], watch: Watch
) -> httpx2.Response:
    try:
        address = httpx2.URL(order.url)
        for _ in range(MAX_REDIRECTS + 1):
            request = client.build_request(
                "GET", address, headers=headers, extensions={"trace": watch.trace}
            )
            response = client.send(request, stream=True)
            location = response.headers.get("location")
            if response.status_code not in _REDIRECTS or not location:
                return response
            response.close()
            address = redirected(address, location, order)
    except httpx2.InvalidURL as error:
        raise FetchError(
            f"not a valid address ({order.hide(str(error))})",
            where=order.public,
            remedy="Mend the address in sources.csv or in --mirror.",
        ) from error
    raise FetchError(
        f"more than {MAX_REDIRECTS} redirects, at last to {order.hide(str(address))!r}",
        where=order.public,
        remedy="The server sends its callers round in a circle; tell its keeper.",
    )


def _check_space(partial: PartialFile, order: Order) -> None:
    if partial.total is not None and partial.total > MAX_BYTES:
        announced = partial.total
        partial.discard()
        raise _too_large(announced, order)
    if partial.total is not None and partial.total - partial.size > partial.free:
        raise _disk_full(partial, order)


def _too_large(size: int, order: Order) -> FetchError:
    return FetchError(
        f"the file has {size:,} bytes or more, {MAX_BYTES:,} at most are taken",
        where=order.public,
        remedy="Check the address, or take a smaller extract.",
    )


def _disk_full(partial: PartialFile, order: Order) -> FetchError:
    needed = (
        f"{partial.total - partial.size} more bytes are needed"
        if partial.total is not None
        else f"more than the {partial.size} bytes so far are needed"
    )
    return FetchError(
        f"the disk is full: {needed}, {partial.free} are free in {partial.path.parent}",
        where=order.public,
        remedy="Free some space, or set PARITET_CACHE to a folder on a larger disk.",
    )


@contextmanager
def _disk_faults(partial: PartialFile, order: Order) -> Iterator[None]:
    """Turn a full disk into a sentence, and leave no torso that keeps it full."""
    try:
        yield
    except OSError as error:
        if error.errno not in (ENOSPC, EDQUOT):
            raise
        fault = _disk_full(partial, order)
        partial.discard()
        raise fault from error
