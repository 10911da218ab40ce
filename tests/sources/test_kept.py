import os
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

from geo.errors import SourceFormatError
from geo.sources import kept as module
from geo.sources.country import Feed
from geo.sources.fetch import Fetched
from geo.sources.kept import entry_of, kept
from geo.sources.readers.osm_roads import read_road_tables
from geo.sources.result import ReadResult, Rejections, canonical
from tests.disk.small_files import files_up_to
from tests.sources.readers.test_osm_file import node, way, xml
from tests.sources.roads import source_at

FEED = Feed(source="roads", reader="osm_roads")
FETCHED = Fetched(Path("/mirror/files/roads.bin"), "a" * 64, "here", source_at(""))


def road_result(tmp_path) -> ReadResult:
    path = tmp_path / "x.osm"
    path.write_text(
        xml(
            [node(1, 25.123456789, 52.0), node(2, 25.1, 52.1, barrier="gate")],
            [way(7, [1, 2], highway="track", oneway__foot="no")],
        ),
        encoding="utf-8",
    )
    return read_road_tables(path)


def wide_result() -> ReadResult:
    """Every kind of column: text with gaps, whole numbers with gaps, days, shapes."""
    refused = Rejections(source="s", file="f")
    refused.add(row=3, field="x", value="?", reason="because")
    areas = gpd.GeoDataFrame(
        {"area_id": ["a", "b"], "name_ru": ["Имя", None]},
        geometry=gpd.points_from_xy([1.0, 2.0], [3.0, 4.0]),
        crs="EPSG:4326",
    )
    cells = pd.DataFrame({"cell_id": ["1", "2"], "range_m": [5, pd.NA]})
    cells["updated"] = pd.to_datetime(["2020-01-02", None])
    tables = {"areas": areas, "cells": cells, "fixed": pd.DataFrame()}
    typed = {layer: canonical(layer, table) for layer, table in tables.items()}
    typed["areas"] = gpd.GeoDataFrame(typed["areas"], crs="EPSG:4326")
    return ReadResult(typed, refused.frame(), "2020-01-02", ("a note", "ещё"))


class Reader:
    """Counts how often it is asked."""

    def __init__(self, result: ReadResult) -> None:
        self.result, self.asked = result, 0

    def __call__(self) -> ReadResult:
        self.asked += 1
        return self.result


def assert_same(one: ReadResult, other: ReadResult) -> None:
    assert (one.date, one.notes) == (other.date, other.notes)
    assert list(one.tables) == list(other.tables)
    pairs = [(one.tables[name], other.tables[name]) for name in one.tables]
    for left, right in [*pairs, (one.rejected, other.rejected)]:
        assert type(left) is type(right)
        pd.testing.assert_frame_equal(left, right, check_exact=True)


@pytest.mark.parametrize("kind", ["roads", "wide"])
def test_the_second_time_the_file_is_not_read_and_the_result_is_the_same(
    tmp_path, cache, kind
):
    reader = Reader(road_result(tmp_path) if kind == "roads" else wide_result())
    entry = entry_of(FEED, FETCHED)
    first = kept(cache, entry, reader)
    second = kept(cache, entry, reader)
    assert reader.asked == 1
    assert second is not first
    assert_same(first, second)


@pytest.mark.parametrize(
    ("feed", "fetched"),
    [
        (FEED, replace(FETCHED, sha256="b" * 64)),
        (FEED, replace(FETCHED, path=Path("/mirror/files/other.bin"))),
        # what has ended by the day of the source is no road
        (FEED, replace(FETCHED, source=source_at("", date="2025-12-31"))),
        (FEED.model_copy(update={"options": {"tables": ["x"]}}), FETCHED),
        (FEED.model_copy(update={"reader": "gtfs"}), FETCHED),
    ],
)
def test_another_file_or_option_is_another_entry(feed, fetched):
    assert entry_of(feed, fetched) != entry_of(FEED, FETCHED)
    assert entry_of(FEED, FETCHED) == entry_of(FEED, FETCHED)


def test_changed_code_of_a_reader_is_another_entry(monkeypatch):
    before = entry_of(FEED, FETCHED)
    monkeypatch.setattr(module, "_code_sha256", lambda: "changed")
    assert entry_of(FEED, FETCHED) != before


def test_changed_tags_of_a_kind_of_facility_are_another_entry(monkeypatch, tmp_path):
    before = entry_of(FEED, FETCHED)
    path = tmp_path / "facility_kinds.yaml"
    path.write_text("facility_kinds: []", encoding="utf-8")
    monkeypatch.setattr(module, "FACILITY_KINDS", path)
    monkeypatch.setattr(module, "_code_sha256", module._code_sha256.__wrapped__)
    assert entry_of(FEED, FETCHED) != before


def test_a_damaged_entry_is_made_again(tmp_path, cache):
    reader = Reader(road_result(tmp_path))
    entry = entry_of(FEED, FETCHED)
    kept(cache, entry, reader)
    whole = (cache / entry).read_bytes()
    middle = len(whole) // 2
    flipped = whole[:middle] + bytes([whole[middle] ^ 0xFF]) + whole[middle + 1 :]
    for times, damaged in enumerate([whole[:middle], whole[:-1], b"", flipped], 2):
        (cache / entry).write_bytes(damaged)
        assert_same(kept(cache, entry, reader), reader.result)
        assert reader.asked == times
        assert_same(kept(cache, entry, reader), reader.result)
        assert reader.asked == times


def test_a_stopped_build_leaves_nothing(tmp_path, cache, monkeypatch):
    reader = Reader(road_result(tmp_path))
    entry = entry_of(FEED, FETCHED)

    def stop(_number: int) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", stop)
        with pytest.raises(KeyboardInterrupt):
            kept(cache, entry, reader)
    assert [path for path in cache.rglob("*") if path.is_file()] == []
    kept(cache, entry, reader)
    assert reader.asked == 2


def test_a_fault_is_not_kept(cache):
    def broken() -> ReadResult:
        raise SourceFormatError("cut short")

    with pytest.raises(SourceFormatError):
        kept(cache, entry_of(FEED, FETCHED), broken)
    assert not cache.exists()


def test_a_cache_that_cannot_be_written_costs_only_time(tmp_path):
    blocked = tmp_path / "cache"
    blocked.write_text("a file where a folder should be")
    reader = Reader(wide_result())
    for times in (1, 2):
        assert_same(kept(blocked, entry_of(FEED, FETCHED), reader), reader.result)
        assert reader.asked == times


@pytest.mark.parametrize("count", [0, 2000])
def test_a_cache_that_takes_no_file_costs_only_time(cache, count):
    reader = Reader(wide_result())
    entry = entry_of(FEED, FETCHED)
    for times in (1, 2):
        with files_up_to(count):
            assert_same(kept(cache, entry, reader), reader.result)
        assert reader.asked == times
        assert list((cache / entry).parent.iterdir()) == []


def test_old_entries_and_leftovers_go(cache):
    reader = Reader(wide_result())
    entries = [
        entry_of(FEED, replace(FETCHED, sha256=letter * 64)) for letter in "abcde"
    ]
    for age, entry in enumerate(entries[:4]):
        kept(cache, entry, reader)
        os.utime(cache / entry, (age, age))
    folder = (cache / entries[0]).parent
    left = folder / "x.zip.1.part"
    left.write_bytes(b"half")
    kept(cache, entries[4], reader)
    assert {path.name for path in folder.iterdir()} == {e.name for e in entries[2:]}
