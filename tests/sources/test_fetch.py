"""Fetching from a mirror folder, and all sources of a country."""

import hashlib
import os
from dataclasses import replace

import pytest

from geo.errors import DeclarationError, FetchError, HashMismatchError
from geo.settings import DECLARATIONS
from geo.sources import verify
from geo.sources.country import Country, Feed
from geo.sources.fetch import fetch, fetch_country
from geo.sources.registry import Registry, read_sources
from geo.sources.response import MissingSourceError
from geo.sources.verify import check_signature
from tests.sources.roads import BODY, PATH, SHA, source_at

CSV = b"id,name\n1,\xd0\x92\xd1\x91\xd1\x81\xd0\xba\xd0\xb0\n"


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "mirror"
    (place / "files").mkdir(parents=True)
    (place / "files" / "roads.bin").write_bytes(BODY)
    return place


@pytest.fixture
def source():
    return source_at("https://publisher.invalid/roads.bin")


def test_a_mirror_folder_is_used_in_place(folder, source, cache):
    got = fetch(source, mirror=folder, cache=cache)
    assert got.path == folder / "files" / "roads.bin"
    assert (got.sha256, got.origin) == (SHA, str(got.path))
    assert (got.source, got.warnings) == (source, ())
    assert not (cache / "sources").exists()


def test_a_mirror_folder_may_be_given_as_text(folder, source, cache):
    assert fetch(source, mirror=str(folder), cache=cache).sha256 == SHA


def test_the_hash_of_an_unchanged_file_is_remembered(
    folder, source, cache, monkeypatch
):
    hashed = []
    real = verify.file_sha256
    monkeypatch.setattr(
        verify, "file_sha256", lambda path: (hashed.append(path.name), real(path))[1]
    )
    for _ in range(3):
        fetch(source, mirror=folder, cache=cache)
    assert hashed == ["roads.bin"]
    path = folder / "files" / "roads.bin"
    kept = path.stat()
    path.write_bytes(b"x" + BODY[1:])
    os.utime(path, ns=(kept.st_atime_ns, kept.st_mtime_ns))
    with pytest.raises(HashMismatchError):
        fetch(source, mirror=folder, cache=cache)
    assert hashed == ["roads.bin", "roads.bin"]


def test_wrong_bytes_in_a_mirror_are_named_and_left(folder, source, cache):
    path = folder / "files" / "roads.bin"
    path.write_bytes(b"other")
    with pytest.raises(HashMismatchError) as caught:
        fetch(source, mirror=folder, cache=cache)
    assert str(caught.value) == (
        f"{path}: wrong bytes for source 'roads', version '1': SHA-256 is "
        f"{hashlib.sha256(b'other').hexdigest()}, sources.csv promises {SHA}. Copy the "
        "file to the mirror anew; if it is a newer vintage, add a row with its own "
        "version and hash to sources.csv."
    )
    assert path.read_bytes() == b"other"


def test_a_cache_that_cannot_be_written_costs_only_time(folder, source, tmp_path):
    (tmp_path / "file").write_text("x")
    assert fetch(source, mirror=folder, cache=tmp_path / "file").sha256 == SHA


def test_a_file_that_a_mirror_lacks_is_named(folder, source, cache):
    (folder / "files" / "roads.bin").unlink()
    with pytest.raises(MissingSourceError) as caught:
        fetch(source, mirror=folder, cache=cache)
    assert str(caught.value) == (
        f"{folder}: the mirror has no file 'files/roads.bin' for source 'roads'. Copy "
        "the file there from https://publisher.invalid/roads.bin, or leave out "
        "--mirror."
    )


def test_links_are_followed_inside_the_mirror_only(folder, source, cache, tmp_path):
    path = folder / "files" / "roads.bin"
    kept = folder / "store.bin"
    path.rename(kept)
    path.symlink_to(kept)
    assert fetch(source, mirror=folder, cache=cache).sha256 == SHA
    other = tmp_path / "link"
    other.symlink_to(folder)  # the mirror itself may be one
    assert fetch(source, mirror=other, cache=cache).sha256 == SHA
    secret = tmp_path / "secret.bin"
    kept.rename(secret)
    kept.symlink_to(secret)
    with pytest.raises(FetchError) as caught:
        fetch(source, mirror=folder, cache=cache)
    assert str(caught.value) == (
        f"{folder}: 'files/roads.bin' is a link out of the mirror, to {str(secret)!r}. "
        "Copy the file into the mirror; links are followed inside it only."
    )


def test_a_folder_of_a_mirror_that_leads_out(folder, source, cache, tmp_path):
    (folder / "files").rename(tmp_path / "away")
    (folder / "files").symlink_to(tmp_path / "away")
    with pytest.raises(FetchError, match="is a link out of the mirror"):
        fetch(source, mirror=folder, cache=cache)


def test_links_in_a_circle_are_no_file(folder, source, cache):
    path = folder / "files" / "roads.bin"
    path.unlink()
    path.symlink_to(path)
    with pytest.raises(FetchError, match=r"roads\.bin"):
        fetch(source, mirror=folder, cache=cache)


def test_a_pipe_in_a_mirror_is_refused_and_never_opened(folder, source, cache):
    path = folder / "files" / "roads.bin"
    path.unlink()
    os.mkfifo(path)
    country = Country.model_construct(
        feeds=(Feed(source="roads", reader="gtfs", optional=True),)
    )
    with pytest.raises(FetchError) as caught:
        fetch_country(country, Registry([source]), mirror=folder, cache=cache)
    assert "'files/roads.bin' is a pipe, device or socket, not a file" in str(
        caught.value
    )


def test_a_folder_in_place_of_a_file(folder, source, cache):
    path = folder / "files" / "roads.bin"
    path.unlink()
    path.mkdir()
    with pytest.raises(FetchError, match="is a folder, not a file"):
        fetch(source, mirror=folder, cache=cache)


def test_a_mirror_that_is_no_folder_is_named(source, cache, tmp_path):
    with pytest.raises(FetchError, match="nowhere: the mirror folder does not exist"):
        fetch(source, mirror=tmp_path / "nowhere", cache=cache)


def test_what_no_publisher_serves_needs_a_mirror(source, cache):
    with pytest.raises(MissingSourceError) as caught:
        fetch(replace(source, publisher_url=""), mirror=None, cache=cache)
    assert str(caught.value) == (
        "sources.csv: no publisher serves the file of source 'roads'. Give a mirror "
        "that holds 'files/roads.bin' with --mirror. The dataset is described at "
        "https://example.org/roads."
    )


def test_a_set_of_tiles_is_fetched_tile_by_tile(site, source, cache):
    site.files["/dem/N53_00_E027.tif"] = b"II*\x00 heights"
    tiles = replace(
        source, sha256="", mirror="dem/{tile}.tif", publisher_url=site.url + "/{tile}"
    )
    with pytest.raises(FetchError, match="is a set of tiles, not one file"):
        fetch(tiles, mirror=site.url, cache=cache)
    got = fetch(tiles.tile("N53_00_E027"), mirror=site.url, cache=cache)
    assert got.path.read_bytes() == b"II*\x00 heights"


def test_a_non_commercial_licence_is_said(folder, source, cache):
    limited = replace(source, spdx="CC-BY-NC-SA-4.0")
    assert fetch(limited, mirror=folder, cache=cache).warnings == (
        (
            "Roads (roads) is under CC-BY-NC-SA-4.0: non-commercial use only; a "
            "public release leaves it out."
        ),
    )


@pytest.mark.parametrize(
    ("name", "good"),
    [
        ("a.csv", CSV),
        ("a.csv.gz", b"\x1f\x8b\x08"),
        ("a.zip", b"PK\x03\x04"),
        ("a.osm.pbf", b"\x00\x00\x00\x0d\x0a\x09OSMHeader"),
        ("a.parquet", b"PAR1"),
        ("a.tif", b"MM\x00*"),
        ("a.geojson", b'\n {"type"'),
        ("a.xml", b"\xef\xbb\xbf<osm>"),
    ],
)
def test_the_first_bytes_tell_a_file_from_an_error_page(tmp_path, source, name, good):
    named = replace(source, mirror=name)
    path = tmp_path / "arrived"
    path.write_bytes(good)
    check_signature(path, named, where="here")
    for bad in (b"", b"<!DOCTYPE html><p>Log in", b"<html>"):
        path.write_bytes(bad)
        with pytest.raises(FetchError, match=r"here: what arrived .* it begins with"):
            check_signature(path, named, where="here")


def country(*feeds):
    travel = {
        "detour": 1.3,
        "speed_kmh": 50,
        "detour_slow": 1.6,
        "speed_slow_kmh": 30,
        "speed_legal_kmh": 120,
        "source": "test",
    }
    return Country.model_validate(
        {
            "code": "xx",
            "names": {"en": "Testland"},
            "languages": ["en"],
            "timezone": "UTC",
            "crs_metric": "EPSG:32635",
            "bounds": [23, 51, 33, 57],
            "id_scheme": "test",
            "parameters": {"travel": travel},
            "feeds": [{"reader": "any"} | feed for feed in feeds],
        }
    )


def test_every_source_of_a_country_once(folder, source, cache):
    limited = replace(source, id="tests", spdx="CC-BY-NC-SA-4.0", redistribute="no")
    got = fetch_country(
        country({"source": "roads"}, {"source": "tests"}, {"source": "roads"}),
        Registry([source, limited]),
        mirror=folder,
        cache=cache,
    )
    assert list(got.files) == ["roads", "tests"]
    assert got.files["roads"].sha256 == SHA
    assert got.licences == [
        "Roads (roads, version 1): ODbL-1.0, share alike",
        (
            "Roads (tests, version 1): CC-BY-NC-SA-4.0, share alike, not for "
            "redistribution"
        ),
    ]
    assert len(got.warnings) == 1
    assert got.skipped == []


def test_an_optional_feed_that_is_absent_is_skipped_with_a_note(folder, source, cache):
    absent = replace(source, id="clinics", mirror="moh/clinics.csv")
    got = fetch_country(
        country(
            {"source": "clinics", "optional": True},
            {"source": "unheard-of", "optional": True},
            {"source": "clinics", "optional": True},
            {"source": "roads"},
        ),
        Registry([source, absent]),
        mirror=folder,
        cache=cache,
    )
    assert list(got.files) == ["roads"]
    assert len(got.skipped) == 2
    assert got.skipped[0].startswith(
        f"optional source 'clinics' was skipped: {folder}: the mirror has no file "
        "'moh/clinics.csv'"
    )
    assert "unknown source 'unheard-of'" in got.skipped[1]


def test_a_feed_that_is_needed_stops_the_fetch(folder, source, cache):
    absent = replace(source, id="clinics", mirror="moh/clinics.csv")
    registry = Registry([absent])
    with pytest.raises(MissingSourceError, match=r"moh/clinics\.csv"):
        fetch_country(
            country({"source": "clinics"}), registry, mirror=folder, cache=cache
        )
    with pytest.raises(DeclarationError, match="unknown source 'roads'"):
        fetch_country(
            country({"source": "roads"}), registry, mirror=folder, cache=cache
        )


def test_even_an_optional_feed_must_not_have_wrong_bytes(folder, source, cache):
    (folder / "files" / "roads.bin").write_bytes(b"other")
    with pytest.raises(HashMismatchError):
        fetch_country(
            country({"source": "roads", "optional": True}),
            Registry([source]),
            mirror=folder,
            cache=cache,
        )


def test_a_country_from_an_http_mirror(site, source, cache):
    site.files[PATH] = BODY
    told = []
    got = fetch_country(
        country({"source": "roads"}),
        Registry([source]),
        mirror=site.url,
        cache=cache,
        progress=lambda fetched, done, total: told.append((fetched.id, done, total)),
    )
    assert got.files["roads"].origin == site.url + PATH
    assert told[-1] == ("roads", 307200, 307200)


def test_every_file_of_the_real_mirror_proves_itself(mirror, cache):
    for row in read_sources(DECLARATIONS / "sources.csv"):
        if row.sha256:
            assert fetch(row, mirror=mirror, cache=cache).sha256 == row.sha256
