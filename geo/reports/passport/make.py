"""From a page to a file: which endings there are, and who writes them."""

from pathlib import Path

from geo.disk.whole import write_whole
from geo.errors import NotFoundError
from geo.inert import visible
from geo.reports.passport.page import Page, inert

PASSPORT_FORMATS = ("html", "docx")
REPORT_FORMATS = ("docx", "xlsx", "html")
MEDIA = {
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
#: Letters that a file name may not hold on some system.
_FORBIDDEN = str.maketrans(dict.fromkeys('<>:"/\\|?*\n\r\t', "_"))
#: Bytes; most file systems allow 255, and an ending and an id may follow.
_LONGEST_NAME, _LONGEST_ID = 200, 40


def page_bytes(page: Page, format: str) -> bytes:  # noqa: A002 - the word of the API
    """Return a page in one of the formats ``html``, ``docx``, ``xlsx``."""
    # Their libraries take 0.1 s to load each, which a server need not pay at its start.
    if format == "html":
        from geo.reports.passport.write_html import html_bytes as written  # noqa: PLC0415
    elif format == "docx":
        from geo.reports.passport.write_docx import docx_bytes as written  # noqa: PLC0415
    else:
        from geo.reports.passport.write_xlsx import xlsx_bytes as written  # noqa: PLC0415
    return written(inert(page))


def format_of(out: Path, formats: tuple[str, ...]) -> str:
    """Return the format that the ending of a file names.

    Raises
    ------
    NotFoundError
        If it names none of ``formats``.
    """
    named = out.suffix.removeprefix(".").lower()
    if named not in formats:
        endings = ", ".join(f".{name}" for name in formats)
        raise NotFoundError(
            f"no format for the ending {out.suffix!r}",
            where=str(out),
            remedy=f"Give a file that ends in one of: {endings}.",
        )
    return named


def file_name(page: Page, format: str, place: str = "") -> str:  # noqa: A002 - the word of the API
    """Return a readable file name that every system can hold.

    ``place`` is an id that tells apart what has the same name.
    """
    stem = held_name(page.file_name, _LONGEST_NAME) or "paritet"
    told = held_name(place.replace(":", "-"), _LONGEST_ID)
    return f"{stem} {told}".rstrip() + f".{format}"


def held_name(text: str, most: int) -> str:
    """Return as much of a text as a file name may hold: at most so many bytes."""
    allowed = visible(text).translate(_FORBIDDEN).encode()[:most]
    return allowed.decode(errors="ignore").strip(" .")


def write_page(page: Page, out: Path, format: str) -> Path:  # noqa: A002 - the word of the API
    """Write a page to a file, whole or not at all, and return the file.

    Parameters
    ----------
    page
        What it says.
    out
        The file, or an existing folder in which a readable name is made.
    format
        ``html``, ``docx`` or ``xlsx``.

    Raises
    ------
    geo.errors.ReleaseError
        If the file cannot be written.
    """
    content = page_bytes(page, format)
    return write_whole(out, file_name(page, format), lambda p: p.write_bytes(content))
