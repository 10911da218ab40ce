"""In a real browser no page runs a stranger's text, and none asks another host."""

import threading
from urllib.parse import quote

import pytest
import uvicorn
from playwright.sync_api import sync_playwright

from api.app import create_app
from api.server import listen
from geo.reports.workbook import raions
from maps.folium_export import folium_page
from tests.maps.conftest import CHROMIUM, FLAGS, STATIC, Reader

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(kitchen):
    socket = listen("127.0.0.1", 0)
    app = create_app(kitchen.root, STATIC)
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [socket]})
    thread.start()
    yield f"http://127.0.0.1:{socket.getsockname()[1]}/"
    server.should_exit = True
    thread.join()
    socket.close()


@pytest.fixture(scope="module")
def browser():
    if not CHROMIUM.is_file():
        pytest.skip(f"no Chromium at {CHROMIUM}; run: apt-get install chromium")
    with sync_playwright() as play:
        made = play.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield made
        made.close()


@pytest.fixture
def reader(browser, address):
    context = browser.new_context(locale="ru-RU")
    found = Reader(context.new_page(), address)
    yield found
    assert found.page.evaluate("window.ran") is None
    assert [url for url in found.foreign() if not url.startswith("file:")] == []
    assert found.faults == []
    context.close()


@pytest.fixture(scope="module")
def chosen(release):
    """Ids of settlements that are places of their own, with the payload in each id."""
    return release.table("settlements", ["id"])["id"].to_pylist()[:12]


def test_the_map_and_its_cards(reader, release, chosen):
    for place in chosen:
        reader.open(f"country=demo&lang=ru&selected=settlement:{quote(place)}")
        reader.page.locator(".card h2").first.wait_for()
    raion = raions(release)[0].id
    reader.open(f"country=demo&lang=en&selected=area:{quote(raion)}")
    reader.page.locator(".card h2").first.wait_for()


def test_the_table_beside_the_map(reader):
    reader.open("country=demo&lang=ru&view=table")
    reader.page.locator("table tbody tr").first.wait_for()


def test_a_printed_page(reader, chosen, release):
    raion = raions(release)[0].id
    for path in (f"settlements/{quote(chosen[3])}", f"areas/{quote(raion, safe='')}"):
        answer = reader.page.goto(f"{reader.address}v1/{path}/passport?format=html")
        assert answer.status == 200
        assert reader.page.locator("h1").count() == 1


def test_the_map_in_one_file(reader, kitchen, tmp_path):
    page = reader.page
    page.goto(folium_page(kitchen.hostile, tmp_path / "usb.html").as_uri())
    page.wait_for_function("window.foliumReady === true")
    assert page.title().startswith("</title><script>")
    for language in ("be", "en", "ru"):
        page.select_option("#language", language)
    for sought in ("script", "img", "{{", "window.ran"):
        page.fill("#search", sought)
        page.locator("#found button").first.click()
        assert page.locator(".leaflet-popup-content table tr").count() > 1
    assert page.locator("path.leaflet-interactive").count() > 1
