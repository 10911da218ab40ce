"""Old releases: what is removed, what never is, and that no name comes twice."""

import pytest

from geo.errors import BuildLockedError, NotFoundError, ReleaseError
from geo.release.lock import country_lock
from geo.release.shelf import next_number, prune
from tests.disk.small_files import TOO_LARGE, files_up_to
from tests.release.publisher import publish_toy


@pytest.fixture
def shelf(tmp_path):
    """Folder ``ty`` with releases .1 to .3 (empty), .3 served."""
    folder = tmp_path / "ty"
    for number in (1, 2, 3):
        (folder / f"2026-11-22.{number}").mkdir(parents=True)
    (folder / "latest").write_text("2026-11-22.3\n")
    return folder


def releases(folder):
    return sorted(path.name for path in folder.iterdir() if path.is_dir())


def test_the_newest_are_kept(shelf):
    assert prune(shelf.parent, "ty", 2) == ["ty/2026-11-22.1"]
    assert releases(shelf) == ["2026-11-22.2", "2026-11-22.3"]


def test_the_served_release_stays_however_old(shelf):
    (shelf / "latest").write_text("2026-11-22.1\n")
    assert prune(shelf.parent, "ty", 1) == ["ty/2026-11-22.2"]
    assert releases(shelf) == ["2026-11-22.1", "2026-11-22.3"]


def test_a_pinned_release_stays(shelf):
    (shelf / "pins").write_text("# cited in a report\n2026-11-22.1 # page 4\n")
    assert prune(shelf.parent, "ty", 1) == ["ty/2026-11-22.2"]


def test_a_pin_on_nothing_stops_the_removal(shelf):
    (shelf / "pins").write_text("2026-11-22.9\n")
    with pytest.raises(ReleaseError) as caught:
        prune(shelf.parent, "ty", 1)
    assert str(caught.value) == (
        f"{shelf}/pins: pinned release '2026-11-22.9' is not there; nothing was "
        "removed. Correct the line or take it out. There are: 2026-11-22.1, "
        "2026-11-22.2, 2026-11-22.3."
    )
    assert len(releases(shelf)) == 3


def test_a_broken_latest_stops_the_removal(shelf):
    (shelf / "latest").write_text("../../etc\n")
    with pytest.raises(ReleaseError, match="names no release"):
        prune(shelf.parent, "ty", 1)
    assert len(releases(shelf)) == 3


def test_nothing_can_not_be_kept(shelf):
    with pytest.raises(ReleaseError, match="cannot keep 0 releases"):
        prune(shelf.parent, "ty", 0)


def test_pins_that_are_no_text_stop_the_removal(shelf):
    (shelf / "pins").write_bytes("2026-11-22.1 # отчёт\n".encode("cp1251"))
    with pytest.raises(ReleaseError, match=r"pins: cannot be read .* must be UTF-8"):
        prune(shelf.parent, "ty", 1)
    (shelf / "pins").write_text("2026-11-22.1\n", encoding="utf-8-sig")
    assert prune(shelf.parent, "ty", 1) == ["ty/2026-11-22.2"]


@pytest.mark.parametrize("code", ["tz", "../ty", "ty/", "TY", ""])
def test_a_country_that_is_not_there_makes_no_folder(shelf, code):
    with pytest.raises(NotFoundError, match=r"here are: ty\.$"):
        prune(shelf.parent, code, 1)
    assert [path.name for path in shelf.parent.iterdir()] == ["ty"]


def test_a_release_that_is_a_link_goes_without_what_it_names(shelf, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (shelf / "2026-11-21.1").symlink_to(tmp_path / "elsewhere")
    assert "ty/2026-11-21.1" in prune(shelf.parent, "ty", 3)
    assert (tmp_path / "elsewhere").is_dir()
    assert ".removing-2026-11-21.1" not in {path.name for path in shelf.iterdir()}


def test_a_disk_that_lets_nothing_be_removed_is_one_sentence(shelf):
    with pytest.raises(ReleaseError) as caught, files_up_to(10):
        prune(shelf.parent, "ty", 1)
    assert str(caught.value) == f"{shelf}: releases cannot be removed {TOO_LARGE}"
    assert len(releases(shelf)) == 3


def test_no_removal_during_a_build(shelf):
    with country_lock(shelf.parent, "ty"), pytest.raises(BuildLockedError):
        prune(shelf.parent, "ty", 1)


def test_numbers_count_as_numbers(shelf):
    for number in (9, 10):
        (shelf / f"2026-11-22.{number}").mkdir()
    assert prune(shelf.parent, "ty", 1) == [
        f"ty/2026-11-22.{number}" for number in (1, 2, 9)
    ]
    assert next_number(shelf, "2026-11-22") == 11
    assert next_number(shelf, "2026-11-23") == 1


def test_the_name_of_a_removed_release_is_not_given_again(tmp_path):
    publish_toy(tmp_path)
    publish_toy(tmp_path, note="!")
    folder = tmp_path / "ty"
    (folder / "latest").write_text("2026-11-22.1\n")
    (folder / "2026-11-21.1").mkdir()
    (folder / "removed").write_text("2026-11-22.3\n")
    assert publish_toy(tmp_path, note="?").release_id == "ty/2026-11-22.4"
