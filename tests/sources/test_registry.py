"""The registry of datasets and its complaints."""

import csv

import pytest

from geo.errors import DeclarationError
from geo.settings import DECLARATIONS
from geo.sources.registry import Registry, load_registry, read_sources
from geo.sources.source import COLUMNS, Source

ROW = {
    "id": "roads",
    "version": "1",
    "date": "2026-01-01",
    "title": "Roads",
    "publisher_url": "",
    "homepage": "",
    "mirror": "a/roads.csv",
    "sha256": "",
    "spdx": "ODbL-1.0",
    "share_alike": "yes",
    "redistribute": "yes",
    "token_env": "",
    "attribution_ru": "ру",
    "attribution_be": "бе",
    "attribution_en": "en",
    "note": "",
}
REAL = [
    "by-places",
    "by-census-2009",
    "by-population-2019",
    "by-polygons-2019",
    "by-raions-older",
    "by-oblasts",
    "by-area-names-2015",
    "by-opencellid",
    "by-post-codes",
    "by-minsktrans-gtfs",
    "by-brest-suburban",
    "by-rail-stations",
    "lt-osm-nodes",
    "li-osm",
    "bayreuth-osm",
    "by-east-micro-osm",
    "kz-places",
    "kz-areas",
]
DEMO = [
    "places",
    "census",
    "population",
    "polygons",
    "oblasts",
    "area-names",
    "opencellid",
    "post-codes",
    "gtfs",
    "rail-stations",
    "facilities",
    "fixed",
    "ambulance",
    "speed",
]


def write(folder, *rows, header=COLUMNS):
    folder.mkdir(exist_ok=True)
    with (folder / "sources.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, header)
        writer.writeheader()
        writer.writerows(ROW | row for row in rows)
    return folder


def fault(folder):
    with pytest.raises(DeclarationError) as caught:
        load_registry([folder])
    return str(caught.value)


def test_a_row_becomes_a_source(tmp_path):
    source = load_registry([write(tmp_path, {"note": "a, b"})])["roads"]
    assert source == Source(**(ROW | {"share_alike": True, "note": "a, b"}))
    assert source.file_name == "roads.csv"
    assert source.attribution == {"ru": "ру", "be": "бе", "en": "en"}


def test_the_newest_date_is_the_default_version(tmp_path):
    rows = [
        {"version": "b", "date": "2025-01-01"},
        {"version": "a", "date": "2026-05-01"},
        {"version": "c", "date": "2024-01-01"},
    ]
    registry = load_registry([write(tmp_path, *rows)])
    assert registry["roads"].version == "a"
    assert registry.by_id("roads").version == "a"
    assert registry.by_id("roads", "c").date == "2024-01-01"
    assert [source.version for source in registry.versions("roads")] == ["c", "b", "a"]
    assert list(registry) == ["roads"]
    assert len(registry) == 1


def test_an_overlay_adds_and_wins(tmp_path):
    base = write(tmp_path / "base", {}, {"id": "rails"})
    over = write(
        tmp_path / "over", {"title": "Our roads"}, {"id": "clinics"}, {"version": "0"}
    )
    registry = load_registry([base, over])
    assert sorted(registry) == ["clinics", "rails", "roads"]
    assert registry["roads"].title == "Our roads"
    assert registry.by_id("roads", "0").title == "Roads"


def test_an_overlay_needs_no_sources(tmp_path):
    base = write(tmp_path / "base", {})
    (tmp_path / "over").mkdir()
    assert list(load_registry([base, tmp_path / "over"])) == ["roads"]
    assert "the list of sources is missing" in fault(tmp_path / "over")


def test_unknown_ids_and_versions_name_what_there_is(tmp_path):
    registry = load_registry([write(tmp_path, {})])
    with pytest.raises(
        DeclarationError, match=r"unknown source 'road'\. Near it: roads"
    ):
        registry.by_id("road")
    with pytest.raises(DeclarationError, match=r"no version '2'\. Known versions: 1"):
        registry.by_id("roads", "2")
    with pytest.raises(KeyError):
        registry["road"]


@pytest.mark.parametrize(
    ("column", "bad", "words"),
    [
        ("id", "By Places", "must be lower-case Latin words joined by hyphens"),
        ("version", "", "must be Latin letters, digits, dots and hyphens"),
        ("version", "../1", "must be Latin letters"),
        ("date", "2026-02-30", "is no date (YYYY-MM-DD)"),
        ("date", "01.02.2026", "is no date (YYYY-MM-DD)"),
        ("date", "20260101", "is no date (YYYY-MM-DD)"),
        ("title", "", "must not be empty"),
        ("publisher_url", "ftp://example.org/x", "is no http(s) address"),
        ("publisher_url", "http://[::1/x", "is no http(s) address"),
        ("homepage", "example.org", "is no http(s) address"),
        ("mirror", "", "is no relative path inside a mirror"),
        ("mirror", "/etc/passwd", "is no relative path inside a mirror"),
        ("mirror", "a/../../b", "is no relative path inside a mirror"),
        ("mirror", "a\\b", "is no relative path inside a mirror"),
        ("sha256", "ABC", "is no SHA-256 (64 lower-case hexadecimal digits"),
        ("spdx", "", "must not be empty: name the licence"),
        ("share_alike", "maybe", "must be yes or no"),
        ("redistribute", "", "must be yes, derived or no"),
        ("token_env", "my token", "is no name of an environment variable"),
        ("token_env", "TOKEN", "does not fit the address"),
    ],
)
def test_a_bad_cell_is_named(tmp_path, column, bad, words):
    said = fault(write(tmp_path, {"id": "good"}, {column: bad}))
    assert said.startswith(f"{tmp_path / 'sources.csv'}: row 3, column '{column}': ")
    assert f"{bad!r} {words}" in said
    assert said.endswith("docs/sources.md explains every column.")


def test_tiles_and_hashes_exclude_each_other(tmp_path):
    tiled = {"mirror": "t/{tile}.tif", "publisher_url": "https://example.org/{tile}"}
    assert load_registry([write(tmp_path, tiled)])["roads"].is_tiled
    assert "cannot hold for a set of tiles" in fault(
        write(tmp_path, tiled | {"sha256": "0" * 64})
    )
    assert "stands in publisher_url and mirror, or in neither" in fault(
        write(tmp_path, tiled | {"mirror": "t/x.tif"})
    )


def test_every_fault_is_reported_at_once(tmp_path):
    said = fault(write(tmp_path, {"date": "x"}, {"id": "b", "spdx": ""}))
    assert "row 2, column 'date': 'x'" in said
    assert "row 3, column 'spdx': ''" in said
    many = fault(write(tmp_path, *[{"id": f"s{n}", "date": "x"} for n in range(12)]))
    assert many.count("is no date") == 10
    assert "; and 2 more" in many


def test_a_repeated_version_names_both_rows(tmp_path):
    said = fault(write(tmp_path, {}, {"id": "rails"}, {}))
    assert "row 4, column 'version': '1' of source 'roads' stands already in row 2" in (
        said
    )


def test_rows_are_counted_as_an_editor_does(tmp_path):
    said = fault(write(tmp_path, {"note": "two\nlines"}, {"id": "b", "date": "x"}))
    assert "row 4, column 'date'" in said


def test_a_bad_header_is_named(tmp_path):
    names = [name for name in COLUMNS if name != "spdx"]
    folder = tmp_path
    (folder / "sources.csv").write_text(",".join([*names, "licence"]) + "\n")
    said = fault(folder)
    assert "row 1: column 'spdx' is missing; column 'licence' is unknown" in said
    assert f"The header must be: {','.join(COLUMNS)}." in said


def test_hosts_to_redirect_to_may_be_named(tmp_path):
    header = (*COLUMNS, "redirect_hosts")
    hosts = "files.example.org cdn.example.org:8443"
    rows = ({"redirect_hosts": hosts}, {"version": "0", "redirect_hosts": ""})
    registry = load_registry([write(tmp_path, *rows, header=header)])
    assert registry["roads"].redirect_hosts == hosts
    assert registry.by_id("roads", "0").redirect_hosts == ""


@pytest.mark.parametrize(
    "hosts", ["https://files.example.org", "*.example.org", "a,b", "-x.org", "x.org/"]
)
def test_hosts_that_are_none(tmp_path, hosts):
    header = (*COLUMNS, "redirect_hosts")
    said = fault(write(tmp_path, {"redirect_hosts": hosts}, header=header))
    assert f"column 'redirect_hosts': {hosts!r} must be names of hosts" in said


def test_a_row_of_another_width_is_named(tmp_path):
    path = write(tmp_path, {}) / "sources.csv"
    path.write_text(path.read_text() + "roads,2,2026-01-01\n")
    assert "row 3: 3 cells where the header has 16: 'roads,2,2026-01-01'" in (
        fault(tmp_path)
    )


def test_a_stray_quotation_mark_is_named(tmp_path):
    path = write(tmp_path, {}) / "sources.csv"
    path.write_text(path.read_text() + '"roads" x,2\n')
    assert "row 3: not a readable CSV" in fault(tmp_path)


def test_cp1251_is_named(tmp_path):
    path = write(tmp_path, {"title": "Дороги"}) / "sources.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("cp1251"))
    assert "not UTF-8 text. Save the file as UTF-8." in fault(tmp_path)


def test_what_the_licence_asks_for():
    source = Source(**(ROW | {"share_alike": True}))
    assert source.licence_line == "Roads (roads, version 1): ODbL-1.0, share alike; en"
    closed = Source(
        **(
            ROW
            | {"share_alike": False, "redistribute": "no", "spdx": "CC-BY-NC-SA-4.0"}
        )
    )
    assert closed.licence_line == (
        "Roads (roads, version 1): CC-BY-NC-SA-4.0, not for redistribution; en"
    )
    assert closed.non_commercial
    assert not source.non_commercial


def test_the_projects_own_registry():
    registry = load_registry([DECLARATIONS])
    assert set(REAL) < set(registry)
    for name in DEMO:
        demo = registry[f"demo-{name}"]
        assert demo.title.startswith("Synthetic")
        assert demo.mirror.startswith("demo/")
        assert (demo.spdx, demo.sha256, demo.url) == ("CC0-1.0", "", "")
    assert registry["demo-gtfs"].mirror == "demo/timetable.zip"
    assert registry["demo-gtfs"].date == "2025-11-01"
    cells = registry["by-opencellid-latest"]
    assert cells.token_env == "PARITET_OPENCELLID_TOKEN"  # noqa: S105 - a name
    tile = registry["copernicus-glo30"].tile("N53_00_E027")
    stem = "Copernicus_DSM_COG_10_N53_00_E027_00_DEM"
    assert tile.publisher_url == (
        f"https://copernicus-dem-30m.s3.amazonaws.com/{stem}/{stem}.tif"
    )
    assert tile.mirror == f"dem/glo30/{stem}.tif"


def test_every_row_gives_credit_and_follows_its_licence():
    for source in read_sources(DECLARATIONS / "sources.csv"):
        assert all(source.attribution.values()), source.id
        share_alike = source.spdx.startswith(("ODbL", "CC-BY-SA", "CC-BY-NC-SA"))
        assert source.share_alike == share_alike, source.id
        if source.non_commercial or source.spdx == "LicenseRef-NotStated":
            assert source.redistribute == "no", source.id


def test_every_file_of_the_real_mirror_has_its_row(mirror):
    lines = (mirror / "SHA256SUMS").read_text().splitlines()
    sums = {path.removeprefix("./"): sha for sha, path in map(str.split, lines)}
    rows = read_sources(DECLARATIONS / "sources.csv")
    assert {row.mirror: row.sha256 for row in rows if row.sha256} == sums
    assert isinstance(load_registry(), Registry)
