"""A page as a Word document: real tables with repeated headings, A4 landscape."""

import io
import math
from datetime import datetime
from typing import Any

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table as WordTable
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph

from geo.reports.passport.layout import (
    MARGIN_MM,
    NOTE_FACTOR,
    TITLE_FACTOR,
    Letters,
    column_widths,
    font_size,
)
from geo.reports.passport.page import Page, Row, RowKind, Table
from geo.reports.passport.zipped import steady_zip
from geo.texts import wording

FONT = "Times New Roman"
#: The longest text of a property.
_PROPERTY = 255


def docx_bytes(page: Page) -> bytes:
    """Return a page as DOCX; the same page gives the same bytes, whatever the clock."""
    document = Document()
    size = _half_points(font_size(page, Letters.SERIF))
    _set_up(document, page, size)
    if page.notice:
        _paragraph(document, page.notice, size, bold=True)
    _paragraph(document, page.title, size * TITLE_FACTOR * 0.8)
    _heading(document, f"{page.name}, {page.state}", size * TITLE_FACTOR)
    facts = _paragraph(document, "", size)
    for position, (label, text) in enumerate(page.facts):
        facts.add_run(f"{'; ' if position else ''}{label}: ")
        facts.add_run(text).bold = True
    for sentence in page.sentences:
        _paragraph(document, sentence, size, bold=True)
    for table in page.tables:
        _paragraph(document, table.caption, size, bold=True, keep=True)
        _table(document, table, size)
    for note in page.notes:
        for position, line in enumerate(note.lines):
            said = _paragraph(document, "", size * NOTE_FACTOR)
            if position == 0:
                _sized(said.add_run(f"{note.title}. "), size * NOTE_FACTOR).bold = True
            _sized(said.add_run(line), size * NOTE_FACTOR)
    held = io.BytesIO()
    document.save(held)
    return steady_zip(held.getvalue())


def _set_up(document: DocumentType, page: Page, size: float) -> None:
    """Set paper, letters, language and properties; nothing comes from the clock."""
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    for side in ("left", "right", "top", "bottom"):
        setattr(section, f"{side}_margin", Mm(MARGIN_MM))
    section.header_distance = section.footer_distance = Mm(MARGIN_MM / 2)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(size)
    normal.paragraph_format.space_after = normal.paragraph_format.space_before = Pt(0)
    normal.paragraph_format.line_spacing = 1.0
    properties = normal.element.get_or_add_rPr()
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), wording("grammar", page.language)["tag"])
    properties.append(language)
    day = datetime.fromisoformat(page.on)
    core = document.core_properties
    core.author = core.last_modified_by = "Paritet"
    core.title = page.full_title[:_PROPERTY]
    core.subject, core.comments = page.release, page.notice
    core.language = wording("grammar", page.language)["tag"]
    core.created = core.modified = day
    core.revision = 1


def _heading(document: DocumentType, text: str, size: float) -> None:
    """Add the main heading as a heading, so that a screen reader finds it."""
    heading = document.add_heading(level=1)
    heading.paragraph_format.space_before = heading.paragraph_format.space_after = Pt(0)
    run = _sized(heading.add_run(text), size)
    run.font.name = FONT
    run.font.color.rgb = RGBColor(0, 0, 0)  # the template has it blue
    fonts = run._element.get_or_add_rPr().get_or_add_rFonts()  # noqa: SLF001 - no public way to the Cyrillic font of a run
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), FONT)


def _paragraph(
    document: DocumentType,
    text: str,
    size: float,
    *,
    bold: bool = False,
    keep: bool = False,
) -> Paragraph:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = keep
    if text:
        _sized(paragraph.add_run(text), size).bold = bold
    return paragraph


def _sized(run: Any, size: float) -> Any:
    run.font.size = Pt(_half_points(size))
    return run


def _half_points(size: float) -> float:
    """Return a size that Word has: it knows half points only."""
    return math.floor(size * 2) / 2


def _table(document: DocumentType, table: Table, size: float) -> None:
    shown, widths = table.shown(sheet=False), column_widths(table)
    made = document.add_table(rows=0, cols=len(shown), style="Table Grid")
    made.autofit = False
    _cell_margins(made)
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Mm(width)
    heading = _added(made)
    _repeat(heading)
    for cell, column, width in zip(heading.cells, shown, widths, strict=True):
        title = f"{column.title}, {column.group}" if column.group else column.title
        _fill(cell, title, size, width, bold=True)
    for row in table.rows:
        _row(made, row, [column.key for column in shown], widths, size)


def _added(made: WordTable) -> _Row:
    row: _Row = made.add_row()  # type: ignore[no-untyped-call]  # python-docx is not typed here
    return row


def _row(
    made: WordTable, row: Row, keys: list[str], widths: list[float], size: float
) -> None:
    added = _added(made)
    _unbroken(added)
    if row.kind == RowKind.HEADING:
        cell = added.cells[0].merge(added.cells[-1])
        _fill(cell, row.cells["number"].text, size, sum(widths), bold=True)
        return
    for cell, key, width in zip(added.cells, keys, widths, strict=True):
        text = row.cells[key].text
        indent = row.kind == RowKind.PART and key == "standard"
        _fill(cell, text, size, width)
        if indent:
            cell.paragraphs[0].paragraph_format.left_indent = Mm(3)


def _fill(
    cell: _Cell, text: str, size: float, width: float, *, bold: bool = False
) -> None:
    cell.width = Mm(width)
    run = cell.paragraphs[0].add_run(text)
    _sized(run, size).bold = bold


def _repeat(row: _Row) -> None:
    """Say that a row is the heading of its table, on every sheet again."""
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx has no public way
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    properties.append(mark)
    _unbroken(row)


def _unbroken(row: _Row) -> None:
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx has no public way
    properties.append(OxmlElement("w:cantSplit"))


def _cell_margins(made: WordTable) -> None:
    """Set narrow sides: Word's own take 4 mm of every column."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        part = OxmlElement(f"w:{side}")
        part.set(qn("w:w"), "40")
        part.set(qn("w:type"), "dxa")
        margins.append(part)
    made._tbl.tblPr.append(margins)  # noqa: SLF001 - python-docx has no public way
