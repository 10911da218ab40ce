"""The card of a raion in Chromium: its headline, its equals, its parts, its trend."""

from datetime import date

import pytest

from geo.release.write import publish
from tests.maps.conftest import Reader, serving
from tests.maps.country import tables
from tests.maps.country_places import ON
from tests.maps.country_release import manifest
from tests.maps.pages import STANDARD, plain

pytestmark = pytest.mark.browser


def test_the_card_opens_with_the_headline_of_what_is_chosen(reader):
    reader.open(f"{STANDARD}&selected=area:raion:1")
    headline = reader.page.locator("aside.card .answer")
    headline.wait_for()
    said = plain(headline.inner_text())
    # four of ten settlements are breached, of two it is not known
    assert said.startswith("Стандарт нарушен: 1 608 человек в 4 населённых пунктах; ")
    worst = reader.page.locator("aside.card ol.worst li")
    assert worst.count() == 4


def test_a_raion_stands_among_its_equals_with_the_parts_of_its_gap(reader):
    reader.open("country=zz&lang=en&subject=overall&selected=area:raion:1")
    rows = reader.page.locator("table.peers tbody tr").all_inner_texts()
    names = [plain(row).split(" 14,285")[0] for row in rows]
    # the largest gap first, and last of whom nothing is known
    assert names == [f"Raion {number}" for number in (4, 3, 2, 1, 0, 5)]
    own = plain(reader.page.locator("table.peers tr.own").inner_text())
    assert own == "Raion 1 14,285 16% 16% (10–90%)"
    reader.page.get_by_role("button", name="Raion 4").click()
    reader.page.locator("aside.card h2", has_text="Raion 4").wait_for()
    assert "selected=area:raion:4" in reader.page.url


@pytest.fixture(scope="module")
def two_days(tmp_path_factory):
    """Serve a country of two days; before, the norm of buses was another."""
    root = tmp_path_factory.mktemp("two-days")
    for day, limit in ((date(2025, 11, 22), 12), (ON, 16)):
        made = tables("raion")
        document = manifest(made) | {"on": day.isoformat()}
        document["standards"][0]["norms"][0]["value"] = limit
        publish(root, "zz", day, made, document, today=ON)
    with serving(root) as address:
        yield address


def test_the_gap_from_release_to_release_says_where_the_norm_changed(browser, two_days):
    context = browser.new_context(locale="en", viewport={"width": 1400, "height": 900})
    reader = Reader(context.new_page(), two_days)
    reader.open("country=zz&lang=en&subject=overall&selected=area:raion:1")
    rows = reader.page.locator("table.trend tbody tr")
    rows.first.wait_for()
    assert [plain(row) for row in rows.all_inner_texts()] == [
        "22 Nov 2025 16% (10–90%) 75%",
        "22 Nov 2026 norms changed: 1 16% (10–90%) 75%",
    ]
    assert reader.faults == []
    context.close()


def test_one_release_is_no_trend(reader):
    reader.open("country=zz&lang=en&subject=overall&selected=area:raion:1")
    reader.page.locator("table.peers").wait_for()
    assert reader.page.locator("table.trend").count() == 0
    assert not [url for url in reader.asked if "/trend" in url]
