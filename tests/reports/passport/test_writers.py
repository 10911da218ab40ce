"""Each writer is read back: HTML, DOCX and XLSX say what the page says."""

import hashlib
import io
import os
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import docx
import openpyxl
import pytest
from jinja2 import UndefinedError

from geo.errors import NotFoundError, ReleaseError
from geo.reports.facts import area_facts, settlement_facts
from geo.reports.passport.area import area_passport
from geo.reports.passport.layout import SIZES, Letters, font_size, text_lines
from geo.reports.passport.make import file_name, format_of, page_bytes, write_page
from geo.reports.passport.page import RowKind
from geo.reports.passport.report import half_year_report
from geo.reports.passport.settlement import settlement_passport
from geo.reports.passport.template import filled
from tests.reports.passport import paper
from tests.reports.passport.paper import BIG, TRIPS
from tests.reports.passport.test_report import july

REPOSITORY = Path(__file__).resolve().parents[3]


def pages(language="ru"):
    """Return a passport of each kind and a report with changes."""
    tables = paper.read()
    raion = area_facts(tables, "raion:p")
    return {
        "settlement": settlement_passport(settlement_facts(tables, "p:1"), language),
        "area": area_passport(raion, language),
        "report": half_year_report(
            raion, area_facts(paper.read(*july()), "raion:p"), language
        ),
    }


KINDS = ("settlement", "area", "report")


class Reader(HTMLParser):
    """Collects elements with their attributes, and the text of each."""

    def __init__(self, text):
        super().__init__()
        self.found, self._open = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append([tag, dict(attrs), ""])
        if tag not in ("meta", "col"):
            self._open.append(self.found[-1])

    def handle_endtag(self, tag):
        assert self._open.pop()[0] == tag

    def handle_data(self, data):
        for element in self._open:
            element[2] += data

    def texts(self, tag, **attributes):
        return [
            text.strip()
            for name, given, text in self.found
            if name == tag and attributes.items() <= given.items()
        ]


def printed(page):
    """Return the rows of all printed tables as lists of texts."""
    return [
        [row.cells[column.key].text for column in table.shown(sheet=False)]
        if row.kind != RowKind.HEADING
        else [row.cells["number"].text]
        for table in page.tables
        for row in table.rows
    ]


def others(page):
    return [
        page.title, *page.sentences, *(text for fact in page.facts for text in fact),
        *(line for note in page.notes for line in note.lines),
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["ru", "be", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_html_says_what_the_page_says(kind, language):
    page = pages(language)[kind]
    reader = Reader(page_bytes(page, "html").decode())
    assert reader.found[0][1] == {"lang": language}
    body = reader.texts("body")[0]
    assert all(text in body for text in others(page))
    rows = []
    for name, given, text in reader.found:
        if name == "tr":
            rows.append([])
        elif name == "td" or (name == "th" and given["scope"] in ("row", "rowgroup")):
            rows[-1].append(text)
    assert [row for row in rows if row] == printed(page)


def test_html_table_is_a_table_for_a_screen_reader():
    reader = Reader(page_bytes(pages()["settlement"], "html").decode())
    scopes = [given.get("scope") for name, given, _ in reader.found if name == "th"]
    assert set(scopes) == {"col", "row", "rowgroup"}
    assert reader.texts("th", scope="rowgroup") == ["Здоровье", "Транспорт", "Связь"]
    assert "Стандарт Trips (агрогородок)" in reader.texts("th", scope="row")
    assert len(reader.texts("caption")) == 2
    assert reader.texts("h1")[0].endswith('Агро "Ёлка" <b>, по состоянию на 22.11.2026')
    area = Reader(page_bytes(pages()["area"], "html").decode())
    assert area.texts("th", scope="colgroup") == ["людей (населённых пунктов)"]


def test_html_escapes_names_and_asks_nothing_of_anybody():
    content = page_bytes(pages()["settlement"], "html").decode()
    assert "<b>" not in content
    assert "Агро &#34;Ёлка&#34; &lt;b&gt;" in content
    reader = Reader(content)
    assert not {name for name, *_ in reader.found} & {"script", "link", "img", "a"}
    assert "url(" not in content
    assert "@import" not in content


@pytest.mark.parametrize("name", ["page.html", "page.docx.xml"])
def test_a_template_is_never_filled_in_halves(name):
    with pytest.raises(UndefinedError, match="is undefined"):
        filled(name, title="no page")


@pytest.mark.parametrize("language", ["ru", "be", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_docx_says_what_the_page_says(kind, language):
    page = pages(language)[kind]
    document = docx.Document(io.BytesIO(page_bytes(page, "docx")))
    body = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert all(text in body for text in others(page))
    rows = []
    for table in document.tables:
        for row in table.rows[1:]:
            texts = [cell.text for cell in row.cells]
            rows.append(texts[:1] if len(set(texts)) == 1 else texts)
    assert rows == printed(page)


def test_docx_repeats_its_headings_and_is_a4_across():
    document = docx.Document(io.BytesIO(page_bytes(pages()["settlement"], "docx")))
    for table in document.tables:
        assert "<w:tblHeader" in table.rows[0]._tr.xml
    section = document.sections[0]
    size = round(section.page_width.mm), round(section.page_height.mm)
    assert size == (297, 210)
    assert [p.style.name for p in document.paragraphs if "Heading" in p.style.name] == [
        "Heading 1"
    ]
    core = document.core_properties
    assert core.created == core.modified == datetime(2026, 11, 22, tzinfo=UTC)
    assert (core.language, core.author, core.subject) == (
        "ru-RU", "Paritet", "pp/2026-11-22.1",
    )  # fmt: skip


def sheet_rows(page):
    """Return the cells of the sheet of the first table, by row key."""
    book = openpyxl.load_workbook(io.BytesIO(page_bytes(page, "xlsx")))
    sheet = book.worksheets[0]
    table = page.tables[0]
    keys = [column.key for column in table.shown(sheet=True)]
    first = next(r[0].row for r in sheet.iter_rows() if r[0].value == "№") + 2
    held = {}
    for offset, row in enumerate(table.rows):
        cells = [sheet.cell(first + offset, n + 1).value for n in range(len(keys))]
        held[row.key] = dict(zip(keys, cells, strict=True))
    return sheet, table, held


def test_xlsx_holds_the_numbers_of_the_page_as_numbers():
    page = pages()["report"]
    _, table, held = sheet_rows(page)
    for row in table.rows:
        if row.kind == RowKind.HEADING:
            assert held[row.key]["number"] == row.cells["number"].text
            continue
        for column in table.shown(sheet=True):
            cell, found = row.cells[column.key], held[row.key][column.key]
            if column.numeric and cell.value is not None:
                assert found == cell.value, (row.key, column.key)
                assert isinstance(found, int | float)
            elif column.key != "number":
                assert found == cell.text, (row.key, column.key)
    assert held[f"{TRIPS}/{BIG}"]["national"] == 28
    assert held[TRIPS]["kept_people"] == 60
    assert held[TRIPS]["change_people"] == -1230
    assert held[f"{TRIPS}/open"]["unknown_people"] == "неизвестно"


def test_docx_and_xlsx_of_a_report_say_the_same_numbers():
    page = pages()["report"]
    _, _, held = sheet_rows(page)
    document = docx.Document(io.BytesIO(page_bytes(page, "docx")))
    lines = {row.cells[1].text: row.cells[5].text for row in document.tables[0].rows}
    line = lines["Стандарт Trips [1]"].replace("\u00a0", "")
    for key in ("kept", "breached", "unknown"):
        assert str(held[TRIPS][f"{key}_people"]) in line
        assert str(held[TRIPS][f"{key}_places"]) in line


def test_xlsx_is_ready_to_print_and_to_scroll():
    sheet, table, _ = sheet_rows(pages()["report"])
    assert sheet.freeze_panes is not None
    assert sheet.page_setup.orientation == "landscape"
    assert int(sheet.page_setup.paperSize) == 9
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.print_title_rows
    heads = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert {"людей", "населённых пунктов", "не менее, % жителей", "п. п."} <= set(heads)
    assert len(table.shown(sheet=True)) == 19


@pytest.mark.parametrize("form", ["html", "docx", "xlsx"])
def test_the_bytes_know_no_clock_and_no_time_zone(form):
    code = (
        "import hashlib, sys, time\n"
        "real = time.time\n"
        "time.time = lambda: real() + float(sys.argv[2])\n"
        "from tests.reports.passport.test_writers import pages\n"
        "from geo.reports.passport.make import page_bytes\n"
        "made = b''.join(page_bytes(p, sys.argv[1]) for p in pages().values())\n"
        "print(hashlib.sha256(made).hexdigest())"
    )
    digests = set()
    for zone, later, seed in (("UTC", 0, "1"), ("Asia/Tokyo", 9e7, "2")):
        env = os.environ | {"TZ": zone, "PYTHONHASHSEED": seed, "LANG": "C"}
        done = subprocess.run(
            [sys.executable, "-c", code, form, str(later)],
            cwd=REPOSITORY, env=env, capture_output=True, text=True, check=True,
        )  # fmt: skip
        digests.add(done.stdout)
    made = b"".join(page_bytes(page, form) for page in pages().values())
    assert digests == {hashlib.sha256(made).hexdigest() + "\n"}


@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_zip_entries_are_of_1980(form):
    with zipfile.ZipFile(io.BytesIO(page_bytes(pages()["report"], form))) as archive:
        entries = archive.infolist()
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert entries[0].filename == "[Content_Types].xml"


def test_the_letters_are_as_large_as_the_sheet_allows():
    page = pages()["settlement"]
    longer = [
        page.__class__(**{**vars(page), "tables": page.tables * times})
        for times in (1, 2, 20)
    ]
    sizes = [font_size(one, Letters.SANS) for one in longer]
    assert sizes == sorted(sizes, reverse=True)
    assert (sizes[0], sizes[-1]) == (SIZES[0], SIZES[-1])
    assert SIZES[-1] < sizes[1] < SIZES[0]
    assert font_size(longer[1], Letters.SERIF) > sizes[1]
    report = pages()["report"]
    long = report.__class__(**{**vars(report), "tables": report.tables * 20})
    assert font_size(long, Letters.SANS) == report.smallest == 7.0


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [("", 5, 1), ("ab cd", 5, 1), ("ab cde", 5, 2), ("abcdefghijk", 5, 3)],
)
def test_lines_of_a_text(text, room, lines):
    assert text_lines(text, room) == lines


def test_a_file_has_a_readable_name_that_every_system_can_hold(tmp_path):
    page = pages()["settlement"]
    name = "Паспорт — Агро _Ёлка_ _b_ (Бумажный район), 2026-11-22.docx"
    assert file_name(page, "docx") == name
    assert write_page(page, tmp_path, "docx") == tmp_path / name
    assert (tmp_path / name).read_bytes() == page_bytes(page, "docx")


def test_an_unknown_ending_is_one_sentence():
    with pytest.raises(NotFoundError) as caught:
        format_of(Path("x.pdf"), ("html", "docx"))
    assert str(caught.value) == (
        "x.pdf: no format for the ending '.pdf'. Give a file that ends in one of: "
        ".html, .docx."
    )
    assert format_of(Path("X.DOCX"), ("html", "docx")) == "docx"


def test_a_folder_that_is_not_there_is_one_sentence(tmp_path):
    with pytest.raises(ReleaseError, match=r"cannot be written \(No such file"):
        write_page(pages()["area"], tmp_path / "nowhere" / "x.html", "html")


def test_a_server_with_passports_loads_no_writer_at_its_start():
    heavy = "{'pandas', 'docx', 'xlsxwriter', 'lxml', 'jinja2'} & set(sys.modules)"
    code = f"import sys, api.routes.passports; assert not {heavy}, {heavy}"
    subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, check=True)
