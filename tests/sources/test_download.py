"""Downloads from a server that misbehaves in every way that servers do."""

import hashlib
import logging
from dataclasses import replace
from types import SimpleNamespace

import httpx2
import pytest

from geo.errors import FetchError, HashMismatchError
from geo.sources.download import Patience
from geo.sources.response import MissingSourceError
from tests.sources.roads import BODY, PATH, SHA, get, left_in, source_at


def test_downloads_from_the_publisher_and_then_from_the_cache(site, roads, cache):
    seen = []
    got = get(
        roads, cache, progress=lambda s, done, total: seen.append((s.id, done, total))
    )
    assert got.path == cache / "sources" / "roads" / "1" / "roads.bin"
    assert got.path.read_bytes() == BODY
    assert (got.sha256, got.origin) == (SHA, site.url + PATH)
    assert seen[0] == ("roads", 0, 307200)
    assert seen[-1] == ("roads", 307200, 307200)
    assert get(roads, cache).sha256 == SHA
    assert len(site.asked) == 1


def test_takes_the_file_from_an_http_mirror_under_its_mirror_path(site, roads, cache):
    closed = replace(roads, publisher_url="http://publisher.invalid/roads.bin")
    got = get(closed, cache, mirror=site.url + "/")
    assert got.origin == site.url + PATH
    assert [path for path, _ in site.asked] == [PATH]


def test_resumes_where_the_connection_broke(site, roads, cache):
    site.misbehave(PATH, lambda answer: answer.serve(cut=100_000))
    assert get(roads, cache).path.read_bytes() == BODY
    assert site.ranges(PATH) == [None, "bytes=100000-"]
    assert site.asked[1][1]["if-range"].startswith('"')


def test_resumes_in_a_later_run(site, roads, cache):
    site.misbehave(PATH, *[lambda answer: answer.serve(cut=50_000)] * 3)
    with pytest.raises(FetchError, match="it goes on from there") as caught:
        get(roads, cache)
    assert "broke off 3 times" in str(caught.value)
    assert "150000 of 307200 bytes are here" in str(caught.value)
    assert left_in(cache) == {"roads.bin.part"}
    assert get(roads, cache).path.read_bytes() == BODY
    assert site.ranges(PATH)[-1] == "bytes=150000-"
    assert left_in(cache) == {"roads.bin"}


def test_starts_over_where_the_server_ignores_ranges(site, roads, cache):
    site.misbehave(
        PATH,
        lambda answer: answer.serve(cut=100_000),
        lambda answer: answer.serve(ranges=False),
    )
    assert get(roads, cache).path.read_bytes() == BODY
    assert site.ranges(PATH) == [None, "bytes=100000-"]


def test_starts_over_where_the_file_changed_meanwhile(site, roads, cache):
    newer = BODY[::-1]

    def cut_then_change(answer):
        answer.serve(cut=100_000)
        site.files[PATH] = newer

    site.misbehave(PATH, cut_then_change)
    got = get(replace(roads, sha256=""), cache)
    assert got.path.read_bytes() == newer


def test_starts_over_where_the_server_continues_at_another_place(site, roads, cache):
    def shifted(answer):
        answer.send_response(206)
        answer.send_header("ETag", answer.etag)
        answer.send_header("Content-Range", "bytes 7-307199/307200")
        answer.send_header("Content-Length", str(len(BODY) - 7))
        answer.end_headers()
        answer.wfile.write(BODY[7:])

    site.misbehave(PATH, lambda answer: answer.serve(cut=100_000), shifted)
    assert get(replace(roads, sha256=""), cache).path.read_bytes() == BODY
    assert site.ranges(PATH) == [None, "bytes=100000-", None]


def test_starts_over_where_the_server_continues_another_file(site, roads, cache):
    def other(answer):
        answer.send_response(206)
        answer.send_header("ETag", '"other"')
        answer.send_header("Content-Range", "bytes 100000-307199/307200")
        answer.send_header("Content-Length", "207200")
        answer.end_headers()
        answer.wfile.write(b"x" * 207_200)

    site.misbehave(PATH, lambda answer: answer.serve(cut=100_000), other)
    assert get(replace(roads, sha256=""), cache).path.read_bytes() == BODY
    assert site.ranges(PATH) == [None, "bytes=100000-", None]


def test_goes_on_where_the_server_hands_out_pieces(site, roads, cache):
    def piece(answer):
        answer.send_response(206)
        answer.send_header("ETag", answer.etag)
        answer.send_header("Content-Range", "bytes 100000-199999/307200")
        answer.send_header("Content-Length", "100000")
        answer.end_headers()
        answer.wfile.write(BODY[100_000:200_000])

    site.misbehave(PATH, lambda answer: answer.serve(cut=100_000), piece)
    assert get(replace(roads, sha256=""), cache).path.read_bytes() == BODY
    assert site.ranges(PATH) == [None, "bytes=100000-", "bytes=200000-"]


def test_wrong_bytes_are_removed_and_both_hashes_quoted(site, roads, cache):
    site.files[PATH] = b"x" + BODY[1:]
    wrong = hashlib.sha256(site.files[PATH]).hexdigest()
    with pytest.raises(HashMismatchError) as caught:
        get(roads, cache)
    assert wrong in str(caught.value)
    assert SHA in str(caught.value)
    assert left_in(cache) == set()


def test_a_missing_file_names_its_address(site, cache):
    with pytest.raises(MissingSourceError) as caught:
        get(source_at(site.url + "/nowhere.bin"), cache)
    assert str(caught.value) == (
        f"{site.url}/nowhere.bin: the server has no such file (HTTP 404). Put the file "
        "there, or mend the address or path in sources.csv."
    )
    assert len(site.asked) == 1


def test_a_refusal_is_not_tried_again(site, roads, cache):
    site.misbehave(PATH, lambda answer: answer.say(403))
    with pytest.raises(
        FetchError, match=r"refuses \(HTTP 403 Forbidden\). Check the token"
    ):
        get(roads, cache)
    assert len(site.asked) == 1


def test_a_busy_server_is_asked_again(site, roads, cache):
    site.misbehave(PATH, *[lambda answer: answer.say(503)] * 2)
    assert get(roads, cache).sha256 == SHA
    assert len(site.asked) == 3


def test_follows_a_redirect(site, roads, cache):
    site.misbehave("/old", lambda answer: answer.say(302, {"Location": PATH}))
    got = get(replace(roads, publisher_url=site.url + "/old"), cache)
    assert got.path.read_bytes() == BODY
    assert [path for path, _ in site.asked] == ["/old", PATH]


def test_gives_up_on_a_circle_of_redirects(site, roads, cache):
    site.misbehave(PATH, *[lambda answer: answer.say(301, {"Location": PATH})] * 11)
    with pytest.raises(FetchError, match="more than 10 redirects"):
        get(roads, cache)


def test_refuses_a_redirect_from_https_to_http(monkeypatch, cache):
    def answer(_request):
        return httpx2.Response(302, headers={"Location": "http://example.org/x"})

    monkeypatch.setattr(
        "geo.sources.download._client",
        lambda _: httpx2.Client(transport=httpx2.MockTransport(answer)),
    )
    with pytest.raises(FetchError) as caught:
        get(source_at("https://example.org/x"), cache)
    assert "redirected from https to 'http://example.org/x', which is not followed" in (
        str(caught.value)
    )


def test_a_silent_server_is_left_after_the_stated_seconds(site, roads, cache):
    def stall(answer):
        answer.send_response(200)
        answer.send_header("Content-Length", str(len(BODY)))
        answer.end_headers()
        answer.wfile.flush()
        site.released.wait(20)

    site.misbehave(PATH, stall, stall)
    slow = Patience(read_s=0.2, attempts=2, pause_s=0)
    with pytest.raises(FetchError) as caught:
        get(roads, cache, patience=slow)
    assert "the server sent nothing for 0.2 seconds; 0 of 307200 bytes" in str(
        caught.value
    )


def test_waits_longer_before_each_try(site, roads, cache, monkeypatch):
    pauses = []
    monkeypatch.setattr(
        "geo.sources.download.time", SimpleNamespace(sleep=pauses.append)
    )
    site.misbehave(PATH, *[lambda answer: answer.say(503)] * 4)
    with pytest.raises(FetchError, match="HTTP 503"):
        get(roads, cache, patience=Patience(attempts=4, pause_s=1))
    assert pauses == [1, 2, 4]


def test_no_server_at_all(cache):
    with pytest.raises(FetchError, match="the server cannot be reached") as caught:
        get(source_at("http://127.0.0.1:1/roads.bin"), cache)
    assert "--mirror" in str(caught.value)


@pytest.mark.parametrize("url", ["http://[::1/roads.bin", "http://a:port/roads.bin"])
def test_an_address_that_is_none(cache, url):
    with pytest.raises(FetchError, match="not a valid address"):
        get(source_at(url), cache)


def test_starts_over_where_the_rest_is_gone(site, roads, cache):
    site.misbehave(
        PATH, lambda answer: answer.serve(cut=100_000), lambda answer: answer.say(416)
    )
    assert get(roads, cache).path.read_bytes() == BODY
    assert site.ranges(PATH) == [None, "bytes=100000-", None]


def test_a_password_in_the_mirror_address_is_not_shown(site, roads, cache):
    mirror = site.url.replace("//", "//clerk:pass@") + "/void"
    with pytest.raises(MissingSourceError) as caught:
        get(roads, cache, mirror=mirror)
    assert site.asked[0][1]["authorization"] == "Basic Y2xlcms6cGFzcw=="
    assert "pass@" not in str(caught.value)
    assert str(caught.value).startswith(f"{site.url}/void/files/roads.bin: ")


def test_a_body_without_an_end_counts_only_with_a_hash(site, roads, cache):
    def endless(answer):
        answer.send_response(200)
        answer.send_header("Connection", "close")
        answer.end_headers()
        answer.wfile.write(BODY)
        answer.close_connection = True

    site.misbehave(PATH, endless, endless)
    with pytest.raises(FetchError, match="does not tell the length"):
        get(replace(roads, sha256=""), cache)
    assert get(roads, cache).path.read_bytes() == BODY


def test_a_truncated_chunked_body_is_noticed(site, roads, cache):
    def torn(answer):
        answer.send_response(200)
        answer.send_header("Transfer-Encoding", "chunked")
        answer.end_headers()
        answer.wfile.write(b"10\r\n" + BODY[:16] + b"\r\n")
        answer.close_connection = True

    site.misbehave(PATH, torn)
    assert get(replace(roads, sha256=""), cache).path.read_bytes() == BODY
    assert site.ranges(PATH) == [None, None]


def test_a_server_that_compresses_unasked_is_refused(site, roads, cache):
    def squeeze(answer):
        answer.say(200, {"Content-Encoding": "gzip"})

    site.misbehave(PATH, squeeze)
    with pytest.raises(FetchError, match=r"compresses on the way \('gzip'\)"):
        get(roads, cache)


def test_the_token_reaches_the_server_and_no_message(site, cache, monkeypatch, caplog):
    caplog.set_level(logging.DEBUG, logger="httpx2")
    source = source_at(
        site.url + "/cells?token={token}&file=257.csv.gz",
        mirror="cells/257.csv.gz",
        sha256="",
        token_env="PARITET_TEST_TOKEN",  # noqa: S106 - a name
    )
    with pytest.raises(MissingSourceError, match="PARITET_TEST_TOKEN is not set"):
        get(source, cache)
    monkeypatch.setenv("PARITET_TEST_TOKEN", "se cret/1")
    asked = "/cells?token=se%20cret%2F1&file=257.csv.gz"
    site.files[asked] = b'{"status":"error","message":"INVALID_TOKEN"}'
    with pytest.raises(FetchError) as caught:
        get(source, cache)
    assert [path for path, _ in site.asked] == [asked]
    assert 'is no .gz file; it begins with \'{"status":"error"' in str(caught.value)
    assert left_in(cache) == set()
    site.files[asked] = b"\x1f\x8b rest"
    assert "{token}" in get(source, cache).origin
    kept = "".join(p.read_text() for p in cache.rglob("*.json"))
    for text in (str(caught.value), caplog.text, kept):
        assert "se cret" not in text
        assert "se%20cret" not in text
