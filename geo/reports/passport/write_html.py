"""A page as one HTML file for screen and print: no script, nothing from elsewhere.

Black on white: verdicts are words, so nothing rests on a colour.
"""

from geo.reports.passport.layout import (
    MARGIN_MM,
    NOTE_FACTOR,
    Letters,
    column_widths,
    font_size,
)
from geo.reports.passport.page import Page
from geo.reports.passport.template import filled


def html_bytes(page: Page) -> bytes:
    """Return a page as UTF-8 HTML; the same page gives the same bytes."""
    return filled(
        "page.html",
        page=page,
        size=font_size(page, Letters.SANS),
        margin=MARGIN_MM,
        note_factor=NOTE_FACTOR,
        column_widths=column_widths,
    ).encode()
