"""The card of a settlement, raion or city in Chromium."""

import pytest

from tests.maps.country_places import QUEUE, TRIPS
from tests.maps.pages import STANDARD, click_settlement, plain

pytestmark = pytest.mark.browser


def opened(details):
    """Return what a folded block says once it is open."""
    details.locator("summary").first.click()
    return plain(details.inner_text())


class TestScorecard:
    def test_click_on_a_settlement_opens_its_scorecard(self, reader):
        reader.open(STANDARD + "&view=settlements&at=9/53.15/25.4")
        reader.rendered("settlements")
        click_settlement(reader, "zz:01")
        card = reader.page.locator(
            "aside.card[aria-label='Карточка населённого пункта']"
        )
        card.locator("h2", has_text="Деревня 01").wait_for()
        said = plain(card.inner_text())
        assert "Вёска 01 · Village 01" in said
        assert "1 500 (от 1 350 до 1 650) · 2009 · Рассчитано по модели" in said
        assert "Норма: transport Нарушен Разрыв: 50 %" in said
        assert "Рейсов в неделю 8 рейсов в неделю Измерено · 01.05.2026" in said
        assert "До почты не больше 22,5 мин Рассчитано по модели" in said
        assert "Норма: post Неизвестно перечень неполный" in said
        assert "selected=settlement:zz:01" in reader.page.url
        facts = opened(card.locator(".answer details"))
        assert "8 рейсов в неделю · Измерено" in facts
        assert "© Расписание, 01.05.2026" in facts
        assert "не меньше 16 рейсов в неделю по сообщению" in facts
        assert "п. 3, редакция 2025" in facts
        assert "Отвечает Исполком" in facts

    def test_the_card_opens_with_the_sentence_of_the_chosen_standard(self, reader):
        reader.open(STANDARD + "&selected=settlement:zz:01")
        said = plain(reader.page.locator("aside.card").inner_text())
        answer = plain(reader.page.locator("aside.card .answer").inner_text())
        assert (
            "Норма нарушена: 8 рейсов в неделю (измерено); норма: не менее 16 рейсов в "
            "неделю, действует с 1 января 2026 года; © Расписание, 1 мая 2026 года. "
            "До нормы не хватает: 4 рейса в неделю."
        ) in answer
        # the answer, what is known, the other verdicts, and last what is missing
        order = [answer[:40], "Что известно", "Оценки по стандартам", "Чего не хватает"]
        assert said.index(order[0]) < said.index(order[1]) < said.index(order[2])
        assert said.index(order[2]) < said.index(order[3])
        # once said above, the chosen verdict is not said again
        assert reader.page.locator("details.judgement").count() == 1

    def test_what_is_chosen_decides_what_is_said_first(self, reader):
        answer = reader.page.locator("aside.card .answer")
        reader.open("country=zz&lang=en&subject=overall&selected=settlement:zz:01")
        said = plain(answer.inner_text())
        assert said.startswith("All standards together Breached 1 Unknown 1")
        assert "Norm: transport. The norm is breached: 8 trips a week" in said
        subject = "indicator:transport.trips_per_week"
        reader.open(f"country=zz&lang=en&subject={subject}&selected=settlement:zz:01")
        said = plain(answer.inner_text())
        assert "Value 8 trips a week · Measured" in said
        assert "Norm: transport. The norm is breached" in said
        reader.open("country=zz&lang=en&subject=known&selected=settlement:zz:01")
        assert plain(answer.inner_text()) == "Indicators known: 4, missing: 1."

    def test_what_is_missing_is_one_block_by_who_has_it(self, reader):
        reader.open(STANDARD + "&selected=settlement:zz:02")
        block = reader.page.locator("details.missing")
        block.wait_for()
        summary = plain(block.inner_text())
        assert summary == "Чего не хватает и у кого это есть: 2"
        said = opened(block)
        assert "Оператор связи: 1 Проводной интернет" in said
        assert "не указано: 1 Рейсов в неделю" in said
        assert "Норм без ответа: 1: Норма: transport" in said
        form = block.get_by_role("link", name="Форма для района: Район 0 (Excel)")
        assert "v1/areas/raion%3A0/workbook" in form.get_attribute("href")

    def test_focus_returns_to_where_it_was(self, reader):
        reader.open("country=zz&lang=ru&show=table&sort=name")
        row = reader.page.get_by_role("button", name="Деревня 01", exact=False).first
        row.focus()
        reader.page.keyboard.press("Enter")
        reader.page.locator("aside.card h2").wait_for()
        assert reader.page.evaluate("document.activeElement.className") == "close"
        reader.page.keyboard.press("Escape")
        reader.until("!document.querySelector('aside.card')")
        reader.until("document.activeElement.matches('td button, th button')")
        assert row.evaluate("one => one === document.activeElement")

    def test_scorecard_shows_both_lists_our_reading_and_the_tier(self, reader):
        reader.open(STANDARD + "&selected=settlement:zz:01")
        card = reader.page.locator("aside.card")
        card.locator("h2", has_text="Деревня 01").wait_for()
        said = opened(card.locator(".answer details")) + plain(card.inner_text())
        lists = "Норма республики: 20 рейсов в неделю; норма области: 16 рейсов"
        assert lists in said
        assert "Наше прочтение Хутор — тоже деревня" in said
        assert (
            "Ярус по разрыву (1 — худший, 5 — лучший): 2, но может быть от 1 до 3."
            in said
        )
        reader.open(STANDARD + "&selected=settlement:zz:02")
        card.locator("h2", has_text="Деревня 02").wait_for()
        said = plain(card.inner_text())
        assert "Норма республики" not in said
        assert "Ярус" not in said
        reader.open(STANDARD + "&selected=settlement:zz:03")
        card.locator("h2", has_text="Деревня 03").wait_for()
        told = "Места нет: сведения не отличают пункт от других, возможен любой ярус"
        assert told in plain(card.inner_text())

    def test_click_on_a_raion_opens_its_summary(self, reader):
        reader.open("country=zz&lang=en")
        canvas = reader.page.locator(".maplibregl-canvas").bounding_box()
        middle = canvas["x"] + canvas["width"] / 2
        reader.page.mouse.click(middle, canvas["y"] + canvas["height"] * 0.7)
        card = reader.page.locator("aside.card[aria-label='Summary of the area']")
        card.locator("h2", has_text="Raion 1").wait_for()
        assert "14,285 people in 10 settlements" in plain(card.inner_text())

    def test_the_card_of_a_raion_shows_its_own_norm(self, reader):
        reader.open("country=zz&lang=ru&selected=area:raion:1")
        own = reader.page.locator("aside.card .judgement.breached")
        own.wait_for()
        said = plain(own.inner_text())
        assert "Норма: digital" in said
        assert "Нарушен" in said
        assert "Разрыв: 100 %" in said
        assert "3 ед. · Заявлено" in said
        assert "Норма не должно быть по сообщению" in said
        assert "Отвечает Исполком" in said
        heading = reader.page.locator("aside.card h3", has_text="в целом")
        assert heading.count() == 1

    def test_an_unknown_norm_of_a_raion_says_who_could_know(self, reader):
        reader.open("country=zz&lang=en&selected=area:raion:2")
        own = reader.page.locator("aside.card .judgement.unknown")
        own.wait_for()
        said = plain(own.inner_text())
        assert "Who could supply the rest The exchange" in said
        assert "none at all" in said

    def test_a_norm_of_raions_cannot_colour_the_map(self, reader):
        reader.open(f"country=zz&lang=ru&subject=standard:{QUEUE}")
        assert QUEUE not in reader.page.url
        offered = reader.page.locator("option").evaluate_all(
            "all => all.map(option => option.value)"
        )
        assert f"standard:{QUEUE}" not in offered
        reader.open(f"country=zz&lang=ru&subject=standard:{TRIPS}")
        reader.until(f"location.hash.includes('standard:{TRIPS}')")

    def test_scorecard_says_what_would_lift_the_settlement(self, reader):
        reader.open(STANDARD + "&selected=settlement:zz:01")
        said = plain(reader.page.locator(".card ol.lift").inner_text())
        assert "12 → 16 рейсов в неделю" in said
        assert "средний разрыв уменьшится на 12,5 п. п." in said
        reader.open(STANDARD + "&selected=settlement:zz:02")
        reader.page.locator(".card h2", has_text="Деревня 02").wait_for()
        assert reader.page.locator(".card ol.lift").count() == 0

    def test_oblast_shows_its_parity_ladder(self, reader):
        reader.open(STANDARD + "&selected=area:oblast:0")
        reader.page.locator("details.ladder-block summary").click()
        rows = reader.page.locator("table.ladder tbody tr").all_inner_texts()
        town, village = (plain(row) for row in rows)
        assert town == "Другие города и посёлки 40 известно о 75 % жителей 1 —"
        assert village == "Деревни 2 известно о 75 % жителей 0,05 (?–0,05) да"
        whole = plain(reader.page.locator("details.ladder-block").inner_text())
        assert "20 % жителей не отнесены ни к агрогородкам, ни к деревням" in whole

    def test_unknown_settlement_in_a_link_is_a_clear_notice(self, reader):
        reader.open(STANDARD + "&selected=settlement:zz:nowhere")
        notice = reader.page.locator(".notice[role=alert]")
        notice.wait_for()
        said = notice.inner_text()
        assert "Ссылка ведёт на то, чего в этом выпуске нет." in said
        assert "'zz:nowhere' in zz/2026-11-22.1" in said
        assert "{" not in said
