"""What changed between two releases, in Chromium: words, arrows, rows, filters."""

from collections.abc import Iterator

import pytest

from tests.maps.conftest import serving
from tests.maps.country_later import publish_days
from tests.maps.country_places import POST
from tests.maps.pages import numbers, plain
from tests.maps.test_access_browser import DESK, PHONE, reading, violations

pytestmark = pytest.mark.browser
#: The second day against the first; the third is the newest.
SECOND = "country=zz&release=2026-12-22.1&lang=ru&subject=overall&show=changes"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = tmp_path_factory.mktemp("days")
    publish_days(root)
    with serving(root) as found:
        yield found


def said(reader):
    return plain(reader.page.locator("paritet-changes").inner_text())


def arrows(reader):
    """Return the id of each settlement that has an arrow -> which one."""
    drawn, ids = reader.rendered("changes-worse"), numbers()
    return {ids[row["n"]]: row["change"] for row in drawn if "change" in row}


def test_service_is_told_apart_from_what_is_known(reader):
    reader.open(SECOND)
    page = said(reader)
    assert "Что изменилось с 22.11.2026 по 22.12.2026" in page
    order = [
        "Обслуживание стало хуже: 1",
        "Обслуживание стало лучше: 1",
        "Изменились сведения или расчёт, а не обслуживание: 1",
    ]
    assert page.index(order[0]) < page.index(order[1]) < page.index(order[2])
    assert "Соблюдён → Нарушен 12 000 человек в 1 населённом пункте" in page
    assert "▲ обслуживание стало хуже, хотя бы по одному стандарту" in page
    assert "12 000 человек" in page[: page.index("Изменения по причинам")]
    assert reader.foreign() == []
    assert reader.faults == []


def test_the_map_draws_an_arrow_where_service_moved(reader):
    reader.open(SECOND)
    assert arrows(reader) == {"zz:00": "worse", "zz:01": "better", "zz:02": "other"}
    # told apart by shape as well as by colour
    marks = reader.page.evaluate(
        "['worse', 'better', 'other'].map(one => window.paritetMap"
        ".getLayoutProperty(`changes-${one}`, 'icon-image'))"
    )
    assert marks == ["triangle", "down", "equal"]


def test_rows_have_most_people_first_and_open_the_card(reader):
    reader.open(SECOND)
    rows = reader.page.locator("table.listed tbody tr")
    told = [plain(text) for text in rows.all_inner_texts()]
    assert told[0] == (
        "Город 0 Район 0 Норма: transport Соблюдён → Нарушен "
        "16 рейсов в неделю → 8 рейсов в неделю 12 000 ▲ обслуживание стало хуже"
    )
    assert [text.split(" ", 2)[1] for text in told] == ["0", "01", "02"]
    rows.nth(1).get_by_role("button").click()
    reader.page.locator("aside.card h2", has_text="Деревня 01").wait_for()
    assert "selected=settlement:zz:01" in reader.page.url
    assert "at=11" in reader.page.url


def test_cause_and_standard_filter_rows_and_map(reader):
    reader.open(SECOND)
    reader.page.locator("#changes-cause").select_option("source")
    reader.until("document.querySelectorAll('table.listed tbody tr').length === 1")
    assert "cause=source" in reader.page.url
    assert arrows(reader) == {"zz:02": "other"}
    reader.page.locator("#changes-cause").select_option("")
    reader.page.locator("#changes-standard").select_option(f"standard:{POST}")
    reader.page.get_by_text("здесь ничего не изменилось").wait_for()
    assert reader.page.locator("paritet-changes .map").count() == 0
    assert reader.faults == []


def test_another_norm_is_said_even_where_no_answer_moved(reader):
    reader.open("country=zz&lang=en&show=changes&subject=overall")
    page = said(reader)
    assert "What changed between 22 Dec 2026 and 21 Jan 2027" in page
    assert "The releases rest on different norms (rows that changed: 1)" in page
    reader.page.locator("#changes-since").select_option("2026-11-22.1")
    reader.page.locator("table.listed").wait_for()
    assert "since=2026-11-22.1" in reader.page.url


@pytest.mark.parametrize(
    ("state", "text"),
    [
        ("country=yy&lang=en", "the country has but one release here"),
        ("country=zz&release=2026-11-22.1&lang=en", "there is no earlier release here"),
        ("country=zz&lang=en&since=1999-01-01.1", "no release zz/1999-01-01.1 here"),
    ],
)
def test_nothing_to_compare_with_is_said(reader, state, text):
    reader.open(f"{state}&show=changes")
    assert text in said(reader)
    assert not any("/v1/diff" in url for url in reader.asked)
    assert reader.faults == []


@pytest.mark.parametrize(
    ("size", "media"),
    [
        (DESK, {}),
        (PHONE, {"color_scheme": "dark"}),
        (DESK, {"forced_colors": "active"}),
    ],
)
def test_everybody_can_read_it(browser, address, size, media):
    with reading(browser, address, size, **media) as reader:
        reader.open(SECOND)
        assert violations(reader) == []
        assert reader.faults == []


def test_without_webgl_the_list_stays(plain_reader):
    plain_reader.open(SECOND)
    plain_reader.page.locator("table.listed").wait_for()
    assert plain_reader.page.locator("paritet-changes .map").count() == 0
    assert "Обслуживание стало хуже" in said(plain_reader)
