"""Everybody: axe-core without a violation, dark and forced colours, phones, keys alone.

Languages, sizes and schemes are not all crossed with each other: each value of each
meets every view.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser

import maps
from geo.texts import wording
from maps.look import DARK, LOOK
from tests.maps.conftest import Reader
from tests.maps.country_places import TRIPS

pytestmark = pytest.mark.browser

AXE = Path(maps.__file__).parent / "app/node_modules/axe-core/axe.min.js"
DESK, PHONE, NARROWEST = (1400, 900), (390, 844), (320, 640)
SUBJECT = f"subject=standard:{TRIPS}"
VIEWS = {
    "areas": "view=areas",
    "settlements": f"{SUBJECT}&view=settlements",
    "known": "subject=known",
    "table": f"{SUBJECT}&show=table",
    "card": f"{SUBJECT}&selected=settlement:zz:01",
    "compare": "show=compare&selected=settlement:zz:00&other=settlement:zz:01",
    "area": f"{SUBJECT}&selected=area:raion:1",
    "frame": f"{SUBJECT}&embed=1",
    "areas compared": (
        f"{SUBJECT}&show=compare&selected=area:raion:1&other=area:raion:2"
    ),
}
VIOLATIONS = """axe.run().then(found => found.violations.map(
  rule => `${rule.id}: ${rule.nodes.map(node => node.html).join(' ')}`))"""


@contextmanager
def reading(browser: Browser, address: str, size=DESK, **media) -> Iterator[Reader]:
    """Open a page of a size, in a scheme of the reader's system."""
    width, height = size
    context = browser.new_context(
        locale="ru-RU", viewport={"width": width, "height": height}, **media
    )
    yield Reader(context.new_page(), address)
    context.close()


def violations(reader: Reader) -> list[str]:
    if not AXE.is_file():
        pytest.skip("axe-core is not installed; run: npm ci in maps/app")
    reader.page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[str] = reader.page.evaluate(VIOLATIONS)
    return found


def rgb(colour: str) -> str:
    """Return a colour as the browser writes it.

    >>> rgb("#ff8000")
    'rgb(255, 128, 0)'
    """
    parts = ", ".join(str(int(colour[i : i + 2], 16)) for i in (1, 3, 5))
    return f"rgb({parts})"


def opened(reader: Reader, view: str, language: str) -> None:
    reader.open(f"country=zz&lang={language}&{VIEWS[view]}")
    if view in ("card", "area"):
        reader.page.locator("aside.card h2").wait_for()


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize(
    ("size", "language", "media"),
    [
        (DESK, "ru", {}),
        (PHONE, "be", {}),
        (DESK, "be", {"color_scheme": "dark"}),
        (PHONE, "en", {"color_scheme": "dark"}),
        (DESK, "en", {"forced_colors": "active"}),
        (PHONE, "ru", {"forced_colors": "active", "color_scheme": "dark"}),
    ],
)
def test_axe_finds_nothing(browser, address, view, size, language, media):
    with reading(browser, address, size, **media) as reader:
        opened(reader, view, language)
        assert violations(reader) == []
        assert reader.faults == []


@pytest.mark.parametrize("media", [{}, {"forced_colors": "active"}])
def test_axe_finds_nothing_on_the_pages_of_the_api(browser, address, media):
    with reading(browser, address, **media) as reader:
        reader.page.goto(f"{address}docs")
        reader.page.locator(".opblock").first.wait_for()
        assert violations(reader) == []


def test_axe_finds_nothing_without_webgl(plain_reader):
    plain_reader.open(f"country=zz&lang=be&{SUBJECT}")
    plain_reader.page.locator("paritet-areas svg").wait_for()
    assert violations(plain_reader) == []


def test_without_webgl_areas_are_drawn_in_the_classes_of_the_map(plain_reader):
    plain_reader.open("country=zz&lang=ru&view=areas")
    page = plain_reader.page
    page.locator("paritet-areas svg").wait_for()
    drawn = page.evaluate(
        "[...document.querySelectorAll('paritet-areas g')].map(g => ["
        "g.querySelector('title').textContent, g.querySelector('path').getAttribute("
        "'fill')])"
    )
    # The scores 0, 0.16, 0.32, 0.48, 0.64, none; limits at 0.05, 0.15, 0.3, 0.5.
    classes = LOOK["classes"]["gap"]
    wanted = [classes[i] for i in (0, 2, 3, 3, 4)]
    assert [fill for _, fill in sorted(drawn)] == [*wanted, "url(#unknown)"]
    assert page.locator("table.rows tbody tr").count() == 50


def test_a_dark_system_has_a_dark_page_and_may_change_its_mind(reader):
    background = "getComputedStyle(document.body).backgroundColor"

    def breached():
        rows = reader.rendered("settlements-triangle")
        return {row["fill"] for row in rows if row["shape"] == "triangle"}

    reader.open(f"country=zz&lang=ru&{SUBJECT}&view=settlements")
    assert reader.page.evaluate(background) == rgb(LOOK["colours"]["page"])
    assert breached() == {LOOK["verdicts"]["breached"]["fill"]}
    reader.page.emulate_media(color_scheme="dark")
    reader.until(f"{background} === '{rgb(DARK['colours']['page'])}'")
    ground = "paritetMap.getPaintProperty('ground', 'background-color')"
    reader.until(f"{ground} === '{DARK['colours']['ground']}'")
    assert breached() == {DARK["verdicts"]["breached"]["fill"]}


def test_paper_is_white_whatever_the_system_is(browser, address):
    with reading(browser, address, color_scheme="dark") as reader:
        reader.open("country=zz&lang=ru&view=areas")
        ink = "document.documentElement.style.getPropertyValue('--ink')"
        reader.page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert reader.page.evaluate(ink) == LOOK["colours"]["ink"]
        reader.page.locator(".sheet .key li").first.wait_for(state="attached")
        reader.page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert reader.page.evaluate(ink) == DARK["colours"]["ink"]
        # From the page's own button the map is drawn anew before.
        reader.page.evaluate(
            "window.print = () => { window.printed = paritetMap.getPaintProperty("
            "'ground', 'background-color') }"
        )
        reader.page.get_by_text("Взять с собой").click()
        reader.page.get_by_role("button", name="Печать").click()
        reader.until(f"window.printed === '{LOOK['colours']['ground']}'")
        reader.page.evaluate("dispatchEvent(new Event('afterprint'))")
        reader.until(f"{ink} === '{DARK['colours']['ink']}'")


def test_forced_colours_leave_the_marks_their_colours_and_shapes(browser, address):
    with reading(browser, address, forced_colors="active") as reader:
        opened(reader, "settlements", "ru")
        told = reader.page.evaluate(
            "[...document.querySelectorAll('.legend .dot')].map(mark => ["
            "mark.firstElementChild.localName, getComputedStyle(mark).fill])"
        )
        # Trips are counted under an assumption here and there: two marks more.
        marks = [*LOOK["verdicts"].values(), *LOOK["assumed_verdicts"].values()]
        assert {fill for _, fill in told} == {rgb(mark["fill"]) for mark in marks}
        assert [shape for shape, _ in told].count("polygon") == 2
        pressed = reader.page.locator(".topics [aria-pressed=true]")
        other = reader.page.locator(".topics [aria-pressed=false]").first
        colour = "one => getComputedStyle(one).backgroundColor"
        assert pressed.evaluate(colour) != other.evaluate(colour)


@pytest.mark.parametrize("view", VIEWS)
def test_nothing_scrolls_sideways_on_the_narrowest_screen(browser, address, view):
    with reading(browser, address, NARROWEST) as reader:
        opened(reader, view, "be")
        assert reader.page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_page_zoomed_twice_leaves_half_the_height_to_the_map(browser, address):
    with reading(browser, address, (640, 450)) as reader:
        reader.open("country=zz&lang=ru&view=areas")
        box = reader.page.locator(".map").bounding_box()
        assert box["height"] >= 225


def test_a_phone_keeps_the_chosen_place_above_the_sheet(browser, address):
    with reading(browser, address, PHONE) as reader:
        opened(reader, "card", "ru")
        page = reader.page
        lifted = page.locator("paritet-card")
        at = page.evaluate("paritetMap.getSource('selected')._data.geojson")
        place = at["features"][0]["geometry"]["coordinates"]

        def seen():
            y = page.evaluate(f"paritetMap.project({place}).y")
            top = page.locator(".map").bounding_box()["y"]
            return y > 0 and top + y < lifted.bounding_box()["y"]

        assert lifted.get_attribute("data-sheet") == "half"
        assert seen()
        page.locator(".handle").click()
        assert lifted.get_attribute("data-sheet") == "full"
        page.locator(".handle").click()
        assert lifted.get_attribute("data-sheet") == "peek"
        handle = page.locator(".handle").bounding_box()
        page.mouse.move(195, handle["y"] + 8)
        page.mouse.down()
        page.mouse.move(195, handle["y"] - 250, steps=5)
        page.mouse.up()
        assert lifted.get_attribute("data-sheet") == "half"
        assert seen()


def test_the_filters_of_a_phone_fold_and_escape_folds_them(browser, address):
    with reading(browser, address, PHONE) as reader:
        reader.open(f"country=zz&lang=ru&{SUBJECT}")
        fold = reader.page.locator(".fold-button")
        chosen = reader.page.locator("#filter-kind")
        assert not chosen.is_visible()
        fold.click()
        chosen.select_option("agrogorodok")
        reader.page.keyboard.press("Escape")
        assert not chosen.is_visible()
        assert reader.page.evaluate("document.activeElement.className").startswith("f")
        assert fold.inner_text() == "Отбор: 1"


def test_places_are_chosen_by_keys_alone_and_the_focus_comes_back(reader):
    reader.open(f"country=zz&lang=en&{SUBJECT}&view=settlements")
    page, said = reader.page, reader.page.locator("paritet-map [role=status]")
    focused = "document.activeElement.className"
    for _ in range(60):
        page.keyboard.press("Tab")
        if "maplibregl-canvas" in page.evaluate(focused):
            break
    assert page.locator(".map-help").bounding_box()["width"] > 100
    page.keyboard.press(".")
    reader.until(
        "document.querySelector('paritet-map [role=status]').textContent !== ''"
    )
    first = said.text_content()
    page.keyboard.press(".")
    reader.until(
        f"document.querySelector('paritet-map [role=status]').textContent !== {first!r}"
    )
    second = said.text_content()
    page.keyboard.press(",")
    reader.until(
        f"document.querySelector('paritet-map [role=status]').textContent === {first!r}"
    )
    # Its name, what the picture says of it, and its residents.
    name, verdict, people = first.split(". ")
    assert verdict in wording("verdicts.label", "en").values()
    assert people.endswith(" people")
    assert second != first
    page.keyboard.press("Enter")
    page.locator("aside.card h2", has_text=name).wait_for()
    assert page.evaluate(focused) == "close"
    page.keyboard.press("Escape")
    reader.until("document.activeElement.classList.contains('maplibregl-canvas')")


def test_the_scale_has_the_units_of_the_language(reader):
    reader.open("country=zz&lang=be&view=areas")
    scale = reader.page.locator(".maplibregl-ctrl-scale")
    assert scale.inner_text().endswith("км")
    reader.page.get_by_role("button", name="EN").click()
    reader.until(
        "document.querySelector('.maplibregl-ctrl-scale').innerText.endsWith('km')"
    )
