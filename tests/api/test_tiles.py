import gzip

import pytest
from pmtiles.reader import MemorySource, Reader

from api.archive import Archive
from tests.api.tiny import TILE, TILE_BYTES, write_archive

BASE = "/tiles/zz/2026-11-22.1"
ARCHIVE = f"{BASE}/settlements.pmtiles"
IMMUTABLE = "public, max-age=31536000, immutable"


@pytest.fixture
def whole(tiny_root) -> bytes:
    path = tiny_root / "zz" / "2026-11-22.1" / "tiles" / "settlements.pmtiles"
    return path.read_bytes()


def test_whole_archive(client, whole):
    answer = client.get(ARCHIVE)
    assert answer.status_code == 200
    assert answer.content == whole
    assert answer.headers["content-type"] == "application/vnd.pmtiles"
    assert answer.headers["accept-ranges"] == "bytes"
    assert answer.headers["cache-control"] == IMMUTABLE
    # Compressed on the way, the offsets of a later range would point elsewhere.
    assert "content-encoding" not in answer.headers


@pytest.mark.parametrize(
    ("asked", "first", "end"),
    [("bytes=0-126", 0, 127), ("bytes=100-", 100, None), ("bytes=-10", -10, None)],
)
def test_range(client, whole, asked, first, end):
    answer = client.get(ARCHIVE, headers={"range": asked})
    expected = whole[first:end]
    size = len(whole)
    start = first % size
    assert answer.status_code == 206
    assert answer.content == expected
    assert answer.headers["content-length"] == str(len(expected))
    assert answer.headers["content-range"] == (
        f"bytes {start}-{start + len(expected) - 1}/{size}"
    )
    assert answer.headers["cache-control"] == IMMUTABLE
    assert answer.headers["paritet-release"] == "zz/2026-11-22.1"


def test_range_holds_only_for_the_same_archive(client, whole):
    tag = client.head(ARCHIVE).headers["etag"]
    same = {"range": "bytes=0-9", "if-range": tag}
    assert client.get(ARCHIVE, headers=same).status_code == 206
    other = {"range": "bytes=0-9", "if-range": '"another"'}
    answer = client.get(ARCHIVE, headers=other)
    assert (answer.status_code, answer.content) == (200, whole)


def test_validator_is_the_checksum(client):
    tag = client.head(ARCHIVE).headers["etag"]
    answer = client.get(ARCHIVE, headers={"if-none-match": tag})
    assert (answer.status_code, answer.content) == (304, b"")


def test_range_after_the_end_is_a_problem(client, whole):
    answer = client.get(ARCHIVE, headers={"range": f"bytes={len(whole)}-"})
    assert answer.status_code == 416
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["content-range"] == f"bytes */{len(whole)}"
    assert answer.json()["status"] == 416


def test_nonsense_range_is_a_problem(client):
    answer = client.get(ARCHIVE, headers={"range": "lines=1-2"})
    assert answer.status_code == 400
    assert answer.json()["detail"] == "Only support bytes range"


def test_archive_is_readable_as_served(client):
    reader = Reader(MemorySource(client.get(ARCHIVE).content))
    assert gzip.decompress(reader.get(*TILE)) == TILE_BYTES


@pytest.mark.parametrize("coding", ["gzip", "identity"])
def test_tile(client, coding):
    z, x, y = TILE
    answer = client.get(
        f"{BASE}/settlements/{z}/{x}/{y}.mvt", headers={"accept-encoding": coding}
    )
    assert answer.status_code == 200
    assert answer.content == TILE_BYTES
    assert answer.headers["content-type"] == "application/vnd.mapbox-vector-tile"
    assert answer.headers.get("content-encoding", "identity") == coding
    assert answer.headers["cache-control"] == IMMUTABLE


def test_empty_tile(client):
    answer = client.get(f"{BASE}/settlements/5/0/0.mvt")
    assert (answer.status_code, answer.content) == (204, b"")


def test_archive_without_a_tile(tmp_path):
    write_archive(tmp_path / "x.pmtiles", {(0, 0, 0): b""})
    assert gzip.decompress(Archive(tmp_path / "x.pmtiles").tile(0, 0, 0)) == b""
    assert Archive(tmp_path / "x.pmtiles").tile(1, 0, 0) is None


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        (f"{BASE}/roads.pmtiles", 404, "no tile layer 'roads' in zz/2026-11-22.1. It"),
        (f"{BASE}/../../latest.pmtiles", 404, "There is no page"),
        (f"{BASE}/..%2F..%2Flatest.pmtiles", 404, "There is no page"),
        ("/tiles/zz/2020-01-01.1/areas.pmtiles", 404, "no release 'zz/2020-01-01.1'"),
        ("/tiles/by/2026-11-22.1/areas.pmtiles", 404, "no release 'by/2026-11-22.1'"),
        (f"{BASE}/areas/1/2/0.mvt", 404, "no tile 2/0 at zoom 1. x and y end at 1."),
        (f"{BASE}/areas/31/0/0.mvt", 422, "'z' is '31'. It must be at most 30."),
        (f"{BASE}/areas/a/0/0.mvt", 422, "'z' is 'a'. It must be a whole number."),
    ],
)
def test_unknown_tiles(client, path, status, words):
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert words in answer.json()["detail"]
