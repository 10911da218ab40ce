"""One extract that two feeds name: fetched once, read by both, roads kept."""

from datetime import date

import pytest

from geo.errors import FetchError
from geo.reports.about import attributions
from geo.settings import DECLARATIONS, Settings
from geo.sources import feeding
from geo.sources.country import Feed, load_country
from geo.sources.feeding import gather
from geo.sources.readers import catalog, osm_roads
from geo.sources.registry import load_registry
from tests.sources.readers.conftest import make_country
from tests.sources.readers.test_osm_file import node, way, xml

HEAD = (DECLARATIONS / "sources.csv").read_text(encoding="utf-8").split("\n", 1)[0]
NODES = [node(1, 25, 52, place="village", name="A"), node(2, 25.1, 52)]


def extract(*ways: int) -> str:
    return xml(NODES, [way(number, [1, 2], highway="track") for number in ways])


@pytest.fixture
def bring(tmp_path, monkeypatch):
    """Gather a country whose two feeds name one source; ``asked`` counts reading."""
    data, mirror = tmp_path / "data", tmp_path / "mirror"
    for folder in (data, mirror):
        folder.mkdir()
    row = "xx-osm,1,2024-05-01,Extract,,,x.osm,,ODbL-1.0,yes,yes,,© a,© b,© c,"
    (data / "sources.csv").write_text(f"{HEAD}\n{row}\n", encoding="utf-8")
    settings = Settings(cache=tmp_path / "cache", supplied=tmp_path / "supplied")
    feeds = [
        Feed(source="xx-osm", reader="osm_file", options={"tables": ["places"]}),
        Feed(source="xx-osm", reader="osm_roads"),
    ]
    asked = []

    def counted(*arguments):
        asked.append(arguments[0].name)
        return osm_roads.read(*arguments)

    monkeypatch.setitem(catalog.READERS, "osm_roads", counted)

    def run(text: str):
        (mirror / "x.osm").write_text(text, encoding="utf-8")
        return gather(
            make_country(feeds=feeds),
            load_registry([data]),
            settings,
            str(mirror),
            date(2026, 1, 1),
            lambda _: None,
        )

    return run, asked


def test_one_source_two_readers(bring):
    run, _ = bring
    gathered = run(extract(7))
    read = [(entry["source"], entry["reader"]) for entry in gathered.described]
    assert read == [("xx-osm", "osm_file"), ("xx-osm", "osm_roads")]
    assert len({entry["sha256"] for entry in gathered.described}) == 1
    assert list(gathered.feedings[0].result.tables) == ["places"]
    assert "road_ways" in gathered.feedings[1].result.tables
    assert attributions({"inputs": gathered.described}) == [
        "Extract, 1: © a / © b / © c (ODbL-1.0)"
    ]


def test_roads_are_read_again_only_when_the_file_has_changed(bring):
    run, asked = bring
    first, again = run(extract(7)), run(extract(7))
    assert asked == ["x.osm"]
    ways = [
        made.feedings[1].result.tables["road_ways"]["way_id"].tolist()
        for made in (first, again, run(extract(7, 8)))
    ]
    assert ways == [[7], [7], [7, 8]]
    assert asked == ["x.osm", "x.osm"]


def test_the_kept_readers_are_readers():
    assert set(catalog.READERS) >= catalog.KEPT
    assert feeding.KEPT is catalog.KEPT


def test_a_public_release_reads_no_source_that_may_not_be_redistributed(tmp_path):
    rows = [
        f"xx-{name},1,2024-05-01,{name},,,{name}.csv,,{licence},no,{may},,© a,© b,© c,"
        for name, licence, may in (
            ("open", "CC0-1.0", "yes"),
            ("values", "CC0-1.0", "derived"),
            ("closed", "LicenseRef-NotStated", "no"),
        )
    ]
    (tmp_path / "sources.csv").write_text("\n".join([HEAD, *rows, ""]), "utf-8")
    # not even fetched: the mirror does not have it
    for name in ("open", "values"):
        (tmp_path / f"{name}.csv").write_text("place_id,kind\n7,rural\n", "utf-8")
    feeds = [
        Feed(source=f"xx-{name}", reader="place_register")
        for name in ("open", "closed", "values", "closed")
    ]

    def run(*, public):
        return gather(
            make_country(feeds=feeds),
            load_registry([tmp_path]),
            Settings(cache=tmp_path / "cache", supplied=tmp_path / "supplied"),
            str(tmp_path),
            date(2026, 1, 1),
            lambda _: None,
            public=public,
        )

    gathered = run(public=True)
    assert [one["source"] for one in gathered.described] == ["xx-open", "xx-values"]
    assert gathered.left_out == [
        {"source": "xx-closed", "title": "closed", "licence": "LicenseRef-NotStated"}
    ]
    with pytest.raises(FetchError, match="xx-closed"):
        run(public=False)
    (tmp_path / "closed.csv").write_text("place_id,kind\n7,rural\n", "utf-8")
    assert run(public=False).left_out is None


def test_what_may_not_be_redistributed_is_declared_so_in_belarus():
    registry = load_registry()
    feeds = {feed.source for feed in load_country("by").feeds} & set(registry)
    sources = [registry[name] for name in sorted(feeds)]
    closed = {one.id for one in sources if one.redistribute == "no"}
    assert closed == {
        "by-agrogorodki-2020",
        "by-brest-suburban",
        "by-health-facilities-2023",
        "by-minsktrans-gtfs",
        "by-official-names",
        "by-selsovet-offices-2020",
        "by-settlement-kinds-2020",
    }
    assert all(one.redistribute == "no" for one in sources if "NotStated" in one.spdx)
