"""The table in Chromium: it says what the map shows, and gives it away."""

import csv
import io
import re

import pytest

from tests.maps.country_places import (
    FIBRE_CODE,
    POST_CODE,
    TRIPS,
    TRIPS_CODE,
    settlements,
    verdict_of,
)
from tests.maps.pages import STANDARD, numbers, plain

pytestmark = pytest.mark.browser

#: Ten places by name, the town first.
TOWN = "country=zz&lang=ru&show=table&raion=raion:0&sort=name"
TABLE = STANDARD + "&show=table"
ROWS = "table.rows tbody tr"


def texts(reader, cells: str) -> list[str]:
    return [plain(text) for text in reader.page.locator(cells).all_inner_texts()]


def heads(reader) -> list[str]:
    return [
        re.sub(" [▲▼↕]$", "", text) for text in texts(reader, "table.rows thead th")
    ]


def total(reader) -> int:
    said = plain(reader.page.locator(".pages span").inner_text())
    return int(said.rpartition(" ")[2])


class TestRows:
    def test_sorted_paged_and_filtered(self, reader):
        reader.open(TABLE)
        rows = reader.page.locator(ROWS)
        assert rows.count() == 50
        assert "1–50 из 60" in plain(reader.page.locator(".pages").inner_text())
        reader.page.get_by_role("button", name="Вперёд").click()
        reader.page.get_by_text("51–60 из 60").wait_for()
        assert rows.count() == 10
        reader.page.get_by_label("Оценка").select_option("breached")
        reader.page.get_by_text("1–20 из 20").wait_for()
        assert "verdict=breached" in reader.page.url
        assert "page=" not in reader.page.url

    def test_sorting_is_told_to_assistive_technology(self, reader):
        reader.open(TABLE)
        sorted_by = reader.page.locator("table.rows th[aria-sort=descending]")
        assert plain(sorted_by.inner_text()) == "Жителей ▼"
        reader.page.get_by_role("button", name="Сортировать: Название").click()
        reader.page.locator("th[aria-sort=ascending]", has_text="Название").wait_for()
        first = reader.page.locator("table.rows tbody th").first
        first.get_by_text("Город 0", exact=True).wait_for()
        names = reader.page.locator("table.rows tbody th").all_inner_texts()
        assert names[0].strip() == "Город 0"

    def test_row_opens_by_keyboard(self, reader):
        reader.open(TABLE + "&sort=name")
        opener = reader.page.get_by_role("button", name="Открыть карточку: Город 2")
        opener.focus()
        opener.press("Enter")
        reader.page.locator(".card h2", has_text="Город 2").wait_for()
        assert reader.page.evaluate("document.activeElement.className") == "close"
        reader.page.keyboard.press("Escape")
        reader.page.locator(".card h2", has_text="Проба zz").wait_for()

    def test_without_webgl_the_table_stands_beside_the_areas(self, plain_reader):
        plain_reader.open("country=zz&lang=ru")
        notice = plain_reader.page.locator(".notice[role=alert]").inner_text()
        assert "не поддерживает WebGL" in notice
        assert plain_reader.page.locator(ROWS).count() == 50
        assert plain_reader.foreign() == []


class TestWhatIsShown:
    def test_a_standard_has_verdict_value_gap_and_norm(self, reader):
        reader.open(TABLE + "&raion=raion:0&sort=name&verdict=breached")
        assert heads(reader) == [
            *("Название", "Оценка", "Значение", "Разрыв", "Норма"),
            *("Жителей", "Район", "Вид"),
        ]
        assert texts(reader, f"{ROWS}:first-child > *")[:5] == [
            "Деревня 01",
            "Нарушен",
            "8 рейсов в неделю Измерено, 01.05.2026",
            "50 %",
            "не меньше 16 рейсов в неделю",
        ]

    def test_worst_first_is_one_button(self, reader):
        """20 are breached, 20 may be, 10 are kept; of the rest nobody asks."""
        reader.open(TABLE)
        button = reader.page.get_by_role("button", name="Сначала худшие")
        assert button.get_attribute("aria-pressed") == "false"
        button.click()
        reader.page.locator(f"{ROWS}:first-child", has_text="Деревня 01").wait_for()
        assert "sort=-gap" in reader.page.url
        assert button.get_attribute("aria-pressed") == "true"
        verdicts = [
            text.split(" ")[0] for text in texts(reader, f"{ROWS} td:nth-child(2)")
        ]
        assert verdicts == ["Нарушен"] * 20 + ["Неизвестно"] * 20 + ["Соблюдён"] * 10

    def test_an_indicator_has_value_status_and_day(self, reader):
        subject = f"indicator:{TRIPS_CODE}"
        reader.open(f"{TOWN}&subject={subject}")
        assert heads(reader)[:3] == ["Название", "Значение", "Жителей"]
        values = dict(
            zip(
                texts(reader, f"{ROWS} th"),
                texts(reader, f"{ROWS} td:nth-child(2)"),
                strict=True,
            )
        )
        assert values["Деревня 01"] == "8 рейсов в неделю Измерено, 01.05.2026"
        assert values["Деревня 02"] == "Неизвестно"
        # More trips are better: the fewest come first.
        reader.page.get_by_role("button", name="Сначала худшие").click()
        reader.until(f"location.hash.includes('sort=value:{TRIPS_CODE}')")

    def test_what_is_known_has_status_and_day(self, reader):
        reader.open(f"{TOWN}&subject=known:{TRIPS_CODE}")
        assert texts(reader, f"{ROWS}:first-child > *")[:3] == [
            "Город 0",
            "Измерено",
            "01.05.2026",
        ]
        assert reader.page.get_by_role("button", name="Сначала худшие").count() == 0

    def test_any_indicator_is_a_column_and_sorts(self, reader):
        reader.open(TABLE)
        reader.page.locator("summary", has_text="Столбцы").click()
        reader.page.get_by_label("До почты").check()
        reader.page.get_by_role("button", name="Сортировать: До почты").wait_for()
        reader.page.get_by_label("Проводной интернет").check()
        reader.until(f"location.hash.includes('columns={POST_CODE},{FIBRE_CODE}')")
        reader.page.get_by_role("button", name="Сортировать: До почты").click()
        reader.page.locator("th[aria-sort=descending]", has_text="До почты").wait_for()
        assert f"sort=-value:{POST_CODE}" in reader.page.url
        # A column that goes takes its order with it.
        reader.page.get_by_role("checkbox", name="До почты").uncheck()
        reader.page.locator("th[aria-sort=descending]", has_text="Жителей").wait_for()
        assert reader.faults == []

    def test_what_matters_is_seen_on_a_phone(self, reader):
        reader.page.set_viewport_size({"width": 390, "height": 844})
        reader.open(TABLE + "&sort=-gap")
        for place in (2, 3):
            box = reader.page.locator(
                f"{ROWS}:first-child td:nth-child({place})"
            ).bounding_box()
            assert box["x"] + box["width"] <= 390


#: Filters of the address, and who is meant by them.
FILTERS = {
    "kind=agrogorodok": lambda row: row["kind"] == "agrogorodok",
    "people=50-99": lambda row: row["population"] in (75, 60),
    "raion=raion:1&verdict=breached": lambda row: (
        row["raion_id"] == "raion:1" and verdict_of(row) == "breached"
    ),
    "kind=agrogorodok&people=-99&verdict=unknown": lambda row: row["id"] == "zz:56",
}


class TestFilters:
    @pytest.mark.parametrize("query", FILTERS)
    def test_map_table_and_address_show_the_same_places(self, reader, query):
        meant = {row["id"] for row in settlements() if FILTERS[query](row)}
        # The whole country, although a raion is asked for.
        reader.open(f"{STANDARD}&view=settlements&at=6/54/26.5&{query}")
        drawn = {
            numbers()[row["n"]]
            for row in reader.rendered("settlements")
            if not row["out"]
        }
        assert drawn == meant
        reader.page.get_by_role("button", name="Таблица").click()
        reader.page.locator(ROWS).first.wait_for()
        assert total(reader) == len(meant)
        assert all(part in reader.page.url for part in query.split("&"))

    def test_areas_say_that_filters_are_of_settlements(self, reader):
        reader.open(f"{STANDARD}&view=areas&kind=agrogorodok")
        said = reader.page.get_by_text("Отбор относится к населённым пунктам")
        assert said.is_visible()
        reader.page.get_by_role("button", name="Населённые пункты").click()
        said.wait_for(state="detached")

    def test_the_map_goes_to_the_raion_and_back(self, reader):
        """The raion lies at 26 to 27 degrees east, 54 to 55 north."""
        reader.open(f"{STANDARD}&view=settlements")
        reader.page.get_by_label("Район").select_option("raion:4")
        reader.until("location.hash.includes('raion=raion:4')")
        reader.until("paritetMap.getBounds().getSouth() > 53.4")
        west, south, east, north = reader.page.evaluate(
            "paritetMap.getBounds().toArray().flat()"
        )
        assert (west < 26, south < 54, east > 27, north > 55) == (True,) * 4
        outlined = reader.page.evaluate("paritetMap.getFilter('areas-selected')")
        assert outlined[2] == ["literal", ["raion:4"]]
        reader.page.get_by_role("button", name="Снять фильтры").click()
        reader.until("paritetMap.getBounds().getSouth() < 53")
        assert "raion=" not in reader.page.url

    def test_a_row_that_is_chosen_is_chosen_on_the_map(self, reader):
        reader.open(TABLE + "&raion=raion:4&sort=name")
        reader.page.get_by_role("button", name="Открыть карточку: Деревня 41").click()
        reader.page.locator("tr.chosen", has_text="Деревня 41").wait_for()
        place = next(row for row in settlements() if row["id"] == "zz:41")
        reader.page.get_by_role("button", name="Карта").click()
        reader.until("Boolean(window.paritetMap) && paritetMap.getZoom() === 11")
        where = reader.page.evaluate("paritetMap.getCenter().toArray()")
        assert where == pytest.approx([place["lon"], place["lat"]], abs=1e-4)
        reader.page.get_by_role("button", name="Таблица").click()
        reader.page.locator("tr.chosen", has_text="Деревня 41").wait_for()


class TestDownloads:
    def test_a_file_has_the_rows_and_the_name_of_what_is_shown(self, reader):
        reader.open(
            TABLE + f"&raion=raion:1&verdict=breached&sort=name&columns={POST_CODE}"
        )
        reader.page.locator("summary", has_text="Взять с собой").click()
        with reader.page.expect_download() as found:
            reader.page.get_by_role("link", name="Таблица (CSV)").click()
        name = found.value.suggested_filename
        assert name == f"zz-2026-11-22.1_{TRIPS}_Район 1_breached.csv"
        text = found.value.path().read_text("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text)))
        assert [row["name"] for row in rows] == texts(reader, f"{ROWS} th")
        assert len(rows) == 4
        assert rows[0]["verdict_zz_transport_trips"] == "breached"
        assert rows[0]["status_post_office_minutes"] == "modelled"
        assert "SYNTHETIC" in rows[0]["synthetic"]

    def test_every_format_is_there(self, reader):
        reader.open(f"{STANDARD}&view=settlements&kind=agrogorodok")
        reader.page.locator("summary", has_text="Взять с собой").click()
        for link in reader.page.locator(".downloads a").all():
            answer = reader.page.request.get(
                reader.address + link.get_attribute("href")
            )
            assert answer.status == 200
            assert "agrogorodok" in answer.headers["content-disposition"]
