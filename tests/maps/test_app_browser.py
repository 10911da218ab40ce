"""The map in Chromium: what is drawn, found, clicked, linked, and what is not asked."""

import pytest

from maps.theme import LOOK
from tests.maps.country_places import ASSUMED, TRIPS, settlements, verdict_of
from tests.maps.pages import STANDARD, numbers, plain

pytestmark = pytest.mark.browser


def people(rows):
    return sum(row["population"] or 0 for row in rows)


def of_verdict(verdict):
    return [row for row in settlements() if verdict_of(row) == verdict]


class TestFirstPicture:
    def test_raions_are_coloured_and_the_unknown_one_hatched(self, reader):
        reader.open("country=zz&lang=ru")
        chosen = reader.page.locator(".toolbar .toggle [aria-pressed=true]")
        assert chosen.inner_text() == "Районы"
        drawn = {row["id"] for row in reader.rendered("areas-touch")}
        assert drawn == {f"raion:{i}" for i in range(6)}
        unknown = {row["id"] for row in reader.rendered("areas-unknown")}
        assert unknown == {"raion:5"}
        assert reader.rendered("settlements") == []

    def test_classes_of_the_raions_are_those_of_the_theme(self, reader):
        reader.open("country=zz&lang=ru")
        paint = reader.page.evaluate(
            "window.paritetMap.getPaintProperty('areas-touch', 'fill-color')"
        )
        colours = dict(zip(map(tuple, paint[2:-1:2]), paint[3:-1:2], strict=True))
        # Scores 0, 0.16, 0.32, 0.48, 0.64; breaks at 0.05, 0.15, 0.3, 0.5.
        classes = LOOK["classes"]["gap"]
        assert colours == {
            ("raion:0",): classes[0],
            ("raion:1",): classes[2],
            ("raion:2", "raion:3"): classes[3],
            ("raion:4",): classes[4],
            ("raion:5",): LOOK["verdicts"]["unknown"]["fill"],
        }

    def test_nothing_is_asked_of_another_host_and_nothing_complains(self, reader):
        reader.open(STANDARD)
        reader.open(STANDARD + "&view=settlements&selected=settlement:zz:01")
        reader.page.locator(".card h2").wait_for()
        assert reader.foreign() == []
        assert reader.faults == []
        assert any(url.endswith("settlements.pmtiles") for url in reader.asked)

    def test_synthetic_country_says_so_on_map_and_table(self, reader):
        reader.open("country=zz&lang=ru")
        assert "Синтетические данные" in reader.page.locator(".banner").inner_text()
        reader.page.get_by_role("button", name="Таблица").click()
        assert reader.page.locator(".banner").is_visible()
        reader.open("country=yy&lang=ru")
        reader.page.locator("h2", has_text="Проба yy").wait_for()
        assert reader.page.locator(".banner").count() == 0

    def test_attribution_is_always_visible(self, reader):
        for state in (STANDARD, STANDARD + "&show=table"):
            reader.open(state)
            footer = reader.page.locator("footer")
            assert footer.is_visible()
            assert "© Места (CC-BY-4.0)" in footer.inner_text()
            assert "zz/2026-11-22.1" in footer.inner_text()


class TestAddress:
    @pytest.mark.parametrize("asked", ["zz/1999-01-01.1", "xx"])
    def test_what_is_not_served_is_never_another(self, reader, asked):
        country, _, release = asked.partition("/")
        reader.page.goto(
            f"{reader.address}#country={country}&release={release}&lang=en"
        )
        alert = reader.page.get_by_role("alert")
        alert.wait_for()
        assert alert.inner_text() == (
            f"There is no release {asked} here. No other is shown in its place."
        )
        assert reader.page.locator("paritet-map, paritet-summary").count() == 0
        assert f"country={country}" in reader.page.url
        reader.page.get_by_role("button", name="Open the newest").click()
        reader.until("window.paritetReady === true")
        assert "release=2026-11-22.1" in reader.page.url
        assert reader.faults == []

    def test_the_address_may_ask_behind_a_question_mark(self, reader):
        reader.page.goto(f"{reader.address}?country=yy&lang=ru")
        reader.until("window.paritetReady === true")
        assert "country=yy" in reader.page.url


class TestEvidence:
    def test_the_lists_that_would_answer_most_come_first(self, reader):
        """Nobody knows the post of 60 places, and the trips of those above."""
        reader.open("country=yy&lang=ru&subject=known")
        block = reader.page.locator("paritet-summary")
        assert "Чей список дал бы больше всего ответов" in block.inner_text()
        asked = [plain(text) for text in block.locator("ol.lift li").all_inner_texts()]
        assert asked == [
            "До почты: 85 710 человек в 60 населённых пунктах не указано",
            "Рейсов в неделю: 16 445 человек в 20 населённых пунктах не указано",
        ]

    def test_what_says_most_comes_first_where_little_is_judged(self, reader):
        """An indicator that nearly all have, and no picture of what is not judged."""
        reader.open("country=yy&lang=ru")
        assert "subject=indicator:transport.return_days.hospital" in reader.page.url
        pressed = reader.page.locator(".topics [aria-pressed=true]")
        assert pressed.inner_text() == "Автобус"
        summary = plain(reader.page.locator("paritet-summary").inner_text())
        assert "известно: 85 482 человека в 42 населённых пунктах" in summary

    def test_who_could_tell_more_is_named(self, reader):
        reader.open("country=yy&lang=ru&subject=known")
        summary = plain(reader.page.locator("paritet-summary").inner_text())
        assert "Кто может дать недостающее: Оператор связи" in summary

    def test_grid_is_called_analytic(self, reader):
        reader.open("country=yy&lang=ru&subject=known")
        notice = reader.page.locator(".grid-notice").inner_text()
        assert "аналитическая сетка, это не административные единицы" in notice
        assert {row["level"] for row in reader.rendered("areas-touch")} == {"grid"}

    def test_people_come_before_settlements(self, reader):
        indicator = "transport.trips_per_week"
        reader.open(f"country=zz&lang=ru&view=evidence&indicator={indicator}")
        unknown = of_verdict("unknown")
        assert (people(unknown), len(unknown)) == (16445, 20)
        summary = plain(reader.page.locator("paritet-summary").inner_text())
        assert "Неизвестно 16 445 человек в 20 населённых пунктах" in summary
        assert "01.05.2026" in summary


class TestStandard:
    def test_legend_names_unit_date_source_and_act(self, reader):
        reader.open(STANDARD + "&view=settlements")
        promise = plain(reader.page.locator(".promise").inner_text())
        assert "рейсов в неделю" in promise
        reader.page.locator("paritet-legend summary").click()
        legend = plain(reader.page.locator("paritet-legend").inner_text())
        assert "Состояние на 22.11.2026" in legend
        assert "Даты данных: 01.05.2026" in legend
        assert "© Расписание" in legend
        assert "Постановление о пробе № 1" in legend
        assert "по сообщению" in legend

    def test_settlements_are_drawn_by_verdict(self, reader):
        reader.open(STANDARD + "&view=settlements")
        drawn = {
            numbers()[row["n"]]: row["fill"] for row in reader.rendered("settlements")
        }
        fills = {verdict: mark["fill"] for verdict, mark in LOOK["verdicts"].items()}
        del drawn[ASSUMED]  # is told apart below
        own = (row for row in settlements() if row["id"] != ASSUMED)
        assert drawn == {row["id"]: fills[verdict_of(row)] for row in own}

    def test_choosing_a_standard_changes_summary_and_address(self, reader):
        reader.open("country=zz&lang=ru")
        reader.page.get_by_role("button", name="Автобус").click()
        reader.page.locator("#choice-subject").select_option(f"standard:{TRIPS}")
        reader.page.locator(".counts").first.wait_for()
        assert f"subject=standard:{TRIPS}" in reader.page.url
        breached = of_verdict("breached")
        summary = plain(reader.page.locator("paritet-summary").inner_text())
        assert (people(breached), len(breached)) == (8040, 20)
        assert "Нарушен 8 040 человек в 20 населённых пунктах" in summary


IF_ASSUMED = "Соблюдён, если допущение верно"


class TestAssumption:
    def test_verdict_on_an_assumed_value_is_a_ring(self, reader):
        reader.open(STANDARD + "&view=settlements")
        drawn = {numbers()[row["n"]]: row for row in reader.rendered("settlements")}
        mark = LOOK["assumed_verdicts"]["kept:assumed"]
        assert [name for name, row in drawn.items() if row["ring"]] == [ASSUMED]
        assert drawn[ASSUMED]["fill"] == mark["fill"]
        assert drawn[ASSUMED]["stroke"] == mark["stroke"]

    def test_legend_names_it_only_where_the_standard_has_it(self, reader):
        reader.open(STANDARD + "&view=settlements")
        legend = reader.page.locator("paritet-legend")
        legend.get_by_text(IF_ASSUMED, exact=True).wait_for()
        assert "Нарушен, если допущение верно" in legend.inner_text()
        reader.page.get_by_role("button", name="Почта").click()
        subject = reader.page.locator("paritet-summary .subject")
        subject.get_by_text("Норма: post").wait_for()
        assert "допущение" not in legend.inner_text()

    def test_scorecard_and_summary_say_so(self, reader):
        reader.open(STANDARD + f"&selected=settlement:{ASSUMED}")
        card = reader.page.locator("aside.card")
        assert IF_ASSUMED in plain(card.inner_text())
        assert "16 рейсов в неделю Допущение" in plain(card.inner_text())
        reader.open(STANDARD)
        summary = reader.page.locator("paritet-summary")
        summary.get_by_text("Часть значений — допущение").wait_for()
        counts = plain(summary.locator(".counts").first.inner_text())
        assert "если допущение верно" not in counts  # most values are measured


class TestWords:
    @pytest.mark.parametrize(
        ("code", "title", "town"),
        [("be", "Парытэт", "Горад 0"), ("en", "Paritet", "Town 0")],
    )
    def test_language_switch(self, reader, code, title, town):
        reader.open("country=zz&lang=ru&show=table&sort=name")
        reader.page.locator(f".languages [lang={code}]").click()
        reader.page.locator("h1", has_text=title).wait_for()
        assert reader.page.evaluate("document.documentElement.lang") == code
        assert f"lang={code}" in reader.page.url
        assert reader.page.locator("tbody").get_by_text(town, exact=True).count() == 1

    def test_buttons_of_the_map_follow_the_language(self, reader):
        reader.open("country=zz&lang=ru")
        button = reader.page.locator(".maplibregl-ctrl-zoom-in")
        assert button.get_attribute("aria-label") == "Приблизить"
        reader.page.locator(".languages [lang=en]").click()
        reader.page.locator("h1", has_text="Paritet").wait_for()
        assert button.get_attribute("aria-label") == "Zoom in"
        assert button.get_attribute("title") == "Zoom in"

    @pytest.mark.parametrize("typed", ["Вёска 23", "village 23", "деревня 23"])
    def test_search_in_any_language(self, reader, typed):
        reader.open("country=zz&lang=ru")
        box = reader.page.get_by_role("combobox", name="Найти населённый пункт")
        box.fill(typed)
        option = reader.page.get_by_role("listbox").get_by_role("option")
        option.first.wait_for()
        assert option.count() == 1
        assert "Деревня 23" in option.inner_text()
        assert "Район 2" in option.inner_text()
        box.press("ArrowDown")
        box.press("Enter")
        reader.page.locator(".card h2", has_text="Деревня 23").wait_for()
        assert "at=11" in reader.page.url

    def test_search_without_a_match_says_so(self, reader):
        reader.open("country=zz&lang=ru")
        reader.page.get_by_role("combobox", name="Найти").fill("Тмутаракань")
        reader.page.get_by_text("Ничего не найдено").wait_for()

    def test_ranges_and_shares_in_each_language(self, reader):
        reader.open("country=zz&lang=ru")
        summary = reader.page.locator("paritet-summary")
        assert "Все 21 % (10–90 %) 75 %" in plain(summary.inner_text())
        reader.page.locator(".languages [lang=en]").click()
        reader.page.locator("h1", has_text="Paritet").wait_for()
        assert "All 21% (10–90%) 75%" in plain(summary.inner_text())


class TestFaults:
    def test_tiles_that_fail_are_told_and_the_rest_goes_on(self, reader):
        reader.page.route(
            "**/settlements.pmtiles", lambda route: route.fulfill(status=503)
        )
        reader.page.goto(f"{reader.address}#{STANDARD}&view=settlements")
        alert = reader.page.get_by_role("alert")
        alert.wait_for()
        assert "Не удалось получить данные" in alert.inner_text()
        reader.page.get_by_role("button", name="Таблица").click()
        reader.page.locator("table.rows tbody tr").first.wait_for()
        assert alert.count() == 0

    def test_a_server_that_was_away_is_asked_again(self, reader):
        reader.open("country=zz&lang=ru")
        reader.page.route("**/v1/summary*", lambda route: route.abort())
        reader.page.get_by_role("button", name="Почта").click()
        reader.page.get_by_role("alert").wait_for()
        reader.page.unroute("**/v1/summary*")
        reader.page.get_by_role("button", name="Автобус").click()
        reader.page.get_by_role("button", name="Почта").click()
        reader.page.locator(".promise .headline").wait_for()
        assert reader.page.get_by_role("alert").count() == 0


class TestPermalink:
    def test_link_restores_everything(self, reader):
        state = (
            f"country=zz&release=2026-11-22.1&lang=en&view=settlements"
            f"&subject=standard:{TRIPS}&selected=settlement:zz:04&at=8.50/53.5000/25.7000"
        )
        reader.open(state)
        page = reader.page
        page.locator(".card h2", has_text="Village 04").wait_for()
        assert page.url.partition("#")[2] == state
        assert page.locator("#choice-subject").input_value() == f"standard:{TRIPS}"
        pressed = page.locator(".toolbar .toggle [aria-pressed=true]")
        assert pressed.inner_text() == "Settlements"
        where = page.evaluate("paritetMap.getCenter().toArray()")
        assert where == pytest.approx([25.7, 53.5])
        assert page.evaluate("paritetMap.getZoom()") == 8.5

    def test_moving_the_map_is_written_into_the_address(self, reader):
        reader.open("country=zz&lang=ru")
        reader.page.evaluate("paritetMap.jumpTo({center: [26.25, 53.75], zoom: 9})")
        reader.until("location.hash.includes('at=9.00/53.7500/26.2500')")

    def test_back_undoes_a_choice(self, reader):
        reader.open("country=zz&lang=ru")
        reader.page.get_by_role("button", name="Населённые пункты").click()
        reader.until("location.hash.includes('view=settlements')")
        reader.page.go_back()
        reader.until("!location.hash.includes('view=')")
        pressed = reader.page.locator(".toolbar .toggle [aria-pressed=true]")
        assert pressed.inner_text() == "Районы"

    def test_a_link_without_a_country_shows_the_one_of_the_server(self, reader):
        served = reader.page.request.get(f"{reader.address}v1/releases").json()
        assert served["default"] == "yy/2026-11-22.1"  # zz is made up
        reader.open("lang=ru")
        assert "country=yy&release=2026-11-22.1" in reader.page.url

    def test_nonsense_in_a_link_falls_back(self, reader):
        reader.open("country=zz&lang=xx&view=moon&subject=standard:none&at=a/b&page=-3")
        assert "view=" not in reader.page.url
        assert "subject=overall" in reader.page.url
        assert "page=" not in reader.page.url
        assert reader.page.evaluate("document.documentElement.lang") == "ru"


def test_narrow_screen_has_no_sideways_scroll(reader):
    reader.page.set_viewport_size({"width": 360, "height": 740})
    reader.open("country=zz&lang=be")
    width = reader.page.evaluate("document.documentElement.scrollWidth")
    assert width == 360
    assert reader.page.locator(".maplibregl-canvas").is_visible()
    assert len(reader.rendered("areas-touch")) >= 6
