"""Lists as files: what is shown, all of it, as real programs read it."""

import csv
import io
import math
import tempfile
from pathlib import Path
from urllib.parse import unquote

import openpyxl
import pyogrio
import pytest
from starlette.testclient import TestClient

from api.app import create_app
from tests.api.damage import rows
from tests.api.test_settlements import ids
from tests.api.tiny import write_release
from tests.api.tiny_estimates import LTE
from tests.api.tiny_manifest import TRIPS

AMBULANCE = "health.ambulance_minutes"
SHOWN = f"standard={TRIPS}&values={AMBULANCE}&estimates={LTE}"
QUERY = f"raion=zz:r2&people=-799&{SHOWN}&sort=-gap"
#: Узгорок, Елкино, Хутор Дальний: breached, kept, without a norm.
EXPECTED = ["zz:10", "zz:08", "zz:06"]
FORMATS = ["csv", "geojson", "xlsx", "gpkg"]


def fetched(client, ending: str, query: str = QUERY):
    answer = client.get(f"/v1/settlements.{ending}?{query}")
    assert answer.status_code == 200, answer.text
    return answer


def read_csv(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def read(ending: str, content: bytes) -> list[dict]:
    """Return the rows of a file, by the program that it is for."""
    if ending == "csv":
        return read_csv(content)
    if ending == "xlsx":
        sheet = openpyxl.load_workbook(io.BytesIO(content))["settlements"]
        head, *lines = sheet.iter_rows(values_only=True)
        return [dict(zip(head, line, strict=True)) for line in lines]
    return layer(ending, content).to_dict("records")


def layer(ending: str, content: bytes, name: str | int = 0):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"list.{ending}"
        path.write_bytes(content)
        return pyogrio.read_dataframe(path, layer=name)


@pytest.mark.parametrize("ending", FORMATS)
def test_the_rows_are_those_of_the_list_in_its_order(client, ending):
    assert [f"zz:{one}" for one in ids(client, QUERY)] == EXPECTED
    found = read(ending, fetched(client, ending).content)
    assert [row["id"] for row in found] == EXPECTED


@pytest.mark.parametrize("ending", FORMATS)
def test_what_is_shown_and_no_more(client, ending):
    first, _, last = read(ending, fetched(client, ending).content)
    assert first["verdict_zz_transport_trips"] == "breached"
    assert float(first["gap_zz_transport_trips"]) == 0.75
    assert float(first["norm_zz_transport_trips"]) == 8.0
    assert first["name_be"] == "Ўзгорак"
    assert first["raion"] == "Зеленоборский район"
    # Unreachable has neither value nor bounds.
    assert last["status_health_ambulance_minutes"] == "unreachable"
    low = last["low_health_ambulance_minutes"]
    assert low in ("", None) or math.isnan(low)
    assert f"band_{LTE.replace('.', '_')}" in first
    assert not [name for name in first if "mobile" in name or "score" in name]


def test_without_a_standard_the_score_is_shown(client):
    rows = read_csv(fetched(client, "csv", "domain=transport").content)
    found = {row["id"]: row["score_transport"] for row in rows}
    assert (len(rows), found["zz:04"], found["zz:01"]) == (12, "0.5", "")
    assert "score_overall" in read_csv(fetched(client, "csv", "").content)[0]


def test_csv_says_in_each_row_where_it_is_from(client):
    for row in read_csv(fetched(client, "csv").content):
        assert row["release"] == "zz/2026-11-22.1"
        assert row["filters"] == "raion: Зеленоборский район; people: -799"
        assert row["synthetic"] == "no"
        assert "CC0-1.0" in row["attribution"]


@pytest.mark.parametrize("ending", ["xlsx", "gpkg", "geojson"])
def test_the_others_say_it_apart(client, ending):
    answer = fetched(client, ending)
    if ending == "geojson":
        about = [tuple(pair) for pair in answer.json()["about"]]
    elif ending == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(answer.content))
        assert book.sheetnames == ["settlements", "sources", "about"]
        about = list(book["about"].iter_rows(min_row=2, values_only=True))
    else:
        frame = layer(ending, answer.content, "about")
        about = list(zip(frame["key"], frame["text"], strict=True))
    assert ("release", "zz/2026-11-22.1") in about
    assert ("filter", "raion: Зеленоборский район") in about
    assert ("filter", "people: -799") in about
    assert ("sort", "-gap") in about
    assert ("rows", "3") in about
    assert f"shown {AMBULANCE}" in dict(about)
    assert "CC0-1.0" in dict(about)["attribution"]


def test_the_name_says_release_subject_and_filters(client):
    said = fetched(client, "xlsx").headers["content-disposition"]
    assert said.startswith('attachment; filename="paritet.xlsx"; ')
    assert unquote(said.partition("''")[2]) == (
        f"zz-2026-11-22.1_{TRIPS}_Зеленоборский район_-799.xlsx"
    )
    bare = fetched(client, "csv", "").headers["content-disposition"]
    assert bare.endswith("''zz-2026-11-22.1_overall.csv")


@pytest.mark.parametrize("ending", FORMATS)
def test_a_list_of_nobody_is_a_file_too(client, ending):
    answer = fetched(client, ending, "people=-0")
    assert read(ending, answer.content) == []
    if ending == "csv":
        assert answer.text.startswith('\ufeff"id","name"')


def test_points_are_where_the_list_says(client):
    answer = fetched(client, "geojson", "").json()
    places = {row["id"]: row["geometry"] for row in answer["features"]}
    assert places["zz:04"]["coordinates"] == [25.4, 52.4]
    assert places["zz:09"] is None


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_name_is_no_formula_and_a_made_up_country_says_so(tmp_path, ending):
    folder = write_release(tmp_path, "demo")
    rows("settlements", lambda held: held[0].update(name="=1+1"))(folder)
    answer = fetched(TestClient(create_app(tmp_path)), ending, "")
    first = read(ending, answer.content)[0]
    assert first["name"] == {"csv": "'=1+1", "xlsx": "=1+1"}[ending]
    if ending == "csv":
        assert "синтетические" in first["synthetic"].lower()
        return
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book["settlements"]["B2"].data_type == "s"
    about = dict(book["about"].iter_rows(values_only=True))
    assert "синтетические" in about["notice"].lower()


def test_all_rows_are_meant(client):
    answer = client.get("/v1/settlements.csv?limit=5")
    assert answer.status_code == 422
    assert "there is no parameter 'limit' here" in answer.json()["detail"]


def test_no_other_format(client):
    answer = client.get("/v1/settlements.exe")
    assert answer.status_code in (404, 422)
    assert answer.headers["content-type"] == "application/problem+json"
