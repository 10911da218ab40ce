"""Where a server may send us on: nowhere that the registry has not named.

A redirect is an order of whoever holds the server. Followed blindly it fetches from
any host, inside the reader's own network too, and carries a token there.
"""

import httpx2

from geo.errors import FetchError
from geo.sources.response import Order


def redirected(address: httpx2.URL, location: str, order: Order) -> httpx2.URL:
    """Return where a redirect leads.

    Parameters
    ----------
    address
        Where the answer came from.
    location
        What it says, absolute or relative.
    order
        What is downloaded; ``hosts`` are the further ones that may be followed to.

    Raises
    ------
    FetchError
        If it leads from https to http, to another host that is not declared, or
        carries the token to one.
    """
    target = address.join(location)
    remedy = _forbidden(address, target, order)
    if remedy:
        raise FetchError(
            f"redirected from {address.scheme} to {order.hide(str(target))!r}, "
            "which is not followed",
            where=order.public,
            remedy=remedy,
        )
    return target


def _forbidden(address: httpx2.URL, target: httpx2.URL, order: Order) -> str:
    """Return what to do instead of following, empty where it may be followed."""
    if target.scheme not in ("http", "https") or (
        address.scheme == "https" and target.scheme != "https"
    ):
        return "Only https may follow https: use another address or a mirror."
    asked = _place(httpx2.URL(order.url))
    if _place(target) not in {asked, *order.hosts}:
        return (
            f"If the file lies on {_place(target)}, give that address itself, or name "
            "the host under redirect_hosts in sources.csv."
        )
    if _place(target) != asked and order.tells(str(target)):
        return "It would hand the token to another host: tell the publisher."
    return ""


def _place(address: httpx2.URL) -> str:
    """Return the host and, unless it is the scheme's own, the port."""
    return address.host if address.port is None else f"{address.host}:{address.port}"
