"""What a killed process leaves beside is swept by the next, what lives is not."""

import fcntl
import os
import subprocess
import sys
from threading import Thread

import pytest

from geo.disk.beside import EXPORT, PART, Naming, beside, sweep
from geo.disk.whole import write_whole
from tests.build.small import REPOSITORY


def left(folder):
    return sorted(path.name for path in folder.iterdir())


def killed_within(folder, naming):
    """Be killed while a file is made beside."""
    code = (
        "import os, signal; from pathlib import Path; "
        f"from geo.disk.beside import {naming}, beside\n"
        f"with beside(Path({str(folder)!r}), {naming}) as made:\n"
        "    (made / 'half').write_text('x')\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, check=False)
    (name,) = left(folder)
    return name


def test_the_leftover_of_a_killed_export_goes_with_the_next(tmp_path):
    name = killed_within(tmp_path, "EXPORT")
    assert EXPORT.fits(name)
    write_whole(tmp_path / "x.csv", "x.csv", lambda path: path.write_text("x"))
    assert left(tmp_path) == ["x.csv"]


def test_the_leftover_in_a_folder_of_ours_goes(tmp_path):
    name = killed_within(tmp_path, "PART")
    (tmp_path / ".old-style.part").write_text("a file, as older versions left it")
    assert sorted(sweep(tmp_path)) == sorted([name, ".old-style.part"])
    assert left(tmp_path) == []


def test_a_pipe_that_is_called_so_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / ".x.part")
    sweeping = Thread(target=sweep, args=(tmp_path,), daemon=True)
    sweeping.start()
    sweeping.join(10)
    assert not sweeping.is_alive()
    assert left(tmp_path) == []


def test_who_lives_is_left_alone(tmp_path):
    with beside(tmp_path, EXPORT) as one, beside(tmp_path, EXPORT) as other:
        assert sweep(tmp_path, EXPORT) == []
        assert left(tmp_path) == sorted([one.name, other.name])
    assert left(tmp_path) == []


def test_what_others_call_so_is_left_alone(tmp_path):
    (tmp_path / ".export-settings").mkdir(mode=0o755)  # not private
    (tmp_path / ".export-listings").write_text("a file of somebody's")
    (tmp_path / ".export-of-mine").mkdir(mode=0o700)  # not so many letters
    (tmp_path / ".export-linkages").symlink_to(tmp_path)
    assert sweep(tmp_path, EXPORT) == []
    assert len(left(tmp_path)) == 4


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives folders away")
def test_what_is_another_users_is_left_alone(tmp_path):
    (tmp_path / ".export-abcdefgh").mkdir(mode=0o700)
    os.chown(tmp_path / ".export-abcdefgh", 65534, 65534)
    assert sweep(tmp_path, EXPORT) == []
    os.chown(tmp_path / ".export-abcdefgh", 0, 0)
    assert sweep(tmp_path, EXPORT) == [".export-abcdefgh"]


def test_without_locks_nothing_is_taken_for_dead(tmp_path, monkeypatch):
    def unsupported(*_):
        raise OSError(9, "Bad file descriptor")

    (tmp_path / ".x.part").mkdir()
    monkeypatch.setattr(fcntl, "flock", unsupported)
    with beside(tmp_path, PART) as made:
        (made / "file").write_text("works all the same")
    assert left(tmp_path) == [".x.part"]


def test_a_sweeper_that_was_quicker_than_the_lock_costs_another_name(
    tmp_path, monkeypatch
):
    lock, tried = fcntl.flock, []

    def taken(descriptor, how):
        tried.append(descriptor)
        if len(tried) == 1:
            raise BlockingIOError
        lock(descriptor, how)

    monkeypatch.setattr(fcntl, "flock", taken)
    with beside(tmp_path) as made:
        assert made.is_dir()
    assert len(tried) == 2


def test_a_name_has_all_three_parts():
    naming = Naming(".demo.", ".part")
    assert naming.fits(".demo.17.part")
    assert not naming.fits(".demo.part")
    assert not naming.fits("demo.17.part")
    assert not naming.fits(".demo.17.parts")
