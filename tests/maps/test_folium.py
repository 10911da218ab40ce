"""The exported page: one file, no foreign host, the theme's colours, fixed bytes."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from geo.errors import ReleaseError
from geo.release.read import open_release
from geo.release.write import publish
from maps.folium_data import (
    area_features,
    area_style,
    settlement_columns,
    unlocated,
    value_signs,
)
from maps.folium_export import VENDOR, folium_page
from maps.theme import LOOK, theme
from tests.release import toy
from tests.release.publisher import publish_toy

REPOSITORY = Path(__file__).resolve().parents[2]
VERDICTS = list(LOOK["verdicts"])
STANDARDS = {toy.TRIPS: "transport.trips_per_week"}
IMAGE = bytes.fromhex("89504e470d0a1a0a")
RENDER = """
import sys
from pathlib import Path
from maps.folium_export import folium_page
folium_page(Path(sys.argv[1]), Path(sys.argv[2]), vendor=Path(sys.argv[3]))
"""


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    return publish_toy(tmp_path_factory.mktemp("releases")).path


@pytest.fixture(scope="module")
def vendor(tmp_path_factory):
    """A stand-in for Leaflet: what is embedded is not run here."""
    folder = tmp_path_factory.mktemp("vendor") / "leaflet"
    (folder / "images").mkdir(parents=True)
    (folder / "images" / "layers.png").write_bytes(IMAGE)
    (folder / "leaflet.css").write_text(".a{background:url(images/layers.png)}")
    (folder / "leaflet.js").write_text(
        "var L={t:'{{ {% x %}',s:'</script>'};\n//# sourceMappingURL=leaflet.js.map\n"
    )
    return folder.parent


@pytest.fixture(scope="module")
def page(release, vendor, tmp_path_factory):
    out = tmp_path_factory.mktemp("pages")
    path = folium_page(release, out, vendor=vendor)
    assert path == out / "ty-2026-11-22.1.html"
    return path.read_text(encoding="utf-8")


def data_of(page):
    found = re.search(r'id="paritet-data">(.*?)</script>', page, re.DOTALL)
    return json.loads(found[1])


def test_nothing_is_loaded_from_elsewhere(page):
    assert re.findall(r"<(?:script|link|img|iframe)[^>]*(?:src|href)=", page) == []
    assert re.findall(r"@import|url\((?!data:|#|\"?#)", page) == []
    assert "sourceMappingURL" not in page


def test_the_library_is_in_the_page_as_it_is(page):
    assert "var L={t:'{{ {% x %}',s:'<\\/script>'};" in page
    assert "url(data:image/png;base64,iVBORw0KGgo=)" in page


def test_every_colour_is_a_named_one(page):
    for name in ("folium_page.css", "folium_page.js", "folium_page.html"):
        text = (REPOSITORY / "maps" / name).read_text(encoding="utf-8")
        assert re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsl", text) == [], name
    for name in set(re.findall(r"var\(--([a-z_]+)\)", page)):
        assert f"--{name}:{LOOK['colours'][name]};" in page


def test_a_name_cannot_end_the_data(page):
    places = data_of(page)["settlements"]
    assert "</script><b>Хитрая" in places["name"]
    assert "</script><b>" not in page


def test_random_ids_of_folium_are_gone(page):
    assert re.findall(r"\b[0-9a-f]{32}\b", page) == []


def test_the_page_is_the_same_bytes_elsewhere(page, release, vendor, tmp_path):
    elsewhere = {"TZ": "Asia/Almaty", "PYTHONHASHSEED": "99", "LC_ALL": "C"}
    out = tmp_path / "other.html"
    subprocess.run(
        [sys.executable, "-c", RENDER, str(release), str(out), str(vendor)],
        env={**os.environ, "PYTHONPATH": str(REPOSITORY), **elsewhere},
        cwd=tmp_path,
        check=True,
    )
    assert out.read_text(encoding="utf-8") == page
    assert str(tmp_path) not in page


def test_settlements_come_as_columns(release):
    made = settlement_columns(open_release(release), STANDARDS, VERDICTS)
    assert made["id"] == ["toy:1", "toy:11", "toy:2", "toy:3", "toy:4"]
    assert made["lon"] == [25.25, 25.1, 25.75, 26.5, 26.75]
    assert made["population"] == [1200, 0, 85, None, 25000]
    assert made["radius"] == [5.1, 2.5, 3.1, 2.5, 10.0]
    assert made["names"]["ru"] == [None] * 5  # the same as the name
    assert made["names"]["be"] == ["Ёлачка", None, None, "Крыніца", None]
    assert list(made["names"]) == ["ru", "be", "en", "kk"]
    assert made["area"][0] == "Западный район"
    words = [VERDICTS[int(digit)] for digit in made["verdict"][toy.TRIPS]]
    assert words == ["kept", "not_due", "unknown", "breached", "no_norm"]
    assert made["gap"][toy.TRIPS] == [0.0, None, None, 0.25, None]
    assert unlocated(open_release(release)) == 1


def test_a_settlement_that_was_not_judged_is_unknown(tmp_path):
    tables = toy.tables()
    judged = tables["judgements"]
    tables["judgements"] = judged[judged["settlement_id"] != "toy:1"]
    path = publish(
        tmp_path, "ty", toy.ON, tables, toy.manifest(tables), today=toy.ON
    ).path
    made = settlement_columns(open_release(path), STANDARDS, VERDICTS)
    assert VERDICTS[int(made["verdict"][toy.TRIPS][0])] == "unknown"
    assert made["gap"][toy.TRIPS][0] is None


def test_a_verdict_on_an_assumed_value_has_its_own_mark(tmp_path):
    tables = toy.tables()
    values = tables["values"]
    of_trips = values["indicator"] == STANDARDS[toy.TRIPS]
    values.loc[of_trips & (values["settlement_id"] == "toy:1"), "status"] = "assumed"
    path = publish(
        tmp_path, "ty", toy.ON, tables, toy.manifest(tables), today=toy.ON
    ).path
    marks = [*VERDICTS, *LOOK["assumed_verdicts"]]
    made = settlement_columns(open_release(path), STANDARDS, marks)
    found = [marks[int(digit)] for digit in made["verdict"][toy.TRIPS]]
    assert found == ["kept:assumed", "not_due", "unknown", "breached", "no_norm"]


def test_values_come_as_digits(tmp_path):
    tables = toy.tables()
    values = tables["values"]
    of_trips = values["indicator"] == STANDARDS[toy.TRIPS]
    place = values["settlement_id"]
    values.loc[of_trips & (place == "toy:2"), "status"] = "assumed"
    values.loc[of_trips & (place == "toy:3"), "date"] = pd.Timestamp("2020-05-01")
    values.loc[of_trips & (place == "toy:4"), ["status", "value"]] = ["declared", None]
    tables["values"] = values[~(of_trips & (place == "toy:11"))]
    told = toy.manifest(tables)
    told["indicators"][0]["freshness_years"] = 2
    path = publish(tmp_path, "ty", toy.ON, tables, told, today=toy.ON).path
    opened = open_release(path)
    ids = ["toy:1", "toy:11", "toy:2", "toy:3", "toy:4"]
    signs = value_signs(opened, ids, theme(opened.manifest))
    # five classes, the same assumed, five statuses without a value, out of date
    assert signs == {STANDARDS[toy.TRIPS]: "ae8fe"}


def test_raions_are_coloured_by_score_and_by_evidence(release):
    opened = open_release(release)
    look = theme(opened.manifest)
    areas = {one["id"]: one["properties"] for one in area_features(opened)}
    assert sorted(areas) == ["raion:east", "raion:west"]
    gap, known = (look["classes"][name]["colours"] for name in ("gap", "share_known"))
    fills = {
        (name, view): area_style(look, view, properties)["fillColor"]
        for name, properties in areas.items()
        for view in ("scores", "evidence")
    }
    assert fills == {
        ("raion:west", "scores"): gap[1],  # 0.1
        ("raion:west", "evidence"): known[4],  # 0.9
        ("raion:east", "scores"): "url(#paritet-hatch)",  # unknown is not zero
        ("raion:east", "evidence"): known[1],  # 0.3
    }


def test_a_country_without_boundaries_shows_its_grid(tmp_path):
    tables = toy.tables()
    areas = tables["areas"]
    areas.loc[areas["level"] == "raion", ["level", "analytic"]] = ["grid", True]
    path = publish(
        tmp_path, "ty", toy.ON, tables, toy.manifest(tables), today=toy.ON
    ).path
    features = area_features(open_release(path))
    assert [one["properties"]["analytic"] for one in features] == [True, True]


def test_a_country_without_any_area_still_has_a_page(tmp_path, vendor):
    tables = toy.tables()
    tables["areas"]["geometry"] = None
    path = publish(
        tmp_path, "ty", toy.ON, tables, toy.manifest(tables), today=toy.ON
    ).path
    page = folium_page(path, tmp_path / "x.html", vendor=vendor).read_text()
    assert area_features(open_release(path)) == []
    assert re.search(r"paritetPage\(map_paritet1, \{\s*\}\)", page)


def test_a_missing_library_says_how_to_get_it(release, tmp_path):
    with pytest.raises(ReleaseError) as caught:
        folium_page(release, tmp_path / "x.html", vendor=tmp_path)
    assert str(caught.value) == (
        f"{tmp_path}/leaflet/leaflet.css: the map library of the page is not there. "
        "Build the web app first: ./run.sh does it."
    )
    assert not (tmp_path / "x.html").exists()


@pytest.fixture
def chromium_page(release, tmp_path):
    """The page in Chromium with every foreign host blocked, and what it asked for."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("no chromium on this machine")
    if not (VENDOR / "leaflet" / "leaflet.js").is_file():
        pytest.skip("the web app is not built (maps/static/vendor is empty)")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 (optional here)

    path = folium_page(release, tmp_path / "usb.html")
    blocked = "--host-resolver-rules=MAP * ~NOTFOUND"
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", blocked]
        )
        tab = browser.new_page(viewport={"width": 1200, "height": 760})
        tab.asked, tab.said = [], []
        tab.on("request", lambda request: tab.asked.append(request.url))
        tab.on("console", lambda message: tab.said.append(message.text))
        tab.on("pageerror", lambda error: tab.said.append(str(error)))
        tab.goto(path.as_uri())
        tab.wait_for_function("window.foliumReady === true")
        yield tab
        outside = [url for url in tab.asked if not url.startswith(("file:", "data:"))]
        assert outside == []
        assert tab.said == []
        browser.close()


@pytest.mark.browser
def test_the_page_in_a_browser(chromium_page):
    tab = chromium_page
    assert tab.inner_text("#synthetic").startswith("Синтетические данные")
    assert tab.locator("path.leaflet-interactive").count() == 2
    assert tab.locator("#verdicts input").count() == len(VERDICTS)
    assert "Игрушечные данные" in tab.inner_text(".leaflet-control-attribution")
    assert "Без точки на карте: 1." in tab.inner_text("#missing")
    tab.select_option("#language", "be")
    assert tab.inner_text("#country") == "Цацка"
    assert tab.get_attribute("html", "lang") == "be"


@pytest.mark.browser
def test_search_finds_a_name_in_any_language_and_opens_its_card(chromium_page):
    tab = chromium_page
    tab.fill("#search", "елачка")  # ё is found by е
    assert tab.locator("#found button").count() == 1
    tab.click("#found button")
    card = tab.inner_text(".leaflet-popup-content")
    assert card.startswith("Ёлочка")
    assert "Соблюдён" in card
    tab.fill("#search", "нет такого")
    assert tab.inner_text("#found") == "Ничего не найдено"


@pytest.mark.browser
def test_a_hostile_name_stays_text(chromium_page):
    tab = chromium_page
    tab.fill("#search", "хитрая")
    tab.click("#found button")
    assert "</script><b>Хитрая" in tab.inner_text(".leaflet-popup-content")
    assert tab.locator(".leaflet-popup-content b").count() == 0


@pytest.mark.browser
def test_the_view_and_the_standard_can_be_chosen(chromium_page):
    tab = chromium_page
    fills = (
        "() => [...document.querySelectorAll('path.leaflet-interactive')]"
        ".map((path) => path.getAttribute('fill'))"
    )
    before = tab.evaluate(fills)
    assert sorted(before)[1] == "url(#paritet-hatch)"
    tab.select_option("#view", "evidence")
    assert "url(#paritet-hatch)" not in tab.evaluate(fills)
    tab.select_option("#standard", toy.CELL)
    assert "digital" in tab.inner_text("#standard option:checked")
    # The canvas of the circles lies over the areas: a click must still reach them.
    box = tab.locator("path.leaflet-interactive").first.bounding_box()
    tab.mouse.click(box["x"] + 40, box["y"] + 60)
    assert "Восточный район" in tab.inner_text(".leaflet-popup-content")


@pytest.mark.browser
def test_the_values_of_an_indicator_can_be_chosen(chromium_page):
    tab = chromium_page
    tab.select_option("#language", "en")
    tab.select_option("#standard", "indicator:transport.trips_per_week")
    assert tab.inner_text("#marks-title") == "Value, trips a week"
    labels = tab.locator("#verdicts label span:nth-of-type(2)").all_inner_texts()
    assert labels == ["0", "1–3", "4–7", "8–19", "at least 20", "Unreachable"]
    assert tab.inner_text("#act").startswith("The darker, the worse.")
    # no area has a value, so none is coloured
    assert not tab.is_visible("#area-section")
    area = tab.locator("path.leaflet-interactive").first
    assert area.get_attribute("fill-opacity") == "0"
    counts = tab.locator("#verdicts .count").all_inner_texts()
    assert "in 4 settlements" in counts[3]


def test_a_norm_that_nobody_compared_with_its_act_says_so(page):
    held = data_of(page)
    assert {one["confidence"] for one in held["theme"]["standards"]} == {"reported"}
    words = held["theme"]["texts"]["ru"]["confidences"]
    assert words == {"verified": "сверено с актом", "reported": "по сообщению"}
    assert "words().confidences[standard.confidence]" in page  # drawn with the act
