"""Bad input ends in one clear sentence, and the served release stays as it was."""

import errno
import gzip
import json
import os
import shutil

import pytest
import shapely

from geo.pipeline import STAGES
from geo.release import write
from geo.release.catalog import find_release
from geo.release.read import open_release
from geo.synthetic.mirror import write_mirror
from tests.build.small import REPOSITORY, contents, overlay, served


@pytest.fixture(scope="session")
def whole(tmp_path_factory):
    """The mirror of the small demo."""
    folder = tmp_path_factory.mktemp("whole")
    write_mirror(folder, 7, 200)
    return folder


@pytest.fixture
def mirror(whole, tmp_path):
    """A copy of the mirror that a test may damage."""
    return shutil.copytree(whole, tmp_path / "mirror")


@pytest.fixture
def build(paritet, kitchen, releases):
    """Build from a mirror; return the fault's sentence, the served release unharmed."""

    def refused(mirror, data=kitchen.data, country="demo"):
        before, countries = contents(releases), sorted(releases.iterdir())
        words = ["build", country, "--mirror", mirror, "--data", data]
        code, out, err = paritet(*words, "--out", releases)
        assert (code, out) == (2, "")
        stages, sentence = err.splitlines()[:-1], err.splitlines()[-1]
        assert set(stages) <= set(STAGES), err
        assert sentence.startswith("✗ ")
        assert served(releases) == "2026-01-15.1"
        after = contents(releases)
        before.pop("demo/.lock"), after.pop("demo/.lock")
        assert after == before
        assert sorted(releases.iterdir()) == countries
        return sentence.removeprefix("✗ ")

    return refused


def test_a_truncated_gtfs(build, mirror):
    path = mirror / "demo/timetable.zip"
    path.write_bytes(path.read_bytes()[:5000])
    assert build(mirror) == (
        f"{path}: no whole zip file: it may be cut short (File is not a zip file). "
        "Fetch the feed again or ask the carrier for it."
    )


def test_a_geojson_in_a_wrong_crs(build, mirror):
    path = mirror / "demo/polygons.geojson"
    content = json.loads(path.read_text())
    content["crs"]["properties"]["name"] = "urn:ogc:def:crs:EPSG::32635"
    path.write_text(json.dumps(content))
    said = build(mirror)
    assert said.startswith(
        f"{path}: the coordinate system is urn:ogc:def:crs:EPSG::32635, GeoJSON must "
        "be longitude and latitude. "
    )
    assert "EPSG:4326" in said


def test_metres_without_a_word_about_the_crs(build, mirror):
    path = mirror / "demo/oblasts.geojson"
    text = path.read_text()
    content = json.loads(text)
    del content["crs"]
    content["features"][0]["geometry"] = {
        "type": "Polygon",
        "coordinates": [
            [[500000, 5900000], [600000, 5900000], [600000, 6000000], [500000, 5900000]]
        ],
    }
    path.write_text(json.dumps(content))
    assert "are no longitude and latitude in degrees" in build(mirror)


def test_a_csv_in_cp1251(build, mirror):
    path = mirror / "demo/population.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("cp1251", "replace"))
    said = build(mirror)
    assert said.startswith(f"{path}, line 2: not UTF-8 text: byte 0x")
    assert said.endswith("(it looks like Windows-1251). Save the file as UTF-8.")


def test_a_missing_column(build, mirror):
    path = mirror / "demo/census.csv"
    path.write_text(path.read_text().replace("pop2009", "people", 1))
    said = build(mirror)
    assert said.startswith(
        f"{path}: column is missing: 'pop2009'; the header found is soato,"
    )
    assert said.endswith(
        "Add the column, or name another one in the options of the feed."
    )


def test_a_gzip_that_is_cut_short(build, mirror):
    path = mirror / "demo/cells.csv.gz"
    path.write_bytes(path.read_bytes()[:-400])
    said = build(mirror)
    assert said.startswith(f"{path}: the gzip file is cut short or damaged (")


def test_a_missing_mirror_file(build, mirror):
    (mirror / "demo/census.csv").unlink()
    assert build(mirror) == (
        f"{mirror}: the mirror has no file 'demo/census.csv' for source 'demo-census'. "
        "Copy the file there."
    )


def test_no_mirror_folder(build, mirror):
    assert build(mirror / "nowhere") == (
        f"{mirror}/nowhere: the mirror folder does not exist. Give an existing folder "
        "or an http(s) address with --mirror."
    )


def test_a_wrong_hash(build, mirror, tmp_path):
    data = overlay(tmp_path / "hashed")
    lines = (REPOSITORY / "data/sources.csv").read_text(encoding="utf-8").splitlines()
    row = next(line for line in lines if line.startswith("demo-census,"))
    named = "demo/census.csv,"
    assert f"{named}," in row
    row = row.replace(named, f"{named}{'0' * 64}", 1)
    (data / "sources.csv").write_text(f"{lines[0]}\n{row}\n", encoding="utf-8")
    said = build(mirror, data)
    assert said.startswith(f"{mirror}/demo/census.csv: wrong bytes for source ")
    assert f"sources.csv promises {'0' * 64}. Copy the file to the mirror anew" in said


def test_an_unknown_country(build, mirror, kitchen):
    assert build(mirror, country="xx") == (
        f"{kitchen.data}/countries: unknown country code 'xx'. Known codes: by, demo, "
        "kz, li, lt; a new country is one more folder with a country.yaml."
    )


def test_a_source_without_publisher_asks_for_a_mirror(paritet, tmp_path):
    code, out, err = paritet("build", "by", "--out", tmp_path / "releases")
    assert (code, out) == (2, "")
    assert err.splitlines()[-1].startswith(
        "✗ sources.csv: no publisher serves the file of source 'by-places'. Give a "
        "mirror that holds 'by/settlements.csv' with --mirror. "
    )


def test_a_misspelt_key_of_a_standard(build, mirror, tmp_path):
    norm = (REPOSITORY / "data/countries/by/standards/transport.yaml").read_text()
    data = overlay(
        tmp_path / "ministry",
        standards__transport_yaml=norm.replace("domain:", "domian:", 1),
    )
    said = build(mirror, data)
    assert said.startswith(
        f"{data}/countries/demo/standards/transport.yaml, standard by.transport.trips: "
    )
    assert "key 'domian'" in said
    assert said.endswith("See docs/standards.md for every key.")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("parameters: 5\n", "key 'parameters': "),
        ("timezone: Europe/Minks\n", "key 'timezone': no time zone of the IANA list"),
        ("crs_metric: EPSG:99\n", "'crs_metric': no coordinate system that PROJ knows"),
        ("crs_metric: EPSG:4326\n", "does not measure in metres, got 'EPSG:4326'"),
        ("bounds: [33, 51, 23, 56]\n", "must be west, south, east, north in degrees"),
        ("colour: red\n", "key 'colour': extra inputs are not permitted, got 'red'"),
        ("benchmarks: perhaps\n", "key 'benchmarks': "),
        ("names: [unclosed\n", "not valid YAML ("),
        ("names: {ru: а, ru: б}\n", "line 2: key 'ru' stands twice, first in line 2"),
        ("on: 2026-01-15\n", "line 2: key 'on': YAML reads it as yes or no"),
        ('"on": 2026-02-30\n', "line 2: key 'on': '2026-02-30' is no day of the cal"),
        ("grid_km: .nan\n", "line 2: key 'grid_km': '.nan' is no number"),
        ('grid_km: "nan"\n', "key 'grid_km': input should be a finite number"),
        ("parameters: " + "[" * 50_000, "the file nests more than 32 deep"),
        ("feeds: [{source: demo-places, reader: excel}]\n", "unknown reader 'excel'"),
        ("feeds: [{source: demo-x, reader: gtfs}]\n", "unknown source 'demo-x'"),
        ("standards_from: [zz]\n", "unknown country code 'zz'"),
    ],
)
def test_a_bad_value_in_country_yaml(build, mirror, tmp_path, line, words):
    data = overlay(tmp_path / "ministry")
    path = data / "countries/demo/country.yaml"
    path.write_text(path.read_text() + line)
    assert words in build(mirror, data)


def test_an_overlay_that_is_not_there(build, mirror, tmp_path):
    assert build(mirror, tmp_path / "none") == (
        f"{tmp_path}/none: the declarations folder does not exist. Give an existing "
        "folder with --data (or PARITET_DATA)."
    )
    (tmp_path / "empty").mkdir()
    assert "holds no sources.csv and no country" in build(mirror, tmp_path / "empty")


def test_a_full_disk(build, mirror, monkeypatch, releases):
    def full(*_, **__):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(write, "write_parquet", full)
    data = overlay(releases.parent / "another")
    said = build(mirror, data)
    assert said.startswith(
        f"{releases}/demo: the release cannot be written (No space left on device: up "
        "to "
    )
    assert " MB are needed, " in said
    assert "The served release is untouched. " in said
    assert said.endswith("Free some space on this disk, then try again.")


def test_a_folder_that_cannot_be_written(paritet, kitchen, tmp_path):
    (tmp_path / "file").write_text("no folder")
    words = ("build", "demo", "--data", kitchen.data, "--out", tmp_path / "file")
    code, _, err = paritet(*words)
    assert code == 2
    assert "the releases folder cannot be written (Not a directory)" in err
    words = ("export", "demo", "--format", "csv", "--releases", kitchen.releases)
    code, _, err = paritet(*words, "-o", tmp_path / "file" / "x.csv")
    assert (code, err.count("\n")) == (2, 1)


def rejected(root, source):
    release = open_release(find_release(root, "demo").path)
    rows = release.table("rejected").to_pylist()
    return [row for row in rows if row["source"] == source]


def test_a_negative_population_is_listed_and_the_build_goes_on(
    paritet, mirror, kitchen, tmp_path
):
    path = mirror / "demo/population.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    row = next(i for i, line in enumerate(lines) if line.startswith("town,"))
    cells = lines[row].split(",")
    cells[4] = f"-{cells[4]}"
    lines[row] = ",".join(cells)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    words = ("build", "demo", "--mirror", mirror, "--data", kitchen.data)
    assert paritet(*words)[0] == 0
    assert rejected(tmp_path / "releases", "demo-population") == [
        {
            "source": "demo-population",
            "file": "population.csv",
            "row": str(row + 1),
            "field": "all_total",
            "value": cells[4],
            "reason": "a count below zero (row refused)",
        }
    ]


def test_a_polygon_that_crosses_itself_is_repaired_and_noted(
    paritet, mirror, kitchen, tmp_path
):
    path = mirror / "demo/polygons.geojson"
    content = json.loads(path.read_text())
    raion = next(
        number
        for number, feature in enumerate(content["features"])
        if feature["properties"]["kind"] == "raion_rest"
    )
    ring = content["features"][raion]["geometry"]["coordinates"][0][0]
    for spot in range(1, len(ring) - 2):  # the first swap that makes it cross itself
        swapped = [*ring[:spot], ring[spot + 1], ring[spot], *ring[spot + 2 :]]
        if not shapely.Polygon(swapped).is_valid:
            ring[:] = swapped
            break
    path.write_text(json.dumps(content, ensure_ascii=False))
    words = ("build", "demo", "--mirror", mirror, "--data", kitchen.data)
    code, out, err = paritet(*words)
    assert code == 0
    assert ": 204 settlements, " in out
    assert f"demo-polygons: polygons.geojson, feature {raion + 1}" in err
    assert not rejected(tmp_path / "releases", "demo-polygons")


def test_a_gzip_that_is_plain_text(build, mirror):
    path = mirror / "demo/cells.csv.gz"
    path.write_bytes(gzip.decompress(path.read_bytes()))
    assert "the name says gzip but the content is not" in build(mirror)
