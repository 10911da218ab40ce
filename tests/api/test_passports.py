"""Documents by the API: files with a name, and faults as problems."""

import io
from urllib.parse import unquote

import docx
import openpyxl
import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.models import Problem
from tests.api.tiny import move_latest, write_release

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SETTLEMENT = "/v1/settlements/zz:01/passport"
AREA = "/v1/areas/zz:r1/passport"
REPORT = "/v1/areas/zz:r1/report"


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    """Return a client on two releases of one country, and one of another."""
    root = tmp_path_factory.mktemp("releases")
    for country, name in (
        ("zz", "2026-07-20.1"), ("zz", "2026-11-22.1"), ("yy", "2026-01-15.1"),
    ):  # fmt: skip
        write_release(root, country, name)
    move_latest(root, "zz", "2026-11-22.1")
    with TestClient(create_app(root)) as made:
        yield made


def name_of(answer):
    how, plain, full = answer.headers["content-disposition"].split("; ")
    scheme, _, name = full.partition("''")
    assert scheme == "filename*=UTF-8"
    return how, plain, unquote(name)


def test_a_passport_is_a_page_to_read(client):
    answer = client.get(SETTLEMENT)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["paritet-release"] == "zz/2026-11-22.1"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    how, plain, name = name_of(answer)
    assert (how, plain) == ("inline", 'filename="paritet.html"')
    assert name.startswith("Паспорт — ")
    assert name.endswith(", 2026-11-22.html")
    assert '<html lang="ru">' in answer.text


@pytest.mark.parametrize("path", [SETTLEMENT, AREA])
def test_a_passport_for_word_is_saved(client, path):
    answer = client.get(path, params={"format": "docx", "language": "en"})
    assert (answer.status_code, answer.headers["content-type"]) == (200, WORD)
    assert name_of(answer)[:2] == ("attachment", 'filename="paritet.docx"')
    document = docx.Document(io.BytesIO(answer.content))
    assert any("as of 22 November 2026" in p.text for p in document.paragraphs)


def test_a_report_for_word_and_excel(two):
    word = two.get(REPORT, params={"country": "zz"})
    assert (word.status_code, word.headers["content-type"]) == (200, WORD)
    asked = {"format": "xlsx", "release": "zz/2026-11-22.1", "since": "zz/2026-07-20.1"}
    excel = two.get(REPORT, params=asked)
    assert (excel.status_code, excel.headers["content-type"]) == (200, EXCEL)
    sheet = openpyxl.load_workbook(io.BytesIO(excel.content)).worksheets[0]
    texts = [cell.value for row in sheet.iter_rows() for cell in row]
    assert "Прошлый отчёт: выпуск zz/2026-07-20.1, по состоянию на 20.07.2026." in texts


def test_a_document_that_the_client_holds_is_not_sent_again(client):
    tag = client.get(AREA).headers["etag"]
    again = client.get(AREA, headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")


def test_the_addresses_of_the_places_are_still_there(client):
    assert client.get("/v1/settlements/zz:01").json()["settlement"]["id"] == "zz:01"
    assert client.get("/v1/areas/zz:r1").json()["area"]["id"] == "zz:r1"


@pytest.mark.parametrize(
    ("path", "status", "detail"),
    [
        ("/v1/settlements/zz:99/passport", 404, "no settlement 'zz:99' in zz/2026-11"),
        ("/v1/areas/zz:r9/passport", 404, "no area 'zz:r9' in zz/2026-11-22.1."),
        ("/v1/areas/zz:r9/report", 404, "no area 'zz:r9' in zz/2026-11-22.1."),
        (
            f"{SETTLEMENT}?format=xlsx",
            422,
            "The parameter 'format' is 'xlsx'. It must be one of 'html' or 'docx'.",
        ),
        (
            f"{REPORT}?language=lt",
            422,
            "The parameter 'language' is 'lt'. It must be one of 'ru', 'be' or 'en'.",
        ),
        (f"{SETTLEMENT}?lang=ru", 422, "there is no parameter 'lang' here."),
        (
            f"{REPORT}?since=zz",
            422,
            "the parameter 'since' is 'zz'. It must be a release such as zz/2026-11-22",
        ),
        (
            f"{REPORT}?since=yy/2026-01-15.1",
            422,
            (
                "the last report 'yy/2026-01-15.1' is of another country. Give an "
                "earlier release of the same country."
            ),
        ),
        (
            f"{REPORT}?since=zz/2026-11-22.1",
            422,
            (
                "the last report 'zz/2026-11-22.1' is not of an earlier day. Give an "
                "earlier release of the same country."
            ),
        ),
        (f"{REPORT}?since=zz/2020-01-01.1", 404, "no release 'zz/2020-01-01.1'."),
    ],
)
def test_a_fault_is_a_problem(two, path, status, detail):
    answer = two.get(path, params={"country": "zz"} if "?" not in path else None)
    if "?" in path:
        answer = two.get(f"{path}&country=zz")
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert Problem.model_validate_json(answer.content).detail.startswith(detail)


def test_the_definition_names_the_documents(client):
    paths = client.get("/openapi.json").json()["paths"]
    said = paths["/v1/areas/{id}/report"]["get"]["responses"]["200"]["content"]
    assert set(said) == {WORD, EXCEL, "text/html"}
    assert "/v1/settlements/{id}/passport" in paths
