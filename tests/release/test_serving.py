"""What is served is decided: by the day, or by who runs the server."""

import json
import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from geo.errors import BuildLockedError, NotFoundError, ReleaseError
from geo.release import shelf, tiles, write
from geo.release.catalog import find_release
from geo.release.lock import country_lock
from geo.release.serving import Why, decide, serve_built, serve_release
from tests.build.small import REPOSITORY, contents
from tests.release.publisher import publish_toy

TODAY = date(2026, 11, 30)


@pytest.fixture(autouse=True)
def _without_tippecanoe(monkeypatch):
    """Publish with empty tiles: nothing here depends on what is in them."""

    def empty(staging, _tables):
        (staging / tiles.FOLDER).mkdir()
        for layer in tiles.ARCHIVES:
            path = staging / tiles.FOLDER / f"{layer.name}.pmtiles"
            path.write_bytes(tiles.empty_archive(layer))

    monkeypatch.setattr(write, "make_tiles", empty)
    monkeypatch.setattr(write, "described", lambda _settlements: {})


@pytest.mark.parametrize(
    ("served", "built", "why"),
    [
        (None, "2026-11-25.1", Why.FIRST),
        (None, "2026-11-30.1", Why.FIRST),  # today is no future
        (None, "2026-12-01.1", Why.FUTURE),
        ("2026-11-25.1", "2026-11-26.1", Why.NEWER),
        ("2026-11-25.9", "2026-11-30.1", Why.NEWER),
        ("2026-11-25.1", "2026-12-01.1", Why.FUTURE),
        ("2026-11-25.9", "2026-11-25.10", Why.REBUILT),
        ("2026-11-25.10", "2026-11-25.9", Why.OLDER),
        ("2026-11-25.1", "2026-11-25.1", Why.SAME),
        ("2026-11-25.1", "2026-11-24.9", Why.OLDER),
        ("2026-12-31.1", "2026-12-31.1", Why.SAME),
        ("2026-12-31.1", "2026-12-31.2", Why.FUTURE),
        ("2026-12-31.1", "2026-11-30.1", Why.OLDER),
    ],
)
def test_the_rule(served, built, why):
    assert decide(served, built, TODAY) is why
    assert why.moves is (why in {Why.FIRST, Why.NEWER, Why.REBUILT})


def test_what_is_no_name_is_not_decided_upon():
    with pytest.raises(ReleaseError, match=r"'2026-13-01\.1' names no release"):
        decide(None, "2026-13-01.1", TODAY)


@pytest.fixture
def root(tmp_path):
    """Releases folder with one release, served."""
    publish_toy(tmp_path, on=date(2026, 11, 22))
    return tmp_path


def latest(root):
    return (root / "ty" / "latest").read_text()


def test_an_older_day_changes_nothing_that_is_served(root):
    before = contents(root / "ty" / "2026-11-22.1")
    made = publish_toy(root, on=date(2025, 12, 31))
    assert (made.release_id, made.new) == ("ty/2025-12-31.1", True)
    assert latest(root) == "2026-11-22.1\n"
    assert made.serving.release_id == "ty/2026-11-22.1"
    assert made.serving.sentence(" --releases x") == (
        "served: still ty/2026-11-22.1, because 2025-12-31 is an older day; to serve "
        "the new one: paritet publish ty/2025-12-31.1 --releases x"
    )
    assert contents(root / "ty" / "2026-11-22.1") == before
    again = publish_toy(root, on=date(2025, 12, 31))
    assert (again.new, again.serving) == (False, made.serving)
    assert latest(root) == "2026-11-22.1\n"


def test_a_day_that_has_not_come_waits_for_it(root):
    made = publish_toy(root, on=date(2026, 12, 1))
    assert made.serving.sentence() == (
        "served: still ty/2026-11-22.1, because 2026-12-01 lies in the future; to "
        "serve the new one: paritet publish ty/2026-12-01.1"
    )
    assert latest(root) == "2026-11-22.1\n"
    due = publish_toy(root, on=date(2026, 12, 1), today=date(2026, 12, 1))
    assert not due.new
    assert due.serving.sentence() == "served: ty/2026-12-01.1 (newer day)"
    assert latest(root) == "2026-12-01.1\n"


def test_a_first_release_of_the_future_is_not_served(tmp_path):
    made = publish_toy(tmp_path, on=date(2027, 1, 1))
    assert made.serving.sentence() == (
        "served: nothing, because 2027-01-01 lies in the future; to serve the new one: "
        "paritet publish ty/2027-01-01.1"
    )
    assert not (tmp_path / "ty" / "latest").exists()
    assert serve_release(tmp_path, "ty", "2027-01-01.1").why is Why.ASKED
    assert latest(tmp_path) == "2027-01-01.1\n"


def having(folder, settlements):
    """Let a release that stands there count other settlements than it has."""
    manifest = json.loads((folder / "manifest.json").read_bytes())
    own = manifest["counts"]["settlements"]
    manifest["counts"]["settlements"] = settlements(own)
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    return own


def test_a_build_that_lost_many_settlements_waits_to_be_asked_for(root):
    own = having(root / "ty" / "2026-11-22.1", lambda own: own + own)
    made = publish_toy(root, on=date(2026, 11, 25))
    assert made.serving.why is Why.SMALLER
    assert made.serving.sentence() == (
        f"served: still ty/2026-11-22.1, because ty/2026-11-25.1 has {own} settlements "
        f"where {2 * own} were; to serve the new one: paritet publish ty/2026-11-25.1"
    )
    assert latest(root) == "2026-11-22.1\n"
    assert serve_release(root, "ty", "2026-11-25.1").why is Why.ASKED
    # from then on it is the measure
    assert publish_toy(root, on=date(2026, 11, 26)).serving.why is Why.NEWER


@pytest.mark.parametrize(("served", "why"), [(10, Why.NEWER), (11, Why.SMALLER)])
def test_nine_in_ten_settlements_are_enough(served, why, root):
    having(root / "ty" / "2026-11-22.1", lambda _: served)
    publish_toy(root, on=date(2026, 11, 25))
    having(root / "ty" / "2026-11-25.1", lambda _: 9)
    shelf.replace_text(root / "ty" / "latest", "2026-11-22.1")
    assert serve_built(root / "ty", "2026-11-25.1", TODAY).why is why


def test_a_served_release_that_cannot_be_read_is_no_measure(root):
    (root / "ty" / "2026-11-22.1" / "manifest.json").write_text("{", "utf-8")
    assert publish_toy(root, on=date(2026, 11, 25)).serving.why is Why.NEWER


def test_a_pipe_as_latest_is_not_waited_for(root):
    (root / "ty" / "latest").unlink()
    os.mkfifo(root / "ty" / "latest")
    with pytest.raises(ReleaseError, match=r"latest: is no file\. .*paritet build ty"):
        find_release(root, "ty")
    assert publish_toy(root, on=date(2026, 11, 25)).serving.why is Why.FIRST
    assert latest(root) == "2026-11-25.1\n"


def test_the_words_for_what_moves(tmp_path):
    first = publish_toy(tmp_path)
    assert first.serving.sentence() == (
        "served: ty/2026-11-22.1 (nothing was served before)"
    )
    again = publish_toy(tmp_path)
    assert again.serving.sentence() == "served: ty/2026-11-22.1 (it was served already)"
    other = publish_toy(tmp_path, note="!")
    assert other.serving.sentence() == (
        "served: ty/2026-11-22.2 (newer build of the same day)"
    )


@pytest.mark.parametrize("text", ["", "../../etc\n", "2030-01-01.1\n", "\udcff"])
def test_a_broken_latest_serves_nothing_and_is_mended(root, text):
    (root / "ty" / "latest").write_text(text, "utf-8", "surrogateescape")
    assert publish_toy(root, on=date(2026, 1, 1)).serving.why is Why.FIRST
    assert latest(root) == "2026-01-01.1\n"


def test_serving_goes_backwards_and_twice(root):
    publish_toy(root, on=date(2026, 11, 25))
    assert latest(root) == "2026-11-25.1\n"
    assert serve_release(root, "ty", "2026-11-22.1").sentence() == (
        "served: ty/2026-11-22.1 (it was asked for)"
    )
    assert latest(root) == "2026-11-22.1\n"
    before = (root / "ty" / "latest").stat().st_mtime_ns
    assert serve_release(root, "ty", "2026-11-22.1").why is Why.SAME
    assert (root / "ty" / "latest").stat().st_mtime_ns == before


def test_what_is_served_by_hand_stays_until_a_newer_day(root):
    publish_toy(root, on=date(2026, 11, 25))
    serve_release(root, "ty", "2026-11-22.1")
    assert publish_toy(root, on=date(2026, 11, 22)).serving.why is Why.SAME
    assert publish_toy(root, on=date(2026, 11, 25)).serving.why is Why.NEWER
    assert latest(root) == "2026-11-25.1\n"


def test_what_is_not_there_is_refused_with_what_is(root):
    with pytest.raises(NotFoundError, match=r"'xx' has releases\. There are: ty\."):
        serve_release(root, "xx", "2026-11-22.1")
    with pytest.raises(NotFoundError, match=r"'\.\./ty' is no country code"):
        serve_release(root, "../ty", "2026-11-22.1")
    for name in ("2026-11-22.2", "../ty/2026-11-22.1", "latest", ".lock"):
        with pytest.raises(NotFoundError, match=r"Known: ty/2026-11-22\.1"):
            serve_release(root, "ty", name)
    assert sorted(path.name for path in root.iterdir()) == ["ty"]


def test_a_damaged_release_is_not_served(root):
    made = publish_toy(root, on=date(2026, 11, 25), today=TODAY)
    serve_release(root, "ty", "2026-11-22.1")
    path = made.path / "values.parquet"
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(ReleaseError, match=r"values\.parquet: SHA-256 is"):
        serve_release(root, "ty", "2026-11-25.1")
    assert latest(root) == "2026-11-22.1\n"


def test_what_is_served_already_is_checked_all_the_same(root):
    path = root / "ty" / "2026-11-22.1" / "values.parquet"
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(ReleaseError, match=r"values\.parquet: SHA-256 is"):
        serve_release(root, "ty", "2026-11-22.1")


def test_no_serving_during_a_build(root):
    with country_lock(root, "ty"), pytest.raises(BuildLockedError):
        serve_release(root, "ty", "2026-11-22.1")


@pytest.mark.parametrize("step", ["verify_release", "shelf.write_durably"])
def test_killed_while_serving_one_of_both_is_served(root, step):
    publish_toy(root, on=date(2026, 11, 25))
    code = (
        "import os, signal, sys; from pathlib import Path; "
        "from geo.release import serving, shelf; "
        f"serving.{step} = lambda *_: os.kill(os.getpid(), signal.SIGKILL); "
        "serving.serve_release(Path(sys.argv[1]), 'ty', '2026-11-22.1')"
    )
    command = [sys.executable, "-c", code, str(root)]
    done = subprocess.run(command, cwd=REPOSITORY, check=False)
    assert done.returncode == -signal.SIGKILL
    assert latest(root) == "2026-11-25.1\n"
    serve_release(root, "ty", "2026-11-22.1")
    assert latest(root) == "2026-11-22.1\n"
    publish_toy(root, on=date(2026, 11, 22))
    assert sorted(path.name for path in (root / "ty").iterdir()) == [
        ".lock",
        "2026-11-22.1",
        "2026-11-25.1",
        "latest",
    ]


def test_today_leaves_no_trace_in_a_release(tmp_path):
    one = publish_toy(tmp_path / "one", today=date(2026, 11, 22))
    other = publish_toy(tmp_path / "other", today=date(2030, 1, 1))
    assert contents(one.path) == contents(other.path)
    assert "2030" not in json.dumps(
        json.loads(Path(other.path / "manifest.json").read_bytes())
    )
