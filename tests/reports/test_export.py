"""Exports: every row, Cyrillic intact, unknown empty, licence and notice on it."""

import csv
import errno
import io
import json
import subprocess
import sys
import zipfile
from datetime import datetime
from pathlib import Path

import geopandas as gpd
import openpyxl
import pyarrow.parquet as pq
import pyogrio
import pytest

from geo.errors import ReleaseError
from geo.release.read import open_release
from geo.release.write import publish
from geo.reports import export_xlsx
from geo.reports.about import SYNTHETIC_NOTICE, about_rows, attributions, credits_line
from geo.reports.export import FORMATS, export, write_whole
from geo.reports.export_text import write_csv
from geo.reports.wide import wide_settlements
from tests.release import toy

REPOSITORY = Path(__file__).resolve().parents[2]
IDS = ["toy:1", "toy:10", "toy:11", "toy:2", "toy:3", "toy:4"]
VERDICT = "verdict_ty_transport_trips"
CREDIT = "Toy places, 1: Игрушечные данные / Toy data (CC-BY-4.0)"


@pytest.fixture(scope="module")
def files(toy_release, tmp_path_factory):
    out = tmp_path_factory.mktemp("exports")
    return {name: export(toy_release, name, out) for name in FORMATS}


def test_the_wide_view_has_a_column_per_verdict_gap_and_value(toy_release):
    table = wide_settlements(open_release(toy_release))
    assert table.column_names[-26:] == [
        "raion", "oblast",
        "score_overall", "coverage_overall",
        VERDICT, "gap_ty_transport_trips", "parity_gap_ty_transport_trips",
        "norm_gap_ty_transport_trips", "reason_ty_transport_trips",
        "verdict_ty_digital_cell", "gap_ty_digital_cell", "parity_gap_ty_digital_cell",
        "norm_gap_ty_digital_cell", "reason_ty_digital_cell",
        "value_transport_trips_per_week", "status_transport_trips_per_week",
        "value_digital_cell_km", "status_digital_cell_km",
        "rank_median", "rank_low", "rank_high", "worst_decile",
        "tier", "tier_low", "tier_high",
        "geometry",
    ]  # fmt: skip
    rows = {row["id"]: row for row in table.to_pylist()}
    assert list(rows) == IDS
    assert rows["toy:3"]["raion"] == "Восточный район"
    assert rows["toy:3"][VERDICT] == "breached"
    assert rows["toy:3"]["gap_ty_transport_trips"] == 0.25
    assert rows["toy:2"]["gap_ty_transport_trips"] is None
    assert rows["toy:2"]["kinds_possible"] == "agrogorodok|rural"
    assert rows["toy:1"]["value_transport_trips_per_week"] is None
    assert rows["toy:1"]["status_transport_trips_per_week"] == "unreachable"
    assert [rows["toy:3"][name] for name in ("rank_low", "tier")] == [1.5, 1]
    assert rows["toy:4"]["tier"] is None  # no norm applies: not ranked


def test_a_settlement_that_a_long_table_lacks_is_empty_there(tmp_path):
    tables = toy.tables()
    judged = tables["judgements"]
    tables["judgements"] = judged[judged["settlement_id"] != "toy:2"]
    path = publish(
        tmp_path, "ty", toy.ON, tables, toy.manifest(tables), today=toy.ON
    ).path
    rows = wide_settlements(open_release(path)).to_pylist()
    assert [row[VERDICT] for row in rows] == [
        "kept", "unknown", "not_due", None, "breached", "no_norm",
    ]  # fmt: skip


def test_csv_opens_in_excel_and_says_where_it_is_from(files):
    content = files["csv"].read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert [row["id"] for row in rows] == IDS
    assert [row["name_be"] for row in rows] == [
        "Ёлачка", "", "", "Ўздым", "Крыніца", "",
    ]  # fmt: skip
    assert rows[5]["name_kk"] == "Қостанай ң ү ұ"
    assert rows[4]["population"] == ""
    assert rows[2]["population"] == "0"
    for row in rows:
        assert row["release"] == "ty/2026-11-22.1"
        assert row["on"] == "2026-11-22"
        assert row["synthetic"] == SYNTHETIC_NOTICE
        assert row["attribution"] == "Toy data (CC-BY-4.0)"


def test_csv_may_come_without_the_mark(toy_release, tmp_path):
    write_csv(open_release(toy_release), tmp_path / "plain.csv", bom=False)
    assert (tmp_path / "plain.csv").read_bytes().startswith(b'"id",')


def test_a_real_country_is_not_called_synthetic(tmp_path):
    tables = toy.tables()
    manifest = toy.manifest(tables, synthetic=False)
    path = publish(tmp_path, "ty", toy.ON, tables, manifest, today=toy.ON).path
    text = export(path, "csv", tmp_path / "real.csv").read_text(encoding="utf-8-sig")
    assert {row["synthetic"] for row in csv.DictReader(io.StringIO(text))} == {"no"}
    assert SYNTHETIC_NOTICE not in str(about_rows(open_release(path).manifest))


def sheet(files, name):
    book = openpyxl.load_workbook(files["xlsx"])
    rows = [[cell.value for cell in row] for row in book[name].iter_rows()]
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def test_xlsx_has_its_sheets_and_a_fixed_birthday(files):
    book = openpyxl.load_workbook(files["xlsx"])
    assert book.sheetnames == [
        "settlements", "judgements", "area scores", "measures", "ladder",
        "access", "service", "journeys", "timetable faults",
        "standards", "sources", "rejected", "about",
    ]  # fmt: skip
    assert book.properties.created == datetime(2026, 11, 22)  # noqa: DTZ001


def test_xlsx_settlements_keep_text_numbers_and_emptiness(files):
    rows = sheet(files, "settlements")
    assert [row["id"] for row in rows] == IDS
    assert [row["population"] for row in rows] == [1200, 7, 0, 85, None, 25000]
    assert rows[5]["name_kk"] == "Қостанай ң ү ұ"
    assert rows[4][VERDICT] == "breached"


def test_a_name_that_looks_like_a_formula_is_text(files):
    book = openpyxl.load_workbook(files["xlsx"])
    cells = [c for row in book["settlements"].iter_rows() for c in row]
    formula = [c for c in cells if c.value == "=СУММ(1;2)"]
    assert [c.column_letter for c in formula] == ["B", "C"]
    # openpyxl takes any text with = for a formula; the file itself must not
    assert all(c.data_type != "f" or c.value == "=СУММ(1;2)" for c in cells)
    assert b"<f>" not in _sheet_xml(files["xlsx"], 1)


def _sheet_xml(path, number):
    with zipfile.ZipFile(path) as archive:
        return archive.read(f"xl/worksheets/sheet{number}.xml")


def test_xlsx_long_sheets(files):
    judgements = sheet(files, "judgements")
    assert len(judgements) == 12
    assert judgements[0]["norm"] is None
    assert judgements[1]["norm"] == 16
    standards = sheet(files, "standards")
    assert [row["norm"] for row in standards] == [
        "ty.transport.trips.all", "ty.digital.cell.all",
    ]  # fmt: skip
    assert standards[0]["responsible"] == "Исполком / Выканкам / Committee"
    assert standards[0]["applies"] == '{"kind": "rural"}'
    assert standards[0]["act_title"] == "Игрушечный акт"
    assert standards[0]["valid_from"] == "2026-01-01"
    assert sheet(files, "sources")[0]["licence"] == "CC-BY-4.0"
    assert sheet(files, "rejected")[0]["reason"] == "latitude above 90"
    about = [(row["key"], row["text"]) for row in sheet(files, "about")]
    assert ("release", "ty/2026-11-22.1") in about
    assert ("notice", SYNTHETIC_NOTICE) in about
    assert ("attribution", CREDIT) in about


def test_a_list_is_one_cell_of_a_sheet(tmp_path):
    tables = toy.tables()
    possible = [None] * len(tables["judgements"])
    possible[:3] = [["a"], ["a", "b"], []]
    tables["judgements"]["norms_possible"] = possible
    path = publish(
        tmp_path, "ty", toy.ON, tables, toy.manifest(tables), today=toy.ON
    ).path
    book = export(path, "xlsx", tmp_path / "lists.xlsx")
    rows = sheet({"xlsx": book}, "judgements")
    said = [row["norms_possible"] for row in rows]
    assert sorted(text for text in said if text) == ["a", "a|b"]


def test_more_rows_than_a_sheet_holds_go_on_in_another(
    toy_release, tmp_path, monkeypatch
):
    monkeypatch.setattr(export_xlsx, "SHEET_ROWS", 5)
    path = export(toy_release, "xlsx", tmp_path / "small.xlsx")
    book = openpyxl.load_workbook(path)
    sizes = {name: book[name].max_row for name in book.sheetnames}
    assert [sizes[f"judgements{more}"] for more in ("", " 2", " 3")] == [6, 6, 3]


def test_an_infinite_bound_is_readable_in_a_sheet(tmp_path):
    tables = toy.tables()
    tables["judgements"].loc[0, "norm_high"] = float("inf")
    path = publish(
        tmp_path, "ty", toy.ON, tables, toy.manifest(tables), today=toy.ON
    ).path
    book = export(path, "xlsx", tmp_path / "bounds.xlsx")
    values = [row["norm_high"] for row in sheet({"xlsx": book}, "judgements")]
    assert values.count("∞") == 1


def test_geopackage_layers_are_whole(files):
    layers = {str(name): kind for name, kind in pyogrio.list_layers(files["gpkg"])}
    assert layers == {
        "settlements": "Point",
        "areas": "MultiPolygon",
        "facilities": "Point",
        "access": "LineString",
        "service": None,
        "journeys": None,
        "about": None,
    }
    places = gpd.read_file(files["gpkg"], layer="settlements").set_index("id")
    assert list(places.index) == IDS
    assert places.crs.to_epsg() == 4326
    assert places.geometry["toy:1"].coords[0] == (25.25, 53.5)
    assert places.geometry["toy:10"] is None
    assert places["name_kk"]["toy:4"] == "Қостанай ң ү ұ"
    assert places[VERDICT]["toy:2"] == "unknown"
    areas = gpd.read_file(files["gpkg"], layer="areas").set_index("id")
    assert len(areas) == 4
    assert areas.geometry["raion:west"].area == pytest.approx(1.0065)
    assert len(gpd.read_file(files["gpkg"], layer="facilities")) == 2
    about = pyogrio.read_dataframe(files["gpkg"], layer="about")
    assert CREDIT in set(about["text"][about["key"] == "attribution"])


def test_geojson_is_read_with_its_remarks(files):
    document = json.loads(files["geojson"].read_bytes())
    assert ["release", "ty/2026-11-22.1"] in document["about"]
    assert ["notice", SYNTHETIC_NOTICE] in document["about"]
    places = gpd.read_file(files["geojson"])
    assert list(places["id"]) == IDS
    assert places["name_be"][3] == "Ўздым"
    assert places.geometry[1] is None
    assert places.geometry[0].coords[0] == (25.25, 53.5)


def test_geoparquet_is_read_with_its_remarks(files):
    places = gpd.read_parquet(files["geoparquet"])
    assert list(places["id"]) == IDS
    assert places.crs.to_string() == "OGC:CRS84"
    about = json.loads(pq.read_schema(files["geoparquet"]).metadata[b"paritet"])
    assert ["attribution", CREDIT] in about


def test_a_source_without_attribution_is_still_named():
    source = {"source": "x", "version": "2", "licence": "none stated"}
    manifest = {"inputs": [source]}
    assert attributions(manifest) == ["x, 2: no attribution stated (none stated)"]


def test_the_line_of_a_row_names_each_credit_once():
    sources = [
        {"source": "a", "licence": "CC0-1.0", "attribution": {"ru": "Имя"}},
        {"source": "b", "licence": "ODbL-1.0", "attribution": {"en": "© OSM"}},
        {"source": "c", "licence": "ODbL-1.0", "attribution": {"en": "© OSM"}},
        {"source": "d", "licence": "LicenseRef-NotStated"},
    ]
    assert credits_line({"inputs": sources}) == (
        "Имя (CC0-1.0); © OSM (ODbL-1.0); d (LicenseRef-NotStated)"
    )


def test_an_unknown_format_is_answered_with_the_known(toy_release, tmp_path):
    with pytest.raises(ReleaseError) as caught:
        export(toy_release, "shp", tmp_path)
    assert str(caught.value) == (
        "export: unknown format 'shp'. Known formats: csv, xlsx, gpkg, geojson, "
        "geoparquet; html comes from: paritet export RELEASE --format html."
    )


def test_a_folder_that_is_not_there_is_one_sentence(toy_release, tmp_path):
    with pytest.raises(ReleaseError, match=r"cannot be written \(No such file"):
        export(toy_release, "csv", tmp_path / "nowhere" / "x.csv")


def test_an_export_that_fails_leaves_the_older_file(tmp_path):
    target = tmp_path / "x.csv"
    target.write_text("older")

    def fail(path):
        path.write_text("half")
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(ReleaseError, match="No space left on device"):
        write_whole(target, "x.csv", fail)
    assert target.read_text() == "older"
    assert [path.name for path in tmp_path.iterdir()] == ["x.csv"]


def test_a_server_that_can_export_loads_no_pandas_at_its_start():
    heavy = "{'pandas', 'geopandas', 'pyogrio', 'folium'} & set(sys.modules)"
    code = f"import sys, geo.reports.export; assert not {heavy}, {heavy}"
    subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, check=True)
