"""Watches one download: that it ends, that it moves, and with whom it speaks.

Timeouts of the HTTP library count the silence between two bytes, so a server that
sends one now and then keeps a reader for ever, even within its headers. A thread
looks at the clock and shuts the socket down; the read then ends as any broken one.
"""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from ipaddress import ip_address
from threading import Event, Thread
from time import monotonic
from typing import Any

from geo.errors import FetchError


class Watch:
    """The clock of one file, over all its tries.

    Parameters
    ----------
    total_s
        Seconds for the file, pauses between tries included.
    slow_s, slow_bytes
        A try ends when fewer bytes than this came in so many seconds.
    where
        Public address, for messages.
    """

    def __init__(
        self, total_s: float, slow_s: float, slow_bytes: int, where: str
    ) -> None:
        self.total_s = total_s
        self.slow_s = slow_s
        self.slow_bytes = slow_bytes
        self.where = where
        self.arrived = 0
        self.cause = ""
        self._ends = monotonic() + total_s
        self._sockets: list[socket.socket] = []
        self._public: bool | None = None

    @property
    def left(self) -> float:
        """Seconds that the file still has."""
        return self._ends - monotonic()

    @contextmanager
    def over_one_try(self) -> Iterator[None]:
        """Watch one try; :attr:`cause` says afterwards why it was ended, if it was."""
        self.cause = ""
        done = Event()
        guard = Thread(target=self._guard, args=(done,), daemon=True)
        guard.start()
        try:
            yield
        finally:
            done.set()
            guard.join()

    def trace(self, event: str, info: dict[str, Any]) -> None:
        """Hear from the HTTP library of each connection that it makes.

        Raises
        ------
        FetchError
            If a server on the Internet has sent us on to one inside a network; nothing
            was asked of that one yet.
        """
        if not event.endswith(("connect_tcp.complete", "start_tls.complete")):
            return
        stream = info["return_value"]
        # all of them: a later try may use an earlier one again
        self._sockets.append(stream.get_extra_info("socket"))
        if event.endswith("connect_tcp.complete"):
            self._require_outside(str(stream.get_extra_info("server_addr")[0]))
        if self.cause:  # its time was over before it was there
            self._shut()

    def _require_outside(self, address: str) -> None:
        public = is_public(address)
        if self._public is None:
            self._public = public
        elif self._public and not public:
            self._sockets[-1].close()
            raise FetchError(
                f"redirected from the Internet to {address}, an address inside a "
                "network, which is not followed",
                where=self.where,
                remedy="Take the file from a mirror and tell its publisher.",
            )

    def _guard(self, done: Event) -> None:
        while True:
            before = self.arrived
            if done.wait(max(0.0, min(self.slow_s, self.left))):
                return
            came = self.arrived - before
            if self.left <= 0:
                self.cause = f"the {self.total_s:g} seconds for a file are over"
            elif came < self.slow_bytes:
                self.cause = (
                    f"only {came} bytes came in {self.slow_s:g} seconds, "
                    f"{self.slow_bytes} must"
                )
            if self.cause:
                self._shut()
                return

    def _shut(self) -> None:
        for one in self._sockets:
            with suppress(OSError):  # it is closed already
                # the plain way: a TLS socket's own would drop what a read still uses
                socket.socket.shutdown(one, socket.SHUT_RDWR)


def is_public(address: str) -> bool:
    """Return whether an address is one of the Internet, not of a network or machine.

    >>> [is_public(a) for a in ("93.184.216.34", "10.1.2.3", "127.0.0.1", "fe80::1%x")]
    [True, False, False, False]
    """
    parsed = ip_address(address)
    inner = getattr(parsed, "ipv4_mapped", None)
    return (inner or parsed).is_global
