"""What holds for every answer: headers, faults, HEAD, CORS, gzip, validators."""

import subprocess
import sys
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.models import Problem
from tests.api.tiny import write_release

PATHS = [
    "/",
    "/conformance",
    "/collections",
    "/collections/zz-areas/items",
    "/v1/releases",
    "/v1/settlements",
    "/v1/settlements/zz:01",
    "/v1/theme",
    "/health",
    "/docs",
    "/openapi.json",
    "/tiles/zz/2026-11-22.1/areas.pmtiles",
    "/tiles/zz/2026-11-22.1/areas/5/18/10.mvt",
]


@pytest.mark.parametrize("path", [*PATHS, "/nothing", "/v1/settlements?limit=0"])
def test_every_answer_names_its_release_and_may_be_embedded(client, path):
    answer = client.get(path, headers={"origin": "https://ministry.example"})
    assert answer.headers["paritet-release"] == "zz/2026-11-22.1"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "Paritet-Release" in answer.headers["access-control-expose-headers"]


@pytest.mark.parametrize("path", PATHS)
def test_head_is_get_without_a_body(client, path):
    plain = {"accept-encoding": "identity"}
    got, head = client.get(path, headers=plain), client.head(path, headers=plain)
    assert head.status_code == got.status_code == 200
    assert head.content == b""
    assert dict(head.headers) == dict(got.headers)
    assert int(head.headers["content-length"]) == len(got.content)


def test_head_of_nothing(client):
    answer = client.head("/nothing")
    assert (answer.status_code, answer.content) == (404, b"")


def test_preflight_allows_get(client):
    answer = client.options(
        "/v1/settlements",
        headers={
            "origin": "https://ministry.example",
            "access-control-request-method": "GET",
            "access-control-request-headers": "range",
        },
    )
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-methods"] == "GET, HEAD"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_nothing_can_be_written(client, method):
    answer = client.request(method, "/v1/settlements")
    assert answer.status_code == 405
    assert answer.headers["content-type"] == "application/problem+json"
    assert f"{method} is not offered here" in answer.json()["detail"]


def test_json_is_compressed_on_request(client):
    packed = client.get("/v1/settlements", headers={"accept-encoding": "gzip"})
    plain = client.get("/v1/settlements", headers={"accept-encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.json() == plain.json()


def test_validator_saves_the_body(client):
    first = client.get("/v1/settlements")
    assert first.headers["cache-control"] == "no-cache"
    tag = first.headers["etag"]
    again = client.get("/v1/settlements", headers={"if-none-match": f'"x", {tag}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == tag
    other = client.get("/v1/settlements?limit=1", headers={"if-none-match": tag})
    assert other.status_code == 200


def test_unknown_address_is_a_problem(client):
    answer = client.get("/v2/settlements")
    assert answer.status_code == 404
    found = Problem.model_validate_json(answer.content)
    assert (
        found.detail
        == "There is no page '/v2/settlements'. See /docs for all addresses."
    )
    assert (found.status, found.title, found.type) == (404, "Not Found", "about:blank")
    assert found.instance == "/v2/settlements"


def test_fault_of_the_server_shows_no_traceback(tiny_root, monkeypatch, caplog):
    def broken(*_: object) -> None:
        raise ZeroDivisionError("secret of the server")

    monkeypatch.setattr("api.routes.standards._counted", broken)
    with TestClient(create_app(tiny_root), raise_server_exceptions=False) as client:
        answer = client.get("/v1/standards")
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["paritet-release"] == "zz/2026-11-22.1"
    Problem.model_validate_json(answer.content)
    assert "secret" not in answer.text
    assert "secret of the server" in caplog.text


def test_links_follow_the_address_that_the_client_used(tiny_root):
    with TestClient(
        create_app(tiny_root), base_url="https://maps.example", root_path="/paritet"
    ) as client:
        page = client.get("/paritet/collections/zz-settlements/items?limit=1").json()
        links = {link["rel"]: link["href"] for link in page["links"]}
        assert links["next"] == (
            "https://maps.example/paritet/collections/zz-settlements/items"
            "?release=zz%2F2026-11-22.1&limit=1&offset=1"
        )
        landing = client.get("/paritet/").json()
    data = next(link for link in landing["links"] if link["rel"] == "data")
    assert data["href"] == "https://maps.example/paritet/collections"


def test_folder_of_releases_is_nobodys_business(tmp_path):
    folder = write_release(tmp_path)
    (folder / "values.parquet").unlink()
    with TestClient(create_app(tmp_path)) as client:
        answer = client.get("/v1/settlements")
    assert answer.status_code == 503
    assert answer.json()["detail"] == (
        "zz/2026-11-22.1: the file values.parquet is missing. Build the country again, "
        "or take the folder from its publisher again."
    )
    assert str(tmp_path) not in answer.text


def test_no_release_yet(tmp_path):
    with TestClient(create_app(tmp_path)) as client:
        answer = client.get("/v1/settlements")
        assert answer.status_code == 503
        assert answer.json()["detail"] == (
            "there is no release to serve. Run: paritet build demo"
        )
        assert client.get("/health").status_code == 503
        assert "paritet-release" not in answer.headers
        assert client.get("/v1/releases").json() == {"default": None, "releases": []}
        assert client.get("/collections").json()["collections"] == []


def test_server_starts_light(tiny_root):
    program = (
        "import sys; from pathlib import Path; from api.app import create_app; "
        "from starlette.testclient import TestClient; "
        "client = TestClient(create_app(Path(sys.argv[1]))); "
        "paths = ('v1/settlements?sort=gap', 'collections/zz-areas/items'); "
        "assert all(client.get(path).status_code == 200 for path in paths); "
        "heavy = {'geopandas', 'osmnx', 'rasterio', 'numba', 'pandas', 'folium'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tiny_root)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "[]\n"
