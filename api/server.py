"""Run the application on a port of this machine."""

import contextlib
import errno
import socket
import sys
from pathlib import Path

import uvicorn

import maps
from api.app import create_app
from geo.errors import ReleaseError, ServeError

STATIC = Path(maps.__file__).parent / "static"
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104 - shown, not bound
MAX_PORT = 65_535


class _Announcing(uvicorn.Server):
    """Prints the address once the server listens, not before."""

    def __init__(self, config: uvicorn.Config, address: str) -> None:
        super().__init__(config)
        self.address = address

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if not self.should_exit:
            sys.stdout.write(f"{self.address}\n")
            sys.stdout.flush()


def serve(
    releases: Path, host: str = "127.0.0.1", port: int = 8000, static: Path = STATIC
) -> None:
    """Serve API and map until interrupted; print the address once it listens.

    Parameters
    ----------
    releases
        Folder of releases.
    host, port
        Where to listen; port 0 takes a free one.
    static
        Folder of the built web app.

    Raises
    ------
    ServeError
        If the port is taken or not allowed, the host is unknown, or there is no
        release to serve.
    """
    listening = listen(host, port)
    try:
        app = create_app(releases, static)
        try:
            app.state.served.store()
        except ReleaseError as error:
            raise _nothing_to_serve(releases, error) from error
        address = address_of(host, listening.getsockname()[1])
        config = uvicorn.Config(app, log_level="warning", lifespan="off")
        with contextlib.suppress(KeyboardInterrupt):
            _Announcing(config, address).run(sockets=[listening])
    finally:
        listening.close()


def _nothing_to_serve(releases: Path, error: ReleaseError) -> ServeError:
    if error.where:
        return ServeError(error.what, where=error.where, remedy=error.remedy)
    return ServeError(
        error.what,
        where=str(releases),
        remedy=error.remedy or "Run: paritet build demo",
    )


def address_of(host: str, port: int) -> str:
    """Return the address to type into a browser.

    Examples
    --------
    >>> address_of("0.0.0.0", 8000)
    'http://127.0.0.1:8000/'
    """
    shown = EVERYWHERE.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{shown}:{port}/"


def listen(host: str, port: int) -> socket.socket:
    """Return a bound socket; bound here, so that no one takes the port meanwhile.

    Raises
    ------
    ServeError
        If that is not possible; says why and what to do.
    """
    if not 0 <= port <= MAX_PORT:
        raise ServeError(
            f"port {port} does not exist", remedy="Use --port with 1 to 65535."
        )
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio switches Nagle's delay off only for sockets that name TCP; with it each
    # answer on a kept connection would wait 40 ms for the client's acknowledgement.
    made = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((host, port))
        # SO_REUSEADDR lets two sockets bind; only one of them may listen.
        made.listen(2048)
    except OSError as error:
        made.close()
        raise _cannot_listen(host, port, error) from error
    made.set_inheritable(True)
    return made


def _cannot_listen(host: str, port: int, error: OSError) -> ServeError:
    if error.errno == errno.EADDRINUSE:
        return ServeError(
            f"port {port} is taken",
            where=host,
            remedy="Stop what runs there, or use --port with another number, "
            f"for example --port {port + 1 if port < MAX_PORT else port - 1}.",
        )
    if error.errno in (errno.EACCES, errno.EPERM):
        return ServeError(
            f"port {port} is not allowed for this user",
            where=host,
            remedy="Use --port with a number of 1024 or more.",
        )
    return ServeError(
        f"cannot listen on this address ({error.strerror or error})",
        where=host,
        remedy="Use --host with an address of this machine, such as 127.0.0.1.",
    )
