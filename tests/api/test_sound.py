"""Whatever is wrong with a release, it is refused by name and the old one goes on."""

import shutil
import threading
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

import api.loading
from api.app import create_app
from api.loading import KEPT, Loader
from api.served import Served
from api.sound import described, sound, untrusted
from geo.errors import ReleaseError
from geo.release.catalog import ReleaseEntry
from tests.api.damage import bytes_of, rows, sealed
from tests.api.damages import DAMAGES, TILES
from tests.api.test_served import Clock
from tests.api.tiny import move_latest, write_release

OLD, NEW = "zz/2026-11-22.1", "zz/2026-11-22.2"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def served(tmp_path: Path, clock: Clock) -> Served:
    write_release(tmp_path)
    return Served(tmp_path, clock)


def entry_of(folder: Path) -> ReleaseEntry:
    return ReleaseEntry("zz", "2026-11-22", int(folder.name[-1]), folder)


@pytest.fixture(scope="module")
def app(tiny_root):
    return create_app(tiny_root)


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_release_is_refused_by_name_and_the_old_one_goes_on(
    app, served, clock, caplog, name
):
    damage, words = DAMAGES[name]
    tmp_path = served.root
    app.state.served = served
    with TestClient(app) as client:
        assert client.get("/v1/theme").json()["release"] == OLD
        damage(write_release(tmp_path, "zz", "2026-11-22.2"))
        clock.now = 1.0
        assert client.get("/v1/theme").json()["release"] == OLD
        health = client.get("/health").json()
        assert (health["status"], health["served"]) == ("degraded", {"zz": OLD})
        assert health["faults"]["zz"].startswith(NEW)
        assert words in health["faults"]["zz"]
        assert words in caplog.text
        pinned = client.get(f"/v1/theme?release={NEW}")
        assert pinned.status_code == 503
        assert pinned.headers["content-type"] == "application/problem+json"
        assert pinned.json()["detail"] == health["faults"]["zz"]
        listed = client.get("/v1/releases").json()["releases"]
        assert [one["release"] for one in listed] == [OLD]
        assert str(tmp_path) not in pinned.text
        shutil.rmtree(tmp_path / NEW)
        move_latest(tmp_path, "zz", "2026-11-22.1")
        clock.now = 2.0
        assert client.get("/health").json()["faults"] == {}


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_no_byte_makes_another_fault(tmp_path_factory, data):
    folder = write_release(tmp_path_factory.mktemp("flipped"), "zz", "2026-11-22.1")
    name = data.draw(st.sampled_from(["manifest.json", TILES]))
    content = bytearray((folder / name).read_bytes())
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= data.draw(st.integers(1, 255))
    damage = bytes_of if name == "manifest.json" else sealed
    damage(name, bytes(content))(folder)
    error = _refusal(folder)
    assert error is None or (error.where.startswith(OLD) and error.remedy)


def _refusal(folder: Path) -> ReleaseError | None:
    try:
        assert sound(entry_of(folder)).count == 12
    except ReleaseError as error:
        return error
    return None


def test_it_is_tried_again_only_when_latest_changes(served, clock, monkeypatch):
    tried = _counted(monkeypatch)
    assert served.store().id == OLD
    folder = write_release(served.root, "zz", "2026-11-22.2")
    whole = (folder / TILES).read_bytes()
    (folder / TILES).write_bytes(b"damaged")
    for second in range(1, 6):
        clock.now = float(second)
        assert served.store().id == OLD
    assert tried == [OLD, NEW]
    (folder / TILES).write_bytes(whole)
    clock.now = 6.0
    assert served.store().id == OLD
    move_latest(served.root, "zz", "2026-11-22.2")
    clock.now = 7.0
    assert served.store().id == NEW
    assert tried == [OLD, NEW, NEW]
    assert served.faults == {}


def test_it_is_tried_again_when_its_folder_is_brought_anew(served, clock):
    assert served.store().id == OLD
    folder = write_release(served.root, "zz", "2026-11-22.2")
    shutil.copytree(folder, served.root / "zz" / ".aside")
    (folder / TILES).write_bytes(b"damaged")
    clock.now = 1.0
    assert served.store().id == OLD
    with pytest.raises(ReleaseError):
        served.store(release=NEW)
    shutil.rmtree(folder)
    clock.now = 2.0
    assert served.store().id == OLD
    assert "no release 'zz'" in served.faults["zz"]
    (served.root / "zz" / ".aside").rename(folder)
    clock.now = 3.0
    assert served.store().id == NEW
    assert served.faults == {}


def test_a_latest_that_was_put_back_is_no_fault(served, clock):
    assert served.store().id == OLD
    latest = served.root / "zz" / "latest"
    latest.rename(served.root / "zz" / "kept")
    latest.mkdir()
    clock.now = 1.0
    assert served.store().id == OLD
    assert "latest: is no file" in served.faults["zz"]
    latest.rmdir()
    (served.root / "zz" / "kept").rename(latest)
    clock.now = 2.0
    assert served.store().id == OLD
    assert served.faults == {}


def test_a_country_with_nothing_sound_says_why(tmp_path):
    write_release(tmp_path)
    (write_release(tmp_path, "by") / TILES).write_bytes(b"damaged")
    with TestClient(create_app(tmp_path)) as client:
        for path in ("/v1/theme?country=by", "/collections/by-areas/items"):
            answer = client.get(path)
            assert answer.status_code == 503
            assert "by/2026-11-22.1/tiles/areas.pmtiles: SHA-256" in answer.text
        assert client.get("/v1/theme").status_code == 200
        assert client.get("/v1/theme?country=lt").status_code == 404


def test_a_pinned_one_is_refused_without_reading_it_again(served, clock, monkeypatch):
    folder = write_release(served.root, "zz", "2026-01-01.1")
    (folder / TILES).write_bytes(b"damaged")
    move_latest(served.root, "zz", "2026-11-22.1")
    tried = _counted(monkeypatch)
    for _ in range(3):
        with pytest.raises(ReleaseError, match="SHA-256"):
            served.store(release="zz/2026-01-01.1")
    assert served.store().id == OLD
    assert tried == [OLD, "zz/2026-01-01.1"]
    assert list(served.faults) == ["zz/2026-01-01.1"]
    assert [release.id for release, _ in served.releases()] == [OLD]
    shutil.rmtree(folder)
    clock.now = 1.0
    served.refresh()
    assert served.faults == {}


def test_a_pinned_one_is_read_again_once_its_folder_is_brought_anew(served):
    folder = write_release(served.root, "zz", "2026-01-01.1")
    move_latest(served.root, "zz", "2026-11-22.1")
    whole = shutil.copytree(folder, served.root / "aside")
    (folder / TILES).write_bytes(b"damaged")
    with pytest.raises(ReleaseError, match="SHA-256"):
        served.store(release="zz/2026-01-01.1")
    shutil.rmtree(folder)
    whole.rename(folder)
    assert [release.id for release, _ in served.releases()] == ["zz/2026-01-01.1", OLD]
    assert served.store(release="zz/2026-01-01.1").id == "zz/2026-01-01.1"
    assert served.faults == {}


@pytest.mark.parametrize("is_sound", [True, False])
def test_one_load_however_many_ask_at_once(served, monkeypatch, is_sound):
    folder = write_release(served.root, "zz", "2026-01-01.1")
    move_latest(served.root, "zz", "2026-11-22.1")
    assert served.store().id == OLD
    if not is_sound:
        (folder / TILES).write_bytes(b"damaged")
    tried = _counted(monkeypatch)
    gate, told = threading.Barrier(8), []

    def ask() -> None:
        gate.wait()
        try:
            told.append(served.store(release="zz/2026-01-01.1"))
        except ReleaseError as error:
            told.append(error.what)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert tried == ["zz/2026-01-01.1"]
    assert len(told) == 8
    assert all(one is told[0] or one == told[0] for one in told)
    assert isinstance(told[0], str) is not is_sound


def test_a_refusal_holds_no_table(tmp_path):
    folder = write_release(tmp_path)
    rows("areas", lambda held: held.append(held[0]))(folder)
    loader = Loader()
    for _ in range(2):
        with pytest.raises(ReleaseError):
            loader.load(entry_of(folder))
    _, held = loader._refused[OLD]
    assert (held.__traceback__, held.__cause__) == (None, None)


def test_the_one_that_was_not_used_for_longest_makes_room(tmp_path):
    names = [f"2026-11-22.{number}" for number in range(1, KEPT + 2)]
    entries = [entry_of(write_release(tmp_path, "zz", name)) for name in names]
    loader = Loader()
    stores = [loader.load(entry) for entry in entries[:KEPT]]
    assert loader.load(entries[0]) is stores[0]
    loader.load(entries[KEPT])
    held = [loader.kept(entry.id) is not None for entry in entries]
    assert held == [True, False, *[True] * (KEPT - 1)]


def test_a_place_outside_of_it_is_told_by_the_id_alone(tmp_path):
    for where in (str(tmp_path.parent / "secret"), ""):
        with pytest.raises(ReleaseError) as caught, untrusted(OLD, tmp_path):
            raise ReleaseError("torn", where=where)
        assert caught.value.where == OLD


def test_a_disk_in_the_way_stops_nobody(served, clock, monkeypatch):
    assert served.store().id == OLD

    def denied(_root: Path) -> list[str]:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr("api.served.countries", denied)
        clock.now = 1.0
        assert served.store().id == OLD
        said = (
            "releases: cannot be read (Permission denied). Look at the disk and at who"
        )
        said += " may read its folders."
        assert served.faults == {"releases": said}
    clock.now = 2.0
    assert served.store().id == OLD
    assert served.faults == {}


def test_text_that_is_none_stops_nobody(served, clock):
    assert served.store().id == OLD
    (served.root / "zz" / "removed").write_bytes(b"\xff\xfe")
    move_latest(served.root, "zz", "2026-12-31.1")
    clock.now = 1.0
    assert served.store().id == OLD
    assert served.faults["zz"].startswith("zz/removed: cannot be read ('utf-8' codec ")


def test_the_list_reads_manifests_only(tmp_path):
    folder = write_release(tmp_path)
    (folder / TILES).write_bytes(b"damaged")
    assert described(entry_of(folder)).id == OLD
    with pytest.raises(ReleaseError, match="SHA-256"):
        sound(entry_of(folder))


def _counted(monkeypatch) -> list[str]:
    """Return the ids of the releases that are read from now on."""
    tried: list[str] = []
    held = sound

    def counted(entry: ReleaseEntry):
        tried.append(entry.id)
        return held(entry)

    monkeypatch.setattr(api.loading, "sound", counted)
    return tried
