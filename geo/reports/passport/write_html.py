"""A page as one HTML file for screen and print: no script, nothing from elsewhere.

Black on white: verdicts are words, so nothing rests on a colour.
"""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from geo.reports.passport.layout import (
    MARGIN_MM,
    NOTE_FACTOR,
    Letters,
    column_widths,
    font_size,
)
from geo.reports.passport.page import Page


def html_bytes(page: Page) -> bytes:
    """Return a page as UTF-8 HTML; the same page gives the same bytes."""
    made = _template().render(
        page=page,
        size=font_size(page, Letters.SANS),
        margin=MARGIN_MM,
        note_factor=NOTE_FACTOR,
        column_widths=column_widths,
    )
    return made.encode()


@cache
def _template() -> Template:
    """Return ``page.html``, which escapes every text and fails on a missing name."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("page.html")
