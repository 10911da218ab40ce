"""Ways by road in Chromium: told in the card, drawn on the map, or a word for none."""

import pytest

from tests.maps.pages import plain

pytestmark = pytest.mark.browser


def test_a_way_is_told_and_drawn(reader):
    reader.open("country=zz&lang=ru&selected=settlement:zz:01")
    line = reader.page.locator(".known li", has=reader.page.locator("button.way"))
    told = plain(line.inner_text())
    assert told.startswith("До почты не больше 22,5 мин")
    assert "Почта · 01.03.2024 Устарело · 9,3 км · ×4,4 к прямой" in told
    assert "(дорога идёт в обход)" in told
    assert "до дороги 240 м пешком" in told
    # said once: no table repeats it
    assert reader.page.locator("table.ways").count() == 0
    assert reader.rendered("way") == []
    assert reader.page.locator(".way-end").count() == 0
    reader.page.get_by_role("button", name="на карте: Почта").click()
    reader.until("paritetMap.queryRenderedFeatures({layers: ['way']}).length > 0")
    assert "way=post_office" in reader.page.url
    # the facility is named where the way ends
    assert plain(reader.page.locator(".way-end").inner_text()) == "Почта"
    button = reader.page.locator("button.way")
    assert button.get_attribute("aria-pressed") == "true"
    # all of it is in view
    west, south, east, north = reader.page.evaluate(
        "paritetMap.getBounds().toArray().flat()"
    )
    assert west < 25.05
    assert east > 25.35
    assert south < 53.05
    assert north > 53.3
    button.click()
    reader.until("paritetMap.queryRenderedFeatures({layers: ['way']}).length === 0")
    assert reader.page.locator(".way-end").count() == 0


def test_a_link_draws_a_way_where_it_says(reader):
    reader.open(
        "country=zz&lang=en&selected=settlement:zz:01&way=post_office"
        "&at=9.00/53.2000/25.2000"
    )
    reader.until("paritetMap.queryRenderedFeatures({layers: ['way']}).length > 0")
    assert reader.page.evaluate("paritetMap.getZoom()") == 9
    assert reader.faults == []


def test_no_way_is_a_word_and_no_number(reader):
    reader.open("country=zz&lang=ru&selected=settlement:zz:02&way=post_office")
    told = plain(reader.page.locator("table.ways").inner_text())
    assert told == "Почта Нет дороги рядом"
    assert reader.page.locator("button.way").count() == 0
    assert reader.rendered("way") == []


def test_a_place_without_ways_shows_none(reader):
    reader.open("country=zz&lang=ru&selected=settlement:zz:03&way=post_office")
    assert reader.page.locator("table.ways").count() == 0
