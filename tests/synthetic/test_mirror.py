"""Same seed, same bytes: everywhere, at any size, whole or not at all."""

import hashlib
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from geo.errors import DeclarationError, FetchError
from geo.sources.country import SyntheticSpec
from geo.synthetic.mirror import cached_mirror, write_mirror
from geo.synthetic.territory import bounds
from tests.disk.small_files import TOO_LARGE, files_up_to

SEED, SIZE = 2026, 1200


def hashes(folder: Path) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.iterdir()
    }


def test_same_bytes_under_another_locale_time_zone_and_hash_seed(demo, tmp_path):
    program = (
        "import sys; from pathlib import Path; "
        "from geo.synthetic.mirror import write_mirror; "
        "write_mirror(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))"
    )
    environment = os.environ | {
        "PYTHONHASHSEED": "77",
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C",
        "LANG": "tr_TR.UTF-8",
        "PYTHONUTF8": "0",
        "OMP_NUM_THREADS": "1",
    }
    subprocess.run(
        [sys.executable, "-c", program, str(tmp_path), str(SEED), str(SIZE)],
        check=True,
        env=environment,
        cwd=Path(__file__).resolve().parents[1],
    )
    assert hashes(tmp_path / "demo") == hashes(demo)


def test_another_seed_gives_another_country(demo, tmp_path):
    write_mirror(tmp_path, SEED + 1, SIZE)
    other = hashes(tmp_path / "demo")
    same = {name for name, digest in hashes(demo).items() if other[name] == digest}
    assert same == set()
    # the raions are called the same, so that declarations fit any seed
    polygons = json.loads((tmp_path / "demo/polygons.geojson").read_text("utf-8"))
    names = {feature["properties"]["name_ru"] for feature in polygons["features"]}
    assert "Вежбунский район" in names


def test_an_older_mirror_is_replaced_and_nothing_is_left_beside(demo, tmp_path):
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "stale.csv").write_text("old", encoding="utf-8")
    write_mirror(tmp_path, SEED, SIZE)
    assert hashes(tmp_path / "demo") == hashes(demo)
    assert [path.name for path in tmp_path.iterdir()] == ["demo"]


def test_archives_carry_no_clock_and_no_name(demo):
    header = (demo / "cells.csv.gz").read_bytes()[:10]
    assert header[3] == 0  # no file name
    assert header[4:8] == b"\0\0\0\0"
    with zipfile.ZipFile(demo / "timetable.zip") as archive:
        names = archive.namelist()
        assert {info.date_time for info in archive.infolist()} == {
            (1980, 1, 1, 0, 0, 0)
        }
        assert archive.testzip() is None
    assert names == sorted(names)


def test_cached_mirror_is_made_once_and_mended_when_damaged(demo, tmp_path):
    spec = SyntheticSpec(seed=SEED, settlements=SIZE)
    first = cached_mirror(spec, tmp_path)
    stamp = (first / "demo" / "places.csv").stat().st_mtime_ns
    assert cached_mirror(spec, tmp_path) == first
    assert (first / "demo" / "places.csv").stat().st_mtime_ns == stamp
    (first / "demo" / "places.csv").write_text("cut", encoding="utf-8")
    (first / "demo" / "stray.csv").write_text("", encoding="utf-8")
    assert hashes(cached_mirror(spec, tmp_path) / "demo") == hashes(demo)


def test_too_small_or_unwritable_ends_in_one_sentence(tmp_path):
    with pytest.raises(DeclarationError) as small:
        write_mirror(tmp_path, SEED, 199)
    assert str(small.value) == (
        "country.yaml, key 'synthetic.settlements': a synthetic country of 199 "
        "settlements is too small. Give at least 200."
    )
    with pytest.raises(DeclarationError, match="Give at most 100000"):
        write_mirror(tmp_path, SEED, 100_001)
    with pytest.raises(DeclarationError, match="the seed -1 is negative"):
        write_mirror(tmp_path, -1, SIZE)
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    with pytest.raises(FetchError, match="cannot be written") as refused:
        write_mirror(blocked, SEED, SIZE)
    assert str(refused.value) == (
        f"{blocked}: the mirror of the demo country cannot be written (File exists). "
        "PARITET_CACHE names the folder of the cache. Choose another folder, then try "
        "again."
    )


@pytest.mark.parametrize("size", [200, 640, 3000])
def test_other_sizes_keep_their_count_and_lie_in_their_bounds(size, tmp_path, table):
    write_mirror(tmp_path, 7, size)
    places = table(tmp_path / "demo" / "places.csv")
    good = places[~places["name_en"].str.startswith("Nowhere")]
    abroad = good["name_en"] == "Zamiezza"  # a town of the neighbour country
    assert abroad.sum() == 1
    assert len(good[(good["possible_dup_of"] == "") & ~abroad]) == size
    west, south, east, north = bounds(size)
    assert good["lon"].astype(float).between(west, east).all()
    assert good["lat"].astype(float).between(south, north).all()


@pytest.mark.parametrize("count", [1000, 50_000])
def test_a_disk_that_takes_no_mirror_is_one_sentence(tmp_path, count):
    """The second limit lets tables pass, and would end osmium and all with it."""
    with pytest.raises(FetchError) as caught, files_up_to(count):
        write_mirror(tmp_path, 7, 200)
    assert str(caught.value) == (
        f"{tmp_path}: the mirror of the demo country cannot be written (File too "
        "large). PARITET_CACHE names the folder of the cache. "
        + TOO_LARGE.removeprefix("(File too large). ")
    )
    assert list(tmp_path.iterdir()) == []


def test_what_killed_builds_left_in_the_cache_goes(tmp_path):
    older = tmp_path / "synthetic" / "of-an-older-generator"
    (older / "demo").mkdir(parents=True)
    (older / ".demo.4711.part").mkdir()
    (older / ".demo.4711.part" / "places.csv").write_text("half", encoding="utf-8")
    root = cached_mirror(SyntheticSpec(seed=7, settlements=200), tmp_path)
    assert [path.name for path in older.iterdir()] == ["demo"]
    assert [path.name for path in root.iterdir()] == ["demo"]
