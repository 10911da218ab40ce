"""``/v1/…/passport`` and ``/v1/areas/{id}/report``: documents for print and Word."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.answer import file_answer, served
from api.errors import ParameterError
from api.parameters import Chosen
from api.routes.areas import find_area
from api.routes.settlements import check_settlement
from api.store import Store
from geo.errors import NotFoundError
from geo.reports.facts import AreaFacts, area_facts, settlement_facts
from geo.reports.passport.area import area_passport
from geo.reports.passport.make import (
    MEDIA,
    PASSPORT_FORMATS,
    REPORT_FORMATS,
    file_name,
    page_bytes,
)
from geo.reports.passport.page import Page
from geo.reports.passport.report import (
    check_country,
    earlier_facts,
    half_year_report,
)
from geo.reports.passport.settlement import settlement_passport
from geo.texts import Spoken
from geo.types import Level

router = APIRouter(prefix="/v1", tags=["passports"])

Language = Annotated[Spoken, Query(description="Language of the document.")]
PassportFormat = Annotated[
    Literal["html", "docx"], Query(description="A page for print, or Word.")
]
ReportFormat = Annotated[
    Literal["docx", "xlsx", "html"], Query(description="Word, Excel or a page.")
]
Since = Annotated[
    str | None,
    Query(
        description="Release of the last report, which the changes are counted from.",
        examples=["by/2026-07-20.1"],
        max_length=40,
    ),
]


def _documents(formats: tuple[str, ...]) -> dict[int | str, dict[str, Any]]:
    """Return what OpenAPI says of the answer."""
    binary = {"schema": {"type": "string", "format": "binary"}}
    content = {MEDIA[name].partition(";")[0]: binary for name in formats}
    return {200: {"description": "The document.", "content": content}}


@router.get(
    "/settlements/{id:path}/passport",
    response_class=Response,
    responses=_documents(PASSPORT_FORMATS),
    summary="Passport of a settlement",
)
def settlement(
    request: Request,
    store: Chosen,
    id: str,  # noqa: A002 - its name in the address
    format: PassportFormat = "html",  # noqa: A002 - as above
    language: Language = "ru",
) -> Response:
    """Return the passport of one settlement: norms, actual, gap, sources, remarks."""
    check_settlement(store, id)
    page = settlement_passport(settlement_facts(store, id), language)
    return _answer(request, page, format)


@router.get(
    "/areas/{id:path}/passport",
    response_class=Response,
    responses=_documents(PASSPORT_FORMATS),
    summary="Passport of an area",
)
def area(
    request: Request,
    store: Chosen,
    id: str,  # noqa: A002 - its name in the address
    format: PassportFormat = "html",  # noqa: A002 - as above
    language: Language = "ru",
) -> Response:
    """Return the passport of a raion or another area: people by verdict."""
    page = area_passport(_area(store, id), language)
    return _answer(request, page, format)


@router.get(
    "/areas/{id:path}/report",
    response_class=Response,
    responses=_documents(REPORT_FORMATS),
    summary="Half-year table of an area",
)
def report(
    request: Request,
    store: Chosen,
    id: str,  # noqa: A002 - its name in the address
    format: ReportFormat = "docx",  # noqa: A002 - as above
    language: Language = "ru",
    since: Since = None,
) -> Response:
    """Return the half-year table: norm, oblast norm, actual, change, remark."""
    facts = _area(store, id)
    earlier = None if since is None else _earlier(request, store, id, since)
    return _answer(request, half_year_report(facts, earlier, language), format)


@router.get(
    "/areas/{id:path}/workbook",
    response_class=Response,
    responses=_documents(("xlsx",)),
    summary="Form of a raion",
)
def workbook(request: Request, store: Chosen, id: str) -> Response:  # noqa: A002 - its name in the address
    """Return the form in which a raion tells what is missing, filled from the release.

    What the raion has sent before stands in it as far as the release holds it.
    """
    raion = store.areas[find_area(store, id)]
    if raion["level"] != Level.RAION or raion["analytic"]:
        raise NotFoundError(
            f"{id[:60]!r} is no raion: only raions have a form",
            where=store.id,
            remedy="List them at /v1/areas?level=raion.",
        )
    # seconds of work, and the same for everybody: made once of each raion
    made: dict[str, bytes] = store.made.setdefault("workbooks", {})
    if id not in made:
        made[id] = _form(store, id)
    name = f"{raion['name']} {store.on}.xlsx"
    return file_answer(request, made[id], MEDIA["xlsx"], name, shown=False)


def _form(store: Store, raion: str) -> bytes:
    # pandas, which no other answer needs
    from geo.reports.workbook import write_workbook  # noqa: PLC0415

    with TemporaryDirectory() as folder:
        return write_workbook(
            store.path, raion, Path(folder) / "form.xlsx"
        ).read_bytes()


def _earlier(request: Request, store: Store, id_: str, since: str) -> AreaFacts:
    check_country(store.id, since)
    if "/" not in since:
        raise ParameterError("since", since, f"a release such as {store.id}")
    return earlier_facts(served(request).store(release=since), id_)


def _area(store: Store, id_: str) -> AreaFacts:
    return area_facts(store, find_area(store, id_))


def _answer(request: Request, page: Page, format_: str) -> Response:
    content, name = page_bytes(page, format_), file_name(page, format_)
    return file_answer(request, content, MEDIA[format_], name, shown=format_ == "html")
