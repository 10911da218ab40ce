"""The map in a browser: a server over two made-up countries, and Chromium."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import uvicorn
from playwright.sync_api import (
    Browser,
    BrowserType,
    ConsoleMessage,
    Page,
    sync_playwright,
)

import maps
from api.app import create_app
from api.server import listen
from tests.maps.country_release import publish_countries

STATIC = Path(maps.__file__).parent / "static"
CHROMIUM = Path("/usr/bin/chromium")
#: Software rendering, no request of the browser's own, and no host but this one.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--no-pings",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
]
READY = "window.paritetReady === true"
#: A page that was open stays ready while it follows another address.
SETTLED = f"{READY} && document.querySelector('paritet-app').session.pending === 0"
PATIENCE_MS = 60_000


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the two countries; yields the address of the page without a fragment."""
    root = tmp_path_factory.mktemp("map-releases")
    publish_countries(root)
    with serving(root) as found:
        yield found


@contextmanager
def serving(root: Path) -> Iterator[str]:
    """Serve the releases of a folder with the map; yields the address of the page."""
    if not (STATIC / "index.html").is_file():
        pytest.skip("the web app is not built; run: uv sync (or npm run build)")
    socket = listen("127.0.0.1", 0)
    server = uvicorn.Server(
        uvicorn.Config(create_app(root, STATIC), log_level="error", lifespan="off")
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [socket]})
    thread.start()
    yield f"http://127.0.0.1:{socket.getsockname()[1]}/"
    server.should_exit = True
    thread.join()
    socket.close()


class Reader:
    """One open page, what it asked for and what it complained about."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.asked: list[str] = []
        self.faults: list[str] = []
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", self._said)
        page.set_default_timeout(PATIENCE_MS)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.faults.append(message.text)

    def open(self, state: str) -> None:
        """Open the page at a state and wait for the first whole picture."""
        self.page.goto(f"{self.address}#{state}")
        # the page hears of its new address a moment later
        self.page.wait_for_timeout(50)
        self.until(SETTLED)

    def until(self, expression: str) -> None:
        """Wait until an expression holds in the page.

        Playwright's own waiting evaluates text in the page, which the page's policy
        of content forbids.
        """
        end = time.monotonic() + PATIENCE_MS / 1000
        while not self.page.evaluate(expression):
            assert time.monotonic() < end, expression
            self.page.wait_for_timeout(20)

    def foreign(self) -> list[str]:
        """Return what was asked of another host."""
        own = urlsplit(self.address).netloc
        return [
            url
            for url in self.asked
            if not url.startswith(("data:", "blob:")) and urlsplit(url).netloc != own
        ]

    def rendered(self, layer: str) -> list[dict[str, object]]:
        """Return the properties of what a layer of the map shows, once it is idle.

        A settlement has its number (``n``) and how it looks, too.
        """
        found: list[dict[str, object]] = self.page.evaluate(
            """async layer => {
              const map = window.paritetMap
              if (!map.loaded()) await new Promise(done => map.once('idle', done))
              return map.queryRenderedFeatures({layers: [layer]}).map(
                f => ({...f.properties, ...f.state, n: f.id}))
            }""",
            layer,
        )
        return found


def _browser(kind: BrowserType, extra: list[str]) -> Browser:
    if not CHROMIUM.is_file():
        pytest.skip(f"no Chromium at {CHROMIUM}; run: apt-get install chromium")
    return kind.launch(executable_path=str(CHROMIUM), args=[*FLAGS, *extra])


# Of a module, not of the session: two Playwrights cannot run side by side.
@pytest.fixture(scope="module")
def chromium() -> Iterator[BrowserType]:
    with sync_playwright() as started:
        yield started.chromium


@pytest.fixture(scope="module")
def browser(
    chromium: BrowserType,
) -> Iterator[Browser]:
    made = _browser(chromium, [])
    yield made
    made.close()


@pytest.fixture(scope="module")
def plain_browser(
    chromium: BrowserType,
) -> Iterator[Browser]:
    """Return a browser without WebGL."""
    made = _browser(chromium, ["--disable-3d-apis"])
    yield made
    made.close()


def _reader(browser: Browser, address: str) -> Iterator[Reader]:
    context = browser.new_context(
        locale="ru-RU", viewport={"width": 1400, "height": 900}
    )
    yield Reader(context.new_page(), address)
    context.close()


@pytest.fixture
def reader(browser: Browser, address: str) -> Iterator[Reader]:
    yield from _reader(browser, address)


@pytest.fixture
def plain_reader(plain_browser: Browser, address: str) -> Iterator[Reader]:
    yield from _reader(plain_browser, address)
