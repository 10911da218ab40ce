import json
import re
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from geo.errors import NotFoundError, ReleaseError
from geo.layers.schema import SCHEMA_VERSION, TABLES
from geo.release.catalog import find_release, latest_name, list_releases
from geo.release.columns import Index
from geo.release.read import open_release
from tests.api.tiny import move_latest, write_release


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_release(tmp_path)


def edit_manifest(folder: Path, **changes: object) -> None:
    path = folder / "manifest.json"
    document = json.loads(path.read_text(encoding="utf-8")) | changes
    path.write_text(json.dumps(document), encoding="utf-8")


def fault(folder: Path, *, checksums: bool = False) -> str:
    with pytest.raises(ReleaseError) as caught:
        open_release(folder, checksums=checksums)
    return str(caught.value)


def test_open_release_says_what_it_is(folder):
    release = open_release(folder, checksums=True)
    assert release.id == "zz/2026-11-22.1"
    assert (release.country, release.on, release.synthetic) == (
        "zz",
        "2026-11-22",
        False,
    )
    assert release.languages == ["ru", "be", "en"]


def test_tables_have_the_columns_of_their_schema(folder):
    release = open_release(folder)
    for name, table in TABLES.items():
        assert release.table(name).schema.equals(table.schema), name
    assert release.table("settlements").num_rows == 12
    assert release.table("census").num_rows == 0
    assert release.table("settlements", ["name", "id"]).column_names == ["name", "id"]


def test_a_column_is_read_once_and_held(folder):
    release = open_release(folder)
    ids = release.hold("settlements", ["id"])["id"].to_pylist()
    (folder / "settlements.parquet").unlink()
    assert release.table("settlements", ["id"])["id"].to_pylist() == ids
    with pytest.raises(ReleaseError, match="settlements"):
        release.hold("settlements", ["id", "name"])


def test_rows_are_found_by_what_they_speak_of(folder):
    release = open_release(folder)
    values = release.table("values").to_pylist()
    for id_ in release.table("settlements")["id"].to_pylist():
        own = [row for row in values if row["settlement_id"] == id_]
        assert release.rows("values", id_) == own
    assert release.rows("values", "nowhere") == []
    assert release.row("settlements", None) is None
    assert "geometry" not in (release.row("settlements", "zz:01") or ["geometry"])
    assert release.row("settlements", "zz:01", ["id"]) == {"id": "zz:01"}


@pytest.mark.parametrize(
    "texts", [[], [None], ["b", None, "a", "b", "a", None, "b"], ["a", "a"], ["", "x"]]
)
def test_an_index_holds_every_row_with_a_text_once(texts):
    index = Index.of(pa.chunked_array([pa.array(texts, pa.string())]))
    assert list(index.codes) == [t for t in dict.fromkeys(texts) if t is not None]
    for text in ("a", "b", "", "x", "other"):
        where = [row for row, one in enumerate(texts) if one == text]
        assert index.rows(text).tolist() == where


def test_missing_folder(tmp_path):
    assert fault(tmp_path / "by" / "2026-01-01.1").startswith(
        f"{tmp_path}/by/2026-01-01.1: no such release folder."
    )


def test_half_written(folder):
    (folder / "manifest.json").unlink()
    assert fault(folder) == (
        f"{folder}: half-written release: it has no manifest.json. "
        "Remove the folder and run: paritet build zz"
    )


def test_broken_manifest_names_line_and_column(folder):
    (folder / "manifest.json").write_text('{\n "release": }', encoding="utf-8")
    assert "manifest.json: not valid JSON (line 2, column 13)" in fault(folder)


def test_manifest_that_is_no_object(folder):
    (folder / "manifest.json").write_text("[1]", encoding="utf-8")
    assert "manifest.json: not a JSON object" in fault(folder)


@pytest.mark.parametrize("key", ["schema_version", "release", "country", "checksums"])
def test_manifest_without_a_key(folder, key):
    path = folder / "manifest.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    del document[key]
    path.write_text(json.dumps(document), encoding="utf-8")
    assert f"key {key!r} is missing" in fault(folder)


@pytest.mark.parametrize("version", [SCHEMA_VERSION + 1, SCHEMA_VERSION - 2, "1", None])
def test_foreign_schema_version(folder, version):
    edit_manifest(folder, schema_version=version)
    assert f"schema version {version!r} is not one this program reads" in fault(folder)


def test_missing_table(folder):
    (folder / "values.parquet").unlink()
    (folder / "scores.parquet").unlink()
    assert f"{folder}: the file scores.parquet and 1 more is missing." in fault(folder)


def test_missing_tiles_are_noticed_by_their_checksum(folder):
    (folder / "tiles" / "areas.pmtiles").unlink()
    assert "the file tiles/areas.pmtiles is missing" in fault(folder)


def test_changed_byte_is_noticed_only_with_checksums(folder):
    path = folder / "rejected.parquet"
    path.write_bytes(path.read_bytes()[:-1] + b"\0")
    assert open_release(folder).id == "zz/2026-11-22.1"
    words = fault(folder, checksums=True)
    assert re.search(r"rejected\.parquet: SHA-256 is \w{12}…, the manifest", words)


def test_damaged_parquet(folder):
    (folder / "values.parquet").write_bytes(b"PAR1 no table")
    with pytest.raises(ReleaseError, match=r"values\.parquet: cannot be read as parq"):
        open_release(folder).table("values")


def test_missing_column(folder):
    path = folder / "rejected.parquet"
    pq.write_table(pq.read_table(path).drop_columns(["reason"]), path)
    with pytest.raises(
        ReleaseError, match=r"rejected\.parquet: column 'reason' is mis"
    ):
        open_release(folder).table("rejected")


def test_column_of_another_type(folder):
    path = folder / "rejected.parquet"
    table = pq.read_table(path)
    bad = table.set_column(0, "source", pa.array([[1], [2]], pa.list_(pa.int64())))
    pq.write_table(bad, path)
    with pytest.raises(ReleaseError, match=r"column 'source' is list<.*not string"):
        open_release(folder).table("rejected")


def test_version_before_lacks_columns_and_tables(folder):
    edit_manifest(folder, schema_version=SCHEMA_VERSION - 1, checksums={})
    path = folder / "scores.parquet"
    pq.write_table(pq.read_table(path).drop_columns(["parity_gap"]), path)
    (folder / "parity.parquet").unlink()
    release = open_release(folder)
    assert release.table("scores")["parity_gap"].null_count == 24
    assert release.table("scores").schema.equals(TABLES["scores"].schema)
    assert release.table("parity").num_rows == 0


def test_list_releases(tmp_path):
    for name in ("2026-11-22.2", "2026-11-22.10", "2026-01-01.1"):
        write_release(tmp_path, "zz", name)
    write_release(tmp_path, "demo", "2026-11-22.1")
    (tmp_path / "zz" / ".staging-7").mkdir()
    (tmp_path / "zz" / "2026-13").mkdir()
    (tmp_path / "notes.txt").write_text("x", encoding="utf-8")
    (tmp_path / ".cache").mkdir()
    move_latest(tmp_path, "zz", "2026-11-22.2")
    assert [(entry.id, entry.latest) for entry in list_releases(tmp_path)] == [
        ("demo/2026-11-22.1", True),
        ("zz/2026-01-01.1", False),
        ("zz/2026-11-22.2", True),
        ("zz/2026-11-22.10", False),
    ]
    assert list_releases(tmp_path / "none") == []


def test_find_release(tmp_path):
    write_release(tmp_path)
    assert find_release(tmp_path, "zz").id == "zz/2026-11-22.1"
    assert find_release(tmp_path, "zz/2026-11-22.1").latest
    with pytest.raises(NotFoundError) as caught:
        find_release(tmp_path, "zz/2020-01-01.1")
    assert "no release 'zz/2020-01-01.1'. Known: zz/2026-11-22.1." in str(caught.value)


@pytest.mark.parametrize("wanted", ["../zz", "", "/", "ZZ", "qq"])
def test_find_release_leaves_the_folder_for_nobody(tmp_path, wanted):
    write_release(tmp_path / "releases")
    with pytest.raises(NotFoundError, match="no release"):
        find_release(tmp_path / "releases", wanted)


def test_find_release_in_an_empty_folder(tmp_path):
    with pytest.raises(NotFoundError, match="Run: paritet build by"):
        find_release(tmp_path, "by")


@pytest.mark.parametrize("text", ["", "../../etc", "2026-11-22.1\n2026-11-22.2"])
def test_latest_that_names_no_release(tmp_path, text):
    write_release(tmp_path)
    (tmp_path / "zz" / "latest").write_text(text, encoding="utf-8")
    with pytest.raises(ReleaseError, match="latest: names no release"):
        latest_name(tmp_path, "zz")
    assert [entry.latest for entry in list_releases(tmp_path)] == [False]
