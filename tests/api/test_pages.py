from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import create_app

BROWSER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.fixture
def static(tmp_path: Path) -> Path:
    (tmp_path / "assets").mkdir()
    (tmp_path / "vendor" / "swagger").mkdir(parents=True)
    (tmp_path / "index.html").write_text("<title>Паритет</title>", encoding="utf-8")
    (tmp_path / "assets" / "app.js").write_text("export {}", encoding="utf-8")
    for name in ("swagger-ui-bundle.js", "swagger-ui.css"):
        (tmp_path / "vendor" / "swagger" / name).write_text("/**/", encoding="utf-8")
    return tmp_path


@pytest.fixture
def site(tiny_root: Path, static: Path) -> Iterator[TestClient]:
    with TestClient(create_app(tiny_root, static)) as made:
        yield made


def test_browser_gets_the_map_and_client_the_landing_page(site):
    page = site.get("/", headers=BROWSER)
    assert page.text == "<title>Паритет</title>"
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "Accept" in page.headers["vary"]
    for headers in ({"accept": "application/json"}, {"accept": "*/*"}, {}):
        assert site.get("/", headers=headers).json()["title"] == "Paritet"
    assert site.get("/?f=json", headers=BROWSER).json()["title"] == "Paritet"
    assert site.get("/?f=html").text == page.text
    assert site.get("/map").text == page.text


def test_files_of_the_app(site):
    assert site.get("/assets/app.js").text == "export {}"
    assert site.get("/vendor/swagger/swagger-ui.css").status_code == 200


@pytest.mark.parametrize("path", ["/assets/none.js", "/assets/", "/%2e%2e/secret"])
def test_missing_file_is_a_problem(site, path):
    answer = site.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_api_wins_over_files(site, static):
    (static / "health").write_text("file", encoding="utf-8")
    assert site.get("/health").json()["status"] == "ok"


def test_api_pages_come_from_this_host(site):
    page = site.get("/docs").text
    assert "http" not in page
    assert 'src="vendor/swagger/swagger-ui-bundle.js"' in page
    assert 'url: "openapi.json"' in page


def test_without_the_app(client):
    assert client.get("/", headers=BROWSER).json()["title"] == "Paritet"
    answer = client.get("/map")
    assert answer.status_code == 404
    assert "the web app is not built here. Run ./run.sh once" in answer.json()["detail"]
    page = client.get("/docs").text
    assert "<script" not in page
    assert "<code>/v1/settlements</code> Settlements</li>" in page
