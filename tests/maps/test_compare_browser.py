"""Two places side by side in Chromium: maps in step, and one table."""

import pytest

from tests.maps.country_places import TRIPS
from tests.maps.pages import numbers, plain

pytestmark = pytest.mark.browser
BASE = "country=zz&lang=ru&subject=overall&show=compare"
PLACES = f"{BASE}&selected=settlement:zz:00&other=settlement:zz:01"
AREAS = f"{BASE}&selected=area:raion:0&other=area:raion:4"


def rows(reader):
    """Return the label of each row -> its cells."""
    reader.page.locator("table.compared").wait_for()
    found = reader.page.locator("table.compared tbody tr:not(.head)")
    told = {}
    for row in found.all():
        head, *cells = (plain(text) for text in row.locator("th, td").all_inner_texts())
        told[head] = cells
    return told


def stands(reader):
    return reader.page.evaluate(
        "window.paritetPair.map(m => [m.getZoom(), ...m.getCenter().toArray()])"
    )


def test_a_breach_is_worse_than_what_is_kept_and_the_unknown_is_not(reader):
    reader.open(PLACES)
    told = rows(reader)
    assert told["Жителей"] == [
        "12 000 от 10 800 до 13 200",
        "1 500 от 1 350 до 1 650",
        "различаются",
    ]
    assert told["Норма: transport"] == [
        "Соблюдён Разрыв: 0 %",
        "Нарушен Разрыв: 50 %",
        "хуже: Деревня 01",
    ]
    post = told["Норма: post"]
    assert [cell.split()[0] for cell in post[:2]] == ["Неизвестно", "Неизвестно"]
    assert post[2] == "сравнить нельзя: неизвестно"
    assert told["Рейсов в неделю"][2] == "хуже: Деревня 01"
    assert reader.foreign() == []
    assert reader.faults == []


def test_maps_have_one_zoom_and_move_in_step(reader):
    reader.open(PLACES)
    one, other = stands(reader)
    assert one == pytest.approx([11, 25.1, 53.15], abs=1e-6)
    assert other == pytest.approx([11, 25.35, 53.15], abs=1e-6)
    reader.page.evaluate(
        "window.paritetPair[1].jumpTo({center: [25.45, 53.15], zoom: 9})"
    )
    one, other = stands(reader)
    assert other == pytest.approx([9, 25.45, 53.15], abs=1e-6)
    assert one == pytest.approx([9, 25.2, 53.15], abs=1e-6)


def test_both_maps_show_the_same_picture(reader):
    reader.open(PLACES.replace("overall", f"standard:{TRIPS}") + "&view=settlements")
    drawn = reader.page.evaluate(
        """Promise.all(window.paritetPair.map(async map => {
          if (!map.loaded()) await new Promise(done => map.once('idle', done))
          return map.queryRenderedFeatures({layers: ['settlements']}).map(
            f => [f.id, f.state.shape])
        }))"""
    )
    # each shows its own place: the first keeps the norm, the second breaks it
    ids = numbers()
    told = [[(ids[number], shape) for number, shape in one] for one in drawn]
    assert told == [[("zz:00", "")], [("zz:01", "triangle")]]


def test_two_raions_are_both_whole_in_view(reader):
    reader.open(AREAS)
    told = rows(reader)
    # the mean gaps are 0 and 0.64, but each may be anything from 0.1 to 0.9
    assert told["Все стандарты вместе"][2] == "где хуже, сказать нельзя"
    assert told["Норма: transport"][2] == "одинаково"
    assert told["Норма: post"][2] == "сравнить нельзя: неизвестно"
    (zoom, *_), (same, *_) = stands(reader)
    assert zoom == same
    inside = reader.page.evaluate(
        "window.paritetPair.map(m => m.getBounds()).every(b =>"
        " b.getEast() - b.getWest() > 1 && b.getNorth() - b.getSouth() > 1)"
    )
    assert inside


def test_places_are_chosen_by_search_and_raions_from_a_list(reader):
    reader.open(f"{BASE}&selected=settlement:zz:00")
    assert "Выберите два населённых пункта" in reader.page.content()
    second = reader.page.get_by_role("group", name="Второе место")
    second.get_by_role("combobox").first.fill("Деревня 12")
    second.locator("li[role=option]").first.click()
    second.locator("h2", has_text="Деревня 12").wait_for()
    assert "other=settlement:zz:12" in reader.page.url
    assert rows(reader)
    second.locator("select").select_option("area:raion:3")
    reader.page.get_by_text("Населённый пункт и территория не сравниваются").wait_for()
    first = reader.page.get_by_role("group", name="Первое место")
    first.locator("select").select_option("area:raion:3")
    reader.page.get_by_text("Дважды выбрано одно и то же место").wait_for()
    assert reader.faults == []


def test_the_card_opens_the_comparison(reader):
    reader.open("country=zz&lang=en&subject=overall&selected=settlement:zz:01")
    reader.page.get_by_role("button", name="Compare with…").click()
    reader.page.get_by_text("Choose two settlements or two areas").wait_for()
    assert "show=compare" in reader.page.url
    assert reader.page.locator("aside.card").count() == 0


def test_on_a_phone_one_stands_under_the_other(reader):
    reader.page.set_viewport_size({"width": 390, "height": 844})
    reader.open(PLACES)
    one, other = (side.bounding_box() for side in reader.page.locator(".side").all())
    assert one["x"] == other["x"]
    assert other["y"] >= one["y"] + one["height"]
    wide = "document.documentElement.scrollWidth <= window.innerWidth"
    assert reader.page.evaluate(wide)


def test_without_webgl_the_table_stays(plain_reader):
    plain_reader.open(PLACES)
    assert rows(plain_reader)["Норма: transport"][2] == "хуже: Деревня 01"
    assert plain_reader.page.locator(".side .map").count() == 0
    assert "show=compare" in plain_reader.page.url
