"""Files that are no workbook, and workbooks that would take minutes or gigabytes."""

import re
import zipfile
from datetime import timedelta

import openpyxl
import pytest

from geo.errors import WorkbookError
from geo.sources.workbook import book, package
from geo.sources.workbook.faults import WorkbookFaultsError
from tests.workbook.toy import fill

POPULATION = {"toy:2": {"Население": 411, "Население на дату": "01.01.2026"}}
TEXT = "это текстовый файл (например CSV)"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PREVIEW = (
    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail"
)
LOCKED = OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le")


def rewritten(path, change, part=None):
    """Change the text of one part of a workbook, or of all of its XML."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            chosen = name == part if part else name.endswith((".xml", ".rels"))
            made = change(content.decode()).encode() if chosen else content
            archive.writestr(name, made)
    return path


def part_of(path, title):
    """Return the part of a workbook that holds a sheet."""
    page = openpyxl.load_workbook(path, read_only=True)[title]
    part = page._worksheet_path
    page.parent.close()
    return part


def in_the_last_row(path, text):
    cell = f'<c r="B1048576" t="inlineStr"><is><t>{text}</t></is></c>'
    last = f'<row r="1048576">{cell}</row></sheetData>'
    part = part_of(path, "Населённые пункты")
    rewritten(path, lambda xml: xml.replace("</sheetData>", last), part)


def said(read, path):
    with pytest.raises(WorkbookError) as caught:
        read(path)
    return str(caught.value)


@pytest.mark.parametrize(
    ("content", "what", "remedy"),
    [
        (LOCKED, "это книга под паролем", "Снимите пароль"),
        (OLE + bytes(600), "это старая книга .xls", "«Книга Excel (.xlsx)»"),
        (b"\xff\xd8\xff\xe0 JFIF", "это картинка", "Пришлите саму форму"),
        (b"{\\rtf1", "это документ RTF", "Пришлите саму форму"),
        (b"\xef\xbb\xbf<html><table>", "это веб-страница или XML", "сохраните как"),
        (bytes(range(256)), "это файл неизвестного вида", "Пришлите саму форму"),
        ("Рейсы;7".encode("utf-16"), TEXT, "Пришлите саму форму"),
        ("Рейсы;7".encode("cp1251"), TEXT, "Пришлите саму форму"),
    ],
)
def test_what_a_file_is_that_is_no_zip(tmp_path, read, content, what, remedy):
    path = tmp_path / "raion.xlsx"
    path.write_bytes(content)
    text = said(read, path)
    assert text.startswith(f"raion.xlsx: {what}, а не книга Excel (.xlsx). ")
    assert remedy in text


@pytest.mark.parametrize(
    ("part", "what"),
    [
        ("content.xml", "это таблица OpenDocument (.ods)"),
        ("xl/workbook.bin", "это двоичная книга Excel (.xlsb)"),
        ("word/document.xml", "это документ Word"),
        ("photo.jpg", "это архив zip"),
    ],
)
def test_what_a_zip_is_that_is_no_workbook(tmp_path, read, part, what):
    path = tmp_path / "raion.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(part, "<x/>")
    assert said(read, path).startswith(f"raion.xlsx: {what}, а не книга")


def test_strict_open_xml_is_named_with_its_remedy(form, read):
    def strict(text):
        return text.replace(
            "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            "http://purl.oclc.org/ooxml/spreadsheetml/main",
        )

    text = said(read, rewritten(form, strict))
    assert "книга сохранена как «Книга Strict Open XML»" in text
    assert text.endswith("сохраните как «Книга Excel (.xlsx)».")


def test_a_blank_cell_in_the_last_row_is_no_row(form, read):
    fill(form, {"Населённые пункты": POPULATION})
    in_the_last_row(form, " ")
    row = read(form).declared("settlements")[0]
    assert (row.place_id, row.cells["population"]) == ("toy:2", 411)


def test_a_word_in_the_last_row_is_asked_where_it_stands(form, read):
    in_the_last_row(form, "x")
    with pytest.raises(WorkbookFaultsError) as caught:
        read(form)
    assert {fault.row for fault in caught.value.faults} == {1048576}


def test_a_range_merged_over_the_whole_sheet_is_one_fault(form, read):
    part = part_of(form, "Рейсы")
    merged = '<mergeCells count="1"><mergeCell ref="A2:XFD1048576"/></mergeCells>'
    change = re.compile("</sheetData>(?:<sheetProtection[^>]*>)?")
    rewritten(form, lambda text: change.sub(lambda m: m[0] + merged, text, 1), part)
    with pytest.raises(WorkbookFaultsError) as caught:
        read(form)
    assert [(f.sheet, f.row, f.what) for f in caught.value.faults] == [
        ("Рейсы", 2, "объединённые ячейки A2:XFD1048576")
    ]


@pytest.mark.parametrize(
    ("limit", "value", "words"),
    [
        ("MAX_CELLS", 50, "больше 50 ячеек"),
        ("MAX_FILE_BYTES", 1000, "файл слишком велик (0 МБ)"),
        ("MAX_XML_BYTES", 1000, "файл слишком велик (0 МБ в"),
        ("MAX_PARTS", 3, "файл слишком велик (0 МБ в"),
        ("MAX_DEPTH", 3, "вложенность больше 3"),
    ],
)
def test_limits(form, read, monkeypatch, limit, value, words):
    read(form)
    monkeypatch.setattr(package, limit, value)
    text = said(read, form)
    assert words in text
    assert text.endswith(
        "Перенесите сведения в новую форму без картинок и пустых строк."
    )


def test_the_cells_of_all_sheets_count_together(form, read, monkeypatch):
    with zipfile.ZipFile(form) as archive:
        sheets = [name for name in archive.namelist() if "/sheet" in name]
        counted = [len(re.findall(b"<c[ />]", archive.read(name))) for name in sheets]
    assert max(counted) < sum(counted) - 1
    monkeypatch.setattr(package, "MAX_CELLS", sum(counted))
    read(form)
    monkeypatch.setattr(package, "MAX_CELLS", sum(counted) - 1)
    assert f"больше {sum(counted) - 1} ячеек" in said(read, form)


def test_what_is_closed_makes_nothing_shallower(form, read):
    deep = "<a><b/>" * package.MAX_DEPTH + "</a>" * package.MAX_DEPTH
    change = lambda text: text.replace("</workbook>", f"{deep}</workbook>")  # noqa: E731
    rewritten(form, change, "xl/workbook.xml")
    assert "вложенность больше 64" in said(read, form)


def test_too_many_merged_ranges(form, read, monkeypatch):
    monkeypatch.setattr(package, "MAX_MERGED", 1)
    page = openpyxl.load_workbook(form)
    for cells in ("A10:B10", "A11:B11"):
        page["Рейсы"].merge_cells(cells)
    page.save(form)
    assert "больше 1 объединённых ячеек" in said(read, form)


def test_too_many_rows(form, read, monkeypatch):
    monkeypatch.setattr(book, "MAX_ROWS", 3)
    with pytest.raises(WorkbookFaultsError) as caught:
        read(form)
    assert {fault.what for fault in caught.value.faults} == {"больше 3 строк"}


def test_entities_of_its_own(form, read):
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]>'

    def change(text):
        head, _, rest = text.partition("?>")
        return f"{head}?>{bomb}{rest}"

    assert "собственные сущности XML" in said(
        read, rewritten(form, change, "xl/workbook.xml")
    )


def test_rows_out_of_order_are_not_passed_over(form, read):
    part = part_of(form, "Рейсы")
    rewritten(form, lambda text: text.replace('<row r="3"', '<row r="2"', 1), part)
    assert "файл повреждён (BadZipFile)" in said(read, form)


def test_stated_dimensions_are_not_believed(form, read):
    fill(form, {"Населённые пункты": POPULATION})
    dimension = re.compile('<dimension ref="[^"]*"')
    part = part_of(form, "Населённые пункты")
    assert dimension.search(zipfile.ZipFile(form).read(part).decode())
    rewritten(form, lambda text: dimension.sub('<dimension ref="A1"', text), part)
    assert read(form).declared("settlements")[0].cells["population"] == 411


def test_a_number_that_xml_cannot_be(form, read):
    fill(form, {"Населённые пункты": POPULATION})
    part = part_of(form, "Населённые пункты")
    rewritten(form, lambda text: text.replace("<v>411</v>", "<v>4x1</v>"), part)
    assert "файл повреждён (ValueError)" in said(read, form)


def test_titles_of_sheets_may_have_other_case_and_blanks(form, read):
    fill(form, {"Населённые пункты": POPULATION})
    page = openpyxl.load_workbook(form)
    page["Населённые пункты"].title = " населённые  Пункты"
    page.save(form)
    assert read(form).declared("settlements")[0].cells["population"] == 411


def test_a_title_above_the_header_is_one_fault(form, read):
    page = openpyxl.load_workbook(form)
    page["Населённые пункты"].insert_rows(1)
    page["Населённые пункты"]["A1"] = "Сведения Озёрского района"
    page.save(form)
    with pytest.raises(WorkbookFaultsError) as caught:
        read(form)
    (fault,) = caught.value.faults
    assert (fault.row, fault.what) == (2, "заголовки столбцов стоят в строке 2")
    assert "должны быть в строке 1" in fault.remedy


def test_without_the_codes_nobody_says_that_rows_were_removed(form, read):
    page = openpyxl.load_workbook(form)
    page["Населённые пункты"]["A1"] = "Код"
    page.save(form)
    with pytest.raises(WorkbookFaultsError) as caught:
        read(form)
    assert [fault.what for fault in caught.value.faults] == ["столбца нет"]


def test_letters_of_macos_name_the_same_place(form, read):
    shop = {"Вид объекта": "магазин", "Населённый пункт": "Озе\u0308рск"}
    fill(form, {"Объекты": {6: shop}})
    assert read(form).declared("facilities")[0].place_id == "toy:1"


def test_a_cell_of_hours_is_a_time(form, read):
    stop = {
        "Маршрут": "5", "Направление": "туда", "Номер остановки": 1,
        "Населённый пункт": "Бор", "Дни недели": "пн",
        "Время отправления": timedelta(hours=6, minutes=39, seconds=59.9),
    }  # fmt: skip
    fill(form, {"Расписание": {2: stop}})
    assert read(form).declared("timetable")[0].cells["times"] == "06:40"


def test_a_form_in_the_letters_of_macos_that_nobody_touched_says_nothing(form, read):
    rewritten(form, lambda text: text.replace("Озёрск", "Озе\u0308рск"))
    assert read(form).declared("settlements") == []


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("999999999", "файл слишком велик (строка 999999999 в "),
        ("1048577", "файл слишком велик (строка 1048577 в "),
        ("9" * 5000, f"файл слишком велик (строка {'9' * 20} в "),
        (" 999999999", "файл повреждён (BadZipFile)"),
        ("x", "файл повреждён (BadZipFile)"),
    ],
)
def test_a_row_that_no_spreadsheet_has(form, read, row, words):
    last = f'<row r="{row}"><c><v>1</v></c></row></sheetData>'
    part = part_of(form, "Населённые пункты")
    rewritten(form, lambda xml: xml.replace("</sheetData>", last), part)
    assert words in said(read, form)


def test_cells_far_to_the_right_of_many_rows(form, read, monkeypatch):
    monkeypatch.setattr(package, "MAX_AREA", 20_000)
    last = '<row r="1000000"><c r="ZZZ1000000"><v>1</v></c></row></sheetData>'
    part = part_of(form, "Населённые пункты")
    before = form.read_bytes()
    rewritten(form, lambda xml: xml.replace("</sheetData>", last), part)
    monkeypatch.setattr(package, "MAX_AREA", 18_000)
    assert "больше 18000 клеток до крайних столбцов" in said(read, form)
    form.write_bytes(before)
    read(form)


@pytest.mark.parametrize("name", ["xl/worksheets/sheet3.dat", "xl/sheet.png"])
def test_a_sheet_under_another_name_is_not_read_unseen(form, read, name):
    part = part_of(form, "Населённые пункты").removeprefix("/")
    with zipfile.ZipFile(form) as archive:
        parts = {one: archive.read(one).decode("latin-1") for one in archive.namelist()}
    short = part.removeprefix("xl/")
    with zipfile.ZipFile(form, "w") as archive:
        for one, text in parts.items():
            renamed = text.replace(part, name).replace(short, name.removeprefix("xl/"))
            archive.writestr(name if one == part else one, renamed.encode("latin-1"))
    assert "файл повреждён (BadZipFile)" in said(read, form)


@pytest.mark.parametrize(
    ("part", "end", "more"),
    [
        (
            "[Content_Types].xml",
            "</Types>",
            '<Default Extension="svg" ContentType="image/svg+xml"/>',
        ),
        (
            "_rels/.rels",
            "</Relationships>",
            f'<Relationship Id="t" Target="docProps/thumbnail.emf" Type="{PREVIEW}"/>',
        ),
    ],
)
def test_pictures_and_previews_of_excel_are_no_fault(form, read, part, end, more):
    fill(form, {"Населённые пункты": POPULATION})
    rewritten(form, lambda text: text.replace(end, more + end), part)
    assert read(form).declared("settlements")[0].cells["population"] == 411


def test_a_book_whose_main_part_has_another_name_is_not_read_unseen(form, read):
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    more = f'<Override PartName="/xl/other.dat" ContentType="{kind}"/></Types>'
    rewritten(form, lambda text: text.replace("</Types>", more), "[Content_Types].xml")
    assert "файл повреждён (BadZipFile)" in said(read, form)
