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
from geo.reports.class_words import class_label
from geo.reports.known import known_share
from geo.reports.topics import topics_of
from maps.folium_data import area_features, drawn, settlement_columns, unlocated
from maps.folium_export import VENDOR, folium_page
from maps.folium_pictures import picture
from maps.theme import LOOK, theme
from tests.release import toy
from tests.release.publisher import publish_toy

REPOSITORY = Path(__file__).resolve().parents[2]
TRIPS = f"standard:{toy.TRIPS}"
TRIPS_CODE = "transport.trips_per_week"
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


def published(folder, tables, told=None):
    document = told or toy.manifest(tables)
    path = publish(folder, "ty", toy.ON, tables, document, today=toy.ON).path
    return open_release(path)


def shown(opened, subject):
    """Return the ids of the marks of a picture's settlements, one by one."""
    found = picture(opened, subject, drawn(opened), theme(opened.manifest))
    ids = [mark["id"] for mark in found["marks"]]
    return [ids[int(sign, 36)] for sign in found["signs"]]


def test_settlements_come_as_columns(release):
    opened = open_release(release)
    made = settlement_columns(opened, drawn(opened), [toy.TRIPS])
    assert made["id"] == ["toy:1", "toy:11", "toy:2", "toy:3", "toy:4"]
    assert made["lon"] == [25.25, 25.1, 25.75, 26.5, 26.75]
    assert made["population"] == [1200, 0, 85, None, 25000]
    assert made["radius"] == [5.1, 2.5, 3.1, 2.5, 10.0]
    assert made["names"]["ru"] == [None] * 5  # the same as the name
    assert made["names"]["be"] == ["Ёлачка", None, None, "Крыніца", None]
    assert list(made["names"]) == ["ru", "be", "en", "kk"]
    assert made["area"][0] == "Западный район"
    assert made["gap"][toy.TRIPS] == [0.0, None, None, 0.25, None]
    assert unlocated(opened) == 1
    words = ["kept", "not_due", "unknown", "breached", "no_norm"]
    assert shown(opened, TRIPS) == words


def test_the_page_opens_with_the_subject_of_the_app(page, release):
    opened = open_release(release)
    held = data_of(page)["pictures"]
    app = topics_of(opened)
    assert held["first"] == app["first"] == "overall"
    assert [one["subjects"] for one in held["topics"]] == [
        one["subjects"] for one in app["topics"]
    ]
    assert {id_ for one in held["topics"] for id_ in one["subjects"]} == set(
        held["subjects"]
    )


def test_a_settlement_that_was_not_judged_is_unknown(tmp_path):
    tables = toy.tables()
    judged = tables["judgements"]
    tables["judgements"] = judged[judged["settlement_id"] != "toy:1"]
    opened = published(tmp_path, tables)
    assert shown(opened, TRIPS)[0] == "unknown"
    made = settlement_columns(opened, drawn(opened), [toy.TRIPS])
    assert made["gap"][toy.TRIPS][0] is None


def test_a_verdict_on_an_assumed_value_has_its_own_mark(tmp_path):
    tables = toy.tables()
    values = tables["values"]
    of_trips = values["indicator"] == TRIPS_CODE
    values.loc[of_trips & (values["settlement_id"] == "toy:1"), "status"] = "assumed"
    opened = published(tmp_path, tables)
    found = shown(opened, TRIPS)
    assert found == ["kept:assumed", "not_due", "unknown", "breached", "no_norm"]


def test_values_keep_their_class_and_tell_what_is_assumed_or_old(tmp_path):
    tables = toy.tables()
    values = tables["values"]
    of_trips = values["indicator"] == TRIPS_CODE
    place = values["settlement_id"]
    values.loc[of_trips & (place == "toy:2"), "status"] = "assumed"
    values.loc[of_trips & (place == "toy:3"), "date"] = pd.Timestamp("2020-05-01")
    values.loc[of_trips & (place == "toy:4"), ["status", "value"]] = ["declared", None]
    tables["values"] = values[~(of_trips & (place == "toy:11"))]
    told = toy.manifest(tables)
    told["indicators"][0]["freshness_years"] = 2
    opened = published(tmp_path, tables, told)
    found = shown(opened, f"indicator:{TRIPS_CODE}")
    assert found[1:3] == ["unknown", "3:assumed"]
    assert found[3].endswith(":old")
    assert found[4] == "unknown"


def test_areas_have_the_score_of_the_subject_or_the_share_known(release):
    opened = open_release(release)
    areas = {one["id"]: one["properties"]["values"] for one in area_features(opened)}
    assert sorted(areas) == ["raion:east", "raion:west"]
    assert areas["raion:west"]["overall"] == 0.1
    assert areas["raion:east"]["overall"] is None  # unknown is not zero
    for id_, values in areas.items():
        rows = opened.rows("evidence", id_)
        shares = {
            code: known_share(row for row in rows if row["indicator"] == code)
            for code in opened.indicators
        }
        told = [share for share in shares.values() if share is not None]
        assert values["known"] == (sum(told) / len(told) if told else None)
        assert {code: values[f"known:{code}"] for code in shares} == shares


def test_values_have_the_names_of_their_classes(release):
    opened = open_release(release)
    subject = f"indicator:{TRIPS_CODE}"
    made = picture(opened, subject, drawn(opened), theme(opened.manifest))
    assert [mark["label"]["en"] for mark in made["marks"]] == [
        class_label(opened, f"value:{TRIPS_CODE}", mark["id"], "en")
        for mark in made["marks"]
    ]
    assert (made["unit"], made["areas"]) == ("trips/week", None)
    assert [mark["id"] for mark in made["marks"]] == ["0", "1", "2", "3", "4"] + [
        mark["id"] for mark in made["marks"][5:]
    ]


def test_a_raion_alone_is_a_page_of_its_own(release, vendor, tmp_path):
    path = folium_page(release, tmp_path / "raion.html", area="Западный", vendor=vendor)
    held = data_of(path.read_text(encoding="utf-8"))
    assert [one["id"] for one in held["areas"]] == ["raion:west"]
    assert set(held["settlements"]["area"]) == {"Западный район"}
    assert len(held["pictures"]["subjects"][TRIPS]["signs"]) == len(
        held["settlements"]["id"]
    )
    west, south, east, north = held["bounds"]
    for lon, lat in zip(
        held["settlements"]["lon"], held["settlements"]["lat"], strict=True
    ):
        assert west <= lon <= east
        assert south <= lat <= north


def test_readers_may_enlarge_the_page(page):
    metas = re.findall(r'<meta name="viewport" content="([^"]*)"', page)
    assert metas == ["width=device-width, initial-scale=1"]


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
    assert "paritetPage(map_paritet1, null)" in page


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
    assert tab.input_value("#standard") == "overall"
    assert "Состояние на 22.11.2026" in tab.inner_text("#release")
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
def test_a_subject_colours_areas_and_settlements(chromium_page):
    tab = chromium_page
    fills = (
        "() => [...document.querySelectorAll('path.leaflet-interactive')]"
        ".map((path) => path.getAttribute('fill'))"
    )
    gap = LOOK["classes"]["gap"]
    assert sorted(tab.evaluate(fills)) == [gap[1], "url(#paritet-hatch)"]  # 0.1
    tab.select_option("#standard", "known")
    assert gap[1] not in tab.evaluate(fills)
    tab.select_option("#standard", f"standard:{toy.CELL}")
    assert "digital" in tab.inner_text("#standard option:checked")
    # The canvas of the circles lies over the areas: a click must still reach them.
    box = tab.locator("path.leaflet-interactive").first.bounding_box()
    tab.mouse.click(box["x"] + 40, box["y"] + 60)
    assert "Восточный район" in tab.inner_text(".leaflet-popup-content")


@pytest.mark.browser
def test_towns_are_named_and_no_zoom_is_closer_than_the_data(chromium_page):
    tab = chromium_page
    assert tab.locator(".leaflet-tooltip.name").count() >= 1
    zoom = "() => map_paritet1.getMaxZoom()"
    assert tab.evaluate(zoom) == 14
    assert tab.inner_text(".leaflet-control-scale-line").endswith("км")


@pytest.mark.browser
def test_what_areas_have_no_value_of_leaves_them_white(chromium_page):
    tab = chromium_page
    tab.select_option("#language", "en")
    tab.select_option("#standard", "people")
    assert not tab.is_visible("#area-section")
    area = tab.locator("path.leaflet-interactive").first
    assert area.get_attribute("fill") == LOOK["colours"]["area"]
    counts = tab.locator("#verdicts .count").all_inner_texts()
    assert any("25,000 people" in count for count in counts)


def test_a_norm_that_nobody_compared_with_its_act_says_so(page):
    held = data_of(page)
    assert {one["confidence"] for one in held["theme"]["standards"]} == {"reported"}
    words = held["theme"]["texts"]["ru"]["confidences"]
    assert words == {"verified": "сверено с актом", "reported": "по сообщению"}
    assert "words().confidences[standard.confidence]" in page  # drawn with the act
