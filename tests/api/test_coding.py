"""Accept-Encoding: what the client asks for is what it gets."""

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.coding import accepts_gzip
from tests.api.tiny import TILE_BYTES

TILE = "/tiles/zz/2026-11-22.1/settlements/5/18/10.mvt"
LONG, SHORT = "/v1/settlements", "/conformance"
GZIP = [
    "gzip",
    "GZIP",
    "x-gzip",
    "gzip;q=0.001",
    "gzip ; Q=1.000",
    "br, gzip",
    "*",
    "*;q=0.5",
    "deflate;q=0, *",
    "gzip, deflate, br, zstd",
    "gzip;q=1.0, identity; q=0.5, *;q=0",
    "identity;q=0, gzip",
    "identity;q=0.5, gzip;q=0.5",
]
PLAIN = [
    "",
    "identity",
    "gzip;q=0",
    "gzip;q=0.0",
    "gzip;q=0.000",
    "gzip; q=0, *",
    "br",
    "br, deflate",
    "*;q=0",
    "*;q=0, br",
    "identity, gzip;q=0.9",
    # Nothing that there is: data are worth more than a refusal.
    "identity;q=0",
    "identity;q=0, *;q=0",
    # No weight at all: plain is always right.
    "gzip;q=",
    "gzip;q=-1",
    "gzip;q=2",
    "gzip;q=1.5",
    "gzip;q=1.001",
    "gzip;q=0.0001",
    "gzip;q=nan",
    "gzip;q=1e0",
    "gzipped",
]


@pytest.mark.parametrize("header", GZIP + PLAIN)
def test_tiles_and_tables_leave_as_asked(client, header):
    for path in (TILE, LONG):
        answer = client.get(path, headers={"accept-encoding": header})
        packed = answer.headers.get("content-encoding") == "gzip"
        assert packed is (header in GZIP), path
        assert answer.headers["vary"].lower().count("accept-encoding") == 1
        if path == TILE:
            assert answer.content == TILE_BYTES


def test_a_client_that_says_nothing_gets_what_it_can_read(client):
    asked = client.build_request("GET", TILE)
    del asked.headers["accept-encoding"]
    answer = client.send(asked)
    assert "content-encoding" not in answer.headers
    assert answer.content == TILE_BYTES


def test_the_tile_that_is_sent_packed_is_the_stored_one(client):
    with client.stream("GET", TILE, headers={"accept-encoding": "gzip"}) as answer:
        raw = b"".join(answer.iter_raw())
    assert gzip.decompress(raw) == TILE_BYTES


def test_several_headers_are_one_list(client):
    sent = [("accept-encoding", "br"), ("accept-encoding", "gzip;q=0")]
    assert "content-encoding" not in client.get(LONG, headers=sent).headers
    sent = [("accept-encoding", "br"), ("accept-encoding", "gzip")]
    assert client.get(LONG, headers=sent).headers["content-encoding"] == "gzip"


@pytest.mark.parametrize("path", [LONG, SHORT, TILE, "/nothing", "/docs", "/health"])
def test_every_answer_says_that_it_may_vary(client, path):
    for header in ("gzip", "identity"):
        answer = client.get(path, headers={"accept-encoding": header})
        assert "Accept-Encoding" in answer.headers["vary"]
    tag = client.get(LONG).headers["etag"]
    again = client.get(LONG, headers={"if-none-match": tag})
    assert again.status_code == 304
    assert "Accept-Encoding" in again.headers["vary"]


@given(st.text())
def test_no_header_is_a_fault(header):
    assert accepts_gzip(header) in (True, False)


@given(st.floats(0, 1))
def test_gzip_goes_out_for_every_weight_but_nothing(weight):
    said = f"{weight:.3f}"
    assert accepts_gzip(f"gzip;q={said}") is (said != "0.000")
