"""The same inputs give the same bytes, wherever, whenever and by whomever built."""

import os
import shutil
import subprocess
import sys

from geo.pipeline import STAGES, build
from tests.build.conftest import DAY
from tests.build.small import REPOSITORY, contents, manifest, served, settings_of

MACHINES = (
    {
        "TZ": "Pacific/Auckland",
        "LANG": "C",
        "LC_ALL": "C",
        "PYTHONHASHSEED": "1",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "NUMBA_NUM_THREADS": "1",
        "ARROW_DEFAULT_MEMORY_POOL": "system",
        "TIPPECANOE_MAX_THREADS": "1",
    },
    {
        "TZ": "America/St_Johns",
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "PYTHONHASHSEED": "4242",
        "OMP_NUM_THREADS": "4",
        "OPENBLAS_NUM_THREADS": "3",
        "NUMBA_NUM_THREADS": "2",
        "TIPPECANOE_MAX_THREADS": "3",
    },
)
COMMAND = "from geo.cli import main; main()"


def start(small, where, machine):
    """Start a build of the small demo as another user on another machine would."""
    (where / "cwd").mkdir(parents=True)
    data = shutil.copytree(small.data, where / "declarations")
    mine = {"PARITET_CACHE": f"{where}/cache", "PYTHONPATH": f"{REPOSITORY}"}
    mine |= {"PARITET_SUPPLIED": f"{where}/supplied", "HOME": f"{where}"}
    command = [sys.executable, "-c", COMMAND, "build", "demo", "--out", "../out"]
    command += ["--data", str(data), "--on", str(DAY)]
    return subprocess.Popen(
        command,
        cwd=where / "cwd",
        env={"PATH": os.environ["PATH"]} | mine | machine,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def test_two_machines_make_the_same_bytes(small, tmp_path):
    places = [tmp_path / "one", tmp_path / "another" / "deeper"]
    running = [
        start(small, where, machine)
        for where, machine in zip(places, MACHINES, strict=True)
    ]
    for process in running:
        said, _ = process.communicate()
        assert process.returncode == 0, said.decode()
    one, other = (contents(where / "out" / "demo") for where in places)
    del one[".lock"], other[".lock"]  # holds the number of the process
    assert one == other
    assert len(one) == len(manifest(small.built.published.path)["checksums"]) + 2
    first = contents(small.settings.releases / "demo")
    del first[".lock"]
    assert one == first


def test_no_clock_and_no_path_is_in_a_release(small):
    path = small.built.published.path
    for file in path.rglob("*"):
        if file.is_file():
            held = file.read_bytes()
            assert str(small.base).encode() not in held, file.name
            assert str(REPOSITORY).encode() not in held, file.name


def test_an_unchanged_rebuild_makes_no_new_release(small, base):
    settings = settings_of(base, small.data, cache=small.settings.cache)
    before = contents(base / "releases")
    told = []
    again = build(
        "demo",
        settings=settings,
        on=DAY,
        progress=lambda stage, _: told.append(stage),
    )
    assert (again.published.release_id, again.published.new) == (
        "demo/2026-01-15.1",
        False,
    )
    after = contents(base / "releases")
    del before["demo/.lock"], after["demo/.lock"]
    assert after == before
    assert tuple(dict.fromkeys(told)) == STAGES
    assert list(again.seconds) == list(STAGES)
    assert served(base / "releases") == "2026-01-15.1"
