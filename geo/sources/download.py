"""One file over HTTP: resumed where it broke off, never longer or shorter than said.

Redirects are followed by hand, so that none leads from https back to http. Bodies
are taken raw: a server that compresses on the way would change the hash.
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
from geo.sources.response import (
    BrokenOffError,
    Order,
    check_range,
    check_status,
    start_over,
)

MAX_REDIRECTS = 10
_REDIRECTS = frozenset({301, 302, 303, 307, 308})

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
    """

    connect_s: float = 10.0
    read_s: float = 30.0
    attempts: int = 5
    pause_s: float = 1.0


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
        If it cannot be reached, refuses, is too slow, breaks off each time, or if
        the disk is full; each says so with figures.
    """
    if partial.complete:
        return True
    cause = ""
    with _client(patience) as client, _unlogged(order):
        for attempt in range(1, patience.attempts + 1):
            try:
                with _disk_faults(partial, order):
                    return _attempt(client, order, partial, progress)
            except (httpx2.ConnectError, httpx2.ConnectTimeout) as error:
                if attempt == 1:
                    raise _unreachable(order, error, patience) from error
                cause = order.hide(str(error))
            except httpx2.TimeoutException:
                cause = f"the server sent nothing for {patience.read_s:g} seconds"
            except (httpx2.TransportError, BrokenOffError) as error:
                cause = order.hide(str(error))
            if attempt < patience.attempts:
                time.sleep(patience.pause_s * 2 ** (attempt - 1))
    said = f" of {partial.total}" if partial.total is not None else ""
    raise FetchError(
        f"the download broke off {patience.attempts} times, at last because "
        f"{cause}; {partial.size}{said} bytes are here",
        where=order.public,
        remedy="Fetch again later"
        + ("; it goes on from there." if partial.resumable else "."),
    )


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
    client: httpx2.Client, order: Order, partial: PartialFile, progress: ByteCount
) -> bool:
    asked = partial.size if partial.resumable else 0
    with closing(_open(client, order, _headers(order, partial))) as response:
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
                progress(partial.size, partial.total)
        if partial.total is not None and partial.size != partial.total:
            raise BrokenOffError(
                f"the server sent {partial.size} of {partial.total} bytes"
            )
        partial.finish()
    return True


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
    client: httpx2.Client, order: Order, headers: dict[str, str]
) -> httpx2.Response:
    try:
        address = httpx2.URL(order.url)
        for _ in range(MAX_REDIRECTS + 1):
            request = client.build_request("GET", address, headers=headers)
            response = client.send(request, stream=True)
            location = response.headers.get("location")
            if response.status_code not in _REDIRECTS or not location:
                return response
            response.close()
            address = _redirected(address, location, order)
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


def _redirected(address: httpx2.URL, location: str, order: Order) -> httpx2.URL:
    target = address.join(location)
    if target.scheme not in ("http", "https") or (
        address.scheme == "https" and target.scheme != "https"
    ):
        raise FetchError(
            f"redirected from {address.scheme} to {order.hide(str(target))!r}, "
            "which is not followed",
            where=order.public,
            remedy="Only https may follow https: use another address or a mirror.",
        )
    return target


def _check_space(partial: PartialFile, order: Order) -> None:
    if partial.total is not None and partial.total - partial.size > partial.free:
        raise _disk_full(partial, order)


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
