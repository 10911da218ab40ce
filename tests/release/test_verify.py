"""Whatever is wrong in a release is named in one sentence before it is served."""

import json
import os
import shutil
import subprocess
import sys

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely

from geo.errors import ReleaseError
from geo.release import manifest_file
from geo.release.content import manifest_bytes
from geo.release.read import open_release
from geo.release.verify import verify_release
from tests.build.small import REPOSITORY
from tests.release.damaged import column, edit, fault, sign


def test_a_whole_release_passes(folder):
    assert verify_release(folder).id == "ty/2026-11-22.1"
    sign(folder)
    assert verify_release(folder).id == "ty/2026-11-22.1"


def test_a_changed_byte(folder):
    path = folder / "tiles" / "areas.pmtiles"
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    assert fault(folder).startswith("tiles/areas.pmtiles: SHA-256 is ")


def test_a_changed_manifest(folder):
    path = folder / "manifest.json"
    document = json.loads(path.read_bytes())
    document["standards"][0]["title"]["ru"] = "Другая норма"
    path.write_bytes(manifest_bytes(document))
    assert fault(folder).startswith(
        "manifest.json: changed after it was published: its content id is "
    )


def test_a_table_or_archive_without_a_checksum(folder):
    whole = (folder / "manifest.json").read_bytes()
    for name in ("scores.parquet", "tiles/areas.pmtiles"):
        document = json.loads(whole)
        del document["checksums"][name]
        (folder / "manifest.json").write_bytes(manifest_bytes(document))
        sign(folder)
        assert fault(folder).startswith(f"{name}: the manifest has no checksum of this")


def test_hexagons_without_their_tiles(folder):
    (folder / "tiles/hexagons.pmtiles").unlink()
    whole = json.loads((folder / "manifest.json").read_bytes())
    sums = {k: v for k, v in whole["checksums"].items() if "hexagons" not in k}
    sign(folder, checksums=sums)
    assert fault(folder) == (
        "manifest.json: the manifest promises tiles of hexagons that are not there. "
        "Build the country again, or take the folder from its publisher again."
    )
    sign(folder, checksums=sums, tiles={})  # as a release before it had them
    assert verify_release(folder)


def test_a_verdict_by_a_norm_that_the_manifest_does_not_have(folder):
    standards = column(folder, "judgements", "standard")
    decided = column(folder, "judgements", "norm_id")
    possible = column(folder, "judgements", "norms_possible")
    wanted = f"the manifest has no norm 'by.no' of '{standards[0]}'"
    edit(folder, "judgements", norm_id=["by.no", *decided[1:]])
    assert fault(folder).startswith(f"judgements.parquet: {wanted}")
    edit(
        folder, "judgements", norm_id=decided, norms_possible=[["by.no"], *possible[1:]]
    )
    assert wanted in fault(folder)
    edit(folder, "judgements", norms_possible=possible)
    assert verify_release(folder)
    edit(folder, "judgements", standard=["other", *standards[1:]])
    assert "the manifest has no standard 'other'" in fault(folder)


def test_another_name_or_day(folder):
    other = folder.rename(folder.with_name("2026-11-22.2"))
    assert "'ty/2026-11-22.1' of 'ty', the folder 'ty/2026-11-22.2'" in fault(other)
    folder = other.rename(folder)
    sign(folder, on="2026-11-21")
    assert "the release of 2026-11-22.1 was judged on 2026-11-21" in fault(folder)


def test_a_key_that_occurs_twice(folder):
    ids = column(folder, "settlements", "id")
    edit(folder, "settlements", id=[ids[1], *ids[1:]])
    assert fault(folder).startswith(
        "settlements.parquet: row 2: the key 'toy:10' stands there twice"
    )


def test_a_key_that_is_empty(folder):
    ids = column(folder, "facilities", "id")
    edit(folder, "facilities", id=[None, *ids[1:]])
    assert "row 1: id is null, and may not be" in fault(folder)


@pytest.mark.parametrize(
    ("name", "key", "where"),
    [
        ("values", "settlement_id", "settlements"),
        ("values", "facility_id", "facilities"),
        ("judgements", "settlement_id", "settlements"),
        ("settlements", "raion_id", "areas"),
        ("settlements", "country_id", "areas"),
        ("settlements", "duplicate_of", "settlements"),
        ("areas", "parent", "areas"),
        ("areas", "centre", "settlements"),
        ("area_scores", "area_id", "areas"),
        ("ranks", "id", "settlements or areas"),
        ("facilities", "settlement_id", "settlements"),
    ],
)
def test_a_row_that_names_what_is_not_there(folder, name, key, where):
    values = column(folder, name, key)
    edit(folder, name, **{key: [*values[:-1], "toy:gone"]})
    assert fault(folder).startswith(
        f"{name}.parquet: row {len(values)}: {key} is 'toy:gone', which {where} do not "
        "hold."
    )


def test_a_row_too_few(folder):
    path = folder / "rejected.parquet"
    pq.write_table(pq.read_table(path).slice(1), path)
    sign(folder)
    assert "rejected.parquet: 0 rows, the manifest counts 1" in fault(folder)


def test_a_row_too_many(folder):
    path = folder / "rejected.parquet"
    rows = pq.read_table(path)
    pq.write_table(pa.concat_tables([rows, rows]), path)
    sign(folder)
    assert "rejected.parquet: 2 rows, the manifest counts 1" in fault(folder)


@pytest.mark.parametrize(
    "wkb",
    [
        b"",
        b"\x01\x01\x00",
        shapely.to_wkb(shapely.Point(25.0, float("inf"))),
        # a circular string: GEOS reads it, and nothing can draw it
        bytes.fromhex("0108000000" + "03000000" + "00" * 48),
    ],
)
def test_a_geometry_that_is_none(folder, wkb):
    shapes = column(folder, "settlements", "geometry")
    edit(folder, "settlements", geometry=[*shapes[:2], wkb, *shapes[3:]])
    assert fault(folder).startswith(
        "settlements.parquet: row 3: the geometry of 'toy:11' is damaged"
    )


def test_a_text_that_is_no_text(folder):
    path = folder / "rejected.parquet"
    rows = pq.read_table(path)
    bad = pa.array([b"\xff"], pa.binary()).view(pa.string())
    pq.write_table(rows.set_column(5, "reason", bad), path)
    sign(folder)
    assert "rejected.parquet: column 'reason' is damaged (" in fault(folder)


def test_a_column_that_occurs_twice(folder):
    path = folder / "rejected.parquet"
    rows = pq.read_table(path)
    pq.write_table(rows.append_column("reason", rows["reason"]), path)
    sign(folder)
    assert "rejected.parquet: column 'reason' occurs twice" in fault(folder)


@pytest.mark.parametrize("kept", [0, 3, 500, -8])
def test_a_table_that_is_cut_short(folder, kept):
    path = folder / "values.parquet"
    path.write_bytes(path.read_bytes()[:kept])
    sign(folder)
    assert "values.parquet: cannot be read as parquet (" in fault(folder)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"checksums": []}, "checksums: Input should be a valid dictionary, got []"),
        ({"checksums": {"../../etc/passwd": "0" * 64}}, "no name of a file within the"),
        ({"checksums": {"/etc/passwd": "0" * 64}}, "no name of a file within the rele"),
        ({"checksums": {"tiles/../x": "0" * 64}}, "no name of a file within the relea"),
        ({"checksums": {"tiles//x": "0" * 64}}, "no name of a file within the release"),
        ({"checksums": {"./x": "0" * 64}}, "no name of a file within the release"),
        ({"checksums": {"a\0b": "0" * 64}}, "no name of a file within the release"),
        ({"checksums": {"manifest.json": "0" * 64}}, "no name of a file within the re"),
        ({"checksums": {"x": "abc"}}, "checksums.x: String should match pattern"),
        ({"checksums": {"x": 5}}, "checksums.x: Input should be a valid string, got 5"),
        ({"country": "ty"}, "country: Input should be a valid dictionary"),
        ({"country": {}}, "country.code: Field required"),
        ({"country": {"code": "../x"}}, "country.code: String should match pattern"),
        ({"release": 5}, "release: Input should be a valid string, got 5"),
        ({"release": "ty/../x"}, "release: no release id such as by/2026-11-22.1"),
        ({"release": "../2026-11-22.1"}, "release: no release id such as by/2026-11-2"),
        ({"on": "2026-02-30"}, "on: day is out of range"),
        ({"on": "20261122"}, "on: no day such as 2026-11-22, got '20261122'"),
        ({"schema_version": 4.0}, "schema version 4.0 is not one this program reads"),
        ({"schema_version": True}, "schema version True is not one this program reads"),
    ],
)
def test_a_manifest_that_cannot_be_opened(folder, changes, words):
    path = folder / "manifest.json"
    document = json.loads(path.read_bytes()) | changes
    path.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(ReleaseError) as caught:
        open_release(folder)
    assert str(caught.value).startswith(f"{path}: ")
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"standards": {}}, "standards: Input should be a valid list, got {}"),
        ({"standards": [1]}, "standards[0]: Input should be a valid dictionary"),
        ({"standards": [{}]}, "standards[0].id: Field required"),
        ({"counts": {"values": "x"}}, "counts.values: Input should be a valid integer"),
        (
            {"tiles": {"hexagons": [{"resolution": 16}]}},
            "hexagons[0].resolution: Input",
        ),
        (
            {"tiles": {"settlements": "x"}},
            "tiles.settlements: Input should be 'by_cell'",
        ),
        ({"inputs": None}, "inputs: Input should be a valid list, got None"),
        (
            {"country": {"code": "xx"}},
            "'ty/2026-11-22.1' of 'xx', the folder 'ty/",
        ),
    ],
)
def test_a_manifest_that_cannot_be_served(folder, changes, words):
    sign(folder, **changes)
    assert open_release(folder, checksums=True)
    assert words in fault(folder)


@pytest.mark.parametrize(
    "text", [b"", b"\xff\xfe", b"[" * 100_000, b'"x"', b"null", b'{"on": NaN}']
)
def test_a_manifest_that_is_none(folder, text):
    (folder / "manifest.json").write_bytes(text)
    assert fault(folder).startswith("manifest.json: not ")


def test_a_link_out_of_the_release_is_refused(folder, tmp_path):
    secret = tmp_path / "secret.parquet"
    shutil.move(folder / "values.parquet", secret)
    (folder / "values.parquet").symlink_to(secret)
    assert fault(folder).startswith(
        ": the file values.parquet is a link or lies behind"
    )
    (folder / "values.parquet").unlink()
    shutil.move(secret, folder / "values.parquet")
    shutil.move(folder / "tiles", tmp_path / "tiles")
    (folder / "tiles").symlink_to(tmp_path / "tiles")
    assert "the file tiles/areas.pmtiles is a link or lies behind one" in fault(folder)


def test_a_manifest_that_is_a_link_or_huge_is_none(folder, tmp_path, monkeypatch):
    path = folder / "manifest.json"
    monkeypatch.setattr(manifest_file, "MOST_BYTES", path.stat().st_size)
    assert open_release(folder)
    monkeypatch.setattr(manifest_file, "MOST_BYTES", path.stat().st_size - 1)
    assert fault(folder).startswith("manifest.json: larger than ")
    shutil.move(path, tmp_path / "manifest.json")
    path.symlink_to(tmp_path / "manifest.json")
    assert "half-written release: it has no manifest.json" in fault(folder)


def test_a_release_behind_a_link_is_one(folder, tmp_path):
    (tmp_path / "elsewhere").symlink_to(folder.parent)
    assert open_release(tmp_path / "elsewhere" / folder.name, checksums=True)


def test_what_is_no_file_is_missing(folder):
    (folder / "values.parquet").unlink()
    os.mkfifo(folder / "values.parquet")
    assert fault(folder).startswith(": the file values.parquet is missing")
    (folder / "manifest.json").unlink()
    os.mkfifo(folder / "manifest.json")
    assert fault(folder).startswith(": half-written release: it has no manifest.json")


def test_a_table_that_the_disk_does_not_give_is_not_called_damaged(folder, monkeypatch):
    def fail(*_):
        raise OSError(24, "Too many open files")

    release = open_release(folder)
    monkeypatch.setattr("pyarrow.parquet.ParquetFile", fail)
    with pytest.raises(ReleaseError, match=r"Too many open files\)\. Raise the limit"):
        release.table("values")
    monkeypatch.undo()
    (folder / "values.parquet").unlink()
    with pytest.raises(ReleaseError, match=r"Build the country again, or take the fol"):
        release.table("values")


def test_a_server_may_ask():
    heavy = "{'pandas', 'geopandas', 'pyogrio', 'pyproj', 'numba'} & set(sys.modules)"
    code = f"import sys, geo.release.verify; assert not {heavy}, {heavy}"
    subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, check=True)


def test_what_the_disk_does_not_give_is_one_sentence(folder, monkeypatch):
    def fail(*_):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("hashlib.file_digest", fail)
    assert fault(folder).startswith(
        ": the release cannot be read (Input/output error). The disk itself is at fault"
    )
