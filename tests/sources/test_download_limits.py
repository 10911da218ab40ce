"""Downloads have an end: of time, of size, of places they may be sent to."""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from types import SimpleNamespace

import httpx2
import pytest

from geo.errors import FetchError
from geo.sources.download import Patience
from geo.sources.response import _retry_after
from tests.sources.roads import BODY, PATH, SHA, get, left_in


@pytest.fixture
def two_names(site, roads):
    """The site under a second name of this machine, which redirects to the first."""
    return replace(
        roads, publisher_url=site.url.replace("127.0.0.1", "localhost") + "/old"
    )


def test_another_host_is_followed_to_only_where_it_is_named(site, two_names, cache):
    there = {"Location": site.url + PATH}
    site.misbehave("/old", *[lambda answer: answer.say(302, there)] * 3)
    with pytest.raises(FetchError) as caught:
        get(two_names, cache)
    said = str(caught.value)
    assert f"redirected from http to '{site.url + PATH}', which is not followed" in said
    host = site.url.removeprefix("http://")
    assert f"If the file lies on {host}, give that address itself, or name" in said
    assert [path for path, _ in site.asked] == ["/old"]
    other = replace(two_names, redirect_hosts="127.0.0.1 example.org")  # another port
    with pytest.raises(FetchError, match="which is not followed"):
        get(other, cache)
    named = replace(two_names, redirect_hosts=f"example.org {host}")
    assert get(named, cache).path.read_bytes() == BODY


def test_a_mirror_may_not_send_on_to_the_hosts_of_the_publisher(site, roads, cache):
    there = {"Location": "http://files.example.org/roads.bin"}
    site.misbehave(PATH, lambda answer: answer.say(302, there))
    named = replace(roads, redirect_hosts="files.example.org")
    with pytest.raises(FetchError, match="which is not followed"):
        get(named, cache, mirror=site.url)


@pytest.mark.parametrize("where", ["/x?token={}", "/{}/x"])
def test_a_token_is_not_carried_to_a_host_that_is_named(
    site, two_names, cache, monkeypatch, where
):
    monkeypatch.setenv("PARITET_TEST_TOKEN", "se cret")
    there = {"Location": site.url + where.format("se%20cret")}
    site.misbehave("/old?t=se%20cret", lambda answer: answer.say(302, there))
    source = replace(
        two_names,
        publisher_url=two_names.publisher_url + "?t={token}",
        token_env="PARITET_TEST_TOKEN",  # noqa: S106 - a name
        redirect_hosts=site.url.removeprefix("http://"),
    )
    with pytest.raises(
        FetchError, match="would hand the token to another host"
    ) as told:
        get(source, cache)
    assert "cret" not in str(told.value)
    assert len(site.asked) == 1


def test_from_the_internet_no_redirect_leads_inside(
    site, two_names, cache, monkeypatch
):
    """The first address is taken for a public one; the second is this machine."""
    answers = iter([True, False])
    monkeypatch.setattr("geo.sources.watch.is_public", lambda _: next(answers))
    there = {"Location": site.url + PATH}
    site.misbehave("/old", lambda answer: answer.say(302, there))
    named = replace(two_names, redirect_hosts=site.url.removeprefix("http://"))
    with pytest.raises(FetchError) as caught:
        get(named, cache)
    assert "redirected from the Internet to 127.0.0.1, an address inside a" in str(
        caught.value
    )
    assert [path for path, _ in site.asked] == ["/old"]


def dripping(site, *, headers):
    """Answer with a byte every tenth of a second, without end."""

    def drip(answer):
        start = (
            b"HTTP/1.1 200 OK\r\nX: "
            if headers
            else (b"HTTP/1.1 200 OK\r\nContent-Length: 307200\r\n\r\n")
        )
        answer.close_connection = True
        with suppress(OSError):
            answer.wfile.write(start)
            while not site.released.wait(0.1):
                answer.wfile.write(b"x")
                answer.wfile.flush()

    return drip


@pytest.mark.parametrize("headers", [True, False])
def test_a_server_that_drips_is_left(site, roads, cache, headers):
    site.misbehave(PATH, *[dripping(site, headers=headers)] * 2)
    slow = Patience(attempts=2, pause_s=0, slow_s=0.5, slow_bytes=1_000)
    with pytest.raises(FetchError) as caught:
        get(roads, cache, patience=slow)
    said = str(caught.value)
    assert "the download broke off 2 times, at last because only " in said
    assert " bytes came in 0.5 seconds, 1000 must; " in said


def test_a_server_that_drips_after_a_good_start_is_left(site, roads, cache):
    def flagging(answer):
        answer.send_response(200)
        answer.send_header("Content-Length", str(len(BODY)))
        answer.end_headers()
        answer.wfile.write(BODY[:100_000])
        answer.close_connection = True
        with suppress(OSError):
            while not site.released.wait(0.1):
                answer.wfile.write(b"x")
                answer.wfile.flush()

    site.misbehave(PATH, flagging)
    slow = Patience(attempts=1, slow_s=0.5, slow_bytes=1_000, total_s=5)
    with pytest.raises(FetchError, match=r"because only \d+ bytes came in 0\.5 sec"):
        get(roads, cache, patience=slow)


@pytest.mark.parametrize("headers", [True, False])
def test_a_file_has_a_deadline_over_all_tries(site, roads, cache, headers):
    site.misbehave(PATH, *[dripping(site, headers=headers)] * 9)
    short = Patience(attempts=9, pause_s=0, total_s=0.6, slow_bytes=0)
    with pytest.raises(FetchError) as caught:
        get(roads, cache, patience=short)
    assert "broke off once, at last because the 0.6 seconds for a file are over; " in (
        str(caught.value)
    )
    assert len(site.asked) == 1


def test_a_slow_server_that_sends_enough_is_waited_for(site, roads, cache):
    def steady(answer):
        answer.send_response(200)
        answer.send_header("Content-Length", str(len(BODY)))
        answer.end_headers()
        for first in range(0, len(BODY), 51_200):
            answer.wfile.write(BODY[first : first + 51_200])
            answer.wfile.flush()
            site.released.wait(0.15)

    site.misbehave(PATH, steady)
    slow = Patience(attempts=1, slow_s=0.4, slow_bytes=50_000)
    assert get(roads, cache, patience=slow).sha256 == SHA


def test_a_file_that_is_announced_too_large_is_not_begun(
    site, roads, cache, monkeypatch
):
    monkeypatch.setattr("geo.sources.download.MAX_BYTES", len(BODY))
    assert get(roads, cache).sha256 == SHA
    site.files["/more.bin"] = BODY + b"x"
    more = replace(roads, id="more", publisher_url=site.url + "/more.bin", sha256="")
    with pytest.raises(FetchError) as caught:
        get(more, cache)
    assert "the file has 307,201 bytes or more, 307,200 at most are taken" in str(
        caught.value
    )
    assert left_in(cache) == {"roads.bin"}


def chunked(answer, length=None):
    """Send the body and then as much again, without saying so."""
    answer.send_response(200)
    answer.send_header("Transfer-Encoding", "chunked")
    if length is not None:
        answer.send_header("Content-Length", str(length))
    answer.end_headers()
    with suppress(OSError):
        for _ in range(2 * len(BODY) // 1024):
            answer.wfile.write(b"400\r\n" + b"x" * 1024 + b"\r\n")
        answer.wfile.write(b"0\r\n\r\n")
    answer.close_connection = True


def test_a_body_without_a_length_is_taken_up_to_the_cap(
    site, roads, cache, monkeypatch
):
    monkeypatch.setattr("geo.sources.download.MAX_BYTES", len(BODY))
    site.misbehave(PATH, chunked)
    with pytest.raises(FetchError, match="307,200 at most are taken"):
        get(replace(roads, sha256=""), cache)
    assert left_in(cache) == set()


def test_a_body_without_an_end_is_left_at_the_cap(site, roads, cache, monkeypatch):
    def endless(answer):
        answer.send_response(200)
        answer.send_header("Transfer-Encoding", "chunked")
        answer.end_headers()
        answer.close_connection = True
        with suppress(OSError):
            while not site.released.is_set():
                answer.wfile.write(b"400\r\n" + b"x" * 1024 + b"\r\n")

    monkeypatch.setattr("geo.sources.download.MAX_BYTES", 10_000)
    site.misbehave(PATH, endless)
    with pytest.raises(FetchError, match="10,000 at most are taken"):
        get(replace(roads, sha256=""), cache, patience=Patience(total_s=5))


def test_a_length_that_lies_is_noticed_at_its_end(site, roads, cache):
    site.misbehave(PATH, *[lambda answer: chunked(answer, 1_000)] * 3)
    with pytest.raises(FetchError, match="more than the 1000 bytes that it announced"):
        get(replace(roads, sha256=""), cache)
    assert left_in(cache) == set()


@pytest.mark.parametrize(
    ("told", "pause"),
    [
        ("7", 7),
        ("0", 1),
        ("soon", 1),
        ("", 1),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 1),
        ("Wed, 21 Oct 2015 07:28:00 -0000", 1),
    ],
)
def test_waits_as_long_as_the_server_asks(site, roads, cache, monkeypatch, told, pause):
    pauses = []
    monkeypatch.setattr(
        "geo.sources.download.time", SimpleNamespace(sleep=pauses.append)
    )
    site.misbehave(PATH, lambda answer: answer.say(429, {"Retry-After": told}))
    assert get(roads, cache, patience=Patience(pause_s=1)).sha256 == SHA
    assert pauses == [pause]


def test_a_date_to_come_back_is_understood():
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=3600), usegmt=True)
    wait = _retry_after(httpx2.Response(503, headers={"Retry-After": later}))
    assert 3590 < wait <= 3600


@pytest.mark.parametrize(("wait_s", "total_s"), [(299, 9_999), (9_999, 299)])
def test_a_wait_that_is_too_long_is_said_and_not_waited(
    site, roads, cache, monkeypatch, wait_s, total_s
):
    monkeypatch.setattr("geo.sources.download.time", SimpleNamespace())
    site.misbehave(PATH, lambda answer: answer.say(503, {"Retry-After": "300"}))
    with pytest.raises(FetchError) as caught:
        get(roads, cache, patience=Patience(wait_s=wait_s, total_s=total_s))
    assert "(HTTP 503), and the next try could only be in 300 seconds; " in str(
        caught.value
    )
