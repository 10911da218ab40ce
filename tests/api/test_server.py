import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from api.server import address_of, listen, serve
from geo.errors import ServeError
from tests.api.tiny import write_release

ROOT = Path(__file__).parents[2]


def test_taken_port(tiny_root):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(ServeError) as caught:
            serve(tiny_root, "127.0.0.1", port)
    assert str(caught.value) == (
        f"127.0.0.1: port {port} is taken. Stop what runs there, or use --port with "
        f"another number, for example --port {port + 1}."
    )


def test_taken_port_is_told_before_anything_is_read(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(ServeError, match="is taken"):
            serve(tmp_path / "nowhere", "127.0.0.1", other.getsockname()[1])


@pytest.mark.parametrize("port", [-1, 65_536])
def test_port_that_does_not_exist(port):
    with pytest.raises(
        ServeError, match=f"port {port} does not exist. Use --port with"
    ):
        listen("127.0.0.1", port)


@pytest.mark.parametrize("host", ["192.0.2.1", "no such host"])
def test_foreign_host(host):
    with pytest.raises(
        ServeError, match=r"cannot listen on this address .* Use --host"
    ):
        listen(host, 0)


def test_nothing_to_serve(tmp_path):
    with pytest.raises(ServeError) as caught:
        serve(tmp_path, port=0)
    assert str(caught.value) == (
        f"{tmp_path}: there is no release to serve. Run: paritet build demo"
    )


def test_only_a_broken_release(tmp_path):
    (write_release(tmp_path) / "manifest.json").unlink()
    with pytest.raises(ServeError, match="half-written release: it has no manifest"):
        serve(tmp_path, port=0)


def test_address_is_one_to_click():
    assert address_of("127.0.0.1", 8000) == "http://127.0.0.1:8000/"
    assert address_of("0.0.0.0", 80) == "http://127.0.0.1:80/"  # noqa: S104 - not bound
    assert address_of("::1", 8000) == "http://[::1]:8000/"


def test_prints_the_address_once_it_listens_and_stops_on_interrupt(tiny_root):
    program = (
        "import sys; from pathlib import Path; from api.server import serve; "
        "serve(Path(sys.argv[1]), port=0); print('stopped')"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(tiny_root)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"NO_PROXY": "127.0.0.1"},
    ) as running:
        assert running.stdout is not None
        address = running.stdout.readline().strip()
        with urllib.request.urlopen(f"{address}health") as answer:  # noqa: S310 - its own address
            assert answer.status == 200
        running.send_signal(signal.SIGINT)
        rest, errors = running.communicate(timeout=20)
    assert (rest, errors, running.returncode) == ("stopped\n", "", 0)
