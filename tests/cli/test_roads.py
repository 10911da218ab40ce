"""`paritet roads`: each fault one sentence, each answer for programs to read."""

import json
import re
from pathlib import Path

import geopandas as gpd
import pytest
import requests

DOCS = Path(__file__).resolve().parents[2] / "docs/roads.md"
OSM = """<?xml version="1.0"?><osm version="0.6">
<node id="1" lon="9.50" lat="47.14"/><node id="2" lon="9.52" lat="47.14"/>
<node id="3" lon="9.54" lat="47.14"/><node id="4" lon="9.58" lat="47.14"/>
<way id="7"><nd ref="1"/><nd ref="2"/><nd ref="3"/>
<tag k="highway" v="secondary"/></way>
<way id="8"><nd ref="3"/><nd ref="4"/><tag k="highway" v="track"/></way>
</osm>"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "roads.osm"
    path.write_text(OSM, encoding="utf-8")
    return str(path)


def test_check_tells_what_is_in_a_file(paritet, file):
    code, out, _err = paritet("roads", "check", file, "--country", "li")
    assert code == 0
    assert "4 nodes, 2 ways, 3 segments" in out
    assert re.search(r"secondary +3\.0 km", out)
    assert re.search(r"car +6\.1 km of 6\.1 open, 0\.0 km cut off", out)


def test_route_is_geojson(paritet, file):
    _code, out, _err = paritet(
        "roads", "route", file, "--country", "li", "--from", "9.5,47.14", "--to",
        "9.54,47.1401",
    )  # fmt: skip
    feature = json.loads(out)
    assert feature["properties"]["km"] == pytest.approx(3.03, abs=0.01)
    assert feature["geometry"]["coordinates"][1] == [9.52, 47.14]


def test_isochrones_are_geojson(paritet, file):
    _code, out, _err = paritet(
        "roads", "isochrones", file, "--country", "li", "--at", "9.5,47.14",
        "--minutes", "1,2",
    )  # fmt: skip
    table = gpd.read_file(out, engine="pyogrio")
    assert table["minutes"].tolist() == [2.0, 1.0]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["check"], "give either a file or --place"),
        (["check", "FILE", "--place", "Vaduz"], "give either a file or --place"),
        (["check", "no.osm.pbf"], r"no\.osm\.pbf"),
        (["check", "FILE", "--country", "zz"], "unknown country code 'zz'"),
        (["route", "FILE", "--from", "9", "--to", "9.5,47.14"], "'9' is no point"),
        (["route", "FILE", "--from", "a,b", "--to", "9.5,47.14"], "'a,b' is no list"),
        (["route", "FILE", "--from", "5,5", "--to", "9.5,47.14"], "there is no way"),
        (["isochrones", "FILE", "--at", "5,5"], "too far from any road"),
        (["isochrones", "FILE", "--at", "9.5,47.14", "--minutes", "0"], "is no time"),
        (
            ["route", "FILE", "--profile", "boat", "--from", "9,9", "--to", "9,9"],
            "no travel profile 'boat'",
        ),
    ],
)
def test_faults_are_one_sentence(paritet, file, arguments, words):
    code, out, err = paritet(
        "roads", *[file if word == "FILE" else word for word in arguments]
    )
    assert (code, out) == (2, "")
    assert re.search(words, err)
    assert err.count("\n") <= 2


@pytest.mark.realdata
def test_a_file_cut_in_the_middle_is_one_sentence(paritet, mirror, tmp_path):
    whole = (mirror / "osm/liechtenstein-2015.osm.pbf").read_bytes()
    cut = tmp_path / "cut.osm.pbf"
    cut.write_bytes(whole[: len(whole) // 2])
    code, _out, err = paritet("roads", "check", str(cut), "--country", "li")
    assert code == 2
    assert "cut.osm.pbf" in err
    assert err.count("\n") <= 2


def test_no_roads_and_no_osm_file_are_one_sentence(paritet, tmp_path):
    bare = tmp_path / "bare.osm"
    bare.write_text(
        '<osm version="0.6"><node id="1" lon="9" lat="47"/></osm>', encoding="utf-8"
    )
    code, _, err = paritet("roads", "check", str(bare), "--country", "li")
    assert code == 2
    assert "road" in err
    other = tmp_path / "letter.txt"
    other.write_text("Dear ministry", encoding="utf-8")
    code, _out, err = paritet("roads", "check", str(other), "--country", "li")
    assert "no OpenStreetMap file" in err


def test_the_example_of_the_documentation_runs(file, monkeypatch):
    monkeypatch.chdir(Path(file).parent)
    blocks = re.findall(r"```python\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL)
    assert len(blocks) == 2
    space: dict[str, object] = {}
    for block in blocks:
        exec(block, space)  # noqa: S102 - our own documentation
    assert space["near"]["status"].tolist() == ["modelled"] * 4
    assert len(space["table"]) == 4
    assert space["route"].km == pytest.approx(2.27, abs=0.01)
    assert (space["access"] > 0).all()
    assert len(space["change"].origin) > 0


def test_a_place_without_a_network_is_one_sentence(paritet, monkeypatch):
    def cut_off(*_args, **_how):
        raise requests.ConnectionError

    monkeypatch.setattr("osmnx.graph_from_place", cut_off)
    code, out, err = paritet("roads", "check", "--place", "Vaduz", "--country", "li")
    assert (code, out) == (2, "")
    assert "the roads of 'Vaduz' could not be brought (ConnectionError)" in err
    assert "give an OSM file instead" in err
