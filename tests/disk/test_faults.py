"""Every fault of a disk is one sentence: what, where, why, and what helps."""

import errno
import os
from types import SimpleNamespace

import pytest

from geo.disk import faults
from geo.disk.faults import REMEDIES, ask_disk, disk_faults
from geo.errors import DeclarationError, ReleaseError

NAMED = (
    "ENOSPC", "EDQUOT", "EFBIG", "EACCES", "EPERM", "EROFS", "EIO", "ENAMETOOLONG",
    "ELOOP", "EMFILE", "ENFILE", "ENOENT", "ENOTDIR",
)  # fmt: skip


def said(number, **how):
    with pytest.raises(ReleaseError) as caught, disk_faults("it failed", "x", **how):
        raise OSError(number, os.strerror(number))
    return str(caught.value)


@pytest.mark.parametrize("name", NAMED)
def test_each_fault_has_its_remedy(name):
    number = getattr(errno, name)
    words = os.strerror(number)
    assert said(number) == f"x: it failed ({words}). {REMEDIES[number]}"


def test_a_fault_that_is_not_foreseen_still_says_what_and_where():
    assert said(errno.ESTALE) == (
        "x: it failed (Stale file handle). Choose another folder, then try again."
    )
    with (
        pytest.raises(ReleaseError, match=r"x: it failed \(odd\)"),
        disk_faults("it failed", "x"),
    ):
        raise OSError("odd")


def test_the_hint_comes_before_the_remedy_and_the_kind_is_the_callers():
    with (
        pytest.raises(DeclarationError, match=r"\. First\. Give a shorter name\.$"),
        disk_faults("it failed", "x", hint="First.", kind=DeclarationError),
    ):
        raise OSError(errno.ENAMETOOLONG, "File name too long")


def test_need_and_free_space_are_told_only_where_there_is_none(monkeypatch):
    free = SimpleNamespace(f_bavail=3, f_frsize=500_000)
    monkeypatch.setattr(os, "statvfs", lambda _: free)
    told = ": up to 3 MB are needed, 2 MB are free"
    assert told in said(errno.ENOSPC, need=2_000_001)
    assert told in said(errno.EDQUOT, need=2_000_001)
    assert "needed" not in said(errno.EIO, need=2_000_001)
    assert "needed" not in said(errno.ENOSPC)
    assert "Sweep." in said(errno.ENOSPC, room="Sweep.")
    assert "Sweep." not in said(errno.EIO, room="Sweep.")


def test_other_errors_pass():
    with pytest.raises(KeyError), disk_faults("it failed", "x"):
        raise KeyError("k")
    with pytest.raises(BrokenPipeError), disk_faults("it failed", "x"):
        raise BrokenPipeError
    named = ReleaseError("mine")
    with pytest.raises(ReleaseError) as caught, disk_faults("it failed", "x"):
        raise named
    assert caught.value is named


def test_a_disk_that_takes_the_file_says_nothing_and_keeps_nothing(tmp_path):
    ask_disk(tmp_path, 100_000)
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_cannot_reserve_is_not_at_fault(tmp_path, monkeypatch):
    def refuse(number):
        def reserve(*_):
            raise OSError(number, os.strerror(number))

        return reserve

    for number in (errno.EOPNOTSUPP, errno.EINVAL, errno.ENOSYS):
        monkeypatch.setattr(faults.os, "posix_fallocate", refuse(number))
        ask_disk(tmp_path, 1)
    monkeypatch.setattr(faults.os, "posix_fallocate", refuse(errno.ENOSPC))
    with pytest.raises(OSError, match="No space left"):
        ask_disk(tmp_path, 1)
