"""Buses in Chromium: how often, home the same day, and the map of such days."""

import pytest

from maps.theme import LOOK
from tests.maps.pages import numbers, plain

pytestmark = pytest.mark.browser

DAYS = "indicator:transport.return_days.hospital"


def pointed(reader, at):
    """Return what the box at the pointer says in the middle of the map."""
    reader.open(f"country=zz&lang=ru&subject={DAYS}&at={at}")
    reader.rendered("settlements")
    box = reader.page.locator("canvas.maplibregl-canvas").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    reader.page.mouse.move(x + 40, y + 40)
    reader.page.mouse.move(x, y)
    return plain(reader.page.locator(".tooltip-text").inner_text())


def test_the_card_tells_how_often_a_bus_comes(reader):
    reader.open("country=zz&lang=ru&selected=settlement:zz:01")
    told = plain(reader.page.locator("table.service").inner_text())
    assert told.startswith(
        "Неделя не менее чем 10 рейсов в неделю, пн, вт, ср, чт, пт 06:40–18:05 · "
        "в течение дня ждать до 11 ч 25 мин · самый долгий перерыв 45 мин"
    )
    # the school year is like the reference week and says nothing new
    assert "Летом не менее чем 14 рейсов в неделю" in told
    assert "учебном" not in told


def test_the_card_tells_who_comes_home_the_same_day(reader):
    reader.open("country=zz&lang=ru&selected=settlement:zz:01")
    rows = reader.page.locator("table.journeys tbody tr")
    told = [plain(row) for row in rows.all_inner_texts()]
    assert told == [
        (
            "Больница 65 мин не менее чем 2 дня в неделю, пн, ср ср: там с 08:20, "
            "обратно до 13:35, на дела 1 ч 35 мин · часы работы предположены"
        ),
        "Аптека Недостижимо 0 дней в неделю",
    ]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("be", "не менш чым 2 дні на тыдзень, пн, ср"),
        ("en", "at least 2 days a week, Mon, Wed"),
    ],
)
def test_in_the_language_of_the_reader(reader, language, words):
    reader.open(f"country=zz&lang={language}&selected=settlement:zz:01")
    assert words in plain(reader.page.locator("table.journeys").inner_text())
    assert reader.faults == []


def theme_of(reader):
    return reader.page.request.get(f"{reader.address}v1/theme?country=zz").json()


def classes_of(reader, code):
    """Return limits and colours of the classes of an indicator."""
    rows = theme_of(reader)["indicators"]
    return next(row["classes"] for row in rows if row["code"] == code)


def unknown_fill(reader):
    return theme_of(reader)["unknown"]["fill"]


def ending(digits, ids):
    return {id_ for id_ in ids if id_[-1] in digits}


def test_a_place_without_a_timetable_shows_none(reader):
    reader.open("country=zz&lang=ru&selected=settlement:zz:03")
    assert reader.page.locator("table.service, table.journeys").count() == 0


def test_the_map_draws_days_with_a_journey(reader):
    reader.open(f"country=zz&lang=ru&view=settlements&subject={DAYS}")
    page = reader.page
    assert page.locator(".summary .subject").inner_text() == "Дней с поездкой: больница"
    page.locator(".legend summary").click()
    legend = plain(page.locator(".legend").inner_text())
    assert "Значение, дней в неделю 0 1 2–3 4–5 не меньше 6" in legend
    assert "Чем темнее, тем хуже. Где учтены не все перевозчики" in legend
    drawn = {numbers()[row["n"]]: row for row in reader.rendered("settlements")}
    # the worse the darker: of five classes 2 days have the third, 5 the second
    classes = classes_of(reader, DAYS.removeprefix("indicator:"))
    assert drawn["zz:02"]["fill"] == classes["colours"][2]
    assert drawn["zz:05"]["fill"] == classes["colours"][3]
    assert drawn["zz:09"]["fill"] == unknown_fill(reader)


def test_any_indicator_with_classes_is_drawn(reader):
    reader.open(
        "country=zz&lang=en&view=settlements&subject=indicator:transport.trips_per_week"
    )
    legend = plain(reader.page.locator(".legend").inner_text())
    assert "Value, trips a week 0 1–3 4–7 8–19 at least 20 Assumed Unknown" in legend
    # 8 trips and 16 are in one class, the second lightest
    drawn = {numbers()[row["n"]]: row["fill"] for row in reader.rendered("settlements")}
    assert (
        drawn["zz:01"] == classes_of(reader, "transport.trips_per_week")["colours"][3]
    )
    assert reader.faults == []
    offered = reader.page.locator("#choice-subject optgroup").last
    assert offered.get_attribute("label") == "Indicators"
    # the one that says most stands first
    assert [plain(one) for one in offered.locator("option").all_inner_texts()] == [
        "Days with a journey: hospital",
        "Trips per week",
        "Days with service",
    ]


def test_what_has_no_classes_cannot_be_asked_for(reader):
    reader.open("country=zz&lang=en&subject=indicator:post.office_minutes")
    assert "indicator" not in reader.page.url


def test_days_are_chosen_among_the_standards(reader):
    reader.open("country=zz&lang=en")
    page = reader.page
    page.get_by_role("button", name="Bus").click()
    page.locator("#choice-subject").select_option(DAYS)
    reader.until("location.hash.includes('return_days')")
    assert "Days with a journey: hospital" in page.locator(".summary").inner_text()


def test_beside_the_trips_of_a_norm_stand_the_days(reader):
    reader.open("country=zz&lang=ru&selected=settlement:zz:01")
    card = reader.page.locator("details.judgement", has_text="Норма: transport").first
    card.locator("summary").click()
    # all carriers are not in: five days are the least
    assert "Дней с рейсами не меньше 5 дней в неделю" in plain(card.inner_text())


@pytest.mark.parametrize(
    ("lon", "told"),
    [
        (25.35, "не менее чем 5 дней в неделю (01.05.2026)"),
        (25.6, "не менее чем 6 дней в неделю (Допущение, 01.05.2026)"),
        (25.85, "не менее чем 7 дней в неделю (01.05.2020)"),
    ],
)
def test_the_pointer_tells_days_vintage_and_assumption(reader, lon, told):
    assert pointed(reader, f"11/53.4500/{lon}") == told


def test_what_is_out_of_date_is_pale_and_what_is_assumed_has_a_ring(reader):
    reader.open(f"country=zz&lang=ru&view=settlements&subject={DAYS}")
    reader.page.locator(".legend summary").click()
    legend = plain(reader.page.locator(".legend").inner_text())
    assert "Допущение" in legend
    assert "Бледным показано устаревшее." in legend
    # a window of two years before 22 November 2026
    drawn = {numbers()[row["n"]]: row for row in reader.rendered("settlements")}
    # in every raion the sixth village is assumed, the seventh out of date, and of the
    # eighth and ninth nothing is known: their rim is thin
    assert {id_ for id_, row in drawn.items() if row["old"]} == ending("7", drawn)
    assert {id_ for id_, row in drawn.items() if row["ring"]} == ending("6", drawn)
    assumed = next(mark for name, mark in LOOK["statuses"].items() if name == "assumed")
    assert drawn["zz:06"]["stroke"] == assumed["fill"]
    assert drawn["zz:06"]["fill"] != drawn["zz:08"]["fill"] == unknown_fill(reader)


def test_no_day_is_said_without_at_least(reader):
    # the town's nought is exact
    assert pointed(reader, "11/53.1500/25.1") == "0 дней в неделю (01.05.2026)"
    # of a village with some buses it is all that is known
    reader.open("country=zz&lang=en&selected=settlement:zz:04")
    told = plain(reader.page.locator("table.journeys").inner_text())
    assert "on no day with the buses that are known" in told
