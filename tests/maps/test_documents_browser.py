"""Documents in Chromium: links on the cards, and pages that print on one sheet."""

import re
from datetime import date
from pathlib import Path

import pytest
import yaml

from geo.reports.facts import area_facts, settlement_facts
from geo.reports.passport.area import area_passport
from geo.reports.passport.make import page_bytes
from geo.reports.passport.settlement import settlement_passport
from geo.standards.load import load_standards
from tests.reports.passport import paper

pytestmark = pytest.mark.browser

DATA = Path(__file__).resolve().parents[2] / "data"
ON = date(2026, 11, 22)


def of_card(reader):
    links = reader.page.locator(".documents a").all()
    return {link.inner_text(): link.get_attribute("href") for link in links}


def test_a_settlement_links_its_passports(reader):
    reader.open("country=zz&lang=ru&selected=settlement:zz:01")
    links = of_card(reader)
    head = "v1/settlements/zz%3A01/passport?release=zz%2F2026-11-22.1"
    assert links == {
        "Паспорт (печать)": f"{head}&format=html&language=ru",
        "Паспорт (Word)": f"{head}&format=docx&language=ru",
    }


def test_a_raion_links_its_half_year_table_too(reader):
    reader.open("country=zz&lang=be&selected=area:raion:1")
    links = of_card(reader)
    assert list(links) == [
        "Пашпарт (друк)", "Пашпарт (Word)", "Паўгадавая табліца (Word)",
        "Паўгадавая табліца (Excel)",
    ]  # fmt: skip
    for address in links.values():
        answer = reader.page.request.get(reader.address + address)
        assert answer.status == 200
        assert len(answer.body()) > 1000


def test_a_cell_of_the_grid_has_no_documents(reader):
    reader.open("country=yy&lang=ru&selected=area:raion:1")
    reader.page.locator(".card h2").first.wait_for()
    assert of_card(reader) == {}


def test_the_page_asks_nobody_and_complains_of_nothing(reader):
    reader.open("country=zz&lang=ru&selected=settlement:zz:01")
    address = of_card(reader)["Паспорт (печать)"]
    reader.asked.clear()
    reader.page.goto(reader.address + address)
    assert reader.page.locator("h1").inner_text().endswith("по состоянию на 22.11.2026")
    assert reader.asked == [reader.address + address]
    assert reader.faults == []


def sheets(reader, page, tmp_path):
    """Print a page as its own style sheet says, and count the sheets."""
    file = tmp_path / "page.html"
    file.write_bytes(page_bytes(page, "html"))
    reader.page.goto(file.as_uri())
    printed = reader.page.pdf(prefer_css_page_size=True)
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", printed))


def whole_law():
    """Return the manifest with every standard of Belarus for settlements."""
    declared = yaml.safe_load((DATA / "indicators.yaml").read_text("utf-8"))
    folder = DATA / "countries/by/standards"
    standards = [s.describe(ON) for s in load_standards([folder]) if s.for_settlements]
    return paper.manifest(
        standards=standards,
        indicators=declared["indicators"],
        domains=declared["domains"],
        suppliers={
            row["code"]: {"ru": "операторы перевозок облисполкомов"}
            for row in declared["indicators"]
        },
    )


def open_judgement(standard, place):
    """Return the wordiest verdict: everything about the norm is open."""
    limits = [float(norm["value"]) for norm in standard["norms"]]
    return {
        "settlement_id": place, "standard": standard["id"], "verdict": "unknown",
        "domain": standard["domain"], "reason": "class", "norm_low": min(limits),
        "norm_high": max(limits), "gap_low": 0.0, "gap_high": 1.0,
        "due": next((date.fromisoformat(norm["due"]) for norm in standard["norms"]
                     if norm["due"]), None),
    }  # fmt: skip


@pytest.mark.parametrize("language", ["ru", "be", "en"])
def test_a_settlement_with_every_standard_prints_on_one_sheet(
    reader, tmp_path, language
):
    made, rows = whole_law(), paper.tables()
    assert len(made["standards"]) >= 7
    rows["judgements"] = [open_judgement(row, "p:1") for row in made["standards"]]
    facts = settlement_facts(paper.read(rows, made), "p:1")
    page = settlement_passport(facts, language)
    lines = [row for row in page.table("standards").rows if row.kind == "line"]
    assert len(lines) == len(made["standards"])
    assert sheets(reader, page, tmp_path) == 1


@pytest.mark.parametrize("language", ["ru", "be", "en"])
def test_a_raion_with_every_standard_prints_on_one_sheet(reader, tmp_path, language):
    made, rows = whole_law(), paper.tables()
    trips = next(r for r in rows["area_scores"] if r["subject"].startswith("standard:"))
    rows["area_scores"] += [
        trips | {"subject": f"standard:{row['id']}"} for row in made["standards"]
    ]
    rows["judgements"] = [
        open_judgement(row, place) for place in paper.NAMES for row in made["standards"]
    ]
    page = area_passport(area_facts(paper.read(rows, made), "raion:p"), language)
    assert sheets(reader, page, tmp_path) == 1
