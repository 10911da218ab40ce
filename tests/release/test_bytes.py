"""Byte identity: the same inputs, another place, clock zone, locale, seed, threads."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from geo.layers.schema import TABLES
from geo.reports.export import FORMATS

REPOSITORY = Path(__file__).resolve().parents[2]
ELSEWHERE = {
    "TZ": "Pacific/Kiritimati",
    "LANG": "tr_TR.UTF-8",
    "LC_ALL": "C",
    "PYTHONHASHSEED": "4711",
    "TIPPECANOE_MAX_THREADS": "1",
    "OMP_NUM_THREADS": "1",
}
EXPORT_ALL = """
import sys
from pathlib import Path
from geo.reports.export import FORMATS, export
for name in FORMATS:
    export(Path(sys.argv[1]), name, Path(sys.argv[2]))
"""


def run(environment, cwd, *arguments):
    hands = {"PYTHONPATH": str(REPOSITORY), "PYTHONHASHSEED": "0"}
    subprocess.run(
        [sys.executable, *arguments],
        env={**os.environ, **hands, **environment},
        cwd=cwd,
        check=True,
    )


def tree(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_release_is_the_same_bytes_elsewhere(tmp_path):
    here, there = tmp_path / "here", tmp_path / "very" / "deep" / "there"
    there.mkdir(parents=True)
    publisher = ("-m", "tests.release.publisher")
    run({"TZ": "UTC", "TIPPECANOE_MAX_THREADS": "2"}, "/", *publisher, str(here))
    run(ELSEWHERE, there, *publisher, str(there))
    one = tree(here / "ty" / "2026-11-22.1")
    assert one == tree(there / "ty" / "2026-11-22.1")
    assert len(one) == len(TABLES) + 6  # five archives of tiles, the manifest
    for name, content in one.items():
        assert str(tmp_path).encode() not in content, name


@pytest.fixture(scope="module")
def exported(toy_release, tmp_path_factory):
    folders = tmp_path_factory.mktemp("here"), tmp_path_factory.mktemp("there")
    for folder, environment in zip(folders, ({"TZ": "UTC"}, ELSEWHERE), strict=True):
        run(environment, folder, "-c", EXPORT_ALL, str(toy_release), str(folder))
    return tuple(map(tree, folders))


@pytest.mark.parametrize("name", FORMATS)
def test_an_export_is_the_same_bytes_elsewhere(exported, name):
    file = f"ty-2026-11-22.1{FORMATS[name][0]}"
    assert exported[0][file] == exported[1][file]
