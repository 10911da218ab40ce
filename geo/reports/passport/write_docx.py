"""A page as a Word document: real tables with repeated headings, A4 landscape."""

import io
import math
from datetime import datetime

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from geo.reports.passport.layout import (
    MARGIN_MM,
    NOTE_FACTOR,
    TITLE_FACTOR,
    Letters,
    column_widths,
    font_size,
)
from geo.reports.passport.page import Page
from geo.reports.passport.template import filled
from geo.reports.passport.zipped import steady_zip
from geo.texts import wording

FONT = "Times New Roman"
#: The longest text of a property.
_PROPERTY = 255


def docx_bytes(page: Page) -> bytes:
    """Return a page as DOCX; the same page gives the same bytes, whatever the clock."""
    document = Document()
    size = _half_points(font_size(page, Letters.SERIF)) / 2
    _set_up(document, page, size)
    body = filled(
        "page.docx.xml",
        page=page,
        font=FONT,
        size=_half_points(size),
        kind_size=_half_points(size * TITLE_FACTOR * 0.8),
        title_size=_half_points(size * TITLE_FACTOR),
        note_size=_half_points(size * NOTE_FACTOR),
        column_widths=column_widths,
        twips=lambda millimetres: Mm(millimetres).twips,
    )
    paper = document.element.body.sectPr
    for element in parse_xml(body):
        paper.addprevious(element)
    held = io.BytesIO()
    document.save(held)
    return steady_zip(held.getvalue())


def _half_points(size: float) -> int:
    """Return a size in points as Word holds it."""
    return math.floor(size * 2)


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
