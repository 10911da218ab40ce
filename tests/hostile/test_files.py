"""No file that leaves computes, runs or loses a stranger's text."""

import csv
import io
import json
import re
from html.parser import HTMLParser

import docx
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import pytest

from geo.inert import visible
from geo.layers.schema import TABLES
from geo.release.read import open_release
from geo.reports.diff.compare import compare
from geo.reports.diff.records import csv_text
from geo.reports.export import export
from geo.reports.facts import area_facts, settlement_facts
from geo.reports.passport.area import area_passport
from geo.reports.passport.make import file_name, page_bytes
from geo.reports.passport.report import half_year_report
from geo.reports.passport.settlement import settlement_passport
from geo.reports.workbook import raions, write_workbook
from maps.folium_export import render
from tests.hostile.payloads import CLOSED, COMPUTED, KEYS, OPEN

LIVE = re.compile(r"\s*[=+\-@＝＋－＠]")
NUMBER = re.compile(r"-?\d+(\.\d+)?(e-?\d+)?")


class Seen(HTMLParser):
    """Elements, their attributes, and all text of a page."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.texts = [], set(), []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data):
        self.texts.append(data)


def names(release):
    return release.table("settlements", ["name"])["name"].to_pylist()


def pages(opened):
    facts = area_facts(opened, raions(opened)[0].id)
    return {
        "settlement": settlement_passport(
            settlement_facts(opened, next(iter(facts.settlements))), "ru"
        ),
        "area": area_passport(facts, "be"),
        "report": half_year_report(facts, None, "en"),
    }


@pytest.fixture(scope="module")
def documents(release):
    return pages(release)


def test_every_text_of_a_release_is_open_closed_or_a_key():
    texts = {
        field.name
        for table in TABLES.values()
        for field in table.schema
        if pa.types.is_string(field.type) or pa.types.is_list(field.type)
    }
    assert texts == OPEN | CLOSED | KEYS
    assert len(texts) == len(OPEN) + len(CLOSED) + len(KEYS)


def test_a_map_in_one_file_holds_no_more_elements_than_that_of_a_harmless_country(
    kitchen, release
):
    harmless, hostile = Seen(render(open_release(kitchen.clean))), render(release)
    seen = Seen(hostile)
    assert seen.tags == harmless.tags
    assert seen.attributes == harmless.attributes
    assert COMPUTED not in hostile
    held = json.loads(next(t for t in seen.texts if t.startswith('{"language"')))
    assert set(held["settlements"]["name"]) <= set(names(release))


@pytest.mark.parametrize("kind", ["settlement", "area", "report"])
def test_a_printed_page_holds_no_element_of_a_name(kitchen, documents, kind):
    harmless = Seen(
        page_bytes(pages(open_release(kitchen.clean))[kind], "html").decode()
    )
    text = page_bytes(documents[kind], "html").decode()
    seen = Seen(text)
    assert set(seen.tags) == set(harmless.tags)
    assert seen.attributes == harmless.attributes
    assert COMPUTED not in text
    assert visible(documents[kind].name) in "".join(seen.texts)


@pytest.mark.parametrize("kind", ["settlement", "area", "report"])
def test_a_word_document_keeps_the_name_as_text(documents, kind):
    document = docx.Document(io.BytesIO(page_bytes(documents[kind], "docx")))
    head = next(p.text for p in document.paragraphs if p.style.name == "Heading 1")
    assert head.startswith(visible(documents[kind].name))


def formulas(path):
    book = openpyxl.load_workbook(path)
    cells = [
        cell
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value
    ]
    assert len(cells) > 100
    return [
        cell.coordinate for cell in cells if cell.data_type == "f" or cell.hyperlink
    ]


def test_no_workbook_computes(kitchen, documents, release, tmp_path):
    report = tmp_path / "report.xlsx"
    report.write_bytes(page_bytes(documents["report"], "xlsx"))
    assert formulas(report) == []
    assert formulas(export(kitchen.hostile, "xlsx", tmp_path)) == []
    raion = raions(release)[0].id
    assert formulas(write_workbook(kitchen.hostile, raion, tmp_path / "f.xlsx")) == []


def test_no_cell_of_a_csv_is_live_whatever_parts_it(kitchen, release, tmp_path):
    text = export(kitchen.hostile, "csv", tmp_path).read_text("utf-8-sig")
    older = open_release(kitchen.clean)
    changed = compare(older, release)
    changes = csv_text(changed, changed.select())
    assert len(changes.splitlines()) > 1
    for made in (text, changes):
        for separator in ",;\t":
            lines = csv.reader(io.StringIO(made, newline=""), delimiter=separator)
            cells = [cell for line in lines for cell in line]
            live = [c for c in cells if LIVE.match(c) and not NUMBER.fullmatch(c)]
            assert live == [], separator


def test_programs_get_the_names_as_they_are(kitchen, release, tmp_path):
    wanted = names(release)
    geojson = json.loads(export(kitchen.hostile, "geojson", tmp_path).read_bytes())
    assert [f["properties"]["name"] for f in geojson["features"]] == wanted
    parquet = export(kitchen.hostile, "geoparquet", tmp_path)
    assert pq.read_table(parquet)["name"].to_pylist() == wanted
    gpkg = export(kitchen.hostile, "gpkg", tmp_path)
    # GDAL's texts end at a NUL
    whole = [name.replace("\0", "\\u0000") for name in wanted]
    assert pyogrio.read_dataframe(gpkg, layer="settlements")["name"].tolist() == whole


def test_a_file_bears_a_name_that_every_disk_takes(documents, tmp_path):
    for page in documents.values():
        name = file_name(page, "html")
        assert "/" not in name
        assert visible(name) == name
        (tmp_path / name).write_text("")
