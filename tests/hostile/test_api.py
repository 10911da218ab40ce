"""No answer, header or line of the log obeys a stranger's text."""

import json
import logging

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from geo.release.content import content_id, manifest_bytes
from geo.reports.workbook import raions
from tests.hostile.payloads import COMPUTED, PAYLOADS
from tests.hostile.test_terminal import OBEYED

TEXTS = [one for one in PAYLOADS[:-1] if "\0" not in one]


@pytest.fixture
def client(kitchen):
    return TestClient(create_app(kitchen.root), raise_server_exceptions=False)


@pytest.fixture
def log(caplog):
    """Return the messages of the log, each checked to be one inert line."""
    caplog.set_level(logging.INFO)
    yield caplog
    for record in caplog.records:
        assert OBEYED.search(record.getMessage()) is None
        assert "\n" not in record.getMessage()


def asked(client, text):
    """Ask with a text wherever a request has room for one."""
    quoted = {"release": text}
    yield client.get("/v1/settlements", params={"country": text})
    yield client.get("/v1/settlements", params={"sort": text})
    yield client.get("/v1/settlements", params=quoted)
    yield client.get("/v1/settlements", params={text: "1"})
    yield client.get("/v1/search", params={"q": text, "limit": "x"})
    yield client.get("/collections/settlements/items", params={"bbox": text})
    yield client.get("/collections/settlements/items", params={"crs": text})


@pytest.mark.usefixtures("log")
@pytest.mark.parametrize("text", TEXTS)
def test_a_hostile_request_is_quoted_in_a_problem(client, text):
    for answer in asked(client, text):
        assert answer.status_code in {400, 404, 422}, answer.text
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "set-cookie" not in answer.headers
        assert OBEYED.search(answer.text) is None
        assert COMPUTED not in answer.text
        assert set(answer.json()) >= {"type", "title", "status", "detail"}


@pytest.mark.usefixtures("log")
def test_hostile_names_are_data_of_an_answer(client, release):
    raion = raions(release)[0].id
    one = release.table("settlements", ["id", "name"]).slice(3, 1).to_pylist()[0]
    answer = client.get(f"/v1/settlements/{one['id']}")
    assert answer.status_code == 200
    assert json.dumps(one["name"], ensure_ascii=False) in answer.text
    for path in (
        f"/v1/settlements/{one['id']}",
        f"/v1/areas/{raion}",
        "/v1/settlements",
        "/v1/releases",
        "/v1/standards",
        "/health",
        "/collections",
    ):
        answer = client.get(path)
        assert answer.status_code == 200, (path, answer.text[:300])
        assert COMPUTED not in answer.text
        assert "set-cookie" not in answer.headers
        assert answer.headers["content-type"].partition(";")[0] != "text/html"


@pytest.mark.parametrize("text", TEXTS)
def test_a_log_line_is_one_line_whatever_a_release_says(release, tmp_path, log, text):
    """A manifest that cannot be served is quoted by /health and by the log."""
    folder = tmp_path / "demo" / "2026-01-15.1"
    folder.mkdir(parents=True)
    (tmp_path / "demo" / "latest").write_text(folder.name)
    bad = {**release.manifest, "standards": [{"id": "x", "domain": [text]}]}
    bad["content_id"] = content_id(bad, bad["checksums"])
    (folder / "manifest.json").write_bytes(manifest_bytes(bad))
    for path in release.path.iterdir():
        if path.name != "manifest.json" and path.is_file():
            (folder / path.name).symlink_to(path)
    client = TestClient(create_app(tmp_path), raise_server_exceptions=False)
    answer = client.get("/health")
    assert answer.status_code == 503
    assert OBEYED.search(answer.text) is None
    assert client.get("/v1/settlements").status_code == 503
    assert log.records


def test_a_missing_file_is_named_on_one_line(release, tmp_path, log):
    folder = tmp_path / "demo" / "2026-01-15.1"
    folder.mkdir(parents=True)
    (tmp_path / "demo" / "latest").write_text(folder.name)
    bad = {**release.manifest, "checksums": {"\r\nERROR ran\x1b[2J": "0" * 64}}
    (folder / "manifest.json").write_bytes(manifest_bytes(bad))
    client = TestClient(create_app(tmp_path), raise_server_exceptions=False)
    assert OBEYED.search(client.get("/health").text) is None
    (said,) = [one.getMessage() for one in log.records if one.module == "served"]
    assert "the file \\u000d\\u000aERROR ran\\u001b[2J and " in said


def test_latest_is_quoted_on_one_line(tmp_path, log):
    (tmp_path / "demo").mkdir()
    for text in TEXTS:
        (tmp_path / "demo" / "latest").write_text(text, "utf-8")
        client = TestClient(create_app(tmp_path), raise_server_exceptions=False)
        assert client.get("/v1/settlements").status_code == 503
    assert log.records
