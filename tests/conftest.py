"""Fixtures shared by the whole test suite."""

import hashlib
import os
import threading
from collections.abc import Callable, Generator, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from hypothesis import settings

if os.environ.get("PARITET_CI") == "1":
    # the same examples for the same code; who works on it tries others each time
    settings.load_profile("ci")

MIRROR_ENV = "PARITET_TEST_MIRROR"
#: What a machine of the CI may lack; a browser or a client is installed there.
MAY_LACK = ("no real data", "this user may not mount a small disk")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail a test that was skipped in the CI for want of what the CI installs."""
    report = yield
    if os.environ.get("PARITET_CI") == "1" and report.skipped:
        reason = str(report.longrepr)
        if not any(lack in reason for lack in MAY_LACK):
            report.outcome = "failed"
            report.longrepr = f"{item.nodeid} was skipped in the CI: {reason}"
    return report


def _mirror_folder() -> Path:
    configured = os.environ.get(MIRROR_ENV)
    if configured:
        return Path(configured).expanduser().resolve()
    return Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def mirror() -> Path:
    """Folder of real data laid out as a mirror; the test skips where there is none."""
    folder = _mirror_folder()
    if not (folder / "SHA256SUMS").is_file():
        pytest.skip(
            f"no real data: {folder} has no SHA256SUMS; set {MIRROR_ENV} to a mirror"
        )
    return folder


@pytest.fixture(scope="session")
def toy_release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a published toy release; tests only read it."""
    from tests.release.publisher import publish_toy  # noqa: PLC0415 - few tests need it

    return publish_toy(tmp_path_factory.mktemp("releases")).path


class Site:
    """A small web site on 127.0.0.1 whose misbehaviour is scripted request by request.

    ``files`` maps path to bytes. ``script`` maps path to functions that answer the
    next requests for it, one each; when they are used up the site behaves.
    ``asked`` lists path and headers of every request.
    """

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.script: dict[str, list[Callable[[Answer], None]]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.released = threading.Event()
        self.url = ""

    def misbehave(self, path: str, *answers: Callable[["Answer"], None]) -> None:
        self.script.setdefault(path, []).extend(answers)

    def ranges(self, path: str) -> list[str | None]:
        return [headers.get("range") for asked, headers in self.asked if asked == path]


class Answer(BaseHTTPRequestHandler):
    """Serves the files of a site, with ETag, Range and If-Range."""

    protocol_version = "HTTP/1.1"
    site: Site

    @property
    def body(self) -> bytes:
        return self.site.files[self.path]

    @property
    def etag(self) -> str:
        return f'"{hashlib.sha256(self.body).hexdigest()[:16]}"'

    def do_GET(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.site.asked.append((self.path, headers))
        planned = self.site.script.get(self.path)
        if planned:
            planned.pop(0)(self)
        elif self.path in self.site.files:
            self.serve()
        else:
            self.say(404)

    def say(self, status: int, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def serve(self, *, ranges: bool = True, cut: int | None = None) -> None:
        """Send the file, or only ``cut`` bytes of what was announced."""
        if self.headers.get("If-None-Match") == self.etag:
            self.send_response(304)
            self.end_headers()
            return
        first = 0
        asked = self.headers.get("Range")
        same = self.headers.get("If-Range", self.etag) == self.etag
        if ranges and asked and same:
            first = int(asked.removeprefix("bytes=").rstrip("-"))
            self.send_response(206)
            size = len(self.body)
            self.send_header("Content-Range", f"bytes {first}-{size - 1}/{size}")
        else:
            self.send_response(200)
        self.send_header("ETag", self.etag)
        self.send_header("Content-Length", str(len(self.body) - first))
        self.end_headers()
        self.wfile.write(self.body[first:][:cut])
        self.wfile.flush()
        if cut is not None:
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Keep the test output clean."""


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """Run a scripted web site for one test."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    made = Site()
    handler = type("SiteAnswer", (Answer,), {"site": made})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    made.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield made
    made.released.set()
    server.shutdown()
    server.server_close()
    thread.join()
