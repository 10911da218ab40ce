"""The cache of downloads: full disks, kills, damage, two at once, refreshing."""

import errno
import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from geo.errors import FetchError
from geo.sources import partial as partial_module
from geo.sources.partial import PartialFile
from tests.sources.roads import BODY, PATH, get, left_in


def test_a_full_disk_is_seen_before_the_first_byte(roads, cache, monkeypatch):
    monkeypatch.setattr(
        partial_module,
        "shutil",
        SimpleNamespace(disk_usage=lambda _: SimpleNamespace(free=1000)),
    )
    with pytest.raises(FetchError) as caught:
        get(roads, cache)
    assert "the disk is full: 307200 more bytes are needed, 1000 are free in" in str(
        caught.value
    )
    assert "PARITET_CACHE" in str(caught.value)
    assert left_in(cache) == set()


def test_a_disk_that_fills_up_on_the_way_is_not_left_full(roads, cache, monkeypatch):
    write = PartialFile.append

    def fill(self, chunk):
        if self.size + len(chunk) > 100_000:
            raise OSError(errno.ENOSPC, "No space left on device")
        write(self, chunk)

    monkeypatch.setattr(PartialFile, "append", fill)
    with pytest.raises(
        FetchError, match=r"the disk is full: \d+ more bytes are needed"
    ):
        get(roads, cache)
    assert left_in(cache) == set()


def test_a_refresh_asks_only_for_what_changed(site, roads, cache):
    moving = replace(roads, sha256="")
    get(moving, cache)
    assert get(moving, cache, refresh=True).path.read_bytes() == BODY
    assert "if-none-match" in site.asked[1][1]
    site.files[PATH] = b"newer"
    assert get(moving, cache).path.read_bytes() == BODY
    assert get(moving, cache, refresh=True).path.read_bytes() == b"newer"
    assert len(site.asked) == 3


def test_a_damaged_copy_is_not_trusted(site, roads, cache):
    for source in (roads, replace(roads, sha256="", version="2")):
        path = get(source, cache).path
        path.write_bytes(b"x" + BODY[1:])
        assert get(source, cache).path.read_bytes() == BODY
    assert len(site.asked) == 4


def test_a_copy_from_elsewhere_is_no_copy_of_a_moving_file(site, roads, cache):
    moving = replace(roads, sha256="")
    get(moving, cache)
    site.files["/inside" + PATH] = b"the mirror's own"
    got = get(moving, cache, mirror=site.url + "/inside")
    assert got.path.read_bytes() == b"the mirror's own"


def test_two_downloads_of_one_file_do_not_mix(site, roads, cache):
    def second(answer):
        with pytest.raises(
            FetchError, match="another process is fetching source 'roads'"
        ):
            get(roads, cache)
        tried.append(True)
        answer.serve()

    tried: list[bool] = []
    site.misbehave(PATH, second)
    assert get(roads, cache).path.read_bytes() == BODY
    assert tried == [True]


def test_a_cache_that_cannot_be_made_is_one_sentence(roads, tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(FetchError) as caught:
        get(roads, tmp_path / "file")
    assert str(caught.value) == (
        f"{tmp_path}/file/sources/roads/1: the cache cannot be used (Not a directory). "
        "PARITET_CACHE names the folder of the cache. Give a path in an existing "
        "folder."
    )


KILLED = """
import os, signal, sys
from pathlib import Path
from geo.sources import cache, partial
from tests.sources.roads import source_at
from geo.sources.fetch import fetch
die = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
partial.CHECKPOINT_BYTES = 65_536
point = sys.argv[1]
progress = None
if point == "body":
    progress = lambda _, done, total: die() if done > 200_000 else None
elif point == "before move":
    partial.PartialFile.move_to = die
elif point == "before record":
    cache.write_record = die
fetch(source_at(sys.argv[2], sha256=""), mirror=None, cache=Path(sys.argv[3]),
      progress=progress)
"""


def killed_at(point: str, url: str, cache: Path) -> None:
    """Run a download in another process that is killed at this point."""
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, "-c", KILLED, point, url, str(cache)],
        env=os.environ | {"PYTHONPATH": str(root)},
        check=False,
    )
    assert done.returncode == -signal.SIGKILL


def test_killed_amid_the_body_only_counted_bytes_are_trusted(site, roads, cache):
    killed_at("body", site.url + PATH, cache)
    assert left_in(cache) == {"roads.bin.part"}
    folder = cache / "sources" / "roads" / "1"
    counted = json.loads((folder / "roads.bin.part.json").read_text())["synced"]
    assert 65_536 <= counted < len(BODY)
    with (folder / "roads.bin.part").open("r+b") as torso:
        torso.truncate(counted)
        torso.seek(counted)
        torso.write(b"never forced to the disk" * 20_000)
    assert get(replace(roads, sha256=""), cache).path.read_bytes() == BODY
    assert site.ranges(PATH) == [None, f"bytes={counted}-"]
    assert left_in(cache) == {"roads.bin"}


@pytest.mark.parametrize(
    ("point", "left", "asked"),
    [
        ("before move", "roads.bin.part", [None]),
        ("before record", "roads.bin", [None, None]),
    ],
)
def test_killed_around_the_move_nothing_unproved_is_trusted(
    site, roads, cache, point, left, asked
):
    killed_at(point, site.url + PATH, cache)
    assert left_in(cache) == {left}
    assert get(replace(roads, sha256=""), cache).path.read_bytes() == BODY
    assert site.ranges(PATH) == asked
    assert left_in(cache) == {"roads.bin"}
