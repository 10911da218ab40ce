"""A user's file: whole or as it was, with its permissions; never in another's place."""

import os
import socket
import stat
from contextlib import suppress

import pytest

from geo.disk.whole import check_target, made_folder, write_bytes_whole, write_whole
from geo.errors import ReleaseError
from tests.disk.nobody import as_nobody

OLDER, NEWER = "older", "newer"


def write(path):
    path.write_text(NEWER)


def refused(target, *, name="x.csv"):
    with pytest.raises(ReleaseError) as caught:
        write_whole(target, name, write)
    return str(caught.value)


def test_a_folder_gets_a_file_of_the_given_name(tmp_path):
    assert write_whole(tmp_path, "x.csv", write) == tmp_path / "x.csv"
    assert (tmp_path / "x.csv").read_text() == NEWER
    assert [path.name for path in tmp_path.iterdir()] == ["x.csv"]


def test_an_older_file_keeps_its_permissions(tmp_path):
    target = tmp_path / "x.csv"
    for mode in (0o600, 0o640, 0o664):
        target.write_text(OLDER)
        target.chmod(mode)
        write_whole(target, "x.csv", write)
        assert target.read_text() == NEWER
        assert stat.S_IMODE(target.stat().st_mode) == mode


def test_an_older_files_right_to_run_as_another_is_not_handed_on(tmp_path):
    target = tmp_path / "x.csv"
    target.write_text(OLDER)
    target.chmod(0o6755)
    write_whole(target, "x.csv", write)
    assert stat.S_IMODE(target.stat().st_mode) == 0o755


def test_what_the_disk_takes_back_in_the_end_replaces_nothing(tmp_path, monkeypatch):
    target = tmp_path / "x.csv"
    target.write_text(OLDER)

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert "the file cannot be written (No space left on device)" in refused(target)
    assert target.read_text() == OLDER
    assert [path.name for path in tmp_path.iterdir()] == ["x.csv"]


def test_a_new_file_has_the_permissions_of_the_user(tmp_path):
    before = os.umask(0o027)
    try:
        write_whole(tmp_path / "x.csv", "x.csv", write)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "x.csv").stat().st_mode) == 0o640


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_an_older_file_keeps_its_owner(tmp_path):
    target = tmp_path / "x.csv"
    target.write_text(OLDER)
    os.chown(target, 65534, 65534)
    write_whole(target, "x.csv", write)
    assert (target.stat().st_uid, target.stat().st_gid) == (65534, 65534)


def special(kind, path):
    """Make something at ``path`` that is no regular file."""
    if kind == "a pipe":
        os.mkfifo(path)
    elif kind == "a link":
        path.symlink_to("/dev/full")
    elif kind == "a socket":
        with socket.socket(socket.AF_UNIX) as bound:
            bound.bind(str(path))
    elif kind == "a folder":
        path.mkdir()
    else:
        try:
            os.mknod(path, stat.S_IFCHR | 0o666, os.makedev(1, 7))
        except PermissionError:
            pytest.skip("this user may not make a device")


@pytest.mark.parametrize(
    "kind", ["a pipe", "a link", "a socket", "a device", "a folder"]
)
def test_what_is_no_file_is_never_replaced(tmp_path, kind):
    target = tmp_path / "x.csv"
    special(kind, target)
    before = target.lstat()
    out = tmp_path if kind == "a folder" else target
    assert refused(out) == (
        f"{target}: this is {kind}, no regular file, and is not replaced. Give the "
        "path of a file."
    )
    after = target.lstat()
    assert (after.st_ino, after.st_mode, after.st_rdev) == (
        before.st_ino,
        before.st_mode,
        before.st_rdev,
    )
    assert [path.name for path in tmp_path.iterdir()] == ["x.csv"]


def test_what_became_no_file_meanwhile_is_not_replaced_either(tmp_path):
    target = tmp_path / "x.csv"

    def slow(path):
        write(path)
        os.mkfifo(target)

    with pytest.raises(ReleaseError, match="this is a pipe, no regular file"):
        write_whole(target, "x.csv", slow)
    assert stat.S_ISFIFO(target.lstat().st_mode)


def test_a_link_to_a_folder_is_a_folder(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    assert write_whole(tmp_path / "link", "x.csv", write).read_text() == NEWER
    assert (tmp_path / "real" / "x.csv").is_file()


def test_paths_that_lead_nowhere(tmp_path):
    (tmp_path / "file").write_text("")
    (tmp_path / "loop").symlink_to("loop")
    for path, words in (
        (tmp_path / "none" / "x.csv", "(No such file or directory). Give a path in"),
        (tmp_path / "file" / "x.csv", "(Not a directory). Give a path in an existing"),
        (tmp_path / "loop" / "x.csv", "(Too many levels of symbolic links). Links"),
        (tmp_path / ("n" * 300), "(File name too long). Give a shorter name."),
    ):
        assert f"{path}: the file cannot be written {words}" in refused(path)
        with pytest.raises(ReleaseError):
            check_target(path, "x.csv")
    assert check_target(tmp_path, "x.csv") == tmp_path / "x.csv"


def test_a_folder_of_somebody_else(tmp_path):
    folder = tmp_path / "theirs"
    folder.mkdir()
    folder.chmod(0o755)
    said = as_nobody(
        "from geo.disk.whole import write_whole",
        "write_whole(Path('x.csv'), 'x', lambda path: path.touch())",
        folder,
    )
    assert said == (
        "geo.errors.ReleaseError: x.csv: the file cannot be written (Permission "
        "denied). Ask for the right to do that, or choose another folder."
    )
    assert list(folder.iterdir()) == []


def test_our_own_files_are_whole_too(tmp_path, monkeypatch):
    target = tmp_path / "record.json"
    write_bytes_whole(target, b"older")

    def fail(_):
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", fail)
        with pytest.raises(OSError, match="Input/output error"):
            write_bytes_whole(target, b"newer")
    assert target.read_bytes() == b"older"
    write_bytes_whole(target, b"newer")
    assert target.read_bytes() == b"newer"
    assert [path.name for path in tmp_path.iterdir()] == ["record.json"]


def test_a_folder_is_made_with_those_above_it(tmp_path):
    with made_folder(tmp_path / "a" / "b"):
        (tmp_path / "a" / "b" / "x").write_text("x")
    with made_folder(tmp_path / "a" / "b"):
        pass
    assert (tmp_path / "a" / "b" / "x").read_text() == "x"


def test_a_fault_leaves_no_folder_that_it_made(tmp_path):
    (tmp_path / "older").mkdir()
    for folder in ("a/b", "older/b", "older"):
        with pytest.raises(KeyboardInterrupt), made_folder(tmp_path / folder):
            raise KeyboardInterrupt
    assert [path.name for path in tmp_path.rglob("*")] == ["older"]


def test_a_fault_leaves_a_folder_with_a_file_in_it(tmp_path):
    with suppress(KeyboardInterrupt), made_folder(tmp_path / "a" / "b"):
        (tmp_path / "a" / "x").write_text("x")
        raise KeyboardInterrupt
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a", "x"]


def test_a_folder_that_cannot_be_made_leaves_those_above_it_unmade(tmp_path):
    with (
        pytest.raises(ReleaseError, match=r"the folder cannot be made \(File name too"),
        made_folder(tmp_path / "a" / ("b" * 300)),
    ):
        pass
    assert list(tmp_path.iterdir()) == []
