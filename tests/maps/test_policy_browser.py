"""What a page may do in the browser: its policy of content, and names that are code."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.maps.conftest import Reader, serving
from tests.maps.country import tables
from tests.maps.country_places import ON, TRIPS
from tests.maps.country_release import manifest, publish

pytestmark = pytest.mark.browser

PASSPORT = "v1/settlements/zz:01/passport"
WATCH = """
window.refused = []
addEventListener('securitypolicyviolation', event => window.refused.push(
  `${event.effectiveDirective} ${event.blockedURI}`))
"""
#: Runs wherever a name is taken for markup, an attribute or an address.
CODE = "'\"><img src=x onerror=window.ran=1><script>window.ran=1</script>javascript:1"


@pytest.fixture
def watched(reader: Reader) -> Reader:
    """Return a reader whose pages remember what their policy refused."""
    reader.page.add_init_script(WATCH)
    return reader


def refused(page: Page) -> list[str]:
    found: list[str] = page.evaluate("window.refused")
    return found


def test_the_map_needs_nothing_that_its_policy_refuses(watched):
    watched.open(f"country=zz&lang=ru&subject=standard:{TRIPS}&view=settlements")
    watched.rendered("settlements")
    watched.page.locator("span.ring").first.wait_for()
    fill = "getComputedStyle(document.querySelector('.dot')).getPropertyValue('--fill')"
    assert watched.page.evaluate(fill).strip().startswith("#")
    width = "getComputedStyle(document.querySelector('span.ring')).width"
    assert watched.page.evaluate(width) != "0px"
    watched.open("country=yy&lang=be&view=evidence")
    watched.open("country=zz&lang=en&show=table&selected=settlement:zz:01")
    watched.page.locator(".card h2", has_text="Village 01").wait_for()
    assert refused(watched.page) == []
    assert watched.faults == []


def test_the_pages_of_the_api_work_under_theirs(watched):
    page = watched.page
    page.goto(f"{watched.address}docs")
    page.locator("#operations-health-health_health_get button").first.click()
    page.get_by_role("button", name="Try it out").click()
    page.get_by_role("button", name="Execute").click()
    page.locator(".live-responses-table", has_text="zz/2026-11-22.1").wait_for()
    assert refused(page) == []
    assert watched.faults == []
    assert watched.foreign() == []


def test_a_passport_is_styled_under_its_own(watched):
    watched.page.goto(f"{watched.address}{PASSPORT}")
    caption = "getComputedStyle(document.querySelector('caption')).textAlign"
    assert watched.page.evaluate(caption) == "left"
    assert refused(watched.page) == []
    assert watched.faults == []


@pytest.mark.parametrize("path", ["", "map", "docs", PASSPORT])
def test_code_that_came_in_does_not_run(watched, path):
    watched.page.goto(f"{watched.address}{path}")
    watched.page.evaluate(
        """() => {
          const box = document.createElement('div')
          box.innerHTML = '<img src="data:," onerror="window.ran = 1">' +
            '<a id="trap" href="javascript:window.ran=1">here</a>'
          const script = document.createElement('script')
          script.textContent = 'window.ran = 1'
          document.body.prepend(box, script)
          document.getElementById('trap').click()
        }"""
    )
    watched.until("window.refused.length >= 3")
    assert watched.page.evaluate("window.ran") is None


def test_nothing_is_sent_to_another_host(watched):
    watched.page.goto(f"{watched.address}map")
    watched.page.evaluate("fetch('https://elsewhere.example/').catch(() => null)")
    watched.until("window.refused.includes('connect-src https://elsewhere.example/')")


def test_the_map_may_stand_in_a_page_of_another_host_and_the_rest_not(reader):
    page, frames = reader.page, ("map", "docs", PASSPORT)
    page.set_content(
        "".join(f'<iframe src="{reader.address}{path}"></iframe>' for path in frames)
    )
    first = page.frame_locator("iframe >> nth=0")
    first.locator("h1", has_text="Паритет").wait_for()
    page.wait_for_load_state("networkidle")
    shown_as = [frame.url.partition(":")[0] for frame in page.frames[1:]]
    assert shown_as == ["http", "chrome-error", "chrome-error"]


@contextmanager
def hostile(root: Path) -> Iterator[str]:
    """Serve a country in which every name is a piece of code."""
    made = tables("raion")
    for name in ("settlements", "areas", "facilities"):
        for column in made[name].columns:
            if column.startswith("name") or column == "source":
                made[name][column] = CODE
    document = manifest(made, "zz", synthetic=True)
    publish(root, "zz", ON, made, document, today=ON)
    with serving(root) as address:
        yield address


def test_a_name_that_is_code_is_shown_as_a_name(browser: Browser, tmp_path):
    # The policy is switched off: escaping alone must hold.
    with hostile(tmp_path) as address:
        context = browser.new_context(locale="ru-RU", bypass_csp=True)
        reader = Reader(context.new_page(), address)
        page = reader.page
        reader.open(f"lang=ru&subject=standard:{TRIPS}&selected=settlement:zz:01")
        page.locator(".card h2", has_text="onerror").wait_for()
        reader.open("lang=ru&show=table&selected=area:raion:1")
        page.locator("tbody th", has_text="onerror").first.wait_for()
        page.get_by_role("combobox", name="Найти").fill("onerror")
        page.get_by_role("option").first.wait_for()
        reader.open("lang=ru&view=settlements&at=9/53.4/25.5")
        page.mouse.move(700, 450)
        assert page.evaluate("window.ran") is None
        for path in (PASSPORT, "v1/areas/raion:1/passport", "docs"):
            page.goto(f"{address}{path}")
            assert page.evaluate("window.ran") is None
        assert "onerror" in page.goto(f"{address}{PASSPORT}").text()
        context.close()
