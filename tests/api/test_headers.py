"""Headers that guard a browser, and answers to names and addresses that are hostile."""

import re
from urllib.parse import quote, unquote

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.models import Problem
from api.security import APP, DOCUMENT
from geo.layers.schema import TABLES
from tests.api.test_answers import PATHS
from tests.api.tiny import manifest_in, seal, write_release

HEADER = re.compile(r"[\x20-\x7e]*")
#: An address ends at a line break, so no id has one; a name may.
HOSTILE = 'zz:";../\\<script>Ж\u202e😀'
NAME = f"\r\nSet-Cookie: a=b{HOSTILE}"
PAGES = ["/", "/map", "/docs", "/v1/settlements/zz:01/passport"]
BROWSER = {"accept": "text/html"}


@pytest.fixture(scope="module")
def site(tiny_root, tmp_path_factory):
    static = tmp_path_factory.mktemp("static")
    (static / "vendor" / "swagger").mkdir(parents=True)
    (static / "vendor" / "swagger" / "swagger-ui-bundle.js").write_text("/**/")
    (static / "index.html").write_text("<title>x</title>")
    with TestClient(create_app(tiny_root, static)) as made:
        yield made


@pytest.mark.parametrize(
    "path", [*PATHS, *PAGES, "/index.html", "/nothing", "/v1/settlements?limit=0"]
)
def test_every_answer_forbids_to_guess_and_to_tell_others(site, path):
    for method in ("get", "head"):
        headers = getattr(site, method)(path, headers=BROWSER).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        page = headers.get("content-type", "").startswith("text/html")
        assert ("content-security-policy" in headers) is page


def test_each_page_has_the_policy_that_it_needs(site):
    said = {
        path: site.get(path, headers=BROWSER).headers["content-security-policy"]
        for path in (*PAGES, "/index.html")
    }
    assert said["/"] == said["/map"] == said["/index.html"] == APP
    assert said["/v1/settlements/zz:01/passport"] == DOCUMENT
    for policy in said.values():
        assert policy.startswith("default-src 'none'; base-uri 'none'; form-action 'n")
        assert "unsafe-eval" not in policy
        scripts = re.search("script-src ([^;]*)", policy)
        assert scripts is None or "unsafe" not in scripts[1]
    # Maps are embedded in pages of other ministries; nothing else is.
    framed = [path for path, policy in said.items() if "frame-ancestors" not in policy]
    assert framed == ["/", "/map", "/index.html"]


def test_no_page_takes_anything_from_another_host(site):
    own = {"'none'", "'self'", "data:", "blob:"}
    for path in (*PAGES, "/index.html"):
        answer = site.get(path, headers=BROWSER)
        rules = answer.headers["content-security-policy"].split("; ")
        taken = {word for rule in rules for word in rule.split()[1:]}
        taken -= {word for word in taken if word.startswith("'sha256-")}
        assert taken <= own | ({"'unsafe-inline'"} if "passport" in path else set())


def test_a_fault_of_the_server_is_guarded_too(tiny_root, monkeypatch):
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("api.routes.standards._counted", broken)
    with TestClient(create_app(tiny_root), raise_server_exceptions=False) as client:
        answer = client.get("/v1/standards")
    assert answer.status_code == 500
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """Return a client on a release with one settlement whose id and names are code."""
    root = tmp_path_factory.mktemp("releases")
    folder = write_release(root)
    for name, declared in TABLES.items():
        path = folder / f"{name}.parquet"
        said = {"zz:04": HOSTILE, "Вёска": NAME}
        rows = [
            {
                key: said.get(value, value) if isinstance(value, str) else value
                for key, value in row.items()
            }
            for row in pq.read_table(path).to_pylist()
        ]
        pq.write_table(pa.Table.from_pylist(rows, declared.schema), path)
    seal(folder, manifest_in(folder))
    with TestClient(create_app(root)) as made:
        yield made


@pytest.mark.parametrize(
    "path",
    [
        "/v1/settlements/{id}",
        "/v1/settlements/{id}/access",
        "/v1/settlements/{id}/explain?standard=zz.transport.trips",
        "/v1/settlements/{id}/passport",
        "/v1/settlements/{id}/passport?format=docx",
        "/collections/zz-settlements/items/{id}",
        "/collections/zz-access/items?settlement_id={id}",
        "/v1/settlements?name={id}",
    ],
)
def test_a_hostile_name_is_answered_and_stays_a_name(hostile, path):
    answer = hostile.get(path.format(id=quote(HOSTILE, safe="")))
    assert answer.status_code == 200, answer.text
    for name, value in answer.headers.items():
        assert HEADER.fullmatch(value), (name, value)
    assert "set-cookie" not in answer.headers
    assert "<script>Ж" not in answer.text or "json" in answer.headers["content-type"]


def test_a_document_of_a_hostile_name_has_a_plain_one_too(hostile):
    answer = hostile.get(f"/v1/settlements/{quote(HOSTILE, safe='')}/passport")
    how, plain, full = answer.headers["content-disposition"].split("; ")
    assert (how, plain) == ("inline", 'filename="paritet.html"')
    assert not re.search(r'[\r\n"<>:/\\]', unquote(full.partition("''")[2]))


def test_links_to_a_hostile_name_lead_to_it(hostile):
    page = hostile.get("/collections/zz-settlements/items?limit=100").json()
    ids = [feature["id"] for feature in page["features"]]
    assert HOSTILE in ids
    address = f"/collections/zz-settlements/items/{quote(HOSTILE, safe='')}"
    links = hostile.get(address).json()["links"]
    assert hostile.get(links[0]["href"]).json()["id"] == HOSTILE


NAMES = [
    "%00",
    "%0D%0ASet-Cookie:%20a=b",
    "%FF%FE",
    "%ED%A0%80",
    "%",
    "%zz",
    "%22",
    "a" * 5000,
    "%D0%96" * 2000,
    "%E2%80%AE",
    "..%2F..%2Fetc",
    "9" * 5000,
]
ADDRESSES = [
    "/{}",
    "/assets/{}",
    "/v1/settlements/{}",
    "/v1/settlements/{}/passport",
    "/v1/areas/{}/report",
    "/v1/standards/{}",
    "/collections/{}",
    "/collections/zz-settlements/items/{}",
    "/collections/zz-settlements/items?raion_id={}",
    "/collections/zz-settlements/items?kind={}",
    "/collections/zz-settlements/items?offset={}",
    "/tiles/{}/2026-11-22.1/areas.pmtiles",
    "/tiles/zz/{}/areas.pmtiles",
    "/tiles/zz/2026-11-22.1/{}.pmtiles",
    "/tiles/zz/2026-11-22.1/areas/5/{}/1.mvt",
    "/v1/settlements?release={}",
    "/v1/settlements?release=zz/{}",
    "/v1/settlements?country={}",
    "/v1/settlements?raion={}",
    "/v1/settlements?{}=1",
    "/v1/settlements?offset={}",
    "/v1/diff?from={}&to=zz",
    "/v1/areas/zz:r1/report?since={}",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_address_is_a_fault_of_the_server(site, address):
    for name in NAMES:
        answer = site.get(address.format(name))
        assert answer.status_code in (400, 404, 422), name
        assert answer.headers["content-type"] == "application/problem+json"
        problem = Problem.model_validate_json(answer.content)
        # What was sent is repeated in part only.
        assert len(answer.content) < 4000, name
        assert re.fullmatch(r"[!-~]*", problem.instance)
        for value in answer.headers.values():
            assert HEADER.fullmatch(value)


@pytest.mark.parametrize("host", ["[::1", 'evil"', "a b", "x/y?z#", "x:999999", ""])
def test_no_host_is_a_fault_of_the_server(site, host):
    for path in ("/v1/settlements?limit=1", "/collections", "/nothing"):
        assert site.get(path, headers={"host": host}).status_code in (200, 404)


def test_digits_of_another_script_name_no_release(tmp_path):
    # For a pattern they are digits; in a header they would be a fault of every answer.
    write_release(tmp_path)
    write_release(tmp_path, "zz", "٢٠٢٦-11-22.1", on="2026-11-22")
    with TestClient(create_app(tmp_path)) as client:
        assert client.get("/v1/settlements?release=zz/٢٠٢٦-11-22.1").status_code == 422
        answer = client.get("/v1/theme")
        assert answer.status_code == 503
        assert "zz/latest: names no release: " in answer.json()["detail"]
        assert "paritet-release" not in answer.headers
